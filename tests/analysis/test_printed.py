"""What signs of patterns are in words as printed: what the analyzer makes of the same signs in a text."""

from __future__ import annotations

import pytest

from searchlib.analysis import analyzer_for, as_printed, folded_in_printed_words, folded_in_terms


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Zelensky", "zelensky"),
        ("MÜNCHEN", "munchen"),
        ("Mu\u0308nchen", "munchen"),
        ("Straße", "strasse"),
        ("Æsop", "aesop"),
        ("O’Neal", "o'neal"),
        ("jong\u2011un", "jong-un"),
        ("١٢", "12"),
        ("Й", "й"),
        ("İstanbul", "istanbul"),
        ("10,000", "10,000"),
    ],
)
def test_a_word_is_folded_as_the_analyzer_folds_it(text, printed):
    assert as_printed(text) == printed
    assert printed in {token.printed for token in analyzer_for("none").tokens(text)}


def test_terms_have_neither_apostrophes_nor_dashes():
    assert ["".join(map(folded_in_terms, text)) for text in ("O’Neal", "Jean-Luc")] == ["oneal", "jeanluc"]
    assert {token.term for token in analyzer_for("none").tokens("O’Neal Jean-Luc")} >= {"oneal", "jeanluc"}


def test_an_accent_that_stands_alone_is_nothing():
    assert folded_in_printed_words("\u0301") == ""
