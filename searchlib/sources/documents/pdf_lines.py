"""Lines of a PDF's pages, with where they stand → paragraphs.

A PDF keeps glyphs and where they are printed. PDFium makes lines of them; what a paragraph
is, and which lines are the header and footer that every page repeats, is told here by
where the lines stand. Lengths are in points, and y grows upwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from statistics import median
from typing import Final, NamedTuple

from searchlib.analysis.sentences import has_end

__all__ = ["Line", "largest_type", "paragraphs_of", "usual_size", "without_margins", "words_of"]

# So many lines from the edge of a page can be its header or footer; lines of one stand at one height on every page.
_MARGIN_LINES: Final = 3
_MIN_REPEATED: Final = 3
_SAME_HEIGHT: Final = 4.0
_DIGITS: Final = re.compile(r"\d+")

# Lines of other sizes are other paragraphs; type is set with a little more or less than its size between lines.
_SAME_SIZE: Final = 1.15
_WIDE_GAP: Final = 1.35
_MIN_INDENT: Final = 0.8
_LONG_LINE_SHARE: Final = 0.7
_COLUMN_STEP: Final = 36.0
_BULLET: Final = re.compile(r"[•‣▪●◦–—*-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LAST_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
# Chinese and Japanese are written without spaces; Korean, above them, is not.
_UNSPACED: Final = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\uff01-\uff9f]")

_LARGE: Final = 1.25
_MIN_TITLE_WORDS: Final = 3
_MAX_TITLE_CHARS: Final = 250


class Line(NamedTuple):
    """A line as it is printed.

    Attributes:
        text: Its text, white space normalised.
        left: Where it begins, from the left of the page.
        right: Where it ends.
        bottom: Its base line, from the bottom of the page.
        size: Height of its type.
        is_hyphenated: Whether its last word goes on in the next line, behind a hyphen that is not in `text`.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    is_hyphenated: bool = False


