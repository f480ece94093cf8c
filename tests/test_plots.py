"""Where the lines of a picture go. What is in whole pictures is tested with the command that writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from searchlib import plots
from searchlib.results import ComparisonBucket


def test_a_line_is_at_zero_where_empty_buckets_are_left_out():
    days = [datetime(2023, 9, day, tzinfo=timezone.utc) for day in (1, 11)]
    buckets = [ComparisonBucket(day, day + timedelta(days=1), (1,)) for day in days]
    middles, sources = plots._points(buckets)

    assert [(each.day, each.hour, source is None) for each, source in zip(middles, sources, strict=True)] == [
        (1, 12, False), (2, 0, True), (11, 0, True), (11, 12, False),
    ]  # fmt: skip
