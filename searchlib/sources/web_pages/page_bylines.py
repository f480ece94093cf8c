"""Bylines that a web page prints: in its markup, beneath its headline and at the end of its text.

An element is looked at for what it says of itself (``rel=author``, ``itemprop=author``, a class such as "byline"), for
a link to a person's page, or for a text that begins with "By". What stands in comments, teasers, captions, menus and
beside the article is passed over. So is what is far from the headline, unless nothing else names anyone.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from searchlib.sources.people.byline_words import BY, OTHER_CREDIT
from searchlib.sources.people.bylines import Byline, joined_bylines, recognise_byline
from searchlib.sources.people.person_names import is_name, looks_like_house
from searchlib.sources.web_pages.text_keys import text_key

__all__ = ["PrintedByline", "printed_byline", "sign_off"]

_ATTRIBUTES: Final = ("class", "id", "data-testid", "data-qa", "data-component", "itemprop", "rel")
# Names of elements that hold an author, in the languages of content management systems.
_AUTHOR: Final = re.compile(
    r"author|auth(?:or)?[-_]?name|by-?_?line|contribut(?:or|er)s?\b|autor|auteur|autore\b|writer|written-?by|posted-?by|submitted-?by|journalist|reporter|redakt(?:eu|o)r|"
    r"verfasser|skribent|forfatter|kirjoittaja|giornalista|firma\b|signature|creator|\bvcard\b|\bh-card\b|\bp-author\b|article__meta|muhabir|yazar|penulis|tac-?gia",
    re.IGNORECASE,
)
# What holds other people: readers, photographers, the authors of other articles.
_OTHERS: Final = re.compile(
    r"comment(?!ary|ator|isfree)|respond|disqus|caption|credit(?!ed)|photo|image|picture|gallery|figure|related|recommend|teaser|promo|trending|popular|most-?read|latest|sidebar|(?<!elementor-)widget"
    r"|newsletter|(?:^|site-|page-|global-|main-)footer$|(?:^|[_-])nav(?:igation)?(?:$|[_-])|menu|breadcrumb|post-list|river|feed|more-(?:from|on|stories|articles|posts)|read-?(?:next|more)|carousel|slider|listing"
    r"|taboola|outbrain|advert|flyout|tooltip|reviewed|factcheck|editor-?name|claim|statement|quote|review-?author|testimonial",
    re.IGNORECASE,
)
# What holds others unless it says that it is the author's: "bio", but not "author-bio".
_OFTEN_OTHERS: Final = re.compile(
    r"^cards?$|[_-]cards?$|(?:^|[_-])bio(?:graph|$|[_-])|desc(?:ription)?$|excerpt|(?:^|[_-])tags?(?:$|[_-])|gear",
    re.IGNORECASE,
)
_OF_AUTHOR: Final = re.compile(r"by-?line|author", re.IGNORECASE)
_OTHER_TAGS: Final = frozenset({"aside", "nav", "figure", "figcaption", "blockquote", "script", "style", "noscript", "form", "template", "svg", "button", "iframe", "select", "textarea"})  # fmt: skip
_PERSON_PAGE: Final = re.compile(
    r"/(?:authors?|people|person|profiles?|staff|by|columnists?|journalists?|reporters?|contributors?|writers?|autor(?:en|es|i|zy)?|auteurs?|autore|redakt\w+|yazar|avtor|penulis)/[^/?#]+/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_BOX_ATTRIBUTES: Final = ("class", "id", "role", "data-component")
_BLOCKS: Final = frozenset({"address", "article", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "ol", "p", "section", "table", "td", "tr", "ul"})  # fmt: skip
_BARE_BY: Final = re.compile(
    r"\W*(?:(?:analysis|opinion|text|written|posted|story)\s)?(?:by|von|par|por|di|door|av|af|autor|автор|текст|oleh|yazan)\s*:?\s*",
    re.IGNORECASE,
)
_MAX_BYLINE_CHARS: Final = 250
_MAX_LINE_CHARS: Final = 160
# A paragraph of the article has this many characters. The head ends behind so many of them.
_MIN_PROSE_CHARS: Final = 140
_HEAD_PARAGRAPHS: Final = 2
# How many elements before the headline belong to its head.
_ELEMENTS_BEFORE: Final = 40
_MAX_CANDIDATES: Final = 60
_MIN_SIGN_OFF_CHARS: Final = 10
_MAX_SIGN_OFF_CHARS: Final = 400
_SIGN_OFF: Final = re.compile(
    r"\W*(?:(?:additional )?(?:reporting|writing)(?: and writing)? by|written by|reported by)\s", re.IGNORECASE
)
_WRITER: Final = re.compile(
    r"\W*(?:reporting|written|writing|reported)(?: and (?:writing|reporting))? by\s+(?P<names>.*?)(?=,?\s+(?:with|additional|editing|edited|and editing)\b|[;)]|\.\s|\.?$)",
    re.IGNORECASE,
)


class PrintedByline(NamedTuple):
    """What a page prints; `is_in_head` tells whether it stands beneath the headline, where the article's own does."""

    byline: Byline
    is_in_head: bool


