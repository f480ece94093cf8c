"""One article against the clauses of a plan, from its text: what holds, where, and what it adds to the score.

It knows no postings. The words, their positions and the ends of sentences come from the article's text, analysed as they
were when it was indexed, so that it answers alike for every codec. Geometry is that of the exhaustive answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Final, NamedTuple

from searchlib.analysis import ArticleAnalyzers, SharedTerm, Token, analyzer_for
from searchlib.article import Article
from searchlib.errors import UpgradeNeededError
from searchlib.schema import (
    ID,
    KEYWORD_FIELDS,
    LANGUAGE,
    OLDEST_SCHEMA,
    SCHEMA_VERSION,
    TEXT,
    UNDATED,
    LanguageCodes,
    Weights,
    language_value,
    microseconds,
    published_end,
)
from searchlib.searching.asked_terms import is_printed, terms_in_index
from searchlib.searching.clauses import (
    All,
    Among,
    AnyOf,
    AskedTerm,
    BestOf,
    Clause,
    Except,
    Locator,
    PhraseLocator,
    Positional,
    PrintedTerm,
    RatedTerm,
    Term,
    Within,
    text_of,
)
from searchlib.searching.exhaustive import reaches_into
from searchlib.searching.exhaustive_positions import RegionWords, idf_of, ranked_terms, terms_of
from searchlib.searching.position_ranges import PositionRange
from searchlib.searching.ranking import bm25, inverse_document_frequency
from searchlib.text_field import ArticleText

__all__ = ["IndexFacts", "OneArticle", "Ranked", "Where", "plain_terms"]

#: Position ranges in title, summary and body.
RangesByRegion = tuple[list[PositionRange], list[PositionRange], list[PositionRange]]

_MAX_FOUND: Final = 3


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What of an index the score of an article depends on. It outlives the snapshot.

    Attributes:
        path: The index.
        analyzers: What its articles were analysed with; None where an earlier version did that.
        weights: How it ranks.
        article_count: How many articles there are, deleted ones included.
        mean_length: Mean length of their texts, in tokens, > 0.
        doc_freq: How many articles have a term of the text.
    """

    path: str
    analyzers: ArticleAnalyzers | None
    weights: Weights
    article_count: int
    mean_length: float
    doc_freq: Callable[[str], int]

    def doc_freq_of(self, term: AskedTerm) -> int:
        """How many articles have a term as it is asked for, at most all."""
        if isinstance(term, RatedTerm):
            found = term.doc_freq
        else:
            terms = term.word if isinstance(term, SharedTerm) else terms_in_index(term)
            found = sum(map(self.doc_freq, terms))
        return min(found, self.article_count)

    def idf(self, term: AskedTerm) -> float:
        """Its inverse document frequency, in nats."""
        return inverse_document_frequency(self.article_count, self.doc_freq_of(term))


class Where(NamedTuple):
    """Where an article is, and how long it is: its segment, docnum, and length as ranking counts it."""

    segment: int
    docnum: int
    length: int


class Ranked(NamedTuple):
    """What a clause that ranks adds to the score of an article.

    Attributes:
        score: What it adds.
        boost: Its factor.
        idf: The sum of what its terms have.
        terms: The terms that it ranks by.
        ranges: Where it is found.
        weighted: How often, each occurrence counted as often as its text weighs.
    """

    score: float
    boost: float
    idf: float
    terms: tuple[AskedTerm, ...]
    ranges: RangesByRegion
    weighted: float


