from __future__ import annotations

import pytest

from searchlib.sources.web_pages.page_titles import page_title

HEADLINE = "Norhaven ferry sails again"


def title(stated: list[str], window: str = "", headings: list[str] | None = None, sites: tuple[str, ...] = ()) -> str:
    return page_title(stated, window, headings or [], sites)


def test_of_titles_that_differ_the_printed_one_counts() -> None:
    stated = ["Ferry to the islands is back after nine months", HEADLINE]

    assert title(stated, "Ferry: all you need to know - Courier", [HEADLINE], ("Courier",)) == HEADLINE


def test_a_printed_headline_goes_before_all_that_say_it_otherwise() -> None:
    stated = ["Norhaven's ferry sails again on Tuesday", "Ferry sails again: Norhaven rejoices"]

    assert title(stated, "", ["The Norhaven ferry sails again"]) == "The Norhaven ferry sails again"


def test_a_headline_in_other_words_is_the_printed_one_and_another_articles_is_not() -> None:
    stated = ["Norhaven line: fares, times and what to know"]

    assert (
        title(stated, "", ["Nine months on, Norhaven has a boat again"]) == "Nine months on, Norhaven has a boat again"
    )
    assert title(stated, "", ["Storm on its way to the coast"]) == stated[0]


def test_a_line_printed_above_the_headline_is_no_part_of_it() -> None:
    assert title([HEADLINE], "", [f"Islands {HEADLINE}"]) == HEADLINE


@pytest.mark.parametrize("heading", ["Courier", "The Courier", "Menu", "Islands"])
def test_a_heading_that_is_the_site_or_a_section_is_no_title(heading: str) -> None:
    assert title([HEADLINE], f"{HEADLINE} - The Courier", [heading], ("The Courier",)) == HEADLINE


@pytest.mark.parametrize(
    ("window", "site", "expected"),
    [
        (f"{HEADLINE} - The Courier", "The Courier", HEADLINE),
        (f"{HEADLINE} | Courier", "The Courier", HEADLINE),
        (f"{HEADLINE} — courier.example", "www.courier.example", HEADLINE),
        (f"{HEADLINE} · Courier", "Courier", HEADLINE),
        (f"{HEADLINE} » Courier", "Courier", HEADLINE),
        (f"{HEADLINE} : Courier", "Courier", HEADLINE),
        (f"Courier: {HEADLINE}", "Courier", HEADLINE),
        (f"Courier | {HEADLINE}", "Courier", HEADLINE),
        (f"{HEADLINE} - Courier | courier.example", "courier.example", HEADLINE),
        ("定期船が再開｜島新聞", "島新聞", "定期船が再開"),
        ("渡轮恢复通航_岛屿网", "岛屿网", "渡轮恢复通航"),
        ("渡轮恢复通航--岛屿网", "岛屿网", "渡轮恢复通航"),
        ("Паром снова идёт — Вестник", "Вестник", "Паром снова идёт"),
        ("عادت العبارة إلى الجزر | البريد", "البريد", "عادت العبارة إلى الجزر"),
        ("नौका फिर चली - समाचार", "समाचार", "नौका फिर चली"),
    ],
)
def test_the_name_of_the_site_goes_in_any_script(window: str, site: str, expected: str) -> None:
    assert title([], window, [], (site,)) == expected


@pytest.mark.parametrize(
    "headline",
    [
        "Norhaven - a ferry sails",
        "Ferry: the islands rejoice",
        "Islands — and what became of them",
        "Norhaven-Alder line reopens",
        "Ferry | An island story",
        "Courier pigeons: a ferry's rivals",
    ],
)
def test_a_headline_keeps_a_dash_of_its_own(headline: str) -> None:
    assert title([headline], f"{headline} - Courier", [headline], ("Courier",)) == headline
    assert title([headline], "", [], ("Courier",)) == headline


def test_a_title_that_was_cut_is_the_one_that_begins_so() -> None:
    assert title(["Norhaven ferry sails …", "Norhaven ferry sails again on Tuesday"]) == (
        "Norhaven ferry sails again on Tuesday"
    )


def test_a_page_that_states_none_has_its_heading() -> None:
    assert title([], "", [HEADLINE]) == HEADLINE
    assert title([], "", []) == ""
