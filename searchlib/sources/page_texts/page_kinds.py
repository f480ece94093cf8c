"""What each line of the head of a copied page is, judged by itself and the lines beside it.

`page_head` weighs the kinds; what a line says is read where the head is known.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final

from searchlib.analysis.sentences import has_end
from searchlib.sources.page_texts.head_words import CLOSING, MENU, TAG_HEADINGS, one_of
from searchlib.sources.page_texts.page_asides import is_aside, is_caption, is_credited
from searchlib.sources.page_texts.page_dates import Dates, dates_line
from searchlib.sources.page_texts.page_lines import breadcrumb, is_generic, is_home, is_known_section
from searchlib.sources.people.agencies import closing_agency
from searchlib.sources.people.bylines import Byline, recognise_byline
from searchlib.sources.people.datelines import leading_dateline
from searchlib.sources.web_pages.furniture import TEASER_HEADING, is_furniture, is_share_bar

__all__ = ["Kind", "Line", "has_title_form", "is_tag_heading", "judged", "share_bars", "word_count"]


class Kind(Enum):
    """What a line is."""

    DATES = auto()
    BYLINE = auto()
    SHARE = auto()
    FURNITURE = auto()
    #: What heads other articles.
    RELATED = auto()
    BREADCRUMB = auto()
    SECTION = auto()
    CAPTION = auto()
    #: Reading times, "list 1 of 3", counts, prices, addresses: what only a page has between headline and text.
    ASIDE = auto()
    #: One or a few words that do not end as a sentence does.
    SHORT = auto()
    #: More words that do not end as a sentence does: a headline, a standfirst, a caption.
    PLAIN = auto()
    #: A short sentence.
    SENTENCE = auto()
    PROSE = auto()


@dataclass(slots=True)
class Line:
    """A line, and what is known of it.

    Attributes:
        text: The line.
        block: Number of the group of lines that it is in; empty lines part groups.
        kind: What it is.
        dates: What it says, where it is one of dates.
        byline: What it says, where it is a byline or may be one; a bare name may be.
        section: What it names, where it is a breadcrumb.
        has_dateline: Whether it begins with one.
        is_title: Whether it has the form of a headline.
        copies: How many lines of the head are the same, or have it in them.
        holds_title: Whether a line of the form of a headline is in it, with more before or behind.
    """

    text: str
    block: int
    kind: Kind
    dates: Dates | None = None
    byline: Byline | None = None
    section: str = ""
    has_dateline: bool = False
    is_title: bool = False
    copies: int = 1
    holds_title: bool = False


MAX_TITLE_CHARS: Final = 250
_MAX_META_CHARS: Final = 300
# A sentence that is longer is none of dates.
_MAX_DATES_CHARS: Final = 120
# Behind so many sentences no headline comes.
_MAX_PROSE_IN_A_ROW: Final = 4
_MAX_PROSE_LINES: Final = 8
_MAX_NAME_WORDS: Final = 12
_MAX_PARTICLES: Final = 3
_MAX_MENU_CHARS: Final = 100
_MAX_SHORT_WORDS: Final = 4
_MIN_PROSE_WORDS: Final = 14
_MIN_PROSE_CHARS: Final = 70
# So many characters of a script without spaces are as long as a word with one behind it.
_CHARS_OF_WORD: Final = 2.5
_ENDED: Final = re.compile(r"(?:[.,;:：，；…]|[.!?][”\"’'»)])$")
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|No|vs|St|etc)\.|\.\.\.|…)$")
# In every script, what asks or exclaims, quoted or not: headlines do both.
_HEADLINE_MARKS: Final = tuple("?!？！؟՞՜፧…”\"’'»)]」』）")
_ASKING: Final = tuple("?!？！؟՞՜፧")
_MAX_QUESTION_WORDS: Final = 25
# Boxes and bullets begin the entries of a list; addresses stand in the heads of letters.
_NO_TITLE: Final = re.compile(r".{0,80}\S@\S|[\u2022\u2023\u2043\u25a0-\u25ff\u2580-\u259f\u2600-\u26ff\u2700-\u27bf*]")
_MAX_CREDIT_CHARS: Final = 80
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where a page is first read.
    return re.compile(pattern, re.IGNORECASE)


def word_count(text: str) -> float:
    """How many words a line has; of scripts without spaces, how many it may have."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced / _CHARS_OF_WORD if unspaced else len(text.split())