class OneArticle:
    """An article as clauses see it.

    Args:
        article: The article.
        facts: The index.
        where: Where it is.

    Raises:
        UpgradeNeededError: An earlier version analysed the articles, by other rules.
    """

    def __init__(self, article: Article, facts: IndexFacts, where: Where) -> None:
        if facts.analyzers is None:
            raise UpgradeNeededError(
                facts.path, "An explanation", found=OLDEST_SCHEMA, needed=SCHEMA_VERSION, what="schema"
            )
        self.article = article
        self.facts = facts
        self.where = where
        self.texts = (article.title, article.summary, article.body)
        self._is_auto = facts.analyzers.is_auto
        self.text = ArticleText(facts.analyzers.of(article.language), *self.texts)
        weights = facts.weights
        self._region_weights = (weights.title, weights.summary, 1.0)
        self._norm = weights.k1 * (1 - weights.b + weights.b * where.length / facts.mean_length)
        self._values: dict[str, Mapping[str, list[PositionRange]]] = {}

    def holds(self, clause: Clause) -> bool:
        """Whether the article matches a clause."""
        if isinstance(clause, All):
            return all(map(self.holds, clause.clauses))
        if isinstance(clause, (AnyOf, BestOf)):
            return any(map(self.holds, clause.clauses))
        if isinstance(clause, Except):
            return not self.holds(clause.clause)
        if isinstance(clause, Within):
            published = self.article.published
            begin = UNDATED if published is None else microseconds(published)
            end = published_end(self.article)
            return reaches_into(begin, UNDATED if end is None else end, clause)
        if isinstance(clause, Among):
            bitmap = clause.docnums[self.where.segment]
            return bool(bitmap[self.where.docnum >> 3] >> (self.where.docnum & 7) & 1)
        if isinstance(clause, Term) and clause.field == ID:
            return text_of(clause.term) == self.article.id
        return self._found(clause) is not None

    def ranked(self, clause: Clause) -> Ranked | None:
        """What a word, a phrase, a NEAR or the best of several adds; None where it is not found, or does not rank."""
        if isinstance(clause, BestOf):
            found = [each for each in map(self.ranked, clause.clauses) if each is not None]
            return max(found, key=lambda each: each.score, default=None)
        if not isinstance(clause, (Term, Positional)) or clause.field != TEXT or not clause.boost:
            return None
        ranges = self._found(clause)
        if ranges is None:
            return None
        locator = clause.locator if isinstance(clause, Positional) else PhraseLocator((clause.term,))
        own_idf = idf_of(locator, self.facts.idf)
        weighted = sum(weight * len(each) for weight, each in zip(self._region_weights, ranges, strict=True))
        score = bm25(weighted, self._norm, idf=clause.boost * own_idf, k1=self.facts.weights.k1)
        return Ranked(score, clause.boost, own_idf, tuple(ranked_terms(locator, self.facts.idf)), ranges, weighted)

    def printed(self, ranges: RangesByRegion) -> tuple[str, ...]:
        """What stands at some position ranges, the most frequent first, at most three."""
        found: Counter[str] = Counter()
        for region, own in enumerate(ranges):
            starts, ends = self._characters[region]
            base = self.text.bases[region]
            for first, last in own:
                text = self.texts[region][starts[first - base] : ends.get(last - base, 0)]
                found[" ".join(text.split())] += 1
        return tuple(text for text, _ in found.most_common(_MAX_FOUND))

    def printed_as(self, term: AskedTerm) -> str:
        """The printed word that a term most often stands for in the article; the term where it does not stand in it."""
        found = Counter(word for word, _ in self._tokens.get(text_of(term), ()) if word)
        return found.most_common(1)[0][0] if found else text_of(term)

    def words_of_field(self, field: str) -> Iterator[str]:
        """The words in the values of a field that is no text, as printed, case and accents folded."""
        if field in KEYWORD_FIELDS:
            for tokens in self._tokens_of_values(field):
                yield from (token.printed for token in tokens if token.printed)

    def _found(self, clause: Clause) -> RangesByRegion | None:
        """Where a Term or Positional is found; None where it does not hold."""
        assert isinstance(clause, (Term, Positional)), clause
        if clause.field != TEXT:
            return self._found_in_values(clause)
        if isinstance(clause, Term) and clause.region is None and not is_printed(clause.term):
            ranges = self._ranges(clause.term)
            parts = [[at for at in ranges if begin <= at[0] < end] for begin, end in self._bounds]
        else:
            locator = clause.locator if isinstance(clause, Positional) else PhraseLocator((clause.term,))
            parts = self._located(locator, clause.region)
        at_least = clause.at_least if isinstance(clause, Positional) else 1
        if sum(map(len, parts)) < at_least:
            return None
        return parts[0], parts[1], parts[2]

    def _located(self, locator: Locator, region: int | None) -> list[list[PositionRange]]:
        ranges = {terms_in_index(term): self._ranges(term) for term in terms_of(locator)}
        whole = RegionWords(ranges, self._beginnings)
        return [
            whole.in_region(number, begin, end).find(locator) if region in (None, number) else []
            for number, (begin, end) in enumerate(self._bounds)
        ]

    @cached_property
    def _bounds(self) -> tuple[tuple[float, float], ...]:
        """The positions ``[first, end)`` of each region."""
        _, summary, body = self.text.bases
        return (0, summary), (summary, body), (body, inf)

    @cached_property
    def _beginnings(self) -> Mapping[str, list[int]]:
        return self.text.beginnings()

    @cached_property
    def _tokens(self) -> dict[str, list[tuple[str, PositionRange]]]:
        """Of each term, as what and where it is printed, ascending."""
        found: dict[str, list[tuple[str, PositionRange]]] = {}
        for tokens, base in zip(self.text.tokens, self.text.bases, strict=True):
            for token in tokens:
                first = base + token.position
                found.setdefault(token.term, []).append((token.printed, (first, first + token.positions - 1)))
        return found

    @cached_property
    def _characters(self) -> list[tuple[dict[int, int], dict[int, int]]]:
        """Of each region, where what begins, and what ends, at a position does so in its characters."""
        found = []
        for tokens in self.text.tokens:
            starts: dict[int, int] = {}
            ends: dict[int, int] = {}
            for token in tokens:
                starts.setdefault(token.position, token.startchar)
                last = token.position + token.positions - 1
                ends[last] = max(token.endchar, ends.get(last, 0))
            found.append((starts, ends))
        return found

    def _ranges(self, term: AskedTerm) -> list[PositionRange]:
        """Where a term of the text stands as it is asked for."""
        while isinstance(term, RatedTerm):
            term = term.term
        every = self._tokens.get(text_of(term), [])
        if isinstance(term, PrintedTerm):
            words = (term.word,) if isinstance(term.word, str) else term.word
            every = [each for each in every if each[0] in words]
        return sorted(at for _, at in every)

    def _found_in_values(self, clause: Term | Positional) -> RangesByRegion | None:
        """Whether a word or phrase is in the values of a field; there are no texts in which it is."""
        ranges = self._ranges_of_values(clause.field)
        locator = clause.locator if isinstance(clause, Positional) else PhraseLocator((clause.term,))
        asked = {terms_in_index(term): ranges.get(text_of(term), []) for term in terms_of(locator)}
        at_least = clause.at_least if isinstance(clause, Positional) else 1
        return ([], [], []) if len(RegionWords(asked, {}).find(locator)) >= at_least else None

    def _ranges_of_values(self, field: str) -> Mapping[str, list[PositionRange]]:
        if field not in self._values:
            found: dict[str, list[PositionRange]] = {}
            base = 0
            for tokens in self._tokens_of_values(field):
                for token in tokens:
                    first = base + token.position
                    found.setdefault(token.term, []).append((first, first + token.positions - 1))
                base += (tokens[-1].position if tokens else 0) + 2
            self._values[field] = {term: sorted(own) for term, own in found.items()}
        return self._values[field]

    def _tokens_of_values(self, field: str) -> list[list[Token]]:
        if field == LANGUAGE:
            code = language_value(self.article, detected=False) if self._is_auto else self.article.language
            return [LanguageCodes().tokens(code)] if code else []
        value = getattr(self.article, KEYWORD_FIELDS[field])
        values = ([value] if value else []) if isinstance(value, str) else value
        return [analyzer_for("none").tokens(each) for each in values]


def plain_terms(clause: Clause) -> Iterator[str]:
    """The terms of the text whose frequency in the index a clause ranks by."""
    if isinstance(clause, (All, AnyOf, BestOf)):
        for each in clause.clauses:
            yield from plain_terms(each)
    elif isinstance(clause, (Term, Positional)) and clause.field == TEXT:
        for term in (clause.term,) if isinstance(clause, Term) else terms_of(clause.locator):
            if isinstance(term, SharedTerm):
                yield from term.word
            elif not isinstance(term, RatedTerm):
                yield from terms_in_index(term)
