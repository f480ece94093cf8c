"""What a line below the head of a copied page is, by its words alone: a heading of a list, a credit, furniture, or text.

`page_foot` knows where in the text the line stands, and decides.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import Final

from searchlib.sources.page_texts.head_words import (
    CLOSING,
    CLOSING_INSIDE,
    COMMENTS,
    RELATED,
    SOURCE_LABELS,
    TAG_HEADINGS,
    one_of,
)
from searchlib.sources.page_texts.page_asides import is_aside, is_caption
from searchlib.sources.page_texts.page_kinds import is_tag_heading
from searchlib.sources.people.agencies import closing_agency
from searchlib.sources.web_pages.furniture import TEASER_HEADING, is_furniture

__all__ = ["Mark", "hash_tags", "is_agency_line", "mark_of", "source_named", "tags_of"]


class Mark(Enum):
    """What a line is."""

    TEXT = auto()
    AGENCY = auto()
    #: "Tags: bridges, grain"; "#bridges #grain"; and a heading with the tags below it.
    TAGS = auto()
    HASH_TAGS = auto()
    TAG_HEADING = auto()
    #: The lists of other articles that some pages read out: "list 1 of 3" … "end of list".
    LIST_START = auto()
    LIST_END = auto()
    RELATED = auto()
    COMMENTS = auto()
    #: By which a house ends its text.
    CLOSING = auto()
    SOURCE = auto()
    #: What is read out in place of a picture; its caption is the next line.
    PICTURE = auto()
    CAPTION = auto()
    FURNITURE = auto()


_TAGS: Final = (
    rf"(?:posted in (?P<section>.{{1,40}}?) and )?(?:{one_of(TAG_HEADINGS)})(?:\s*[:：]\s*|(?<=tagged)\s)(?P<tags>.+)"
)
_HASH_TAGS: Final = re.compile(r"#[^\s#]+(?:\s#[^\s#]+)*")
_SOURCE: Final = rf"\W*(?:(?:{SOURCE_LABELS})\s*[:：]|©)\s*(?P<names>.{{1,80}})"
# The names of the groups are those of marks. Which is tried first does not matter but for headings.
_MARKS: Final = (
    rf"(?P<TAG_HEADING>(?:{one_of(TAG_HEADINGS)})\s*[:：]?)|(?P<COMMENTS>(?:{one_of(COMMENTS)})[:：]?)"
    rf"|\W*(?:(?P<RELATED>{one_of(RELATED)})|(?P<CLOSING>{one_of(CLOSING)}))\W*"
    r"|(?P<LIST_START>list (?:of \d+ items?|\d+ of \d+))|(?P<LIST_END>end of list)"
    r"|(?P<PICTURE>(?:image|media|video|photo) (?:caption|source)\W*)|(?P<ADDRESS>\S+@\S+\.\w+)"
)
_MAX_MARK_CHARS: Final = 100
_MAX_CHARS: Final = 400


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where a page is first read.
    return re.compile(pattern, re.IGNORECASE)


def mark_of(text: str, *, is_sentence: bool) -> Mark:
    """What the line is.

    Args:
        text: The line.
        is_sentence: Whether it ends as a sentence does: such a line, if it is long, heads no list.
    """
    if len(text) > _MAX_CHARS:
        return Mark.TEXT
    if is_agency_line(text):
        return Mark.AGENCY
    is_short = not is_sentence or len(text) <= _MAX_MARK_CHARS
    if is_short and text.startswith("#") and _HASH_TAGS.fullmatch(text):
        return Mark.HASH_TAGS
    if is_short and (":" in text or "：" in text or "tagged " in text) and _compiled(_TAGS).fullmatch(text):
        return Mark.TAGS
    if is_short and TEASER_HEADING.fullmatch(text) and not is_tag_heading(text):
        return Mark.RELATED
    if match := _compiled(_MARKS).fullmatch(text):
        return Mark.CLOSING if match.lastgroup == "ADDRESS" else Mark[match.lastgroup or "TEXT"]
    if _compiled(one_of(CLOSING_INSIDE)).search(text):
        return Mark.CLOSING
    if not is_sentence and source_named(text) is not None:
        return Mark.SOURCE
    if is_furniture(text) or is_aside(text):
        return Mark.FURNITURE
    return Mark.CAPTION if not is_sentence and is_caption(text) else Mark.TEXT


def is_agency_line(text: str) -> bool:
    """Whether the line names an agency and says nothing else."""
    found = closing_agency(text)
    return found is not None and not found[1]


def tags_of(text: str) -> tuple[str, list[str]]:
    """The section ("" for none) and the tags that a line of tags names."""
    match = _compiled(_TAGS).fullmatch(text)
    if match is None:
        return "", []
    return match["section"] or "", [tag for tag in re.split(r"\s*[,;|#•·،、]\s*", match["tags"].rstrip(".")) if tag]


def hash_tags(text: str) -> list[str]:
    """The tags of a line of hash tags."""
    return text.replace("#", " ").split()


def source_named(text: str) -> str | None:
    """What a line that says where a story is from names; None for any other line."""
    match = _compiled(_SOURCE).fullmatch(text) if len(text) <= _MAX_MARK_CHARS else None
    return match["names"] if match else None
