"""Time as it is shown: the timeline of what was found, beside shares and other queries, every bar a way to narrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from searchlib.article import format_moment
from searchlib.counted import TIMELINE_UNITS, Comparison, ComparisonBucket, Timeline, TimelineBucket, TimelineUnit
from searchlib.drawing import comparison_svg, timeline_svg
from searchlib.results import Page, printable
from searchlib.web.pages.frame import Frame

__all__ = ["SeriesView", "TimeView", "fitting_unit", "time_view", "with_timeline"]

#: The longest time, in days, that is shown by each unit; a longer one is shown by years.
_MOST_DAYS: Final[tuple[tuple[TimelineUnit, int], ...]] = (("day", 75), ("week", 500), ("month", 366 * 12))
_MAX_NAME_CHARS: Final = 60


class SeriesView(NamedTuple):
    """One of the queries that are compared: its text, how many articles it finds, and where it is left out.

    The total is None where the time was over before all were counted.
    """

    query: str
    total: int | None
    without: str


class TimeView(NamedTuple):
    """The timeline of a page.

    Attributes:
        picture: It, drawn; it takes the width that it has.
        unit: Length of its buckets.
        units: Each unit, and where it is taken; "" for the one that fits.
        has_unit: Whether the unit was chosen.
        is_share: Whether shares are shown.
        share_link: Where they are shown, or no longer.
        first: The first day, as an address has it; `last` the last. Empty without a date.
        last: The last day.
        wider_link: Where more time is shown; empty where all is.
        clear_link: Where all time is shown; likewise.
        series: The queries that are compared; none where there is one only.
        can_add: Whether another one can be added.
        notes: What the picture does not show.
    """

    picture: Markup
    unit: TimelineUnit
    units: tuple[tuple[str, str], ...]
    has_unit: bool
    is_share: bool
    share_link: str
    first: str
    last: str
    wider_link: str
    clear_link: str
    series: tuple[SeriesView, ...]
    can_add: bool
    notes: tuple[str, ...]


def fitting_unit(first: datetime, last: datetime) -> TimelineUnit:
    """The unit by which a time is shown in some ten to some hundred buckets."""
    days = (last - first).days
    return next((unit for unit, most in _MOST_DAYS if days <= most), "year")


def with_timeline(frame: Frame, query: str, **search: Any) -> Page:
    """What a search finds, with a timeline by the unit that is asked for, or that fits what was found.

    Args:
        frame: The request.
        query: The query.
        search: What else there is to say to `Engine.search`.
    """
    index, asked = frame.room.index, frame.asked
    unit = asked.by
    if unit is None:
        stats = index.stats()
        unit = fitting_unit(stats.earliest, stats.latest) if stats.earliest and stats.latest else "month"
    page = index.search(query, timeline=unit, **search)
    if asked.by is not None or page.timeline is None or not page.timeline.buckets:
        return page
    fitting = fitting_unit(page.timeline.buckets[0].start, page.timeline.buckets[-1].end)
    if TIMELINE_UNITS.index(fitting) >= TIMELINE_UNITS.index(unit):
        return page
    # What was found takes less time than all there is.
    counted = index.search(
        query, timeline=fitting, **{**search, "limit": 0, "page": 1, "facets": (), "snippets": False}
    )
    return page if counted.partial or counted.timeline is None else _with(page, counted.timeline)


def _with(page: Page, timeline: Timeline) -> Page:
    values = {name: getattr(page, name) for name in Page.__match_args__}
    return Page(**{**values, "timeline": timeline})


def time_view(frame: Frame, page: Page, query: str) -> TimeView | None:
    """The timeline of a page; None where nothing was counted."""
    timeline = page.timeline
    if timeline is None:
        return None
    asked = frame.asked
    series, comparison, notes = _compared(frame, page, query, timeline.unit)
    buckets: Sequence[TimelineBucket | ComparisonBucket] = comparison.buckets if comparison else timeline.buckets
    links = [_narrowed(frame, bucket) for bucket in buckets]
    if comparison:
        names = [_short(each.query) for each in series]
        picture = comparison_svg(comparison, names, links=links, share=asked.share, fluid=True)
    else:
        picture = timeline_svg(timeline, links=links, overlay=asked.share, fluid=True)
        notes += _left_out(timeline.undated, timeline.imprecise, timeline.unit)
    is_narrow = bool(asked.since or asked.until)
    return TimeView(
        Markup(picture),  # noqa: S704 - escaped where it is drawn
        timeline.unit,
        (("", _by(frame, "")), *((unit, _by(frame, unit)) for unit in TIMELINE_UNITS)),
        asked.by is not None,
        asked.share,
        frame.address(asked=asked.with_(share=not asked.share)),
        _day(buckets[0].start) if buckets else "",
        _day(buckets[-1].end - timedelta(days=1)) if buckets else "",
        _wider(frame, buckets) if is_narrow and buckets else "",
        frame.address(asked=asked.with_(since="", until="")) if is_narrow else "",
        series,
        len(asked.others) + 1 < frame.room.limits.compared,
        notes,
    )


def _compared(
    frame: Frame, page: Page, query: str, unit: TimelineUnit
) -> tuple[tuple[SeriesView, ...], Comparison | None, tuple[str, ...]]:
    """The queries that are compared, counted under the same restrictions as the first."""
    asked, index = frame.asked, frame.room.index
    if not asked.others:
        return (), None, ()
    # A page says its query with all that restricts it, values that are chosen too, which a comparison is not told of.
    limits: dict[str, Any] = {"timeout_s": frame.room.limits.search_s, "chosen": asked.chosen or None}
    comparison = index.compare(
        [query or "*", *asked.others], by=unit, share=asked.share, **limits, **asked.restrictions
    )
    first = asked.with_(q=asked.others[0], others=asked.others[1:])
    series = [SeriesView(query, page.total, frame.address(asked=first))]
    for other in asked.others:
        rest = tuple(text for text in asked.others if text != other)
        found = index.search(other, limit=0, snippets=False, partial=True, **limits, **asked.restrictions)
        series.append(
            SeriesView(other, None if found.partial else found.total, frame.address(asked=asked.with_(others=rest)))
        )
    notes: tuple[str, ...] = ()
    for name, undated, imprecise in zip(series, comparison.undated, comparison.imprecise, strict=True):
        notes += tuple(f"{_short(name.query)}: {note}" for note in _left_out(undated, imprecise, unit))
    return tuple(series), comparison, notes


def _left_out(undated: int, imprecise: int, unit: str) -> tuple[str, ...]:
    apart = ((undated, "without a date"), (imprecise, f"dated less precisely than by {unit}"))
    return tuple(f"{count:,} {what} {'is' if count == 1 else 'are'} not shown" for count, what in apart if count)


def _by(frame: Frame, unit: str) -> str:
    return frame.address(asked=frame.asked.with_(by=unit or None))


def _day(at: datetime) -> str:
    return format_moment(at, "day")


def _narrowed(frame: Frame, bucket: TimelineBucket | ComparisonBucket) -> str:
    """The address that asks for the time of a bucket only, by whatever unit fits it."""
    since, until = _day(bucket.start), _day(bucket.end - timedelta(days=1))
    return frame.address(asked=frame.asked.with_(since=since, until=until, by=None))


def _wider(frame: Frame, buckets: Sequence[TimelineBucket | ComparisonBucket]) -> str:
    """The address that asks for three times as long a time, around what is shown."""
    first, last = buckets[0].start, buckets[-1].end
    try:
        since, until = _day(first - (last - first)), _day(last + (last - first) - timedelta(days=1))
    except OverflowError:
        since = until = ""
    return frame.address(asked=frame.asked.with_(since=since, until=until, by=None))


def _short(query: str) -> str:
    shown = printable(query) or "every article"
    return shown if len(shown) <= _MAX_NAME_CHARS else f"{shown[: _MAX_NAME_CHARS - 1]}…"
