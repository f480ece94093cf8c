"""Output for programs: JSON and JSON Lines. Its shape is documented in docs/json.md and does not change.

It is always UTF-8. Characters that control a terminal are escaped, which changes no value.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from searchlib.cli.streams import write_utf8
from searchlib.json_form import json_text
from searchlib.results import Hit, Page
from searchlib.tables import Column, Row, json_row

__all__ = ["explained_object", "json_pieces", "row_object", "write_object"]


def write_object(value: Mapping[str, Any]) -> None:
    """Write one JSON object on one line."""
    write_utf8()
    sys.stdout.write(json_text(value) + "\n")


def json_pieces(page: Page, hits: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object of a whole page, on one line, in pieces; the hits are written as they come."""
    yield f'{json_text(page.head())[:-1]}, "hits": ['
    for number, hit in enumerate(hits):
        yield (", " if number else "") + json_text(hit)
    yield f"], {json_text(page.tail())[1:]}\n"


def row_object(row: Row, columns: Sequence[Column] | None) -> dict[str, Any]:
    """A row as an object of JSON: with these columns, or, where they are None, a hit with all that its article has."""
    if columns is not None:
        return json_row(row, columns)
    assert isinstance(row, Hit), "rows of other things have columns"
    return row.as_dict()


def explained_object(hit: Any) -> dict[str, Any]:
    """A hit as an object of JSON, with its explanation."""
    assert isinstance(hit, Hit), "rows of other things have columns"
    return hit.as_dict(explain=True)
