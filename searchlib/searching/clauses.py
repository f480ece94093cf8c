"""What a query comes to under an analyzer: clauses over terms, the same for every index and segment.

A clause says which docnums of a segment match, and with what score. The scores of `All`
and `AnyOf` add up. `BestOf` takes the highest, because its clauses are spellings of one
word. What only restricts (`Except`, `Within`, fields that are not ranked) adds 0.

Every search makes its clauses anew. They are tuples, because nothing is made faster. Tuples
of different kinds may be equal, so their types tell them apart. The kernels read the tuples
and know each type by its number in `KINDS`.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from searchlib.analysis import SharedTerm, SoughtTerm
from searchlib.kernels import searching as kernels

__all__ = [
    "ANY_DATE",
    "EVERYTHING",
    "KINDS",
    "NOTHING",
    "All",
    "Among",
    "AnyOf",
    "AskedTerm",
    "BestOf",
    "Clause",
    "Except",
    "LeadLocator",
    "Locator",
    "LoneLocator",
    "NearLocator",
    "PhraseLocator",
    "Positional",
    "PrintedTerm",
    "RatedTerm",
    "Region",
    "SequenceLocator",
    "Term",
    "Within",
    "text_of",
]

#: Which region of the text a position is in: 0 the title, 1 the summary, 2 the body.
Region: TypeAlias = int


class PrintedTerm(NamedTuple):
    """A term where it stands for a printed word: "visit" where "visits" is printed, case and accents folded.

    Attributes:
        term: The term.
        word: The word, or several different ones, of which any may be printed.
    """

    term: str
    word: str | tuple[str, ...]


class RatedTerm(NamedTuple):
    """A term that ranks as one that is in so many articles: one of the words that a pattern stands for."""

    term: str | PrintedTerm
    doc_freq: int


#: A term as a clause asks for it.
AskedTerm: TypeAlias = SoughtTerm | PrintedTerm | RatedTerm


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
    while not isinstance(term, str):
        term = term.term
    return term


class PhraseLocator(NamedTuple):
    """Finds terms in this order with at most `slop` other positions among them. One term is a phrase too."""

    terms: tuple[AskedTerm, ...]
    slop: int = 0


class SequenceLocator(NamedTuple):
    """Finds parts in this order with at most `slop` other positions among them; of each part any of its alternatives.

    One part is a sequence too: what any of the alternatives finds.
    """

    parts: tuple[tuple[Locator, ...], ...]
    slop: int = 0


class NearLocator(NamedTuple):
    """Finds something of `left` with the nearest of `right`, as one range around both.

    Attributes:
        left: Alternatives.
        right: Alternatives.
        distance: How many positions the two may be apart at most.
        ordered: Whether the left one comes first.
        within: What both have to be in together, besides the region; None for nothing else.
    """

    left: tuple[Locator, ...]
    right: tuple[Locator, ...]
    distance: int
    ordered: bool
    within: Literal["sentence", "paragraph"] | None = None


class LoneLocator(NamedTuple):
    """Finds something of `left` where nothing of `right` is as near as a `NearLocator` of the same attributes asks."""

    left: tuple[Locator, ...]
    right: tuple[Locator, ...]
    distance: int
    ordered: bool
    within: Literal["sentence", "paragraph"] | None = None


class LeadLocator(NamedTuple):
    """Finds what a locator finds in the title and in the first paragraph of the body."""

    locator: Locator


Locator: TypeAlias = PhraseLocator | SequenceLocator | NearLocator | LoneLocator | LeadLocator


class Positional(NamedTuple):
    """Articles in which a locator finds something within one region. Each find ranks like an occurrence of one term.

    Attributes:
        field: The Whoosh field.
        locator: What has to stand there.
        boost: Factor of its inverse document frequency, which is the sum over its terms, with the highest of
            alternatives; 0 where the clause does not rank.
        region: The only text in which it counts; None for any.
        at_least: How often it has to be found, in what counts.
    """

    field: str
    locator: Locator
    boost: float
    region: Region | None = None
    at_least: int = 1


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


class Among(NamedTuple):
    """Articles of a set that was made before the search: of each segment a bitmap, docnum 0 in the lowest bit.

    It restricts and adds 0. Bits of deleted articles may be set.
    """

    docnums: tuple[bytes, ...]


Clause: TypeAlias = Term | Positional | All | AnyOf | BestOf | Except | Within | Among

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
    Among: kernels.CLAUSE_AMONG,
    PhraseLocator: kernels.LOCATOR_PHRASE,
    SequenceLocator: kernels.LOCATOR_SEQUENCE,
    NearLocator: kernels.LOCATOR_NEAR,
    LoneLocator: kernels.LOCATOR_LONE,
    LeadLocator: kernels.LOCATOR_LEAD,
    SharedTerm: kernels.TERM_SHARED,
    PrintedTerm: kernels.TERM_PRINTED,
    RatedTerm: kernels.TERM_RATED,
}
