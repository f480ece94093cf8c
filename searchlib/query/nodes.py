"""The query tree: what a query means, in frozen values that every engine plans from.

A node says what is asked, not how it is answered. Words stay as they were written, because
only an engine knows the analyzer. Every node has the character range of the query that it
came from (`start`, `end`; both 0 in a tree built by hand). Diagnostics point at it; it does
not count when nodes are compared.

Fields have the names of the query language (`SEARCH_FIELDS`), in singular: "title", "author",
"tag". None means the text of the article: title, summary and body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

__all__ = [
    "SEARCH_FIELDS",
    "And",
    "Boosted",
    "DateRange",
    "Everything",
    "Near",
    "Node",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Word",
]

#: Every field that a query can name.
SEARCH_FIELDS: Final = (
    "title",
    "summary",
    "body",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes have."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


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
class Near(Node):
    """Articles in which both sides match within `distance` positions, in one field; if `ordered`, left before right.

    Sides are `Word`, `Phrase`, or an `Or` of those.
    """

    left: Node
    right: Node
    distance: int
    ordered: bool = False


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
    """Articles published in ``[since, until)``; aware datetimes, None for an open side.

    With both sides open these are all articles that have a date.
    """

    since: datetime | None = None
    until: datetime | None = None
