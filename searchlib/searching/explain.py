"""Why an article has its score, and what a query means part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from math import fsum, ulp
from typing import Final

from searchlib.article import Article
from searchlib.explanations import (
    ExplainedExpansion,
    ExplainedPart,
    Explanation,
    QueryExplanation,
    RankedWord,
    ScorePart,
)
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
    Value,
    Wildcard,
    Word,
    render,
)
from searchlib.query import Sequence as PhraseOfSides
from searchlib.query.english import sentence
from searchlib.searching.clauses import Clause
from searchlib.searching.one_article import IndexFacts, OneArticle, Ranked, Where
from searchlib.searching.plan import Planned
from searchlib.searching.planned_parts import PlannedPart, planned_parts

__all__ = ["explain_hit", "explain_query", "sides_of"]

_KINDS: Final[dict[type[Node], str]] = {
    And: "all of",
    Or: "any of",
    Not: "not",
    Boosted: "weight",
    Near: "near",
    PhraseOfSides: "sequence",
    AtLeast: "at least",
    Word: "word",
    Phrase: "phrase",
    Exact: "exact",
    Wildcard: "pattern",
    Expression: "pattern",
    Fuzzy: "fuzzy",
    DateRange: "dates",
    LengthRange: "length",
    Value: "value",
    Has: "has",
    Everything: "everything",
    Nothing: "nothing",
}


def explain_hit(
    tree: Node, planned: Planned, facts: IndexFacts, zone: tzinfo, article: Article, where: Where, score: float
) -> Explanation:
    """Why an article that a query finds has its score.

    Args:
        tree: The query.
        planned: Its plan.
        facts: The index.
        zone: Its time zone.
        article: The article.
        where: Where it is.
        score: Its score; 0 where there was no time to work it out, and then what the parts add up to is given.

    Raises:
        UpgradeNeededError: An earlier version analysed the articles, by other rules.
    """
    one = OneArticle(article, facts, where)
    found = [
        (part.node, ranked)
        for part in _ranking(planned_parts(tree, planned), one)
        if part.clause is not None and (ranked := one.ranked(part.clause)) is not None
    ]
    score = score or fsum(ranked.score for _, ranked in found)
    contributions = _adding_up([ranked.score for _, ranked in found], score)
    parts = tuple(
        _score_part(one, render(node, zone=zone), ranked, contribution)
        for (node, ranked), contribution in zip(found, contributions, strict=True)
    )
    return Explanation(score, parts, where.length, facts.mean_length, facts.article_count)


def _ranking(part: PlannedPart, one: OneArticle) -> Iterator[PlannedPart]:
    """The parts that an article matches and that may rank."""
    if isinstance(part.node, Not) or part.clause is None or not one.holds(part.clause):
        return
    if not part.parts:
        yield part
    for each in part.parts:
        yield from _ranking(each, one)


def _adding_up(scores: Sequence[float], whole: float) -> list[float]:
    """The scores, rounded so that they add up to the whole exactly, in any order; what is left goes to the greatest.

    All are multiples of the last bit of the whole, so that no sum of them is rounded.
    """
    if not scores:
        return []
    bit = ulp(whole)
    rounded = [round(score / bit) * bit for score in scores]
    greatest = max(range(len(rounded)), key=rounded.__getitem__)
    rounded[greatest] = 0.0
    rounded[greatest] = whole - sum(rounded)
    return rounded


def _score_part(one: OneArticle, text: str, ranked: Ranked, contribution: float) -> ScorePart:
    title, summary, body = map(len, ranked.ranges)
    facts = one.facts
    words = tuple(RankedWord(one.printed_as(term), facts.doc_freq_of(term), facts.idf(term)) for term in ranked.terms)
    return ScorePart(
        text=text,
        contribution=contribution,
        title=title,
        summary=summary,
        body=body,
        weighted=ranked.weighted,
        words=words,
        idf=ranked.idf,
        boost=ranked.boost,
        found=one.printed(ranked.ranges),
    )


def explain_query(
    tree: Node, plan: Callable[[Node], Planned], count: Callable[[Clause], int], zone: tzinfo
) -> tuple[QueryExplanation, Planned]:
    """What a query means, without diagnostics, and how it is planned.

    Args:
        tree: The query.
        plan: Plans a tree.
        count: Counts the articles of a clause.
        zone: The index's time zone.
    """
    planned = plan(tree)

    def explained(part: PlannedPart) -> ExplainedPart:
        parts = part.parts or tuple(planned_parts(side, own) for side in sides_of(part.node) if (own := plan(side)))
        return ExplainedPart(
            text=render(part.node, zone=zone),
            kind=_KINDS[type(part.node)],
            total=None if part.clause is None else count(part.clause),
            parts=tuple(map(explained, parts)),
        )

    root = planned_parts(tree, planned)
    expansions = tuple(
        ExplainedExpansion(render(each.node, zone=zone), each.words, each.matched, each.examples)
        for each in dict.fromkeys(planned.expansions)
    )
    said = sentence(tree, zone=zone)
    if expansions:
        stand = f"{len(expansions)} word{' was' if len(expansions) == 1 else 's were'} expanded to "
        said += f"; {stand}{sum(each.words for each in expansions):,}"
    return QueryExplanation(render(tree, zone=zone), said, explained(root), expansions), planned


def sides_of(node: Node) -> tuple[Node, ...]:
    """What a phrase, a NEAR or a count joins; of others nothing."""
    if isinstance(node, Near):
        return node.left, node.right
    if isinstance(node, PhraseOfSides):
        return node.nodes
    return (node.node,) if isinstance(node, AtLeast) else ()
