"""Locators over small texts by brute force: every range of every alternative is tried, for tests of the kernels.

A text is (title, summary, body), words apart by spaces. A word that begins with "." begins a sentence, one that begins
with "/" a paragraph.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st
from kernels.segments import K1, REGION_WEIGHTS, Alone, Segment

from searchlib.searching.clauses import (
    LeadLocator,
    Locator,
    LoneLocator,
    NearLocator,
    PhraseLocator,
    Positional,
    SequenceLocator,
    text_of,
)

__all__ = ["found_by", "positional_clauses", "ranges_of", "segment_of", "texts_of", "weight_of"]

Text = tuple[str, str, str]
Range = tuple[int, int]


def positioned(text: Text) -> list[tuple[int, int, str]]:
    """(position, region, word) of each word, marks of boundaries included; one position is empty between regions."""
    words, position = [], 0
    for region, part in enumerate(text):
        for word in part.split():
            words.append((position, region, word))
            position += 1
        position += 1
    return words


def texts_of(*, boundaries: bool):
    """Some texts of three words; with boundaries in them, or without."""
    marks = st.sampled_from(["", "", "", ".", "/"]) if boundaries else st.just("")
    words = st.builds(lambda mark, word: mark + word, marks, st.sampled_from(["a", "a", "b", "b", "c", "d"]))
    part = st.lists(words, max_size=9).map(" ".join)
    short = st.lists(words, max_size=3).map(" ".join)
    return st.lists(st.tuples(short, short, part), min_size=1, max_size=6)


def positional_clauses(locators):
    """Clauses of locators over the text with its regions, or over a field without."""
    at_least = st.sampled_from([1, 1, 1, 2, 3])
    of_text = st.builds(
        Positional,
        st.just("text"),
        locators,
        st.sampled_from([0.0, 1.0]),
        st.sampled_from([None, None, 0, 1, 2]),
        at_least,
    )
    return st.one_of(of_text, st.builds(Positional, st.just("tag"), locators, st.just(0.0), st.none(), at_least))


def segment_of(texts: list[Text]) -> Segment:
    """The segment of these articles; the term "sentence" is of the field of boundaries, printed "paragraph" or not."""
    postings: dict[str, dict[int, tuple[float, list[int]]]] = {}
    begins: dict[int, list[tuple[int, bool]]] = {}
    for docnum, text in enumerate(texts):
        found: dict[str, list[tuple[int, int]]] = {}
        for position, region, word in positioned(text):
            found.setdefault(word.lstrip("./"), []).append((position, region))
            if word[0] in "./":
                begins.setdefault(docnum, []).append((position, word[0] == "/"))
        for word, at in found.items():
            weight = sum(REGION_WEIGHTS[region] for _, region in at)
            postings.setdefault(word, {})[docnum] = (weight, [position for position, _ in at])
    regions = [(len(title.split()), len(summary.split())) for title, summary, _ in texts]
    size = len(texts)
    return Segment(postings, [40] * size, regions, [0] * size, set(), boundaries=begins)


def found_by(folder: Path, texts: list[Text], clause: Positional) -> dict[int, float]:
    """The articles that the kernels find, with the weight of what is found; with 1 where the clause does not rank."""
    segment = segment_of(texts)
    view, blocks = segment.write(folder)
    size = segment.size
    query = Alone(segment, view, blocks, clause)
    hits = query.top(size, 0, size)
    matches = query.matches(0, size)
    assert matches == sorted(docnum for _, docnum in hits)
    assert query.count(0, size) == len(hits)
    if not clause.boost:
        return dict.fromkeys(matches, 1.0)
    idf = idf_of(clause.locator, segment)
    # All articles are of mean length.
    return {docnum: score / idf * K1 / (K1 + 1 - score / idf) for score, docnum in hits}


def weight_of(clause: Positional, text: Text) -> float:
    """The weight of what a clause finds in a text; 1 where it does not rank, and 0 for nothing."""
    regions = {position: region for position, region, _ in positioned(text)} if clause.field == "text" else {}
    found = ranges_of(clause.locator, text, has_regions=clause.field == "text")
    counted = [each for each in found if clause.region in (None, regions.get(each[0]))]
    if len(counted) < clause.at_least:
        return 0.0
    weight = sum(REGION_WEIGHTS[regions.get(first, 2)] for first, _ in counted)
    return weight if clause.boost else min(weight, 1.0)


def idf_of(locator: Locator, segment: Segment) -> float:
    if isinstance(locator, PhraseLocator):
        return sum(segment.idf(text_of(term)) for term in locator.terms)
    if isinstance(locator, SequenceLocator):
        return sum(max(idf_of(each, segment) for each in part) for part in locator.parts)
    if isinstance(locator, LeadLocator):
        return idf_of(locator.locator, segment)
    sides = (locator.left,) if isinstance(locator, LoneLocator) else (locator.left, locator.right)
    return sum(max(idf_of(each, segment) for each in side) for side in sides)


def ranges_of(locator: Locator, text: Text, *, has_regions: bool = True) -> list[Range]:
    """What a locator finds in a text, in order."""
    words = positioned(text)
    region_at = {position: region if has_regions else 2 for position, region, _ in words}
    within = _Within(words if has_regions else [], region_at)

    def find(locator: Locator) -> list[Range]:
        if isinstance(locator, PhraseLocator):
            at = [[(p, p) for p, _, word in words if word.lstrip("./") == text_of(term)] for term in locator.terms]
            return occurrences(at, locator.slop)
        if isinstance(locator, SequenceLocator):
            return occurrences(
                [sorted({r for each in part for r in find(each)}) for part in locator.parts], locator.slop
            )
        if isinstance(locator, LeadLocator):
            return [each for each in find(locator.locator) if within.lead(each)]
        rights = [each for side in locator.right for each in find(side)]
        lefts = sorted(each for side in locator.left for each in find(side))
        pairs = [(left, pair_of(locator, left, rights)) for left in lefts]
        if isinstance(locator, LoneLocator):
            return [left for left, pair in pairs if pair is None]
        assert isinstance(locator, NearLocator)
        return sorted(pair for _, pair in pairs if pair is not None)

    def occurrences(parts: list[list[Range]], slop: int) -> list[Range]:
        lasts = {first: lasts_of(parts[1:], first[1], slop) for first in parts[0]}
        shortest = {(first, min(ends)) for (first, _), ends in lasts.items() if ends}
        return sorted(each for each in shortest if within.region(each))

    def lasts_of(parts: list[list[Range]], end: int, room: int) -> set[int]:
        """Where what follows an end may end: every way is tried, each once."""
        ways = {(end, room)}
        for part in parts:
            ways = {(r[1], left - (r[0] - at - 1)) for at, left in ways for r in part if 0 <= r[0] - at - 1 <= left}
        return {at for at, _ in ways}

    def pair_of(near: NearLocator | LoneLocator, left: Range, rights: list[Range]) -> Range | None:
        """Left with the nearest of the right that is in all that both have to be in; of equally near ones in front."""
        found = []
        for right in rights:
            around = (min(left[0], right[0]), max(left[1], right[1]))
            in_front = right[1] < left[0]
            gap = left[0] - right[1] if in_front else right[0] - left[1]
            allowed = gap > 0 and gap <= near.distance and not (near.ordered and in_front)
            if allowed and within.region(around) and within.unit(around, near.within):
                found.append((gap, not in_front, around))
        return min(found)[2] if found else None

    return find(locator)


class _Within:
    """Which ranges are in one region, sentence or paragraph."""

    def __init__(self, words: list[tuple[int, int, str]], region_at: dict[int, int]) -> None:
        self._region_at = region_at
        self._sentences = [position for position, _, word in words if word[0] in "./"]
        self._paragraphs = [position for position, _, word in words if word[0] == "/"]

    def region(self, found: Range) -> bool:
        return self._region_at[found[0]] == self._region_at[found[1]]

    def unit(self, found: Range, within: str | None) -> bool:
        begins = {None: [], "sentence": self._sentences, "paragraph": self._paragraphs}[within]
        return not any(found[0] < begin <= found[1] for begin in begins)

    def lead(self, found: Range) -> bool:
        region = self._region_at[found[0]]
        body = [begin for begin in self._paragraphs if self._region_at[begin] == 2]
        return region == 0 or (region == 2 and not any(begin <= found[1] for begin in body))
