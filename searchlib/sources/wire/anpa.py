"""A message of ANPA 1312, the wire format of American services → the fields of an article.

The header has service and number, selector, priority and category, and a keyword line with date and number of words.
Lines of the text that begin with "^" stand before the story: the keyword line again, the headline, notes for editors,
the byline. "<" and "=" end a line (flush left, centred); a tab or spaces begin a paragraph. What typesetters had no
characters for is written as they meant it: two grave accents are an opening quotation mark, "_" is a dash.
"""

from __future__ import annotations

import re
from typing import Any, Final

from searchlib.sources.assembly import merged
from searchlib.sources.people.agencies import agencies_in
from searchlib.sources.people.bylines import Byline, joined_bylines, read_byline, read_title
from searchlib.sources.people.datelines import leading_dateline
from searchlib.sources.wire.wire_copy import is_head_line
from searchlib.sources.wire.wire_messages import lines_of

__all__ = ["is_anpa", "message_fields"]

_HEADER: Final = re.compile(
    r"\s*(?P<service>[A-Za-z])(?P<number>\d{3,4})(?:\x1f|\s)*(?P<selector>[^\s\x1f]*)\s+(?P<priority>[a-z])\s?(?P<category>[a-z]{1,3}|\d)[\s\x08-\x1f]+"
    r"(?P<slug>[^\n]*?)(?:\s+\d{2}-\d{2}(?:\s+(?P<words>\d{1,4}))?)?\s*"
)
_SENT: Final = re.compile(
    r"(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{4}|\d{2})\s+(?P<hour>\d{2})(?P<minute>\d{2})\s*(?P<zone>[A-Z]{1,4})?"
)
_FIRST_YEAR: Final = 70
_WORD_COUNT: Final = re.compile(r",\s*\d{1,5}$")
_BY: Final = re.compile(r"by\s+\S", re.IGNORECASE)
_HOUSE: Final = re.compile(
    r"\b(?:writers?|press|correspondents?|editors?|service|reporters?|columnists?|staff)\b", re.IGNORECASE
)
# Shifts of typesetters' tables, and the line break that they leave.
_TYPESETTING: Final = re.compile("[\x08\x10\x0c\x1b-\x1f]+")
_HALF: Final = re.compile(r"(?<=\d)\{")
_DASH: Final = re.compile(r"(?<=\s)_(?=\s)")
# What begins a line of its own: a mark, an indent, a row of a table.
_BEGINNINGS: Final = ("^", "\t", "  ", "\x08")
# So many lines before the story are headline and summary; more are a list, which is the story.
_MAX_HEADLINES: Final = 2


def is_anpa(header: str) -> bool:
    """Whether the header of a message is ANPA's, not one of IPTC 7901."""
    return "\x1f" in header or bool(_HEADER.fullmatch(header))


def message_fields(header: str, text: str, trailer: str) -> dict[str, Any]:
    """What a message says: names of an article's fields → values, the date as read from the trailer."""
    found = _HEADER.fullmatch(header)
    stated = found.groupdict() if found else {}
    lines = _lines(text)
    count = next((number for number, line in enumerate(lines) if not line.startswith("^")), len(lines))
    slug, fields = _head(lines[:count])
    story = list(map(_paragraph, lines[count:]))
    body = [fields.pop("first"), *story]
    extra: dict[str, Any] = {
        name: stated[name] for name in ("service", "selector", "priority", "category", "words") if stated.get(name)
    }
    extra["slugline"] = slug or (stated.get("slug") or "").strip()
    extra["editorial"] = fields.pop("editorial")
    return merged(
        {
            **fields,
            "body": "\n\n".join(paragraph for paragraph in body if paragraph),
            "dateline": leading_dateline(story[0]) if story else None,
            "published": _sent(trailer),
            "extra": {name: value for name, value in extra.items() if value},
        },
        {"byline": Byline((), agencies_in(trailer.replace("-", " ")))},
    )


def _lines(text: str) -> list[str]:
    """The lines of a text; one that goes on in the next is one with it."""
    lines: list[list[str]] = []
    is_open = False
    for line in lines_of(text):
        if not line.strip():
            is_open = False
            continue
        if is_open and not line.startswith(_BEGINNINGS):
            lines[-1].append(line.strip())
        else:
            lines.append([line.rstrip()])
        is_open = not line.rstrip().endswith(("<", "="))
    return [" ".join(pieces) for pieces in lines]


def _head(lines: list[str]) -> tuple[str, dict[str, Any]]:
    """The keyword line, and what the lines before the story say; "first" is what of it is the story's own."""
    slug = ""
    if lines:
        slug = _WORD_COUNT.sub("", lines[0].rpartition("^")[2].rstrip().rstrip("<=").strip())
    headlines: list[str] = []
    editorial: list[str] = []
    bylines: list[Byline] = []
    first: list[str] = []
    is_signed = False
    for line in lines[1:]:
        said = _paragraph(line)
        was_signed, is_signed = is_signed, bool(_BY.match(said))
        if is_signed:
            bylines.append(read_byline(said))
        elif was_signed and line.rstrip().endswith("=") and _HOUSE.search(said):
            bylines.append(read_title(said))
        elif is_head_line(said):
            editorial.append(said)
        elif bylines or first or said.upper().startswith(("EDITOR'S NOTE", "EDITOR’S NOTE")):
            first.append(said)
        else:
            headlines.append(said)
    if len(headlines) > _MAX_HEADLINES:
        first, headlines = headlines[1:] + first, headlines[:1]
    title, summary = (*headlines, "", "")[:_MAX_HEADLINES]
    fields = {"title": title, "summary": summary, "byline": joined_bylines(bylines), "editorial": editorial}
    return slug, {**fields, "first": "\n\n".join(filter(None, first))}


def _paragraph(line: str) -> str:
    text = line.strip().removeprefix("^").rstrip().rstrip("<=")
    text = _HALF.sub("½", _TYPESETTING.sub(" ", text)).replace("^", " ")
    text = _DASH.sub("—", text.replace("``", "“").replace("''", "”"))
    return " ".join(text.split())


def _sent(trailer: str) -> str:
    found = _SENT.search(trailer)
    if not found:
        return ""
    year = found["year"]
    if len(year) == 2:
        year = f"{19 if int(year) >= _FIRST_YEAR else 20}{year}"
    zone = "Z" if found["zone"] in ("GMT", "UTC") else f" {found['zone'] or ''}".rstrip()
    return f"{year}-{found['month']}-{found['day']}T{found['hour']}:{found['minute']}{zone}"
