"""A page as copied from a news site, or any other plain text → one article.

A copied page begins with a head (menus, breadcrumb, headline, the headline again, a standfirst, who wrote it, when,
share buttons), goes on with the text, and ends with a foot (the agency, other articles, pleas, rights). `page_kinds`
says what each line is, `page_head` where headline and text begin, `page_foot` what of the rest is the text; this puts
together what they say.

- A text that is no page (a letter, wire copy, a bare paragraph) gets no invented title.
- A date that stands alone, without a label, is that of publication. Where the page says only when it was updated, that
  is taken for the publication too. Times that count from a day that the page does not name give no date.
- What is guessed or left out is said in a note, and lines of the head that are not understood are in `extra.head`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from searchlib.analysis.sentences import has_end
from searchlib.article import Article, Note
from searchlib.errors import SourceError
from searchlib.sources.assembly import assemble
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.encodings.decoding import text_of
from searchlib.sources.page_texts.page_foot import Foot, read_foot, without_end_mark
from searchlib.sources.page_texts.page_head import MAX_HEAD_LINES, best_reading
from searchlib.sources.page_texts.page_kinds import Kind, judged
from searchlib.sources.page_texts.page_marks import is_agency_line
from searchlib.sources.page_texts.page_parts import HeadParts, head_parts
from searchlib.sources.page_texts.plain_head import take_head, with_head
from searchlib.sources.people.agencies import closing_agency
from searchlib.sources.people.bylines import Byline
from searchlib.sources.people.datelines import Dateline, leading_dateline
from searchlib.sources.web_pages.furniture import is_furniture

__all__ = ["article_from_text", "read"]

# The longest line of a text whose lines were broken by a program; longer ones are paragraphs.
_MAX_WRAPPED_CHARS: Final = 120
_MIN_WRAPPED_CHARS: Final = 30
_MAX_LINES_JUDGED: Final = 200
_MAX_BLOCKS_JUDGED: Final = 200
_MAX_HEAD_CHARS: Final = 2000

_ALNUM: Final = re.compile(r"[^\W_]")
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
_LOUD_NAME: Final = re.compile(r"[A-Z]{2,8}")
_PLACE: Final = re.compile(r"[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){0,3}")
_JOINED: Final = re.compile(rf"(?P<place>{_PLACE.pattern}) \((?P<house>{_LOUD_NAME.pattern})\) [—–-] ")
# Kinds of lines that may be all there is of a text.
_OF_TEXTS: Final = (Kind.CAPTION, Kind.SHORT, Kind.PLAIN, Kind.SENTENCE, Kind.PROSE)
_DASHES: Final = frozenset("—–-")
_SET_IN_THREE: Final = (") —", ") –", ") -")
_MAX_PLACE_CHARS: Final = 40
_MAX_DATELINE_CHARS: Final = 60


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that the stream holds, or why it holds none."""
    yield article_from_text(stream.read(MAX_RECORD_BYTES + 1), context)


def article_from_text(
    data: bytes, context: Context, *, url: str = "", record: int | None = None
) -> Article | SourceError:
    """The article that a text is, or why it is none.

    Args:
        data: The text.
        context: What is read; its notes get what was guessed and what was left out.
        url: Where the text was fetched; "" where that is unknown.
        record: Number of the record that the text came in, from 1; None for a file of one text.
    """
    if len(data) > MAX_RECORD_BYTES:
        return context.error(
            f"the text is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read of one article", record
        )
    try:
        text = text_of(data, context, record=record)
    except ValueError as error:
        return context.error(str(error), record)
    head = take_head(text, context)
    found, notes = _fields(_lines(head.text))
    fields = with_head(found, head)
    if not (fields["title"] or fields["body"] or fields["summary"]):
        return context.error("there is no text" if text.strip() else "the file is empty", record)
    result = assemble({**fields, "url": url or fields.get("url", "")}, context, record)
    if isinstance(result, Article):
        context.notes.extend(Note(context.name, record, *note) for note in notes)
    return result


def _lines(text: str) -> list[tuple[str, int]]:
    """Lines without outer space, each with the number of its block; empty lines and rules ("___") part blocks."""
    lines: list[tuple[str, int]] = []
    block, is_between = 0, False
    for printed in _INVISIBLE.sub("", text).splitlines():
        line = " ".join(printed.split())
        if _ALNUM.search(line):
            block += is_between
            lines.append((line, block))
            is_between = False
        else:
            if line in _DASHES:
                _join_dateline(lines, line)
            is_between = True
    return _with_joined_datelines(lines)


def _join_dateline(lines: list[tuple[str, int]], dash: str) -> None:
    """Make one line of a dateline that a site sets in three: place, house, dash."""
    if len(lines) < 2:
        return
    (place, block), (house, _) = lines[-2:]
    if len(place) <= _MAX_PLACE_CHARS and _PLACE.fullmatch(place) and _LOUD_NAME.fullmatch(house):
        lines[-2:] = [(f"{place} ({house}) {dash}", block)]


