"""Schemas of explanations: why an article was found, why one was not, and what a query means."""

from __future__ import annotations

from typing import Final

from searchlib.json_schema.shapes import Schema, flag, list_of, number, one_of, or_null, record, ref, text, whole

__all__ = ["SCHEMAS"]

_PART: Final = text("The part, in the query language.")
_DIAGNOSTICS: Final = list_of("Diagnostic", "Remarks on how the query was read.")
_KINDS: Final = (
    "all of",
    "any of",
    "not",
    "weight",
    "near",
    "sequence",
    "at least",
    "word",
    "phrase",
    "exact",
    "pattern",
    "fuzzy",
    "dates",
    "length",
    "value",
    "has",
    "everything",
    "nothing",
)

SCHEMAS: Final[dict[str, Schema]] = {
    "Explanation": record(
        "Why an article has its score. The contributions add up to it exactly.",
        {
            "score": number("The score of the hit."),
            "parts": list_of("ScorePart", "The parts of the query that the article matches and that rank."),
            "length": whole("Words of the article as ranking counts them."),
            "mean_length": number("The same, of all articles in the mean."),
            "article_count": whole("How many articles the index ranks by."),
        },
    ),
    "ScorePart": record(
        "What a part of a query adds to the score of an article.",
        {
            "text": _PART,
            "contribution": number("What it adds."),
            "title": whole("How often it occurs in the title."),
            "summary": whole("How often in the summary."),
            "body": whole("How often in the body."),
            "weighted": number("That together, each occurrence counted as often as its text weighs."),
            "words": list_of("RankedWord", "The words that it ranks by."),
            "idf": number("The sum of their inverse document frequencies."),
            "boost": number("The weight that it has in the query."),
            "found": list_of("string", "As what it stands in the article, the most frequent first."),
        },
    ),
    "RankedWord": record(
        "A word that a part of a query ranks by.",
        {
            "text": text("The word as the index has it, or the pattern that it is one of the words of."),
            "doc_freq": whole("How many articles have it."),
            "idf": number("Its inverse document frequency, in nats."),
        },
    ),
    "QueryExplanation": record(
        "What a query means.",
        {
            "text": text("The query as it was understood, in the query language."),
            "sentence": text("The same in plain English."),
            "tree": ref("ExplainedPart", "Its parts."),
            "expansions": list_of("ExplainedExpansion", "What its patterns stand for."),
            "diagnostics": _DIAGNOSTICS,
            "total": whole("How many articles match all of it."),
        },
    ),
    "ExplainedPart": record(
        "A part of a query, and how many articles match it by itself.",
        {
            "text": _PART,
            "kind": one_of(_KINDS, "What it is."),
            "total": or_null(whole("How many articles match it; null where there is no word to search for in it.")),
            "parts": list_of("ExplainedPart", "What it consists of."),
        },
    ),
    "ExplainedExpansion": record(
        "A pattern of a query, and the words that were searched for in its stead.",
        {
            "text": text("The pattern, in the query language."),
            "words": whole("How many words were searched for."),
            "matched": whole("How many words of the index it matches."),
            "examples": list_of("string", "The most frequent of them."),
        },
    ),
    "WhyNot": record(
        "Why a query does not find an article.",
        {
            "article_id": text("The article."),
            "query": text("The query as it was understood, in the query language."),
            "found": flag("Whether the query finds the article after all."),
            "rank": or_null(
                whole("Where it is among the hits by relevance, from 1; null if it is not, or far behind.")
            ),
            "total": whole("How many articles the query finds."),
            "excluding": list_of("ExcludingPart", "The parts of the query that keep the article out."),
            "relaxations": list_of("Relaxation", "Queries that find it, those that find the fewest articles first."),
            "diagnostics": _DIAGNOSTICS,
        },
    ),
    "ExcludingPart": record(
        "A part of a query that an article does not meet.",
        {
            "text": _PART,
            "reason": text("What the article lacks, or has that it must not have."),
            "instead": text('What it has instead; "" where there is nothing to tell.'),
        },
    ),
    "Relaxation": record(
        "A query that finds an article which the one that was asked does not find.",
        {
            "query": text("It, in the query language."),
            "change": text("What is different, in plain English."),
            "total": whole("How many articles it finds."),
        },
    ),
}
