"""Schemas of what searches give."""

from __future__ import annotations

from typing import Final

from searchlib.json_schema.articles import ARTICLE_KEYS
from searchlib.json_schema.shapes import (
    Schema,
    flag,
    list_of,
    mapping_of,
    number,
    one_of,
    or_null,
    record,
    ref,
    text,
    whole,
)

__all__ = ["SCHEMAS"]

_UNIT: Final = one_of(("day", "week", "month", "year"), "Length of a bucket; weeks begin on Monday.")
_START: Final = text("When it begins, ISO 8601 in the index's time zone.")
_END: Final = text("When it ends, not included; likewise.")
_OF_ALL: Final = whole("How many of all articles are in it; only where shares were asked for.")
_DIAGNOSTICS: Final = list_of("Diagnostic", "Remarks on how the query was read.")
_QUERY: Final = text("The query as it was understood, in the query language.")

SCHEMAS: Final[dict[str, Schema]] = {
    "Page": record(
        "One page of hits, and what is known of all articles found.",
        {
            "query": _QUERY,
            "total": or_null(whole("How many articles match; null where they were not counted.")),
            "undated": whole("How many match all of the query but its dates, because they have no date."),
            "imprecise": whole(
                "How many of those found are dated a month or a year of which only a part is within the dates."
            ),
            "hits": list_of("Hit", "In order."),
            "facets": mapping_of("Facet", "By field, those that were asked for."),
            "timeline": or_null(ref("Timeline", "Null if it was not asked for.")),
            "diagnostics": _DIAGNOSTICS,
            "next": or_null(text("The cursor of the next page; null on the last one.")),
            "expansion?": ref("Expansion", "What was added to the query, if that was asked for."),
            "partial?": flag("True, only where the time was over before the search was done."),
        },
    ),
    "Hit": record(
        "One article found: what of it is set, beside its score and its passages.",
        {
            "id": text("The article's id."),
            "score": number("How well it answers the query; 0 if nothing in the query ranks."),
            **ARTICLE_KEYS,
            "snippet": or_null(ref("Snippet", "Its best passages; null where none were asked for.")),
            "explanation?": or_null(ref("Explanation", "Why it has its score, where that was asked for.")),
        },
    ),
    "Facet": record(
        "How many of the articles found have each value of a field.",
        {
            "values": list_of("FacetValue", "The most frequent first."),
            "missing": whole("How many of the articles found have no value."),
            "other?": whole("How many have a value that is not among the values; only where some are left out."),
            "other_values?": whole("How many such values there are; likewise."),
        },
    ),
    "FacetValue": record(
        "One value of a facet.",
        {
            "value": text("In its commonest spelling."),
            "count": whole("How many of the articles found have it, in whatever spelling."),
            "parts?": list_of("FacetValue", "Of a language, its codes with a region or script, where it has some."),
        },
    ),
    "Timeline": record(
        "How many of the articles found were published in each bucket, from the first to the last without a gap.",
        {
            "unit": _UNIT,
            "undated": whole("How many of the articles found have no date."),
            "imprecise": whole(
                "How many are dated a month or a year that takes longer than a bucket; they are in none."
            ),
            "buckets": list_of(
                "TimelineBucket", "Where they are more than 10,000, those without an article are left out."
            ),
        },
    ),
    "TimelineBucket": record(
        "One bucket of a timeline.",
        {
            "start": _START,
            "end": _END,
            "count": whole("How many of the articles found are in it."),
            "of_all?": _OF_ALL,
        },
    ),
    "Comparison": record(
        "How many articles each of several queries finds in each bucket.",
        {
            "unit": _UNIT,
            "queries": list_of("ComparedQuery", "In the order in which they were given."),
            "buckets": list_of("ComparisonBucket", "From the first article that any of them finds to the last."),
        },
    ),
    "ComparedQuery": record(
        "One query of a comparison.",
        {
            "query": _QUERY,
            "undated": whole("How many of the articles that it finds have no date."),
            "imprecise": whole("How many are dated a month or a year that takes longer than a bucket."),
            "diagnostics": _DIAGNOSTICS,
        },
    ),
    "ComparisonBucket": record(
        "One bucket of a comparison.",
        {
            "start": _START,
            "end": _END,
            "counts": list_of("integer", "How many of the articles that each query finds are in it."),
            "of_all?": _OF_ALL,
        },
    ),
    "Diagnostic": record(
        "A remark for the author of a query, which is answered all the same.",
        {
            "message": text("What was read differently from what may have been meant, and what to write instead."),
            "start": whole("Where in the query, in characters."),
            "end": whole("Where that ends, not included."),
            "is_unreadable": flag(
                "Whether a part of the query that restricts could not be read, and so finds nothing."
            ),
            "instead?": text("What to write there to have what may have been meant; absent where that is not known."),
        },
    ),
    "Expansion": record(
        "What was added to a query from its own first results.",
        {
            "words": list_of("ExpansionWord", "The weightiest first."),
            "articles": list_of("string", "The ids of the articles that they are from."),
            "reason": text('Why nothing was added; "" where something was.'),
        },
    ),
    "ExpansionWord": record(
        "A word that was added.",
        {"word": text("The word."), "weight": number("Its weight beside the query's own words, which weigh 1.")},
    ),
    "BatchRow": record(
        "What became of one of many queries.",
        {
            "query": text("As it was given; of a tree its text in the query language."),
            "page": or_null(ref("Page", "What it found; null where it failed.")),
            "error": or_null(ref("Error", "Why it failed; null where it did not.")),
        },
    ),
    "Node": record("A query as a tree.", {"query": text("The same in the query language, dates as instants.")}),
    "Completion": record(
        "A word or phrase that begins as it was typed.",
        {
            "text": text("All of it, case and accents folded."),
            "doc_freq": whole("In how many articles it is."),
            "is_estimate": flag("Whether that is an estimate."),
        },
    ),
    "Suggestion": record(
        "A query that finds more, because some of its words are spelt otherwise.",
        {
            "query": text("It, in the query language."),
            "total": whole("How many articles it finds."),
            "corrections": list_of("Correction", "What was changed, in the order of the query."),
        },
    ),
    "Correction": record(
        "A word of a query, and one that the index knows.",
        {
            "written": text("As the query has it."),
            "suggested": text("What may be meant, case and accents folded."),
            "doc_freq": whole("In how many articles that is."),
        },
    ),
    "Concordance": record(
        "The occurrences of what a query matches.",
        {
            "occurrences": whole("How many there are in the articles that were read."),
            "articles": whole("How many articles match."),
            "articles_read": whole("How many of them were read."),
            "lines": list_of("ConcordanceLine", "As many as were asked for, in the order that was asked for."),
            "collocates": list_of("Collocate", "The neighbours, the most telling first."),
            "diagnostics": _DIAGNOSTICS,
        },
    ),
    "ConcordanceLine": record(
        "One occurrence; left, match and right together are the passage.",
        {
            "id": text("The article's id."),
            "published": text('When it was published, as precise as is known; "" if it is undated.'),
            "field": one_of(("title", "summary", "body"), "The text that it stands in."),
            "start": whole("Where the match begins in that text, in characters."),
            "end": whole("Where it ends, not included."),
            "left": text("What stands before it."),
            "match": text("The occurrence."),
            "right": text("What follows it."),
        },
    ),
    "Collocate": record(
        "A word that stands near the occurrences more often than elsewhere.",
        {
            "word": text("As printed, case and accents folded."),
            "count": whole("How often it stands near one."),
            "left": whole("How often of these before it."),
            "right": whole("How often behind it."),
            "total": whole("How often the index has the word."),
            "score": number("Log-likelihood ratio (G²) of its count against the rest of the index."),
        },
    ),
    "SimilarArticles": record(
        "Articles like one.",
        {
            "words": list_of("string", "The words of the article that were searched, the most telling first."),
            "articles": list_of("SimilarArticle", "The most like first."),
        },
    ),
    "SimilarArticle": record(
        "An article like another.",
        {
            "score": number("It adds up over the words that both have."),
            "shared": number("Which share of the runs of five words of the shorter the other one has too, 0 to 1."),
            "is_copy": flag("Whether it is the same story, printed again or nearly so."),
            "article": ref("Article", "The article."),
        },
    ),
}
