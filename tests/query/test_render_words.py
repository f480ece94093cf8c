"""Words side by side that would be read as something else are told apart."""

from __future__ import annotations

import pytest
from query.reading import ZONE, tree_of

from searchlib.query import And, LengthRange, Or, Phrase, Sequence, Wildcard, Word, render

TOLD_APART = {
    ("10", "000"): "10 AND 000",
    ("AT", "&", "T"): "AT \\& T",
    ("date", "is", "2020"): "date AND is AND 2020",
    ("wc", ">", "5"): "wc AND > AND 5",
    ("kim", "&", "/s", "putin"): "kim \\& \\/s putin",
    ("kim", "ADJ3", "putin"): "kim \\ADJ3 putin",
    ("kim", "N5", "putin"): "kim N5 putin",
    ("not", "w/5", "kim"): "not w\\/5 kim",
    ("after:", "2020"): "after\\: 2020",
    ("allintitle:kim", "putin"): "allintitle\\:kim putin",
    ("hd=kim", "war!"): "hd\\=kim war\\!",
}


@pytest.mark.parametrize("words", TOLD_APART, ids=" ".join)
def test_words_are_written_so_that_they_are_read_as_words(words: tuple[str, ...]):
    tree = And(tuple(Word(word) for word in words))

    text = render(tree)

    assert tree_of(text) == tree
    assert text == TOLD_APART[words]


def test_words_that_would_go_on_a_date_are_joined_to_it_by_and():
    tree = And((tree_of("date:2023-09-11"), Word("14:00")))

    assert render(tree, zone=ZONE) == "date:2023-09-11 AND 14:00"
    assert render(And((LengthRange(5, 5), Word("to"), Word("7")))) == "length:5 AND to AND 7"


def test_in_a_phrase_only_what_would_make_a_sequence_is_escaped():
    assert render(Phrase("who? (me) *")) == '"who? (me) *"'
    assert render(Phrase("a* (b OR c)")) == '"a\\* \\(b OR c\\)"'


def test_sides_of_a_sequence_are_told_apart():
    tree = Sequence((Wildcard("a*"), Word("10"), Or((Word("000"), Word("OR"))), Word("(x|y)")))

    assert render(tree) == '"a* 10 (000 OR \\OR) \\(x\\|y\\)"'
    assert render(Sequence((Wildcard("a*"), Word("10"), Word("000")))) == '"a* | 10 | 000"'
    assert tree_of(render(tree)) == tree
