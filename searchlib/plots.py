"""Timelines and comparisons as pictures, drawn by matplotlib: PNG for the page, SVG for print and for editing.

A timeline is bars, a comparison a line for each query. The axis is time, in the index's time zone: a bar is as wide as its
bucket, and a line goes through the middles of the buckets. The same data give the same bytes.
"""

from __future__ import annotations

import io
import textwrap
import threading
import warnings
from collections.abc import Sequence
from datetime import datetime
from itertools import cycle
from typing import Any, Final, Literal, NamedTuple

from searchlib.counted import Comparison, ComparisonBucket, Timeline, TimelineBucket
from searchlib.errors import MissingExtraError
from searchlib.passages import printable

__all__ = ["Picture", "PictureKind", "check_plot", "comparison_picture", "timeline_picture"]

PictureKind = Literal["png", "svg"]

_INCHES: Final = (8.0, 4.5)
_DOTS_PER_INCH: Final = 150
# Colours that people who are colour-blind tell apart (Okabe & Ito, 2008), and strokes that a grey print does.
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_STROKES: Final = ("-", "--", "-.", ":")
_QUIET: Final = "#555555"
_TITLE_CHARS: Final = 72
_NAME_CHARS: Final = 40
_NOTE_CHARS: Final = 110
_TITLE_LINES: Final = 3
# So many buckets have their names below them; of more, the axis has dates.
_NAMED_BUCKETS: Final = 12
_MARKED_POINTS: Final = 40
# A text is drawn in the first of these fonts that is installed and has its characters.
_FONTS: Final = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Arial Unicode MS",
)

# What matplotlib is set to while it draws is the same for all threads.
_drawing: Final = threading.Lock()

_Bucket = TimelineBucket | ComparisonBucket


class Picture(NamedTuple):
    """A picture.

    Attributes:
        data: The file.
        lacks_characters: Whether no font here has some characters of its texts, which are boxes in it.
    """

    data: bytes
    lacks_characters: bool


def check_plot() -> None:
    """Insist on what draws.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError:
        raise MissingExtraError("plot", "a picture of a timeline") from None


def timeline_picture(kind: PictureKind, timeline: Timeline, query: str) -> Picture:
    """Draw a timeline: shares, where it has them, else counts.

    Args:
        kind: "png" or "svg".
        timeline: What was counted.
        query: The title.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    check_plot()
    with _drawing:
        return _drawn_timeline(timeline, query).picture(kind)


def _drawn_timeline(timeline: Timeline, query: str) -> _Drawing:
    has_shares = any(bucket.share is not None for bucket in timeline.buckets)
    heights = [bucket.count if bucket.share is None else bucket.share for bucket in timeline.buckets]
    apart = {"undated": timeline.undated, f"dated less precisely than a {timeline.unit}": timeline.imprecise}
    note = ", ".join(f"{count:,} {name}" for name, count in apart.items() if count)
    note = f"not shown: {note}" if note else ""
    picture = _Drawing(timeline.buckets, timeline.unit, query, note, has_shares=has_shares)
    if timeline.buckets:
        starts = [_local(bucket.start) for bucket in timeline.buckets]
        widths = [_local(bucket.end) - _local(bucket.start) for bucket in timeline.buckets]
        # Thin gaps tell few bars apart. Of many, each has a line around it, so that the thinnest can be seen.
        is_few = len(starts) <= _MARKED_POINTS
        edge = "white" if is_few else [_COLOURS[0] if height else "none" for height in heights]
        picture.axes.bar(
            starts,
            heights,
            width=widths,
            align="edge",
            color=_COLOURS[0],
            edgecolor=edge,
            linewidth=0.8 if is_few else 0.4,
            clip_on=False,
        )
    return picture


