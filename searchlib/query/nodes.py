"""The query tree: what a query means, in frozen values that every engine plans from.

A node says what is asked, never how it is answered: words stand as they were written,
because only an engine knows the analyzer. Every node remembers which characters of the
query it came from (`start`, `end`; both 0 in a tree built by hand), so that whatever is
said about it later can point at them; they take no part in equality.

Fields are names of the query language (`SEARCH_FIELDS`), in singular: "title", "author",
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
    """No article: what an impossible restriction means."""


@dataclass(frozen=True, slots=True)
class Word(Node):
    """Articles with this word. It may be several to the analyzer ("jong-un"): then they stand side by side."""

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
    """Articles with a match of each side within `distance` positions, in one field; `ordered` keeps their order.

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
