"""From counts to facets and timelines: which values and buckets there are, and when empty ones are left out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest

from searchlib.results import FacetValue
from searchlib.schema import VALUE_SEPARATOR, microseconds
from searchlib.searching.counts import Dated, FacetAsked, comparison_of, facet_of, timeline_of

UTC = timezone.utc
FIRST = datetime(2000, 1, 1, 12, tzinfo=UTC)


def timeline(times: list[datetime], unit="day"):
    """The timeline of articles published at these times."""
    found = sorted(map(microseconds, times))
    return timeline_of(unit, UTC, dated(found, undated=3))


def dated(found: list[int], undated=0) -> Dated:
    """Articles published at these times, which ascend."""
    return Dated(
        (found[0], found[-1]) if found else None,
        lambda since, until: [sum(begin <= at < end for at in found) for begin, end in zip(since, until, strict=True)],
        lambda: found,
        undated,
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


def test_a_bucket_says_its_share_of_all_articles_from_its_beginning_to_its_end():
    days = [microseconds(FIRST + timedelta(days=day, hours=hour)) for day, hour in ((0, -9), (0, 0), (2, 0), (2, 9))]

    found = timeline_of("day", UTC, dated([days[1], days[3]]), dated(days))

    assert [(each.count, each.of_all, each.share) for each in found.buckets] == [(1, 2, 0.5), (0, 0, 0.0), (1, 2, 0.5)]


def test_a_timeline_without_shares_has_none():
    assert [(each.of_all, each.share) for each in timeline([FIRST]).buckets] == [(None, None)]


def test_queries_are_compared_on_one_line_from_the_first_article_of_any_to_the_last():
    one, other = ([microseconds(FIRST + timedelta(days=day)) for day in days] for days in ((31, 40), (0, 40, 95)))

    found = comparison_of("month", UTC, ["a", "b", "c"], [dated(one), dated(other, undated=2), dated([])], dated(other))

    assert [(f"{each.start:%m}", each.counts, each.of_all) for each in found] == [
        ("01", (0, 1, 0), 1), ("02", (2, 1, 0), 1), ("03", (0, 0, 0), 0), ("04", (0, 1, 0), 1),
    ]  # fmt: skip
    assert (found.undated, found.queries) == ((0, 2, 0), ("a", "b", "c"))
    assert found.buckets[2].shares == (0.0, 0.0, 0.0)


def test_a_comparison_without_any_article_has_no_bucket():
    assert comparison_of("day", UTC, ["a"], [dated([])]).buckets == ()
