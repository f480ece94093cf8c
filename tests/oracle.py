"""What a search must answer, worked out the slow way: every article against every node of the tree.

It shares with the library what a token is (`analysis`, tested by itself) and nothing else: no index, no plan, no
statistics that are kept anywhere. What it says of totals, facets and timelines is compared exactly, of scores within
rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from math import log

from whoosh.util.numeric import byte_to_length, length_to_byte

from searchlib.analysis import ArticleAnalyzers, SeveralAnalyzers, analyzer_for, narrowed
from searchlib.article import FACET_FIELDS, Article
from searchlib.article.language_codes import base_of, codes_above, language_asked
from searchlib.query import (
    And,
    Boosted,
    DateRange,
    Everything,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Word,
    languages_asked,
)
from searchlib.schema import Weights

PositionRange = tuple[int, int]
_TEXTS = ("title", "summary", "body")


class Oracle:
    """Articles, searched by reading all of them. With the language "auto" each article names its own."""

    def __init__(self, articles: Iterable[Article], *, language: str = "en", zone: tzinfo = timezone.utc) -> None:
        # The last of each id counts.
        self.articles = list({article.id: article.in_zone(zone) for article in articles}.values())
        self.zone = zone
        self.weights = Weights()
        self._analyzers = ArticleAnalyzers(language, "en")
        self._analyzer = self._analyzers.of_query({base_of(article.language) for article in self.articles})
        self._tokens = {article.id: self._tokenize(article) for article in self.articles}

    def matching(self, tree: Node) -> set[str]:
        """Ids of the articles that match."""
        return {article.id for article in self.articles if self._score(tree, article, 1.0) is not None}

    def scores(self, tree: Node) -> dict[str, float]:
        """The score of each article that matches."""
        scored = ((article.id, self._score(tree, article, 1.0)) for article in self.articles)
        return {article_id: score for article_id, score in scored if score is not None}

    def ranked(self, tree: Node, sort: str) -> list[str]:
        """Ids in order."""
        scores = self.scores(tree)
        found = [article for article in self.articles if article.id in scores]
        found.sort(key=lambda article: article.id)
        dated = [article for article in found if article.published]
        undated = [article for article in found if not article.published]
        dated.sort(key=lambda article: article.published, reverse=sort != "oldest")
        ordered = dated + undated
        if sort == "relevance":
            ordered.sort(key=lambda article: -scores[article.id])
        return [article.id for article in ordered]

    def facet(self, tree: Node, name: str) -> tuple[dict[str, int], int]:
        """Count of each value among the articles that match, and how many have none."""
        ids = self.matching(tree)
        spellings: dict[tuple[str, ...], Counter[str]] = {}
        having: Counter[tuple[str, ...]] = Counter()
        missing = 0
        for article in self.articles:
            if article.id in ids:
                values = getattr(article, FACET_FIELDS[name])
                values = [values] if isinstance(values, str) and values else values
                if name == "language":
                    values = [base_of(value) for value in values]
                words = {value: _words_of(value) for value in values}
                for value in words:
                    spellings.setdefault(words[value], Counter())[value] += 1
                having.update(set(words.values()))
                missing += not values
        most = {key: max(found.values()) for key, found in spellings.items()}
        return {
            min(value for value, count in found.items() if count == most[key]): having[key]
            for key, found in spellings.items()
        }, missing

    def timeline(self, tree: Node, unit: str) -> tuple[dict[date, int], int, int]:
        """Count of each day, week, month or year that is not empty, by its first day; how many have no date; and how
        many are dated a month or a year that is not in one bucket."""
        ids = self.matching(tree)
        found = [article for article in self.articles if article.id in ids]
        buckets: Counter[date] = Counter()
        imprecise = 0
        for article in found:
            if article.published:
                day = article.published.astimezone(self.zone).date()
                _, end = _period(article)
                last = day if end is None else (end.astimezone(self.zone) - timedelta(hours=12)).date()
                if _first_day(unit, day) == _first_day(unit, last):
                    buckets[_first_day(unit, day)] += 1
                else:
                    imprecise += 1
        return dict(buckets), sum(article.published is None for article in found), imprecise

    def imprecise(self, tree: Node) -> int:
        """How many match, and are dated a month or a year that is not all within each of the dates of the whole tree."""
        ids = self.matching(tree)
        parts = tree.nodes if isinstance(tree, And) else (tree,)
        dates = [part for part in parts if isinstance(part, DateRange)]
        count = 0
        for article in self.articles:
            begin, end = _period(article)
            if article.id in ids and end is not None:
                count += any(
                    (each.since is not None and begin < each.since) or (each.until is not None and end > each.until)
                    for each in dates
                )
        return count

    def _score(self, node: Node, article: Article, boost: float) -> float | None:
        """The score of an article, None where it does not match."""
        if isinstance(node, And):
            whole = self._analyzer
            self._analyzer = narrowed(whole, languages_asked(node))
            scores = [self._score(child, article, boost) for child in node.nodes]
            self._analyzer = whole
            return None if None in scores else sum(scores)
        if isinstance(node, Or):
            scores = [score for child in node.nodes if (score := self._score(child, article, boost)) is not None]
            return sum(scores) if scores else None
        if isinstance(node, Not):
            return None if self._score(node.node, article, boost) is not None else 0.0
        if isinstance(node, Boosted):
            return self._score(node.node, article, boost * node.factor)
        if isinstance(node, DateRange):
            return self._date_score(node, article)
        if isinstance(node, (Everything, Nothing)):
            return 0.0 if isinstance(node, Everything) else None
        return self._best_score(node, article, boost)

    def _date_score(self, node: DateRange, article: Article) -> float | None:
        begin, end = _period(article)
        if begin is None:
            return None
        if end is None:
            since, until = node.since or begin, node.until
            return 0.0 if since <= begin and (until is None or begin < until) else None
        if node.since is not None and node.until is not None and node.since >= node.until:
            return None
        overlaps = (node.since is None or node.since < end) and (node.until is None or begin < node.until)
        return 0.0 if overlaps else None

    def _best_score(self, node: Word | Phrase | Near, article: Article, boost: float) -> float | None:
        """The best that any spelling of a word, a phrase or a pair scores."""
        field = _field_of(node)
        if field == "id":
            return 0.0 if node.text.strip() == article.id else None
        best = None
        for spelling in self._spellings(node, field):
            terms, ranges_in = spelling
            texts = self._tokens[article.id].get(field or "text", [])
            weight = sum(text_weight * len(ranges_in(text)) for text_weight, text in texts)
            if weight:
                score = 0.0
                if field is None or field in _TEXTS:
                    share = self._stop_share(node, terms)
                    score = share * boost * self._idf(terms) * self._saturation(weight, article)
                best = score if best is None else max(best, score)
        return best

    def _spellings(self, node: Node, field: str | None):
        """(terms whose idf counts, text → position ranges) of each alternative of a positional node."""
        if field == "language" and isinstance(node, (Word, Phrase)):
            code = language_asked(node.text).code
            return [((code,), lambda text: _sequence((code,), text, 0))] if code else []
        analyzer = self._analyzer if field is None or field in _TEXTS else analyzer_for("none")
        paths_of = analyzer.shared_paths if isinstance(analyzer, SeveralAnalyzers) else analyzer.paths
        if isinstance(node, Boosted):
            return self._spellings(node.node, field)
        if isinstance(node, Or):
            return [spelling for child in node.nodes for spelling in self._spellings(child, field)]
        if isinstance(node, (Word, Phrase)):
            slop = node.slop if isinstance(node, Phrase) else 0
            return [
                (terms, lambda text, terms=terms: _sequence([_text(term) for term in terms], text, slop))
                for terms in paths_of(node.text)
            ]
        left, right = self._spellings(node.left, field), self._spellings(node.right, field)
        if not left or not right:
            return left or right
        terms = max((terms for terms, _ in left), key=self._idf) + max((terms for terms, _ in right), key=self._idf)
        return [(terms, lambda text: _pairs(node, text, left, right))]

    def _stop_share(self, node: Node, terms: Sequence[str]) -> float:
        paths = self._analyzer.paths(node.text) if isinstance(node, Word) else ()
        is_alone = len(paths) == 1 or (bool(paths) and isinstance(self._analyzer, SeveralAnalyzers))
        is_stop_word = is_alone and len(terms) == 1 and _text(terms[0]) in self._analyzer.stop_terms
        return 0.2 if is_stop_word else 1.0

    def _idf(self, terms: Sequence[str]) -> float:
        count = len(self.articles)
        total = 0.0
        for term in terms:
            having = sum(
                any(one in positions for _, positions in self._tokens[article.id]["text"])
                for article in self.articles
                for one in ([term] if isinstance(term, str) else term.word)
            )
            having = min(having, count)
            total += log(1 + (count - having + 0.5) / (having + 0.5))
        return total

    def _saturation(self, weight: float, article: Article) -> float:
        k1, b = self.weights.k1, self.weights.b
        lengths = [self._length(each) for each in self.articles]
        mean = sum(lengths) / len(lengths)
        return weight * (k1 + 1) / (weight + k1 * (1 - b + b * self._length(article) / mean))

    def _length(self, article: Article) -> int:
        exact = sum(
            weight * len(positions) for weight, text in self._tokens[article.id]["text"] for positions in text.values()
        )
        return byte_to_length(length_to_byte(round(exact)))

    def _tokenize(self, article: Article):
        """For each searchable field: its texts, each as (weight, term → positions)."""
        weights = dict(zip(_TEXTS, (self.weights.title, self.weights.summary, 1.0), strict=True))
        analyzer = self._analyzers.of(article.language)
        texts = {name: [(weights[name], _positions(analyzer, getattr(article, name)))] for name in _TEXTS}
        texts["text"] = [texts[name][0] for name in _TEXTS]
        plain = analyzer_for("none")
        for name, own in {**FACET_FIELDS, "url": "url"}.items():
            values = getattr(article, own)
            texts[name] = [
                (1.0, _positions(plain, value)) for value in ([values] if isinstance(values, str) else values)
            ]
        texts["language"] = [(1.0, {code: [(0, 0)] for code in codes_above(article.language)})]
        return texts


def _text(term) -> str:
    return term if isinstance(term, str) else term.term


def _period(article: Article) -> tuple[datetime | None, datetime | None]:
    """When an article was published; or when the month or year begins and ends that it is dated."""
    begin = article.published
    if begin is None or article.published_precision not in ("month", "year"):
        return begin, None
    months = begin.year * 12 + begin.month - 1 + (1 if article.published_precision == "month" else 12)
    return begin, begin.replace(year=months // 12, month=months % 12 + 1)


def _words_of(value: str) -> tuple[str, ...]:
    """What two values that are one have in common: their words; of values without a word the value itself."""
    paths = analyzer_for("none").paths(value)
    return paths[0] if paths else ("", value)


def _positions(analyzer, text: str) -> dict[str, list[PositionRange]]:
    """Of each term the ranges of positions that its tokens take."""
    positions: dict[str, list[PositionRange]] = {}
    for token in analyzer.tokens(text):
        positions.setdefault(token.term, []).append((token.position, token.position + token.positions - 1))
    return positions


def _sequence(terms: Sequence[str], text: dict[str, list[PositionRange]], slop: int) -> list[PositionRange]:
    """For each range of the first term: the shortest with the others in order and few positions among them."""
    ranges = set()
    for first, last in text.get(terms[0], []):
        ways = {(last, 0)}
        for term in terms[1:]:
            ways = {
                (to, among + start - end - 1)
                for end, among in ways
                for start, to in text.get(term, [])
                if start > end and among + start - end - 1 <= slop
            }
        if ways:
            ranges.add((first, min(end for end, _ in ways)))
    return sorted(ranges)


def _pairs(node: Near, text, left, right) -> list[PositionRange]:
    """For each range of the left side, the nearest of the right that is near enough."""
    pairs = []
    rights = {found for _, ranges_in in right for found in ranges_in(text)}
    for first, last in [found for _, ranges_in in left for found in ranges_in(text)]:
        near = []
        for other_first, other_last in sorted(rights):
            if other_first > last:
                near.append((other_first - last, (first, other_last)))
            elif other_last < first and not node.ordered:
                near.append((first - other_last, (other_first, last)))
        near = [(gap, found) for gap, found in near if gap <= node.distance]
        if near:
            pairs.append(min(near)[1])
    return pairs


def _field_of(node: Node) -> str | None:
    if isinstance(node, Near):
        return _field_of(node.left)
    if isinstance(node, Or):
        return _field_of(node.nodes[0])
    if isinstance(node, Boosted):
        return _field_of(node.node)
    return node.field


def _first_day(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def instant(text: str) -> datetime:
    """An aware datetime from ISO 8601 with an offset."""
    return datetime.fromisoformat(text)
