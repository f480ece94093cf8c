"""What a query comes to under an analyzer: clauses over terms, for any index and segment.

A clause answers, for a segment, which docnums match and with what score. Scores of `All`
and `AnyOf` add up; `BestOf` takes the highest, because its clauses are spellings of one
word. What only restricts (`Except`, `Within`, fields that are not ranked) adds 0.

Clauses are made anew for every search, so they are what is made fastest: tuples. As such
those of different kinds may be equal; they are told apart by their types. The kernels read
them as they are, and go by the types' names.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

__all__ = [
    "ANY_DATE",
    "EVERYTHING",
    "NOTHING",
    "All",
    "AnyOf",
    "BestOf",
    "Clause",
    "Except",
    "Pair",
    "Region",
    "Sequence",
    "SpanSource",
    "Spans",
    "Term",
    "Within",
]

#: Which of the three texts a position is in: 0 the title, 1 the summary, 2 the body.
Region: TypeAlias = int


class Term(NamedTuple):
    """Articles with a term.

    Attributes:
        field: The Whoosh field.
        term: The term.
        boost: What its inverse document frequency is multiplied with; 0 where it does not rank.
        region: The only text in which it counts; None for all of the field.
    """

    field: str
    term: str
    boost: float
    region: Region | None = None


class Sequence(NamedTuple):
    """Terms in this order with at most `slop` other positions among them; one term is a sequence too."""

    terms: tuple[str, ...]
    slop: int = 0


class Pair(NamedTuple):
    """Something of `left` within `distance` positions of something of `right`."""

    left: tuple[SpanSource, ...]
    right: tuple[SpanSource, ...]
    distance: int
    ordered: bool


SpanSource: TypeAlias = Sequence | Pair


class Spans(NamedTuple):
    """Articles in which a sequence or pair stands within one text; ranked as if it were one term.

    Attributes:
        field: The Whoosh field.
        source: What has to stand there.
        boost: What its inverse document frequency is multiplied with: the sum of those of its terms, of alternatives
            the highest; 0 where it does not rank.
        region: The only text in which it counts; None for any.
    """

    field: str
    source: SpanSource
    boost: float
    region: Region | None = None


class All(NamedTuple):
    """Articles that match every clause."""

    clauses: tuple[Clause, ...]


class AnyOf(NamedTuple):
    """Articles that match any clause."""

    clauses: tuple[Clause, ...]


class BestOf(NamedTuple):
    """Articles that match any clause, with the score of the best."""

    clauses: tuple[Clause, ...]


class Except(NamedTuple):
    """Articles that do not match the clause."""

    clause: Clause


class Within(NamedTuple):
    """Articles published in ``[since, until)``, in microseconds since 1970; None for an open side."""

    since: int | None
    until: int | None


Clause: TypeAlias = Term | Spans | All | AnyOf | BestOf | Except | Within

EVERYTHING: Final = All(())
NOTHING: Final = AnyOf(())
ANY_DATE: Final = Within(None, None)
