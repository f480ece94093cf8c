"""What a byline says: the same reader serves every source."""

from __future__ import annotations

import pytest

from searchlib.sources.bylines import (
    Byline,
    first_byline,
    read_byline,
    read_bylines,
    read_party,
    read_title,
    recognise_byline,
)

# Byline → authors, agency.
BYLINES = [
    ("Jane Doe", ["Jane Doe"], ""),
    ("By Jane Doe", ["Jane Doe"], ""),
    ("By: Jane Doe", ["Jane Doe"], ""),
    ("Written by Jane Doe", ["Jane Doe"], ""),
    ("By JANE DOE", ["Jane Doe"], ""),
    ("JANE O'NEIL", ["Jane O'Neil"], ""),
    ("BY RONALD MCDONALD", ["Ronald McDonald"], ""),
    ("BY ANA DE LA CRUZ", ["Ana de la Cruz"], ""),
    ("BY J.K. DOE III", ["J.K. Doe III"], ""),
    ("BY JANE DOE AND JOHN ROE", ["Jane Doe", "John Roe"], ""),
    ("By JANE DOE, Associated Press", ["Jane Doe"], "AP"),
    ("By MEG ROSS and ERRIN HALE, Associated Press", ["Meg Ross", "Errin Hale"], "AP"),
    ("By JANE DOE, AP National Political Writer", ["Jane Doe"], "AP"),
    ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"], ""),
    ("Jane Doe, John Roe & Li Wei", ["Jane Doe", "John Roe", "Li Wei"], ""),
    ("By Jane Doe, John Roe and Li Wei in Kyiv", ["Jane Doe", "John Roe", "Li Wei"], ""),
    ("Jane Doe in Kyiv, Ukraine", ["Jane Doe"], ""),
    ("By Jane Doe in Kyiv and John Roe in Moscow", ["Jane Doe", "John Roe"], ""),
    ("Jane Doe; John Roe", ["Jane Doe", "John Roe"], ""),
    ("Jane Doe | John Roe", ["Jane Doe", "John Roe"], ""),
    ("Von Jane Doe und John Roe", ["Jane Doe", "John Roe"], ""),
    ("Von Jane Doe, dpa", ["Jane Doe"], "dpa"),
    ("Par Jane Doe et John Roe", ["Jane Doe", "John Roe"], ""),
    ("Por Ana Ruiz y Tom Bell", ["Ana Ruiz", "Tom Bell"], ""),
    ("Door Jan Smit en Piet Bos", ["Jan Smit", "Piet Bos"], ""),
    ("José Ortega y Gasset", ["José Ortega y Gasset"], ""),
    ("Por Ana Ruiz en Nueva York", ["Ana Ruiz"], ""),
    ("Von Trapp", ["Von Trapp"], ""),
    ("Byron Anders", ["Byron Anders"], ""),
    ("Sandy Anders", ["Sandy Anders"], ""),
    ("Jane Doe (Reuters)", ["Jane Doe"], "Reuters"),
    ("By Jane Doe (dpa)", ["Jane Doe"], "dpa"),
    ("By Jane Doe [AFP]", ["Jane Doe"], "AFP"),
    ("Jane Doe/AFP", ["Jane Doe"], "AFP"),
    ("Jane Doe for Reuters", ["Jane Doe"], "Reuters"),
    ("Jane Doe for The Harbour Post", ["Jane Doe"], ""),
    ("Jane Doe, Reuters, and John Roe, AFP", ["Jane Doe", "John Roe"], "Reuters, AFP"),
    ("By Jane Doe with AFP", ["Jane Doe"], "AFP"),
    ("Reuters", [], "Reuters"),
    ("By the Associated Press", [], "AP"),
    ("By Reuters Staff", [], "Reuters"),
    ("AFP/Reuters", [], "AFP, Reuters"),
    ("AP and dpa", [], "AP, dpa"),
    ("ТАСС", [], "TASS"),
    ("By Antara Ghosh", ["Antara Ghosh"], ""),
    ("By Michael Bloomberg", ["Michael Bloomberg"], ""),
    ("MICHAEL R. BLOOMBERG", ["Michael R. Bloomberg"], ""),
    ("Jane Doe, Staff Writer", ["Jane Doe"], ""),
    ("Jane Doe Staff Writer", ["Jane Doe"], ""),
    ("By Ana de la Cruz, Political Editor", ["Ana de la Cruz"], ""),
    ("Dr. Jane Doe", ["Dr. Jane Doe"], ""),
    ("Martin Bell, Jr.", ["Martin Bell, Jr."], ""),
    ("Jane Doe, MD", ["Jane Doe, MD"], ""),
    ("Staff Writer", [], ""),
    ("From Our Special Correspondent", [], ""),
    ("BBC News", ["BBC News"], ""),
    ("CNN BUSINESS", ["CNN BUSINESS"], ""),
    ("Jane Doe, CNN Business", ["Jane Doe"], ""),
    ("Jane Doe, Cleveland.com", ["Jane Doe"], ""),
    ("Jane Doe, Seoul", ["Jane Doe"], ""),
    ("Doe, Jane", ["Jane Doe"], ""),
    ("Smith and Sons", ["Smith and Sons"], ""),
    ("Jane Doe <jane@post.example>", ["Jane Doe"], ""),
    ("jane@post.example (Jane Doe)", ["Jane Doe"], ""),
    ("By Jane Doe jane@post.example", ["Jane Doe"], ""),
    ("jane@post.example", [], ""),
    ("By jane@post.example", [], ""),
    ("By jane@post.example (Jane Doe)", ["Jane Doe"], ""),
    ("Source: Xinhua", [], "Xinhua"),
    ("Jane Doe | Harbour Media for Harbour.com", ["Jane Doe"], ""),
    ("Jane Doe | Seoul", ["Jane Doe"], ""),
    ("Jane Doe | Reuters", ["Jane Doe"], "Reuters"),
    ("Harbour Media | Jane Doe", ["Harbour Media", "Jane Doe"], ""),
    ("https://post.example/jane", [], ""),
    ("@janedoe", [], ""),
    ("Reporting by Jane Doe; Editing by John Roe", ["Jane Doe"], ""),
    ("ИВАН ПЕТРОВ", ["Иван Петров"], ""),
    ("李伟", ["李伟"], ""),
    ("Jane Doe, Jane Doe", ["Jane Doe"], ""),
    ("  ", [], ""),
]


