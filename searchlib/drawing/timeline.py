"""Timelines as SVG: bars of the articles found, or a line for each of several queries, over an axis of dates.

A drawing is a text that stands by itself. It has no style attributes, so that a page with a strict Content-Security-Policy
shows it, and colours that a style sheet may replace: classes say what each part is, and without a style sheet
`currentColor` fits light and dark. Positions along the axis are percentages: a fluid drawing takes the width that it is
given, and its letters keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import Final, NamedTuple

from searchlib.drawing.axes import bucket_words, date_ticks, number_ticks
from searchlib.drawing.shapes import Comparison, ComparisonBucket, Timeline, TimelineBucket, Unit

__all__ = ["MOST_LINKS", "SERIES_COLOURS", "comparison_svg", "timeline_svg"]

#: Of so many buckets each can be a link of its own; of more, they are one path.
MOST_LINKS: Final = 400
#: Colours that people who are colour-blind tell apart (Okabe & Ito, 2008), one for each series.
SERIES_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9")
# Series are told apart by their dashes too, as in a grey print.
_DASHES: Final = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2")

_GUTTER: Final = 48  # pixels on each side, for numbers
_TOP: Final = 10
_FOOT: Final = 34  # two lines of dates
_FEW_BUCKETS: Final = 60
_DOTTED_BUCKETS: Final = 80
_LEGEND_LINE: Final = 18
_NAMED_BUCKETS: Final = 12
_MAX_NAME_CHARS: Final = 60
# The lines are drawn in a box of its own units, which is stretched.
_BOX_WIDTH, _BOX_HEIGHT = 1000, 100

_Bucket = TimelineBucket | ComparisonBucket


def timeline_svg(
    timeline: Timeline,
    *,
    links: Sequence[str] | None = None,
    overlay: bool = False,
    width: int = 760,
    height: int = 190,
    fluid: bool = False,
    label: str = "",
) -> str:
    """A bar for each bucket of a timeline, as tall as its count.

    Args:
        timeline: What was counted.
        links: An address for each bucket, which its bar leads to; None for no links. Of more than `MOST_LINKS` buckets
            there are none.
        overlay: Whether a line shows the share of all articles too, where the timeline has shares.
        width: In pixels; of a fluid drawing it says nothing.
        height: In pixels.
        fluid: Whether the drawing is as wide as what is around it, with room for the numbers on each side (48 pixels).
        label: What is shown, for those who do not see it; "" for what can be said of the timeline itself.

    Returns:
        An ``<svg>`` element with a ``<title>`` and a ``<desc>``, everything in it escaped.
    """
    buckets = timeline.buckets
    counts = [bucket.count for bucket in buckets]
    shares = [None if bucket.of_all == 0 else bucket.share for bucket in buckets]
    has_shares = overlay and any(share is not None for share in shares)
    plot = _Plot.of(buckets, timeline.unit, height)
    title = label or f"Articles found, by {timeline.unit}"
    head = _Head(title, _said_of(buckets, counts, timeline.unit), is_group=_is_linked(links, buckets))
    if plot is None:
        return _framed(head, [_nothing(height)], width, height, fluid=fluid)
    scale = number_ticks(max(counts), is_whole=True)
    parts = [_grid(plot, scale), _bars(plot, buckets, counts, scale[-1])]
    if has_shares:
        ratio = number_ticks(max(share or 0 for share in shares), is_whole=False)
        parts += [_percentages(plot, ratio), _line(plot, buckets, shares, ratio[-1], "share-line", _OVERLAY)]
    parts.append(_dates(plot, buckets, timeline.unit))
    words = [_bar_words(bucket, timeline.unit) for bucket in buckets]
    parts.append(_bands(plot, buckets, words, links))
    return _framed(head, parts, width, height, fluid=fluid)


def comparison_svg(
    comparison: Comparison,
    names: Sequence[str],
    *,
    links: Sequence[str] | None = None,
    share: bool = False,
    width: int = 760,
    height: int = 210,
    fluid: bool = False,
    label: str = "",
) -> str:
    """A line for each of several queries: how many articles each bucket has that it finds.

    Args:
        comparison: What was counted.
        names: What the queries are called, in their order.
        links: As of `timeline_svg`; so are `width`, `height`, `fluid` and `label`.
        share: Whether lines show the share of all articles of a bucket, where the comparison has shares.

    Returns:
        An ``<svg>`` element, with a legend below the title that names the lines unless it is fluid.
    """
    buckets = comparison.buckets
    is_share = share and all(bucket.of_all is not None for bucket in buckets) and bool(buckets)
    legend = "" if fluid else _legend(names)
    top = _LEGEND_LINE * len(names) if legend else 0
    plot = _Plot.of(buckets, comparison.unit, height, top=top)
    sums = [sum(bucket.counts) for bucket in buckets]
    title = label or f"Articles found by each query, by {comparison.unit}"
    head = _Head(title, _said_of(buckets, sums, comparison.unit), is_group=_is_linked(links, buckets))
    if plot is None:
        return _framed(head, [_nothing(height)], width, height, fluid=fluid)
    rows = range(len(comparison.queries))
    series = [
        [(bucket.shares or bucket.counts)[row] if is_share else bucket.counts[row] for bucket in buckets]
        for row in rows
    ]
    scale = number_ticks(max(max(values) for values in series), is_whole=not is_share)
    parts = [legend, _grid(plot, scale, is_share=is_share)]
    for row, values in enumerate(series):
        kind = row % len(SERIES_COLOURS)
        stroke = _Stroke(SERIES_COLOURS[kind], _DASHES[kind])
        parts.append(_line(plot, buckets, values, scale[-1], f"series series-{kind}", stroke))
    parts.append(_dates(plot, buckets, comparison.unit))
    words = [_series_words(bucket, names, comparison.unit) for bucket in buckets]
    parts.append(_bands(plot, buckets, words, links))
    return _framed(head, parts, width, height, fluid=fluid)


class _Head(NamedTuple):
    title: str
    description: str
    is_group: bool


class _Stroke(NamedTuple):
    colour: str
    dashes: str


_OVERLAY: Final = _Stroke("currentColor", "")


class _Plot(NamedTuple):
    """Where things are: percentages along the axis of time, pixels from the top."""

    start: datetime
    end: datetime
    top: int
    bottom: int

    @classmethod
    def of(cls, buckets: Sequence[_Bucket], unit: Unit, height: int, *, top: int = 0) -> _Plot | None:
        """The plot of some buckets; None if there are none."""
        if not buckets:
            return None
        return cls(_local(buckets[0].start), _local(buckets[-1].end), top + _TOP, max(height - _FOOT, top + _TOP + 1))

    def percent(self, at: datetime) -> float:
        """Where an instant is, by the clock of the zone."""
        return 100 * ((_local(at) - self.start) / (self.end - self.start))

    def pixel(self, value: float, highest: float) -> float:
        """How far from the top a value is."""
        return self.bottom - (self.bottom - self.top) * value / highest


def _local(time: datetime) -> datetime:
    """The time on a clock of the index's zone: each day of an axis is as long as any other, where clocks change too."""
    return time.replace(tzinfo=None)


