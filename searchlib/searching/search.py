"""Query tree and snapshot → hits, totals and counts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from searchlib.analysis import QueryAnalyzer, first_rules_analyzer
from searchlib.article import Article
from searchlib.article.language_counts import LanguageCount
from searchlib.codec.native import NativeTermsReader
from searchlib.counted import Comparison
from searchlib.diagnostics import Diagnostic
from searchlib.explanations import Explanation
from searchlib.index import Snapshot, analyzers_of
from searchlib.query import DateRange, Node, render
from searchlib.results import Facet, Hit, Snippet, Timeline, TimelineUnit
from searchlib.schema import DETECTED, LANGUAGE, OLDEST_SCHEMA, TEXT, UNDATED
from searchlib.searching.answer import NO_DEADLINE, Answer, Deadline, deadline_of
from searchlib.searching.clauses import ANY_DATE, EVERYTHING, NOTHING, Clause, Term
from searchlib.searching.counts import FacetAsked, comparison_of, timeline_of
from searchlib.searching.feedback import Expanded, expand_query
from searchlib.searching.found import NOTHING_COUNTED, Counting, Found
from searchlib.searching.kernel_answer import KernelAnswer, KernelSegments
from searchlib.searching.kernel_segment import KernelSegment, searched_by_kernels
from searchlib.searching.kernel_vocabulary import KernelVocabulary
from searchlib.searching.order import (
    COLUMN_SORTS,
    LENGTH_SORTS,
    TEXT_SORTS,
    AnySortKey,
    Match,
    PlainMatch,
    key_of,
    read_cursor,
    write_cursor,
)
from searchlib.searching.plan import Planned, plan
from searchlib.searching.question import Question, read_question
from searchlib.searching.ranking import Statistics, inverse_document_frequency
from searchlib.searching.similarity import as_similar, sought_words, words_query
from searchlib.searching.vocabulary import Vocabulary
from searchlib.similar import SimilarArticles

if TYPE_CHECKING:
    from searchlib.searching.completion import Completer
    from searchlib.searching.one_article import IndexFacts, Where

__all__ = ["Searcher"]


_NOTHING_PLANNED: Final = Planned(NOTHING, (), (), ())


class Searcher:
    """Answers queries over one snapshot: with the kernels if they can search its segments, else with Whoosh's matchers.

    Attributes:
        is_shared: Whether several threads may use it, and its snapshot, at once.
        analyzer: What analyses the words of queries, in every language that the snapshot holds.

    Raises:
        IndexCorruptError: The index is not as it was committed.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        with snapshot.checked():
            self.analyzer = _query_analyzer(snapshot)
            self._statistics = Statistics(snapshot)
            self._kernels = _kernel_segments(snapshot, self._statistics.mean_length)
            self.is_shared = self._kernels is not None
            self._vocabulary = _vocabulary_of(snapshot)

    def search(
        self,
        tree: Node,
        *,
        sort: str = "relevance",
        limit: int = 10,
        after: str | None = None,
        skip: int = 0,
        counting: Counting = NOTHING_COUNTED,
        count: bool = True,
        deadline: Deadline | None = None,
        snippet_of: Callable[[Article], Snippet] | None = None,
    ) -> Found:
        """Find articles.

        Args:
            tree: The query, dates included.
            sort: In which order (`results.SORTS`).
            limit: How many hits to give at most, >= 0.
            after: Cursor of an earlier page. The hits start after it.
            skip: How many hits to pass over before.
            counting: What to count of all that match besides how many there are.
            count: Whether to count all that match.
            deadline: When to give up, or to end with what there is; None for never.
            snippet_of: Makes the snippet of an article found; None for hits without snippets.

        Raises:
            QueryError: `after` is not a cursor of this search.
            SearchCancelledError: It was cancelled.
            SearchTimeoutError: The time is over, and nothing partial is wanted.
            IndexCorruptError: The index is not as it was committed.
        """
        snapshot, deadline = self._snapshot, deadline or deadline_of()
        with snapshot.checked():
            if sort in COLUMN_SORTS and sort in LENGTH_SORTS:
                snapshot.insist_on_lengths("Sorting by length")
            cursor = read_cursor(_asked(tree, sort), after, by_text=sort in TEXT_SORTS) if after else None
            answer, planned = self._answer(tree, deadline)
            matches, more = answer.page(sort, skip + limit, cursor, counting=count)
            if skip:
                matches = matches[skip:]
            hits = self._hits(matches, snippet_of, deadline, tree, planned)
            total = answer.total() if count else None
            undated, imprecise = answer.undated(), answer.imprecise()
            facets = self._facets(answer, counting, deadline) if counting.facets else {}
            line = self._timeline(answer, counting, deadline) if counting.timeline else None
            return Found(
                hits=hits,
                # Where the time was over before all were counted, the hits may be more.
                total=None if total is None else max(total, len(hits)),
                undated=undated,
                imprecise=imprecise,
                next=self._cursor_after(matches[-1], tree, sort) if matches and more else None,
                facets=facets,
                timeline=line,
                diagnostics=planned.diagnostics,
                notes=planned.notes,
                expansions=planned.expansions,
                partial=deadline.is_over,
            )

    def compare(
        self, trees: Sequence[Node], unit: TimelineUnit, *, share: bool = False, deadline: Deadline | None = None
    ) -> Comparison:
        """How many articles each of several queries finds, over time.

        Args:
            trees: The queries, dates included.
            unit: How long a bucket is.
            share: Whether to count all articles too.
            deadline: When to give up; None for never.

        Raises:
            SearchTimeoutError: The time is over.
            IndexCorruptError: The index is not as it was committed.
        """
        deadline, zone = deadline or deadline_of(), self._snapshot.zone
        with self._snapshot.checked():
            answers = [self._answer(tree, deadline) for tree in trees]
            found = [answer.dated(unit) for answer, _ in answers]
            every = self._answer_to(EVERYTHING, deadline).dated(unit) if share else None
            deadline.check()
            comparison = comparison_of(unit, zone, [render(tree, zone=zone) for tree in trees], found, every)
        return replace(comparison, diagnostics=tuple([planned.diagnostics + planned.notes for _, planned in answers]))

    def _facets(self, answer: Answer, counting: Counting, deadline: Deadline) -> dict[str, Facet]:
        """The facets. Where the time is over, those that were not counted of all that match are left out."""
        facets: dict[str, Facet] = {}
        for name in counting.facets:
            with deadline.kept():
                query = (counting.queries or {}).get(name)
                counted = answer if query is None else self._answer(query, deadline)[0]
                facet = counted.facet(
                    name, FacetAsked(counting.facet_limit, (counting.facet_prefix or {}).get(name, ""))
                )
                if deadline.stop():
                    break
                facets[name] = facet
        return facets

    def _timeline(self, answer: Answer, counting: Counting, deadline: Deadline) -> Timeline | None:
        """The timeline; None where none is asked for, or the time is over before it is counted."""
        timeline = None
        if counting.timeline and not deadline.stop():
            with deadline.kept():
                every = self._answer_to(EVERYTHING, deadline).dated(counting.timeline) if counting.share else None
                timeline = timeline_of(counting.timeline, self._snapshot.zone, answer.dated(counting.timeline), every)
                deadline.check()
        return None if deadline.is_over else timeline

    def scan(
        self, tree: Node, snippet_of: Callable[[Article], Snippet] | None = None
    ) -> tuple[int, Planned, Iterator[Hit[Any]]]:
        """How many articles match, the plan of the query, and every hit in order of publication (`Answer.in_order`).

        The hits are for one thread at a time. The snapshot must stay open until the last one.

        Args:
            tree: The query, dates included.
            snippet_of: Makes the snippet of an article found; None for hits without snippets.
        """
        with self._snapshot.checked():
            deadline = deadline_of()
            answer, planned = self._answer(tree, deadline)
            return answer.total(), planned, self._hits_in_order(answer, snippet_of, tree, planned, deadline)

    def _hits_in_order(
        self,
        answer: Answer,
        snippet_of: Callable[[Article], Snippet] | None,
        tree: Node,
        planned: Planned,
        deadline: Deadline,
    ) -> Iterator[Hit[Any]]:
        if self._kernels is None:
            with self._snapshot.checked():
                yield from self._whoosh_hits(answer.in_order(), snippet_of, tree, planned, deadline)
            return
        explain = partial(self._explain, tree, planned)
        with self._snapshot.checked():
            for match in answer.in_order():
                deadline.check()
                article = self._snapshot.article(match.segment, match.docnum)
                snippet = None if snippet_of is None else snippet_of(article)
                yield Hit(article, match.score, snippet, (explain, match))

    def question(self, text: str) -> Question:
        """A text as a question: what it asks for, whatever signs are in it."""
        with self._snapshot.checked():
            return read_question(text, self.analyzer, self._rarity)

    def expanded(self, tree: Node, *, widen: bool, deadline: Deadline | None = None) -> Expanded:
        """A query with words of its first results; with `widen`, they find articles too."""
        analyzers = analyzers_of(self._snapshot.manifest.settings)

        def first(query: Node, limit: int) -> list[tuple[Article, float]] | None:
            found = self.search(query, limit=limit, count=False, deadline=deadline)
            return None if found.partial else [(hit.article, hit.score) for hit in found.hits]

        return expand_query(tree, first, self.analyzer, analyzers.of, widen=widen)

    def similar(
        self, article: Article, dates: DateRange | None, *, limit: int, deadline: Deadline | None = None
    ) -> SimilarArticles:
        """Articles like one, published within some dates."""
        analyzers = analyzers_of(self._snapshot.manifest.settings)
        with self._snapshot.checked():
            sought = sought_words(article, analyzers.of(article.language), self.analyzer, self._rarity)
        tree = words_query(sought, article.id, dates)
        found = self.search(tree, limit=limit, count=False, deadline=deadline)
        return as_similar(article, found.hits, sought)

    def _rarity(self, word: str) -> float:
        """The inverse document frequency of a word; of several terms that of the rarest, 0 if no article has one."""
        paths = self.analyzer.paths(word)
        frequencies = [min(self._statistics.doc_freq(TEXT, term) for term in path) for path in paths]
        frequency = max(frequencies, default=0)
        return inverse_document_frequency(self._statistics.article_count, frequency) if frequency else 0.0

    def ids(self, tree: Node) -> tuple[list[str], tuple[Diagnostic, ...]]:
        """The ids of all articles that match, in no order, and where the query is not answered as it was written."""
        with self._snapshot.checked():
            answer, planned = self._answer(tree, deadline_of())
            ids = [self._snapshot.article_id(segment, docnum) for segment, docnum in answer.docnums()]
            return ids, planned.diagnostics

    def count(self, clause: Clause, share: float = 1.0, deadline: Deadline | None = None) -> int:
        """How many articles a clause matches; an estimate from slices of every segment where `share` is below 1.

        Raises:
            SearchTimeoutError: The time is over.
        """
        deadline = deadline or deadline_of()
        with self._snapshot.checked():
            answer = self._answer_to(clause, deadline)
            count = answer.estimate(share) if isinstance(answer, KernelAnswer) else answer.total()
        deadline.check()
        return count

    @cached_property
    def completer(self) -> Completer:
        """What completes words by this snapshot. It keeps the most frequent words that begin with a letter.

        Raises:
            UpgradeNeededError: A segment does not know which words were printed.
        """
        from searchlib.searching.completion import Completer  # Imported late, because no search needs it.
        from searchlib.searching.printed_words import printed_words_of

        return Completer(printed_words_of(self._snapshot, "Completion"), self.analyzer, self.count)

    def period(self) -> tuple[int, int] | None:
        """When the first and the last dated article were published, in microseconds; None if none has a date."""
        with self._snapshot.checked():
            answer = self._answer_to(EVERYTHING, None)
            first, _ = answer.page("oldest", 1, None, counting=False)
            last, _ = answer.page("newest", 1, None, counting=False)
            if not first or Match(*first[0]).published == UNDATED:
                return None
            return Match(*first[0]).published, Match(*last[0]).published

    def languages(self) -> tuple[LanguageCount, ...]:
        """How many articles are in each language, the most frequent first, those in none that is known last."""
        with self._snapshot.checked():
            facet = self._answer_to(EVERYTHING, None).facet(LANGUAGE, FacetAsked())
            detected = [self._answer_to(Term(LANGUAGE, each.value + DETECTED, 0.0), None).total() for each in facet]
        counts = [LanguageCount(each.value, each.count, of_it) for each, of_it in zip(facet, detected, strict=True)]
        return (*counts, LanguageCount("", facet.missing)) if facet.missing else tuple(counts)

    def undated(self) -> int:
        """How many articles have no date."""
        with self._snapshot.checked():
            return self._answer_to(ANY_DATE, None).undated()

    def _answer(self, tree: Node, deadline: Deadline) -> tuple[Answer, Planned]:
        """The answer to a tree, and how it was planned."""
        if deadline.is_endless:
            planned = plan(tree, self.analyzer, self._vocabulary)
            return self._answer_to(planned.clause, None), planned
        planned = _NOTHING_PLANNED
        with deadline.kept():
            planned = plan(tree, self.analyzer, self._vocabulary, deadline.check)
            deadline.check()
        return self._answer_to(planned.clause, deadline), planned

    def _answer_to(self, clause: Clause, deadline: Deadline | None) -> Answer:
        if self._kernels is not None:
            return KernelAnswer(self._kernels, clause, None if deadline is None or deadline.is_endless else deadline)
        from searchlib.searching.exhaustive import ExhaustiveAnswer  # Only Whoosh's codec needs it.

        return ExhaustiveAnswer(self._snapshot, clause, self._statistics, deadline or NO_DEADLINE)

    def _hits(
        self,
        matches: Sequence[PlainMatch],
        snippet_of: Callable[[Article], Snippet] | None,
        deadline: Deadline,
        tree: Node,
        planned: Planned,
    ) -> tuple[Hit[Any], ...]:
        if self._kernels is None:
            return tuple(self._whoosh_hits(matches, snippet_of, tree, planned, deadline))
        # Articles and explanations are made on demand: what they need is kept when the snapshot is closed.
        readers, explain = self._snapshot.article_readers, partial(self._explain, tree, planned)
        shown: list[Hit[Any]] = []
        if snippet_of is not None:
            in_time = matches if deadline.is_endless else itertools.takewhile(lambda _: not deadline.stop(), matches)
            for match in in_time:
                article = readers[match[2]](match[3])
                shown.append(Hit(article, match[0], snippet_of(article), (explain, match)))
            matches = matches[len(shown) :]
        rest = [Hit((readers[match[2]], match[3]), match[0], None, (explain, match)) for match in matches]
        return (*shown, *rest)

    def _whoosh_hits(
        self,
        matches: Iterable[PlainMatch],
        snippet_of: Callable[[Article], Snippet] | None,
        tree: Node,
        planned: Planned,
        deadline: Deadline,
    ) -> Iterator[Hit[Any]]:
        """Hits of Whoosh's codec. All that explains them is read now: nothing can be read when the snapshot is closed."""
        from searchlib.searching.one_article import plain_terms

        doc_freqs = {term: self._statistics.doc_freq(TEXT, term) for term in plain_terms(planned.clause)}
        facts = self._facts(doc_freqs.__getitem__)
        for score, _, segment, docnum in matches:
            if not deadline.is_endless:
                deadline.stop()
            article = self._snapshot.article(segment, docnum)
            snippet = None if snippet_of is None or deadline.stop() else snippet_of(article)
            where = self.where(segment, docnum)
            yield Hit(article, score, snippet, (_explain, tree, planned, facts, self.zone, article, where, score))

    def _explain(self, tree: Node, planned: Planned, match: PlainMatch) -> Explanation:
        score, _, segment, docnum = match
        article = self._snapshot.article(segment, docnum)
        with self._snapshot.checked():
            return _explain(tree, planned, self.facts, self.zone, article, self.where(segment, docnum), score)

    @cached_property
    def facts(self) -> IndexFacts:
        """What scores depend on. That of native segments outlives the snapshot."""
        if self._kernels is None:
            return self._facts(lambda term: self._statistics.doc_freq(TEXT, term))
        segments = self._kernels.segments
        return self._facts(lambda term: sum(segment.doc_freq(TEXT, term) for segment in segments))

    def _facts(self, doc_freq: Callable[[str], int]) -> IndexFacts:
        from searchlib.searching.one_article import IndexFacts  # Imported late, because few searches need it.

        settings = self._snapshot.manifest.settings
        statistics = self._statistics
        analyzers = analyzers_of(settings) if settings.schema > OLDEST_SCHEMA else None
        return IndexFacts(
            str(self._snapshot.directory),
            analyzers,
            settings.weights,
            statistics.article_count,
            statistics.mean_length,
            doc_freq,
        )

    def where(self, segment: int, docnum: int) -> Where:
        """Where an article is, and how long."""
        from searchlib.searching.one_article import Where

        if self._kernels is not None:
            return Where(segment, docnum, self._kernels.segments[segment].length(docnum))
        return Where(segment, docnum, int(self._snapshot.readers[segment].doc_field_length(docnum, TEXT) or 0))

    def planned(self, tree: Node) -> Planned:
        """How a query is planned."""
        with self._snapshot.checked():
            return plan(tree, self.analyzer, self._vocabulary, deadline_of().check)

    def rank(self, tree: Node, segment: int, docnum: int, limit: int = 1000) -> int | None:
        """Where an article is among the hits by relevance, from 1; None if it is not among the first `limit`."""
        with self._snapshot.checked():
            answer, _ = self._answer(tree, deadline_of())
            matches, _ = answer.page("relevance", limit, None, counting=False)
        places = (at for at, match in enumerate(matches, 1) if match[2:] == (segment, docnum))
        return next(places, None)

    @property
    def zone(self) -> tzinfo:
        """The time zone of the index's days."""
        return self._snapshot.zone

    def _cursor_after(self, match: PlainMatch, tree: Node, sort: str) -> Callable[[], str]:
        kernels, snapshot = self._kernels, self._snapshot
        # Columns cannot be read when the snapshot is closed.
        column_key = self._column_key(match, sort) if sort in COLUMN_SORTS else None
        if kernels is None:
            article_id = snapshot.article_id(match[2], match[3])
            return lambda: write_cursor(_asked(tree, sort), column_key or key_of(sort)(Match(*match)), article_id)

        def cursor() -> str:
            with snapshot.checked():
                article_id = kernels.article_id(match[2], match[3]).decode("utf-8")
            return write_cursor(_asked(tree, sort), column_key or key_of(sort)(Match(*match)), article_id)

        return cursor

    def _column_key(self, match: PlainMatch, sort: str) -> AnySortKey:
        from searchlib.searching.sort_keys import sort_keys  # Few searches are sorted by columns.

        _, published, segment, docnum = match
        (first,) = sort_keys(self._snapshot.readers[segment], sort, [docnum])
        return first, -published


