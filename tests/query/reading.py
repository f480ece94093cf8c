"""Queries read as the tests of the parser read them: in one time zone, at one instant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from searchlib.query import Node, ParsedQuery, parse

ZONE = ZoneInfo("Asia/Singapore")
NOW = datetime(2023, 9, 13, 12, 0, tzinfo=ZONE)


def read(text: str, *, either: bool = False, strict: bool = False) -> ParsedQuery:
    return parse(text, zone=ZONE, now=NOW, any=either, strict=strict)


def tree_of(text: str, *, either: bool = False) -> Node:
    return read(text, either=either).tree


def messages(text: str) -> list[str]:
    return [diagnostic.message for diagnostic in read(text).diagnostics]
