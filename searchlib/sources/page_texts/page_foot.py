"""The text of a copied page below its head → its paragraphs, without what the page puts between and below them.

Only whole lines are dropped, never words of a sentence. Between paragraphs stand lists of other articles, pleas and
captions. Below the last of them stand tags, the agency, the author once more, and comments of readers: where one line
there is known for that, the short lines beside it are dropped with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from searchlib.analysis.sentences import has_end
from searchlib.sources.page_texts.page_dates import dates_line
from searchlib.sources.page_texts.page_kinds import share_bars, word_count
from searchlib.sources.page_texts.page_lines import is_generic
from searchlib.sources.page_texts.page_marks import Mark, hash_tags, is_agency_line, mark_of, source_named, tags_of
from searchlib.sources.people.agencies import agencies_in, closing_agency
from searchlib.sources.people.bylines import recognise_byline

__all__ = ["Foot", "read_foot", "without_end_mark"]

# What is said of an author below the text.
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
_MAX_SIGNATURE_WORDS: Final = 4
_MIN_WHOLE_CHARS: Final = 20
_MAX_KNOWN: Final = 10_000
_MAX_KNOWN_CHARS: Final = 100


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
    tags: dict[str, None] = field(default_factory=dict)
    section: str = ""
    agency: str = ""
    authors: list[str] = field(default_factory=list)


def read_foot(paragraphs: list[str], *, title: str, authors: list[str], is_page: bool) -> Foot:
    """Read what stands below the head.

    Args:
        paragraphs: Lines, or lines that a program broke, joined again.
        title: The headline, which some pages repeat.
        authors: Whom the head names: one of them alone on a line ends the text.
        is_page: Whether the head is one of a page: then captions are dropped, and the last line may be a signature.
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
        self._title, self._is_page = title, is_page
        self._authors = tuple(name.casefold() for name in authors if name)
        self._first_and_last = {word for name in self._authors for word in (name.split()[0], name.split()[-1])}
        self._foot = Foot()
        self._kept: list[str] = []
        # Number of paragraphs up to the last sentence; what stands behind it is dropped where a mark follows.
        self._last_sentence = 0
        self._has_mark = False
        # Which list the line may be in: "items" of a page that reads lists out, "tags", or "other" articles.
        self._list = ""
        self._is_below_picture = False
        self._known: dict[str, tuple[bool, Mark]] = {}
        self.is_over = False

    def take(self, paragraph: str, *, is_bar: bool) -> None:
        """Keep the paragraph, or what it says, or drop it."""
        is_sentence, mark = self._marked(paragraph)
        is_apart = self._list or self._is_below_picture or self._authors or paragraph == self._title
        if mark is Mark.TEXT and not is_bar and not is_apart:
            self._keep(paragraph, is_sentence=is_sentence)
        elif mark is Mark.AGENCY:
            self._kept.append(paragraph)
            self._has_mark = True
        elif self._takes_item(paragraph, mark) or self._takes_heading(paragraph, mark) or self._takes_author(paragraph):
            return
        elif is_bar or self._is_dropped(paragraph, mark):
            self._has_mark = self._has_mark or is_bar or mark is Mark.CLOSING
            self._is_below_picture = mark is Mark.PICTURE
        elif (self._is_below_picture and not is_sentence) or (self._list and not _is_prose(paragraph)):
            self._is_below_picture = False
        else:
            self._keep(paragraph, is_sentence=is_sentence)

    def _marked(self, paragraph: str) -> tuple[bool, Mark]:
        """Whether a paragraph ends as a sentence does, and its mark; lines of menus come again and again."""
        known = self._known.get(paragraph)
        if known is None:
            is_sentence = has_end(paragraph)
            known = is_sentence, mark_of(paragraph, is_sentence=is_sentence)
            if len(paragraph) <= _MAX_KNOWN_CHARS and len(self._known) < _MAX_KNOWN:
                self._known[paragraph] = known
        return known

    def _keep(self, paragraph: str, *, is_sentence: bool) -> None:
        self._list, self._is_below_picture = "", False
        self._kept.append(paragraph)
        if is_sentence or (len(paragraph) > _MIN_WHOLE_CHARS and _is_whole(paragraph)):
            self._last_sentence, self._has_mark = len(self._kept), False

    def _takes_item(self, text: str, mark: Mark) -> bool:
        """Whether the line belongs to the list that it stands in."""
        if self._list == "items":
            if mark is Mark.LIST_END:
                self._list = ""
            return mark is Mark.LIST_END or not _is_prose(text)
        if self._list == "tags":
            if mark is Mark.TEXT and word_count(text) <= _MAX_TAG_WORDS and not is_generic(text) and not has_end(text):
                self._foot.tags[text] = None
                return True
            self._list = "other" if mark is not Mark.TAG_HEADING else "tags"
        return False

    def _takes_heading(self, text: str, mark: Mark) -> bool:
        """Whether the line heads a list, or is one of tags."""
        if mark is Mark.TAGS:
            section, tags = tags_of(text)
            self._foot.section = self._foot.section or section
            self._foot.tags.update(dict.fromkeys(tags))
        elif mark is Mark.HASH_TAGS:
            self._foot.tags.update(dict.fromkeys(hash_tags(text)))
        elif mark is Mark.TAG_HEADING and self._kept:
            self._list = "tags"
        elif mark is Mark.LIST_START:
            self._list = "items"
            return True
        elif mark is Mark.RELATED:
            self._list = "other"
        elif mark is Mark.COMMENTS and self._is_page and self._last_sentence:
            self._list = "other"
            # What readers write looks like the text.
            self.is_over = text[0].isdigit()
        elif mark is Mark.SOURCE and self._last_sentence:
            self._foot.agency = self._foot.agency or agencies_in(source_named(text) or "")
        else:
            return False
        self._has_mark = True
        return True

    def _takes_author(self, text: str) -> bool:
        """Whether the line is the author's name once more, or a sentence on who that is."""
        if not self._authors or not self._last_sentence or len(text) > _MAX_KNOWN_CHARS * 4:
            return False
        folded = text.casefold()
        if folded in self._authors:
            self._list, self._has_mark = "other", True
            return True
        begins_with_name = folded.startswith(self._authors) or (
            self._list == "other" and folded.partition(" ")[0] in self._first_and_last
        )
        if begins_with_name and _ABOUT.search(text):
            self._has_mark = True
            return True
        return False

    def _is_dropped(self, text: str, mark: Mark) -> bool:
        if mark is Mark.CAPTION:
            return self._is_page
        if mark in (Mark.CLOSING, Mark.FURNITURE, Mark.PICTURE):
            return True
        return text == self._title and len(self._kept) < 2

    def foot(self) -> Foot:
        """What was found."""
        kept, last = self._kept, self._last_sentence
        if self._is_page and last:
            behind = kept[last:]
            agencies = [line for line in behind if is_agency_line(line)]
            if not self._authors and (name := _signature(behind)):
                self._foot.authors = name
                kept = kept[:last] + agencies
            elif self._has_mark:
                kept = kept[:last] + agencies
            while len(kept) > last and dates_line(kept[-1]):
                kept = kept[:-1]
        self._foot.paragraphs = kept
        return self._foot


def _signature(lines: list[str]) -> list[str]:
    """Who signs below the text; [] where nobody does."""
    for line in lines[:2]:
        found = recognise_byline(line, is_name_enough=True) if word_count(line) <= _MAX_SIGNATURE_WORDS else None
        if found is not None and found.authors:
            return list(found.authors)
    return []


def _is_whole(paragraph: str) -> bool:
    """Whether a paragraph is one of the text though it does not end as a sentence does."""
    is_long = word_count(paragraph[:1000]) > _MANY_WORDS
    return is_long or closing_agency(paragraph) is not None or has_end(without_end_mark(paragraph))


def without_end_mark(paragraph: str) -> str:
    """The paragraph without what wire copy ends with."""
    return _END_MARK.sub("", paragraph)


def _is_prose(paragraph: str) -> bool:
    # Headlines of other articles do not end with a full stop; what does is kept, for a teaser too many does less
    # harm than a sentence of the article lost.
    is_long = len(paragraph.split()) >= _MIN_PROSE_WORDS or (
        not paragraph.isascii() and len(paragraph) >= _MIN_UNSPACED_CHARS
    )
    return is_long and has_end(paragraph) and not paragraph.endswith(_HEADLINE_ENDS)
