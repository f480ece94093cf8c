"""Passages of an article and how they are shown: frozen values that render themselves.

Character ranges are half-open, over the original text of the article's field. No text can harm a page or a terminal:
whatever an article holds, `html` has no markup but ``<mark>``, and `printable` no escape sequence.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from searchlib.json_form import JsonForm
from searchlib.one_line import number_of, one_line, quoted

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    #: What hits have for a snippet: one, or None where none were asked for.
    _SnippetT = TypeVar("_SnippetT", bound="Snippet | None", default="Snippet", covariant=True)
else:
    # The one of the standard library has no defaults before Python 3.13.
    from typing import TypeVar

    _SnippetT = TypeVar("_SnippetT", covariant=True)

__all__ = ["CharacterRange", "Passage", "Snippet", "Span", "printable"]

_SPACE = re.compile(r"\s+")
# Cc: controls, ESC among them. Cf: bidirectional overrides and other invisible commands, but not the joiners that
# Persian, Indic scripts and emoji need. Cs: halves of surrogate pairs. Zl, Zp: line ends to some terminals.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d\u00ad")
_BRIGHT, _PLAIN = "\x1b[1;33m", "\x1b[0m"


def printable(text: str) -> str:
    """The text on one line, safe to write to a terminal: no control characters, no bidirectional overrides."""
    if _is_printable(text):
        return text
    line = _SPACE.sub(" ", text)
    if line.isprintable():
        return line
    return "".join(char for char in line if char in _JOINERS or unicodedata.category(char) not in _UNPRINTABLE)


def _is_printable(text: str) -> bool:
    """Whether the text, and so every piece of it, is `printable` as it is."""
    # A text that is printable to Python has no white space but " ".
    return text.isprintable() and "  " not in text


class CharacterRange(NamedTuple):
    """Characters ``start`` to ``end`` (not included) of a text.

    Examples:
        >>> mark = index.search("measles")[0].snippet.title.marks[0]
        >>> mark.end - mark.start
        7
    """

    start: int
    end: int


#: Another name of `CharacterRange`.
Span: TypeAlias = CharacterRange


@dataclass(frozen=True, slots=True, init=False)
class Passage(JsonForm):
    """A piece of one field of an article, with what matched in it.

    Attributes:
        field: Which field: "title", "summary" or "body".
        source: The piece itself, exactly as it stands in the field.
        start: Where it begins in the field, in characters.
        marks: What matched, as ranges over the field (not over the piece). They are in order, lie inside the piece and
            do not touch.
        leading: Whether it begins inside a sentence: an ellipsis stands before it.
        trailing: Whether it ends inside a sentence: an ellipsis stands after it.

    Examples:
        >>> passage = index.search("measles nursery")[0].snippet.title
        >>> passage.field, passage.start
        ('title', 0)
        >>> passage.html
        'Three <mark>measles</mark> cases found in a <mark>nursery</mark> in Ashgrove'
    """

    field: str
    source: str
    start: int
    marks: tuple[CharacterRange, ...]
    leading: bool
    trailing: bool

    def __init__(
        self,
        field: str,
        source: str,
        start: int = 0,
        marks: tuple[CharacterRange, ...] = (),
        leading: bool = False,
        trailing: bool = False,
    ) -> None:
        _set_field(self, field)
        _set_source(self, source)
        _set_start(self, start)
        _set_marks(self, marks)
        _set_leading(self, leading)
        _set_trailing(self, trailing)

    @property
    def end(self) -> int:
        """Where the piece ends in the field, in characters."""
        return self.start + len(self.source)

    @property
    def text(self) -> str:
        """The piece on one line, safe to print; the marks are not shown."""
        return _text_of(self, leading=self.leading)

    @property
    def html(self) -> str:
        """The piece on one line, escaped, what matched inside ``<mark>``."""
        return _as_html(self.pieces())

    @property
    def terminal(self) -> str:
        """The piece on one line, what matched bright, for a terminal that knows ANSI colours."""
        return _as_terminal(self.pieces())

    def as_dict(self) -> dict[str, Any]:
        """The piece ready for JSON: where it is, its source with marks as [start, end], and as text and HTML to be shown."""
        return {
            "field": self.field,
            "start": self.start,
            "end": self.end,
            "source": self.source,
            "marks": [list(mark) for mark in self.marks],
            "leading": self.leading,
            "trailing": self.trailing,
            "text": self.text,
            "html": self.html,
        }

    def lines(self) -> tuple[Passage, ...]:
        """Its lines that are not empty, each a passage with its marks; a mark over a line's end is in both."""
        lines = []
        start, marks = self.start, self.marks
        for line in self.source.splitlines(keepends=True):
            source = line.rstrip()
            end = start + len(source)
            inside = [CharacterRange(max(a, start), min(b, end)) for a, b in marks if a < end and b > start]
            if source:
                lines.append(Passage(self.field, source, start, tuple(inside)))
            start += len(line)
        return tuple(lines)

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The piece as (printable text, whether it matched) in order, for any other rendering."""
        if self.leading:
            yield "… ", False
        yield from self._source_pieces()
        if self.trailing:
            yield " …", False

    def _source_pieces(self) -> Iterator[tuple[str, bool]]:
        source, offset, at = self.source, self.start, 0
        for start, end in self.marks:
            if plain := printable(source[at : start - offset]):
                yield plain, False
            if marked := printable(source[start - offset : end - offset]):
                yield marked, True
            at = end - offset
        if rest := printable(source[at:]):
            yield rest, False

    def __repr__(self) -> str:
        marks = number_of(len(self.marks), "mark") if self.marks else ""
        return one_line(self, f"{self.field} {self.start}–{self.end}", marks, quoted(self.source, 60))

    def _repr_html_(self) -> str:
        """The piece with its marks, for a notebook."""
        return f"<p><bdi>{self.html}</bdi></p>"


# A page of hits makes dozens of passages. This is the fastest way to set attributes of a frozen object.
_set_field, _set_source, _set_start, _set_marks, _set_leading, _set_trailing = (
    Passage.__dict__[name].__set__ for name in ("field", "source", "start", "marks", "leading", "trailing")
)


@dataclass(frozen=True, slots=True)
class Snippet(JsonForm):
    """What to show of a hit: its whole title, and the best passages of its text in reading order.

    Examples:
        >>> snippet = index.search("measles nursery")[0].snippet
        >>> snippet.html.count("<mark>"), snippet.passages[0].field
        (3, 'body')
    """

    title: Passage
    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """The passages on one line, without marks; an ellipsis stands where text between them is left out."""
        before: Passage | None = None
        text = ""
        for passage in self.passages:
            if before is None:
                text = passage.text
            else:
                # One ellipsis is enough.
                leading = passage.leading and not before.trailing
                text += _between(before, passage) + _text_of(passage, leading=leading)
            before = passage
        return text

    @property
    def html(self) -> str:
        """The passages on one line, escaped, what matched inside ``<mark>``."""
        return _as_html(self._pieces())

    @property
    def terminal(self) -> str:
        """The passages on one line, what matched bright."""
        return _as_terminal(self._pieces())

    def as_dict(self) -> dict[str, Any]:
        """The title with marks, and the passages without and with them, ready for JSON."""
        return {"title": self.title.html, "text": self.text, "html": self.html}

    def _pieces(self) -> Iterator[tuple[str, bool]]:
        before: Passage | None = None
        for passage in self.passages:
            pieces = passage.pieces()
            if before is not None:
                if before.trailing and passage.leading:
                    next(pieces)  # One ellipsis is enough.
                yield _between(before, passage), False
            yield from pieces
            before = passage

    def __repr__(self) -> str:
        return one_line(self, quoted(self.title.source), quoted(self.text, 60) if self.passages else "")

    def _repr_html_(self) -> str:
        """Title and passages with their marks, for a notebook."""
        return f"<p><strong><bdi>{self.title.html}</bdi></strong><br><bdi>{self.html}</bdi></p>"


# Between two sentences that follow one another stands a space or an empty line.
_MAX_BREAK_CHARS: Final = 2


def _between(before: Passage, passage: Passage) -> str:
    """What stands between two passages."""
    if before.trailing or passage.leading:
        return " "
    goes_on = passage.field == before.field and passage.start - before.end <= _MAX_BREAK_CHARS
    return " " if goes_on else " … "


def _text_of(passage: Passage, *, leading: bool) -> str:
    """The text of a passage; `leading` says whether an ellipsis may stand before it."""
    if _is_printable(passage.source):
        text = passage.source
    else:
        # Each piece is made printable by itself, as in HTML: white space on both sides of a mark's edge gives two spaces.
        text = "".join([piece for piece, _ in passage._source_pieces()])
    return f"{'… ' if leading else ''}{text}{' …' if passage.trailing else ''}"


def _as_html(pieces: Iterable[tuple[str, bool]]) -> str:
    escaped = ((html.escape(piece), marked) for piece, marked in pieces)
    return "".join(f"<mark>{piece}</mark>" if marked else piece for piece, marked in escaped)


def _as_terminal(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(f"{_BRIGHT}{piece}{_PLAIN}" if marked else piece for piece, marked in pieces)
