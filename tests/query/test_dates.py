"""What dates mean: whole days of a zone, half-open, in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import QueryError
from searchlib.query import DateRange, Node, date_range, parse
from searchlib.query.dates import format_range, read_date_clause

UTC = timezone.utc
SINGAPORE = ZoneInfo("Asia/Singapore")
BERLIN = ZoneInfo("Europe/Berlin")
# A Wednesday.
NOW = datetime(2023, 9, 13, 12, 0, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def tree_of(text: str, zone: tzinfo = UTC, now: datetime = NOW) -> Node:
    return parse(text, zone=zone, now=now, strict=True).tree


SEPTEMBER_1, SEPTEMBER_11, SEPTEMBER_12, OCTOBER_1 = (
    utc(2023, 9, 1),
    utc(2023, 9, 11),
    utc(2023, 9, 12),
    utc(2023, 10, 1),
)
AT_TWO = utc(2023, 9, 11, 2)

MEANINGS = {
    "date:2023-09-11": (SEPTEMBER_11, SEPTEMBER_12),
    "date:2023/9/11": (SEPTEMBER_11, SEPTEMBER_12),
    'date:"2023-09-11"': (SEPTEMBER_11, SEPTEMBER_12),
    "DATE:2023-09": (SEPTEMBER_1, OCTOBER_1),
    "date:2023-12": (utc(2023, 12, 1), utc(2024, 1, 1)),
    "date:2023": (utc(2023, 1, 1), utc(2024, 1, 1)),
    "date:2023-09-01..2023-09-11": (SEPTEMBER_1, SEPTEMBER_12),
    'date:"2023-09-01 .. 2023-09-11"': (SEPTEMBER_1, SEPTEMBER_12),
    "date:2023-09..2023-09": (SEPTEMBER_1, OCTOBER_1),
    "date:2023-09..": (SEPTEMBER_1, None),
    "date:..2023-09": (None, OCTOBER_1),
    "date:>=2023-09": (SEPTEMBER_1, None),
    "date:>2023-09": (OCTOBER_1, None),
    "date:<=2023-09": (None, OCTOBER_1),
    "date:<2023-09": (None, SEPTEMBER_1),
    "since:2023-09": (SEPTEMBER_1, None),
    "after:2023-09": (OCTOBER_1, None),
    "until:2023-09": (None, OCTOBER_1),
    "before:2023-09": (None, SEPTEMBER_1),
    "date:*": (None, None),
    # An exact time is a point; alone it names the minute, second or microsecond that is written.
    "since:2023-09-11T02:00": (AT_TWO, None),
    "after:2023-09-11T02:00": (AT_TWO, None),
    "until:2023-09-11T02:00": (None, AT_TWO),
    "before:2023-09-11T02:00": (None, AT_TWO),
    "date:2023-09-11T02:00": (AT_TWO, AT_TWO + timedelta(minutes=1)),
    "date:2023-09-11T02:00:00Z": (AT_TWO, AT_TWO + timedelta(seconds=1)),
    "date:2023-09-11T02:00:00.5Z": (
        AT_TWO + timedelta(microseconds=500_000),
        AT_TWO + timedelta(microseconds=500_001),
    ),
    "date:2023-09-11T02:00+09:00..2023-09-11T02:00": (utc(2023, 9, 10, 17), AT_TWO),
    "since:2023-09-11T02:00-0330": (utc(2023, 9, 11, 5, 30), None),
    # Relative to NOW.
    "date:today": (utc(2023, 9, 13), utc(2023, 9, 14)),
    "date:Yesterday": (SEPTEMBER_12, utc(2023, 9, 13)),
    "until:yesterday": (None, utc(2023, 9, 13)),
    "date:1d": (utc(2023, 9, 13), utc(2023, 9, 14)),
    "date:7d": (utc(2023, 9, 7), utc(2023, 9, 14)),
    'date:"last 7 days"': (utc(2023, 9, 7), utc(2023, 9, 14)),
    'date:"past 30 days"': (utc(2023, 8, 15), utc(2023, 9, 14)),
    "since:7d": (utc(2023, 9, 7), None),
    "date:2w": (utc(2023, 8, 31), utc(2023, 9, 14)),
    "date:1m": (utc(2023, 8, 14), utc(2023, 9, 14)),
    "date:1y": (utc(2022, 9, 14), utc(2023, 9, 14)),
    "date:24h": (utc(2023, 9, 12, 12), NOW),
    'date:"this week"': (SEPTEMBER_11, utc(2023, 9, 18)),
    'date:"last week"': (utc(2023, 9, 4), SEPTEMBER_11),
    'date:"this month"': (SEPTEMBER_1, OCTOBER_1),
    'date:"Last  Month"': (utc(2023, 8, 1), SEPTEMBER_1),
    'date:"this year"': (utc(2023, 1, 1), utc(2024, 1, 1)),
    'date:"last year"': (utc(2022, 1, 1), utc(2023, 1, 1)),
    'since:"last week"': (utc(2023, 9, 4), None),
    'date:"last month..today"': (utc(2023, 8, 1), utc(2023, 9, 14)),
    "date:0001": (datetime.min.replace(tzinfo=UTC), utc(2, 1, 1)),
    "date:9999": (utc(9999, 1, 1), datetime.max.replace(tzinfo=UTC)),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_date_clause_is_a_half_open_range(text: str):
    assert tree_of(text) == DateRange(*MEANINGS[text])


def test_a_day_is_a_day_of_the_zone():
    assert tree_of("date:2023-09-11", SINGAPORE) == DateRange(utc(2023, 9, 10, 16), utc(2023, 9, 11, 16))


def test_a_time_without_an_offset_is_in_the_zone():
    assert tree_of("since:2023-09-11T02:00", SINGAPORE) == DateRange(utc(2023, 9, 10, 18))


def test_today_is_the_day_that_it_is_in_the_zone():
    late = utc(2023, 9, 13, 17)

    assert tree_of("date:today", SINGAPORE, late) == DateRange(utc(2023, 9, 13, 16), utc(2023, 9, 14, 16))


@pytest.mark.parametrize(("day", "hours"), [("2023-03-26", 23), ("2023-10-29", 25), ("2023-10-30", 24)])
def test_days_on_which_the_clocks_change_are_longer_or_shorter(day: str, hours: int):
    found = tree_of(f"date:{day}", BERLIN)

    assert isinstance(found, DateRange)
    assert found.since is not None
    assert found.until is not None
    assert found.until - found.since == timedelta(hours=hours)


def test_a_day_without_a_midnight_begins_when_the_clocks_skip_it():
    # Clocks went from 23:59:59 on Saturday to 01:00 on Sunday.
    assert tree_of("date:2018-11-04", ZoneInfo("America/Sao_Paulo")) == DateRange(
        utc(2018, 11, 4, 3), utc(2018, 11, 5, 2)
    )


def test_the_first_and_the_last_year_are_cut_off_where_time_ends():
    assert tree_of("since:0001", SINGAPORE) == DateRange(datetime.min.replace(tzinfo=UTC))
    assert tree_of("until:9999", ZoneInfo("America/New_York")) == DateRange(None, datetime.max.replace(tzinfo=UTC))


def test_a_month_ago_is_the_end_of_a_shorter_month():
    assert tree_of("since:1m", UTC, utc(2023, 3, 31, 8)) == DateRange(utc(2023, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30", "2023-02-29", "29 Feb 2023", "2023-13", "0000", "23-09-11", "11/09/2023", "soon", "7x", "0d", "99999y", "2023-09-11T25:00", "..",
        "2023..2024..2025", ">", ">=..2023", "last", "2023-09-11T02:00+99:00", "٢٠٢٣", "last  0 days", "1" * 500,
    ],
)  # fmt: skip
def test_what_is_no_date_is_reported_with_what_to_write(text: str):
    (said,) = parse(f'date:"{text}"', zone=UTC, now=NOW).diagnostics

    assert "write a date as 2023-09-11" in said.message


def test_bounds_given_by_a_program_mean_what_they_mean_in_a_query():
    found = date_range("2023-09", date(2023, 9, 11), zone=SINGAPORE, now=NOW)

    assert found == DateRange(utc(2023, 8, 31, 16), utc(2023, 9, 11, 16))


def test_a_datetime_is_an_instant_in_its_own_zone_or_in_that_of_the_index():
    found = date_range(datetime(2023, 9, 11, 2), datetime(2023, 9, 11, 2, tzinfo=UTC), zone=SINGAPORE, now=NOW)

    assert found == DateRange(utc(2023, 9, 10, 18), AT_TWO)


def test_bounds_may_be_relative():
    assert date_range("last week", None, zone=UTC, now=NOW) == DateRange(utc(2023, 9, 4))


def test_no_bounds_are_no_range():
    assert date_range(None, None, zone=UTC, now=NOW) is None


def test_a_bound_that_is_no_date_is_an_error_that_names_it():
    with pytest.raises(QueryError, match="until: there is no '2023-02-30' in the calendar"):
        date_range(None, "2023-02-30", zone=UTC, now=NOW)


def test_a_bound_of_another_type_is_an_error_that_names_it():
    with pytest.raises(QueryError, match="since is 2023; give a text"):
        date_range(2023, None, zone=UTC, now=NOW)  # type: ignore[arg-type]


def test_bounds_in_the_wrong_order_are_an_error():
    with pytest.raises(QueryError, match="swap the two"):
        date_range("2023-09-15", "2023-09-01", zone=UTC, now=NOW)


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 30)), st.sampled_from([UTC, SINGAPORE, BERLIN]))
def test_since_and_before_share_all_time_between_them_and_so_do_until_and_after(day: date, zone: tzinfo):
    since, before, until, after = (tree_of(f"{field}:{day}", zone) for field in ("since", "before", "until", "after"))
    whole = tree_of(f"date:{day}", zone)

    assert isinstance(whole, DateRange)
    assert since == DateRange(whole.since)
    assert before == DateRange(None, whole.since)
    assert until == DateRange(None, whole.until)
    assert after == DateRange(whole.until)


def test_a_field_of_one_date_takes_no_range_and_says_so():
    with pytest.raises(ValueError, match=r"takes one date, and '2020\.\.2021' is a range"):
        read_date_clause("since", "2020..2021", zone=UTC, now=NOW)


def test_updated_takes_what_date_takes():
    assert read_date_clause("updated", "2023-09", zone=UTC, now=NOW) == DateRange(SEPTEMBER_1, OCTOBER_1, "updated")


def test_a_range_in_the_wrong_order_is_empty_and_no_error():
    assert read_date_clause("date", "2021..2020", zone=UTC, now=NOW) == DateRange(utc(2021, 1, 1), utc(2021, 1, 1))


PIECES = st.sampled_from([
    "2023", "09", "11", "5", "May", "mai", "Sept.", "Q2", "2020", "W23", "to", "-", "–", "..", ",", ".", "/",
    ":", "T14:00", "Z", "+02:00", ">", "<=", "since", "until", "between", "and", "from", "last", "next",
    "this", "past", "week", "weeks", "month", "year", "monday", "3", "a", "ago", "today", "yesterday", "now",
    "[", "]", "*", "1990s", "the", "in", "9999", "0001", "ytd", "pm", "12th",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.lists(PIECES, max_size=8).map("".join),
)
ZONES = st.sampled_from([UTC, SINGAPORE, BERLIN, ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")])
FIELDS = st.sampled_from(["date", "updated", "since", "until", "before", "after"])
INSTANTS = st.datetimes(timezones=st.just(UTC))


@given(field=FIELDS, text=TEXTS, zone=ZONES, now=INSTANTS)
def test_any_text_is_a_range_in_utc_or_an_error_that_says_what_to_write(
    field: str, text: str, zone: tzinfo, now: datetime
):
    said = ""
    found = DateRange()
    try:
        found = read_date_clause(field, text, zone=zone, now=now)
    except ValueError as error:
        said = str(error)

    assert not said or "write a date as 2023-09-11" in said or "write it after date:" in said
    assert all(bound is None or bound.tzinfo is UTC for bound in (found.since, found.until))


@given(first=st.none() | INSTANTS, last=st.none() | INSTANTS, zone=ZONES)
def test_a_range_comes_back_from_how_it_is_written(first: datetime | None, last: datetime | None, zone: tzinfo):
    dates = DateRange(first, last)

    assert read_date_clause("date", format_range(dates, zone), zone=zone, now=NOW) == dates


@given(days=st.tuples(st.dates(), st.dates()), zone=ZONES)
def test_a_range_of_whole_days_is_written_in_days(days: tuple[date, date], zone: tzinfo):
    first, last = sorted(days)
    dates = read_date_clause("date", f"{first}..{last}", zone=zone, now=NOW)

    assert "T" not in format_range(dates, zone)
    assert read_date_clause("date", format_range(dates, zone), zone=zone, now=NOW) == dates