def _framed(head: _Head, parts: Iterable[str], width: int, height: int, *, fluid: bool) -> str:
    role = "group" if head.is_group else "img"
    label = escape(f"{head.title}. {head.description}")
    said = f"<title>{escape(head.title)}</title><desc>{escape(head.description)}</desc>"
    space = 'xmlns="http://www.w3.org/2000/svg"'
    letters = 'font-family="system-ui, sans-serif" font-size="11" fill="currentColor"'
    inside = "".join(parts)
    if fluid:
        frame = f'width="100%" height="{height}" overflow="visible"'
        return (
            f'<svg {space} class="timeline" role="{role}" aria-label="{label}" {frame} {letters}>{said}{inside}</svg>'
        )
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    inner = (
        f'<svg x="{_GUTTER}" width="{max(width - 2 * _GUTTER, 1)}" height="{height}" overflow="visible">{inside}</svg>'
    )
    return f'<svg {space} class="timeline" role="{role}" aria-label="{label}" {box} {letters}>{said}{inner}</svg>'


def _nothing(height: int) -> str:
    return f'<text class="empty" x="50%" y="{height // 2}" text-anchor="middle">no article found has a date</text>'


def _grid(plot: _Plot, scale: Sequence[float], *, is_share: bool = False) -> str:
    lines = []
    for value in (0, *scale):
        y = plot.pixel(value, scale[-1])
        lines.append(
            f'<line class="grid" x2="100%" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" stroke-opacity=".15"/>'
        )
        name = _percentage(value) if is_share else f"{value:,.0f}"
        lines.append(f'<text class="number" x="-8" y="{y + 4:.1f}" text-anchor="end">{name}</text>')
    return f'<g aria-hidden="true">{"".join(lines)}</g>'


