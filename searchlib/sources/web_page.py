"""A saved web page → one article.

The library trafilatura finds the main text; this adds what it leaves out: what the page
states about itself (`page_metadata`), dates with their time and zone, and the refusal of
pages that hold no article. From the main text go the headline and the standfirst (they are
the article's title and summary), paragraphs that are nothing but a link to another article,
and lines of the page's furniture. A dateline stays in the text as printed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, BinaryIO, Final

from searchlib.analysis.sentences import has_end
from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.assembly import assemble
from searchlib.sources.base import Context
from searchlib.sources.furniture import is_furniture
from searchlib.sources.markup import strip_markup
from searchlib.sources.page_encoding import decode_page
from searchlib.sources.page_metadata import page_fields, same_text, text_key

__all__ = ["MAX_PAGE_BYTES", "article_from_html", "read"]

#: The largest page that is read, in bytes. Pages of articles have some hundred thousand.
MAX_PAGE_BYTES: Final = 8 * 1024 * 1024

# The least prose that makes an article, in letters: two short sentences where the page says that it is an article,
# a paragraph where it does not. A character of Chinese or Japanese says as much as three letters.
_MIN_PROSE_LETTERS: Final = 50
_MIN_UNDECLARED_PROSE_LETTERS: Final = 160
_FIRST_DENSE_CHAR: Final = "\u2e80"
# trafilatura's least size, above which it trusts its own reading, and up to where a second, bolder one is worth it.
_LEAST_EXTRACTED_CHARS: Final = 100
_MAX_BRIEF_CHARS: Final = 600
# An undeclared page up to this length may be an error page (by its title) or a login page (by its password field).
_MAX_NOTICE_CHARS: Final = 1_200
_MAX_LOGIN_CHARS: Final = 400
# Above this share of an undeclared page's main text, links make it an index.
_MAX_LINK_SHARE: Final = 0.6
# A page is an index if it has this many teasers and they are most of it. A link of fewer words is a name.
_MIN_TEASERS: Final = 5
_MIN_HEADLINE_WORDS: Final = 4
# Above this share of paragraphs that are only links, the article is a list of links, and they stay.
_MAX_TEASER_SHARE: Final = 0.4
# JSON-LD often holds a part of the text; it is preferred where it is longer than what was found by this much.
_JSON_LD_GAIN: Final = 1.6

# What does not end as a sentence does, and is shorter, is a heading or an item of a list. Three characters of Chinese
# or Japanese are one here too.
_MIN_UNENDED_LETTERS: Final = 50
_STATUS: Final = r"(?:40[0134]|410|429|5\d\d)"
_NOTICE_TITLE: Final = re.compile(
    rf"^(?:error\W+)?{_STATUS}\W*$|\berror\W+{_STATUS}\b|\b{_STATUS}\W+(?:error|not found|forbidden|gone|unauthori[sz]ed|bad|internal|service|page)\b"
    r"|\b(?:page|file|article|site) (?:not found|unavailable)\b|\b(?:seite nicht gefunden|page introuvable|página no encontrada|página não encontrada|pagina non trovata)\b"
    r"|^(?:not found|access denied|forbidden|service unavailable|internal server error|bad gateway|just a moment|attention required|are you (?:a robot|human))\b"
    r"|^(?:log ?in|sign ?in|anmelden|anmeldung|se connecter|connexion|iniciar sesión|entrar|accedi|inloggen)\b",
    re.IGNORECASE,
)
# trafilatura's names for blocks → HTML's, so that one function makes the text of both.
_HTML_TAGS: Final = {
    "head": "h2", "lb": "br", "item": "li", "list": "ul", "row": "tr", "cell": "td", "ref": "a", "quote": "blockquote",
}  # fmt: skip

for _name in ("trafilatura", "htmldate", "justext", "readability"):
    # What they warn about is told in a SourceError; without a handler Python prints it on the terminal.
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of a file that is one HTML page, or why it holds none.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    try:
        yield article_from_html(stream.read(MAX_PAGE_BYTES + 1), context)
    except SourceError as error:
        yield error


def article_from_html(
    data: bytes | str, context: Context, *, url: str = "", record: int | None = None, charset: str | None = None
) -> Article:
    """The article that a page holds.

    Args:
        data: The page.
        context: What is read; the encoding that it names goes before all others.
        url: Where the page was fetched; the page's own canonical address goes before it.
        record: Number of the record that the page came in, from 1; None for a file of one page.
        charset: The encoding that the server declared. Neither it nor the page's own declaration is trusted
            against what the bytes are.

    Raises:
        SourceError: The page holds no article, or cannot be read.
        MissingExtraError: trafilatura is not installed.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise context.error(f"the page is larger than {MAX_PAGE_BYTES:,} bytes, the most that is read", record)
    try:
        text = decode_page(data, context, record=record, charset=charset) if isinstance(data, bytes) else data
    except ValueError as error:
        raise context.error(str(error), record) from None
    if not text.strip():
        raise context.error("the page is empty", record)
    fields = _read_page(text, url, context, record)
    article = assemble(fields, context, record)
    if isinstance(article, SourceError):
        raise article
    return article


