"""Explanations, for people: why an article was found, and what a query means."""

from __future__ import annotations

from typing import Final

from searchlib.cli.screen import BAR, DIM, HEAD, Piece, Screen, number
from searchlib.explanations import ExplainedPart, Explanation, QueryExplanation, RankedWord, ScorePart
from searchlib.results import printable

__all__ = ["show_query_explanation", "why_lines"]

_MAX_WORDS: Final = 8
_GAP: Final = "  "
_INDENT: Final = 2


def why_lines(explanation: Explanation) -> list[tuple[Piece, ...]]:
    """A line for each part of a query that ranks an article, the one that adds most first, and one on its length."""
    lines: list[tuple[Piece, ...]] = []
    for part in sorted(explanation.parts, key=lambda each: -each.contribution):
        added, text = f"{part.contribution:.2f}", printable(part.text)
        lines.append(((added, BAR), f" from {text}: {_occurrences(part)}; {_rarity(part, explanation.article_count)}"))
    if not lines:
        return [(("nothing in the query ranks", DIM),)]
    length = f"its length counts {number(explanation.length)} words, {number(explanation.mean_length)} are usual"
    return [*lines, ((length, DIM),)]


def show_query_explanation(screen: Screen, explained: QueryExplanation) -> None:
    """Write what a query means: the sentence, the tree with the total of each part, and what patterns stand for."""
    screen.line((printable(explained.sentence), HEAD))
    screen.line((printable(explained.text), BAR))
    screen.line()
    rows = list(_rows(explained.tree, "", ""))
    width = max(len(total) for total, _, _ in rows)
    for total, branch, text in rows:
        hang = width + len(_GAP) + len(branch) + _INDENT
        screen.line((total.rjust(width), BAR), _GAP, branch, printable(text), hang=hang)
    for each in explained.expansions:
        examples = ", ".join(map(printable, each.examples))
        left_out = f" of {number(each.matched)}" if each.matched > each.words else ""
        words = "1 word" if each.words == 1 else f"{number(each.words)} words"
        screen.line()
        screen.line((f"{printable(each.text)} stands for {words}{left_out}: ", DIM), examples)


def _rows(part: ExplainedPart, branch: str, below: str) -> list[tuple[str, str, str]]:
    """The total of a part and of all within it, the lines of the tree before it, and its text."""
    total = "–" if part.total is None else number(part.total)
    rows = [(total, branch, f"{part.kind}: {part.text}")]
    for at, each in enumerate(part.parts):
        is_last = at == len(part.parts) - 1
        rows += _rows(each, below + ("└ " if is_last else "├ "), below + ("  " if is_last else "│ "))
    return rows


def _occurrences(part: ScorePart) -> str:
    counts = (("title", part.title), ("summary", part.summary), ("body", part.body))
    where = [f"{_times(count)} in the {name}" for name, count in counts if count]
    text = where[0] if len(where) == 1 else f"{', '.join(where[:-1])} and {where[-1]}"
    if part.weighted != part.freq:
        text += f", which {'counts' if part.freq == 1 else 'count'} {part.weighted:g} times"
    if part.boost != 1:
        text += f", weighed {part.boost:g}"
    as_found = [each for each in part.found if each.casefold() != part.text.casefold()]
    return f"{text} (as {', '.join(f'“{printable(each)}”' for each in as_found)})" if as_found else text


def _rarity(part: ScorePart, article_count: int) -> str:
    if len(part.words) == 1:
        return f"it is in {number(part.words[0].doc_freq)} of {number(article_count)} articles"
    words: tuple[RankedWord, ...] = part.words[:_MAX_WORDS]
    said = ", ".join(f"“{printable(word.text)}” is in {number(word.doc_freq)}" for word in words)
    return f"{said} of {number(article_count)} articles"


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{number(count)} times"
