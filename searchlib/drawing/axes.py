"""Axes: which dates and numbers are written beside a picture, and where."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from searchlib.drawing.shapes import Unit

__all__ = ["DateTick", "bucket_words", "date_ticks", "number_ticks"]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT_CHARS: Final = 3
_DIGITS: Final = (1, 2, 5)
# Days, months and years from tick to tick, and the longest time from one to the next.
_STEPS: Final[tuple[tuple[Literal["days", "months", "years"], int, timedelta], ...]] = (
    ("days", 1, timedelta(days=1)),
    ("days", 2, timedelta(days=2)),
    ("days", 7, timedelta(days=7)),
    ("days", 14, timedelta(days=14)),
    ("months", 1, timedelta(days=31)),
    ("months", 3, timedelta(days=92)),
    ("months", 6, timedelta(days=184)),
    *(
        ("years", digit * power, timedelta(days=366 * digit * power))
        for power in (1, 10, 100, 1000)
        for digit in _DIGITS
    ),
)
_MONTHS_A_YEAR: Final = 12
_MOST_TICKS: Final = 4


class DateTick(NamedTuple):
    """A date on an axis.

    Attributes:
        at: When it is, by the clock of the axis.
        label: Its day, its month in short or its year.
        context: The month and year of a day, or the year of a month, where they are others than the tick before has.
    """

    at: datetime
    label: str
    context: str


def date_ticks(start: datetime, end: datetime, unit: Unit, *, limit: int = 12) -> tuple[DateTick, ...]:
    """The dates to write below a picture from `start` to `end`, none of them finer than its buckets.

    Args:
        start: When the picture begins: naive, by the clock of its zone.
        end: When it ends; later.
        unit: Length of its buckets.
        limit: How many there are at most.
    """
    finest = {"day": "days", "week": "days", "month": "months", "year": "years"}[unit]
    kinds = ("days", "months", "years")
    steps = [step for step in _STEPS if kinds.index(step[0]) >= kinds.index(finest)]
    needed = (end - start) / limit
    kind, count, _ = steps[min(bisect_left([each[2] for each in steps], needed), len(steps) - 1)]
    ticks: list[DateTick] = []
    last = ""
    for at in _instants(start, end, kind, count, is_weekly=unit == "week"):
        label, context = _labels(at, kind)
        ticks.append(DateTick(at, label, context if context != last else ""))
        last = context
    # Where the next tick has the next context, the two would stand on one another.
    if len(ticks) > 1 and ticks[0].context and ticks[1].context:
        ticks[0] = ticks[0]._replace(context="")
    return tuple(ticks)


def _instants(start: datetime, end: datetime, kind: str, count: int, *, is_weekly: bool) -> Iterator[datetime]:
    if kind == "days":
        at = start.replace(hour=0, minute=0, second=0, microsecond=0)
        # Days of a week begin on Mondays; else every other day is counted from the first of the picture.
        if is_weekly or count % 7 == 0:
            at += timedelta(days=-at.weekday() % 7)
            count = max(count, 7)
        while at < end:
            if at >= start:
                yield at
            at += timedelta(days=count)
        return
    months = count if kind == "months" else count * _MONTHS_A_YEAR
    first = (start.year * _MONTHS_A_YEAR + start.month - 1) // months * months
    for month in range(first, end.year * _MONTHS_A_YEAR + end.month, months):
        year = month // _MONTHS_A_YEAR
        if year < 1:
            continue
        at = datetime(year, month % _MONTHS_A_YEAR + 1, 1)
        if start <= at < end:
            yield at


def _labels(at: datetime, kind: str) -> tuple[str, str]:
    month = _MONTHS[at.month - 1][:_SHORT_CHARS]
    if kind == "days":
        return str(at.day), f"{month} {at.year}"
    return (month, str(at.year)) if kind == "months" else (str(at.year), "")


def number_ticks(highest: float, *, is_whole: bool) -> tuple[float, ...]:
    """The numbers to write beside a picture, from the lowest above 0 to one that is `highest` or more; at most four.

    Args:
        highest: The greatest number that is shown, >= 0.
        is_whole: Whether there is nothing between 0 and 1.
    """
    if highest <= 0:
        return (1.0,)
    power = 10.0
    while power > highest:
        power /= 10
    while power * 10 <= highest:
        power *= 10
    for step in (power / 5, power / 2, power, power * 2, power * 5):
        count = math.ceil(highest / step)
        if count <= _MOST_TICKS and not (is_whole and step < 1):
            return tuple([round(step * rank, 12) for rank in range(1, count + 1)])
    raise AssertionError(highest)


def bucket_words(start: datetime, unit: Unit) -> str:
    """What a bucket is called in a sentence: "11 September 2023", "week of 11 September 2023", "September 2023", "2023"."""
    month = _MONTHS[start.month - 1]
    if unit == "year":
        return str(start.year)
    if unit == "month":
        return f"{month} {start.year}"
    day = f"{start.day} {month} {start.year}"
    return f"week of {day}" if unit == "week" else day
