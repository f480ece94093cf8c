"""Where sentences and paragraphs of a text begin, in positions of its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from searchlib.analysis import Analyzer
from searchlib.analysis.sentences import rules_for
from searchlib.highlighting.finding import finder_for

__all__ = ["Beginnings"]


class Beginnings:
    """Positions at which a sentence or paragraph begins that is not the first of its text.

    Two words are in one sentence if none of these positions is behind the first of them and not behind the last. They
    are found when they are asked for, as an index has them.

    Args:
        text: The text.
        analyzer: The analyzer of its language.
    """

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self._text = text
        self._analyzer = analyzer

    @cached_property
    def sentences(self) -> Sequence[int]:
        """Where sentences begin, ascending."""
        return sorted({position for position, _ in self._all})

    @cached_property
    def paragraphs(self) -> Sequence[int]:
        """Where paragraphs begin, ascending."""
        return sorted({position for position, begins_paragraph in self._all if begins_paragraph})

    @cached_property
    def _all(self) -> list[tuple[int, bool]]:
        sentences = rules_for(self._analyzer.language).sentences(self._text)
        starts = [(start, ends_paragraph) for (_, _, ends_paragraph), (start, _, _) in pairwise(sentences)]
        positions = finder_for(self._analyzer).positions_from(self._text, [start for start, _ in starts])
        found = zip(positions, starts, strict=False)
        return [(position, begins_paragraph) for position, (_, begins_paragraph) in found if position]
