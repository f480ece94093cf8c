from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.drawing.axes import bucket_words, date_ticks, number_ticks


def labels(start: datetime, end: datetime, unit: str) -> list[str]:
    return [f"{tick.label} {tick.context}".strip() for tick in date_ticks(start, end, unit)]


def test_months_of_a_year_are_named_and_the_year_once():
    ticks = labels(datetime(1987, 1, 1), datetime(1988, 1, 1), "month")

    assert ticks[:3] == ["Jan 1987", "Feb", "Mar"]
    assert len(ticks) == 12


def test_the_year_is_said_again_where_it_changes():
    assert labels(datetime(2022, 11, 1), datetime(2023, 3, 1), "month") == ["Nov 2022", "Dec", "Jan 2023", "Feb"]


def test_two_contexts_never_stand_side_by_side():
    assert labels(datetime(2022, 12, 1), datetime(2023, 3, 1), "month") == ["Dec", "Jan 2023", "Feb"]


def test_days_have_their_number_and_weeks_begin_on_mondays():
    days = date_ticks(datetime(2023, 9, 1), datetime(2023, 9, 8), "day")
    weeks = date_ticks(datetime(2023, 9, 4), datetime(2023, 10, 2), "week")

    assert [tick.label for tick in days] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [tick.at.weekday() for tick in weeks] == [0, 0, 0, 0]


def test_centuries_have_round_years():
    assert labels(datetime(1850, 1, 1), datetime(2024, 1, 1), "year") == [
        "1860", "1880", "1900", "1920", "1940", "1960", "1980", "2000", "2020"
    ]  # fmt: skip


def test_no_tick_is_finer_than_the_buckets():
    assert labels(datetime(2023, 1, 1), datetime(2024, 1, 1), "year") == ["2023"]


@given(
    st.datetimes(datetime(1, 1, 1), datetime(9000, 1, 1)),
    st.integers(1, 300_000),
    st.sampled_from(["day", "week", "month", "year"]),
)
@examples(200)
def test_ticks_are_few_in_order_and_inside(start: datetime, days: int, unit: str):
    start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=days)
    ticks = date_ticks(start, end, unit)

    assert len(ticks) <= 14
    assert all(start <= tick.at < end for tick in ticks)
    assert list(ticks) == sorted(ticks, key=lambda tick: tick.at)


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (1, (1,)),
        (3, (1, 2, 3)),
        (7, (2, 4, 6, 8)),
        (10, (5, 10)),
        (950, (500, 1000)),
        (1204, (500, 1000, 1500)),
        (0, (1,)),
    ],
)
def test_counts_have_round_numbers_beside_them(highest: int, ticks: tuple[int, ...]):
    assert number_ticks(highest, is_whole=True) == ticks


@given(st.floats(1e-6, 1), st.integers(1, 10**9))
@examples(200)
def test_the_last_number_is_as_high_as_what_is_shown_and_not_much_higher(share: float, count: int):
    for highest, is_whole in ((share, False), (count, True)):
        ticks = number_ticks(highest, is_whole=is_whole)

        assert 1 <= len(ticks) <= 4
        assert highest <= ticks[-1] * (1 + 1e-9)
        assert ticks[-1] <= 2.5 * highest


def test_a_bucket_is_said_in_words():
    start = datetime(2023, 9, 11)

    assert [bucket_words(start, unit) for unit in ("day", "week", "month", "year")] == [
        "11 September 2023", "week of 11 September 2023", "September 2023", "2023"
    ]  # fmt: skip
