"""Which letters say that a guessed encoding may be wrong."""

from __future__ import annotations

import pytest

from searchlib.sources.encodings.encoding_guess import has_odd_letters


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("Министр сказал, что яхта сняла нас, и мяч упал в мае.", "mac_cyrillic", "cp1251"),
        ("Minister powiedział, że źle zamknięto most.", "cp852", "iso8859-2"),
        ("Die Brücke über den Fluß wird später geöffnet.", "cp437", "iso8859-1"),
        ("Þetta sýnir að ýmislegt bendir til þess að þýðingin sé góð.", "mac_iceland", "mac_roman"),
        ("Latvijas mežos šogad ķērāji reģistrējuši ļoti daudz putnu, ziņo žurnāls.", "iso8859-4", "cp1257"),
    ],
)
def test_letters_of_macs_and_of_dos_that_are_read_as_others_are_odd(text: str, written: str, read: str) -> None:
    assert has_odd_letters(text.encode(written).decode(read))
    assert not has_odd_letters(text)


@pytest.mark.parametrize(
    "text",
    [
        "«Слово»и«дело» — так называется выставка, и это всё, что о ней известно.",
        "Elle a dit : «Non» et puis «oui», à 2½ heures, n°5, l’été…",
        "Das kostet 5€ und wiegt 2½kg; „Größe“ über alles – so heißt’s.",
        "Toys“R”Us und A•B•C, größer als früher, sagt der Händler, der später für Käufer öffnete.",
    ],
)
def test_signs_between_words_are_not_odd(text: str) -> None:
    assert not has_odd_letters(text)


def test_the_name_of_a_firm_is_not_odd() -> None:
    assert not has_odd_letters("МегаФон и ГазПром" + " открыли новые станции на острове" * 20)
