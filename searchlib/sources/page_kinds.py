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
from searchlib.sources.agencies import closing_agency
from searchlib.sources.bylines import Byline, recognise_byline
from searchlib.sources.datelines import leading_dateline
from searchlib.sources.furniture import TEASER_HEADING, is_furniture, is_share_bar
from searchlib.sources.head_words import (
    CAPTION_WORDS,
    CLOSING,
    LISTEN,
    MENU,
    MINUTES,
    READING_TIME,
    TAG_HEADINGS,
    one_of,
)
from searchlib.sources.page_dates import Dates, dates_line
from searchlib.sources.page_lines import breadcrumb, is_generic, is_home, is_known_section

__all__ = ["Kind", "Line", "is_aside", "is_caption", "judged", "share_bars", "word_count"]


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
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

_ASIDE: Final = (
    rf"(?:{one_of(LISTEN)})(?:\s*[•·|:]\s*\d+\s?(?:{MINUTES}))?"
    rf"|(?:{one_of(READING_TIME)})\s?[:：]?\s?\d+\s?-?(?:{MINUTES})|(?:\w+\s){{0,3}}?(?:{one_of(READING_TIME)})\s\w{{1,3}}\s\d+\s(?:{MINUTES})"
    rf"|\d+\s?-?(?:{MINUTES})(?:\s(?:of\s|de\s|di\s)?(?:{one_of(READING_TIME)}))?"
    r"|list (?:of )?\d+ (?:items?|of \d+)|end of list|(?:\[?\d+\s?(?:/|of)\s?\d+\]?)|\d+ of \d+ \|.{0,300}"
    r"|[\s\d.,:/%()+−–$€£¥₹₽-]+[kmbк]?|(?:[-+(]?[\d.,]+\s?%\)?\s?)+|\d+ (?:shares?|views?|comments?|reactions?|likes?)"
    r"|(?:https?://|www\.)\S+|.{0,80}this article is more than \d+ years? old.{0,40}|in this article:?|companies|follow|play|live"
    r"|(?:字体|字号|字體)[：:].{0,20}|(?:分享到?|공유|글자크기조정|프린트|요약|댓글|シェア(?:する)?|ツイート|ブックマーク|メール|印刷)[：:]?"
    r"|\[?pr\]?|有料記事|reklama|reklame|annons|mainos|реклама|إعلان|विज्ञापन|광고|広告|广告|iklan|quảng cáo|publicité|sponsored"
    r"|(?:read|view) in [a-z]{4,12}|follow (?:author|us|topic)s?"
)
# "1 of 3 | …", "[2/3]…", "(AP Photo/…)", "Image: Getty", "Foto: …", "© …", "REUTERS/…": of pictures, never of the text.
_CAPTION: Final = (
    rf"\W*(?:{CAPTION_WORDS})(?:\s(?:by|von|de|par|di))?\s*[:：/|©].{{0,400}}|\W*(?:{CAPTION_WORDS})|\[\d+/\d+\].{{0,600}}|\d+ of \d+ \|.{{0,600}}"
    r"|©.{1,150}|.{0,600}(?:\(|\[)(?:ap|afp|reuters|epa|getty|file|photo|image|credit|foto|फोटो)[\s:/-].{0,120}[)\]]\s?.{0,30}"
    r"|.{1,500}(?:credit\s?(?:\.{3}|…|:)|photo(?:graph)?\s?(?:by|:|credit)|foto\s?:|фото\s?:|reuters/|/(?:afp|ap|epa|getty images|reuters|dpa|picture alliance)\b).{0,120}"
    r"|.{1,300}\((?:illustration|symbolbild|archives?|archivbild|archivfoto|file photo|file pic|arquivo|archivo|archivio|illustratie|الجزيرة|(?-i:[A-Z ]{4,30}))\)\.?"
    r"|getty images.{0,200}|.{0,150}(?:/getty images|/ ?shutterstock|/istock|via getty images|/ ?imago)"
)
_PICTURED: Final = re.compile(r"(?:, |\()(?:pictured|abgebildet)\b")
_MAX_CAPTION_CHARS: Final = 700
_MAX_CREDIT_CHARS: Final = 80
# "The bridge in May. Jane Doe", "The bridge in May. /The Courier": behind the sentence stands who took the picture.
_CREDITED: Final = re.compile(
    r".{15,250}[.!?。] ?/?\s?(?:(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|de|la|le|/|&)(?:\s|$)){1,5}", re.DOTALL
)


def word_count(text: str) -> float:
    """How many words a line has; of scripts without spaces, how many it may have."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced / _CHARS_OF_WORD if unspaced else len(text.split())


def is_aside(line: str) -> bool:
    """Whether the whole line is what only a page has: a reading time, a count, a price, "list 1 of 3"."""
    return len(line) <= _MAX_META_CHARS and bool(_compiled(_ASIDE).fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether the line stands below a picture, by what it credits."""
    if len(line) > _MAX_CAPTION_CHARS:
        return False
    return bool(_compiled(_CAPTION).fullmatch(line)) or bool(_PICTURED.search(line) and not has_end(line))


def _is_credited(line: str) -> bool:
    return not has_end(line) and bool(_CREDITED.fullmatch(line)) and closing_agency(line) is None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where a page is first read.
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


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
    if len(text) > _MAX_META_CHARS or (line.kind is Kind.PROSE and len(text) > _MAX_DATES_CHARS and has_end(text)):
        if leading_dateline(text):
            line.has_dateline = True
        elif is_furniture(text):
            line.kind = Kind.FURNITURE
        elif is_caption(text):
            line.kind = Kind.CAPTION
        return
    if is_bar:
        line.kind = Kind.SHARE
    elif dates := dates_line(text):
        line.kind, line.dates = Kind.DATES, dates
    elif is_aside(text):
        line.kind = Kind.ASIDE
    elif (
        section := breadcrumb(text, [other for other in texts[number + 1 : number + 13] if other != text])
    ) is not None:
        line.kind, line.section = Kind.BREADCRUMB, section
    elif TEASER_HEADING.fullmatch(text) and not is_tag_heading(text):
        line.kind = Kind.RELATED
    elif is_tag_heading(text) or is_furniture(text) or _is_of_menu(text):
        line.kind = Kind.FURNITURE
    elif leading_dateline(text):
        line.has_dateline = True
    elif number and (byline := _byline(text)) is not None:
        line.kind, line.byline = Kind.BYLINE, byline
    elif is_caption(text) or (number and _is_credited(text) and line.copies == 1):
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