class _Candidate(NamedTuple):
    element: Any
    is_in_head: bool
    is_stated: bool


def printed_byline(tree: Any, title: str) -> PrintedByline:
    """Whom a page prints as its authors: persons by their whole names.

    Args:
        tree: The page, as lxml.html parsed it.
        title: The article's, "" where it is not known.
    """
    head: list[tuple[_Candidate, Byline]] = []
    elsewhere: list[tuple[_Candidate, Byline]] = []
    for candidate in _candidates(tree, title):
        if candidate is None:
            if head:
                break
        elif (byline := _read(candidate)).authors:
            (head if candidate.is_in_head else elsewhere).append((candidate, byline))
    if head:
        return PrintedByline(_first_group(head), True)
    # Far from the headline only what all elements agree on is the article's.
    if elsewhere and elsewhere[0][0].is_stated and len({byline.authors for _, byline in elsewhere}) == 1:
        return PrintedByline(elsewhere[0][1], False)
    return PrintedByline(Byline(), False)


def sign_off(tree: Any) -> Byline:
    """Who wrote an article by the line at its end: "(Reporting by Jane Doe; Editing by John Roe)", "홍길동 기자 hong@post.example"."""
    for text in reversed(list(_short_texts(tree))):
        if _SIGN_OFF.match(text):
            if (match := _WRITER.match(text)) and (found := recognise_byline(f"By {match['names']}")) and found.authors:
                return found
        elif "@" in text and not text.isascii() and (found := recognise_byline(text)) and found.authors:
            return found
    return Byline()


def _short_texts(tree: Any) -> Iterator[str]:
    """Paragraphs and lines that may be signatures, with an address that is linked behind them."""
    for element in tree.iter("p", "em", "i", "div", "td", "br"):
        if element.tag in ("p", "em", "i"):
            text = element.text_content()
        else:
            text = (element.tail if element.tag == "br" else element.text) or ""
            link = element.getnext() if element.tag == "br" else next(iter(element), None)
            if text and link is not None and link.tag == "a" and "mailto:" in (link.get("href") or ""):
                text = f"{text} {link.text or ''}"
        if _MIN_SIGN_OFF_CHARS < len(text) < _MAX_SIGN_OFF_CHARS:
            yield " ".join(text.split())


def _candidates(tree: Any, title: str) -> Iterator[_Candidate | None]:
    """Elements that may be bylines, in the order of the page; None where the head ends."""
    headline = _headline(tree, title)
    own = set(headline.iterancestors()) if headline is not None else set()
    prose = count = 0
    for element in _elements(tree, headline):
        if count >= _MAX_CANDIDATES:
            return
        if element.tag == "p" and len(element.text or "") >= _MIN_PROSE_CHARS:
            prose += 1
            if prose == _HEAD_PARAGRAPHS + 1:
                yield None
        is_stated = _is_author(element)
        if not (is_stated or _is_person_link(element) or _begins_with_by(element)) or element in own:
            continue
        if 2 < len(_text(element)) <= _MAX_BYLINE_CHARS and not _is_of_others(element, own):
            count += 1
            yield _Candidate(element, headline is not None and prose <= _HEAD_PARAGRAPHS, is_stated)


def _elements(tree: Any, headline: Any) -> Iterator[Any]:
    """The headline, some elements before it, and all behind it; all elements where there is no headline."""
    elements: Iterator[Any] = tree.iter("*")
    if headline is None:
        return elements
    before: deque[Any] = deque(maxlen=_ELEMENTS_BEFORE)
    for element in elements:
        before.append(element)
        if element is headline:
            break
    return chain(before, elements)


def _headline(tree: Any, title: str) -> Any:
    """The element that prints the headline; None where there is none."""
    headings = [element for element in tree.iter("h1", "h2", "h3") if (element.text_content() or "").strip()]
    key = text_key(title)
    for element in headings:
        own = text_key(element.text_content())
        if own and (own == key or (len(own) > 15 and (own in key or key in own) and key)):
            return element
    firsts = [element for element in headings if element.tag == "h1"]
    return firsts[0] if len(firsts) == 1 else None


