"""The timeline of a query, or of several, as a file: SVG, PNG, CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from searchlib.drawing import comparison_svg, timeline_svg
from searchlib.results import Comparison, Timeline, printable
from searchlib.tables.csv_lines import csv_lines
from searchlib.web.asked import Asked
from searchlib.web.exports import attachment, file_name
from searchlib.web.room import Room

__all__ = ["timeline_csv_file", "timeline_png_file", "timeline_svg_file"]

_Counted: TypeAlias = Timeline | Comparison

# Suffix of each form → its media type.
_MEDIA: Final = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}

_WIDTH: Final = 960
_HEIGHT: Final = 360


def timeline_svg_file(room: Room, request: Request) -> Response:
    """The timeline as SVG, which needs no library and is drawn at once."""
    return _file(room, request, "svg", _svg)


def timeline_png_file(room: Room, request: Request) -> Response:
    """The timeline as PNG."""
    return _file(room, request, "png", _png)


def timeline_csv_file(room: Room, request: Request) -> Response:
    """The timeline as CSV, a row for each bucket."""
    return _file(room, request, "csv", _csv)


def _file(room: Room, request: Request, suffix: str, write: Callable[[Asked, _Counted], bytes]) -> Response:
    asked = Asked.read(request.query_params, room.limits)
    counted = _counted(room, asked)
    data = write(asked, counted)
    headers = {"Content-Disposition": attachment(file_name(asked, suffix))}
    return Response(data, media_type=_MEDIA[suffix], headers=headers)


def _counted(room: Room, asked: Asked) -> _Counted:
    """The timeline of one query, a comparison of several."""
    options = {"share": asked.share, "timeout_s": room.limits.search_s, **asked.restrictions}
    by = asked.by or "month"
    if asked.others:
        return room.index.compare((asked.q, *asked.others), by=by, chosen=asked.chosen, **options)
    page = room.index.search(asked.q, chosen=asked.chosen, timeline=by, limit=0, snippets=False, **options)
    assert page.timeline is not None, "it was asked for"
    return page.timeline


def _svg(asked: Asked, counted: _Counted) -> bytes:
    if isinstance(counted, Comparison):
        names = [printable(query) for query in (asked.q, *asked.others)]
        text = comparison_svg(counted, names, share=asked.share, width=_WIDTH, height=_HEIGHT)
    else:
        text = timeline_svg(counted, overlay=asked.share, width=_WIDTH, height=_HEIGHT, label=printable(asked.q))
    return text.encode("utf-8")


def _png(asked: Asked, counted: _Counted) -> bytes:
    from searchlib.drawing.plots import comparison_picture, timeline_picture  # Imported late: matplotlib is an extra.

    if isinstance(counted, Comparison):
        return comparison_picture("png", counted, (asked.q, *asked.others)).data
    return timeline_picture("png", counted, asked.q).data


def _csv(asked: Asked, counted: _Counted) -> bytes:
    rows = _comparison_rows(counted, (asked.q, *asked.others)) if isinstance(counted, Comparison) else _rows(counted)
    return "".join(csv_lines(rows, safe=True)).encode("utf-8")


def _rows(timeline: Timeline) -> Iterator[Sequence[object]]:
    has_shares = any(bucket.share is not None for bucket in timeline)
    yield ["start", "end", "count", *(["of_all", "share"] if has_shares else [])]
    for bucket in timeline:
        shares = [bucket.of_all, bucket.share] if has_shares else []
        yield [bucket.start.isoformat(), bucket.end.isoformat(), bucket.count, *shares]


def _comparison_rows(found: Comparison, names: Sequence[str]) -> Iterator[Sequence[object]]:
    has_shares = any(bucket.shares is not None for bucket in found)
    yield ["start", "end", *names, *(f"share of {name}" for name in names if has_shares)]
    for bucket in found:
        yield [bucket.start.isoformat(), bucket.end.isoformat(), *bucket.counts, *(bucket.shares or ())]
