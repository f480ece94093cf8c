"""The query tree: what a query means, in frozen values that every engine plans from.

A node says what is asked, not how it is answered. Words stay as they were written, because
only an engine knows the analyzer. Every node has the character range of the query that it
came from (`start`, `end`; both 0 in a tree built by hand). Diagnostics point at it; it does
not count when nodes are compared.

Fields have the names of the query language (`SEARCH_FIELDS`), in singular: "title", "author",
"tag". None means the text of the article: title, summary and body. "lead" is the title and the
first paragraph of the body.

What a phrase or NEAR joins are *sides*: `Word`, `Phrase`, `Exact`, `Wildcard`, `Expression`,
`Fuzzy`, `Sequence`, `Near`, and an `Or` of sides. All sides of one node are in one field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from searchlib.json_form import JsonForm

__all__ = [
    "SEARCH_FIELDS",
    "TEXT_REGIONS",
    "VALUE_FIELDS",
    "And",
    "AtLeast",
    "Boosted",
    "DateRange",
    "Everything",
    "Exact",
    "Expression",
    "Fuzzy",
    "Has",
    "LengthRange",
    "Near",
    "Node",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Sequence",
    "Unit",
    "Value",
    "Wildcard",
    "Word",
]

#: What NEAR counts in, or what both sides have to be in together.
Unit = Literal["word", "sentence", "paragraph"]

#: Every field that a query can name.
SEARCH_FIELDS: Final = (
    "title",
    "summary",
    "body",
    "lead",
    "author",
    "section",
    "publisher",
    "place",
    "agency",
    "tag",
    "language",
    "id",
    "url",
)

#: Fields that are parts of the text: words in them are stemmed, ranked, and have positions.
TEXT_REGIONS: Final = ("title", "summary", "body", "lead")

#: Fields of which a whole value can be asked for: ``author:="Jane Doe"``.
VALUE_FIELDS: Final = ("author", "section", "publisher", "place", "agency", "tag", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(JsonForm):
    """What all nodes have.

    Examples:
        >>> from searchlib.query import And, Not, Word
        >>> index.search(And((Word("measles"), Not(Word("nursery"))))).total
        6
    """

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The tree ready for JSON: what it says in the query language, dates as instants."""
        from searchlib.query.render import render  # It knows all nodes.

        return {"query": render(self)}


@dataclass(frozen=True, slots=True)
class Everything(Node):
    """Every article: ``*``, and a query with no word in it."""


@dataclass(frozen=True, slots=True)
class Nothing(Node):
    """No article: the meaning of a restriction that nothing can meet."""


@dataclass(frozen=True, slots=True)
class Word(Node):
    """Articles with this word. If the analyzer splits it ("jong-un"), its parts stand side by side."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Articles with these words in this order within one field, at most `slop` other words among them."""

    text: str
    field: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Exact(Node):
    """Articles with these words as they are printed, but for case and accents; several as a phrase of `slop`.

    In fields that are no part of the text words are never stemmed, and it finds what a `Phrase` does.
    """

    text: str
    field: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    r"""Articles with a printed word of this shape: ``*`` any characters, ``?`` one, after ``\`` a sign is itself."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Expression(Node):
    """Articles with a printed word that this regular expression matches as a whole (`searchlib.automata`)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """Articles with a printed word at most `distance` edits from this one: 1 or 2; swapped neighbours are one edit."""

    text: str
    field: str | None = None
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """Articles with these sides in this order, at most `slop` other words among them: ``"missile (test OR launch)"``.

    At least two. Of words alone it is a `Phrase`.
    """

    nodes: tuple[Node, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Near(Node):
    """Articles in which both sides stand near one another, in one field.

    Attributes:
        left: A side.
        right: A side.
        distance: Of words, how far the first of one may stand from the last of the other, at least 1. Of sentences and
            paragraphs 0: both sides are in the same.
        ordered: Whether the left one comes first.
        unit: What `distance` counts.
        negated: Whether it finds what stands at `left` with no `right` so near: ``left NOT w/5 right``.
    """

    left: Node
    right: Node
    distance: int
    ordered: bool = False
    unit: Unit = "word"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast(Node):
    """Articles in which a side occurs at least `count` times, in its field: ``atleast3(kim OR putin)``; from 2 on."""

    node: Node
    count: int


@dataclass(frozen=True, slots=True)
class Value(Node):
    """Articles that have this as a whole value of a field (`VALUE_FIELDS`), spelt in whatever case and accents."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Has(Node):
    """Articles in which a field is not empty: any of `SEARCH_FIELDS` but "lead", "date" or "updated"."""

    field: str


@dataclass(frozen=True, slots=True)
class LengthRange(Node):
    """Articles of at least so many words, and at most so many; both included, None for an open side.

    Words of title, summary and body, each counted once. At least one side is given.
    """

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class And(Node):
    """Articles that match all of `nodes`; at least two."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Articles that match any of `nodes`; at least two."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Articles that do not match `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class Boosted(Node):
    """Articles that match `node`, its score multiplied by `factor`, > 0."""

    node: Node
    factor: float


@dataclass(frozen=True, slots=True)
class DateRange(Node):
    """Articles published, or updated, in ``[since, until)``; aware datetimes, None for an open side.

    With both sides open these are all articles that have such a date.
    """

    since: datetime | None = None
    until: datetime | None = None
    field: Literal["published", "updated"] = "published"
