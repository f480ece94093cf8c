"""The paragraphs of a web page, and those among them that look to be its article's.

This finds no text on its own behalf: it tells how much of what a page has to say another
reading of it has, and gives the paragraphs where that is little.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from searchlib.analysis.sentences import has_end
from searchlib.sources.text_keys import text_key

__all__ = ["Paragraph", "article_prose", "coverage", "letters_of", "page_paragraphs", "text_line"]

# What holds running text of its own; a div does where it has text beside its children.
_PARAGRAPHS: Final = ("p", "blockquote", "div", "section", "article", "main", "td", "span", "dd")
_LEAVES: Final = frozenset({"p"})
_OUTSIDE: Final = frozenset({"aside", "footer", "nav", "form", "button", "figure", "dialog", "select", "label"})
_MIN_PROSE_LETTERS: Final = 60
_MIN_ENDED_LETTERS: Final = 20
# What the parent of the parent gets of a paragraph's letters: text whose paragraphs are wrapped one by one is its.
_GRANDPARENT_SHARE: Final = 0.5
_MAX_LINK_SHARE: Final = 0.5


class Paragraph(NamedTuple):
    """An element with running text of its own, and the letters and digits of that."""

    element: Any
    key: str


def text_line(element: Any) -> str:
    """All text of an element, as one line."""
    return " ".join("".join(element.itertext()).split())


def page_paragraphs(tree: Any) -> list[Paragraph]:
    """All elements of a page that hold running text, in its order; menus, forms and the like left out."""
    found = []
    for element in tree.iter(*_PARAGRAPHS):
        line = text_line(element) if element.tag in _LEAVES else _own_text(element)
        if len(line) < _MIN_ENDED_LETTERS:
            continue
        key = text_key(line)
        is_prose = len(key) >= _MIN_PROSE_LETTERS or (len(key) >= _MIN_ENDED_LETTERS and has_end(line))
        if is_prose and not _is_outside(element) and not _is_linked(element, line):
            found.append(Paragraph(element, key))
    return found


def article_prose(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the part of the page that holds most of them; [] where there are none."""
    scores: dict[Any, float] = {}
    for paragraph in paragraphs:
        parent = paragraph.element.getparent()
        if parent is None:
            continue
        scores[parent] = scores.get(parent, 0) + len(paragraph.key)
        if (grandparent := parent.getparent()) is not None:
            scores[grandparent] = scores.get(grandparent, 0) + _GRANDPARENT_SHARE * len(paragraph.key)
    if not scores:
        return []
    best = max(scores, key=lambda element: scores[element])
    return [found for found in paragraphs if any(above is best for above in found.element.iterancestors())]


def coverage(prose: Iterable[Paragraph], key: str) -> float:
    """How much of some paragraphs a text has, by letters, from 0 to 1; the text as `text_key` gives it."""
    lengths = [(len(paragraph.key), paragraph.key in key) for paragraph in prose]
    whole = sum(length for length, _ in lengths)
    return sum(length for length, is_there in lengths if is_there) / whole if whole else 0.0


def letters_of(prose: Iterable[Paragraph]) -> int:
    """Letters and digits of some paragraphs together."""
    return sum(len(paragraph.key) for paragraph in prose)


def _own_text(element: Any) -> str:
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(pieces).split())


def _is_outside(element: Any) -> bool:
    return any(above.tag in _OUTSIDE for above in element.iterancestors())


def _is_linked(element: Any, line: str) -> bool:
    return sum(len(text_line(link)) for link in element.iter("a")) > _MAX_LINK_SHARE * len(line)