def share_bars(lines: list[str]) -> list[bool]:
    """Which lines are share bars, those among them that name but one button included."""
    known = {line: is_share_bar(line) for line in set(lines)}
    bars = [known[line] for line in lines]
    if not any(bars):
        return bars
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        is_beside = False
        for number in order:
            is_beside = bars[number] = bars[number] or (is_beside and is_share_bar(lines[number], beside_another=True))
    return bars


def judged(lines: list[tuple[str, int]]) -> list[Line]:
    """The first lines of a page, each with its kind.

    Args:
        lines: Text and number of the block, in their order.
    """
    found = _up_to_text(lines)
    texts = [line.text for line in found]
    bars = share_bars(texts)
    counts = Counter(text.casefold() for text in texts)
    for number, line in enumerate(found):
        line.copies = counts[line.text.casefold()]
        _judge(line, texts, number, is_bar=bars[number])
    _count_longer_copies(found)
    _judge_by_pictures(found)
    return found


def _up_to_text(lines: list[tuple[str, int]]) -> list[Line]:
    """The lines, each judged by its length alone, up to where the text has certainly begun."""
    found: list[Line] = []
    in_a_row = in_all = 0
    for number, (text, block) in enumerate(lines):
        kind, is_title = _kind_of_length(text), has_title_form(text)
        goes_on = number + 1 < len(lines) and lines[number + 1][1] == block and _goes_on(lines[number + 1][0])
        if goes_on or (_goes_on(text) and number and lines[number - 1][1] == block):
            # A line that a program has broken.
            kind = Kind.PROSE if kind in (Kind.PLAIN, Kind.SENTENCE) else kind
            is_title = is_title and not goes_on
        found.append(Line(text, block, kind, is_title=is_title))
        in_a_row = in_a_row + 1 if kind is Kind.PROSE else 0
        in_all += kind is Kind.PROSE
        if in_a_row >= _MAX_PROSE_IN_A_ROW or in_all >= _MAX_PROSE_LINES:
            break
    return found


def _goes_on(text: str) -> bool:
    """Whether a line begins as the rest of one that a program broke."""
    return text[:1].islower() and not text.startswith(("http", "www."))


def has_title_form(text: str) -> bool:
    """Whether a line may be a headline: not long, and no sentence with a full stop."""
    if len(text) > MAX_TITLE_CHARS or _NO_TITLE.match(text) or not any(map(str.isalpha, text)):
        return False
    is_ended = _ENDED.search(text) or (has_end(text) and not text.endswith(_HEADLINE_MARKS))
    return not is_ended or bool(_ABBREVIATION.search(text))


def _kind_of_length(text: str) -> Kind:
    words = word_count(text[:2000])
    if has_end(text):
        if text.endswith(_ASKING) and words <= _MAX_QUESTION_WORDS:
            # Headlines ask, too.
            return Kind.SENTENCE
        is_prose = words >= _MIN_PROSE_WORDS or (words >= 8 and len(text) >= _MIN_PROSE_CHARS)
        return Kind.PROSE if is_prose else Kind.SENTENCE
    if words > 40 or len(text) > MAX_TITLE_CHARS:
        return Kind.PROSE
    return Kind.SHORT if words <= _MAX_SHORT_WORDS else Kind.PLAIN


def _judge(line: Line, texts: list[str], number: int, *, is_bar: bool) -> None:
    text = line.text
    is_long = len(text) > _MAX_META_CHARS or (
        line.kind is Kind.PROSE and len(text) > _MAX_DATES_CHARS and has_end(text)
    )
    if is_long:
        _judge_long(line)
    elif is_bar:
        line.kind = Kind.SHARE
    elif not _is_of_page(line, texts[number + 1 : number + 13]):
        _judge_words(line, is_first=number == 0)


