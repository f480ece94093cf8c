"""A page as copied from a news site, or any other plain text → one article.

A copied page begins with a head (breadcrumb, headline, the headline again, a standfirst,
who wrote it, when, share buttons), goes on with the text, and ends with a foot (the
agency, other articles, pleas, rights). Head and foot are taken apart line by line:

- The title is the first line of the head that says nothing else. Where the first line does
  not look like a headline (it ends as a sentence does, or is long), there is none: a letter
  or a bare paragraph gets no invented title.
- A section is taken from a breadcrumb only, a standfirst from between title and dates only.
- A date that stands alone, without a label, is that of publication. Where the page says
  only when it was updated, that is taken for the publication too.
- Inside the text, only whole lines are dropped ("Read more: …", "Advertisement"), never
  words of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from searchlib.analysis.sentences import has_end
from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.agencies import closing_agency
from searchlib.sources.assembly import assemble
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.bylines import Byline, recognise_byline
from searchlib.sources.datelines import leading_dateline
from searchlib.sources.decoding import text_of
from searchlib.sources.furniture import TEASER_HEADING, is_furniture, is_share_bar
from searchlib.sources.page_lines import Dates, breadcrumb, dates_line

__all__ = ["article_from_text", "read"]

# How many lines from the top the head can take, and how long a headline can be.
_MAX_HEAD_LINES: Final = 30
_MAX_TITLE_CHARS: Final = 250
_MAX_STANDFIRST_CHARS: Final = 400
# The longest line of a text whose lines were broken by a program; longer ones are paragraphs.
_MAX_WRAPPED_CHARS: Final = 120
# What ends a list of other articles in the middle of the text.
_MIN_PROSE_WORDS: Final = 4

_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
_SENTENCE_END: Final = re.compile(r"(?:[.,;:…]|[.!?][”\"’'»)])$")
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|No|vs|St|etc)\.|\.\.\.|…)$")
_TAGS: Final = re.compile(
    r"(?:tags?|topics?|keywords?|filed under|themen|schlagw[oö]rter|etiquetas|temas|mots-clés)\s*:\s*(?P<tags>.+)",
    re.IGNORECASE,
)
# How wire copy says that it ends.
_END_MARK: Final = re.compile(r"(?<=[.!?”\"])\s+(?:Enditem|ENDS|\(ends\)|-?30-?)$")
# Headlines end with these too; quoted, they are the end of a sentence.
_HEADLINE_ENDS: Final = ("?", "!", "…")
# In every script, what asks or exclaims, quoted or not: headlines do both.
_HEADLINE_MARKS: Final = tuple("?!？！؟՞՜፧…”\"’'»)]」』）")
# So many characters of a script without spaces are as long as the least words of prose.
_MIN_UNSPACED_CHARS: Final = 12


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that the stream holds, or why it holds none."""
    yield article_from_text(stream.read(MAX_RECORD_BYTES + 1), context)


