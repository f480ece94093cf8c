"""Names of a record that no field takes → what there is to say about them, once a run: the field they are nearest to.

What is not used is kept in `extra`. Something is said only where a name may well be a field's that the record lacks: it is
nearly one of that field's names, or has what such a field has (a date, a long text, an address).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any, Final

from searchlib.article import AmbiguousDateError, Note, read_date
from searchlib.sources.base import Context
from searchlib.sources.records.field_names import FIELD_NAMES, field_of, plain_name

__all__ = ["MAX_NAMES", "is_about", "nearest_names", "note_second", "note_unused"]

# How alike two names are, from 0 to 1, so that one may be a slip of the pen for the other.
_ALIKE: Final = 0.84
_LEAST_CHARS: Final = 4
# How many names are named that may be meant by another, and how alike they are at least.
_NEAREST: Final = 3
_LIKE: Final = 0.5
_LONG_TEXT_CHARS: Final = 200
_DATE: Final = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}\.? \w+ \d{4}|\w+ \d{1,2}, \d{4}")
_MAX_DATE_CHARS: Final = 40
_LINK: Final = re.compile(r"https?://\S+")
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+")
_MAX_NOTED_CHARS: Final = 60
#: More names than that are no columns but data, and each is compared with all that are known.
MAX_NAMES: Final = 500


def note_unused(unused: Mapping[str, Any], fields: Collection[str], context: Context) -> None:
    """Note the names that were not used, each the first time that it has a value.

    Args:
        unused: Names that no field takes, with their values.
        fields: The fields that the record has.
        context: What is read; it knows which names were told already in this run.
    """
    for name, value in unused.items():
        if name in context.names_told or len(context.names_told) >= MAX_NAMES:
            continue
        context.names_told.add(name)
        if field := _nearest_field(name, value, fields):
            shown = name[:_MAX_NOTED_CHARS]
            way = (
                f"--map {shlex.quote(f'{shown}={field}')}" if "=" not in shown else f"mapping={{{shown!r}: {field!r}}}"
            )
            context.notes.append(Note(context.name, None, "column", shown, f"column {shown!r} was not used; {way}"))


def note_second(name: str, field: str, first: str, context: Context) -> None:
    """Note a name whose value is not used because another name gives the same field, the first time in a run."""
    if name in context.names_told or len(context.names_told) >= MAX_NAMES:
        return
    context.names_told.add(name)
    shown, taken = name[:_MAX_NOTED_CHARS], first[:_MAX_NOTED_CHARS]
    reason = (
        f"columns {taken!r} and {shown!r} are both the {field}; {taken!r} was taken, and {shown!r} is kept in extra"
    )
    context.notes.append(Note(context.name, None, "column", shown, reason))


def nearest_names(name: str, seen: Collection[str]) -> list[str]:
    """Those of some names that one is most like, the likest first, three at most."""
    plain = {plain_name(each): each for each in sorted(seen)}
    return [plain[each] for each in get_close_matches(plain_name(name), plain, _NEAREST, _LIKE)]


def is_about(note: Note, name: str) -> bool:
    """Whether a note says that this name was not used."""
    return note.field == "column" and note.record is None and note.value == name[:_MAX_NOTED_CHARS]


def _nearest_field(name: str, value: Any, fields: Collection[str]) -> str:
    """The field that a name may be meant for, among those that the record lacks; "" where there is none."""
    by_name = _field_by_name(name)
    if by_name:
        return by_name if by_name not in fields and _is_fit(value, by_name) else ""
    if not isinstance(value, str):
        return ""
    for field, is_like in (("published", _is_date), ("url", _is_link), ("body", _is_long)):
        if field not in fields and is_like(value):
            return field
    return ""


def _field_by_name(name: str) -> str:
    plain = plain_name(name)
    if len(plain) >= _LEAST_CHARS and (alike := get_close_matches(plain, FIELD_NAMES, 1, _ALIKE)):
        return FIELD_NAMES[alike[0]].field
    # "headline_en" and "ArticleHeadline" have a name in them. Which of several names counts cannot be told.
    found = {
        known.field for part in _PARTS.findall(name) if len(part) >= _LEAST_CHARS and (known := field_of(part, {}))
    }
    return found.pop() if len(found) == 1 else ""


def _is_fit(value: Any, field: str) -> bool:
    if field in ("published", "updated"):
        return isinstance(value, str) and _is_date(value)
    if field == "url":
        return isinstance(value, str) and _is_link(value)
    return isinstance(value, (str, list))


def _is_date(value: str) -> bool:
    if len(value) > _MAX_DATE_CHARS or not _DATE.search(value):
        return False
    try:
        return read_date(value) is not None
    except AmbiguousDateError:
        return True
    except ValueError:
        return False


def _is_link(value: str) -> bool:
    return _LINK.fullmatch(value.strip()) is not None


def _is_long(value: str) -> bool:
    return len(value) >= _LONG_TEXT_CHARS and value.count(" ") > len(value) / 20