def _percentages(plot: _Plot, scale: Sequence[float]) -> str:
    names = [
        f'<text class="number share" x="100%" dx="8" y="{plot.pixel(value, scale[-1]) + 4:.1f}">{_percentage(value)}</text>'
        for value in scale
    ]
    return f'<g aria-hidden="true">{"".join(names)}</g>'


def _percentage(value: float) -> str:
    return f"{100 * value:.3g}%"


def _bars(plot: _Plot, buckets: Sequence[TimelineBucket], counts: Sequence[int], highest: float) -> str:
    """One path in a box that is stretched: its bytes are few, and bars do not end between two pixels."""
    # Thin gaps tell few bars apart; many stand close.
    gap = 0.06 if len(buckets) <= _FEW_BUCKETS else 0.0
    pieces = []
    for bucket, count in zip(buckets, counts, strict=True):
        if not count:
            continue
        left, right = (plot.percent(at) * _BOX_WIDTH / 100 for at in (bucket.start, bucket.end))
        left, right = left + gap * (right - left), right - gap * (right - left)
        tall = _BOX_HEIGHT * count / highest
        pieces.append(f"M{left:.2f} {_BOX_HEIGHT}v{-tall:.2f}h{right - left:.2f}v{tall:.2f}z")
    return _stretched(plot, f'<path class="bars" fill="currentColor" fill-opacity=".6" d="{"".join(pieces)}"/>')


def _line(
    plot: _Plot, buckets: Sequence[_Bucket], values: Sequence[float | None], highest: float, kind: str, stroke: _Stroke
) -> str:
    """A line through the middles of buckets. It is broken where a bucket has no value, and 0 where buckets are left out."""
    path: list[str] = []
    is_down = False
    for rank, (bucket, value) in enumerate(zip(buckets, values, strict=True)):
        if value is None:
            is_down = False
            continue
        left, right = plot.percent(bucket.start), plot.percent(bucket.end)
        if rank and is_down and plot.percent(buckets[rank - 1].end) < left - 1e-9:
            path += [f"L{10 * at:.2f} {_BOX_HEIGHT}" for at in (plot.percent(buckets[rank - 1].end), left)]
        x, y = 5 * (left + right), _BOX_HEIGHT * (1 - value / highest)
        # A line of no length is a dot, where nothing follows.
        path.append(f"L{x:.2f} {y:.2f}" if is_down else f"M{x:.2f} {y:.2f}h0")
        is_down = True
    dots = _dots(plot, buckets, values, highest, kind, stroke)
    dashes = f' stroke-dasharray="{stroke.dashes}"' if stroke.dashes else ""
    drawn = (
        f'<path class="{kind}" fill="none" stroke="{stroke.colour}" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round" vector-effect="non-scaling-stroke"{dashes} d="{"".join(path)}"/>'
    )
    return _stretched(plot, drawn) + dots


def _dots(
    plot: _Plot, buckets: Sequence[_Bucket], values: Sequence[float | None], highest: float, kind: str, stroke: _Stroke
) -> str:
    if len(buckets) > _DOTTED_BUCKETS:
        return ""
    circles = [
        f'<circle cx="{(plot.percent(bucket.start) + plot.percent(bucket.end)) / 2:.2f}%" '
        f'cy="{plot.pixel(value, highest):.1f}" r="2.25"/>'
        for bucket, value in zip(buckets, values, strict=True)
        if value is not None
    ]
    return f'<g class="{kind} dots" fill="{stroke.colour}" aria-hidden="true">{"".join(circles)}</g>'


def _stretched(plot: _Plot, drawn: str) -> str:
    """What is drawn in the units of the box, over the whole plot."""
    return (
        f'<svg y="{plot.top}" width="100%" height="{plot.bottom - plot.top}" viewBox="0 0 {_BOX_WIDTH} {_BOX_HEIGHT}" '
        f'preserveAspectRatio="none" overflow="visible" aria-hidden="true">{drawn}</svg>'
    )