def article_from_text(
    data: bytes, context: Context, *, url: str = "", record: int | None = None
) -> Article | SourceError:
    """The article that a text is, or why it is none.

    Args:
        data: The text.
        context: What is read.
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
    fields = _Page(_blocks(text)).fields()
    if not (fields["title"] or fields["body"] or fields["summary"]):
        return context.error("there is no text" if text.strip() else "the file is empty", record)
    return assemble({**fields, "url": url}, context, record)


def _blocks(text: str) -> list[list[str]]:
    """Lines without outer space, in the groups that empty lines and rules ("___") make of them."""
    blocks: list[list[str]] = [[]]
    for line in _INVISIBLE.sub("", text).splitlines():
        stripped = " ".join(line.split())
        if any(char.isalnum() for char in stripped):
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


@dataclass
class _Page:
    """What is found while the head is read; the blocks that are left are text and foot."""

    blocks: list[list[str]]
    title: str = ""
    section: str = ""
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    agency: str = ""
    left_out: list[str] = field(default_factory=list)
    place: str = ""
    published: str = ""
    updated: str = ""
    tags: list[str] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """The fields of the article, as they are printed on the page."""
        self._take_head()
        paragraphs = self._take_foot(_paragraphs(self.blocks))
        if not paragraphs and self.standfirst:
            # The line between title and foot of a short page is its text.
            paragraphs, self.standfirst = [self.standfirst], ""
        self._take_agency(paragraphs)
        self._take_dateline(paragraphs)
        return {
            "title": self.title,
            "summary": self.standfirst,
            "body": "\n\n".join(paragraphs),
            "section": self.section,
            "authors": list(dict.fromkeys(self.authors)),
            "agency": self.agency,
            "byline": Byline(left_out=tuple(self.left_out)),
            "place": self.place,
            "published": self.published or self.updated,
            "updated": self.updated,
            "tags": self.tags,
        }

    def _take_head(self) -> None:
        """Read lines off the top until one is the article's text."""
        lines = [line for block in self.blocks[:_MAX_HEAD_LINES] for line in block][:_MAX_HEAD_LINES]
        bars = _share_bars(lines)
        last_meta = self._last_meta_line(lines, bars)
        taken = 0
        for number in range(len(lines)):
            if not (bars[number] or self._take_head_line(lines, number, last_meta)):
                break
            taken = number + 1
        self._drop_lines(taken)

    def _last_meta_line(self, lines: list[str], bars: list[bool]) -> int:
        """Number of the line that ends the head: the last of those that only a head has; -1 where there is none."""
        last = -1
        others: set[str] = set()
        for number, line in enumerate(lines):
            if bars[number] or self._is_meta(lines, number):
                last = number
                continue
            others.add(line)
            # Below a headline and a standfirst, whatever looks like a date belongs to the text.
            if len(others) > 2 or len(line) > _MAX_STANDFIRST_CHARS:
                break
        return last

    def _is_meta(self, lines: list[str], number: int) -> bool:
        return bool(
            dates_line(lines[number])
            or (number and recognise_byline(lines[number]) is not None)
            or self._section_of(lines, number) is not None
        )

    def _section_of(self, lines: list[str], number: int) -> str | None:
        is_first = number == 0 and len(lines) > 1 and _looks_like_title(lines[1], self.blocks)
        others = [line for line in lines[number + 1 : number + 6] if line != lines[number]]
        return breadcrumb(lines[number], others, is_first=is_first)

    def _take_head_line(self, lines: list[str], number: int, last_meta: int) -> bool:
        """Whether the line belongs to the head; what it says is kept."""
        line = lines[number]
        if line == self.title:
            return True
        if (dates := dates_line(line)) is not None:
            self._keep_dates(dates)
            return True
        if number < last_meta and is_furniture(line):
            return True
        is_title = not self.title and _looks_like_title(line, self.blocks)
        if leading_dateline(line) and not is_title:
            return False
        section = self._section_of(lines, number)
        if section is not None and not self.section:
            self.section = section
            return True
        is_beside_dates = any(dates_line(near) for near in _neighbours(lines, number))
        found = recognise_byline(line, is_name_enough=is_beside_dates)
        if self.title and found is not None:
            self._keep_byline(found)
            return True
        if is_title:
            self.title = line
            return True
        if self.title and number < last_meta and not self.standfirst:
            self.standfirst = line
            return True
        return False

    def _keep_dates(self, dates: Dates) -> None:
        self.published = self.published or dates.published
        self.updated = self.updated or dates.updated
        if not dates.lead:
            return
        if (found := recognise_byline(dates.lead, is_name_enough=True)) is not None:
            self._keep_byline(found)
        elif found_agency := closing_agency(dates.lead):
            self.agency = self.agency or found_agency[0]

    def _keep_byline(self, byline: Byline) -> None:
        self.authors += byline.authors
        self.agency = self.agency or byline.agency
        self.left_out += byline.left_out

    def _drop_lines(self, count: int) -> None:
        while count and self.blocks:
            if len(self.blocks[0]) > count:
                self.blocks[0] = self.blocks[0][count:]
                return
            count -= len(self.blocks.pop(0))

    def _take_foot(self, paragraphs: list[str]) -> list[str]:
        """The paragraphs that are the article's; tags are kept, the rest of the page is dropped."""
        kept: list[str] = []
        is_in_list = False
        for paragraph, is_bar in zip(paragraphs, _share_bars(paragraphs), strict=True):
            if TEASER_HEADING.fullmatch(paragraph):
                is_in_list = True
            elif match := _TAGS.fullmatch(paragraph):
                self.tags += [tag for tag in re.split(r"\s*[,;|#•·]\s*", match["tags"]) if tag]
            elif _is_agency_line(paragraph):
                kept.append(paragraph)
            elif is_bar or is_furniture(paragraph) or (paragraph == self.title and len(kept) < 2):
                continue
            elif not is_in_list or _is_prose(paragraph):
                is_in_list = False
                kept.append(paragraph)
        return kept

    def _take_agency(self, paragraphs: list[str]) -> None:
        """Take the agency off the end; it may stand on a line of its own behind one that ends with it too."""
        while paragraphs and (found := closing_agency(paragraphs[-1])):
            agency, rest = found
            self.agency = self.agency or agency
            if rest:
                paragraphs[-1] = rest
                break
            if len(paragraphs) == 1 and not self.title:
                break
            paragraphs.pop()
        if paragraphs:
            paragraphs[-1] = _END_MARK.sub("", paragraphs[-1])

    def _take_dateline(self, paragraphs: list[str]) -> None:
        if paragraphs and (found := leading_dateline(paragraphs[0])):
            self.place = found.place
            self.agency = found.agency or self.agency
            self.published = self.published or found.published
            paragraphs[0] = found.rest


