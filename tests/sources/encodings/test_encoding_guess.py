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
    ],
)
def test_letters_of_macs_and_of_dos_that_are_read_as_others_are_odd(text: str, written: str, read: str) -> None:
    assert has_odd_letters(text.encode(written).decode(read))
    assert not has_odd_letters(text)


def test_the_name_of_a_firm_is_not_odd() -> None:
    assert not has_odd_letters("МегаФон и ГазПром" + " открыли новые станции на острове" * 20)
