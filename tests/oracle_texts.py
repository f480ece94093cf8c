"""A text as the oracle reads it: where its words stand, how they are printed, and where its sentences begin.

What stands where is found by trying everything; texts are small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from searchlib.analysis.sentences import rules_for

PositionRange = tuple[int, int]
#: What gives the position ranges of something in a text; one that stands there in two ways may be given twice.
Find = Callable[["Text"], list[PositionRange]]


@dataclass
class Text:
    """One text of an article.

    Attributes:
        weight: How much a word of it counts.
        length: How many positions it takes.
        terms: Of each term where it stands.
        printed: Of each term and printed word where the term stands as that.
        sentences: The positions at which a sentence begins, but for the first.
        paragraphs: Likewise of paragraphs.
        lead_end: The position at which what is of the lead ends.
    """

    weight: float = 1.0
    length: int = 0
    terms: dict[str, list[PositionRange]] = field(default_factory=dict)
    printed: dict[tuple[str, str], list[PositionRange]] = field(default_factory=dict)
    sentences: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    lead_end: float = 0


def text_of(analyzer, printed: str, weight: float = 1.0, *, lead: str = "") -> Text:
    """A text that an analyzer reads; `lead` says of which part its lead is: "all", "paragraph" or "" for none."""
    text = Text(weight)
    tokens = analyzer.tokens(printed)
    for token in tokens:
        at = (token.position, token.position + token.positions - 1)
        text.terms.setdefault(token.term, []).append(at)
        if token.printed:
            text.printed.setdefault((token.term, token.printed), []).append(at)
        text.length = max(text.length, at[1] + 1)
    for before, after in pairwise(rules_for(analyzer.language).sentences(printed)):
        position = min((token.position for token in tokens if token.startchar >= after[0]), default=0)
        if position and position not in text.sentences:
            text.sentences.append(position)
        if position and before[2] and position not in text.paragraphs:
            text.paragraphs.append(position)
    text.lead_end = {"all": inf, "paragraph": min(text.paragraphs, default=inf), "": 0}[lead]
    return text


def values_of(analyzer, values: Iterable[str]) -> Text:
    """The values of a field as one text: one position is empty between two of them."""
    whole = Text()
    base = 0
    for value in values:
        text = text_of(analyzer, value)
        for term, ranges in text.terms.items():
            whole.terms.setdefault(term, []).extend((base + first, base + last) for first, last in ranges)
        base += max(text.length, 1) + 1
    return whole


def terms_at(terms: Sequence[str], slop: int) -> Find:
    """Finds terms in this order."""
    return lambda text: in_order([text.terms.get(term, []) for term in terms], slop)


def printed_at(term: str, words: Iterable[str]) -> Find:
    """Finds a term where it is printed as one of these words."""
    return lambda text: sorted({at for word in words for at in text.printed.get((term, word), [])})


def any_at(finds: Sequence[Find]) -> Find:
    """Finds what any of these finds."""
    return lambda text: [at for find in finds for at in find(text)]


def sequence_at(parts: Sequence[Sequence[Find]], slop: int) -> Find:
    """Finds parts in this order; of each any of its alternatives."""
    return lambda text: in_order([any_at(part)(text) for part in parts], slop)


def in_order(parts: Sequence[Sequence[PositionRange]], slop: int) -> list[PositionRange]:
    """For each range of the first part: the shortest with the others in order and few positions among them."""
    ranges = set()
    for first, last in parts[0]:
        ways = {(last, 0)}
        for part in parts[1:]:
            ways = {
                (to, among + start - end - 1)
                for end, among in ways
                for start, to in part
                if start > end and among + start - end - 1 <= slop
            }
        if ways:
            ranges.add((first, min(end for end, _ in ways)))
    return sorted(ranges)


def near_at(node, left: Find, right: Find) -> Find:
    """Finds the pairs of a `Near`; of a negated one what is no pair of it."""

    def find(text: Text) -> list[PositionRange]:
        pairs = [(each, _nearest(node, each, right(text), text)) for each in left(text)]
        if node.negated:
            return [each for each, pair in pairs if pair is None]
        return [pair for _, pair in pairs if pair is not None]

    return find


def _nearest(node, left: PositionRange, rights: Sequence[PositionRange], text: Text) -> PositionRange | None:
    """The range around a left one and the nearest right one that is near enough."""
    boundaries = {"word": [], "sentence": text.sentences, "paragraph": text.paragraphs}[node.unit]
    found = []
    for right in set(rights):
        if right[0] > left[1]:
            gap, around = right[0] - left[1], (left[0], right[1])
        elif right[1] < left[0] and not node.ordered:
            gap, around = left[0] - right[1], (right[0], left[1])
        else:
            continue
        is_whole = not any(around[0] < boundary <= around[1] for boundary in boundaries)
        if is_whole and (node.unit != "word" or gap <= node.distance):
            # Of two that are as near the one in front counts, and of those the one that begins first.
            found.append((gap, right, around))
    return min(found)[2] if found else None