def _read_page(text: str, url: str, context: Context, record: int | None) -> dict[str, Any]:
    try:
        from trafilatura import load_html
    except ImportError as error:
        raise MissingExtraError("html", "Reading HTML pages") from error
    # trafilatura and lxml raise whatever goes wrong in them: any of it means that this page cannot be read.
    try:
        tree = load_html(text)
        fields, problem = _fields_of(tree, url) if tree is not None else ({}, "it is not HTML")
    except Exception as error:
        raise context.error(f"the page cannot be read: {type(error).__name__}: {error}", record) from error
    if problem:
        raise context.error(f"the page holds no article: {problem}", record)
    return fields


def _fields_of(tree: Any, url: str) -> tuple[dict[str, Any], str]:
    """The article's fields, and what the page is instead of an article ("" where it is one)."""
    fields = page_fields(tree, url)
    is_article, stated_body, unread_date = (fields.pop(name, "") for name in ("is_article", "body", "unread_date"))
    main = _main_text(tree, url)
    body, link_share = "", 0.0
    if main is not None:
        fields["summary"] = _take_headline(main, fields) or fields.get("summary", "")
        link_share = max(_link_share(main), _teaser_share(tree, main))
        _drop_teasers(main)
        body = _text_of(main)
    # Where trafilatura falls back on JSON-LD itself, it gives the same text without the paragraphs.
    is_better = len(stated_body) > _JSON_LD_GAIN * len(body) or same_text(stated_body, body)
    fields["body"] = stated_body if is_better else body
    if problem := _why_no_article(tree, fields, is_article=is_article, link_share=link_share):
        return fields, problem
    if not fields.get("published"):
        fields["published"] = _date_in_text(tree, fields.get("url", "")) or unread_date
    return fields, ""


def _main_text(tree: Any, url: str) -> Any:
    """The element that holds the main text, in trafilatura's own vocabulary; None where there is none."""
    main = _extract(tree, url, _LEAST_EXTRACTED_CHARS)
    if main is None or len(_line_of(main)) > _MAX_BRIEF_CHARS:
        return main
    # Below its least size, trafilatura gives the whole page, menus and all. Part of that may be a short article.
    brief = _extract(tree, url, 1)
    is_part = brief is not None and text_key(_line_of(brief)) in text_key(_line_of(main))
    return brief if is_part and _letters(_line_of(brief)) >= _MIN_PROSE_LETTERS else main


def _extract(tree: Any, url: str, least_chars: int) -> Any:
    from trafilatura import bare_extraction

    config = _extraction_config(least_chars)
    found: Any = bare_extraction(tree, url=url or None, include_comments=False, include_links=True, config=config)
    return found.body if found is not None else None


@cache
def _extraction_config(least_chars: int) -> Any:
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(least_chars)
    return config


def _date_in_text(tree: Any, url: str) -> str:
    # Guesses from the first part of the text and the address; not from anything on the page, which finds
    # the dates of other articles and of the copyright.
    from htmldate import find_date

    return find_date(tree, extensive_search=False, original_date=True, url=url or None) or ""