def without_margins(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without their headers, footers and page numbers, and what these are, each once, a number alone excepted.

    The outermost lines of a page are these if they stand on three pages at one height, on two if there are two;
    numbers in them may differ. What one page alone has stays.
    """
    counts = Counter(key for page in pages for key in {_key(page[at]) for end in _edges(page) for at in end})
    least = min(_MIN_REPEATED, max(2, len(pages)))
    dropped: dict[str, str] = {}
    kept: list[list[Line]] = []
    for page in pages:
        gone = {at for end in _edges(page) for at in _while_repeated(page, end, counts, least)}
        for at in sorted(gone):
            if any(map(str.isalpha, page[at].text)):
                dropped.setdefault(_key(page[at])[0], page[at].text)
        kept.append([line for at, line in enumerate(page) if at not in gone])
    return kept, list(dropped.values())


def _edges(page: Sequence[Line]) -> tuple[list[int], list[int]]:
    """The numbers of the lines at the top and at the bottom, the outermost first."""
    by_height = sorted(range(len(page)), key=lambda at: page[at].bottom)
    return by_height[::-1][:_MARGIN_LINES], by_height[:_MARGIN_LINES]


def _while_repeated(
    page: Sequence[Line], edge: Sequence[int], counts: Mapping[tuple[str, int], int], least: int
) -> Iterator[int]:
    return takewhile(lambda at: counts[_key(page[at])] >= least, edge)


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.casefold()), round(line.bottom / _SAME_HEIGHT)


def words_of(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words that are printed whole somewhere, in small letters: they tell what a broken word is."""
    return frozenset(word for page in pages for line in page for word in _WORD.findall(line.text.casefold()))


def paragraphs_of(lines: Sequence[Line], words: Collection[str]) -> list[str]:
    """The paragraphs of a page.

    Args:
        lines: The lines of the page, in the order of reading.
        words: As `words_of` gives them.
    """
    if not lines:
        return []
    columns = _right_ends(lines)
    pitch = _usual_pitch(lines)
    paragraphs = [lines[0].text]
    for before, line, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        if before.is_hyphenated:
            paragraphs[-1] = _joined_word(paragraphs[-1], line.text, words)
        elif _ends_paragraph(before, line, after, columns, pitch):
            paragraphs.append(line.text)
        else:
            is_unspaced = _UNSPACED.match(before.text[-1]) and _UNSPACED.match(line.text[0])
            paragraphs[-1] += line.text if is_unspaced else f" {line.text}"
    return paragraphs


def _right_ends(lines: Sequence[Line]) -> dict[int, float]:
    """How far to the right the lines reach that begin in the same step from the left."""
    ends: dict[int, float] = {}
    for line in lines:
        step = int(line.left // _COLUMN_STEP)
        ends[step] = max(ends.get(step, 0.0), line.right)
    return ends


def _usual_pitch(lines: Sequence[Line]) -> float:
    steps = [before.bottom - line.bottom for before, line in pairwise(lines)]
    usual = [step for step, line in zip(steps, lines, strict=False) if 0.5 * line.size < step < 2.5 * line.size]
    return median(usual) if usual else 0.0


def _ends_paragraph(before: Line, line: Line, after: Line | None, columns: dict[int, float], pitch: float) -> bool:
    """Whether a paragraph ends between two lines; `after` is the one behind them."""
    step = before.bottom - line.bottom
    if max(before.size, line.size) > _SAME_SIZE * min(before.size, line.size) or _BULLET.match(line.text):
        return True
    is_full = _is_full(before, line, columns)
    if step < -before.size:
        # The next column goes on with the sentence, or begins something else.
        return not is_full or has_end(before.text)
    if not is_full or (pitch and step > _WIDE_GAP * pitch):
        return True
    return has_end(before.text) and _is_indented(before, line, after)


def _is_full(before: Line, line: Line, columns: dict[int, float]) -> bool:
    """Whether a line goes on to the end of its column, so that the first word of the next one has no room in it."""
    step_of_left = int(before.left // _COLUMN_STEP)
    # A line that hangs or is indented belongs to the column beside its own left end.
    right = max(columns.get(at, 0.0) for at in (step_of_left - 1, step_of_left, step_of_left + 1))
    first_word = line.text.split(" ", 1)[0]
    word_width = (line.right - line.left) * (len(first_word) + 1) / len(line.text)
    if _UNSPACED.match(before.text[-1]) or before.right + word_width > right - 0.2 * before.size:
        return True
    # Where lines end at no margin, a sentence that goes on in small letters tells.
    goes_on = line.text[0].islower() and not has_end(before.text)
    return goes_on and before.right - before.left > _LONG_LINE_SHARE * (right - before.left)


def _is_indented(before: Line, line: Line, after: Line | None) -> bool:
    """Whether a line begins further to the right than the one before it, or than the one below it."""
    indent = _MIN_INDENT * line.size
    is_above_text = after is not None and 0 < line.bottom - after.bottom < 2 * line.size
    return line.left - before.left > indent or (after is not None and is_above_text and line.left - after.left > indent)


def _joined_word(text: str, following: str, words: Collection[str]) -> str:
    """The text with the next line behind it, where a hyphen broke a word, or stood in it already.

    The hyphen stays where the word is printed with it elsewhere, or has another one, or what follows is no small
    letter; else it goes.
    """
    head, tail = _LAST_WORD.search(text), _FIRST_WORD.match(following)
    if head is None or tail is None:
        return f"{text}-{following}"
    whole, with_hyphen = f"{head[0]}{tail[0]}".casefold(), f"{head[0]}-{tail[0]}".casefold()
    if whole not in words and (with_hyphen in words or "-" in head[0] or not following[0].islower()):
        return f"{text}-{following}"
    return text + following


def usual_size(lines: Sequence[Line]) -> float:
    """The size that most of the text is printed in; 0 without lines."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def largest_type(lines: Sequence[Line], text_size: float) -> list[int]:
    """The numbers of the lines that look like the headline of a page: in the largest type, and clearly larger than the text.

    Those are lines behind one another, of three words together at least; there are none where the largest type is the
    name of a paper, a number, or stands at several places.
    """
    largest = max((line.size for line in lines), default=0.0)
    if not text_size or largest < _LARGE * text_size:
        return []
    found = [at for at, line in enumerate(lines) if line.size * _SAME_SIZE > largest]
    text = " ".join(lines[at].text for at in found)
    is_in_one_place = found[-1] - found[0] == len(found) - 1
    is_headline = len(text) <= _MAX_TITLE_CHARS and (
        len(text.split()) >= _MIN_TITLE_WORDS or bool(_UNSPACED.search(text))
    )
    return found if is_in_one_place and is_headline else []
