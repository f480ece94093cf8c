"""Lines of pages that belong to no article, in the languages that news comes in: data, loaded once.

``page_words/lines/README.md`` says what the files hold. A line is judged whole, by its
words: case, punctuation and spaces count for nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from searchlib.analysis.sentences import has_end
from searchlib.sources.web_pages.page_words import section_words

__all__ = ["has_words_of", "is_heading_of_others", "is_known_line", "words_are"]

_MAX_POINTER_CHARS: Final = 200
_MAX_NOTICE_CHARS: Final = 300
_MAX_CREDIT_CHARS: Final = 80
# Enough characters to tell beginnings apart, and few enough for the shortest of them.
_KEY_CHARS: Final = 3
_NOT_WORDS: Final = re.compile(r"[\W_]+")
# What a Turkish capital İ leaves when its case is folded.
_COMBINING_DOT: Final = "\u0307"
_SEPARATOR: Final = re.compile(r"\s*[:：៖|｜>»→▶▸]\s*|\s+[–—-]+\s+")
_QUOTE: Final = ("“", "„", "«", "‹", "»", '"', "'", "‘", "’", "「", "『", "–", "—", "-")
_ADDRESSED: Final = ("?", "!", "？", "！", "؟")


def is_known_line(line: str) -> bool:
    """Whether the whole line is one that pages have beside their articles, in any of the languages."""
    words = _words(line)
    if not words:
        return False
    if words in _section("line") or words in _section("heading") or words in _section("teaser"):
        return True
    return _is_pointer(line) or _is_notice(line, words) or _is_credit(line)


def is_heading_of_others(line: str) -> bool:
    """Whether the line heads a list of other articles: "Mest lest", "Les plus lus"."""
    words = _words(line)
    return words in _section("heading") or words in _section("teaser")


def words_are(text: str, section: str) -> bool:
    """Whether a text has the words of an entry of this section, in any of the languages, and no others."""
    return _words(text) in _section(section)


def has_words_of(text: str, section: str) -> bool:
    """Whether an entry of this section, in any of the languages, stands in a text."""
    return bool(_anywhere(section).search(_words(text)))


def _is_pointer(line: str) -> bool:
    """Whether it names another story behind words that point to one: "Les også: Fergen går igjen"."""
    match = _SEPARATOR.search(line)
    if match is None or len(line) > _MAX_POINTER_CHARS or _words(line[: match.start()]) not in _section("teaser"):
        return False
    # A headline has no full stop; what has one may be a sentence of the article.
    return not has_end(line) or line.rstrip("”“»\"' ").endswith(_ADDRESSED)


def _is_notice(line: str, words: str) -> bool:
    """Whether it begins as notices do. A quotation may begin so too."""
    if len(line) > _MAX_NOTICE_CHARS or line.startswith(_QUOTE):
        return False
    return any(words.startswith(beginning) for beginning in _beginnings().get(words[:_KEY_CHARS], ()))


def _is_credit(line: str) -> bool:
    match = _SEPARATOR.search(line)
    if match is None or len(line) > _MAX_CREDIT_CHARS or has_end(line):
        return False
    return _words(line[: match.start()]) in _section("credit") and match.end() < len(line)


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold().replace(_COMBINING_DOT, "")).strip()


@cache
def _section(name: str) -> frozenset[str]:
    return frozenset(filter(None, map(_words, section_words("lines").get(name, ()))))


@cache
def _anywhere(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_section(name)))))


@cache
def _beginnings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for words in sorted(_section("start")):
        # A word that begins so is another word, but for scripts that set no space between words.
        whole = words if words[-1] >= "\u0e00" else f"{words} "
        found.setdefault(words[:_KEY_CHARS], []).append(whole)
    return {key: tuple(beginnings) for key, beginnings in found.items()}
