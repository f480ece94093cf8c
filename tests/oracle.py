"""What a search must answer, worked out the slow way: every article against every node of the tree.

It shares with the library what a token is (`analysis`, tested by itself) and nothing else: no index, no plan, no
statistics that are kept anywhere. What it says of totals, facets and timelines is compared exactly, of scores within
rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo
from math import log
from typing import NamedTuple

from oracle_patterns import matches
from oracle_texts import (
    Find,
    PositionRange,
    Text,
    any_at,
    near_at,
    printed_at,
    sequence_at,
    terms_at,
    text_of,
    values_of,
)
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchlib.analysis import (
    ArticleAnalyzers,
    SeveralAnalyzers,
    SoughtTerm,
    analyzer_for,
    narrowed,
)
from searchlib.article import FACET_FIELDS, Article
from searchlib.article.language_codes import base_of, codes_above, language_asked
from searchlib.query import (
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
    languages_asked,
)
from searchlib.schema import Weights

_TEXTS = ("title", "summary", "body")
#: Fields of words that rank.
_RANKED = (None, "lead", *_TEXTS)
#: Fields that are looked for in the texts of another.
_REGIONS = {"lead": "text"}


class Alternative(NamedTuple):
    """One of several things that a node can be.

    Attributes:
        key: What it is: of two with the same key one is enough.
        idf: How rare it is.
        find: Where it stands.
        share: How much of its score it has.
    """

    key: object
    idf: float
    find: Find
    share: float = 1.0


class Oracle:
    """Articles, searched by reading all of them. With the language "auto" each article names its own."""

    def __init__(self, articles: Iterable[Article], *, language: str = "en", zone: tzinfo = timezone.utc) -> None:
        # The last of each id counts.
        self.articles = list({article.id: article.in_zone(zone) for article in articles}.values())
        self.zone = zone
        self.weights = Weights()
        self._analyzers = ArticleAnalyzers(language, "en")
        self._whole_analyzer = self._analyzers.of_query({base_of(article.language) for article in self.articles})
        #: That of the part of a query that is looked at, which may be in some languages only.
        self._analyzer = self._whole_analyzer
        self._texts = {article.id: self._read(article) for article in self.articles}
        self._printed_in = self._count_printed()

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
        while isinstance(tree, Boosted):
            tree = tree.node
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
        if isinstance(node, (Everything, Nothing, DateRange, Value, Has, LengthRange)):
            return 0.0 if self._meets(node, article) else None
        return self._best_score(node, article, boost)

    def _meets(self, node: Node, article: Article) -> bool:
        """Whether an article meets a condition that says nothing of words."""
        if isinstance(node, DateRange):
            return _is_dated(node, article) if node.field == "published" else _is_updated(node, article)
        if isinstance(node, Value):
            return any(_words_of(value) == _words_of(node.text) for value in _values_of(article, node.field))
        if isinstance(node, Has):
            if node.field in _TEXTS:
                return any(text.length for text in self._texts[article.id][node.field])
            if node.field in ("date", "updated"):
                return (article.published if node.field == "date" else article.updated) is not None
            return bool(_values_of(article, node.field))
        if isinstance(node, LengthRange):
            words = sum(text.length for text in self._texts[article.id]["text"])
            return (node.at_least or 0) <= words and (node.at_most is None or words <= node.at_most)
        return isinstance(node, Everything)

    def _best_score(self, node: Node, article: Article, boost: float) -> float | None:
        """The best that any alternative of words, a phrase or a pair scores."""
        field = field_of(node)
        if field == "id":
            return 0.0 if node.text.strip() == article.id else None
        best = None
        at_least = node.count if isinstance(node, AtLeast) else 1
        for alternative in self._alternatives(node, field) or ():
            found = [
                (text.weight, sum(_is_asked_there(at, field, text) for at in alternative.find(text)))
                for text in self._texts[article.id].get(_REGIONS.get(field, field or "text"), [])
            ]
            if sum(count for _, count in found) >= at_least:
                score = 0.0
                if field in _RANKED:
                    weight = sum(weight * count for weight, count in found)
                    score = alternative.share * boost * alternative.idf * self._saturation(weight, article)
                best = score if best is None else max(best, score)
        return best

    # --- what stands where

    def _alternatives(self, node: Node, field: str | None) -> list[Alternative] | None:
        """The alternatives of words, a phrase or a pair; None where there is no word to search for."""
        if isinstance(node, Boosted):
            return self._alternatives(node.node, field)
        if isinstance(node, Or):
            found = [each for child in node.nodes if (each := self._alternatives(child, field)) is not None]
            return list({each.key: each for side in found for each in side}.values()) if found else None
        if isinstance(node, AtLeast):
            found = self._alternatives(node.node, field)
            return None if found is None else [_united(found)] if found else []
        if isinstance(node, Near):
            return self._pairs(node, field)
        if isinstance(node, Sequence):
            parts = [each for child in node.nodes if (each := self._alternatives(child, field)) is not None]
            return self._in_order(parts, node.slop)
        found = self._words(node, field)
        # What is outside of the lead is near nothing in it.
        return found if found is None or field != "lead" else [_of_lead(each) for each in found]

    def _words(self, node: Node, field: str | None) -> list[Alternative] | None:
        """The alternatives of what joins nothing: words, a phrase, a pattern."""
        if isinstance(node, Exact) and field in _RANKED:
            return self._exact(node, field)
        if isinstance(node, (Wildcard, Expression, Fuzzy)):
            return self._printed(field, lambda word: matches(node, word))
        return self._spellings(node, field)

    def _spellings(self, node: Word | Phrase | Exact, field: str | None) -> list[Alternative] | None:
        """The ways through a word or a phrase."""
        if field == "language":
            code = language_asked(node.text).code
            return [Alternative(code, 0.0, terms_at((code,), 0))] if code else []
        analyzer = self._analyzer if field in _RANKED else analyzer_for("none")
        paths = (analyzer.shared_paths if isinstance(analyzer, SeveralAnalyzers) else analyzer.paths)(node.text)
        slop = 0 if isinstance(node, Word) else node.slop
        return [
            Alternative(
                (path, slop), self._idf(path), terms_at(list(map(_text, path)), slop), self._stop_share(node, path)
            )
            for path in paths
        ] or None

    def _printed(self, field: str | None, is_meant: Callable[[str], bool]) -> list[Alternative]:
        """The terms that a pattern means words of: they are as rare as all of these together."""
        if field not in _RANKED:
            texts = [text for texts in self._texts.values() for text in texts.get(field, [])]
            terms = {term for text in texts for term in text.terms if is_meant(term)}
            return [Alternative(((term,), 0), 0.0, terms_at((term,), 0)) for term in sorted(terms)]
        words: dict[str, set[str]] = {}
        having = 0
        for (term, word), count in self._printed_in.items():
            if is_meant(word):
                words.setdefault(term, set()).add(word)
                having += count
        idf = self._idf_of_count(having)
        return [
            Alternative((((term, frozenset(meant), having),), 0), idf, printed_at(term, meant))
            for term, meant in words.items()
        ]

    def _exact(self, node: Exact, field: str | None) -> list[Alternative] | None:
        """The readings of exact words: one in each language, where these differ in what is part of a word."""
        whole = self._whole_analyzer
        analyzers = whole.analyzers if isinstance(whole, SeveralAnalyzers) else (whole,)
        readings = list(dict.fromkeys(analyzer.printed_words(node.text) for analyzer in analyzers))
        single = {words[0] for words in readings if len(words) == 1}
        found = self._printed(field, single.__contains__) if single else []
        for words in readings:
            if len(words) > 1:
                parts = [self._printed(field, {word}.__contains__) for word in words]
                found += self._in_order(parts, node.slop) or []
        return found if any(readings) else None

    def _in_order(self, parts: list[list[Alternative]], slop: int) -> list[Alternative] | None:
        """Parts as one: it is there as one of each is."""
        if not parts:
            return None
        if not all(parts):
            return []
        if len(parts) == 1:
            return parts[0]
        idf = sum(max(each.idf for each in part) for part in parts)
        key = (tuple(tuple(each.key for each in part) for part in parts), slop)
        return [Alternative(key, idf, sequence_at([[each.find for each in part] for part in parts], slop))]

    def _pairs(self, node: Near, field: str | None) -> list[Alternative] | None:
        left, right = self._alternatives(node.left, field), self._alternatives(node.right, field)
        if left is None or right is None:
            return right if left is None else left
        if not left or not (right or node.negated):
            return []
        idf = max(each.idf for each in left) + (0.0 if node.negated else max(each.idf for each in right))
        find_left, find_right = (any_at([each.find for each in side]) for side in (left, right))
        return [Alternative(node, idf, near_at(node, find_left, find_right))]

    def _stop_share(self, node: Node, terms: Iterable[SoughtTerm]) -> float:
        paths = self._analyzer.paths(node.text) if isinstance(node, Word) else ()
        is_alone = len(paths) == 1 or (bool(paths) and isinstance(self._analyzer, SeveralAnalyzers))
        is_stop_word = is_alone and len(terms) == 1 and _text(terms[0]) in self._analyzer.stop_terms
        return 0.2 if is_stop_word else 1.0

    # --- the formula

    def _idf(self, terms: Iterable[SoughtTerm]) -> float:
        total = 0.0
        for term in terms:
            having = sum(
                any(one in text.terms for text in self._texts[article.id]["text"])
                for article in self.articles
                for one in ([term] if isinstance(term, str) else term.word)
            )
            total += self._idf_of_count(having)
        return total

    def _idf_of_count(self, having: int) -> float:
        count = len(self.articles)
        having = min(having, count)
        return log(1 + (count - having + 0.5) / (having + 0.5))

    def _saturation(self, weight: float, article: Article) -> float:
        k1, b = self.weights.k1, self.weights.b
        lengths = [self._length(each) for each in self.articles]
        mean = sum(lengths) / len(lengths)
        return weight * (k1 + 1) / (weight + k1 * (1 - b + b * self._length(article) / mean))

    def _length(self, article: Article) -> int:
        exact = sum(text.weight * len(at) for text in self._texts[article.id]["text"] for at in text.terms.values())
        return byte_to_length(length_to_byte(round(exact)))

    # --- reading

    def _count_printed(self) -> Counter[tuple[str, str]]:
        """How many articles have each term printed as each word."""
        found: Counter[tuple[str, str]] = Counter()
        for texts in self._texts.values():
            found.update({key for text in texts["text"] for key in text.printed})
        return found

    def _read(self, article: Article) -> dict[str, list[Text]]:
        """For each searchable field its texts."""
        weights = dict(zip(_TEXTS, (self.weights.title, self.weights.summary, 1.0), strict=True))
        leads = {"title": "all", "summary": "", "body": "paragraph"}
        analyzer = self._analyzers.of(article.language)
        texts = {name: [text_of(analyzer, getattr(article, name), weights[name], lead=leads[name])] for name in _TEXTS}
        texts["text"] = [texts[name][0] for name in _TEXTS]
        for name in (*FACET_FIELDS, "url"):
            texts[name] = [values_of(analyzer_for("none"), _values_of(article, name))]
        texts["language"] = [Text(terms={code: [(0, 0)] for code in codes_above(article.language)})]
        return texts


def _united(alternatives: list[Alternative]) -> Alternative:
    """Alternatives as one: where two of them are the same range it is one."""
    return Alternative(
        tuple(each.key for each in alternatives),
        max(each.idf for each in alternatives),
        lambda text: sorted({at for each in alternatives for at in each.find(text)}),
    )


def _of_lead(alternative: Alternative) -> Alternative:
    return alternative._replace(
        find=lambda text: [at for at in alternative.find(text) if _is_asked_there(at, "lead", text)]
    )


def _is_asked_there(at: PositionRange, field: str | None, text: Text) -> bool:
    return field != "lead" or at[1] < text.lead_end


def _text(term: SoughtTerm) -> str:
    return term if isinstance(term, str) else term.term


def _values_of(article: Article, name: str) -> list[str]:
    """The values of a field that are not empty."""
    values = getattr(article, {**FACET_FIELDS, "url": "url", "id": "id"}[name])
    return [value for value in ([values] if isinstance(values, str) else values) if value]


def _is_dated(node: DateRange, article: Article) -> bool:
    begin, end = _period(article)
    if begin is None:
        return False
    if end is None:
        return (node.since is None or node.since <= begin) and (node.until is None or begin < node.until)
    if node.since is not None and node.until is not None and node.since >= node.until:
        return False
    return (node.since is None or node.since < end) and (node.until is None or begin < node.until)


def _is_updated(node: DateRange, article: Article) -> bool:
    at = article.updated
    return at is not None and (node.since is None or node.since <= at) and (node.until is None or at < node.until)


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


def field_of(node: Node) -> str | None:
    """The field that all of a positional node is in."""
    if isinstance(node, Near):
        return field_of(node.left)
    if isinstance(node, (Or, Sequence)):
        return field_of(node.nodes[0])
    if isinstance(node, (Boosted, AtLeast)):
        return field_of(node.node)
    return node.field


def _first_day(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def instant(text: str) -> datetime:
    """An aware datetime from ISO 8601 with an offset."""
    return datetime.fromisoformat(text)
