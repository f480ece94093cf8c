"""The head of a plain text file that says what it is: "Title: …" lines, "-- " lines, a line that is an address.

A head is known by its shape: lines of a name that fields go by, a colon and a value, one of which at least is a title,
a date, an address or who wrote it, or says that the text begins. Prose that begins with "Note: …" has none. Names that
are not known, among others that are, go to `extra`. The text behind the head is read as any page is, below its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from searchlib.analysis.sentences import has_end
from searchlib.article import read_date
from searchlib.sources.base import Context
from searchlib.sources.people.bylines import Byline, joined_bylines, recognise_byline
from searchlib.sources.people.datelines import read_dateline
from searchlib.sources.records.field_names import field_of, plain_name
from searchlib.sources.records.record_values import read_code, read_line, read_names, read_people

__all__ = ["PlainHead", "take_head", "with_head"]

_MAX_LINES: Final = 60
_MAX_LINE_CHARS: Final = 2000
# A line with an unknown name is one of the head only up to this length: longer ones are prose.
_MAX_UNKNOWN_CHARS: Final = 120
# How many lines from the top an address on a line of its own is looked for.
_MAX_ADDRESS_LINES: Final = 4

_LABELLED: Final = re.compile(
    r"(?P<mark>--|//|[#;%>*_]{1,3})?\s*(?P<name>[^\W\d_][\w .’'/-]{0,30}?)\s*[*_]{0,2}\s?[:：][*_]{0,2}(?!//)\s*(?P<value>.*)"
)
_DASHED: Final = re.compile(r"--\s+(?P<said>\S.*)")
_FENCE: Final = re.compile(r"[-=*_~]{2,}")
_ADDRESS: Final = re.compile(r"<?(?P<address>https?://[^\s<>]+)>?", re.IGNORECASE)
# In a head these are what they are in a message, not what they are in a table.
_IN_MESSAGES: Final = {"subject": "title", "betreff": "title", "objet": "title", "asunto": "title", "from": "authors"}


class PlainHead(NamedTuple):
    """What the head of a text says, and the text behind it.

    Attributes:
        fields: As for `assemble`; empty where the text has no head.
        text: The text to be read, below the title where the head has one.
    """

    fields: dict[str, Any]
    text: str


class _Entry(NamedTuple):
    """A line of a head: where it begins, its name ("" for none) and what it says."""

    line: int
    name: str
    value: str


def take_head(text: str, context: Context) -> PlainHead:
    """The head of a text, taken off it."""
    lines = text.lstrip("\ufeff").split("\n", _MAX_LINES)
    entries, end, body = _entries(lines, context.mapping)
    context.see_names(entry.name for entry in entries)
    if not _is_head(entries, context.mapping):
        return _with_address({}, lines, 0)
    fields = _fields(entries, context.mapping)
    return _with_address(fields, [body, *lines[end:]] if body else lines, 0 if body else end)


def with_head(fields: Mapping[str, Any], head: PlainHead) -> dict[str, Any]:
    """The fields of a page, with those that its head says in their place."""
    found = {**fields, **head.fields}
    # As on a page: what says only when it was updated was published then.
    found["published"] = found.get("published") or found.get("updated")
    if title := head.fields.get("title"):
        # One that looks like a sentence was taken for the first one.
        body = found.get("body") or ""
        found["body"] = body.removeprefix(title).lstrip() if fields.get("title") != title else body
    if (standfirst := fields.get("summary")) and "summary" in head.fields and standfirst != found["summary"]:
        found["body"] = f"{standfirst}\n\n{found.get('body') or ''}".strip()
    if byline := head.fields.get("byline"):
        found["authors"] = list(byline.authors) or fields.get("authors")
        found["agency"] = found.get("agency") or byline.agency
        found["byline"] = joined_bylines([Byline(left_out=byline.left_out), fields.get("byline") or Byline()])
    return found


def _with_address(fields: dict[str, Any], lines: list[str], start: int) -> PlainHead:
    """Take an address on a line of its own off the top of the text."""
    filled = [number for number in range(start, len(lines)) if lines[number].strip()][:_MAX_ADDRESS_LINES]
    for number in filled if "url" not in fields else ():
        if found := _ADDRESS.fullmatch(lines[number].strip()):
            fields = {**fields, "url": found["address"]}
            lines = [*lines[:number], *lines[number + 1 :]]
            break
    text = "\n".join(lines[start:])
    return PlainHead(fields, f"{fields['title']}\n\n{text}" if fields.get("title") else text)


def _entries(lines: list[str], mapping: Mapping[str, str]) -> tuple[list[_Entry], int, str]:
    """The lines that may be a head, the number of the first one behind them, and the text that the last one begins."""
    entries: list[_Entry] = []
    number = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if number < len(lines) and _FENCE.fullmatch(lines[number].strip()):
        number += 1
    while number < min(len(lines), _MAX_LINES):
        line = lines[number].rstrip()
        found = _LABELLED.fullmatch(line) if len(line) <= _MAX_LINE_CHARS else None
        field = _field(found["name"], mapping) if found else ""
        if found and field == "body":
            return [*entries, _Entry(number, found["name"], "")], number + 1, found["value"].strip() or "\n"
        if entries and line[:1] in (" ", "\t") and line.strip():
            last = entries.pop()
            entries.append(last._replace(value=f"{last.value} {line.strip()}"))
        elif found and (field or (entries and len(line) <= _MAX_UNKNOWN_CHARS)):
            entries.append(_Entry(number, found["name"], found["value"].strip()))
        elif dashed := _DASHED.fullmatch(line):
            entries.append(_Entry(number, "", dashed["said"]))
        elif entries and _FENCE.fullmatch(line.strip()):
            return entries, number + 1, ""
        elif line.strip() or not _goes_on(lines[number + 1 :], mapping):
            break
        number += 1
    while entries and not _field(entries[-1].name, mapping) and entries[-1].name and has_end(entries[-1].value):
        number = entries.pop().line
    return entries, number, ""


def _goes_on(lines: list[str], mapping: Mapping[str, str]) -> bool:
    """Whether a head goes on behind an empty line: with a known name, before anything else."""
    line = next((line.rstrip() for line in lines if line.strip()), "")
    found = _LABELLED.fullmatch(line) if len(line) <= _MAX_LINE_CHARS else None
    return bool(found and _field(found["name"], mapping))


def _field(name: str, mapping: Mapping[str, str]) -> str:
    found = field_of(name, mapping) if name else None
    return found.field if found else "authors" if plain_name(name) == "from" else ""


def _is_head(entries: list[_Entry], mapping: Mapping[str, str]) -> bool:
    """Whether lines of this shape are a head: one alone says plainly what it is, of several one does and half are known."""
    known = [entry for entry in entries if _field(entry.name, mapping)]
    plain = [entry for entry in entries if _says_plainly(entry, mapping)]
    if len(known) == len(entries) == 1:
        return _field(known[0].name, mapping) != "body" and bool(plain)
    return bool(plain) and 2 * max(len(known), len(plain)) >= len(entries)


def _says_plainly(entry: _Entry, mapping: Mapping[str, str]) -> bool:
    field = _field(entry.name, mapping) if entry.name else _kind_of(entry.value)
    if field == "title" or plain_name(entry.name) in _IN_MESSAGES:
        return bool(entry.value)
    if field in ("url", "publisher"):
        return bool(_ADDRESS.fullmatch(entry.value))
    if field in ("published", "updated"):
        return _is_date(entry.value)
    if field == "authors":
        return recognise_byline(entry.value, is_name_enough=True) is not None
    return field == "body"


def _kind_of(said: str) -> str:
    """Which field a line without a name is; empty where it does not tell."""
    if _ADDRESS.fullmatch(said):
        return "url"
    if _is_date(said):
        return "published"
    return "authors" if recognise_byline(said) else ""


def _is_date(text: str) -> bool:
    try:
        return any(char.isdigit() for char in text) and read_date(text) is not None
    except ValueError:
        return False


def _fields(entries: list[_Entry], mapping: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    has_title = any(_field(entry.name, mapping) == "title" for entry in entries)
    for entry in entries:
        field = _field(entry.name, mapping) if entry.name else _kind_of(entry.value)
        if not has_title and (meant := _IN_MESSAGES.get(plain_name(entry.name))):
            field = meant
        if not entry.name and not field and not has_title and "title" not in fields:
            field = "title"
        if not entry.value or field == "body":
            continue
        if not field or not _put(fields, field, entry.value):
            _keep(extra, entry)
    if extra:
        fields["extra"] = extra
    return fields


def _put(fields: dict[str, Any], field: str, value: str) -> bool:
    """Put a value in its field; False where the field has one, or the value is none."""
    address = _ADDRESS.fullmatch(value)
    if address and field in ("publisher", "id", "url"):
        field, value = "url", address["address"]
    found: Any = read_line(value)
    if field == "authors":
        field, found = "byline", read_people(value)
    elif field == "tags":
        found = read_names(value)
    elif field == "language":
        found = read_code(value)
    elif field == "place" and (dateline := read_dateline(value)):
        field, found = "dateline", dateline
    if not found or field in fields:
        return False
    fields[field] = found
    return True


def _keep(extra: dict[str, Any], entry: _Entry) -> None:
    name = entry.name or "head"
    extra[name] = f"{extra[name]}\n{entry.value}" if name in extra else entry.value
