"""Clauses → matches of one segment, over the postings that Whoosh's matchers give.

Each clause becomes a table of docnum → score, a term at a time. This reads every posting of
every term and skips none, so totals, facets and timelines cost nothing more. It answers for
codecs without kernels, and is the oracle of the kernels.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from math import inf
from operator import itemgetter

from whoosh.reading import SegmentReader

from searchlib.index import Snapshot
from searchlib.results import Facet, TimelineUnit
from searchlib.schema import PUBLISHED, PUBLISHED_END, SUMMARY_SPAN, TEXT, TITLE_SPAN, UNDATED, Weights
from searchlib.searching.answer import Deadline
from searchlib.searching.asked_terms import is_printed
from searchlib.searching.clauses import (
    All,
    Among,
    AnyOf,
    AskedTerm,
    BestOf,
    Clause,
    Except,
    PhraseLocator,
    Positional,
    Term,
    Within,
    text_of,
)
from searchlib.searching.counts import LONGEST_BUCKET, Dated, FacetAsked, facet_of
from searchlib.searching.exhaustive_positions import (
    CHECK_EVERY,
    Postings,
    WordsOfArticles,
    candidates_of,
    idf_of,
)
from searchlib.searching.order import COLUMN_SORTS, AnySortKey, Match, key_of
from searchlib.searching.publication_order import matches_by_id
from searchlib.searching.ranking import LengthNorms, Statistics, bm25
from searchlib.searching.sort_keys import sort_keys

__all__ = ["ExhaustiveAnswer", "reaches_into", "without_dates"]

Matches = dict[int, float]
Idf = Callable[[str, AskedTerm], float]


class ExhaustiveAnswer:
    """All matches of a clause in a snapshot, with their scores. The constructor finds them.

    Args:
        snapshot: What is searched.
        clause: What it is searched for.
        statistics: The snapshot's.
        deadline: When to give up.
    """

    def __init__(self, snapshot: Snapshot, clause: Clause, statistics: Statistics, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._deadline = deadline
        self._matches: list[Match] = []
        self._undated = 0
        self._imprecise = 0
        # Of matches that are dated a month or a year: when that ends.
        self._ends: dict[tuple[int, int], int] = {}
        dates, rest = without_dates(clause)
        # Terms of different types may be equal.
        idf = lru_cache(maxsize=None, typed=True)(statistics.idf)
        for segment, reader in enumerate(snapshot.readers):
            weights = snapshot.manifest.settings.weights
            evaluator = _SegmentEvaluator(reader, segment, weights, statistics, idf, deadline)
            published_at, end_at = evaluator.published, evaluator.published_end
            matches: Matches = {}
            with deadline.kept():
                matches = evaluator.matches(rest)
            for docnum, score in matches.items():
                published, end = published_at(docnum), end_at(docnum)
                if published == UNDATED and dates:
                    self._undated += 1
                elif all(reaches_into(published, end, window) for window in dates):
                    self._matches.append(Match(score, published, segment, docnum))
                    if end != UNDATED:
                        self._ends[segment, docnum] = end
                        self._imprecise += not all(_is_inside(published, end, window) for window in dates)
            if deadline.stop():
                break

    def page(
        self, sort: str, limit: int, after: tuple[AnySortKey, str] | None, *, counting: bool = False
    ) -> tuple[list[Match], bool]:
        """The first `limit` matches after a cursor, in order, and whether more follow."""
        if not limit:
            return [], bool(self._matches)
        matches = list(self._keyed(sort))
        if after is not None:
            matches = [each for each in matches if each[0] >= after[0]]
        if not matches:
            return [], False
        # As many as may be wanted, and all whose key equals that of the last one: only ids tell these apart.
        on_cursor = 0 if after is None else sum(key == after[0] for key, _ in matches)
        wanted = limit + on_cursor + 1
        last = heapq.nsmallest(wanted, matches, key=itemgetter(0))[-1][0]
        candidates = [each for each in matches if each[0] <= last]
        keyed = [(key, self._snapshot.article_id(match.segment, match.docnum), match) for key, match in candidates]
        keyed.sort(key=lambda each: each[:2])
        if after is not None:
            keyed = [each for each in keyed if each[:2] > after]
        return [match for _, _, match in keyed[:limit]], len(keyed) > limit

    def _keyed(self, sort: str) -> Iterator[tuple[AnySortKey, Match]]:
        """Every match with its key; where the time is over, those that got one before."""
        if sort not in COLUMN_SORTS:
            key = key_of(sort)
            yield from ((key(match), match) for match in self._matches)
            return
        for segment, own in groupby(self._matches, key=lambda match: match.segment):
            matches = sorted(own, key=lambda match: match.docnum)
            docnums = [match.docnum for match in matches]
            firsts = sort_keys(self._snapshot.readers[segment], sort, docnums, self._deadline.stop)
            yield from (((first, -match.published), match) for first, match in zip(firsts, matches, strict=False))

    def total(self) -> int:
        """How many articles match."""
        return len(self._matches)

    def undated(self) -> int:
        """How many articles match all of the query but its dates, because they have no date."""
        return self._undated

    def imprecise(self) -> int:
        """How many of the articles that match are dated a month or a year of which a part is outside of the dates."""
        return self._imprecise

    def facet(self, field: str, asked: FacetAsked) -> Facet:
        """How many of the articles that match have each value of a field."""
        columns = [reader.column_reader(field, translate=False) for reader in self._snapshot.readers]
        return facet_of(field, Counter(columns[match.segment][match.docnum] for match in self._matches), asked)

    def dated(self, unit: TimelineUnit) -> Dated:
        """When the articles that match were published."""
        undated = sum(match.published == UNDATED for match in self._matches)
        longest, ends = LONGEST_BUCKET[unit], self._ends
        times = sorted(
            match.published
            for match in self._matches
            if match.published != UNDATED
            and ends.get((match.segment, match.docnum), match.published) - match.published <= longest
        )

        def count(since: Sequence[int], until: Sequence[int]) -> list[int]:
            return [
                bisect_left(times, end) - bisect_left(times, begin) for begin, end in zip(since, until, strict=True)
            ]

        period = (times[0], times[-1]) if times else None
        return Dated(period, count, times.__iter__, undated, len(self._matches) - len(times) - undated)

    def docnums(self) -> Iterator[tuple[int, int]]:
        """(segment, docnum) of each article that matches, in no order."""
        return ((match.segment, match.docnum) for match in self._matches)

    def in_order(self) -> Iterator[Match]:
        """Every match with its score, in order of publication: the oldest first, undated ones last, equal ones by id."""
        return matches_by_id(self._matches, self._snapshot.article_id)


def without_dates(clause: Clause) -> tuple[list[Within], Clause]:
    """The date ranges that restrict a whole clause, and the rest of the clause."""
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    dates = [part for part in parts if isinstance(part, Within)]
    if not dates:
        return dates, clause
    rest = tuple(part for part in parts if not isinstance(part, Within))
    return dates, rest[0] if len(rest) == 1 else All(rest)


def reaches_into(published: int, end: int, window: Within) -> bool:
    """Whether an article may have been published in a window.

    Args:
        published: When it was published, or when the month or year begins that it is dated.
        end: When that ends; `UNDATED` where it is dated more precisely.
        window: The window.
    """
    since, until = window.since, window.until
    if published == UNDATED or (until is not None and published >= until):
        return False
    return since is None or since <= published or (end > since and (until is None or since < until))


def _is_inside(published: int, end: int, window: Within) -> bool:
    """Whether all of a month or year is in a window."""
    return (window.since is None or window.since <= published) and (window.until is None or end <= window.until)


class _SegmentEvaluator:
    """Finds the matches of clauses in one segment.

    Args:
        reader: The segment.
        number: Which of the snapshot's it is.
        weights: How the index ranks.
        statistics: The whole snapshot's.
        idf: Inverse document frequency of a (field, term) in the snapshot.
        deadline: When to give up.
    """

    def __init__(
        self, reader: SegmentReader, number: int, weights: Weights, statistics: Statistics, idf: Idf, deadline: Deadline
    ) -> None:
        self._reader = reader
        self._number = number
        self._segment_count = statistics.segment_count
        self._postings = Postings(reader, deadline)
        self._idf = idf
        self._k1 = weights.k1
        self._region_weights = (weights.title, weights.summary, 1.0)
        self._norms = LengthNorms(reader, weights, statistics.mean_length)
        self._deadline = deadline
        self.published: Callable[[int], int] = reader.column_reader(PUBLISHED, translate=False).__getitem__
        self.published_end: Callable[[int], int] = reader.column_reader(PUBLISHED_END, translate=False).__getitem__
        self._title_length = reader.column_reader(TITLE_SPAN, translate=False).__getitem__
        self._summary_length = reader.column_reader(SUMMARY_SPAN, translate=False).__getitem__

    def matches(self, clause: Clause) -> Matches:
        """The docnums that match, each with its score; none of them deleted."""
        self._deadline.check()
        if isinstance(clause, Term):
            return self._term(clause)
        if isinstance(clause, Positional):
            return self._positional(clause)
        if isinstance(clause, All):
            return self._all(clause.clauses)
        if isinstance(clause, AnyOf):
            return self._any(clause.clauses)
        if isinstance(clause, BestOf):
            return self._best(clause.clauses)
        if isinstance(clause, Except):
            excluded = self.matches(clause.clause)
            return {docnum: 0.0 for docnum in self._live if docnum not in excluded}
        if isinstance(clause, Among):
            return self._among(clause)
        assert isinstance(clause, Within)
        return self._within(clause)

    @cached_property
    def _live(self) -> list[int]:
        is_deleted = self._reader.is_deleted
        return [docnum for docnum in range(self._reader.doc_count_all()) if not is_deleted(docnum)]

    def _all(self, clauses: Iterable[Clause]) -> Matches:
        required = [self.matches(clause) for clause in clauses if not isinstance(clause, Except)]
        excluded = [self.matches(clause.clause) for clause in clauses if isinstance(clause, Except)]
        if not required:
            matches = dict.fromkeys(self._live, 0.0)
        else:
            common = set.intersection(*(set(table) for table in sorted(required, key=len)))
            matches = {docnum: sum(table[docnum] for table in required) for docnum in sorted(common)}
        for table in excluded:
            for docnum in table:
                matches.pop(docnum, None)
        return matches

    def _any(self, clauses: Iterable[Clause]) -> Matches:
        matches: Matches = {}
        for clause in clauses:
            for docnum, score in self.matches(clause).items():
                matches[docnum] = matches.get(docnum, 0.0) + score
        return matches

    def _best(self, clauses: Iterable[Clause]) -> Matches:
        matches: Matches = {}
        for clause in clauses:
            for docnum, score in self.matches(clause).items():
                matches[docnum] = max(matches.get(docnum, 0.0), score)
        return matches

    def _within(self, clause: Within) -> Matches:
        published, end = self.published, self.published_end
        return {docnum: 0.0 for docnum in self._live if reaches_into(published(docnum), end(docnum), clause)}

    def _among(self, clause: Among) -> Matches:
        if len(clause.docnums) != self._segment_count:
            raise ValueError(f"{len(clause.docnums)} bitmaps for {self._segment_count} segments")
        bitmap = clause.docnums[self._number]
        if len(bitmap) * 8 < self._reader.doc_count_all():
            raise ValueError(f"a bitmap of {len(bitmap)} bytes for {self._reader.doc_count_all():,} articles")
        return {docnum: 0.0 for docnum in self._live if bitmap[docnum >> 3] >> (docnum & 7) & 1}

    def _term(self, clause: Term) -> Matches:
        if clause.region is not None or is_printed(clause.term):
            return self._positional(
                Positional(clause.field, PhraseLocator((clause.term,)), clause.boost, clause.region)
            )
        norms, k1, idf = self._norms, self._k1, clause.boost * self._idf(clause.field, clause.term)
        postings = self._postings.of(clause.field, text_of(clause.term))
        if not idf or clause.field != TEXT:
            return {docnum: 0.0 for docnum, _ in postings}
        return {docnum: bm25(weight, norms[docnum], idf=idf, k1=k1) for docnum, weight in postings}

    def _positional(self, clause: Positional) -> Matches:
        field, locator = clause.field, clause.locator
        candidates = sorted(candidates_of(locator, field, self._postings))
        words = WordsOfArticles(self._postings, field, locator)
        idf = clause.boost * idf_of(locator, lambda term: self._idf(field, term))
        matches: Matches = {}
        for count, docnum in enumerate(candidates, 1):
            if field == TEXT:
                weight = self._weight_in_text(docnum, clause, words)
                if weight:
                    matches[docnum] = bm25(weight, self._norms[docnum], idf=idf, k1=self._k1)
            elif len(words.of(docnum).find(locator)) >= clause.at_least:
                matches[docnum] = 0.0
            if count % CHECK_EVERY == 0:
                self._deadline.check()
        return matches

    def _weight_in_text(self, docnum: int, clause: Positional, words: WordsOfArticles) -> float:
        """The weighted frequency of what the locator finds within single regions, or in the clause's region alone.

        0 where it is found less often than the clause asks for.
        """
        title_end = self._title_length(docnum)
        summary_end = title_end + 1 + self._summary_length(docnum)
        whole = words.of(docnum)
        weight, count = 0.0, 0
        for region, (begin, end) in enumerate(((0, title_end), (title_end, summary_end), (summary_end, inf))):
            if clause.region in (None, region):
                found = len(whole.in_region(region, begin, end).find(clause.locator))
                weight += self._region_weights[region] * found
                count += found
        return weight if count >= clause.at_least else 0.0
