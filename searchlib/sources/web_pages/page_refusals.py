"""What a web page is where it holds no article: a front page, an error, a wall that asks for consent."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from searchlib.analysis.sentences import has_end
from searchlib.sources.web_pages.furniture_lines import has_words_of, words_are
from searchlib.sources.web_pages.page_prose import text_line

__all__ = ["is_front_page", "why_no_article"]

# The least prose that makes an article, in letters: two short sentences where the page says that it is an article,
# a paragraph where it does not. A character of Chinese or Japanese says as much as three letters.
_MIN_PROSE_LETTERS: Final = 50
_MIN_UNDECLARED_PROSE_LETTERS: Final = 160
_DENSE: Final = re.compile(r"[^\W_\u0000-\u2e7f]")
_ALPHANUMERIC: Final = re.compile(r"[^\W_]")
# What does not end as a sentence does, and is shorter, is a heading or an item of a list. Three characters of Chinese
# or Japanese are one here too.
_MIN_UNENDED_LETTERS: Final = 50
# An undeclared page up to this length may be an error page (by its title) or a login page (by its password field).
_MAX_NOTICE_CHARS: Final = 1_200
_MAX_LOGIN_CHARS: Final = 400
# Above this share of an undeclared page's main text, links make it an index; less do on one that calls itself so.
_MAX_LINK_SHARE: Final = 0.6
_MAX_LISTED_LINK_SHARE: Final = 0.3
# Above this share of the text, in so many lines, words about consent make it a wall.
_MAX_CONSENT_SHARE: Final = 0.5
_MIN_CONSENT_LINES: Final = 2
# A front page links to so many headlines, of so many words at least.
_MIN_HEADLINES: Final = 10
_MIN_HEADLINE_WORDS: Final = 4
_STATUS: Final = r"(?:40[0134]|410|429|5\d\d)"
_NOTICE_TITLE: Final = re.compile(
    rf"^(?:error\W+)?{_STATUS}\W*$|\berror\W+{_STATUS}\b|\b{_STATUS}\W+(?:error|not found|forbidden|gone|unauthori[sz]ed|bad|internal|service|page)\b"
    r"|\b(?:page|file|article|site) (?:not found|unavailable)\b"
    r"|^(?:just a moment|attention required|are you (?:a robot|human))\b",
    re.IGNORECASE,
)
_STATUS_PIECE: Final = re.compile(rf"\W*{_STATUS}\W*")
_PIECES: Final = re.compile(r"\s+[|–—\-·•»:]+\s+|\s*[|｜:：]\s*")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_INDEX: Final = re.compile(r"(?:index|default|home)\.\w{2,5}")


def why_no_article(
    tree: Any, fields: dict[str, Any], *, is_article: bool, is_list: bool, is_front: bool, link_share: float
) -> str:
    """What the page is instead of an article, in words; "" where it is one.

    Args:
        tree: The page.
        fields: The article's fields as far as they are known, its body among them.
        is_article: Whether the page says of itself that it is an article.
        is_list: Whether it says that it is a list of articles, or of what was searched for.
        link_share: How much of its main text is links and teasers, from 0 to 1.
        is_front: Whether it is the front page of its site.
    """
    body, title = fields["body"], fields.get("title", "")
    lines = [(line, _letters(line)) for line in body.split("\n")]
    if _asks_for_consent(lines):
        return "it asks for consent to cookies or the use of data"
    letters = sum(count for line, count in lines if count >= _MIN_UNENDED_LETTERS or has_end(line))
    least = _MIN_PROSE_LETTERS if is_article else _MIN_UNDECLARED_PROSE_LETTERS
    if letters < least:
        return f"its running text has {letters} letters, and an article has at least {least}"
    if is_article:
        return ""
    if link_share > (_MAX_LISTED_LINK_SHARE if is_list else _MAX_LINK_SHARE):
        return "it is mostly links to other pages"
    if is_front:
        return "it is the front page of its site"
    return _notice(tree, title, body)


def is_front_page(tree: Any, url: str) -> bool:
    """Whether a page is the front page of a news site: it is at the root, and has the headlines of many articles.

    Args:
        tree: The page, whole.
        url: Where it was fetched, "" where unknown.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if segments and (_LANGUAGE.fullmatch(segments[0]) or _INDEX.fullmatch(segments[0])):
        segments = segments[1:]
    if not parts.netloc or segments or parts.query:
        return False
    headlines = {line for link in tree.iter("a") if len((line := text_line(link)).split()) >= _MIN_HEADLINE_WORDS}
    return len(headlines) >= _MIN_HEADLINES


def _notice(tree: Any, title: str, body: str) -> str:
    if len(body) > _MAX_NOTICE_CHARS:
        return ""
    pieces = [title, *_PIECES.split(title)]
    names = ("error", "login", "search")
    is_named = any(_STATUS_PIECE.fullmatch(piece) or any(words_are(piece, name) for name in names) for piece in pieces)
    if is_named or _NOTICE_TITLE.search(title):
        return f"it is titled {title!r}"
    asks_for_password = any((element.get("type") or "").lower() == "password" for element in tree.iter("input"))
    if len(body) <= _MAX_LOGIN_CHARS and asks_for_password:
        return "it asks for a password"
    return ""


def _asks_for_consent(lines: list[tuple[str, int]]) -> bool:
    asking = [count for line, count in lines if count and has_words_of(line, "consent")]
    whole = sum(count for _, count in lines)
    is_all = bool(asking) and sum(asking) == whole
    return is_all or (len(asking) >= _MIN_CONSENT_LINES and sum(asking) > _MAX_CONSENT_SHARE * whole)


def _letters(line: str) -> int:
    return len(_ALPHANUMERIC.findall(line)) + 2 * len(_DENSE.findall(line))
