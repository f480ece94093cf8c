"""Output for programs: JSON, JSON Lines and CSV. Its shape is documented in docs/cli.md and does not change.

It is always UTF-8. Characters that control a terminal are escaped in JSON, which changes no
value, and left out of CSV, which cannot escape them.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from searchlib.cli.streams import write_utf8
from searchlib.results import Facet, FacetValue, Hit, IndexStats, Page, Snippet, Timeline, printable

__all__ = ["CSV_COLUMNS", "json_line", "stats_object", "write_csv", "write_json", "write_json_lines", "write_object"]

#: The columns of ``--csv``, in order. Several authors or tags are separated by "; ".
CSV_COLUMNS: Final = (
    "id",
    "score",
    "published",
    "updated",
    "title",
    "summary",
    "authors",
    "section",
    "publisher",
    "place",
    "agency",
    "tags",
    "url",
    "language",
    "snippet",
)

# JSON escapes controls below U+0020 by itself. DEL and C1 controls drive terminals too, bidirectional overrides
# reorder what is read, and some readers take U+0085, U+2028 and U+2029 for the end of a line of JSON Lines.
_NOT_FOR_TERMINALS: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def json_line(value: Any) -> str:
    """The value as one line of JSON, without the line end and without characters that control a terminal."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_FOR_TERMINALS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def write_object(value: Mapping[str, Any]) -> None:
    """Write one JSON object on one line."""
    write_utf8()
    sys.stdout.write(json_line(value) + "\n")


def write_json(page: Page) -> None:
    """Write the whole page as one JSON object."""
    write_object(
        {
            "query": page.query,
            "total": page.total,
            "undated": page.undated,
            "imprecise": page.imprecise,
            "hits": [_hit_object(hit) for hit in page],
            "facets": {name: _facet_object(facet) for name, facet in page.facets.items()},
            "timeline": None if page.timeline is None else _timeline_object(page.timeline),
            "diagnostics": [asdict(diagnostic) for diagnostic in page.diagnostics],
            "next": page.next,
            **({"partial": True} if page.partial else {}),
        }
    )


def write_json_lines(page: Page) -> None:
    """Write one JSON object for each hit, each on its line."""
    write_utf8()
    for hit in page:
        sys.stdout.write(json_line(_hit_object(hit)) + "\n")


def write_csv(page: Page) -> None:
    """Write a header and one row for each hit, each on one line."""
    write_utf8()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for hit in page:
        values = {
            **hit.article.as_dict(),
            "score": repr(hit.score),
            "snippet": hit.snippet.text if hit.snippet else "",
        }
        writer.writerow([_cell(values.get(column, "")) for column in CSV_COLUMNS])


def stats_object(stats: IndexStats) -> dict[str, Any]:
    """The facts of an index by name, times as ISO 8601."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(stats).items()}


def _hit_object(hit: Hit) -> dict[str, Any]:
    article = hit.article.as_dict()
    return {
        "id": article.pop("id"),
        "score": hit.score,
        **article,
        "snippet": None if hit.snippet is None else _snippet_object(hit.snippet),
    }


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
            {"start": bucket.start.isoformat(), "end": bucket.end.isoformat(), "count": bucket.count}
            for bucket in timeline
        ],
    }


def _cell(value: str | list[str]) -> str:
    return printable(value if isinstance(value, str) else "; ".join(value))
