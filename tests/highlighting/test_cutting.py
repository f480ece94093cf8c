from __future__ import annotations

import pytest

from searchlib.highlighting.cutting import cut_after, cut_before, grapheme_end, grapheme_start

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


def test_a_piece_ends_between_words():
    text = "North Korea said"

    assert text[: cut_before(text, 9, 0)].rstrip() == "North"


def test_a_piece_begins_between_words():
    text = "North Korea said"

    assert text[cut_after(text, 3, len(text)) :].lstrip() == "Korea said"


def test_a_script_without_spaces_is_cut_between_any_two_characters():
    assert cut_before("金正恩访问俄罗斯", 5, 0) == 5


def test_a_word_without_end_is_cut_inside():
    assert cut_before("x" * 1000, 180, 0) == 180


def test_a_cut_stays_within_its_bounds():
    text = "a " + "x" * 30

    assert cut_before(text, 20, 10) >= 10
    assert cut_after(text, 5, 20) <= 20
