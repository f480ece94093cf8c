"""Teasers in and beside the text of a page's article: how much of it they are, and the article without them.

A teaser is the headline of another article with a link to it, alone, in a list, or with a
sentence or two of that article. All this works on trafilatura's own vocabulary.
"""

from __future__ import annotations

from typing import Any, Final

from searchlib.analysis.sentences import has_end
from searchlib.sources.web_pages.furniture import is_teaser_heading
from searchlib.sources.web_pages.page_prose import text_line
from searchlib.sources.web_pages.text_keys import same_text, text_key

__all__ = ["drop_teasers", "link_share", "teaser_share"]

# Above this share of paragraphs that are only links, the article is a list of links, and they stay.
_MAX_TEASER_SHARE: Final = 0.4
# A page is an index if it has this many teasers and they are most of it. A link of fewer words is a name.
_MIN_TEASERS: Final = 5
_MIN_HEADLINE_WORDS: Final = 4
# An item is a link if this share of it is; what is before the link says what kind of story it is.
_MIN_LINKED_SHARE: Final = 0.6
_SENTENCE_END: Final = ("?", "!")


def link_share(main: Any) -> float:
    """How much of the main text is the text of links, from 0 to 1."""
    whole = len(text_line(main))
    return sum(len(text_line(ref)) for ref in main.iter("ref")) / whole if whole else 0.0


def teaser_share(tree: Any, main: Any) -> float:
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


def drop_teasers(main: Any, prose_key: str) -> None:
    """Drop what points to other articles out of the main text.

    Args:
        main: The main text.
        prose_key: The letters and digits of the page's paragraphs that are the article's own. They stay, whatever
            they follow.
    """
    _drop_links(main)
    _drop_link_lists(main)
    _drop_below_headings(main, prose_key)
    while len(main) and main[-1].tag == "head":
        main.remove(main[-1])


def _begins_with_headline(item: Any) -> bool:
    link = next(iter(item), None)
    is_first = link is not None and link.tag == "ref" and not (item.text or "").strip()
    return item.tag == "item" and is_first and len(text_line(link).split()) >= _MIN_HEADLINE_WORDS


def _drop_links(main: Any) -> None:
    """Drop paragraphs that are nothing but a link, and no sentence."""
    paragraphs = list(main.iter("p"))
    teasers = [element for element in paragraphs if _is_link(element)]
    for element in teasers if len(teasers) <= _MAX_TEASER_SHARE * len(paragraphs) else ():
        _remove(element)


def _is_link(element: Any) -> bool:
    text = text_line(element)
    return not has_end(text) and same_text(text, " ".join(text_line(ref) for ref in element.iter("ref")))


def _drop_link_lists(main: Any) -> None:
    """Drop the lists of which every item is a linked headline, with the heading above; not where they are the text."""
    whole = len(text_line(main))
    lists = [element for element in main.iter("list") if _is_list_of_headlines(element)]
    if sum(len(text_line(element)) for element in lists) > _MAX_TEASER_SHARE * whole:
        return
    for element in lists:
        heading, below = element.getprevious(), element.getnext()
        is_last = below is None or below.tag == "head"
        if heading is not None and ((heading.tag == "head" and is_last) or is_teaser_heading(text_line(heading))):
            _remove(heading)
        _remove(element)


def _is_list_of_headlines(element: Any) -> bool:
    items = list(element.iter("item"))
    return bool(items) and all(map(_is_linked_headline, items))


def _is_linked_headline(item: Any) -> bool:
    line = text_line(item)
    linked = sum(len(text_line(ref)) for ref in item.iter("ref"))
    is_long = len(line.split()) >= _MIN_HEADLINE_WORDS
    return is_long and linked >= _MIN_LINKED_SHARE * len(line) and (not has_end(line) or line.endswith(_SENTENCE_END))


def _drop_below_headings(main: Any, prose_key: str) -> None:
    """Drop what follows the heading of a list of other articles, up to the next paragraph of this one."""
    if not prose_key:
        return
    is_below = False
    for element in list(main):
        line = text_line(element)
        if element.tag in ("head", "p") and is_teaser_heading(line):
            is_below = True
        elif is_below and text_key(line) in prose_key:
            is_below = False
        if is_below:
            _remove(element)


def _remove(element: Any) -> None:
    parent = element.getparent()
    # An element with a tail is part of a paragraph, and lxml would remove the tail too.
    if parent is not None and not (element.tail or "").strip():
        parent.remove(element)