def _with_joined_datelines(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The lines, where each dateline that stands alone begins the line behind it."""
    joined: list[tuple[str, int]] = []
    for line, block in lines:
        before = joined[-1][0] if joined else ""
        if before.endswith(_SET_IN_THREE) and len(before) <= _MAX_DATELINE_CHARS:
            joined[-1] = (f"{before} {line}", block)
        else:
            joined.append((line, block))
    return joined


def _fields(lines: list[tuple[str, int]]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """The fields of the article as they are printed on the page, and what there is to say about them."""
    head = judged(lines[:MAX_HEAD_LINES])
    reading = best_reading(head)
    parts = head_parts(head, reading)
    foot = read_foot(
        _paragraphs(lines[reading.text :]),
        title=parts.title,
        authors=parts.authors,
        is_page=any(line.kind in (Kind.DATES, Kind.BYLINE, Kind.SHARE, Kind.BREADCRUMB) for line in head),
    )
    paragraphs = foot.paragraphs
    if not paragraphs and not parts.title and any(line.kind in _OF_TEXTS for line in head):
        # Nothing but what stands beside a text: it is the text.
        return {**_as_fields(HeadParts(), Foot(), [line for line, _ in lines])}, []
    if not paragraphs and parts.standfirst:
        # The line between title and foot of a short page is its text.
        paragraphs, parts.standfirst = [parts.standfirst], ""
    _take_agency(parts, paragraphs)
    _take_dateline(parts, paragraphs)
    return _as_fields(parts, foot, paragraphs), parts.notes()


def _as_fields(parts: HeadParts, foot: Foot, paragraphs: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": parts.title,
        "summary": parts.standfirst,
        "body": "\n\n".join(paragraphs),
        "section": parts.section_among(list(foot.tags)) or foot.section,
        "authors": list(dict.fromkeys(parts.authors or foot.authors)),
        "agency": parts.agency or foot.agency,
        "byline": Byline(left_out=tuple(parts.byline_left_out)),
        "place": parts.place,
        "published": parts.published or parts.updated,
        "updated": parts.updated,
        "tags": list(dict.fromkeys([*parts.tags, *foot.tags])),
    }
    if parts.left_out:
        fields["extra"] = {"head": "\n".join(parts.left_out)[:_MAX_HEAD_CHARS]}
    return fields


def _take_agency(parts: HeadParts, paragraphs: list[str]) -> None:
    """Take the agency off the end; it may stand on a line of its own behind one that ends with it too."""
    while paragraphs and (found := closing_agency(paragraphs[-1])):
        agency, rest = found
        parts.agency = parts.agency or agency
        if rest:
            paragraphs[-1] = rest
            break
        if len(paragraphs) == 1 and not parts.title:
            break
        paragraphs.pop()
    if paragraphs:
        paragraphs[-1] = without_end_mark(paragraphs[-1])


def _take_dateline(parts: HeadParts, paragraphs: list[str]) -> None:
    # "(ANSA) - ROMA, 09 GIU - …": the agency may stand before the rest of the dateline.
    for _ in range(2 if paragraphs else 0):
        if found := leading_dateline(paragraphs[0]) or _set_in_three(paragraphs[0]):
            parts.place = found.place or parts.place
            parts.agency = found.agency or parts.agency
            parts.published = parts.published or found.published
            paragraphs[0] = found.rest
        if not found or found.place:
            return


def _set_in_three(paragraph: str) -> Dateline | None:
    """The dateline that `_join_dateline` made; None where there is none."""
    match = _JOINED.match(paragraph)
    return Dateline(match["place"], match["house"], "", paragraph[match.end() :]) if match else None


def _paragraphs(lines: list[tuple[str, int]]) -> list[str]:
    """Lines → paragraphs: lines broken at a width are one paragraph, longer ones are one each."""
    longest = max((len(line) for line, _ in lines), default=0)
    if longest > _MAX_WRAPPED_CHARS:
        return [line for line, _ in lines]
    blocks: dict[int, list[str]] = {}
    for line, block in lines:
        blocks.setdefault(block, []).append(line)
    if not _are_wrapped(list(blocks.values())[:_MAX_BLOCKS_JUDGED]):
        return [line for line, _ in lines]
    return [paragraph for block in blocks.values() for paragraph in _rejoined(block)]


def _are_wrapped(blocks: list[list[str]]) -> bool:
    """Whether a program broke the lines at a width: then most of the blocks that end as a sentence does are such."""
    of_sentences = [block for block in blocks if len(block) > 1 and has_end(block[-1])]
    return sum(map(_is_wrapped, of_sentences)) * 2 > len(of_sentences)


def _is_wrapped(block: list[str]) -> bool:
    lines = block[:_MAX_LINES_JUDGED]
    width = max(map(len, lines))
    broken = [
        following[:1].islower() or (len(line) > 0.7 * width and width >= _MIN_WRAPPED_CHARS and not has_end(line))
        for line, following in itertools.pairwise(lines)
    ]
    return sum(broken) * 2 > len(broken) or any(line[:1].islower() for line in lines[1:2])


def _rejoined(block: list[str]) -> list[str]:
    """The block as one paragraph, but for lines that say something on their own."""
    paragraphs: list[str] = []
    held: list[str] = []
    for line in block:
        if is_furniture(line) or is_agency_line(line):
            paragraphs += ["\n".join(held), line]
            held = []
        else:
            held.append(line)
    paragraphs.append("\n".join(held))
    return [paragraph for paragraph in paragraphs if paragraph]
