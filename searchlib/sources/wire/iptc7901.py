"""IPTC 7901 and ANPA 1312, what wire services sent by line → articles: a message is one, a file holds one or many.

A message of IPTC 7901 has a header line (source and number, priority, category, number of words), a line of keywords,
and the text: lines of the headline, of which the last may end with "=", and lines broken at a width, of which an
indented one or one behind an empty line begins a paragraph. When it was sent stands at its end: day, hour and minute,
then month and year ("131137 GMT Nov 13"). ANPA's own is in `anpa`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from searchlib.article import Article, Note
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble, merged
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import decode, text_of
from searchlib.sources.people.agencies import agencies_in
from searchlib.sources.people.bylines import Byline, joined_bylines, read_byline
from searchlib.sources.wire import anpa
from searchlib.sources.wire.wire_copy import is_head_line, without_editorial
from searchlib.sources.wire.wire_messages import WireMessage, lines_of, read_messages

__all__ = ["read"]

_HEADER: Final = re.compile(
    r"\s*(?P<source>[A-Za-z]{1,4})\s?(?P<number>\d{3,4})\s+(?P<priority>\d)\s+(?P<category>[A-Za-z]{1,4})\s+(?P<words>\d{1,5})\b"
    r"(?P<rest>.*)"
)
_SENT: Final = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s*(?P<zone>[A-Z]{1,4})?\s+(?P<month>[^\W\d_]{3,12})\.?\s+(?P<year>\d{4}|\d{2})(?!\d)"
)
_FIRST_YEAR: Final = 70
_BY: Final = re.compile(r"(?:by|von|par|por|di|de nuestr\w+|our)\s+\S", re.IGNORECASE)
_SUBTITLE: Final = re.compile(r"(?:utl|untertitel|subtitle|sous-titre)\.?:\s*(?P<text>.+)", re.IGNORECASE)
_MAX_HEAD_LINES: Final = 8
_MAX_TITLE_CHARS: Final = 250
_INDENT: Final = ("  ", "\t")


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each message of a file, or why it is none; a message is a record.

    Raises:
        SourceError: The file holds no message.
    """
    number = 0
    for number, message in enumerate(read_messages(stream), 1):
        yield _article(message, context, number)
    if not number:
        raise context.error("there is no wire message in it: none begins with SOH (0x01)")


def _article(message: WireMessage, context: Context, number: int) -> Article | SourceError:
    if message.problem:
        return context.error(message.problem, number)
    if message.text is None:
        return context.error("the message is cut off: it ends before its text (STX, 0x02)", number)
    try:
        header, trailer = (decode(part, context.encoding) for part in (message.header, message.trailer))
        text = text_of(message.text, context, record=number)
    except ValueError as error:
        return context.error(str(error), number)
    fields = anpa.message_fields(header, text, trailer) if anpa.is_anpa(header) else _fields(header, text, trailer)
    if not (fields.get("body") or fields.get("title")):
        return context.error("there is no text in the message", number)
    article = assemble(without_editorial(fields), context, number)
    if isinstance(article, Article) and not message.is_whole:
        reason = "the message has no end (ETX, 0x03): some of its text may be missing"
        context.notes.append(Note(context.name, number, "body", article.body[-60:], reason))
    return article


def _fields(header: str, text: str, trailer: str) -> dict[str, Any]:
    first, *keywords = [line.strip() for line in lines_of(header) if line.strip()] or [""]
    found = _HEADER.match(first)
    stated = found.groupdict() if found else {}
    slugline = " ".join(keywords)
    title, summary, byline, above, body = _parts([line.rstrip() for line in lines_of(text)])
    extra: dict[str, Any] = {name: stated[name] for name in ("priority", "category", "words") if stated.get(name)}
    extra["message"] = " ".join(first.split())
    extra["slugline"] = slugline.strip(" /")
    extra["editorial"] = above
    return merged(
        {
            "title": title,
            "summary": summary,
            "body": body,
            "byline": byline,
            "tags": [tag.strip() for tag in slugline.split("/") if tag.strip()],
            "published": _sent(trailer),
            "extra": {name: value for name, value in extra.items() if value},
        },
        {"byline": Byline((), agencies_in(stated.get("rest") or ""))},
    )


def _sent(trailer: str) -> str:
    found = _SENT.search(trailer)
    if not found:
        return ""
    year = found["year"]
    if len(year) == 2:
        year = f"{19 if int(year) >= _FIRST_YEAR else 20}{year}"
    return f"{found['day']} {found['month']} {year} {found['hour']}:{found['minute']} {found['zone'] or ''}".strip()


def _parts(lines: list[str]) -> tuple[str, str, Byline, list[str], str]:
    """Title, subtitle, byline, what is for editors above the title, and the text."""
    while lines and not lines[0].strip():
        del lines[0]
    end = _end_of_head(lines)
    title: list[str] = []
    summary = ""
    bylines: list[Byline] = []
    above: list[str] = []
    for line in lines[:end]:
        line = line.strip().rstrip("= ")
        if _BY.match(line) and title:
            bylines.append(read_byline(line))
        elif is_head_line(line) and not title:
            above.append(line)
        elif subtitle := _SUBTITLE.fullmatch(line):
            summary = subtitle["text"]
        elif line:
            title.append(line)
    return " ".join(title), summary, joined_bylines(bylines), above, _paragraphs(lines[end:])


def _end_of_head(lines: list[str]) -> int:
    """How many lines the head takes: to the last one that ends with "=", else to the first empty or indented one."""
    marked = [number for number, line in enumerate(lines[:_MAX_HEAD_LINES]) if line.endswith("=")]
    if marked:
        return marked[-1] + 1
    for number, line in enumerate(lines[:_MAX_HEAD_LINES]):
        if number and (not line.strip() or line.startswith(_INDENT)):
            head = " ".join(lines[:number])
            is_title = len(head) <= _MAX_TITLE_CHARS and not head.rstrip("”\"'’»").endswith(".")
            return number if is_title and not lines[0].startswith(_INDENT) else 0
    return 0


def _paragraphs(lines: list[str]) -> str:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or line.startswith(_INDENT):
            paragraphs.append([])
        if line.strip():
            paragraphs[-1].append(" ".join(line.split()))
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)
