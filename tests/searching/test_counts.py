"""From counts to facets and timelines: which values and buckets there are, and when empty ones are left out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest

from searchlib.results import FacetValue
from searchlib.schema import VALUE_SEPARATOR, microseconds
from searchlib.searching.counts import FacetAsked, facet_of, timeline_of

UTC = timezone.utc
FIRST = datetime(2000, 1, 1, 12, tzinfo=UTC)


def timeline(times: list[datetime], unit="day"):
    """The timeline of articles published at these times."""
    found = sorted(map(microseconds, times))
    period = (found[0], found[-1]) if found else None
    return timeline_of(
        unit, UTC, period, lambda since, until: sum(since <= at < until for at in found), lambda: found, 3
    )


def test_a_value_counts_once_for_an_article_that_has_it_twice():
    both = VALUE_SEPARATOR.join([b"b", b"a", b"b"])

    facet = facet_of("tag", Counter({both: 2, b"a": 1, b"c": 2, b"": 4}), FacetAsked())

    assert facet.values == (FacetValue("a", 3), FacetValue("b", 2), FacetValue("c", 2))
    assert facet.missing == 4


def test_without_a_date_there_is_no_bucket():
    found = timeline([])

    assert (found.buckets, found.undated) == ((), 3)


@pytest.mark.parametrize(("days", "buckets"), [(9_999, 10_000), (10_000, 2)])
def test_a_timeline_of_more_than_ten_thousand_buckets_leaves_out_the_empty_ones(days, buckets):
    found = timeline([FIRST, FIRST + timedelta(days=days)])

    assert len(found.buckets) == buckets
    assert [bucket.count for bucket in found.buckets if bucket.count] == [1, 1]
    assert found.buckets[-1].start.date() == (FIRST + timedelta(days=days)).date()


@pytest.mark.parametrize(
    ("unit", "starts"),
    [
        ("day", ["2023-12-31", "2024-01-01", "2024-01-02"]),
        ("week", ["2023-12-25", "2024-01-01"]),
        ("month", ["2023-12-01", "2024-01-01"]),
        ("year", ["2023-01-01", "2024-01-01"]),
    ],
)
def test_buckets_follow_each_other_and_every_article_is_in_one(unit, starts):
    found = timeline([datetime(2023, 12, 31, 1, tzinfo=UTC), datetime(2024, 1, 2, 23, tzinfo=UTC)], unit)

    assert [f"{bucket.start:%Y-%m-%d}" for bucket in found.buckets] == starts
    assert all(one.end == other.start for one, other in zip(found.buckets, found.buckets[1:], strict=False))
    assert sum(bucket.count for bucket in found.buckets) == 2


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_the_first_and_the_last_moment_of_time_are_in_a_bucket(unit):
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

    assert [bucket.count for bucket in timeline([first], unit).buckets] == [1]
    assert [bucket.count for bucket in timeline([last], unit).buckets] == [1]
