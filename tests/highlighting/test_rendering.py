"""How the passages of `searchlib.passages` are shown, whatever text they hold."""

from __future__ import annotations

import pytest

from searchlib.results import CharacterRange, Passage, Snippet, printable

HOSTILE = [
    "<script>alert(1)</script>",
    "a & b",
    "\"double\" and 'single'",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\u202eevil\u202c",
    "\u2066isolated\u2069",
    "nul\x00bell\x07back\x08space",
    "line\nbreak\r\nand\ttab\u2028and\x85next",
    "</mark><b>",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_writes_control_characters_to_a_terminal(text: str):
    snippet = Snippet(Passage("title", text), (Passage("body", text, marks=(CharacterRange(0, len(text)),)),))

    assert snippet.title.terminal.isprintable()
    assert snippet.terminal.removeprefix("\x1b[1;33m").removesuffix("\x1b[0m").isprintable()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_writes_markup_to_a_page(text: str):
    passage = Passage("body", text, marks=(CharacterRange(0, len(text)),))

    inside = passage.html.removeprefix("<mark>").removesuffix("</mark>")
    assert not set("<>\"'") & set(inside)


def test_markup_in_a_text_is_shown_as_it_was_written():
    assert Passage("body", "<mark>R&D</mark>", marks=(CharacterRange(6, 9),)).html == (
        "&lt;mark&gt;<mark>R&amp;D</mark>&lt;/mark&gt;"
    )


def test_marks_are_bright_on_a_terminal():
    assert Passage("body", "Kim came.", marks=(CharacterRange(0, 3),)).terminal == "\x1b[1;33mKim\x1b[0m came."


def test_a_passage_is_on_one_line():
    assert Passage("body", "Kim\n\n  came\tby train.").text == "Kim came by train."


@pytest.mark.parametrize("text", ["کتاب\u200cها", "👩\u200d🚀", "क्\u200dष"], ids=ascii)
def test_joiners_that_scripts_and_emoji_need_are_kept(text: str):
    assert printable(text) == text


def test_marks_count_from_the_beginning_of_the_field():
    assert Passage("body", "Kim came.", start=100, marks=(CharacterRange(100, 103),)).html == "<mark>Kim</mark> came."


def test_ellipses_show_where_a_sentence_is_cut():
    assert Passage("body", "Kim came", leading=True, trailing=True).text == "… Kim came …"


def snippet_of(*passages: Passage) -> str:
    return Snippet(Passage("title", ""), passages).text


def test_an_ellipsis_stands_between_passages():
    assert snippet_of(Passage("body", "Kim came."), Passage("body", "He left.", start=500)) == "Kim came. … He left."


def test_passages_share_the_ellipsis_between_them():
    before, after = Passage("body", "Kim came", trailing=True), Passage("body", "then left.", start=500, leading=True)

    assert snippet_of(before, after) == "Kim came … then left."


def test_an_ellipsis_of_the_text_itself_is_kept():
    before = Passage("body", "Well… … yes", trailing=True)

    assert snippet_of(before, Passage("body", "He left.", start=500)) == "Well… … yes … He left."


def test_passages_that_follow_one_another_are_joined_by_a_space():
    assert snippet_of(Passage("body", "Kim came."), Passage("body", "He left.", start=11)) == "Kim came. He left."


def test_a_snippet_without_passages_is_empty():
    assert snippet_of() == ""
