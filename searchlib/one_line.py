"""One line that says what a value is: what `repr` gives of results, and notebooks and debuggers show.

A line has at most `LINE_CHARS` characters and no character that is not printable, whatever an article or a query holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from datetime import datetime
from inspect import Parameter, signature
from typing import Any, Final

__all__ = ["LINE_CHARS", "attributes_line", "days_line", "named", "number_of", "one_line", "quoted", "some"]

LINE_CHARS: Final = 120
_TEXT_CHARS: Final = 40
# A collection is shown whole if it has no more values than these.
_FEW: Final = 3


def one_line(value: object, *facts: str) -> str:
    """``<Type fact, fact>`` of a value; facts that are empty are left out."""
    line = f"<{type(value).__name__} {', '.join(fact for fact in facts if fact)}"
    if not line.isprintable():
        line = "".join([char if char.isprintable() else repr(char)[1:-1] for char in line])
    return f"{_clipped(line, LINE_CHARS - 1)}>"


def quoted(text: str, chars: int = _TEXT_CHARS) -> str:
    """A text as Python writes it, of at most so many characters: an ellipsis stands where it is cut."""
    if len(text) <= chars and len(whole := repr(text)) <= chars:
        return whole
    kept = text[:chars]
    # An escape is not cut in two.
    while kept and len(repr(f"{kept.rstrip()}…")) > chars:
        kept = kept[:-1]
    return repr(f"{kept.rstrip()}…")


def number_of(count: int, noun: str, plural: str = "") -> str:
    """A count and what is counted: "1 hit", "1,234 hits"."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def some(count: int, what: str) -> str:
    """A count and what is counted, as "3 undated"; "" for none."""
    return f"{count:,} {what}" if count else ""


def named(names_and_counts: Iterable[tuple[str, int]], among: int) -> str:
    """The first texts with their counts, and how many of `among` there are beside them: "'World' 12, 'Sport' 5, … 3 more"."""
    shown = [f"{quoted(name, 24)} {count:,}" for (name, count), _ in zip(names_and_counts, range(_FEW), strict=False)]
    return ", ".join([*shown, *([f"… {among - _FEW:,} more"] if among > _FEW else [])])


def days_line(first: datetime, last: datetime) -> str:
    """Two days and what is between them."""
    return f"{first.isoformat()[:10]} to {last.isoformat()[:10]}"


def attributes_line(value: object) -> str:
    """``Type(name=value)`` of a small value, attributes that are as they are by default left out.

    Where a text or a collection has to be cut, it is ``<Type name=value>``.
    """
    names = [
        each.name
        for each in signature(type(value)).parameters.values()
        if not _is_default(getattr(value, each.name), each)
    ]
    parts = [(name, getattr(value, name)) for name in names]
    if not any(_is_long(each) for _, each in parts):
        line = f"{type(value).__name__}({', '.join(f'{name}={each!r}' for name, each in parts)})"
        if len(line) <= LINE_CHARS:
            return line
    return one_line(value, *(f"{name}={_short(each)}" for name, each in parts))


def _is_default(value: object, parameter: Parameter) -> bool:
    return (
        parameter.default is not Parameter.empty
        and type(value) is type(parameter.default)
        and value == parameter.default
    )


def _is_long(value: object) -> bool:
    return isinstance(value, Sized) and len(value) > (LINE_CHARS if isinstance(value, (str, bytes)) else _FEW)


def _short(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (tuple, list, Mapping)) or _is_long(value):
        return f"({number_of(len(value), 'value')})"
    return _clipped(repr(value), _TEXT_CHARS)


def _clipped(line: str, chars: int) -> str:
    return line if len(line) <= chars else f"{line[: chars - 1]}…"