@pytest.mark.parametrize(("text", "authors", "agency"), BYLINES)
def test_a_byline_gives_names_and_agency(text: str, authors: list[str], agency: str):
    found = read_byline(text)

    assert (list(found.authors), found.agency) == (authors, agency)


@pytest.mark.parametrize(
    ("text", "authors", "agency"),
    [
        case
        for case in BYLINES
        if case[0].startswith(("By ", "BY ", "Von Jane", "Par ", "Por ")) and (case[1] or case[2])
    ],
)
def test_a_page_reads_a_byline_that_it_recognises_as_every_other_source_does(
    text: str, authors: list[str], agency: str
):
    found = recognise_byline(text)

    assert found is not None
    assert (list(found.authors), found.agency) == (authors, agency)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the water had gone.",
        "By March 31",
        "By Monday Morning, everyone had left",
        "Jane Doe",
        "Smith and Sons",
        "Von Trapp",
        "By the end of the day, Jane Doe said",
        "x" * 200,
    ],
)
def test_a_line_that_only_looks_like_a_byline_is_none(line: str):
    assert recognise_byline(line) is None


def test_beside_a_date_a_name_is_a_byline():
    assert recognise_byline("Jane Doe", is_name_enough=True) == Byline(("Jane Doe",), "")
    assert recognise_byline("Political Editor", is_name_enough=True) is None


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("By Jane Doe, Associated Press", True),
        ("Jane Doe, Staff Writer", True),
        ("  ", True),
        ("Jane Doe, CNN Business", False),
        ("Jane Doe in Kyiv", False),
        ("Jane Doe (Kyiv)", False),
        ("Jane Doe jane@post.example", False),
        ("Jane Doe; Editing by John Roe", False),
        ("Staff Writer", False),
        ("jane@post.example", False),
    ],
)
def test_a_byline_of_which_something_was_left_out_is_kept_as_printed(text: str, is_whole: bool):
    assert read_byline(f" {text}\n").left_out == (() if is_whole else (text,))


def test_the_first_signed_byline_counts_and_what_those_before_it_leave_out_is_kept():
    found = first_byline(map(read_byline, ["", "Staff Writer", "Jane Doe", "John Roe in Kyiv"]))

    assert found == Byline(("Jane Doe",), "", ("Staff Writer",))


@pytest.mark.parametrize(
    ("title", "agency", "left_out"),
    [("Staff Writer", "", ()), ("AP Writer", "AP", ()), ("Kyiv", "", ("Kyiv",)), ("", "", ())],
)
def test_a_title_names_an_agency_or_a_profession(title: str, agency: str, left_out: tuple[str, ...]):
    assert read_title(title) == Byline((), agency, left_out)


def test_the_name_of_an_organisation_is_not_taken_apart():
    assert read_party("Ports and Harbours Press Office") == Byline(("Ports and Harbours Press Office",), "")
    assert read_party("Agence France-Presse") == Byline((), "AFP")


def test_several_bylines_give_each_name_and_agency_once():
    assert read_bylines(["By Jane Doe, AP", "and JANE DOE", "AP"]) == Byline(("Jane Doe",), "AP")
