"""Results of every kind, with a text in all of their fields that is made to do harm to a page or a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from searchlib import (
    AddReport,
    Article,
    ArticleOrigin,
    BatchRow,
    CharacterRange,
    Collocate,
    Comparison,
    ComparisonBucket,
    Completion,
    Concordance,
    ConcordanceLine,
    Correction,
    Diagnostic,
    EndedFile,
    ExcludingPart,
    Expansion,
    ExpansionWord,
    ExplainedExpansion,
    ExplainedPart,
    Explanation,
    Facet,
    FacetValue,
    FileRecord,
    Hit,
    IndexStats,
    LanguageCount,
    LanguageReport,
    MarkedArticle,
    Note,
    Page,
    Passage,
    QueryError,
    QueryExplanation,
    RankedWord,
    Relaxation,
    ScorePart,
    SimilarArticle,
    SimilarArticles,
    Snippet,
    SourceError,
    Suggestion,
    Timeline,
    TimelineBucket,
    WhyNot,
)
from searchlib.frozen import Frozen
from searchlib.json_form import JsonForm

#: Markup, quotes of each kind, an event, an entity, a control, a line end, and an override of direction.
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>&amp;\x1b[31m\u202ekcab\u2066\n\u2028]]>--> " * 9
DAY = datetime(2023, 9, 11, tzinfo=timezone.utc)


def hostile_article(text: str = HOSTILE) -> Article:
    """An article with a text in each field, which no check has made harmless."""
    article = Article(id="1", title="t", published=DAY, url="https://example.org/")
    for name in ("id", "title", "body", "summary", "section", "publisher", "place", "agency", "language"):
        object.__setattr__(article, name, text)
    object.__setattr__(article, "url", f"https://example.org/{text}")
    for name in ("authors", "tags"):
        object.__setattr__(article, name, (text, text))
    object.__setattr__(article, "extra", {text: text})
    object.__setattr__(article, "origin", ArticleOrigin(f"/{text}", text, 1))
    return article


def every_value(text: str = HOSTILE) -> list[Any]:
    """A value of each kind of result, with the text wherever there can be one."""
    said = (Diagnostic(text, 0, len(text)),) * 4
    marks = (CharacterRange(2, 9), CharacterRange(20, 30)) if len(text) > 30 else ()
    passage = Passage("body", text, 0, marks, leading=True, trailing=True)
    snippet = Snippet(Passage("title", text, 0, marks), (passage, passage))
    article = hostile_article(text)
    word = RankedWord(text, 3, 1.5)
    score = ScorePart(text, 1.25, 1, 2, 3, 4.5, (word,) * 5, 2.5, 1.0, (text,) * 3)
    explanation = Explanation(2.5, (score, score), 300, 250.5, 1000)
    hit = Hit(article, 2.5, snippet, None)
    facet = Facet(text, (FacetValue(text, 12, (FacetValue(text, 2),)),) * 30, 3, 40, 7)
    bucket = TimelineBucket(DAY, DAY + timedelta(days=1), 3, 12)
    timeline = Timeline("day", (bucket,) * 5, 1, 2)
    compared = ComparisonBucket(DAY, DAY + timedelta(days=1), (3, 4), 12)
    expansion = Expansion((ExpansionWord(text, 0.5),) * 5, (text,) * 5)
    page = Page((hit,) * 3, text, 1234, 2, {text: facet}, timeline, said, text, 1, expansion, True)
    part = ExplainedPart(text, text, 12, (ExplainedPart(text, "word", None),) * 3)
    reject, note = SourceError(text, text, record=2), Note(text, 2, text, text, text)
    line = ConcordanceLine(text, DAY, "day", "body", 1, 2, text, text, text)
    days = (DAY, DAY + timedelta(days=40))
    return [
        article,
        article.origin,
        passage,
        snippet,
        explanation,
        hit,
        facet,
        timeline,
        page,
        Comparison("day", (text, text), (compared,) * 3, (0, 1), (0, 0), (said, ())),
        MarkedArticle(article, passage, passage, Passage("body", text, 0, marks), said),
        QueryExplanation(text, text, part, (ExplainedExpansion(text, 3, 4, (text,) * 10),), said),
        WhyNot(text, text, False, None, 3, (ExcludingPart(text, text, text),), (Relaxation(text, text, 2),), said),
        WhyNot(text, text, True, 4, 3),
        Concordance((line,) * 3, 12, 4, 3, (Collocate(text, 1, 1, 0, 5, 12.5),), said),
        SimilarArticles((SimilarArticle(hit, 0.5, True),), (text,) * 9),
        Suggestion(text, 4, (Correction(text, text, 9),)),
        Completion(text, 4, True),
        expansion,
        Expansion((), (), text),
        AddReport(1, 2, (reject,), (note,), LanguageReport({text: 3}, 4, text), 5, 6, 7),
        EndedFile(1, 2, (note,)),
        FileRecord(text, 1, 2, b"digest" * 40, 3, 4, 5, text),
        IndexStats(text, text, text, text, 1, 2, 3, *days, 4, 5, 6, DAY, 3, (LanguageCount(text, 5, 4),), text, 2),
        BatchRow(text, page),
        BatchRow(text, None, QueryError(text, text=text, start=3)),
    ]


def all_within(value: Any) -> Iterator[Any]:
    """A result and all results in it, at any depth."""
    if isinstance(value, (JsonForm, Frozen)):
        yield value
    names = (
        value.__match_args__
        if isinstance(value, Frozen)
        else [each.name for each in fields(value)]
        if is_dataclass(value)
        else []
    )
    inside = [getattr(value, name) for name in names]
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, (tuple, list)):
        inside = list(value)
    for each in inside:
        yield from all_within(each)
