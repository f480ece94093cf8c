"""Output for programs: JSON, JSON Lines and CSV. Its shape is documented in docs/cli.md and does not change.

It is always UTF-8. Characters that control a terminal are escaped in JSON, which changes no
value, and left out of CSV, which cannot escape them.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from searchlib.cli.streams import write_utf8
from searchlib.results import Diagnostic, Facet, FacetValue, IndexStats, Page, Snippet, Timeline
from searchlib.tables import Column, Row, cell, json_row

__all__ = [
    "csv_lines",
    "diagnostic_objects",
    "explained_object",
    "json_line",
    "json_pieces",
    "row_object",
    "stats_object",
    "write_object",
]

# JSON escapes controls below U+0020 by itself. DEL and C1 controls drive terminals too, bidirectional overrides
# reorder what is read, and some readers take U+0085, U+2028 and U+2029 for the end of a line of JSON Lines. Halves of
# surrogate pairs, which stand for bytes of a path that are no UTF-8, can only be escaped.
_NOT_FOR_TERMINALS: Final = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def json_line(value: Any) -> str:
    """The value as one line of JSON, without the line end and without characters that control a terminal."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_FOR_TERMINALS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def write_object(value: Mapping[str, Any]) -> None:
    """Write one JSON object on one line."""
    write_utf8()
    sys.stdout.write(json_line(value) + "\n")


def json_pieces(page: Page, hits: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object of a whole page, on one line, in pieces; the hits are written as they come."""
    head = {"query": page.query, "total": page.total, "undated": page.undated, "imprecise": page.imprecise}
    yield f'{json_line(head)[:-1]}, "hits": ['
    for number, hit in enumerate(hits):
        yield (", " if number else "") + json_line(hit)
    tail = {
        "facets": {name: _facet_object(facet) for name, facet in page.facets.items()},
        "timeline": None if page.timeline is None else _timeline_object(page.timeline),
        "diagnostics": diagnostic_objects(page.diagnostics),
        "next": page.next,
        **({"partial": True} if page.partial else {}),
    }
    yield f"], {json_line(tail)[1:]}\n"


def csv_lines(rows: Iterable[Sequence[object]], *, safe: bool) -> Iterator[str]:
    """Rows of values as CSV, each on one line, with its line end.

    Args:
        rows: The header among them.
        safe: Whether a text that a spreadsheet would take for a formula gets an apostrophe.
    """
    lines: deque[str] = deque()
    writer = csv.writer(_Lines(lines.append), lineterminator="\n")
    for row in rows:
        writer.writerow([cell(value, safe=safe) for value in row])
        yield lines.popleft()


def row_object(row: Row, columns: Sequence[Column] | None) -> dict[str, Any]:
    """A row as an object of JSON: with these columns, or, where they are None, a hit with all that its article has."""
    if columns is not None:
        return json_row(row, columns)
    article = row.article.as_dict()
    return {
        "id": article.pop("id"),
        "score": row.score,
        **article,
        "snippet": None if row.snippet is None else _snippet_object(row.snippet),
    }


def explained_object(hit: Any) -> dict[str, Any]:
    """A hit as an object of JSON, with its explanation."""
    explanation = hit.explanation
    return {**row_object(hit, None), "explanation": None if explanation is None else asdict(explanation)}


def diagnostic_objects(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Remarks on how a query was read, as objects of JSON."""
    return [asdict(diagnostic) for diagnostic in diagnostics]


def stats_object(stats: IndexStats) -> dict[str, Any]:
    """The facts of an index by name, times as ISO 8601."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(stats).items()}


def _snippet_object(snippet: Snippet) -> dict[str, str]:
    return {"title": snippet.title.html, "text": snippet.text, "html": snippet.html}


def _facet_object(facet: Facet) -> dict[str, Any]:
    """Values and what is missing; "other" and "other_values" only where there are other values."""
    others = {"other": facet.other, "other_values": facet.other_values} if facet.other_values else {}
    return {"values": [_facet_value_object(value) for value in facet], "missing": facet.missing, **others}


def _facet_value_object(value: FacetValue) -> dict[str, Any]:
    """A value and its count; "parts" only where there are some."""
    parts = {"parts": [_facet_value_object(part) for part in value.parts]} if value.parts else {}
    return {"value": value.value, "count": value.count, **parts}


def _timeline_object(timeline: Timeline) -> dict[str, Any]:
    return {
        "unit": timeline.unit,
        "undated": timeline.undated,
        "imprecise": timeline.imprecise,
        "buckets": [
            {
                "start": bucket.start.isoformat(),
                "end": bucket.end.isoformat(),
                "count": bucket.count,
                **({} if bucket.of_all is None else {"of_all": bucket.of_all}),
            }
            for bucket in timeline
        ],
    }


class _Lines:
    """A file that gives each line to a function."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write
