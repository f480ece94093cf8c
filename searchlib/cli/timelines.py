"""Timelines and comparisons for people: a row for each bucket, with bars on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from searchlib.article import Precision, format_moment
from searchlib.cli.screen import BAR, DIM, HEAD, Screen, number, plural
from searchlib.results import Comparison, ComparisonBucket, Timeline, TimelineBucket, TimelineUnit, printable

__all__ = ["bucket_name", "show_comparison", "show_timeline"]

_INDENT: Final = 4
_BAR_COLUMNS: Final = 40
# A run of empty buckets longer than this is shown as one line: archives have years without a match.
_EMPTY_BUCKETS: Final = 2
_PRECISIONS: Final[dict[TimelineUnit, Precision]] = {"day": "day", "week": "day", "month": "month", "year": "year"}
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
#: The bars of several queries; where there are more of these, colours come again.
_BARS: Final = (BAR, "magenta", "yellow", "green", "blue", "red")
# A longer query is cut on a terminal.
_MAX_NAME_COLUMNS: Final = 32
_GAP: Final = "  "


def bucket_name(bucket: TimelineBucket | ComparisonBucket, unit: TimelineUnit) -> str:
    """What a bucket is called: its day, month or year; a week by the day that it begins with."""
    return format_moment(bucket.start, _PRECISIONS[unit])


def show_timeline(screen: Screen, timeline: Timeline) -> None:
    """Write a timeline: with shares, where it has them, which the bars are of."""
    screen.line((f"by {timeline.unit}", HEAD))
    apart = {"undated": timeline.undated, f"no {timeline.unit} known": timeline.imprecise}
    left_over = [(name, count) for name, count in apart.items() if count]
    rows: list[tuple[str, int, float | None, float]] = []
    for bucket in timeline.buckets:
        height = bucket.count if bucket.share is None else bucket.share
        rows.append((bucket_name(bucket, timeline.unit), bucket.count, bucket.share, height))
    every = [*(row[:2] for row in rows), *left_over]
    names = max((len(name) for name, _ in every), default=0)
    counts = max((len(number(count)) for _, count in every), default=0)
    highest = max((row[3] for row in rows), default=0)
    for is_empty, run in groupby(rows, key=lambda row: not row[1]):
        some = list(run)
        if is_empty and len(some) > _EMPTY_BUCKETS:
            screen.line((_none_in(len(some), timeline.unit), DIM), indent=_INDENT)
            continue
        for name, count, share, height in some:
            cells = [name.ljust(names), number(count).rjust(counts), *_share_cells(share)]
            screen.line(_GAP.join([*cells, ""]), (_bar_on(screen, height, highest), BAR), indent=_INDENT)
    for name, count in left_over:
        screen.line(_GAP.join((name.ljust(names), number(count).rjust(counts))), indent=_INDENT)
    screen.line()


def show_comparison(screen: Screen, found: Comparison, queries: Sequence[str]) -> None:
    """Write a comparison: on a terminal a group of bars for each bucket, else a table with a column for each query.

    Args:
        screen: Where to.
        found: What was counted.
        queries: The queries, as they are to be called.
    """
    names = [printable(query) for query in queries]
    if screen.columns is None:
        _write_table(screen, found, names)
    else:
        _write_groups(screen, found, names, screen.columns)


def _write_table(screen: Screen, found: Comparison, names: Sequence[str]) -> None:
    rows = [[found.unit, *names]]
    for bucket in found.buckets:
        shares = bucket.shares or [None] * len(names)
        cells = [_GAP.join([number(n), *_share_cells(share)]) for n, share in zip(bucket.counts, shares, strict=True)]
        rows.append([bucket_name(bucket, found.unit), *cells])
    rows += [[name, *map(number, counts)] for name, counts in _apart(found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        screen.line(_GAP.join([first.ljust(widths[0]), *cells]), wrap=False)


def _write_groups(screen: Screen, found: Comparison, names: Sequence[str], columns: int) -> None:
    from rich.cells import cell_len, set_cell_size  # Only a terminal needs it.

    room = min(_MAX_NAME_COLUMNS, columns // 3)
    cut = [name if cell_len(name) <= room else set_cell_size(name, room - 1) + "…" for name in names]
    width = max(map(cell_len, cut))
    shown = [set_cell_size(name, width) for name in cut]
    apart = _apart(found)
    heads = [bucket_name(bucket, found.unit) for bucket in found.buckets] + [name for name, _ in apart]
    head_width = max(map(len, heads), default=0)
    every = [*(bucket.counts for bucket in found.buckets), *(counts for _, counts in apart)]
    count_width = max((len(number(count)) for counts in every for count in counts), default=0)
    highest = max((height for bucket in found.buckets for height in _heights(bucket)), default=0)
    screen.line((f"by {found.unit}", HEAD))
    for empty, bucket in _with_gaps(found):
        if bucket is None:
            screen.line((_none_in(empty, found.unit), DIM), indent=_INDENT)
            continue
        shares = bucket.shares or [None] * len(names)
        for row, (name, count, share) in enumerate(zip(shown, bucket.counts, shares, strict=True)):
            head = "" if row else bucket_name(bucket, found.unit)
            cells = [head.ljust(head_width), name, number(count).rjust(count_width), *_share_cells(share)]
            text = _GAP.join([*cells, ""])
            bar = _bar_on(screen, _heights(bucket)[row], highest, columns - _INDENT - cell_len(text))
            screen.line(text, (bar, _BARS[row % len(_BARS)]), indent=_INDENT, wrap=False)
    for title, counts in apart:
        for row, (name, count) in enumerate(zip(shown, counts, strict=True)):
            cells = [("" if row else title).ljust(head_width), name, number(count).rjust(count_width)]
            screen.line(_GAP.join(cells), indent=_INDENT, wrap=False)


def _apart(found: Comparison) -> list[tuple[str, Sequence[int]]]:
    """What is in no bucket, by name, where there is any."""
    apart = {"undated": found.undated, f"no {found.unit} known": found.imprecise}
    return [(name, counts) for name, counts in apart.items() if any(counts)]


def _with_gaps(found: Comparison) -> Iterator[tuple[int, ComparisonBucket | None]]:
    """Each bucket, and in place of a long run of empty ones how many these are."""
    for is_empty, run in groupby(found.buckets, key=lambda bucket: not any(bucket.counts)):
        some = list(run)
        if is_empty and len(some) > _EMPTY_BUCKETS:
            yield len(some), None
        else:
            yield from ((0, bucket) for bucket in some)


def _heights(bucket: ComparisonBucket) -> Sequence[float]:
    return bucket.counts if bucket.shares is None else bucket.shares


def _none_in(count: int, unit: TimelineUnit) -> str:
    return f"… none in {plural(count, unit)}"


def _share_cells(share: float | None) -> list[str]:
    return [] if share is None else [f"{share:.1%}".rjust(len("100.0%"))]


def _bar_on(screen: Screen, height: float, highest: float, room: int = _BAR_COLUMNS) -> str:
    if screen.columns is None or not height or room < 1:
        return ""
    eighths = max(1, round(height / highest * min(room, _BAR_COLUMNS) * 8))
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
