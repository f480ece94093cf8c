"""The text of the article on a web page: what trafilatura finds, less what is not the article's.

trafilatura reads a page in a quick way, or in all its ways at twice the cost. The quick
way is believed where it has most of the paragraphs that the page, or its JSON-LD, shows
to be the article's (`page_prose`). Where no way has them, the paragraphs themselves are
the text.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from functools import cache
from typing import Any, Final, NamedTuple

from searchlib.sources.web_pages.furniture import is_furniture
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.web_pages.page_prose import (
    Paragraph,
    article_prose,
    coverage,
    letters_of,
    page_paragraphs,
    text_between,
    text_line,
)
from searchlib.sources.web_pages.page_teasers import drop_teasers, link_share, teaser_share
from searchlib.sources.web_pages.text_keys import same_text, text_key

__all__ = ["PageBody", "page_body"]

# trafilatura's least size, above which it trusts its own reading, and up to where a second, bolder one is worth it.
_LEAST_EXTRACTED_CHARS: Final = 100
_MAX_BRIEF_CHARS: Final = 600
_MIN_BRIEF_LETTERS: Final = 50
# So much prose tells whether a reading has it.
_MIN_PROSE_LETTERS: Final = 600
_MIN_COVERAGE: Final = 0.75
_MAX_SURPLUS: Final = 1.6
_MIN_TELLING_LETTERS: Final = 200
_CLEARLY_BETTER: Final = 1.5
# A reading that has less than this of the article's paragraphs is none.
_MIN_OWN_COVERAGE: Final = 0.6
_MIN_PARTIAL_COVERAGE: Final = 0.15
# The page shows the stated text if it has this share of it. JSON-LD often holds a part of the text; it is preferred
# to what was found where it is longer by this much.
_MIN_SHOWN_SHARE: Final = 0.7
_STATED_GAIN: Final = 1.6

# trafilatura's names for blocks → HTML's, so that one function makes the text of both.
_HTML_TAGS: Final = {
    "head": "h2", "lb": "br", "item": "li", "list": "ul", "row": "tr", "cell": "td", "ref": "a", "quote": "blockquote",
}  # fmt: skip

for _name in ("trafilatura", "htmldate", "justext", "readability"):
    # What they warn about is told in a SourceError; without a handler Python prints it on the terminal.
    logging.getLogger(_name).addHandler(logging.NullHandler())


class PageBody(NamedTuple):
    """The text of a page's article.

    Attributes:
        text: Its paragraphs, an empty line between them; "" where there are none.
        standfirst: What stands below the headline as a headline of its own; "" where nothing does.
        link_share: How much of the page's main text is links and teasers, from 0 to 1.
    """

    text: str
    standfirst: str
    link_share: float


def page_body(tree: Any, url: str, *, title: str, summary: str, stated: str = "") -> PageBody:
    """The text of the article that a page shows.

    Args:
        tree: The page, without what is no part of the article (`page_boxes`).
        url: Where it was fetched, "" where unknown.
        title: The article's headline; it goes from the top of the text.
        summary: What the page states as the article's summary.
        stated: The article's text as the page states it for machines; "" where it does not. It may be a part of it.
            It tells which paragraphs are the article's, and is the text itself where the page shows only a part.
    """
    paragraphs = page_paragraphs(tree)
    stated_key = text_key(stated)
    prose = [paragraph for paragraph in paragraphs if paragraph.key in stated_key]
    is_shown = letters_of(prose) >= _MIN_SHOWN_SHARE * len(stated_key)
    if not stated_key or not is_shown:
        prose = article_prose(paragraphs)
    main = _main_element(tree, url, prose)
    text, standfirst, share = "", "", 0.0
    if main is not None:
        standfirst = _take_headline(main, title, summary)
        share = max(link_share(main), teaser_share(tree, main))
        drop_teasers(main, "".join(paragraph.key for paragraph in prose))
        text = _text_of(main)
    if _is_part(text_key(text), prose, least=0.0 if stated_key and is_shown else _MIN_PARTIAL_COVERAGE):
        text = text_between(prose)
    if not is_shown and len(stated_key) > _STATED_GAIN * len(text_key(text)):
        text = stated
    return PageBody(text, standfirst, share)


def _is_part(key: str, prose: list[Paragraph], *, least: float) -> bool:
    """Whether a reading has only a part of the article's paragraphs, and at least so much.

    One that has none of them found another article than the page's largest part, and may be right.
    """
    letters = letters_of(prose)
    return letters >= max(_MIN_PROSE_LETTERS, len(key)) and least <= coverage(prose, key) < _MIN_OWN_COVERAGE


def _main_element(tree: Any, url: str, prose: list[Paragraph]) -> Any:
    """The element that holds the main text, in trafilatura's own vocabulary; None where there is none."""
    quick = _extract(tree, url, _LEAST_EXTRACTED_CHARS, is_quick=True)
    if letters_of(prose) >= _MIN_PROSE_LETTERS and _worth(quick, prose) >= _MIN_COVERAGE:
        return quick
    main = _extract(tree, url, _LEAST_EXTRACTED_CHARS)
    if letters_of(prose) >= _MIN_TELLING_LETTERS and _worth(quick, prose) > _CLEARLY_BETTER * _worth(main, prose):
        return quick
    if main is None or len(text_line(main)) > _MAX_BRIEF_CHARS:
        return main
    # Below its least size, trafilatura gives the whole page, menus and all. Part of that may be a short article.
    brief = _extract(tree, url, 1)
    is_part = brief is not None and text_key(text_line(brief)) in text_key(text_line(main))
    return brief if is_part and len(text_key(text_line(brief))) >= _MIN_BRIEF_LETTERS else main


def _worth(main: Any, prose: list[Paragraph]) -> float:
    """How well a reading has these paragraphs, and little else: from 0 to 1."""
    if main is None:
        return 0.0
    key = text_key(text_line(main))
    surplus = len(key) / letters_of(prose)
    return coverage(prose, key) / max(1.0, surplus / _MAX_SURPLUS)


def _extract(tree: Any, url: str, least_chars: int, *, is_quick: bool = False) -> Any:
    from trafilatura import bare_extraction

    config = _extraction_config(least_chars)
    found: Any = bare_extraction(
        tree, url=url or None, include_comments=False, include_links=True, config=config, fast=is_quick
    )
    return found.body if found is not None else None


@cache
def _extraction_config(least_chars: int) -> Any:
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(least_chars)
    return config


def _take_headline(main: Any, title: str, summary: str) -> str:
    """Drop the headline from the top of the main text, and take the standfirst below it."""
    top = [element for element in list(main)[:3] if element.tag in ("head", "p")]
    headline = next((element for element in top if same_text(text_line(element), title)), None)
    if headline is not None:
        main.remove(headline)
    first = next(iter(main), None)
    if first is None or first.tag != "head" or len(main) == 1:
        return ""
    line = text_line(first)
    if headline is None and not same_text(line, summary):
        return ""
    main.remove(first)
    return line


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
