"""Where what a query seeks stands in one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from searchlib.analysis import Analyzer
from searchlib.highlighting.beginnings import Beginnings
from searchlib.highlighting.finding import Found, FoundPrinted, positions_taken
from searchlib.highlighting.sequences import JoinedWords, TermPositions
from searchlib.highlighting.sought import PrintedAs, Sought

__all__ = ["TextWords", "words_of"]


@dataclass(eq=False)
class TextWords:
    """Where what is sought stands in one text: as words of one position, and as joined forms that take several.

    Attributes:
        text: The text.
        analyzer: The analyzer of its language.
        single: The words of one position.
        joined: The joined forms.
    """

    text: str
    analyzer: Analyzer
    single: TermPositions
    joined: JoinedWords

    @cached_property
    def beginnings(self) -> Beginnings:
        """Where sentences and paragraphs of the text begin."""
        return Beginnings(self.text, self.analyzer)

    @cached_property
    def first_paragraph(self) -> TextWords:
        """The same for the first paragraph of the text."""
        if not self.beginnings.paragraphs:
            return self
        end = self.beginnings.paragraphs[0]
        single = {
            sought: {position: covered for position, covered in positions.items() if position < end}
            for sought, positions in self.single.items()
        }
        joined = {sought: [each for each in forms if each[1] < end] for sought, forms in self.joined.items()}
        first = TextWords(
            self.text,
            self.analyzer,
            {sought: positions for sought, positions in single.items() if positions},
            {sought: forms for sought, forms in joined.items() if forms},
        )
        first.beginnings = self.beginnings
        return first


def words_of(
    text: str,
    analyzer: Analyzer,
    terms: tuple[Sequence[str], Iterable[Found]],
    printed: tuple[Sequence[PrintedAs], Iterable[FoundPrinted]] = ((), ()),
) -> TextWords:
    """Where what is sought stands in a text.

    Args:
        text: The text.
        analyzer: The analyzer of its language.
        terms: The terms that are sought, and the tokens that are one of them.
        printed: The ways to be printed that are sought, and the tokens that are printed so.
    """
    single: dict[Sought, dict[int, tuple[int, int]]] = {}
    joined: dict[Sought, list[tuple[int, int, int, int]]] = {}
    names, found = terms
    for position, startchar, endchar, which in found:
        term = names[which]
        taken = positions_taken(analyzer, term, text[startchar:endchar])
        if taken > 1:
            joined.setdefault(term, []).append((position, position + taken - 1, startchar, endchar))
        else:
            single.setdefault(term, {})[position] = (startchar, endchar)
    ways, found_printed = printed
    for position, startchar, endchar, taken, which in found_printed:
        if taken > 1:
            joined.setdefault(ways[which], []).append((position, position + taken - 1, startchar, endchar))
        else:
            single.setdefault(ways[which], {})[position] = (startchar, endchar)
    return TextWords(text, analyzer, single, joined)