def _dates(plot: _Plot, buckets: Sequence[_Bucket], unit: Unit) -> str:
    """The axis. Of few buckets each has its name below its middle; else a date stands where it begins."""
    drawn = []
    middles = {}
    if len(buckets) <= _NAMED_BUCKETS:
        middles = {_local(each.start): (plot.percent(each.start) + plot.percent(each.end)) / 2 for each in buckets}
    for rank, tick in enumerate(date_ticks(plot.start, plot.end, unit)):
        at = middles.get(tick.at, plot.percent(tick.at))
        # A narrow page leaves out every other one.
        kind = "date" if rank % 2 == 0 else "date odd"
        place = f'x="{at:.2f}%" text-anchor="middle"'
        if tick.at not in middles:
            drawn.append(
                f'<line class="tick" x1="{at:.2f}%" x2="{at:.2f}%" y1="{plot.bottom}" y2="{plot.bottom + 4}" '
                f'stroke="currentColor" stroke-opacity=".4"/>'
            )
        drawn.append(f'<text class="{kind}" {place} y="{plot.bottom + 16}">{tick.label}</text>')
        if tick.context:
            drawn.append(
                f'<text class="date context" {place} y="{plot.bottom + 30}" opacity=".75">{tick.context}</text>'
            )
    return f'<g aria-hidden="true">{"".join(drawn)}</g>'


def _is_linked(links: Sequence[str] | None, buckets: Sequence[_Bucket]) -> bool:
    return links is not None and 0 < len(buckets) <= MOST_LINKS


def _bands(plot: _Plot, buckets: Sequence[_Bucket], words: Sequence[str], links: Sequence[str] | None) -> str:
    """What is pointed at and followed: a band for each bucket, as tall as the plot, so that the shortest bar can be hit."""
    if len(buckets) > MOST_LINKS:
        return ""
    drawn = []
    for rank, (bucket, said) in enumerate(zip(buckets, words, strict=True)):
        left, right = plot.percent(bucket.start), plot.percent(bucket.end)
        title = f"<title>{escape(said)}</title>"
        band = (
            f'<rect class="band" x="{left:.3f}%" width="{right - left:.3f}%" y="{plot.top}" '
            f'height="{plot.bottom - plot.top}" fill-opacity="0">{title}</rect>'
        )
        drawn.append(
            band if links is None else f'<a href="{escape(links[rank])}" aria-label="{escape(said)}">{band}</a>'
        )
    return f'<g class="bands">{"".join(drawn)}</g>'


def _legend(names: Sequence[str]) -> str:
    drawn = []
    for row, name in enumerate(names):
        kind, y = row % len(SERIES_COLOURS), _TOP + _LEGEND_LINE * row
        dashes = f' stroke-dasharray="{_DASHES[kind]}"' if _DASHES[kind] else ""
        shown = name if len(name) <= _MAX_NAME_CHARS else f"{name[: _MAX_NAME_CHARS - 1]}…"
        drawn.append(
            f'<line class="series series-{kind}" x2="28" y1="{y}" y2="{y}" stroke="{SERIES_COLOURS[kind]}" '
            f'stroke-width="2"{dashes}/><text x="36" y="{y + 4}">{escape(shown)}</text>'
        )
    return f'<g class="legend">{"".join(drawn)}</g>'


def _said_of(buckets: Sequence[_Bucket], counts: Sequence[int], unit: Unit) -> str:
    if not buckets:
        return "No article found has a date."
    first, last = (bucket_words(bucket.start, unit) for bucket in (buckets[0], buckets[-1]))
    top = max(range(len(counts)), key=counts.__getitem__)
    period = first if first == last else f"{first} to {last}"
    return f"{period}; most in {bucket_words(buckets[top].start, unit)}: {counts[top]:,}."


def _bar_words(bucket: TimelineBucket, unit: Unit) -> str:
    count = "1 article" if bucket.count == 1 else f"{bucket.count:,} articles"
    share = f", {_percentage(bucket.share)} of all" if bucket.share is not None and bucket.of_all else ""
    return f"{bucket_words(bucket.start, unit)}: {count}{share}"


def _series_words(bucket: ComparisonBucket, names: Sequence[str], unit: Unit) -> str:
    each = "; ".join(f"{name}: {count:,}" for name, count in zip(names, bucket.counts, strict=True))
    return f"{bucket_words(bucket.start, unit)}: {each}"
