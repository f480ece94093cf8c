"""The shapes of what is drawn: which attributes of counted values a picture needs.

Counted values stand above `drawing`, and show themselves by it. So it knows their attributes, and not their classes.
"""

# What an attribute holds, `searchlib.counted` says.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

__all__ = ["Comparison", "ComparisonBucket", "Timeline", "TimelineBucket", "Unit"]

Unit = Literal["day", "week", "month", "year"]


class TimelineBucket(Protocol):
    """A bucket of a timeline."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def count(self) -> int: ...
    @property
    def of_all(self) -> int | None: ...
    @property
    def share(self) -> float | None: ...


class Timeline(Protocol):
    """Articles counted by when they were published."""

    @property
    def unit(self) -> Unit: ...
    @property
    def buckets(self) -> Sequence[TimelineBucket]: ...


class ComparisonBucket(Protocol):
    """A bucket of a comparison."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def counts(self) -> Sequence[int]: ...
    @property
    def of_all(self) -> int | None: ...
    @property
    def shares(self) -> Sequence[float] | None: ...


class Comparison(Protocol):
    """Articles that each of several queries finds, counted by when they were published."""

    @property
    def unit(self) -> Unit: ...
    @property
    def queries(self) -> Sequence[str]: ...
    @property
    def buckets(self) -> Sequence[ComparisonBucket]: ...
