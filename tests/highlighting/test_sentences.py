from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.highlighting.highlighter import snippet_rules
from searchlib.kernels.snippets import Sentences


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int, bool]]:
    """All sentences of a text, one after the other, as (startchar, endchar, is_prose)."""
    if not text.strip():
        return []
    sentences = Sentences(text, snippet_rules(language))
    found = [sentences.at(0)]
    while following := sentences.after(found[-1]):
        found.append(following)
    return found


def split(text: str) -> list[str]:
    return [text[startchar:endchar] for startchar, endchar, _ in split_sentences(text)]


def test_an_empty_line_ends_a_sentence_that_has_no_full_stop():
    assert split("Kim arrives\n\nHe came by train") == ["Kim arrives", "He came by train"]


def test_a_line_that_was_wrapped_goes_on():
    text = "Officials said that the leader would meet President\nVladimir Putin in the far east of the country, near\nRussia."

    assert split(text) == [text]


def test_a_short_line_is_a_heading():
    assert split("Background\nKim came by train.") == ["Background", "Kim came by train."]


def test_headings_and_items_are_no_prose_and_long_lines_without_a_full_stop_are():
    text = "Monday, September 11\n\nKim left.\n\nThe train left the capital on Monday and is on its way to the border\n\nEND"

    assert [is_prose for _, _, is_prose in split_sentences(text)] == [False, True, True, False]


@given(text=st.text(st.sampled_from('aB1. !?…\n"”。\u00a0»')) | st.text())
def test_sentences_hold_all_but_white_space_in_order(text: str):
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() != "" for sentence in split(text))


@pytest.mark.parametrize("text", [".", '."', "\n", " ", ". ", '." ', "Mr. ", "a", "A.B."])
def test_no_text_is_slow_to_split(text: str):
    sentences = split(text * (200_000 // len(text)))

    assert sum(map(len, sentences)) <= 200_000
