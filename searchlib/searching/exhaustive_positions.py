"""Where locators find something in the articles of one segment, over the positions that Whoosh's matchers give.

Which terms stand for a word as printed says `text_field`: companions of the term in Whoosh's codec.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Final

from whoosh.matching import Matcher
from whoosh.reading import SegmentReader, TermNotFound

from searchlib.analysis import MAX_JOINED_POSITIONS
from searchlib.schema import TEXT
from searchlib.searching.answer import Deadline
from searchlib.searching.asked_terms import TermsOfWord, terms_in_index
from searchlib.searching.clauses import (
    AskedTerm,
    LeadLocator,
    Locator,
    LoneLocator,
    NearLocator,
    PhraseLocator,
    SequenceLocator,
)
from searchlib.searching.position_ranges import (
    PositionRange,
    lone_ranges,
    pair_ranges,
    ranges_within,
    sequence_ranges,
)
from searchlib.text_field import PARAGRAPH, SENTENCE, SENTENCES

__all__ = [
    "CHECK_EVERY",
    "Postings",
    "RegionWords",
    "WordsOfArticles",
    "candidates_of",
    "idf_of",
    "ranked_terms",
    "terms_of",
]

#: How many postings or articles are looked at between two looks at the clock.
CHECK_EVERY: Final = 4096

_TITLE: Final = 0
_BODY: Final = 2


class Postings:
    """The postings of a segment.

    Args:
        reader: The segment.
        deadline: When to give up.
    """

    def __init__(self, reader: SegmentReader, deadline: Deadline) -> None:
        self._reader = reader
        self._deadline = deadline

    def of(self, field: str, term: str) -> Iterator[tuple[int, float]]:
        """(docnum, weight) of every posting of a term."""
        matcher = self.matcher(field, term)
        count = 0
        while matcher is not None and matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()
            count += 1
            if count % CHECK_EVERY == 0:
                self._deadline.check()

    def docnums(self, field: str, word: TermsOfWord) -> set[int]:
        """The articles that have any of these terms."""
        return {docnum for term in word for docnum, _ in self.of(field, term)}

    def matcher(self, field: str, term: str) -> Matcher | None:
        """Whoosh's matcher of a term; None where no article has it."""
        encoded = term.encode("utf-8")
        if (field, encoded) not in self._reader:
            return None
        try:
            return self._reader.postings(field, encoded)
        except TermNotFound:
            return None


class WordsOfArticles:
    """The words that a locator asks for, in one article after the other.

    Args:
        postings: The segment's.
        field: The field.
        locator: The locator.
    """

    def __init__(self, postings: Postings, field: str, locator: Locator) -> None:
        self._cursors = {terms_in_index(term): _cursors(postings, field, term) for term in terms_of(locator)}
        beginnings = (SENTENCE, PARAGRAPH) if field == TEXT and _asks_for_sentences(locator) else ()
        self._beginnings = {term: postings.matcher(SENTENCES, term) for term in beginnings}

    def of(self, docnum: int) -> RegionWords:
        """Those of an article, all of its regions together; docnums ascend from call to call."""
        ranges = {word: _ranges_at(cursors, docnum) for word, cursors in self._cursors.items()}
        beginnings = {term: _positions_at(cursor, docnum) for term, cursor in self._beginnings.items()}
        return RegionWords(ranges, beginnings)


class RegionWords:
    """The words of one region of an article; or of all of them.

    Args:
        ranges: The position ranges of each word, ascending.
        beginnings: The positions at which a sentence, or a paragraph, begins, ascending.
        lead_end: The position at which the part ends that is of the lead.
    """

    def __init__(
        self,
        ranges: Mapping[TermsOfWord, Sequence[PositionRange]],
        beginnings: Mapping[str, Sequence[int]],
        lead_end: float = inf,
    ) -> None:
        self._ranges = ranges
        self._beginnings = beginnings
        self._lead_end = lead_end

    def in_region(self, region: int, begin: float, end: float) -> RegionWords:
        """The words at positions ``[begin, end)``, which are a region."""
        ranges = {word: [at for at in every if begin <= at[0] < end] for word, every in self._ranges.items()}
        beginnings = {term: [at for at in every if begin <= at < end] for term, every in self._beginnings.items()}
        lead_end = end if region == _TITLE else begin
        if region == _BODY:
            lead_end = min(beginnings.get(PARAGRAPH, ()), default=end)
        return RegionWords(ranges, beginnings, lead_end)

    def find(self, locator: Locator) -> list[PositionRange]:
        """All that a locator finds."""
        if isinstance(locator, PhraseLocator):
            return sequence_ranges([self._ranges[terms_in_index(term)] for term in locator.terms], locator.slop)
        if isinstance(locator, SequenceLocator):
            return sequence_ranges([sorted(set(self._find_any(part))) for part in locator.parts], locator.slop)
        if isinstance(locator, LeadLocator):
            return ranges_within(self.find(locator.locator), 0, self._lead_end)
        ranges_of = pair_ranges if isinstance(locator, NearLocator) else lone_ranges
        left, right = self._find_any(locator.left), self._find_any(locator.right)
        boundaries = self._beginnings[locator.within] if locator.within else ()
        return ranges_of(left, right, locator.distance, ordered=locator.ordered, boundaries=boundaries)

    def _find_any(self, locators: Iterable[Locator]) -> list[PositionRange]:
        return [each for locator in locators for each in self.find(locator)]


