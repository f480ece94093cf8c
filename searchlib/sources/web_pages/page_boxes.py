"""Which parts of a web page belong to no article, by what its markup calls them; they are taken out of the tree.

Names are data: ``page_words/boxes.txt``. A name alone decides nothing about much text: what
holds the headline, or a good share of the page's prose, stays.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final

from searchlib.sources.web_pages.page_prose import text_line
from searchlib.sources.web_pages.page_words import listed_words
from searchlib.sources.web_pages.text_keys import same_text, text_key

__all__ = ["drop_boxes", "drop_element", "drop_scripts"]

_UNPRINTED: Final = ("script", "style", "noscript", "svg", "template", "iframe", "link", "meta")
# What is never part of a text, whatever it is called.
_CAPTIONS: Final = ("figcaption",)
# A part with more than this share of the page's prose is the article, or holds it.
_MAX_PROSE_SHARE: Final = 0.3
_MAX_CARD_CHARS: Final = 1_000
_BLOCKS: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "div")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def drop_scripts(tree: Any) -> None:
    """Take out of the tree what is not printed: scripts, styles, drawings."""
    for element in list(tree.iter(*_UNPRINTED)):
        drop_element(element)


def drop_boxes(tree: Any, title: str) -> None:
    """Take out of the tree what its names or its shape tell to be no part of the article called so.

    These are teasers, pleas to subscribe, captions, summaries made by machines and what only screen readers get;
    links around whole blocks, which are cards; and other articles than the one with the title.
    """
    headings = [element for element in tree.iter("h1", "h2") if same_text(text_line(element), title)]
    kept = {ancestor for heading in headings for ancestor in (heading, *heading.iterancestors())}
    prose = _letters_of_prose(tree)
    for element in _boxes(tree):
        if element not in kept and _letters_of_prose(element) <= _MAX_PROSE_SHARE * prose:
            drop_element(element)
    _drop_other_articles(tree, headings)


def drop_element(element: Any) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _boxes(tree: Any) -> list[Any]:
    found = list(tree.iter(*_CAPTIONS))
    found += [element for element in tree.xpath("//body//*[@class or @id]") if _is_box(element)]
    found += [link for link in tree.iter("a") if len(link) and _is_card(link)]
    return found


def _is_box(element: Any) -> bool:
    name, identifier = element.get("class"), element.get("id")
    return (name is not None and _has_box_name(name)) or (identifier is not None and _has_box_name(identifier))


@lru_cache(maxsize=4096)
def _has_box_name(names: str) -> bool:
    whole, parts = _box_names()
    for name in names.split():
        words = " ".join(_WORD.findall(name)).casefold()
        if words in whole or parts.search(words):
            return True
    return False


@cache
def _box_names() -> tuple[frozenset[str], re.Pattern[str]]:
    names = listed_words("boxes.txt")
    whole = frozenset(name.strip("[]") for name in names if name.startswith("["))
    parts = "|".join(sorted(re.escape(name) for name in names if not name.startswith("[")))
    return whole, re.compile(rf"\b(?:{parts})\b")


def _is_card(link: Any) -> bool:
    if next(link.iter(*_HEADINGS), None) is None and not any(child.tag == "p" for child in link.iter()):
        return False
    return len(text_line(link)) <= _MAX_CARD_CHARS


def _letters_of_prose(element: Any) -> int:
    return sum(len("".join(paragraph.itertext())) for paragraph in element.iter("p"))


def _drop_other_articles(tree: Any, headings: list[Any]) -> None:
    """Drop the articles beside the one that has the page's headline, where the markup sets them apart."""
    own = next((found for heading in headings for found in heading.iterancestors("article")), None)
    if own is None or len(text_key("".join(own.itertext()))) < _MAX_CARD_CHARS:
        return
    inside = set(own.iter("article"))
    around = set(own.iterancestors())
    for other in list(tree.iter("article")):
        if other not in inside and other not in around:
            drop_element(other)
