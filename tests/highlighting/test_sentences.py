from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.highlighting.highlighter import _RULES
from searchlib.kernels.snippets import Sentences


def split_sentences(text: str) -> list[tuple[int, int, bool]]:
    """All sentences of a text, one after the other, as (startchar, endchar, is_prose)."""
    if not text.strip():
        return []
    sentences = Sentences(text, _RULES)
    found = [sentences.at(0)]
    while following := sentences.after(found[-1]):
        found.append(following)
    return found


def split(text: str) -> list[str]:
    return [text[startchar:endchar] for startchar, endchar, _ in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He came.", "She left!", "Why?", "Nobody knows…", "Really?!", "Yes."],
        ["He met Mr. Kim and Dr. Lee on Sept. 11 at St. Mary's.", "It rained."],
        ["John F. Kennedy and J. R. R. Tolkien never met.", "Pity."],
        ["The U.S. President left the U.S. with U.N. Secretary Annan.", "Later he returned."],
        ["He lives in the U.S.", "The house is small."],
        ["At 5 p.m. Moscow time it began.", "At 6 p.m.", "It ended."],
        ["Some 3.5 million came, 10.000 left.", "In 2019.", "Nobody stayed."],
        ["He said “Go home.”", "They went."],
        ['"Go home." he said.', '"Why?" they asked.'],
        ["(He had left.)", "[It was late.]", "‘So what?’", "Well."],
        ["Apple Inc. Chief Executive Tim Cook spoke at Apple Inc.", "The shares fell."],
        ["See No. 10 and Fig. 3 on p. 7.", "She said no.", "Then she left."],
        ["Er kam am 11. September nach Köln.", "„Gut so.“", "Sie blieb, d. h. sie wartete."],
        ["Il a dit : « Partez.\u00a0»", "Ils sont partis."],
        ["金正恩访问俄罗斯。", "他将见普京！", "“是吗？”", "是。"],
        ["वह आया।", "वह गई।"],
        ["هل جاء؟", "نعم."],
    ],
)
def test_a_text_falls_into_its_sentences(sentences: list[str]):
    separator = "" if sentences[0].endswith("。") else " "

    assert split(separator.join(sentences)) == sentences


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
