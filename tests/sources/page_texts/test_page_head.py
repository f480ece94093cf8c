from __future__ import annotations

import pytest

from searchlib.sources.page_texts.page_head import best_reading
from searchlib.sources.page_texts.page_kinds import Kind, judged

TITLE = "Ferry sails again after nine months"
TEXT = (
    "The ferry between the two islands sailed again on Tuesday, nine months after it had stopped for want of a captain.",
    "Passengers said that they had not missed it as much as they had thought they would before it stopped.",
)


def parts(*lines: str) -> tuple[str | None, str | None]:
    """The headline and the first line of the text."""
    judged_lines = judged([(line, number) for number, line in enumerate(lines)])
    reading = best_reading(judged_lines)
    title = None if reading.title is None else lines[reading.title]
    return title, lines[reading.text] if reading.text < len(lines) else None


@pytest.mark.parametrize(
    "above",
    [
        ["BBC"],
        ["NEWS"],
        ["Skip to main content"],
        ["The Harbour Post", "Home", "News", "Sport", "More"],
        ["Exclusive news, data and analytics for the harbour", "Sign in", "Markets"],
        ["Home", "Search", "Menu", "World", "Politics", "Opinion"] * 20,
        ["Menü öffnen", "Startseite", "Politik", "Abo", "Fährverkehr"],
        ["Главное", "Россия", "Мир", "Экономика"],
        ["BBC", "NEWS", "Skip to main content"],
    ],
)
@pytest.mark.parametrize("below", [["By Jane Doe", "12 May 2024"], ["12 May 2024"], ["Jane Doe", "3 hours ago"]])
def test_lines_above_the_headline_are_not_the_headline(above: list[str], below: list[str]) -> None:
    assert parts(*above, TITLE, *below, *TEXT) == (TITLE, TEXT[0])


@pytest.mark.parametrize("above", ["BBC", "NEWS", "CNN"])
def test_a_house_alone_above_a_headline_is_not_it_though_nothing_else_is_of_a_page(above: str) -> None:
    assert parts(above, TITLE, *TEXT) == (TITLE, TEXT[0])


@pytest.mark.parametrize(
    "between",
    [
        ["Island life returns", "A second line that nobody knows"],
        ["Listen to this article", "4 min read", "1,204 views"],
        ["BRLY", "-4.21%", "39,082.00"],
        ["list of 3 items", "list 1 of 3", "Storm sinks boat", "end of list"],
        ["[1/3]The ferry at the pier. REUTERS/Ines Calder Acquire Licensing Rights"],
        ["A ferry at a pier (AP Photo/Colin Marsh)", "Read More"],
        ["Getty Images A ferry at a pier", "The ferry as it was in May"],
    ],
)
def test_unknown_lines_below_the_headline_are_neither_text_nor_in_the_way(between: list[str]) -> None:
    assert parts(TITLE, *between, "By Jane Doe", "12 May 2024", *TEXT) == (TITLE, TEXT[0])


@pytest.mark.parametrize(
    "lines",
    [
        TEXT,
        ("12 May 2024", "Dear Editor,", *TEXT),
        ("It rained for a week.", "Then it stopped.", "Nobody minded."),
        ("ALERT", *TEXT),
    ],
)
def test_a_text_without_a_headline_gets_none(lines: tuple[str, ...]) -> None:
    title, text = parts(*lines)

    assert title is None
    assert text in lines


def test_nothing_is_left_out_above_the_headline_of_what_may_be_no_page() -> None:
    assert parts("Introduction", "How the ferry came to sail again", *TEXT)[0] == "Introduction"


def test_the_headline_is_the_line_that_is_printed_twice() -> None:
    assert parts("A claim of the house that is long", TITLE, TITLE, "12 May 2024", *TEXT) == (TITLE, TEXT[0])


def test_a_longer_copy_of_the_headline_is_not_it() -> None:
    assert parts(f"World|{TITLE}", TITLE, "12 May 2024", f"{TITLE} - The Post, 12.05.2024", *TEXT) == (TITLE, TEXT[0])


def test_a_standfirst_is_not_the_headline_nor_the_text() -> None:
    standfirst = "Islanders wonder what they will do with the quiet that they had come to like"

    assert parts("World", TITLE, standfirst, "By Jane Doe", "12 May 2024", *TEXT) == (TITLE, TEXT[0])


def test_a_long_foot_of_menus_does_not_move_the_headline() -> None:
    foot = ["Related stories", "Storm sinks boat", "12 May 2024", "Home", "News", "Sport", "Share"] * 25

    assert parts(TITLE, "By Jane Doe", "12 May 2024", *TEXT, *foot) == (TITLE, TEXT[0])


def test_a_dateline_begins_the_text() -> None:
    text = "SEOUL, Sept 11 (Reuters) - The ferry sailed."

    assert parts(TITLE, "12 May 2024", text, "By noon it was back.") == (TITLE, text)


def test_close_rivals_are_told() -> None:
    first, second = "Island life returns at last", "What nobody knew about it until it was gone"
    reading = best_reading(judged([(line, 0) for line in (first, second, "12 May 2024", *TEXT)]))

    assert (reading.title, reading.rival) == (0, 1)


def test_no_lines_have_no_parts() -> None:
    assert parts() == (None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("By Jane Doe", Kind.BYLINE),
        ("12 May 2024", Kind.DATES),
        ("4 min read", Kind.ASIDE),
        ("2dk okuma", Kind.ASIDE),
        ("Ten tekst przeczytasz w 2 minuty", Kind.ASIDE),
        ("Lyt til artiklen", Kind.ASIDE),
        ("list 1 of 3", Kind.ASIDE),
        ("-4.21%", Kind.ASIDE),
        ("Share Facebook X", Kind.SHARE),
        ("Home > World > Asia", Kind.BREADCRUMB),
        ("News|Drought", Kind.BREADCRUMB),
        ("Общество", Kind.SECTION),
        ("Foto: Jens Bauer / dpa", Kind.CAPTION),
        ("L'église, le 2 mai 2024. HUGO LANGE", Kind.CAPTION),
        ("Related stories", Kind.RELATED),
        ("Skip to main content", Kind.FURNITURE),
        ("Se connecter", Kind.FURNITURE),
        ("Tidewell Plc", Kind.SHORT),
        (TITLE, Kind.PLAIN),
        ("It rained.", Kind.SENTENCE),
        (TEXT[0], Kind.PROSE),
    ],
)
def test_a_line_is_of_a_kind(text: str, kind: Kind) -> None:
    lines = judged([("Above it all stands a line", 0), (text, 1)])

    assert lines[1].kind is kind