def _judge_long(line: Line) -> None:
    if leading_dateline(line.text):
        line.has_dateline = True
    elif is_furniture(line.text):
        line.kind = Kind.FURNITURE
    elif is_caption(line.text):
        line.kind = Kind.CAPTION


def _is_of_page(line: Line, following: list[str]) -> bool:
    """Whether the line is one that only a page has; then its kind and what it says are put down."""
    text = line.text
    if dates := dates_line(text):
        line.kind, line.dates = Kind.DATES, dates
    elif is_aside(text):
        line.kind = Kind.ASIDE
    elif (section := breadcrumb(text, [other for other in following if other != text])) is not None:
        line.kind, line.section = Kind.BREADCRUMB, section
    elif TEASER_HEADING.fullmatch(text) and not is_tag_heading(text):
        line.kind = Kind.RELATED
    elif not is_caption(text) and (is_tag_heading(text) or is_furniture(text) or _is_of_menu(text)):
        line.kind = Kind.FURNITURE
    else:
        return False
    return True


def _judge_words(line: Line, *, is_first: bool) -> None:
    text = line.text
    if leading_dateline(text):
        line.has_dateline = True
    elif not is_first and (byline := _byline(text)) is not None:
        line.kind, line.byline = Kind.BYLINE, byline
    elif is_caption(text) or (not is_first and line.copies == 1 and is_credited(text)):
        line.kind = Kind.CAPTION
    elif is_known_section(text):
        line.kind = Kind.SECTION
    elif line.kind in (Kind.SHORT, Kind.PLAIN) and _may_be_names(text):
        line.byline = recognise_byline(text, is_name_enough=True)


def _byline(text: str) -> Byline | None:
    """What a line says that is a byline, or the names of agencies; None for any other."""
    if (byline := recognise_byline(text)) is not None:
        return byline
    closing = closing_agency(text)
    return Byline((), closing[0]) if closing is not None and not closing[1] else None


def _may_be_names(text: str) -> bool:
    """Whether a line is short, and no more than particles in it are written small."""
    words = text.split()
    return len(words) <= _MAX_NAME_WORDS and sum(word[0].islower() for word in words) <= _MAX_PARTICLES


def _is_of_menu(text: str) -> bool:
    if len(text) > _MAX_MENU_CHARS:
        return False
    return (
        is_home(text)
        or is_generic(text)
        or bool(_compiled(one_of(MENU)).fullmatch(text))
        or bool(_compiled(one_of(CLOSING)).fullmatch(text))
    )


def is_tag_heading(text: str) -> bool:
    """Whether the line heads the words that an article is filed under, and says nothing else."""
    return len(text) <= 60 and bool(_compiled(rf"\W*(?:{one_of(TAG_HEADINGS)})\s*[:：]?").fullmatch(text))


def _judge_by_pictures(lines: list[Line]) -> None:
    """What stands right above or below the credit of a picture says what is to be seen on it."""
    for number, line in enumerate(lines):
        is_above_credit = (
            number + 1 < len(lines)
            and lines[number + 1].kind is Kind.CAPTION
            and len(lines[number + 1].text) <= _MAX_CREDIT_CHARS
        )
        is_below = number and lines[number - 1].kind is Kind.CAPTION and lines[number - 1].block == line.block
        may_be = line.byline is None and line.copies == 1 and not line.has_dateline
        # A headline has no picture right below it, without anything between.
        if may_be and (
            (is_above_credit and line.kind is Kind.SENTENCE) or (is_below and line.kind is Kind.PLAIN and number > 1)
        ):
            line.kind = Kind.CAPTION


def _count_longer_copies(lines: list[Line]) -> None:
    """A line that ends with the headline counts as a copy of it: "News|Headline", "Headline - RIA, 11.09.2023"."""
    for line in lines:
        if not line.is_title or line.kind is not Kind.PLAIN:
            continue
        for other in lines:
            if line.text in other.text and other.text != line.text and len(other.text) < 2 * len(line.text) + 60:
                line.copies += 1
                other.holds_title = True
