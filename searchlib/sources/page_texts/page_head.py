"""Where the head of a copied page has its headline, and where the text begins: the best reading of all lines together.

A page is read as a row of parts: what stands above the headline, the headline, what stands between it and the text, the
text, and what stands below. Each line has a weight in each part, by its kind; the reading with the largest sum counts.
A text without a headline is a reading, too: it has none of the weight of one.

- Above the headline menus may stand, but only on a page: where no line is one that only pages have (dates, bylines,
  share bars), the first line is the headline or there is none.
- The headline is told by its form, by being printed twice, and by what follows it.
- All is linear in the number of lines, of which the first 250 are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from searchlib.sources.page_texts.page_kinds import Kind, Line, word_count

__all__ = ["MAX_HEAD_LINES", "Reading", "best_reading"]

#: So many lines are looked at: large menus have more than a hundred entries.
MAX_HEAD_LINES: Final = 250

# What a line of each kind adds to a reading in which it stands above the headline, between headline and text, in the
# text, and below it. Differences count: a date goes to the head rather than into the text by 4.5. What menus are made
# of weighs the same above and below, so that no menu, however long, moves the headline.
_WEIGHTS: Final = {
    #                 above  head  text  below
    Kind.DATES:      (0.8,  1.5, -3.0, 1.0),
    Kind.BYLINE:     (0.3,  1.5, -3.0, 1.0),
    Kind.SHARE:      (0.8,  1.0, -1.0, 0.8),
    Kind.FURNITURE:  (0.8,  0.8, -0.5, 0.8),
    Kind.RELATED:    (0.3, -0.5, -0.2, 1.0),
    Kind.BREADCRUMB: (1.0,  0.3, -1.0, 0.3),
    Kind.SECTION:    (0.8,  0.0, -0.5, 0.8),
    Kind.CAPTION:    (0.0,  0.6, -0.2, 0.0),
    Kind.ASIDE:      (0.8,  0.9, -0.5, 0.8),
    Kind.SHORT:      (0.5, -0.1, -0.3, 0.5),
    Kind.PLAIN:     (-1.0, -1.0,  0.0, 0.0),
    Kind.SENTENCE:  (-2.0, -1.5,  1.0, -0.5),
    Kind.PROSE:     (-4.0, -12.0, 3.0, -2.0),
}  # fmt: skip
_ABOVE, _HEAD = 0, 1
_META: Final = frozenset({Kind.DATES, Kind.BYLINE, Kind.SHARE, Kind.BREADCRUMB})
_SIGNED: Final = frozenset({Kind.DATES, Kind.BYLINE})
_PAGE_KINDS: Final = _META | {Kind.FURNITURE, Kind.ASIDE}

# A line of this kind right below the headline may be the standfirst, which neither costs nor gives anything.
_STANDFIRST: Final = {Kind.PLAIN: 0.0, Kind.SENTENCE: 0.0, Kind.PROSE: -0.5}
# Farther below, one line may be.
_LATE_STANDFIRST: Final = {Kind.PLAIN: -0.4, Kind.SENTENCE: -0.5, Kind.PROSE: -1.0}
_COPY_IN_HEAD: Final = 0.5
_NAME_IN_HEAD: Final = 0.5
_DATELINE: Final = 4.0
_TITLE: Final = 1.0
# By its words, up to this many: one is a menu's, six are a headline.
_TITLE_WORDS: Final = ((2, 0.0), (3, 0.3), (4, 0.8), (5, 1.2), (6, 1.6), (25, 2.0), (1000, 1.0))
_ONE_WORD: Final = -0.6
_COPIED: Final = 2.5
_LONGER_COPY: Final = -1.5
_BESIDE_META: Final = 1.5
_NEAR_META: Final = 0.7
_BELOW_SECTION: Final = 0.4
_LIKE_NAME: Final = -1.0
_LOUD: Final = -1.0
_KNOWN_WORD: Final = -2.5
# Where no line is one that only pages have, or there is no headline, nothing may be left out.
_LEFT_OUT: Final = -5.0
_HOUSE: Final = -0.4
#: Readings that differ by less are rivals.
_RIVAL_MARGIN: Final = 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """Where the parts of a page begin.

    Attributes:
        title: Number of the line that is the headline; None where there is none.
        text: Number of the first line of the text; the number of lines where there is none.
        rival: Number of the line that is nearly as likely the headline; None where none is.
    """

    title: int | None
    text: int
    rival: int | None = None


def best_reading(lines: list[Line]) -> Reading:
    """The reading of these first lines of a page that has the largest sum of weights."""
    if not lines:
        return Reading(None, 0)
    below = _Below(lines)
    is_page = any(line.kind in _PAGE_KINDS for line in lines)
    candidates: list[tuple[float, int | None, int]] = [(below.text[0], None, 0), *_without_title(lines, below)]
    above = 0.0
    for number, line in enumerate(lines):
        if line.is_title and line.kind in (Kind.SHORT, Kind.PLAIN, Kind.PROSE, Kind.SECTION, Kind.SENTENCE):
            total, start = below.behind_title(number)
            candidates.append((above + _title_weight(lines, number) + total, number, start))
        above += _above_weight(line, is_page=is_page)
    weight, title, text = max(candidates, key=lambda candidate: candidate[0])
    if title is None:
        return Reading(None, text)
    rivals = [
        (other, number)
        for other, number, _ in candidates
        if number is not None and weight - other < _RIVAL_MARGIN
        if lines[number].text.casefold() != lines[title].text.casefold()
    ]
    return Reading(title, text, max(rivals)[1] if rivals else None)


def _above_weight(line: Line, *, is_page: bool) -> float:
    if line.kind in _PAGE_KINDS or is_page:
        # A copy of the headline costs nothing.
        return max(_WEIGHTS[line.kind][_ABOVE], 0.0 if line.copies > 1 or line.holds_title else -9.0)
    # "BBC", "NEWS": the only lines that stand above the headline of what may be no page.
    is_house = line.kind is Kind.SHORT and line.text.isupper() and len(line.text.split()) <= 2
    return _HOUSE if is_house else _LEFT_OUT


def _without_title(lines: list[Line], below: _Below) -> list[tuple[float, None, int]]:
    """Readings of a text that has no headline: above it stands only what a page has."""
    found: list[tuple[float, None, int]] = []
    weight = 0.0
    for number, line in enumerate(lines):
        weight += _WEIGHTS[line.kind][_ABOVE] if line.kind in _PAGE_KINDS else _LEFT_OUT
        found.append((weight + below.text[number + 1], None, number + 1))
    return found


def _title_weight(lines: list[Line], number: int) -> float:
    line = lines[number]
    words = word_count(line.text)
    weight = _TITLE + next(value for most, value in _TITLE_WORDS if words <= most)
    weight += _ONE_WORD if words <= 1 else 0.0
    weight += _COPIED if line.copies > 1 and words > 2 and not line.holds_title else 0.0
    weight += _LONGER_COPY if line.holds_title else 0.0
    weight += _LIKE_NAME if line.byline is not None and line.byline.authors else 0.0
    weight += _LOUD if words <= 3 and line.text.isupper() else 0.0
    weight += _KNOWN_WORD if line.kind is Kind.SECTION else 0.0
    weight += _BELOW_SECTION if number and lines[number - 1].kind in (Kind.SECTION, Kind.BREADCRUMB) else 0.0
    following = [other for other in lines[number + 1 : number + 9] if other.text != line.text]
    if any(other.kind in _SIGNED for other in following[:3]):
        weight += _BESIDE_META
    elif any(other.kind in _SIGNED for other in following):
        weight += _NEAR_META
    return weight


class _Below:
    """Of each line, the largest weight of the page from it on, by the part that it is in; reckoned from the end."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        count = len(lines)
        self.below = [0.0] * (count + 1)
        self.text = [0.0] * (count + 1)
        # Between headline and text, with the standfirst above (True) or none so far; and where the text begins then.
        self.head = {has_one: [(0.0, count)] * (count + 1) for has_one in (False, True)}
        for number in range(count - 1, -1, -1):
            line = lines[number]
            _, _, text, below = _WEIGHTS[line.kind]
            text += _DATELINE if line.has_dateline else 0.0
            self.below[number] = below + self.below[number + 1]
            self.text[number] = text + max(self.text[number + 1], self.below[number + 1])
            for has_one in (False, True):
                weight, start = self.head[has_one][number + 1]
                ways = [(self.text[number], number), (_head_weight(line) + weight, start)]
                if not has_one and line.kind in _LATE_STANDFIRST and not line.has_dateline:
                    weight, start = self.head[True][number + 1]
                    ways.append((_LATE_STANDFIRST[line.kind] + weight, start))
                self.head[has_one][number] = max(ways, key=lambda way: way[0])

    def behind_title(self, number: int) -> tuple[float, int]:
        """The weight behind this headline, and where the text begins."""
        first = number + 1
        while first < len(self._lines) and self._lines[first].text.casefold() == self._lines[number].text.casefold():
            first += 1
        if first >= len(self._lines):
            return 0.0, first
        line = self._lines[first]
        plain = self.head[False][first]
        if line.kind not in _STANDFIRST or line.has_dateline:
            return plain
        weight, start = self.head[True][first + 1]
        # A text of one line has no standfirst.
        if _STANDFIRST[line.kind] + weight > plain[0] and start < len(self._lines):
            return _STANDFIRST[line.kind] + weight, start
        return plain


def _head_weight(line: Line) -> float:
    weight = _WEIGHTS[line.kind][_HEAD]
    if (line.copies > 1 and line.kind in (Kind.PLAIN, Kind.SHORT)) or line.holds_title:
        # The headline again.
        weight = max(weight, _COPY_IN_HEAD)
    if line.byline is not None and line.byline.authors:
        weight = max(weight, _NAME_IN_HEAD)
    return weight - (_DATELINE if line.has_dateline else 0.0)
