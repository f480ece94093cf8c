from __future__ import annotations

import pytest

from searchlib.highlighting.graphemes import grapheme_end, grapheme_start, is_between_words

GRAPHEMES = [
    "e\u0301",
    "👩\u200d🚀",
    "👍🏽",
    "❤\ufe0f",
    "🇫🇷",
    "각",
    "각",
    "नि",
    "क्ष",
    "กำ",
    "\U00020000\U000e0100",
    "ｶﾞ",
    "\r\n",
]


@pytest.mark.parametrize("grapheme", GRAPHEMES, ids=ascii)
def test_a_grapheme_is_never_cut(grapheme: str):
    text = f"a{grapheme}b"
    inside = range(2, 1 + len(grapheme))

    assert {grapheme_start(text, at) for at in inside} <= {1}
    assert {grapheme_end(text, at) for at in inside} <= {1 + len(grapheme)}
    assert [grapheme_start(text, at) for at in (1, 1 + len(grapheme))] == [1, 1 + len(grapheme)]


def test_flags_side_by_side_are_cut_between_flags():
    text = "🇫🇷🇩🇪🇰🇷"

    assert [grapheme_start(text, at) for at in range(7)] == [0, 0, 2, 2, 4, 4, 6]


def test_accents_piled_up_without_end_are_cut():
    text = "a" + "\u0301" * 1000

    assert grapheme_start(text, 500) == 500


def test_a_piece_may_end_beside_white_space_and_at_the_ends_of_a_text():
    text = "North Korea"

    assert [at for at in range(len(text) + 1) if is_between_words(text, at)] == [0, 5, 6, 11]


def test_a_script_without_spaces_is_cut_between_any_two_characters():
    assert is_between_words("金正恩访问俄罗斯", 5)


def test_a_script_without_spaces_is_not_cut_within_a_grapheme():
    assert not is_between_words("กำ", 1)
