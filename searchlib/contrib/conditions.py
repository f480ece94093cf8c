"""Conditions on fields, as other programs write them → trees of the query language that restrict and do not rank.

A name may be a field that articles have, or one that a document came with (`field_words`). Of a document that came with
a field of an article's name the value it came with counts. Values of articles are compared as everywhere in the query
language, in whatever case and accents; others exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from searchlib.contrib import field_words
from searchlib.errors import QueryError, SettingError
from searchlib.query import (
    VALUE_FIELDS,
    DateRange,
    Has,
    Node,
    Not,
    Nothing,
    Phrase,
    Value,
    Word,
    all_of,
    any_of,
    date_range,
)

__all__ = ["ORDERED", "condition", "field_filters"]

#: The signs of order.
ORDERED: Final = (">", ">=", "<", "<=")

# What may name a field of an article whose whole values can be asked for.
_VALUE_NAMES: Final = {**{name: name for name in VALUE_FIELDS}, "authors": "author", "tags": "tag"}
_DATE_NAMES: Final = {"date": "published", "published": "published", "updated": "updated"}
_MICROSECOND: Final = timedelta(microseconds=1)


def condition(name: str, sign: str, value: Any, zone: tzinfo) -> Node:
    """The articles that meet a condition.

    Args:
        name: The name of the field.
        sign: "==", "!=", ">", ">=", "<", "<=", "in", "not in", "contains" (a list has this value) or "exists" (with True
            or False).
        value: What is compared with; None stands for no value.
        zone: The zone of dates that name none.

    Raises:
        ValueError: It cannot be expressed; the message says why.
    """
    if sign in ("!=", "not in"):
        return _negated(condition(name, "==" if sign == "!=" else "in", value, zone))
    if sign == "exists":
        return _exists(name) if value else _negated(_exists(name))
    if sign == "in":
        if isinstance(value, str) or not isinstance(value, Collection):
            raise ValueError(f"'in' takes a list of values, not {value!r}")
        return any_of([condition(name, "==", each, zone) for each in value])
    if value is None:
        return _negated(_exists(name)) if sign == "==" else Nothing()
    if sign == "==":
        return _either(name, field_words.equals(name, value, zone), _own_value(name, value, zone))
    if sign == "contains":
        return _either(name, field_words.contains(name, value), _own_value(name, value, zone))
    if sign not in ORDERED:
        raise ValueError(f"{sign!r} is not a comparison that is known")
    return _either(name, _ordered(name, sign, value, zone), _own_dates(name, sign, value, zone))


def field_filters(filters: Mapping[str, Any] | None, zone: tzinfo) -> Node | None:
    """Articles that have in each of some fields a value, or one of a list of values; None where there are no fields.

    Raises:
        SettingError: The filters are no dictionary, or cannot be expressed.
    """
    if filters is not None and not isinstance(filters, Mapping):
        raise SettingError("filters", filters, "give a dictionary of values, or of lists of values, by field")
    try:
        nodes = [
            condition(name, "in" if isinstance(value, (list, tuple, set, frozenset)) else "==", value, zone)
            for name, value in (filters or {}).items()
        ]
    except ValueError as error:
        raise SettingError("filters", filters, str(error)) from error
    return all_of(nodes) if nodes else None


def _negated(node: Node) -> Node:
    return node.node if isinstance(node, Not) else Not(node)


def _either(name: str, carried: Node, own: Node | None) -> Node:
    """What a document came with, or what an article has that came with no such field."""
    return carried if own is None else any_of((carried, all_of((own, Not(field_words.has(name))))))


def _exists(name: str) -> Node:
    own: Node | None = None
    if name in _VALUE_NAMES or name in ("language", "id", "title", "summary", "body"):
        own = Has(_VALUE_NAMES.get(name, name))
        if name == field_words.CARRIER:
            own = all_of((own, Not(field_words.carried())))
    elif name in _DATE_NAMES:
        own = DateRange(field="updated" if name == "updated" else "published")
    return field_words.has(name) if own is None else any_of((field_words.has(name), own))


def _own_value(name: str, value: Any, zone: tzinfo) -> Node | None:
    """Articles with this value in a field of their own; None where they have no such field."""
    if name in _DATE_NAMES:
        return _own_dates(name, "==", value, zone) if isinstance(value, (str, date)) else None
    if not isinstance(value, str) or not value.strip():
        return None
    if name in _VALUE_NAMES:
        return Value(value, _VALUE_NAMES[name])
    if name == "language":
        return Phrase(value, "language")
    return Word(value, "id") if name == "id" else None


def _ordered(name: str, sign: str, value: Any, zone: tzinfo) -> Node:
    if name in _DATE_NAMES and not field_words.order_key(value, zone)[0]:
        # "2023-09" is a date of articles, and no value of another field has an order with it.
        return Nothing()
    if sign in (">", ">="):
        return field_words.in_range(name, value, None, zone, with_low=sign == ">=")
    return field_words.in_range(name, None, value, zone, with_high=sign == "<=")


def _own_dates(name: str, sign: str, value: Any, zone: tzinfo) -> Node | None:
    """Articles whose own date compares so with a date of the query language; None where the field is no date of theirs."""
    if name not in _DATE_NAMES:
        return None
    start, end = _period(value, zone)
    since, until = {
        "==": (start, end),
        ">": (end, None),
        ">=": (start, None),
        "<": (None, start),
        "<=": (None, end),
    }[sign]
    found = DateRange(since, until)
    return replace(found, field="updated") if _DATE_NAMES[name] == "updated" else found


def _period(value: Any, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first instant of a date, and the first behind it."""
    if not isinstance(value, (str, date)):
        raise ValueError(f"{value!r} is no date")
    now = datetime.now(timezone.utc)
    try:
        since = date_range(value, None, zone=zone, now=now)
        until = date_range(None, value, zone=zone, now=now)
    except QueryError as error:
        raise ValueError(error.problem) from error
    start = None if since is None else since.since
    end = None if until is None else until.until
    if start is None or end is None:
        raise ValueError(f"{value!r} is no date")
    return start, (end if end > start else start + _MICROSECOND)
