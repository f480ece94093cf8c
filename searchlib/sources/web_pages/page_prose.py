"""The paragraphs of a web page, and those among them that look to be its article's.

This finds no text on its own behalf: it tells how much of what a page has to say another
reading of it has, and gives the paragraphs where that is little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from searchlib.analysis.sentences import has_end
from searchlib.sources.web_pages.text_keys import text_key

__all__ = ["Paragraph", "article_prose", "coverage", "letters_of", "page_paragraphs", "text_between", "text_line"]

# What holds running text of its own; a div does where it has text beside its children.
_PARAGRAPHS: Final = ("p", "blockquote", "div", "section", "article", "main", "td", "span", "dd")
_LEAVES: Final = frozenset({"p"})
_BETWEEN: Final = ("h2", "h3", "h4", "li")
_OUTSIDE: Final = frozenset({"aside", "footer", "nav", "form", "button", "figure", "dialog", "select", "label"})
_MIN_PROSE_LETTERS: Final = 60
_MIN_ENDED_LETTERS: Final = 20
# What the parent of the parent gets of a paragraph's letters: text whose paragraphs are wrapped one by one is its.
_GRANDPARENT_SHARE: Final = 0.5
_MAX_LINK_SHARE: Final = 0.5
# So many elements that lie in one another tell the blocks of an article from other parts.
_BLOCK_LEVELS: Final = 3
# An element with so much text of its own may hold the text of others once more.
_MIN_WHOLE_LETTERS: Final = 1_500


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
    return [paragraph for paragraph in found if not _repeats(paragraph, found)]


def _repeats(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether it has the text of other paragraphs once more."""
    if len(paragraph.key) < _MIN_WHOLE_LETTERS:
        return False
    return any(other.key in paragraph.key for other in paragraphs if other.element is not paragraph.element)


def article_prose(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
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
    parts = _alike(max(scores, key=lambda element: scores[element]), scores)
    return [found for found in paragraphs if any(above in parts for above in found.element.iterancestors())]


def _alike(part: Any, parts: Iterable[Any]) -> set[Any]:
    """A part of a page, and those that are marked up and lie as it does: an article may come in blocks.

    Where a page has several headlines, these may be articles of their own.
    """
    if len(list(part.getroottree().iter("h1"))) > 1:
        return {part}
    signature = _signature(part)
    return {other for other in parts if _signature(other) == signature}


def _signature(part: Any) -> tuple[object, ...]:
    """What an element and those around it are called, and the part of the page that they are in."""
    levels = [part, *part.iterancestors()][:_BLOCK_LEVELS]
    outer = next(part.iterancestors("article", "main", "body"), None)
    return (*((level.tag, _first_class(level)) for level in levels), outer)


def _first_class(element: Any) -> str:
    return next(iter((element.get("class") or "").split()), "")


def coverage(prose: Iterable[Paragraph], key: str) -> float:
    """How much of some paragraphs a text has, by letters, from 0 to 1; the text as `text_key` gives it."""
    lengths = [(len(paragraph.key), paragraph.key in key) for paragraph in prose]
    whole = sum(length for length, _ in lengths)
    return sum(length for length, is_there in lengths if is_there) / whole if whole else 0.0


def letters_of(prose: Iterable[Paragraph]) -> int:
    """Letters and digits of some paragraphs together."""
    return sum(len(paragraph.key) for paragraph in prose)


def text_between(prose: Sequence[Paragraph]) -> str:
    """The text of these paragraphs, with the headings and lists that stand between them."""
    common = _common_ancestor([paragraph.element for paragraph in prose])
    own = {paragraph.element for paragraph in prose}
    last = prose[-1].element
    pieces: list[str] = []
    waiting: list[str] = []
    for element in common.iter(*_PARAGRAPHS, *_BETWEEN):
        if element in own:
            pieces += waiting
            waiting = []
            pieces.append(text_line(element) if element.tag in _LEAVES else _own_text(element))
        elif pieces and element.tag in _BETWEEN and (line := text_line(element)):
            waiting.append(f"- {line}" if element.tag == "li" else line)
        if element is last:
            break
    return "\n\n".join(dict.fromkeys(pieces))


def _common_ancestor(elements: list[Any]) -> Any:
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        above = {element, *element.iterancestors()}
        common = [candidate for candidate in common if candidate in above]
    return common[0]


def _own_text(element: Any) -> str:
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(pieces).split())


def _is_outside(element: Any) -> bool:
    return any(above.tag in _OUTSIDE for above in element.iterancestors())


def _is_linked(element: Any, line: str) -> bool:
    return sum(len(text_line(link)) for link in element.iter("a")) > _MAX_LINK_SHARE * len(line)
