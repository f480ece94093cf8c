"""Why an article was found, why one was not, and what a query means: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from searchlib.diagnostics import Diagnostic
from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line, number_of, one_line, quoted

__all__ = [
    "ExcludingPart",
    "ExplainedExpansion",
    "ExplainedPart",
    "Explanation",
    "QueryExplanation",
    "RankedWord",
    "Relaxation",
    "ScorePart",
    "WhyNot",
]


@dataclass(frozen=True, slots=True)
class RankedWord(JsonForm):
    """A word that a part of a query ranks by.

    Attributes:
        text: The word as the index has it, or the pattern that it is one of the words of.
        doc_freq: How many articles have it, deleted ones included until a merge drops them.
        idf: Its inverse document frequency, in nats.

    Examples:
        >>> word = index.search("measles")[0].explanation.parts[0].words[0]
        >>> word.text, word.doc_freq
        ('measles', 8)
    """

    text: str
    doc_freq: int
    idf: float

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class ScorePart(JsonForm):
    """What a part of a query adds to the score of an article.

        contribution = boost · idf · w · (k1 + 1) / (w + k1 · (1 − b + b · length / mean length))

    Attributes:
        text: The part, in the query language.
        contribution: What it adds, >= 0.
        title: How often it occurs in the title; `summary` and `body` likewise.
        weighted: w, the frequency in which each occurrence counts as often as its text weighs.
        words: The words that it ranks by: one, or those of a phrase or NEAR.
        idf: The sum of their inverse document frequencies.
        boost: The weight that it has in the query; a stop word's is a fifth of it.
        found: As what it stands in the article, the most frequent first, at most three.

    Examples:
        >>> part = index.search("measles nursery")[0].explanation.parts[0]
        >>> part.text, part.freq
        ('measles', 2)
    """

    text: str
    contribution: float
    title: int
    summary: int
    body: int
    weighted: float
    words: tuple[RankedWord, ...]
    idf: float
    boost: float
    found: tuple[str, ...]

    @property
    def freq(self) -> int:
        """How often it occurs in all three texts."""
        return self.title + self.summary + self.body

    def __repr__(self) -> str:
        return one_line(
            self, f"{quoted(self.text)} adds {self.contribution:.4g}", f"found {number_of(self.freq, 'time')}"
        )


@dataclass(frozen=True, slots=True)
class Explanation(JsonForm):
    """Why an article has its score. The contributions of the parts add up to it exactly, in any order.

    Attributes:
        score: The score of the hit.
        parts: The parts of the query that the article matches and that rank, in the order of the query.
        length: Words of the article as ranking counts them: those of title and summary several times, rounded.
        mean_length: The same, of all articles in the mean.
        article_count: How many articles the index ranks by, deleted ones included until a merge drops them.

    Examples:
        >>> hit = index.search("measles nursery")[0]
        >>> round(sum(part.contribution for part in hit.explanation.parts), 3) == round(hit.score, 3)
        True
    """

    score: float
    parts: tuple[ScorePart, ...]
    length: int
    mean_length: float
    article_count: int

    def __repr__(self) -> str:
        parts = " + ".join([f"{quoted(part.text, 24)} {part.contribution:.4g}" for part in self.parts])
        return one_line(self, f"{self.score:.4g} = {parts or 'nothing that ranks'}")

    def _repr_html_(self) -> str:
        """A row for each part of the score, for a notebook."""
        from searchlib.drawing import markup  # Imported late, because no search needs it.

        rows = [
            (markup.quoted(part.text), part.contribution, part.title, part.summary, part.body, part.idf)
            for part in self.parts
        ]
        return markup.frame(
            markup.caption(f"score {self.score:.4g}"),
            markup.table(("part", "adds", "in title", "in summary", "in body", "idf"), rows),
            markup.facts(f"{self.length:,} words, {self.mean_length:,.0f} in the mean"),
        )


@dataclass(frozen=True, slots=True)
class ExplainedPart(JsonForm):
    """A part of a query, and how many articles match it by itself.

    Attributes:
        text: The part, in the query language.
        kind: What it is: "all of", "any of", "not", "weight", "near", "sequence", "at least", "word", "phrase", "exact",
            "pattern", "fuzzy", "dates", "length", "value", "has", "everything" or "nothing".
        total: How many articles match it; None where there is no word to search for in it.
        parts: What it consists of.

    Examples:
        >>> [(part.kind, part.text, part.total) for part in index.explain("measles nursery").tree.parts]
        [('word', 'measles', 8), ('word', 'nursery', 2)]
    """

    text: str
    kind: str
    total: int | None
    parts: tuple[ExplainedPart, ...] = ()

    def __repr__(self) -> str:
        total = "" if self.total is None else number_of(self.total, "article")
        return one_line(
            self, f"{self.kind} {quoted(self.text)}", total, number_of(len(self.parts), "part") if self.parts else ""
        )


@dataclass(frozen=True, slots=True)
class ExplainedExpansion(JsonForm):
    """A pattern of a query, and the words that were searched for in its stead.

    Attributes:
        text: The pattern, in the query language.
        words: How many words were searched for.
        matched: How many words of the index it matches.
        examples: The most frequent of them, at most ten.

    Examples:
        >>> index.explain("nurser*").expansions[0].examples
        ('nursery',)
    """

    text: str
    words: int
    matched: int
    examples: tuple[str, ...]

    def __repr__(self) -> str:
        return one_line(self, f"{quoted(self.text)} stands for {self.words:,} of {number_of(self.matched, 'word')}")


@dataclass(frozen=True, slots=True)
class QueryExplanation(JsonForm):
    """What a query means.

    Attributes:
        text: The query as it was understood, in the query language.
        sentence: The same in plain English.
        tree: Its parts, each with its total.
        expansions: What its patterns stand for.
        diagnostics: Remarks on how it was read.

    Examples:
        >>> index.explain("measles -nursery").sentence
        'articles with “measles”, without “nursery”'
    """

    text: str
    sentence: str
    tree: ExplainedPart
    expansions: tuple[ExplainedExpansion, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def total(self) -> int:
        """How many articles match the whole query."""
        return self.tree.total or 0

    def as_dict(self) -> dict[str, Any]:
        """What the query means, ready for JSON, "total" included."""
        return {**JsonForm.as_dict(self), "total": self.total}

    def __repr__(self) -> str:
        return one_line(self, f"{quoted(self.text)} finds {number_of(self.total, 'article')}")

    def _repr_html_(self) -> str:
        """The query in plain English, and its parts with their totals, for a notebook."""
        from searchlib.drawing import markup

        def parts_of(part: ExplainedPart) -> markup.Html:
            total = "" if part.total is None else f": {number_of(part.total, 'article')}"
            label = markup.Html(f"{markup.text(part.kind)} {markup.quoted(part.text)}{total}")
            return markup.tree(label, [parts_of(each) for each in part.parts])

        patterns = [
            f"{markup.quoted(each.text)} stands for {number_of(each.words, 'word')}: "
            f"{markup.text(', '.join(each.examples))}{' …' if each.words > len(each.examples) else ''}"
            for each in self.expansions
        ]
        return markup.frame(
            markup.caption(markup.text(self.sentence)),
            markup.tree(parts_of(self.tree), [markup.Html(each) for each in patterns]),
            markup.remarks([each.message for each in self.diagnostics]),
        )


@dataclass(frozen=True, slots=True)
class ExcludingPart(JsonForm):
    """A part of a query that an article does not meet.

    Attributes:
        text: The part, in the query language; one that excludes begins with "-".
        reason: What the article lacks, or has that it must not have.
        instead: What it has instead, as its date or the nearest word; "" where there is nothing to tell.

    Examples:
        >>> why = index.why_not("kw-2023-1010-nursery", "measles ferry")
        >>> [(part.text, part.reason) for part in why.excluding]
        [('ferry', 'it does not have “ferry”')]
    """

    text: str
    reason: str
    instead: str = ""

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Relaxation(JsonForm):
    """A query that finds an article which the one that was asked does not find.

    Attributes:
        query: It, in the query language.
        change: What is different, in plain English.
        total: How many articles it finds.

    Examples:
        >>> why = index.why_not("kw-2023-1010-nursery", "measles ferry")
        >>> [(each.query, each.total) for each in why.relaxations]
        [('measles fever', 1), ('measles', 8), ('measles OR ferry', 11)]
    """

    query: str
    change: str
    total: int

    def __repr__(self) -> str:
        return one_line(self, f"{quoted(self.query)} finds {number_of(self.total, 'article')}")


@dataclass(frozen=True, slots=True)
class WhyNot(JsonForm):
    """Why a query does not find an article.

    Attributes:
        article_id: The article.
        query: The query as it was understood, in the query language.
        found: Whether the query finds the article after all.
        rank: Where it is among the hits by relevance, from 1; None if it is not found, or not among the first thousand.
        total: How many articles the query finds.
        excluding: The parts of the query that keep the article out.
        relaxations: Queries that find it, those that find the fewest articles first.
        diagnostics: Remarks on how the query was read.

    Examples:
        >>> index.why_not("kw-2023-1010-nursery", "measles ferry").found
        False
        >>> index.why_not("kw-2023-1010-nursery", "measles").rank
        3
    """

    article_id: str
    query: str
    found: bool
    rank: int | None
    total: int
    excluding: tuple[ExcludingPart, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def __repr__(self) -> str:
        if self.found:
            return one_line(
                self,
                f"{quoted(self.article_id, 24)} is found by {quoted(self.query)}",
                f"rank {self.rank}" if self.rank else "",
            )
        kept_out = f"{number_of(len(self.excluding), 'part')} keep it out" if self.excluding else ""
        return one_line(self, f"{quoted(self.article_id, 24)} is not found by {quoted(self.query)}", kept_out)

    def _repr_html_(self) -> str:
        """What keeps the article out, and queries that find it, for a notebook."""
        from searchlib.drawing import markup

        said = "is found by" if self.found else "is not found by"
        rank = f"at rank {self.rank:,}" if self.rank else ""
        rows = [
            (markup.quoted(each.text), markup.text(each.reason), markup.text(each.instead)) for each in self.excluding
        ]
        others = [(markup.quoted(each.query), markup.text(each.change), each.total) for each in self.relaxations]
        return markup.frame(
            markup.caption(markup.text(self.article_id), said, markup.quoted(self.query), rank),
            markup.table(("part", "why", "instead"), rows) if rows else markup.Html(""),
            markup.table(("this finds it", "what is different", "articles"), others) if others else markup.Html(""),
            markup.remarks([each.message for each in self.diagnostics]),
        )