def _share_bars(lines: list[str]) -> list[bool]:
    """Which lines are share bars, those among them that name but one button included."""
    bars = [is_share_bar(line) for line in lines]
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        is_beside = False
        for number in order:
            is_beside = bars[number] = bars[number] or (is_beside and is_share_bar(lines[number], beside_another=True))
    return bars


def _neighbours(lines: list[str], number: int) -> list[str]:
    return lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]


def _looks_like_title(line: str, blocks: list[list[str]]) -> bool:
    if len(line) > _MAX_TITLE_CHARS or not any(char.isalpha() for char in line):
        return False
    is_ended = _SENTENCE_END.search(line) or (has_end(line) and not line.endswith(_HEADLINE_MARKS))
    if is_ended and not _ABBREVIATION.search(line):
        return False
    # The first of several lines that a program has broken is no headline.
    block = next((block for block in blocks if line in block), [line])
    following = block[block.index(line) + 1 :]
    return not (following and following[0][:1].islower())


def _paragraphs(blocks: list[list[str]]) -> list[str]:
    """Blocks → paragraphs: lines broken at a width are one paragraph, longer ones are one each."""
    longest = max((len(line) for block in blocks for line in block), default=0)
    if longest > _MAX_WRAPPED_CHARS:
        return [line for block in blocks for line in block]
    return [paragraph for block in blocks for paragraph in _rejoined(block)]


def _rejoined(block: list[str]) -> list[str]:
    """The block as one paragraph, but for lines that say something on their own."""
    paragraphs: list[str] = []
    held: list[str] = []
    for line in block:
        if is_furniture(line) or _is_agency_line(line):
            paragraphs += ["\n".join(held), line]
            held = []
        else:
            held.append(line)
    paragraphs.append("\n".join(held))
    return [paragraph for paragraph in paragraphs if paragraph]


def _is_agency_line(paragraph: str) -> bool:
    found = closing_agency(paragraph)
    return found is not None and not found[1]


def _is_prose(paragraph: str) -> bool:
    # Headlines of other articles do not end with a full stop; what does is kept, for a teaser too many does less
    # harm than a sentence of the article lost.
    is_long = len(paragraph.split()) >= _MIN_PROSE_WORDS or (
        not paragraph.isascii() and len(paragraph) >= _MIN_UNSPACED_CHARS
    )
    return is_long and has_end(paragraph) and not paragraph.endswith(_HEADLINE_ENDS)
