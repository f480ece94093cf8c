"""The text of a copied page below its head → its paragraphs, without what the page puts between and below them.

Only whole lines are dropped, never words of a sentence. Between paragraphs stand lists of other articles, pleas and
captions. Below the last of them stand tags, the agency, the author once more, and comments of readers: where one line
there is known for that, the short lines beside it are dropped with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from searchlib.analysis.sentences import has_end
from searchlib.sources.agencies import agencies_in, closing_agency
from searchlib.sources.bylines import recognise_byline
from searchlib.sources.furniture import TEASER_HEADING, is_furniture
from searchlib.sources.head_words import CLOSING, COMMENTS, RELATED, SOURCE_LABELS, TAG_HEADINGS, one_of
from searchlib.sources.page_dates import dates_line
from searchlib.sources.page_lines import is_generic
from searchlib.sources.page_kinds import is_aside, is_caption, is_tag_heading, share_bars, word_count

__all__ = ["Foot", "is_agency_line", "read_foot", "without_end_mark"]

_TAGS: Final = rf"(?:posted in (?P<section>.{{1,40}}?) and )?(?:{one_of(TAG_HEADINGS)})(?:\s*[:：]\s*|(?<=tagged)\s)(?P<tags>.+)"
_HASH_TAG: Final = re.compile(r"#[^\s#]+(?:\s#[^\s#]+)*")
_SOURCE: Final = rf"\W*(?:(?:{SOURCE_LABELS})\s*[:：]|©)\s*(?P<names>.{{1,80}})"
_LIST_START: Final = re.compile(r"list (?:of \d+ items?|\d+ of \d+)", re.IGNORECASE)
_LIST_END: Final = re.compile(r"end of list", re.IGNORECASE)
# What is read out in place of a picture; its caption is the next line.
_PICTURE: Final = re.compile(r"(?:image|media|video|photo) (?:caption|source)\W*", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\S+@\S+\.\w+")
_ABOUT: Final = re.compile(
    r"\b(?:is an?|writes|covers|reports|has (?:covered|written)|joined|can be reached|more about|reporter|correspondent)\b"
)
# How wire copy says that it ends.
_END_MARK: Final = re.compile(r"(?<=[.!?”\"])\s+(?:Enditem|ENDS|\(ends\)|-?30-?)$")
# Headlines end with these too; quoted, they are the end of a sentence.
_HEADLINE_ENDS: Final = ("?", "!", "…")
# What ends a list of other articles in the middle of the text.
_MIN_PROSE_WORDS: Final = 4
_MAX_TAG_WORDS: Final = 4
# A paragraph of the text, though it ends with no full stop.
_MANY_WORDS: Final = 25
# So many characters of a script without spaces are as long as the least words of prose.
_MIN_UNSPACED_CHARS: Final = 12
_MAX_LINE_CHARS: Final = 400
_MAX_KNOWN: Final = 10_000


@dataclass
class Foot:
    """What stands below the head of a page.

    Attributes:
        paragraphs: The article's own.
        tags: What it is filed under.
        section: Where the foot says it.
        agency: The one that a line names as the source.
        authors: Whoever signs below the text.
    """

    paragraphs: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    section: str = ""
    agency: str = ""
    authors: list[str] = field(default_factory=list)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where a page is first read.
    return re.compile(pattern, re.IGNORECASE)


def read_foot(paragraphs: list[str], *, title: str, authors: list[str], is_page: bool) -> Foot:
    """Read what stands below the head.

    Args:
        paragraphs: Lines, or lines that a program broke, joined again.
        title: The headline, which some pages repeat.
        authors: Whom the head names: one of them alone on a line ends the text.
        is_page: Whether the head is one of a page: then the last line may be the author's name.
    """
    walk = _Walk(title, authors, is_page=is_page)
    for paragraph, is_bar in zip(paragraphs, share_bars(paragraphs), strict=True):
        walk.take(paragraph, is_bar=is_bar)
        if walk.is_over:
            break
    return walk.foot()


class _Walk:
    """Goes through the paragraphs from the top, with what is known of the list that it is in."""

    def __init__(self, title: str, authors: list[str], *, is_page: bool) -> None:
        self._title, self._authors, self._is_page = title, {name.casefold(): name for name in authors}, is_page
        self._foot = Foot()
        self._kept: list[str] = []
        # Number of paragraphs up to the last sentence; what stands behind it is dropped where a mark follows.
        self._last_sentence = 0
        self._has_mark = False
        self._list = ""
        self._is_below_picture = False
        self._known: dict[str, bool] = {}
        self.is_over = False

    def take(self, paragraph: str, *, is_bar: bool) -> None:
        """Keep the paragraph, or what it says, or drop it."""
        text = paragraph if len(paragraph) <= _MAX_LINE_CHARS else ""
        if text and is_agency_line(text):
            self._kept.append(paragraph)
            self._has_mark = True
        elif text and (self._takes_tags(text) or self._takes_list(text) or self._takes_mark(text)):
            return
        elif is_bar or (text and self._is_dropped(text)):
            self._has_mark = self._has_mark or is_bar
            self._is_below_picture = bool(_PICTURE.fullmatch(text))
        elif (self._is_below_picture and not has_end(paragraph)) or (self._list and not _is_prose(paragraph)):
            self._is_below_picture = False
        else:
            self._keep(paragraph)

    def _keep(self, paragraph: str) -> None:
        self._list, self._is_below_picture = "", False
        self._kept.append(paragraph)
        if has_end(without_end_mark(paragraph)) or closing_agency(paragraph) or word_count(paragraph[:1000]) > _MANY_WORDS:
            self._last_sentence, self._has_mark = len(self._kept), False

    def _takes_list(self, text: str) -> bool:
        """Whether the line begins, ends or belongs to a list of which every line is known to be none of the text."""
        if _LIST_START.fullmatch(text):
            self._list = "items"
            return True
        if self._list == "items":
            if _LIST_END.fullmatch(text):
                self._list = ""
                return True
            return not _is_prose(text)
        if self._kept and self._matches(COMMENTS, text) and self._last_sentence:
            # What readers write looks like prose.
            self._list, self._has_mark = "other", True
            self.is_over = bool(re.match(r"\d", text))
            return True
        if TEASER_HEADING.fullmatch(text) or self._matches(RELATED, text, around=r"\W*"):
            self._list, self._has_mark = "other", True
            return True
        return False

    def _takes_tags(self, text: str) -> bool:
        if match := _compiled(_TAGS).fullmatch(text):
            self._foot.section = self._foot.section or match["section"] or ""
            self._add_tags(re.split(r"\s*[,;|#•·،、]\s*", match["tags"].rstrip(".")))
        elif _HASH_TAG.fullmatch(text):
            self._add_tags(text.replace("#", "").split())
        elif is_tag_heading(text) and self._kept:
            self._list = "tags"
        elif self._list == "tags" and word_count(text) <= _MAX_TAG_WORDS and not has_end(text) and not self._ends_tags(text):
            self._add_tags([text])
        else:
            return False
        self._has_mark = True
        return True

    def _ends_tags(self, text: str) -> bool:
        is_over = is_furniture(text) or any(self._matches(table, text, around=r"\W*") for table in (CLOSING, COMMENTS, RELATED))
        if is_over or is_generic(text):
            self._list = "other"
            return True
        return False

    def _add_tags(self, tags: list[str]) -> None:
        self._foot.tags += [tag for tag in tags if tag and tag not in self._foot.tags]

    def _takes_mark(self, text: str) -> bool:
        """Whether the line is one by which a page ends its text: the author again, the source, a credit."""
        if (name := text.casefold()) in self._authors and self._last_sentence:
            self._list, self._has_mark = "other", True
            return True
        about = next((known for known in self._authors if name.startswith(known)), None)
        is_bio = about is not None and _ABOUT.search(text)
        if about is None and self._list == "other" and not self._has_room_for(text):
            is_bio = True
        if is_bio or self._matches(CLOSING, text, around=r"\W*") or _ADDRESS.fullmatch(text):
            self._has_mark = True
            return True
        match = _compiled(_SOURCE).fullmatch(text) if len(text) < 100 and not has_end(text) else None
        if match and self._last_sentence and not is_agency_line(text):
            self._foot.agency = self._foot.agency or agencies_in(match["names"])
            self._has_mark = True
            return True
        return False

    def _has_room_for(self, text: str) -> bool:
        """Whether a sentence in a list may be the text that goes on: it is none of those on an author."""
        last_names = {name.split()[-1] for name in self._authors} | {name.split()[0] for name in self._authors}
        words = text.casefold().split()
        return not (words and words[0] in last_names and _ABOUT.search(text))

    def _is_dropped(self, text: str) -> bool:
        if (known := self._known.get(text)) is None:
            is_picture = self._is_page and not has_end(text) and is_caption(text)
            known = is_picture or is_furniture(text) or is_aside(text) or bool(_PICTURE.fullmatch(text))
            if len(self._known) < _MAX_KNOWN:
                self._known[text] = known
        return known or (text == self._title and len(self._kept) < 2)

    def _matches(self, table: dict[str, str], text: str, *, around: str = "") -> bool:
        return bool(_compiled(rf"{around}(?:{one_of(table)}){around}[:：]?").fullmatch(text))

    def foot(self) -> Foot:
        """What was found."""
        kept, last = self._kept, self._last_sentence
        behind = kept[last:]
        if self._is_page and last and not self._authors and (name := _signature(behind)):
            self._foot.authors = name
            kept, behind = kept[:last], []
        if self._has_mark and self._is_page and last:
            agencies = [line for line in behind if is_agency_line(line)]
            kept = kept[:last] + agencies
        while kept and self._is_page and last and len(kept) > last and dates_line(kept[-1]):
            kept = kept[:-1]
        self._foot.paragraphs = kept
        return self._foot


def _signature(lines: list[str]) -> list[str]:
    """Who signs below the text; [] where nobody does."""
    for line in lines[:2]:
        if word_count(line) <= 4 and (found := recognise_byline(line, is_name_enough=True)) and found.authors:
            return list(found.authors)
    return []


def without_end_mark(paragraph: str) -> str:
    """The paragraph without what wire copy ends with."""
    return _END_MARK.sub("", paragraph)


def is_agency_line(paragraph: str) -> bool:
    """Whether the line names an agency and says nothing else."""
    found = closing_agency(paragraph)
    return found is not None and not found[1]


def _is_prose(paragraph: str) -> bool:
    # Headlines of other articles do not end with a full stop; what does is kept, for a teaser too many does less
    # harm than a sentence of the article lost.
    is_long = len(paragraph.split()) >= _MIN_PROSE_WORDS or (
        not paragraph.isascii() and len(paragraph) >= _MIN_UNSPACED_CHARS
    )
    return is_long and has_end(paragraph) and not paragraph.endswith(_HEADLINE_ENDS)
