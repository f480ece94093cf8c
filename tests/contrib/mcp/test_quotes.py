"""Quotations are found verbatim, with differences that are said, or nearly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.contrib.mcp.quotes import find_alike, find_verbatim, nearest

TEXT = "“It’s over,” the minister said —\n twice.  Café society  was dé\u0301jà vu… Straße, ﬁne."


def test_a_quotation_that_stands_there_is_found_everywhere():
    assert find_verbatim("abcabc abc", "abc") == ((0, 3), (3, 6), (7, 10))
    assert find_verbatim("aaaa", "aa") == ((0, 2), (2, 4))
    assert find_verbatim("abc", "abd") == ()


@pytest.mark.parametrize(
    ("quote", "stands", "kinds"),
    [
        ('"It’s over," the minister', "“It’s over,” the minister", ("quotation marks",)),
        ("It's over", "It’s over", ("quotation marks",)),
        ("said - twice", "said —\n twice", ("white space", "dashes")),
        ("cafe society was", "Café society  was", ("white space", "upper and lower case", "accents")),
        ("vu... Straße", "vu… Straße", ("ellipses",)),
        ("STRASSE", "Straße", ("upper and lower case",)),
        ("fine.", "ﬁne.", ("forms of characters",)),
        ("Cafe\u0301 society", "Café society", ("forms of characters",)),
        ("\u200bover", "over", ("invisible characters",)),
        (" over ", "over", ("white space",)),
    ],
)
def test_what_differs_in_little_is_found_and_what_differs_is_said(quote, stands, kinds):
    found = find_alike(TEXT, quote)

    assert [TEXT[start:end] for start, end in found.ranges] == [stands]
    assert found.differences == kinds


@pytest.mark.parametrize("quote", ["the prime minister said", "", "  ", "\u200b"])
def test_another_text_is_not_alike(quote):
    assert find_alike(TEXT, quote) is None


def test_a_letter_that_is_two_when_folded_is_not_cut():
    assert find_alike("Straße", "stras") is None
    assert find_alike("ﬁne", "ine") is None


@given(before=st.text(max_size=20), quote=st.text(min_size=1, max_size=20), after=st.text(max_size=20))
def test_what_stands_there_verbatim_is_alike_where_it_stands(before, quote, after):
    text = before + "|" + quote + "|" + after
    found = find_alike(text, quote)

    assert all(text[start:end] == quote for start, end in find_verbatim(text, quote))
    assert find_verbatim(text, quote)
    for start, end in found.ranges if found else ():
        assert find_alike(text[start:end], quote) is not None


def test_the_nearest_passage_is_named_with_the_words_that_differ():
    text = "Nobody came. The prime minister of Norway said on Monday that talks had failed. Rain fell."

    found = nearest(text, "the prime minister of Sweden said on Monday that the talks had failed")

    assert (
        text[found.range.start : found.range.end] == "The prime minister of Norway said on Monday that talks had failed"
    )
    assert found.changes == (("sweden", "norway"), ("the", ""))
    assert 0.8 < found.similarity < 1


def test_what_is_like_nothing_has_no_nearest_passage():
    assert nearest("Rain fell on the plain.", "the prime minister resigned yesterday in Oslo") is None
    assert nearest("", "rain") is None
    assert nearest("rain", "!?") is None


def test_the_nearest_passage_is_found_in_a_long_text():
    text = "word " * 5000 + "armoured trains left for the east at noon " + "word " * 5000

    found = nearest(text, "Armored trains left for the east at dawn")

    assert text[found.range.start : found.range.end] == "armoured trains left for the east at noon"


@given(text=st.text(max_size=60), quote=st.text(max_size=30))
def test_any_texts_can_be_compared(text, quote):
    alike, near = find_alike(text, quote), nearest(text, quote)

    for found in [*(alike.ranges if alike else ()), *([near.range] if near else ())]:
        assert 0 <= found.start < found.end <= len(text)
