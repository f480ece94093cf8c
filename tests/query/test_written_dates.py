"""What a date that names its year means, and what is refused because it may mean two things."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query.date_periods import NoSuchDateError, UnclearDateError
from searchlib.query.written_dates import read_written

UTC = timezone.utc
BERLIN = ZoneInfo("Europe/Berlin")

#: The days that a text names, both included.
DAYS = {
    # Figures, the year first.
    "2020-05-12": ("2020-05-12", "2020-05-12"), "2020/05/12": ("2020-05-12", "2020-05-12"),
    "2020.5.12": ("2020-05-12", "2020-05-12"), "2020 - 05 - 12": ("2020-05-12", "2020-05-12"),
    "20200512": ("2020-05-12", "2020-05-12"), "2020-05": ("2020-05-01", "2020-05-31"),
    "2020": ("2020-01-01", "2020-12-31"), "year 2020": ("2020-01-01", "2020-12-31"),
    "2020-02-29": ("2020-02-29", "2020-02-29"), "2000-02": ("2000-02-01", "2000-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"), "1969-12-31": ("1969-12-31", "1969-12-31"),
    "0001-01-01": ("0001-01-01", "0001-01-01"), "9999-12-31": ("9999-12-31", "9999-12-31"),
    # Figures, the year last.
    "12.05.2020": ("2020-05-12", "2020-05-12"), "12. 5. 2020": ("2020-05-12", "2020-05-12"),
    "25/09/2023": ("2023-09-25", "2023-09-25"), "09/25/2023": ("2023-09-25", "2023-09-25"),
    "11/11/2023": ("2023-11-11", "2023-11-11"), "25-09-2023": ("2023-09-25", "2023-09-25"),
    "5.2020": ("2020-05-01", "2020-05-31"), "05/2020": ("2020-05-01", "2020-05-31"),
    "5-2020": ("2020-05-01", "2020-05-31"),
    # Words.
    "May 2020": ("2020-05-01", "2020-05-31"), "MAY, 2020": ("2020-05-01", "2020-05-31"),
    "Feb. 2024": ("2024-02-01", "2024-02-29"), "2020 May": ("2020-05-01", "2020-05-31"),
    "May 12, 2020": ("2020-05-12", "2020-05-12"), "12 may 2020": ("2020-05-12", "2020-05-12"),
    "Sept. 11, 2023": ("2023-09-11", "2023-09-11"), "11th September 2023": ("2023-09-11", "2023-09-11"),
    "the 1st of May, 2020": ("2020-05-01", "2020-05-01"), "12-May-2020": ("2020-05-12", "2020-05-12"),
    "Monday, 11 September 2023": ("2023-09-11", "2023-09-11"), "Mon 11/09/2023": ("2023-09-11", "2023-09-11"),
    "12 mai 2020": ("2020-05-12", "2020-05-12"), "12 de mayo de 2020": ("2020-05-12", "2020-05-12"),
    "12. März 2020": ("2020-03-12", "2020-03-12"), "12 мая 2020 г.": ("2020-05-12", "2020-05-12"),
    "2020年5月12日": ("2020-05-12", "2020-05-12"), "2020 г.": ("2020-01-01", "2020-12-31"),
    "2020年": ("2020-01-01", "2020-12-31"),
    # Quarters, halves, weeks, decades.
    "Q2 2020": ("2020-04-01", "2020-06-30"), "Q2-2020": ("2020-04-01", "2020-06-30"),
    "q2/2020": ("2020-04-01", "2020-06-30"), "2020-Q2": ("2020-04-01", "2020-06-30"),
    "2020Q2": ("2020-04-01", "2020-06-30"), "2020 q2": ("2020-04-01", "2020-06-30"),
    "2Q2020": ("2020-04-01", "2020-06-30"), "second quarter of 2020": ("2020-04-01", "2020-06-30"),
    "4th quarter 2020": ("2020-10-01", "2020-12-31"), "last quarter of 2020": ("2020-10-01", "2020-12-31"),
    "9999-Q4": ("9999-10-01", "9999-12-31"), "H1 2020": ("2020-01-01", "2020-06-30"),
    "2020-H2": ("2020-07-01", "2020-12-31"), "first half of 2020": ("2020-01-01", "2020-06-30"),
    "2020-W23": ("2020-06-01", "2020-06-07"), "2020W23": ("2020-06-01", "2020-06-07"),
    "week 23 of 2020": ("2020-06-01", "2020-06-07"), "KW 23/2020": ("2020-06-01", "2020-06-07"),
    "2020-W01": ("2019-12-30", "2020-01-05"), "2020-W53": ("2020-12-28", "2021-01-03"),
    "2020-W23-7": ("2020-06-07", "2020-06-07"), "9999-W52": ("9999-12-27", "9999-12-31"),
    "0001-W01": ("0001-01-01", "0001-01-07"),
    "1990s": ("1990-01-01", "1999-12-31"), "1990's": ("1990-01-01", "1999-12-31"),
    "2010s": ("2010-01-01", "2019-12-31"),
}  # fmt: skip


def first_instant(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def end_of(day: str) -> datetime:
    if day == "9999-12-31":
        return datetime.max.replace(tzinfo=UTC)
    return first_instant(day) + timedelta(days=1)


@pytest.mark.parametrize("text", DAYS)
def test_a_date_names_whole_days(text: str):
    found = read_written(text, UTC)
    first, last = DAYS[text]

    assert found is not None
    assert (found.start, found.end, found.unit) == (first_instant(first), end_of(last), timedelta(0))


TIMES = {
    "2023-09-11 14:00": (datetime(2023, 9, 11, 12), timedelta(minutes=1)),
    "2023-09-11T14": (datetime(2023, 9, 11, 12), timedelta(hours=1)),
    "2023-09-11t14:00z": (datetime(2023, 9, 11, 14), timedelta(minutes=1)),
    "2023-09-11T14:00:30+0530": (datetime(2023, 9, 11, 8, 30, 30), timedelta(seconds=1)),
    "2023-09-11T14:00:30.25-02": (datetime(2023, 9, 11, 16, 0, 30, 250_000), timedelta(microseconds=1)),
    "2023-09-11T14:00:30.123456789Z": (datetime(2023, 9, 11, 14, 0, 30, 123_456), timedelta(microseconds=1)),
    "2023-09-11T24:00": (datetime(2023, 9, 11, 22), timedelta(minutes=1)),
    "11 Sep 2023 14:30": (datetime(2023, 9, 11, 12, 30), timedelta(minutes=1)),
    "Sept. 11, 2023, 2:30 p.m.": (datetime(2023, 9, 11, 12, 30), timedelta(minutes=1)),
    "Mon, 11 Sep 2023 14:30:05 GMT": (datetime(2023, 9, 11, 14, 30, 5), timedelta(seconds=1)),
    "2023-09-11 14:00 Asia/Tokyo": (datetime(2023, 9, 11, 5), timedelta(minutes=1)),
    "1960-01-01T00:00": (datetime(1959, 12, 31, 23), timedelta(minutes=1)),
    # When the clocks change, an offset says which of the two it is.
    "2023-10-29T02:30+01:00": (datetime(2023, 10, 29, 1, 30), timedelta(minutes=1)),
}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_a_point_as_exact_as_it_is_written(text: str):
    instant, unit = TIMES[text]

    assert read_written(text, BERLIN) == (instant.replace(tzinfo=UTC), instant.replace(tzinfo=UTC), unit)


@pytest.mark.parametrize(
    ("text", "said"), [("2023-03-26 02:30", "is skipped by"), ("2023-10-29 02:30", "is shown twice")]
)
def test_a_time_that_the_clocks_do_not_show_once_is_refused(text: str, said: str):
    with pytest.raises(UnclearDateError, match=f"{said}.*Europe/Berlin.*write its offset"):
        read_written(text, BERLIN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023-02-29", "February 2023 has 28 days"),
        ("29 Feb 2023", "February 2023 has 28 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("June 31, 2020", "June 2020 has 30 days"),
        ("2020-13", "a year has 12 months"),
        ("13/2020", "a year has 12 months"),
        ("0000", "years are 0001 to 9999"),
        ("Q5 2020", "a year has 4 quarters"),
        ("2020-H3", "a year has 2 halves"),
        ("2021-W53", "2021 has 52 weeks"),
        ("2020-W00", "2020 has 53 weeks"),
        ("2023-09-11T25:00", "a day ends at 24:00"),
        ("2023-09-11T24:01", "a day ends at 24:00"),
        ("2023-09-11T02:00+24:00", "offsets are less than 24 hours"),
        ("Tuesday 11 Sep 2023", "that day is a Monday"),
        ("Sun, 11 Sep 2023 10:00", "that day is a Monday"),
    ],
)
def test_what_the_calendar_has_not_is_refused_with_the_reason(text: str, said: str):
    with pytest.raises(NoSuchDateError, match=said):
        read_written(text, UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11/09/2023", "2023-09-11 or 2023-11-09"),
        ("05-06-2020", "2020-05-06 or 2020-06-05"),
        ("11/09/23", "two digits"),
        ("12.05.20", "two digits"),
        ("11 Sep 23", "two digits"),
        ("May '20", "two digits"),
        ("May", "names no year"),
        ("12 May", "names no year"),
        ("12.5.", "names no year"),
        ("spring 2020", "season"),
        ("Summer 2020", "season"),
        ("1900s", r"1900\.\.1909 or 1900\.\.1999"),
        ("90s", "1990s or 1890s"),
        ("20th century", r"1900\.\.1999 or 1901\.\.2000"),
        ("1st century", r"0001\.\.0099 or 0001\.\.0100"),
        ("early 2020", "where it begins and ends"),
        ("mid-1990s", "where it begins and ends"),
        ("circa 1912", "where it begins and ends"),
    ],
)
def test_what_may_mean_two_things_is_refused_and_says_which(text: str, said: str):
    with pytest.raises(UnclearDateError, match=said):
        read_written(text, UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "Foo 2020", "May", "202005", "1588291200", "5 2020", "12th 2020", "2020 s", "a 2020", "no 2020", "2020/2021",
        "2023-09-11 14", "12 May 2020 pm", "mar jun 2020", "May June 2020", "2020 2021", "12 May 2020 13 May 2020",
        "14:00", "Q2", "2020-123", "cat 2020", "12 May 2020 foo", "Monday May 2020",
        "é 2020", "2023W23Sept.", "May 2020 pm",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text: str):
    try:
        found = read_written(text, UTC)
    except UnclearDateError:
        found = None

    assert found is None


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2299, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: date):
    name = f"{day:%B}"
    ways = [
        f"{day.year}/{day.month}/{day.day}", f"{day.day}.{day.month}.{day.year}", f"{name} {day.day}, {day.year}",
        f"{day.day} {name[:3]}. {day.year}", f"{day:%G-W%V-%u}" if day.year >= 1900 else day.isoformat(),
    ]  # fmt: skip

    assert {read_written(way, UTC) for way in ways} == {read_written(day.isoformat(), UTC)}
