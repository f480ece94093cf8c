"""Rows as texts: cells of CSV, and objects of JSON.

A spreadsheet takes a cell of CSV that begins with certain signs for a formula and runs it (OWASP, "CSV Injection").
`neutral` puts an apostrophe before such a text, which spreadsheets show as the text that it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, cast

from searchlib.passages import printable
from searchlib.tables.columns import Column, Row

__all__ = ["cell", "json_row", "neutral"]

#: What a formula begins with, to one spreadsheet or another. Full-width signs are taken for the others by some.
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(value: object, *, safe: bool = False) -> str:
    """A value as a cell of CSV: on one line, without control characters; lists are separated by "; ".

    Args:
        value: What a column's `written` gives.
        safe: Whether a text that a spreadsheet would take for a formula is made `neutral`. Numbers are none.
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False) if value else ""
    else:
        text = value if isinstance(value, str) else "; ".join(cast("list[str]", value))
    # A tab at the beginning is a space once it is printable.
    return neutral(printable(text)) if safe else printable(text)


def neutral(text: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_FORMULA) else text


def json_row(row: Row, columns: Iterable[Column]) -> dict[str, Any]:
    """A row as an object of JSON: every column is there; None where there is no value."""
    return {column.name: column.written(row) for column in columns}
