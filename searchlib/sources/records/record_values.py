"""Values as records in the wild have them → values as an article has them.

Each ``read_…`` but `read_people` answers None where the value is of no use for its field, so that the caller
can keep it elsewhere. None of them invents: an author stays one where it cannot be told
that there are two.
"""

from __future__ import annotations

import ast
import html
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from searchlib.article import is_no_value
from searchlib.sources.people.bylines import (
    Byline,
    is_organisation,
    joined_bylines,
    read_byline,
    read_bylines,
    read_party,
)
from searchlib.sources.web_pages.markup import strip_markup

__all__ = [
    "is_absent",
    "read_code",
    "read_line",
    "read_link",
    "read_names",
    "read_people",
    "read_publisher",
    "read_text",
]

# In a mapping where a text is expected, the text stands under one of these, in order of trust.
_TEXT_KEYS: Final = ("rendered", "main", "original", "name", "value", "text", "content", "label", "term", "title")
_WRAPPED_KEYS: Final = ("#text", "__text", "_", "$t", "@value", "$oid", "$numberLong", "$numberInt", "@id")
_LINK_KEYS: Final = ("@id", "href", "url", "canonical", "#text", "value")
_TAG_KEYS: Final = ("value", *_TEXT_KEYS, *_WRAPPED_KEYS)
_NAME_PARTS: Final = (("firstname", "first_name", "givenName"), ("lastname", "last_name", "familyName"))

_MARKUP: Final = re.compile(
    r"</(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|span|a|body|html|em|strong|b|i|td|figure)\s*>|<br\s*/?>|<p>",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")

_TAG_BREAK: Final = re.compile(r"[,;|\n]+")
# A list that was printed into a cell: ["a", "b"] or ['a', 'b'].
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'')
_PRINTED: Final = re.compile(r"\s*(?:\[\s*)?\{\s*[\"']")
_MAX_PRINTED_CHARS: Final = 20_000
_CODE: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")

# Beyond some thousands of digits Python refuses to print a number.
_MAX_INTEGER_BITS: Final = 1000


def is_absent(value: Any) -> bool:
    """Whether a value stands for none: null, NaN, nothing but white space, an empty list or mapping."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, float):
        return math.isnan(value)
    if isinstance(value, (list, tuple, Mapping)):
        return not value
    # pandas' NaT is a date, and differs from itself.
    return isinstance(value, date) and bool(value != value)


def read_text(value: Any) -> str | None:
    """A text of paragraphs; markup in it becomes plain text. A list is one of paragraphs."""
    if isinstance(value, (list, tuple)):
        paragraphs = [text for item in value if (text := read_text(item))]
        return "\n\n".join(paragraphs) or None
    text = _scalar(value, _TEXT_KEYS + _WRAPPED_KEYS)
    if text is None:
        return None
    if _MARKUP.search(text):
        return strip_markup(text)
    return _unescaped(text)


def read_line(value: Any) -> str | None:
    """A short text: of a list its first."""
    if isinstance(value, (list, tuple)):
        value = value[0]
    line = _scalar(value, _TEXT_KEYS + _WRAPPED_KEYS)
    return None if line is None else _unescaped(line)


def read_link(value: Any) -> str | None:
    """An address: of a list its first, of a mapping what stands under "@id", "href" or "url"."""
    if isinstance(value, (list, tuple)):
        value = value[0]
    return _scalar(value, _LINK_KEYS) if isinstance(value, (str, Mapping)) else None


def read_publisher(value: Any) -> str | None:
    """A name; an address is none."""
    line = read_line(value)
    return None if line and re.match(r"https?://", line.strip()) else line


def read_code(value: Any) -> str | None:
    """A language code."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("alternateName", "code", "@value", "name") if key in value), None)
    line = read_line(value) if value else None
    return line if line and _CODE.fullmatch(line.strip()) else None


def read_names(value: Any) -> list[str] | None:
    """Tags: a list is taken item by item, a text at commas and semicolons."""
    if isinstance(value, str) and (printed := _printed(value)) is not None:
        return _labels(printed, _TAG_KEYS)
    if isinstance(value, str):
        return [name for part in _items_in(value) or _TAG_BREAK.split(value) if (name := part.strip())] or None
    return _labels(value, _TAG_KEYS)


def read_people(value: Any) -> Byline:
    """Authors: a text is a byline, and so is each item of a list; an organisation is never taken apart."""
    if isinstance(value, str):
        if is_no_value(value):
            return Byline()
        if (printed := _printed(value)) is not None:
            return read_people(printed)
        return read_bylines(map(_unescaped, _items_in(value) or [value]))
    items = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    return joined_bylines(map(_read_party, items))


def _read_party(item: Any) -> Byline:
    if not isinstance(item, Mapping):
        name = _scalar(item, ()) or ""
        return Byline() if is_no_value(name) else read_byline(_unescaped(name))
    name = _unescaped(_person(item) or "")
    return read_party(name) if is_organisation(str(item.get("@type", ""))) else read_byline(name)


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _scalar(value: Any, keys: Iterable[str]) -> str | None:
    for _ in range(4):
        if not isinstance(value, Mapping):
            break
        value = next((value[key] for key in keys if not is_absent(value.get(key))), None)
    if isinstance(value, str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _MAX_INTEGER_BITS:
        return str(value)
    return None


def _labels(value: Any, keys: Iterable[str]) -> list[str] | None:
    """The text of each item."""
    items = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    labels = (label.strip() for item in items if (label := _scalar(item, keys)))
    return [_unescaped(label) for label in labels if label] or None


def _person(value: Mapping[str, Any]) -> str | None:
    if isinstance(people := value.get("person"), (list, tuple)) and not value.get("original"):
        return "; ".join(name for person in people if isinstance(person, Mapping) and (name := _person(person))) or None
    if name := _scalar(value, ("name", "full_name", "fullname", "displayName", "display_name", *_TEXT_KEYS)):
        return name
    parts = (next((value[key] for key in keys if isinstance(value.get(key), str)), "") for keys in _NAME_PARTS)
    return " ".join(part for part in parts if part) or None


def _printed(text: str) -> Mapping[str, Any] | list[Any] | None:
    """A mapping or a list of mappings that was printed into a cell, by JSON or by Python; None where it is no such text."""
    if len(text) > _MAX_PRINTED_CHARS or not _PRINTED.match(text):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        return value if isinstance(value, (dict, list)) else None
    return None


def _items_in(text: str) -> list[str] | None:
    """The items of a list that was printed as text; None where it is no such text."""
    text = text.strip()
    if not (text.startswith(("['", '["')) and text.endswith(("']", '"]'))):
        return None
    return [item for match in _QUOTED.finditer(text) if (item := (match[1] or match[2] or "").strip())]
