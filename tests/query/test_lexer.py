"""Which characters of a query are words, and which are signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis.pieces import PIECE
from searchlib.query.lexer import lex
from searchlib.query.reports import Reports
from searchlib.query.signs import Kind

KINDS = {
    "kim": [Kind.WORD],
    "kim putin": [Kind.WORD, Kind.WORD],
    '"a b"': [Kind.PHRASE],
    "-a +b": [Kind.NOT, Kind.WORD, Kind.PLUS, Kind.WORD],
    "(a)-b": [Kind.OPEN, Kind.WORD, Kind.CLOSE, Kind.WORD],
    "a AND b OR NOT c": [Kind.WORD, Kind.AND, Kind.WORD, Kind.OR, Kind.NOT, Kind.WORD],
    "a||b": [Kind.WORD, Kind.OR, Kind.WORD],
    "a NEAR/3 b": [Kind.WORD, Kind.NEAR, Kind.WORD],
    "title:a": [Kind.FIELD, Kind.WORD],
    "url:a*b": [Kind.FIELD, Kind.WORD],
    "title:-(a": [Kind.FIELD, Kind.NOT, Kind.OPEN, Kind.WORD],
    "*": [Kind.STAR],
    "\\AND": [Kind.WORD],
    "jong-un": [Kind.WORD],
    "J. K. Rowling": [Kind.WORD, Kind.WORD],
    "J. K. AND": [Kind.WORD, Kind.AND],
    "J. King": [Kind.WORD, Kind.WORD],
    "AT & T (R & D)": [Kind.WORD, Kind.OPEN, Kind.WORD, Kind.CLOSE],
    "AT & Tee": [Kind.WORD, Kind.AND, Kind.WORD],
    "10 000": [Kind.WORD],
    "1 234 567.5 x": [Kind.WORD, Kind.WORD],
    "10 0000": [Kind.WORD, Kind.WORD],
    "2023 100": [Kind.WORD, Kind.WORD],
    "10 AND 000": [Kind.WORD, Kind.AND, Kind.WORD],
    "title:10 000": [Kind.FIELD, Kind.WORD],
    "id:10 000": [Kind.FIELD, Kind.WORD, Kind.WORD],
    "-10 000": [Kind.NOT, Kind.WORD],
}


@pytest.mark.parametrize("text", KINDS)
def test_signs_are_told_from_words(text):
    assert [token.kind for token in lex(text, Reports())] == KINDS[text]


def test_a_token_keeps_its_number_its_order_and_its_weight():
    phrase, pre, word = lex('"a b"~3^2 PRE/7 c^.5', Reports())

    assert (phrase.text, phrase.number, phrase.boost) == ("a b", 3, 2)
    assert (pre.number, pre.ordered) == (7, True)
    assert (word.text, word.boost) == ("c", 0.5)


def test_a_word_with_spaces_in_it_keeps_its_weight_and_a_note_says_that_it_is_one():
    reports = Reports()

    word, other = lex("10 000^2 AT", reports)

    assert (word.text, word.boost, other.text) == ("10 000", 2, "AT")
    assert [(note.message, note.start, note.end) for note in reports.diagnostics()] == [
        ("'10 000' was read as one word; write 10 AND 000 for more than one", 0, 6)
    ]


@pytest.mark.parametrize(
    "word", ["J. K.", "J. R. R. T.", "É. Ж.", "AT & T", "a & b", "10 000", "1 000 000 000", "5 000,5"]
)
def test_a_word_with_spaces_in_it_is_one_piece_of_a_text_too(word):
    assert [token.text for token in lex(word, Reports())] == [word]
    assert [match.group() for match in PIECE.finditer(f"in {word} there")] == ["in", word, "there"]


def test_a_field_has_one_name_whatever_it_was_called():
    assert [lex(f"{name}:a", Reports())[0].text for name in ("by", "Byline", "AUTHORS")] == ["author"] * 3


@given(st.text(st.sampled_from('ab0 "()-+|\\:^~*/?=.&\n'), max_size=40))
def test_tokens_are_in_order_and_only_white_space_is_between_them(text):
    tokens = lex(text, Reports())
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]

    assert all(end <= start and not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
