"""A page as people see it. Pages are built by hand here; `test_query` has them from an index."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

import pytest

from searchlib.article import Article
from searchlib.cli.hits import date_text, show_page
from searchlib.cli.screen import Screen
from searchlib.results import (
    CharacterRange,
    Facet,
    FacetValue,
    Hit,
    Page,
    Passage,
    Snippet,
    Timeline,
    TimelineBucket,
)

SUMMIT = Article(
    id="a1",
    title="Summit opens in Oslo",
    body="The summit on fisheries opened on Monday.",
    section="World",
    publisher="The Harbour Post",
    place="OSLO",
    published="2023-09-11T08:30+02:00",
)
SNIPPET = Snippet(
    title=Passage("title", SUMMIT.title, marks=(CharacterRange(0, 6),)),
    passages=(Passage("body", SUMMIT.body, marks=(CharacterRange(4, 10),)),),
)


@pytest.fixture
def shown(capsys, monkeypatch):
    def show(page: Page, *, later: bool = False, terminal: bool = False, next_page: int | None = None) -> str:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
        show_page(Screen(), page, later=later, next_page=next_page)
        return capsys.readouterr().out

    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return show


def day(number: int, count: int) -> TimelineBucket:
    start = datetime(2023, 9, number, tzinfo=timezone.utc)
    return TimelineBucket(start, start + timedelta(days=1), count)


def test_a_hit_has_its_date_title_publisher_place_score_id_and_passages(shown):
    article = SUMMIT.in_zone(timezone(timedelta(hours=8)))

    assert shown(Page(hits=(Hit(article, 3.14159, SNIPPET),), query="summit", total=1)) == (
        "2023-09-11 14:30  Summit opens in Oslo\n"
        "    The Harbour Post · OSLO · score 3.14 · id a1\n"
        "    The summit on fisheries opened on Monday.\n"
        "\n"
        "1 article\n"
    )


def test_the_section_stands_in_where_there_is_no_publisher(shown):
    article = Article(title="t", section="World")

    assert "    World · score" in shown(Page(hits=(Hit(article, 1.0),), query="t", total=1))


def test_the_total_says_how_many_of_how_many_are_shown(shown):
    hits = (Hit(SUMMIT, 1.0),)

    assert shown(Page(hits=hits, query="q", total=12_345, next="c2")).endswith(
        "1 of 12,345 articles\nfor the following page add: --after c2\n"
    )
    assert shown(Page(hits=hits, query="q", total=12_345), later=True).endswith("1 more of 12,345 articles\n")
    assert shown(Page(hits=(), query="q", total=0)) == "no article matches\n"


def test_articles_of_which_the_dates_allow_a_part_are_counted(shown):
    one = shown(Page(hits=(), query="q", total=1, imprecise=1))
    more = shown(Page(hits=(), query="q", total=3, imprecise=2))

    assert "1 of these is dated a month or a year that is only partly within the dates" in one
    assert "2 of these are dated" in more


def test_a_timeline_says_what_is_in_no_bucket(shown):
    timeline = Timeline("day", (day(1, 12), day(2, 3)), undated=0, imprecise=4)

    assert "    2023-09-02     3" in shown(Page(hits=(), query="q", total=19, timeline=timeline))
    assert "    no day known   4\n" in shown(Page(hits=(), query="q", total=19, timeline=timeline))


def test_undated_articles_that_a_date_leaves_out_are_counted(shown):
    assert "2 articles without a date match otherwise" in shown(Page(hits=(), query="q", total=0, undated=2))
    assert "1 article without a date matches otherwise" in shown(Page(hits=(), query="q", total=0, undated=1))


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("1912", "1912"),
        ("1912-05", "1912-05"),
        ("1912-05-03", "1912-05-03"),
        ("1912-05-03T07:05Z", "1912-05-03 07:05"),
        ("1912-05-03T07:05:59Z", "1912-05-03 07:05"),
        (None, "undated"),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_known(published, text):
    assert date_text(Article(title="t", published=published)) == text


def test_facets_are_counts_in_a_column_with_the_missing_last(shown):
    facet = Facet("section", (FacetValue("World", 1200), FacetValue("Sport", 7)), missing=30)

    assert shown(Page(hits=(), query="q", total=1237, facets={"section": facet})).startswith(
        "section\n    1,200  World\n        7  Sport\n       30  (none)\n"
    )


def test_the_tail_of_a_long_facet_is_one_line_with_the_articles_that_have_one_of_it(shown):
    facet = Facet("author", (FacetValue("Jane Doe", 2), FacetValue("John Roe", 2)), 1, other=6, other_values=3)

    assert shown(Page(hits=(), query="q", total=11, facets={"author": facet})).startswith(
        "author\n    2  Jane Doe\n    2  John Roe\n    6  (3 other values; --facet-limit 5 shows all)\n    1  (none)\n"
    )


def test_a_timeline_is_counts_without_bars_in_a_pipe(shown):
    timeline = Timeline("day", (day(1, 12), day(2, 0), day(3, 4)), undated=5)

    assert shown(Page(hits=(), query="q", total=21, timeline=timeline)).startswith(
        "by day\n    2023-09-01  12\n    2023-09-02   0\n    2023-09-03   4\n    undated      5\n"
    )


def test_a_timeline_is_a_bar_chart_on_a_terminal(shown, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    timeline = Timeline("day", (day(1, 12), day(2, 3)), undated=0)

    text = shown(Page(hits=(), query="q", total=15, timeline=timeline), terminal=True)

    assert text.count("█" * 40) == 1
    assert f"    2023-09-02   3  {'█' * 10}\n" in text


def test_a_long_time_without_articles_is_one_line(shown):
    timeline = Timeline("day", (day(1, 1), *(day(number, 0) for number in range(2, 30)), day(30, 1)), undated=0)

    assert "    2023-09-01  1\n    … none in 28 days\n    2023-09-30  1\n" in shown(
        Page(hits=(), query="q", total=2, timeline=timeline)
    )


def test_what_matched_is_coloured_on_a_terminal(shown):
    text = shown(Page(hits=(Hit(SUMMIT, 1.0, SNIPPET),), query="summit", total=1), terminal=True)

    assert "\x1b[1;33msummit\x1b[0m" in text
    assert "\x1b[1;33mSummit\x1b[0m" in text


def test_no_color_leaves_no_escape_sequence_on_a_terminal(shown, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    assert "\x1b" not in shown(Page(hits=(Hit(SUMMIT, 1.0, SNIPPET),), query="summit", total=1), terminal=True)


def test_force_color_colours_a_pipe(shown, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert "\x1b[1;33msummit" in shown(Page(hits=(Hit(SUMMIT, 1.0, SNIPPET),), query="summit", total=1))


def test_a_dumb_terminal_gets_no_colours(shown, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")

    assert "\x1b" not in shown(Page(hits=(Hit(SUMMIT, 1.0, SNIPPET),), query="summit", total=1), terminal=True)


def test_long_passages_are_wrapped_to_the_terminal_and_stay_indented(shown, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    body = "herring " * 40
    hit = Hit(SUMMIT, 1.0, Snippet(Passage("title", "Herring"), (Passage("body", body),)))

    rows = shown(Page(hits=(hit,), query="herring", total=1), terminal=True).split("\n")

    passage = [row for row in rows if "herring" in row]
    assert len(passage) > 1
    assert all(row.startswith("    herring") and row.endswith("herring") and len(row) <= 80 for row in passage)


def test_a_cursor_is_never_wrapped(shown, monkeypatch):
    cursor = "c" * 200

    assert f"--after {cursor}" in shown(Page(hits=(), query="q", total=5, next=cursor), terminal=True)


def test_the_following_page_is_asked_for_by_its_number_where_that_can_be(shown):
    hits = (Hit(SUMMIT, 1.0, None),) * 2
    page = Page(hits=hits, query="q", total=500_000, next="c2")

    assert shown(page, next_page=2).endswith("for the following page add: --page 2\n")
    assert shown(page, next_page=50_001).endswith("for the following page add: --after c2\n")


def test_a_facet_of_very_many_values_is_shown_in_part(shown):
    facet = Facet("author", (FacetValue("Jane Doe", 2),), 1, other=90_000, other_values=40_000)

    assert "(40,000 other values; --facet-limit 100 shows more)" in shown(
        Page(hits=(), query="q", total=11, facets={"author": facet})
    )


def test_what_is_found_by_conditions_alone_has_no_score(shown):
    text = shown(Page(hits=(Hit(SUMMIT, 0.0, None), Hit(SUMMIT, -0.0, None)), query="q", total=2))

    assert "score" not in text
    assert "The Harbour Post · OSLO · id a1" in text


def test_without_hits_on_a_page_the_total_is_said(shown):
    page = Page(hits=(), query="q", total=24)

    assert (shown(page), shown(page, later=True)) == ("24 articles\n", "no more of 24 articles\n")


def test_a_long_title_goes_on_below_its_beginning(shown, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    article = Article(id="a", title="Herring " * 12, published="2023-09-11")

    lines = shown(Page(hits=(Hit(article, 1.0, None),), query="q", total=1), terminal=True).splitlines()

    assert lines[0] == "2023-09-11  " + " ".join(["Herring"] * 8)
    assert lines[1] == " " * 12 + " ".join(["Herring"] * 4)


def test_where_nothing_matches_there_is_nothing_to_count(shown):
    page = Page(hits=(), query="q", total=0, facets={"tag": Facet("tag", (), 0)}, timeline=Timeline("day", (), 0))

    assert shown(page) == "no article matches\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_nothing_in_an_article_drives_the_terminal_or_is_taken_for_markup(shown, terminal):
    evil = "\x1b]0;owned\x07 [bold red]x[/] \x9b31m \u202ereversed :smile:"
    article = Article(id="[blink]e", title=evil, publisher=evil, place=evil, body=evil)
    snippet = Snippet(Passage("title", evil, marks=(CharacterRange(0, 3),)), (Passage("body", evil),))
    facet = Facet("publisher", (FacetValue(evil, 1),), 0)

    text = shown(
        Page(hits=(Hit(article, 1.0, snippet),), query="x", total=1, facets={"publisher": facet}), terminal=terminal
    )

    assert text.count("[bold red]x[/]") >= 4
    assert ":smile:" in text
    assert not {"\x07", "\x9b", "\u202e"} & set(text)
    assert "\x1b]" not in text
    assert ("\x1b" in text) == terminal