def _explain(*arguments: Any) -> Explanation:
    from searchlib.searching.explain import explain_hit  # Imported late, because few hits are explained.

    return explain_hit(*arguments)


def _vocabulary_of(snapshot: Snapshot) -> Vocabulary:
    if all(isinstance(reader._terms, NativeTermsReader) for reader in snapshot.readers):
        return KernelVocabulary(snapshot)
    from searchlib.searching.whoosh_vocabulary import WhooshVocabulary  # Only Whoosh's codec needs it.

    return WhooshVocabulary(snapshot)


def _query_analyzer(snapshot: Snapshot) -> QueryAnalyzer:
    settings = snapshot.manifest.settings
    analyzers = analyzers_of(settings)
    if settings.schema == OLDEST_SCHEMA:
        return first_rules_analyzer(settings.language)
    return analyzers.of_query(snapshot.languages if analyzers.is_auto else ())


def _asked(tree: Node, sort: str) -> str:
    return f"{render(tree)}\n{sort}"


def _kernel_segments(snapshot: Snapshot, mean_length: float) -> KernelSegments | None:
    """The segments as the kernels search them; None if they cannot search one of them."""
    if not all(map(searched_by_kernels, snapshot.readers)):
        return None
    segments = [KernelSegment(number, reader) for number, reader in enumerate(snapshot.readers)]
    return KernelSegments(segments, snapshot.manifest.settings.weights, mean_length)