def comparison_picture(kind: PictureKind, found: Comparison, queries: Sequence[str]) -> Picture:
    """Draw a comparison: shares, where it has them, else counts.

    Args:
        kind: "png" or "svg".
        found: What was counted.
        queries: The queries, as they are to be called.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    check_plot()
    with _drawing:
        return _drawn_comparison(found, queries).picture(kind)


def _drawn_comparison(found: Comparison, queries: Sequence[str]) -> _Drawing:
    has_shares = any(bucket.shares is not None for bucket in found.buckets)
    numbers = zip(queries, found.undated, found.imprecise, strict=True)
    apart = ", ".join(f"{undated + rough:,} of {_short(query)}" for query, undated, rough in numbers if undated + rough)
    note = f"not shown, as undated or dated less precisely than a {found.unit}: {apart}" if apart else ""
    title = _short(queries[0], _TITLE_CHARS) if len(queries) == 1 else f"Articles found, by {found.unit}"
    picture = _Drawing(found.buckets, found.unit, title, note, has_shares=has_shares)
    # Buckets without any article may be left out. There the line is at 0.
    middles, sources = _points(found.buckets)
    marker = "o" if len(found.buckets) <= _MARKED_POINTS else ""
    lines = []
    for row, (stroke, colour) in zip(
        range(len(queries)), zip(cycle(_STROKES), cycle(_COLOURS), strict=False), strict=False
    ):
        heights = [0 if bucket is None else (bucket.shares or bucket.counts)[row] for bucket in sources]
        style = {"color": colour, "linestyle": stroke, "linewidth": 1.6, "marker": marker, "markersize": 3.5}
        lines += picture.axes.plot(middles, heights, clip_on=False, **style)
    if len(queries) > 1:
        picture.name_lines(lines, [_short(query) for query in queries])
    return picture


class _Drawing:
    """A figure with a title and named axes, and nothing that is not needed."""

    def __init__(self, buckets: Sequence[_Bucket], unit: str, title: str, note: str, *, has_shares: bool) -> None:
        import matplotlib as mpl
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager
        from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

        installed = set(fontManager.get_font_names())
        self._settings = {
            "font.family": [name for name in _FONTS if name in installed] or ["sans-serif"],
            # A query may have a dollar sign in it.
            "text.parse_math": False,
            # Text stays text, which can be searched and needs no font here.
            "svg.fonttype": "none",
            "svg.hashsalt": "searchlib",
        }
        self._context: Any = mpl.rc_context
        with self._context(self._settings):
            self._figure = Figure(figsize=_INCHES, dpi=_DOTS_PER_INCH, layout="constrained")
            axes = self.axes = self._figure.add_subplot()
            axes.set_title(_wrapped(title), loc="left", fontsize=12)
            axes.set_xlabel(f"published{_period(buckets, unit)}, by {unit}", color=_QUIET)
            axes.set_ylabel(f"share of all articles of a {unit}" if has_shares else f"articles a {unit}", color=_QUIET)
            axes.spines[["top", "right", "left"]].set_visible(False)
            axes.tick_params(axis="y", length=0)
            axes.grid(axis="y", color="#dddddd", linewidth=0.8)
            axes.set_axisbelow(True)
            if has_shares:
                axes.yaxis.set_major_formatter(PercentFormatter(1.0))
            else:
                axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
                axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
            if note:
                lines = textwrap.wrap(note, _NOTE_CHARS)
                self._figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=8, color=_QUIET)
            self._set_dates(buckets, unit)

    def _set_dates(self, buckets: Sequence[_Bucket], unit: Any) -> None:
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

        axes = self.axes
        if not buckets:
            axes.set_xticks([])
            return
        axes.set_xlim(_local(buckets[0].start), _local(buckets[-1].end))
        axes.xaxis_date()
        if len(buckets) <= _NAMED_BUCKETS:
            axes.set_xticks(
                [date2num(_middle(bucket)) for bucket in buckets],
                [_name_of(bucket, unit) for bucket in buckets],
                fontsize=9 if len(buckets) <= _NAMED_BUCKETS // 2 or unit == "year" else 7.5,
            )
            axes.tick_params(axis="x", length=0)
            return
        locator = AutoDateLocator(minticks=4, maxticks=10)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))

    def name_lines(self, lines: Sequence[Any], names: Sequence[str]) -> None:
        """Say below the title which line is which query."""
        with self._context(self._settings):
            legend = self.axes.legend(
                # A name that begins with an underscore would be left out: names are set afterwards.
                lines,
                ["·"] * len(lines),
                loc="lower left",
                bbox_to_anchor=(0, 1.0),
                ncols=min(3, len(lines)),
                frameon=False,
                borderaxespad=0.2,
                handlelength=2.6,
            )
            for text, name in zip(legend.get_texts(), names, strict=True):
                text.set_text(name)
            rows = -(-len(lines) // 3)
            self.axes.set_title(self.axes.get_title(loc="left"), loc="left", fontsize=12, pad=8 + 17 * rows)

    def picture(self, kind: PictureKind) -> Picture:
        """The file, and whether its fonts could not show everything."""
        self.axes.set_ylim(bottom=0)
        drawn = io.BytesIO()
        with self._context(self._settings), warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            metadata = {"Date": None} if kind == "svg" else {"Software": None}
            self._figure.savefig(drawn, format=kind, metadata=metadata)
        # A text of an SVG stays text, which whoever shows it has a font for.
        lacks_characters = kind != "svg" and any("missing from" in str(each.message) for each in said)
        return Picture(drawn.getvalue(), lacks_characters)


def _period(buckets: Sequence[_Bucket], unit: Any) -> str:
    """From which bucket to which, for an axis whose dates are short."""
    if len(buckets) <= _NAMED_BUCKETS:
        return ""
    return f" {_name_of(buckets[0], unit)} to {_name_of(buckets[-1], unit)}"


def _name_of(bucket: _Bucket, unit: str) -> str:
    """What a bucket is called: its day, month or year; a week by the day that it begins with."""
    day = bucket.start.date().isoformat()
    return {"month": day[:-3], "year": day[:-6]}.get(unit, day)


def _points(buckets: Sequence[_Bucket]) -> tuple[list[datetime], list[Any]]:
    """Where a line has its points, and the bucket of each; None where there is none."""
    middles: list[datetime] = []
    sources: list[Any] = []
    for number, bucket in enumerate(buckets):
        if number and _local(buckets[number - 1].end) < _local(bucket.start):
            middles += [_local(buckets[number - 1].end), _local(bucket.start)]
            sources += [None, None]
        middles.append(_middle(bucket))
        sources.append(bucket)
    return middles, sources


def _middle(bucket: _Bucket) -> datetime:
    start = _local(bucket.start)
    return start + (_local(bucket.end) - start) / 2


def _local(time: datetime) -> datetime:
    """The time on a clock of the index's zone: each day of an axis is as long as any other, where clocks change too."""
    return time.replace(tzinfo=None)


def _wrapped(title: str) -> str:
    lines = textwrap.wrap(printable(title), _TITLE_CHARS, max_lines=_TITLE_LINES, placeholder=" …")
    return "\n".join(lines)


def _short(query: str, chars: int = _NAME_CHARS) -> str:
    shown = printable(query)
    return shown if len(shown) <= chars else shown[: chars - 1] + "…"
