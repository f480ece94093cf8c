"""Articles like one: its most telling words searched, and what is found compared with it.

The work is bounded, whatever the article's length and the index's: a query of `SIMILARITY_WORDS` words, and the texts of
the articles it finds. Copies are told by the runs of words that they share: a story that is printed again keeps most of
them, and two stories of one event few.

Source: Broder, "On the resemblance and containment of documents", 1997 (the containment of shingles).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log
from typing import Final

from searchlib.analysis import Analyzer, QueryAnalyzer, analyzer_for
from searchlib.article import TEXT_FIELDS, Article
from searchlib.query import DateRange, Node, Not, Nothing, Or, Word, all_of
from searchlib.results import Hit
from searchlib.similar import SimilarArticle, SimilarArticles

__all__ = ["COPY_SHARE", "SIMILARITY_WORDS", "as_similar", "sought_words", "words_query"]

#: How many words of the article are searched.
SIMILARITY_WORDS: Final = 30

#: An article that shares so much of the runs of words is a copy.
COPY_SHARE: Final = 0.5

_RUN: Final = 5
# What makes a run is the same in every language.
_CUTTER: Final = analyzer_for("none")


def sought_words(
    article: Article, analyzer: Analyzer, of_query: QueryAnalyzer, rarity: Callable[[str], float]
) -> tuple[str, ...]:
    """The most telling words of an article: frequent in it, (1 + ln frequency), and rare in the index.

    Args:
        article: The article.
        analyzer: The analyzer of its texts.
        of_query: What analyses words of queries.
        rarity: Word → its inverse document frequency.
    """
    counts: Counter[str] = Counter()
    printings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in TEXT_FIELDS:
        for token in analyzer.tokens(getattr(article, name)):
            if token.printed and token.positions == 1 and token.term not in analyzer.stop_terms:
                counts[token.term] += 1
                printings[token.term][token.printed] += 1
    words = {term: printings[term].most_common(1)[0][0] for term in counts}
    telling = {
        word: (1 + log(counts[term])) * rarity(word) for term, word in words.items() if (term,) in of_query.paths(word)
    }
    return tuple(sorted(telling, key=lambda word: (-telling[word], word))[:SIMILARITY_WORDS])


def words_query(words: Sequence[str], article_id: str, dates: DateRange | None) -> Node:
    """The query for any of some words, but not for the article itself, within some dates."""
    nodes = tuple(map(Word, words))
    asked = nodes[0] if len(nodes) == 1 else Or(nodes) if nodes else Nothing()
    return all_of([asked, Not(Word(article_id, "id")), *([dates] if dates else [])])


def as_similar(article: Article, hits: Sequence[Hit[None]], words: tuple[str, ...]) -> SimilarArticles:
    """What was found, with how much of the article's text each shares."""
    own = _runs(article)
    similar = []
    for hit in hits:
        other = _runs(hit.article)
        shorter = min(len(own), len(other))
        shared = len(own & other) / shorter if shorter else 0.0
        similar.append(SimilarArticle(hit, round(shared, 3), shared >= COPY_SHARE))
    return SimilarArticles(tuple(similar), words)


def _runs(article: Article) -> set[tuple[str, ...]]:
    """Every run of words of title, summary and body; of a shorter text the whole."""
    runs: set[tuple[str, ...]] = set()
    for name in TEXT_FIELDS:
        words = [token.printed for token in _CUTTER.tokens(getattr(article, name)) if token.positions == 1]
        if words:
            runs.update(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))
    return runs