def _is_author(element: Any) -> bool:
    names = " ".join([name for attribute in _ATTRIBUTES if (name := element.get(attribute))])
    return bool(names) and _names_author(names)


@lru_cache(maxsize=4096)
def _names_author(names: str) -> bool:
    return _AUTHOR.search(names) is not None


def _is_person_link(element: Any) -> bool:
    return element.tag == "a" and _PERSON_PAGE.search(element.get("href") or "") is not None


def _begins_with_by(element: Any) -> bool:
    text = element.text
    if (
        element.tag not in ("p", "div", "span", "li", "h3", "h4", "h5", "h6", "em", "strong", "b", "td", "address")
        or not text
        or len(text) > _MAX_BYLINE_CHARS
    ):
        return False
    text = " ".join(text.split())
    if _BARE_BY.fullmatch(text):
        return True
    return len(text) <= _MAX_LINE_CHARS and BY.match(text) is not None and recognise_byline(text) is not None


def _is_of_others(element: Any, own: set[Any]) -> bool:
    """Whether an element stands in comments, teasers, captions or menus; what holds the headline, too, is the article's."""
    if OTHER_CREDIT.search(_text_before(element)):
        return True
    here = element
    while here is not None and here not in own:
        if here.tag in _OTHER_TAGS and not (here.tag == "aside" and here is element):
            return True
        names = " ".join([name for attribute in _BOX_ATTRIBUTES if (name := here.get(attribute))])
        if names and _names_others(names):
            return True
        if here.tag in ("li", "article") and here is not element and _links_elsewhere(here):
            return True
        here = here.getparent()
    return False


def _text_before(element: Any) -> str:
    """The text right before an element: "Edited by" of "Edited by <a>Jane Doe</a>"."""
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


@lru_cache(maxsize=4096)
def _names_others(names: str) -> bool:
    return any(
        _OTHERS.search(name) or (_OFTEN_OTHERS.search(name) and not _OF_AUTHOR.search(name)) for name in names.split()
    )


def _links_elsewhere(element: Any) -> bool:
    """Whether an item has a linked headline of its own."""
    return any(
        heading.find(".//a") is not None or heading.getparent().tag == "a" for heading in element.iter("h2", "h3", "h4")
    )


def _read(candidate: _Candidate) -> Byline:
    lines = [found for line in _lines(candidate.element) if (found := recognise_byline(line, is_name_enough=True))]
    byline = joined_bylines(lines)
    persons = tuple(name for name in byline.authors if is_name(name) and not looks_like_house(name))
    return byline._replace(authors=persons)


def _first_group(signed: Sequence[tuple[_Candidate, Byline]]) -> Byline:
    """What the first byline says, with those beside it: elements in one box, or one right behind the other."""
    first, byline = signed[0]
    # The innermost elements know best where a name ends.
    inside = [names for one, names in signed[1:] if first.element in one.element.iterancestors()]
    if inside:
        inner = joined_bylines(inside)
        named = {text_key(name) for name in byline.authors}
        if len(inner.authors) >= len(byline.authors) or not {text_key(name) for name in inner.authors} <= named:
            return inner
        return byline
    parent = first.element.getparent()
    beside = [names for one, names in signed[1:] if _is_near(one.element, parent)]
    return joined_bylines([byline, *beside])


def _is_near(element: Any, box: Any) -> bool:
    return (
        box is not None
        and (element.getparent() is box or (element.getparent() is not None and element.getparent().getparent() is box))
        and len(_text(box)) <= _MAX_BYLINE_CHARS
    )


def _lines(element: Any) -> list[str]:
    """The lines of a box, as a browser sets them, without dates, which have elements of their own."""
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    joined: list[str] = []
    for line in lines:
        if joined and (_BARE_BY.fullmatch(joined[-1]) or joined[-1].endswith((",", " and", " &", " und", " et", " y"))):
            joined[-1] = f"{joined[-1]} {line}"
        elif line:
            joined.append(line)
    return joined


def _collect(element: Any, pieces: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _OTHER_TAGS or element.tag == "time":
        return
    edge = "\n" if element.tag in _BLOCKS else " "
    pieces.append(edge)
    pieces.append((element.text or "").replace("\n", " "))
    for child in element:
        _collect(child, pieces)
        pieces.append((child.tail or "").replace("\n", " "))
    pieces.append(edge)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