def _line_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _take_headline(main: Any, fields: dict[str, Any]) -> str:
    """Drop the headline from the top of the main text, and take the standfirst below it."""
    title, summary = fields.get("title", ""), fields.get("summary", "")
    top = [element for element in list(main)[:3] if element.tag in ("head", "p")]
    headline = next((element for element in top if same_text(_line_of(element), title)), None)
    if headline is not None:
        main.remove(headline)
    first = next(iter(main), None)
    if first is None or first.tag != "head" or len(main) == 1:
        return ""
    line = _line_of(first)
    if headline is None and not same_text(line, summary):
        return ""
    main.remove(first)
    return line


def _link_share(main: Any) -> float:
    """How much of the main text is the text of links, from 0 to 1."""
    whole = len(_line_of(main))
    return sum(len(_line_of(ref)) for ref in main.iter("ref")) / whole if whole else 0.0


def _teaser_share(tree: Any, main: Any) -> float:
    """How much of the main text is teasers: a linked headline with a sentence or two. From 0 to 1."""
    teased = set()
    for heading in tree.iter("h2", "h3", "h4", "h5"):
        text = heading.getnext()
        if text is not None and any(same_text(_line_of(link), _line_of(heading)) for link in heading.iter("a")):
            teased.add(text_key(_line_of(text)))
    blocks = [(element, text_key(_line_of(element))) for element in main.iter("p", "item")]
    teasers = [key for element, key in blocks if key in teased or _begins_with_headline(element)]
    letters = sum(len(key) for _, key in blocks)
    return sum(map(len, teasers)) / letters if len(teasers) >= _MIN_TEASERS else 0.0


def _begins_with_headline(item: Any) -> bool:
    link = next(iter(item), None)
    is_first = link is not None and link.tag == "ref" and not (item.text or "").strip()
    return item.tag == "item" and is_first and len(_line_of(link).split()) >= _MIN_HEADLINE_WORDS


def _drop_teasers(main: Any) -> None:
    """Drop the headlines of other articles: paragraphs that are nothing but a link, and no sentence."""
    paragraphs = list(main.iter("p"))
    teasers = [element for element in paragraphs if _is_link(element)]
    for element in teasers if len(teasers) <= _MAX_TEASER_SHARE * len(paragraphs) else ():
        parent = element.getparent()
        # An element with a tail is part of a paragraph, and lxml would remove the tail too.
        if parent is not None and not (element.tail or "").strip():
            parent.remove(element)


def _is_link(element: Any) -> bool:
    text = _line_of(element)
    return not has_end(text) and same_text(text, " ".join(_line_of(ref) for ref in element.iter("ref")))


def _text_of(main: Any) -> str:
    from lxml import etree

    for element in main.iter():
        element.tag = _HTML_TAGS.get(element.tag, element.tag)
    text = strip_markup(etree.tostring(main, method="html", encoding="unicode"))
    paragraphs = (
        "\n".join(line for line in paragraph.split("\n") if not is_furniture(line.removeprefix("- ")))
        for paragraph in text.split("\n\n")
    )
    return "\n\n".join(filter(None, paragraphs))


def _why_no_article(tree: Any, fields: dict[str, Any], *, is_article: bool, link_share: float) -> str:
    """What the page is instead of an article, in words; "" where it is one."""
    lines = fields["body"].split("\n")
    counts = [(line, _letters(line)) for line in lines]
    letters = sum(count for line, count in counts if count >= _MIN_UNENDED_LETTERS or has_end(line))
    least = _MIN_PROSE_LETTERS if is_article else _MIN_UNDECLARED_PROSE_LETTERS
    if letters < least:
        return f"its running text has {letters} letters, and an article has at least {least}"
    if is_article:
        return ""
    if link_share > _MAX_LINK_SHARE:
        return "it is mostly links to other pages"
    title = fields.get("title", "")
    if len(fields["body"]) <= _MAX_NOTICE_CHARS and _NOTICE_TITLE.search(title):
        return f"it is titled {title!r}"
    asks_for_password = any((element.get("type") or "").lower() == "password" for element in tree.iter("input"))
    if len(fields["body"]) <= _MAX_LOGIN_CHARS and asks_for_password:
        return "it asks for a password"
    return ""


def _letters(line: str) -> int:
    return sum(3 if char >= _FIRST_DENSE_CHAR else 1 for char in line if char.isalnum())
