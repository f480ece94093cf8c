"""What a dateline says: the same reader serves fields that hold one and texts that begin with one."""

from __future__ import annotations

import pytest

from searchlib.sources.people.datelines import Dateline, leading_dateline, read_dateline

# Dateline → place, agency, date.
DATELINES = [
    ("SEOUL —", "SEOUL", "", ""),
    ("SEOUL, Sept 11 (Reuters) -", "SEOUL", "Reuters", ""),
    ("NEW YORK, (AFP) -", "NEW YORK", "AFP", ""),
    ("NEW YORK (AFP) --", "NEW YORK", "AFP", ""),
    ("WASHINGTON (AP) —", "WASHINGTON", "AP", ""),
    ("WASHINGTON, D.C. —", "WASHINGTON, D.C.", "", ""),
    ("SUNBURY, Pa., Oct 19 -", "SUNBURY, Pa.", "", ""),
    ("PARIS,March 16 -", "PARIS", "", ""),
    ("ALBANY, N.Y., Marc 3 -", "ALBANY, N.Y.", "", ""),
    ("REGGIO CALABRIA, Italy, April l -", "REGGIO CALABRIA, Italy", "", ""),
    ("BELGRADE, March 2O -", "BELGRADE", "", ""),
    ("CHICAGO, March 4, -", "CHICAGO", "", ""),
    ("FORT WORTH, Texas, -", "FORT WORTH, Texas", "", ""),
    ("NEW YORK, (AFP), -", "NEW YORK", "AFP", ""),
    ("Kyiv, Ukraine, –", "Kyiv, Ukraine", "", ""),
    ("LONDON/PARIS (AFP) –", "LONDON/PARIS", "AFP", ""),
    ("LONDON and PARIS —", "LONDON and PARIS", "", ""),
    ("LONDON, PARIS, May 3 (Reuters) -", "LONDON, PARIS", "Reuters", ""),
    ("OSLO, 3 May 2020 (NTB) -", "OSLO", "NTB", "2020-05-03"),
    ("OSLO, May 3, 2020 -", "OSLO", "", "2020-05-03"),
    ("LIMA, Tuesday (AFP) -", "LIMA", "AFP", ""),
    ("MOSCOW, September 11. /TASS/. ", "MOSCOW", "TASS", ""),
    ("МОСКВА, 11 сентября (ТАСС) —", "МОСКВА", "TASS", ""),
    ("ΑΘΗΝΑ —", "ΑΘΗΝΑ", "", ""),
    ("BEIJING, Sept. 11 (Xinhua) --", "BEIJING", "Xinhua", ""),
    ("Rio de Janeiro (AFP) –", "Rio de Janeiro", "AFP", ""),
    ("Frankfurt/Main (dpa/AFP) -", "Frankfurt/Main", "dpa, AFP", ""),
    ("Kyiv, Ukraine –", "Kyiv, Ukraine", "", ""),
    ("Stratford-upon-Avon, Sept. 3 (Reuters) -", "Stratford-upon-Avon", "Reuters", ""),
    ("KÖLN –", "KÖLN", "", ""),
    ("ATLANTA (CNN) —", "ATLANTA", "CNN", ""),
    ("NORHAVEN (Harbour News) —", "NORHAVEN", "Harbour News", ""),
    ("HOUSTON (USA) —", "HOUSTON", "", ""),
    ("(Reuters) -", "", "Reuters", ""),
]


@pytest.mark.parametrize(("text", "place", "agency", "published"), DATELINES)
def test_a_field_and_the_beginning_of_a_text_are_read_alike(text: str, place: str, agency: str, published: str):
    assert read_dateline(text) == Dateline(place, agency, published, "")
    assert leading_dateline(f"{text.strip()} The meeting ended.") == Dateline(
        place, agency, published, "The meeting ended."
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SALVADOR, Feb 26", "SALVADOR"),
        ("KANSAS CITY, Mo. - March 13", "KANSAS CITY, Mo."),
        ("RPT --LUDWIGSHAFEN, West Germany, March 30", "LUDWIGSHAFEN, West Germany"),
        ("CHEVY CHASE, Md., - March 4", "CHEVY CHASE, Md."),
        ("FORT WORTH, Texas,", "FORT WORTH, Texas"),
        ("NEW YORK, June 29,", "NEW YORK"),
        ("RENO, Nev., Mach 4", "RENO, Nev."),
        ("NEW YORK, Narch 2", "NEW YORK"),
        ("TAFT, Calif., Apri l7", "TAFT, Calif."),
        ("BOSTON, March 187", "BOSTON"),
        ("EVANDALE, Ohio, April, 13", "EVANDALE, Ohio"),
        ("RIO DE JANEIRO, Brazil", "RIO DE JANEIRO, Brazil"),
        ("GENEVA", "GENEVA"),
        ("MARCHWOOD, England, 3 May", "MARCHWOOD, England"),
        ("New York", "New York"),
    ],
)
def test_a_field_needs_no_dash(text: str, place: str):
    assert read_dateline(text) == Dateline(place)


@pytest.mark.parametrize(
    "text",
    [
        "APRIL",
        "h 6.12 - 5.87",
        "Wheat bids were steady in all markets",
        "x" * 5000,
        "",
        "BREAKING",
        "MAY, Wheat 12",
        "us 7.8015",
    ],
)
def test_what_is_no_dateline_gives_nothing(text: str):
    assert read_dateline(text) is None


def test_what_stands_behind_a_dateline_is_its_rest():
    assert read_dateline("OSLO, Oct 20 - Eight months to August 31") == Dateline(
        "OSLO", "", "", "Eight months to August 31"
    )


@pytest.mark.parametrize("text", ["However, — and this is new — it rained.", "x" * 400 + " — y", "A harbour opens."])
def test_a_text_that_begins_with_no_dateline_gives_none(text: str):
    assert leading_dateline(text) is None
