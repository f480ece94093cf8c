from __future__ import annotations

import pytest

from searchlib.sources.page_texts.page_foot import read_foot
from searchlib.sources.page_texts.page_marks import Mark, mark_of

TEXT = ["The ferry sailed again on Tuesday, nine months after it had stopped.", "Nobody had missed it, they said."]


def body(*lines: str, authors: list[str] | None = None, is_page: bool = True) -> list[str]:
    return read_foot([*TEXT, *lines], title="Ferry sails again", authors=authors or [], is_page=is_page).paragraphs


@pytest.mark.parametrize(
    "foot",
    [
        ["Related stories", "Storm sinks boat", "Pier sold"],
        ["Läs mer", "Så skyddar du din båt"],
        ["Материалы по теме:", "Шторм потопил лодку"],
        ["관련 기사", "폭풍에 배 침몰"],
        ["Reporting by Jane Doe in Port Alder; Editing by John Roe"],
        ["Associated Press writer Joel Brandt in Columbus contributed to this report."],
        ["This story has been updated with a comment of the captain."],
        ["A version of this article appears in print on May 13, 2024, Section A, Page 12."],
        ["Our Standards: The Thomson Reuters Trust Principles."],
        ["© RIPRODUZIONE RISERVATA"],
        ["저작권자(c) 항구일보, 무단 전재-재배포 금지"],
        ["【责任编辑：赵磊】"],
        ["Source: The Courier and agencies"],
        ["Share this:", "Click to share on Facebook (Opens in new window)"],
        ["3 thoughts on “Ferry sails again”", "Ellie", "I had a boat there once too.", "Reply"],
        ["Tags: ferries, islands"],
        ["#ferries", "#islands"],
        ["World", "Islands", "Рекомендуем", "Шторм потопил лодку"],
    ],
)
def test_what_stands_below_the_text_is_dropped(foot: list[str]) -> None:
    assert body(*foot) == TEXT


@pytest.mark.parametrize(
    "foot",
    [
        ["Jane Doe", "Jane covers the islands."],
        ["Jane Doe", "The Courier", "Doe writes about ships for The Courier."],
        ["Jane Doe is a reporter of The Courier in Port Alder."],
    ],
)
def test_the_author_once_more_and_who_that_is_are_dropped(foot: list[str]) -> None:
    assert body(*foot, authors=["Jane Doe"]) == TEXT


def test_a_signature_below_the_text_of_a_page_is_the_author() -> None:
    foot = read_foot([*TEXT, "Anna Svensson", "anna@post.example"], title="", authors=[], is_page=True)

    assert (foot.authors, foot.paragraphs) == (["Anna Svensson"], TEXT)


def test_a_signature_below_a_letter_stays() -> None:
    assert body("Yours faithfully,", "Hester Quill", is_page=False) == [*TEXT, "Yours faithfully,", "Hester Quill"]


@pytest.mark.parametrize(
    "line",
    [
        "She is a captain of the old school.",
        "Posted in 1914 to the islands, he learned to sail.",
        "Source code was found on board.",
        "Follow the money, the captain said.",
        "Advertisement revenue rose.",
        "Topics for the meeting were not agreed.",
        "版权法将于明年修改。",
        "저작권 논의는 내년에 끝난다.",
        "Photo finishes are rare.",
    ],
)
def test_a_sentence_with_the_words_of_a_foot_stays(line: str) -> None:
    assert body(line, authors=["Jane Doe"]) == [*TEXT, line]


@pytest.mark.parametrize("line", ["Threads", "Jobs", "What comes next", "Kommentar"])
def test_a_heading_between_paragraphs_stays(line: str) -> None:
    assert body(line, "It sails again tomorrow.") == [*TEXT, line, "It sails again tomorrow."]


@pytest.mark.parametrize(
    "between",
    [
        ["list of 2 items", "list 1 of 2", "Storm sinks boat", "list 2 of 2", "What is left?", "end of list"],
        ["Image caption,", "The ferry as it was in May"],
        ["Advertisement · Scroll to continue"],
        ["Edna Pratt, pictured with the captain"],
        ["LEIA TAMBÉM:", "Barco afunda na tempestade"],
        ["Haberin Devamı"],
    ],
)
def test_what_stands_between_paragraphs_is_dropped(between: list[str]) -> None:
    assert body(*between, "It sails again tomorrow.") == [*TEXT, "It sails again tomorrow."]


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (["Related Topics", "Sheep", "Nether Wick", "More on this story", "Pier sold"], ["Sheep", "Nether Wick"]),
        (["Archivado En", "Inundaciones", "Música", "Normas ›"], ["Inundaciones", "Música"]),
        (["Теми:", "млин", "річка"], ["млин", "річка"]),
        (["Posted in Finds and tagged Roman, spoons, Thames."], ["Roman", "spoons", "Thames"]),
        (["#Rize", "#Balıkçı"], ["Rize", "Balıkçı"]),
        (["标签：渡轮、岛屿"], ["渡轮", "岛屿"]),
    ],
)
def test_tags_are_kept(lines: list[str], tags: list[str]) -> None:
    foot = read_foot([*TEXT, *lines], title="", authors=[], is_page=True)

    assert (list(foot.tags), foot.paragraphs) == (tags, TEXT)


def test_captions_of_what_is_no_page_stay() -> None:
    assert body("The ferry in May (Image: CDCR)", is_page=False) == [*TEXT, "The ferry in May (Image: CDCR)"]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Reuters", Mark.AGENCY),
        ("end of list", Mark.LIST_END),
        ("Image caption,", Mark.PICTURE),
        ("jane@post.example", Mark.CLOSING),
        ("Quelle: dpa-Bericht", Mark.SOURCE),
        ("Subscribe to our newsletter", Mark.FURNITURE),
        ("The pier", Mark.TEXT),
    ],
)
def test_a_line_has_a_mark(line: str, mark: Mark) -> None:
    assert mark_of(line, is_sentence=False) is mark
