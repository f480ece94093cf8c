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

from searchlib.analysis.sentences import has_end
from searchlib.sources.furniture import is_furniture
from searchlib.sources.markup import strip_markup
from searchlib.sources.page_prose import (
    Paragraph,
    article_prose,
    coverage,
    letters_of,
    page_paragraphs,
    text_between,
    text_line,
)
from searchlib.sources.text_keys import same_text, text_key

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

# Above this share of paragraphs that are only links, the article is a list of links, and they stay.
_MAX_TEASER_SHARE: Final = 0.4
# A page is an index if it has this many teasers and they are most of it. A link of fewer words is a name.
_MIN_TEASERS: Final = 5
_MIN_HEADLINE_WORDS: Final = 4

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
    text, standfirst, link_share = "", "", 0.0
    if main is not None:
        standfirst = _take_headline(main, title, summary)
        link_share = max(_link_share(main), _teaser_share(tree, main))
        _drop_teasers(main)
        text = _text_of(main)
    if _is_part(text_key(text), prose, least=0.0 if stated_key and is_shown else _MIN_PARTIAL_COVERAGE):
        text = text_between(prose)
    if not is_shown and len(stated_key) > _STATED_GAIN * len(text_key(text)):
        text = stated
    return PageBody(text, standfirst, link_share)


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


def _link_share(main: Any) -> float:
    """How much of the main text is the text of links, from 0 to 1."""
    whole = len(text_line(main))
    return sum(len(text_line(ref)) for ref in main.iter("ref")) / whole if whole else 0.0


def _teaser_share(tree: Any, main: Any) -> float:
    """How much of the main text is teasers: a linked headline with a sentence or two. From 0 to 1."""
    teased = set()
    for heading in tree.iter("h2", "h3", "h4", "h5"):
        text = heading.getnext()
        if text is not None and any(same_text(text_line(link), text_line(heading)) for link in heading.iter("a")):
            teased.add(text_key(text_line(text)))
    blocks = [(element, text_key(text_line(element))) for element in main.iter("p", "item")]
    teasers = [key for element, key in blocks if key in teased or _begins_with_headline(element)]
    letters = sum(len(key) for _, key in blocks)
    return sum(map(len, teasers)) / letters if len(teasers) >= _MIN_TEASERS else 0.0


def _begins_with_headline(item: Any) -> bool:
    link = next(iter(item), None)
    is_first = link is not None and link.tag == "ref" and not (item.text or "").strip()
    return item.tag == "item" and is_first and len(text_line(link).split()) >= _MIN_HEADLINE_WORDS


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
    text = text_line(element)
    return not has_end(text) and same_text(text, " ".join(text_line(ref) for ref in element.iter("ref")))


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
