"""What a query comes to under an analyzer: clauses over terms, the same for every index and segment.

A clause says which docnums of a segment match, and with what score. The scores of `All`
and `AnyOf` add up. `BestOf` takes the highest, because its clauses are spellings of one
word. What only restricts (`Except`, `Within`, fields that are not ranked) adds 0.

Every search makes its clauses anew. They are tuples, because nothing is made faster. Tuples
of different kinds may be equal, so their types tell them apart. The kernels read the tuples
and know each type by its number in `KINDS`.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from searchlib.analysis import SoughtTerm
from searchlib.kernels import searching as kernels

__all__ = [
    "ANY_DATE",
    "EVERYTHING",
    "KINDS",
    "NOTHING",
    "All",
    "AnyOf",
    "AskedTerm",
    "BestOf",
    "Clause",
    "Except",
    "Locator",
    "NearLocator",
    "PhraseLocator",
    "Positional",
    "PrintedTerm",
    "Region",
    "Term",
    "Within",
    "text_of",
]

#: Which region of the text a position is in: 0 the title, 1 the summary, 2 the body.
Region: TypeAlias = int


class PrintedTerm(NamedTuple):
    """A term where it stands for one printed word: "visit" where "visits" is printed, case and accents folded."""

    term: str
    word: str


#: A term as a clause asks for it.
AskedTerm: TypeAlias = SoughtTerm | PrintedTerm


class Term(NamedTuple):
    """Articles with a term.

    Attributes:
        field: The Whoosh field.
        term: The term; a shared one ranks as rare as its word is, a printed one is found where it is printed so.
        boost: Factor of its inverse document frequency; 0 where the term does not rank.
        region: The only text in which it counts; None for all of the field.
    """

    field: str
    term: AskedTerm
    boost: float
    region: Region | None = None


def text_of(term: AskedTerm) -> str:
    """A term as it is in a dictionary."""
    return term if isinstance(term, str) else term.term


class PhraseLocator(NamedTuple):
    """Finds terms in this order with at most `slop` other positions among them. One term is a phrase too."""

    terms: tuple[AskedTerm, ...]
    slop: int = 0


class NearLocator(NamedTuple):
    """Finds something of `left` within `distance` positions of something of `right`."""

    left: tuple[Locator, ...]
    right: tuple[Locator, ...]
    distance: int
    ordered: bool


Locator: TypeAlias = PhraseLocator | NearLocator


class Positional(NamedTuple):
    """Articles in which a locator finds something within one region. Each find ranks like an occurrence of one term.

    Attributes:
        field: The Whoosh field.
        locator: What has to stand there.
        boost: Factor of its inverse document frequency, which is the sum over its terms, with the highest of
            alternatives; 0 where the clause does not rank.
        region: The only text in which it counts; None for any.
    """

    field: str
    locator: Locator
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


Clause: TypeAlias = Term | Positional | All | AnyOf | BestOf | Except | Within

EVERYTHING: Final = All(())
NOTHING: Final = AnyOf(())
ANY_DATE: Final = Within(None, None)

#: The number by which the kernels know each type, and so which fields they read of it.
KINDS: Final[dict[type, int]] = {
    Term: kernels.CLAUSE_TERM,
    Positional: kernels.CLAUSE_POSITIONAL,
    All: kernels.CLAUSE_ALL,
    AnyOf: kernels.CLAUSE_ANY_OF,
    BestOf: kernels.CLAUSE_BEST_OF,
    Except: kernels.CLAUSE_EXCEPT,
    Within: kernels.CLAUSE_WITHIN,
    PhraseLocator: kernels.LOCATOR_PHRASE,
    NearLocator: kernels.LOCATOR_NEAR,
}
