"""The caret stays below what it points at."""

from __future__ import annotations

from searchlib.cli.carets import caret_lines


def below(text: str, start: int, end: int | None = None) -> list[str]:
    return [line.removeprefix("  ") for line in caret_lines(text, start, end).split("\n")]


def test_a_caret_stands_under_the_character():
    assert below("climate NEAR/x summit", 13) == ["climate NEAR/x summit", "             ^"]


def test_carets_reach_to_the_end_of_what_is_meant():
    assert below("kim date:never", 4, 14) == ["kim date:never", "    ^^^^^^^^^^"]


def test_wide_characters_before_the_offset_push_the_caret_two_columns():
    assert below("北京 (", 3) == ["北京 (", "     ^"]


def test_combining_accents_take_no_column():
    assert below("cafe\u0301 (", 6) == ["cafe\u0301 (", "     ^"]


def test_only_the_line_with_the_offset_is_shown():
    assert below("first\nsecond (\nthird", 13) == ["second (", "       ^"]


def test_a_long_query_is_cut_around_the_offset():
    line, carets = below("word " * 8000 + "(" + " word" * 8000, 40_000)

    assert len(line) < 100
    assert line[carets.index("^")] == "("


def test_control_characters_are_not_written():
    line, carets = below("a\x1b[31m (", 7)

    assert "\x1b" not in line
    assert line[carets.index("^")] == "("


def test_an_offset_behind_the_end_is_the_end():
    assert below("kim", 99, 120) == ["kim", "   ^"]


def test_carets_do_not_run_on_below_a_long_mistake():
    line, carets = below("x" * 5000, 0, 5000)

    assert len(carets) <= len(line)
