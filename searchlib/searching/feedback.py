"""Feedback: words of the first articles found, added to the query.

The words are those of a relevance model: of the first `FEEDBACK_ARTICLES` articles, each as likely to be what was meant
as its share of their scores is, how likely each word is in them. Stop words do not count, nor do words of one article
alone. They weigh at most as much as a word of the query; and so much less that the article found first stays first. Where
no weight keeps it there, nothing is added: what the best answer does not bear out would lead away from the question.

The largest such weight is tried from `_WEIGHTS`. On both collections that it was tried on, and with any number of words
from 20 to 80, this loses nothing, and fixed weights do (docs/performance.md).

Source: Lavrenko & Croft, "Relevance-based language models", 2001 (RM1), interpolated as in Abdul-Jaleel et al., 2004
(RM3), with ranks instead of a fixed weight.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from searchlib.analysis import Analyzer, QueryAnalyzer
from searchlib.article import TEXT_FIELDS, Article
from searchlib.expansion import Expansion, ExpansionWord
from searchlib.query import And, Boosted, DateRange, Everything, Node, Not, Nothing, Word, all_of, any_of

__all__ = ["FEEDBACK_ARTICLES", "FEEDBACK_WORDS", "Expanded", "expand_query"]

#: How many of the first articles words are taken from, and how many words at most.
FEEDBACK_ARTICLES: Final = 5
FEEDBACK_WORDS: Final = 40

_WEIGHTS: Final = (1.0, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1)
#: A word that is added has a weight of at least so much.
_LEAST_WEIGHT: Final = 0.01

#: Tree and limit → the first articles found, each with its score; None where there is no time left.
FirstArticles = Callable[[Node, int], Sequence[tuple[Article, float]] | None]

_NO_TIME: Final = "there was no time left"


class Expanded(NamedTuple):
    """A query with what was added to it."""

    tree: Node
    expansion: Expansion


def expand_query(
    tree: Node, first: FirstArticles, analyzer: QueryAnalyzer, analyzer_of: Callable[[str], Analyzer], *, widen: bool
) -> Expanded:
    """A query with words of its first results.

    Args:
        tree: The query.
        first: Searches.
        analyzer: What analyses words of queries.
        analyzer_of: The language of an article → the analyzer of its texts.
        widen: Whether the words may find articles too; else they only rank those that the query finds.
    """
    found = first(tree, FEEDBACK_ARTICLES)
    if found is None:
        return Expanded(tree, Expansion((), (), _NO_TIME))
    if not found or not found[0][1]:
        reason = "nothing was found" if not found else "nothing in it ranks"
        return Expanded(tree, Expansion((), (), reason))
    likely = _likely_words(found, analyzer, analyzer_of)
    articles = tuple(article.id for article, _ in found)
    if not likely:
        return Expanded(tree, Expansion((), articles, "the first articles found have no word in common"))
    for weight in _WEIGHTS:
        words = [
            ExpansionWord(word, round(weight * share, 3)) for word, share in likely if weight * share >= _LEAST_WEIGHT
        ]
        expanded = _with_words(tree, words, widen=widen)
        best = first(expanded, 1)
        if best is None:
            return Expanded(tree, Expansion((), articles, _NO_TIME))
        if best[0][0].id == articles[0]:
            return Expanded(expanded, Expansion(tuple(words), articles))
    reason = "the article found first would not stay first"
    return Expanded(tree, Expansion((), articles, reason))


def _likely_words(
    found: Sequence[tuple[Article, float]], analyzer: QueryAnalyzer, analyzer_of: Callable[[str], Analyzer]
) -> list[tuple[str, float]]:
    """The likeliest words, each as it is mostly printed, with its likelihood over that of the likeliest."""
    total = sum(score for _, score in found)
    likelihoods: defaultdict[str, float] = defaultdict(float)
    printings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    for article, score in found:
        own = analyzer_of(article.language)
        tokens = [token for name in TEXT_FIELDS for token in own.tokens(getattr(article, name)) if token.printed]
        counts = Counter(token.term for token in tokens)
        for token in tokens:
            printings[token.term][token.printed] += 1
        for term, count in counts.items():
            likelihoods[term] += score / total * count / len(tokens)
        articles.update(counts.keys())
    least = min(2, len(found))
    telling = [term for term in likelihoods if articles[term] >= least and term not in analyzer.stop_terms]
    words = ((term, printings[term].most_common(1)[0][0]) for term in telling)
    likely = {word: likelihoods[term] for term, word in words if (term,) in analyzer.paths(word)}
    chosen = sorted(likely, key=lambda word: (-likely[word], word))[:FEEDBACK_WORDS]
    return [(word, likely[word] / likely[chosen[0]]) for word in chosen]


def _with_words(tree: Node, words: Sequence[ExpansionWord], *, widen: bool) -> Node:
    added = [Word(each.word) if each.weight == 1 else Boosted(Word(each.word), each.weight) for each in words]
    if not widen:
        return all_of([tree, any_of([Everything(), *added])])
    if not isinstance(tree, And):
        return any_of([tree, *added])
    # What restricts the whole stays outside. Where several parts of the rest are required, they stay so.
    ranked = [node for node in tree.nodes if not isinstance(node, (Not, DateRange, Nothing))]
    rest = [node for node in tree.nodes if node not in ranked]
    if len(ranked) == 1:
        return all_of([any_of([ranked[0], *added]), *rest])
    return all_of([*ranked, any_of([Everything(), *added]), *rest])