def candidates_of(locator: Locator, field: str, postings: Postings) -> set[int]:
    """Docnums that have the terms that a locator needs."""
    if isinstance(locator, PhraseLocator):
        words = dict.fromkeys(map(terms_in_index, locator.terms))
        return set.intersection(*(postings.docnums(field, word) for word in words))
    if isinstance(locator, LeadLocator):
        return candidates_of(locator.locator, field, postings)
    needed = _parts_of(locator)
    if isinstance(locator, LoneLocator):
        needed = (locator.left,)
    return set.intersection(*(set().union(*(candidates_of(each, field, postings) for each in part)) for part in needed))


def idf_of(locator: Locator, idf: Callable[[AskedTerm], float]) -> float:
    """The inverse document frequency of a locator: the sum over its terms, with the highest of alternatives.

    Where something is found that has no other near it, the other does not count.
    """
    if isinstance(locator, PhraseLocator):
        return sum(map(idf, locator.terms))
    if isinstance(locator, LeadLocator):
        return idf_of(locator.locator, idf)
    return sum(max(idf_of(each, idf) for each in part) for part in _ranked_parts(locator))


def ranked_terms(locator: Locator, idf: Callable[[AskedTerm], float]) -> list[AskedTerm]:
    """The terms whose inverse document frequencies `idf_of` adds up."""
    if isinstance(locator, PhraseLocator):
        return list(locator.terms)
    if isinstance(locator, LeadLocator):
        return ranked_terms(locator.locator, idf)
    rarest = [max(part, key=lambda each: idf_of(each, idf)) for part in _ranked_parts(locator)]
    return [term for each in rarest for term in ranked_terms(each, idf)]


def _ranked_parts(locator: SequenceLocator | NearLocator | LoneLocator) -> tuple[tuple[Locator, ...], ...]:
    return (locator.left,) if isinstance(locator, LoneLocator) else _parts_of(locator)


def _parts_of(locator: SequenceLocator | NearLocator | LoneLocator) -> tuple[tuple[Locator, ...], ...]:
    return locator.parts if isinstance(locator, SequenceLocator) else (locator.left, locator.right)


def _inner(locator: Locator) -> Iterator[Locator]:
    """A locator and all that it is made of."""
    yield locator
    if isinstance(locator, LeadLocator):
        yield from _inner(locator.locator)
    elif not isinstance(locator, PhraseLocator):
        for part in _parts_of(locator):
            for each in part:
                yield from _inner(each)


def terms_of(locator: Locator) -> list[AskedTerm]:
    """All terms that a locator asks for."""
    return [term for each in _inner(locator) if isinstance(each, PhraseLocator) for term in each.terms]


def _asks_for_sentences(locator: Locator) -> bool:
    return any(
        isinstance(each, LeadLocator) or (isinstance(each, (NearLocator, LoneLocator)) and each.within is not None)
        for each in _inner(locator)
    )


def _cursors(postings: Postings, field: str, term: AskedTerm) -> list[tuple[int, Matcher]]:
    """The cursors of a term: of all its positions, and of those where it takes more than one, by how many."""
    cursors = [
        (positions, postings.matcher(field, each))
        for positions in range(1, MAX_JOINED_POSITIONS + 1)
        for each in terms_in_index(term, positions)
    ]
    return [(positions, cursor) for positions, cursor in cursors if cursor is not None]


def _positions_at(cursor: Matcher | None, docnum: int) -> list[int]:
    if cursor is not None and cursor.is_active():
        cursor.skip_to(docnum)
        if cursor.is_active() and cursor.id() == docnum:
            positions: list[int] = cursor.value_as("positions")
            return positions
    return []


def _ranges_at(cursors: list[tuple[int, Matcher]], docnum: int) -> list[PositionRange]:
    """The ranges that a word takes in an article, ascending."""
    starts: Counter[int] = Counter()
    ranges: list[PositionRange] = []
    for positions, cursor in cursors:
        at = _positions_at(cursor, docnum)
        if positions == 1:
            starts.update(at)
        else:
            starts.subtract(at)
            ranges += [(first, first + positions - 1) for first in at]
    return sorted([*ranges, *((first, first) for first in starts.elements())])
