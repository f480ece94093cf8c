"""What stands beside a text on a page and is known by its form: captions and credits of pictures, counts, reading times."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from searchlib.analysis.sentences import has_end
from searchlib.sources.page_texts.head_words import CAPTION_WORDS, LISTEN, MINUTES, READING_TIME, one_of
from searchlib.sources.people.agencies import closing_agency

__all__ = ["is_aside", "is_caption", "is_credited"]

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
# "The bridge in May. Jane Doe", "The bridge in May. /The Courier": behind the sentence stands who took the picture.
_CREDITED: Final = re.compile(
    r".{15,250}[.!?。] ?/?\s?(?:(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|de|la|le|/|&)(?:\s|$)){1,5}", re.DOTALL
)
_MAX_ASIDE_CHARS: Final = 300


def is_aside(line: str) -> bool:
    """Whether the whole line is what only a page has: a reading time, a count, a price, "list 1 of 3"."""
    return len(line) <= _MAX_ASIDE_CHARS and bool(_compiled(_ASIDE).fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether the line stands below a picture, by what it credits."""
    if len(line) > _MAX_CAPTION_CHARS:
        return False
    return bool(_compiled(_CAPTION).fullmatch(line)) or bool(_PICTURED.search(line) and not has_end(line))


def is_credited(line: str) -> bool:
    """Whether a name stands behind the last sentence of a short line: whoever took the picture."""
    return not has_end(line) and bool(_CREDITED.fullmatch(line)) and closing_agency(line) is None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Compiled where a page is first read.
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
