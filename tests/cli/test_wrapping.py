"""Lines end at words and count the columns that characters take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchlib.cli.wrapping import cells, wrapped


def test_a_line_ends_at_a_word_and_the_rest_is_indented():
    assert wrapped("the summit on fisheries", 13, hang=2) == ["the summit on", "  fisheries"]
    assert wrapped("short", 13) == ["short"]
    assert wrapped("", 13) == [""]


def test_a_long_address_stays_whole():
    address = "https://example.org/" + "a" * 50

    assert wrapped(f"at {address} it is", 20) == ["at", address, "it is"]


def test_wide_characters_take_two_columns_and_need_no_spaces():
    assert wrapped("北京北京北京", 6) == ["北京北", "京北京"]
    assert cells("北京") == 4


def test_accents_and_joined_emoji_stay_with_their_character():
    accented = "e\u0301" * 8

    assert wrapped(accented, 4) == ["e\u0301" * 4, "e\u0301" * 4]
    assert all(not line.startswith("\u0301") for line in wrapped(accented, 3))


@given(st.text(alphabet="ab 北é\u0301👩🚀", max_size=60), st.integers(4, 30), st.integers(0, 2))
def test_nothing_is_lost_and_no_line_of_short_words_is_too_wide(text, columns, hang):
    text = " ".join(word[:2] for word in text.split())

    lines = wrapped(text, columns, hang=hang)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= columns for line in lines)
