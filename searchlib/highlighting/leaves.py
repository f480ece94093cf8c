"""Query tree → its leaves: the words, phrases and operators over them, each made ready to be found in a text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from searchlib.analysis import QueryAnalyzer, SeveralAnalyzers
from searchlib.article import TEXT_FIELDS
from searchlib.highlighting.finders import (
    AnyFinder,
    Finder,
    LoneFinder,
    PairFinder,
    PathFinder,
    SequenceFinder,
)
from searchlib.highlighting.sequences import Occurrence
from searchlib.highlighting.sought import PrintedAs, Sought
from searchlib.highlighting.text_words import TextWords
from searchlib.query.nodes import (
    TEXT_REGIONS,
    AtLeast,
    Boosted,
    Exact,
    Expression,
    Fuzzy,
    Near,
    Node,
    Or,
    Phrase,
    Sequence,
    Wildcard,
    Word,
)

__all__ = ["Leaf", "leaf_of"]

_Words: TypeAlias = Word | Phrase | Exact | Wildcard | Expression | Fuzzy
_WORDS: Final = (Word, Phrase, Exact, Wildcard, Expression, Fuzzy)
_LEAD: Final = ("title", "body")
_NOWHERE: Final = PathFinder((), 0)


@dataclass(frozen=True)
class Leaf:
    """A part of a query that is found by words of the text.

    Attributes:
        fields: The text fields that it asks about.
        is_lead: Whether only the first paragraph of the body counts.
        at_least: How often it has to be found in these fields.
        sought: Everything that it may need.
        weight: How many words it stands for, stop words not counted.
        is_word: Whether it is found wherever a term of it stands; no text has two of them at one position.
        key: Equal for leaves that ask for the same in the same way, whatever the field.
        finder: What finds it.
    """

    fields: frozenset[str]
    is_lead: bool
    at_least: int
    sought: frozenset[Sought]
    weight: int
    is_word: bool
    key: Hashable
    finder: Finder

    def find(self, name: str, words: TextWords) -> list[Occurrence]:
        """Its occurrences in a field."""
        return self.finder.occurrences(words.first_paragraph if self.is_lead and name == "body" else words)

    def count(self, name: str, words: TextWords) -> int:
        """How often an index finds it in a field."""
        return len(self.finder.ranges(words.first_paragraph if self.is_lead and name == "body" else words))


class _Side(NamedTuple):
    """What finds a part of a leaf, everything that it may need, and how many words it stands for."""

    finder: Finder
    sought: frozenset[Sought]
    weight: int


def leaf_of(node: Node, analyzer: QueryAnalyzer) -> Leaf | None:
    """The leaf that a node is, or None where it asks for nothing in the text."""
    counted, at_least = (node.node, node.count) if isinstance(node, AtLeast) else (node, 1)
    if not isinstance(counted, (*_WORDS, Near, Sequence, Or, Boosted)):
        return None
    names = {word.field for word in _words_of(counted)}
    if not all(name is None or name in TEXT_REGIONS for name in names):
        return None
    side = _side(counted, analyzer)
    if side is None:
        return None
    (name, *others) = names
    is_lead = name == "lead"
    fields = _LEAD if is_lead else TEXT_FIELDS if name is None else (name,)
    return Leaf(
        fields=frozenset(fields),
        is_lead=is_lead,
        at_least=at_least,
        sought=side.sought,
        weight=side.weight,
        is_word=at_least == 1 and not is_lead and isinstance(node, (Word, Phrase)) and _is_word(node.text, analyzer),
        key=(side.finder, is_lead),
        # Words of different fields are never near each other, in an index neither.
        finder=_NOWHERE if others else side.finder,
    )


def _side(node: Node, analyzer: QueryAnalyzer) -> _Side | None:
    """What a side of an operator comes to; None where no word is in it."""
    if isinstance(node, Boosted):
        return _side(node.node, analyzer)
    if isinstance(node, Or):
        return _any(_present(node.nodes, analyzer))
    if isinstance(node, Sequence):
        return _sequence(_present(node.nodes, analyzer), node.slop)
    if isinstance(node, Near):
        return _near(node, _side(node.left, analyzer), _side(node.right, analyzer))
    assert isinstance(node, _WORDS), node
    return _words(node, analyzer)


def _present(nodes: Iterable[Node], analyzer: QueryAnalyzer) -> list[_Side]:
    return [side for node in nodes if (side := _side(node, analyzer)) is not None]


def _words(node: _Words, analyzer: QueryAnalyzer) -> _Side | None:
    paths = _paths(node, analyzer)
    if not paths:
        return None
    # One word has nothing among it.
    slop = node.slop if isinstance(node, (Phrase, Exact)) and any(len(path) > 1 for path in paths) else 0
    stop_terms = analyzer.stop_terms
    return _Side(
        PathFinder(paths, slop),
        frozenset(chain.from_iterable(paths)),
        min(sum(sought not in stop_terms for sought in path) for path in paths),
    )


def _paths(node: _Words, analyzer: QueryAnalyzer) -> tuple[tuple[Sought, ...], ...]:
    """The sequences of what is sought, any one of which a word or phrase asks for."""
    if isinstance(node, (Word, Phrase)):
        return analyzer.paths(node.text)
    if isinstance(node, Exact):
        analyzers = analyzer.analyzers if isinstance(analyzer, SeveralAnalyzers) else (analyzer,)
        printed = dict.fromkeys(each.printed_words(node.text) for each in analyzers)
        return tuple(tuple(PrintedAs("exact", word) for word in words) for words in printed if words)
    if isinstance(node, Fuzzy):
        return ((PrintedAs("fuzzy", node.text, node.distance),),)
    return ((PrintedAs("wildcard" if isinstance(node, Wildcard) else "expression", node.text),),)


def _any(sides: list[_Side]) -> _Side | None:
    if len(sides) < 2:
        return sides[0] if sides else None
    return _Side(
        AnyFinder(tuple(dict.fromkeys(side.finder for side in sides))),
        _sought(sides),
        min(side.weight for side in sides),
    )


def _sequence(parts: list[_Side], slop: int) -> _Side | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    finder = SequenceFinder(tuple(part.finder for part in parts), slop)
    return _Side(finder, _sought(parts), sum(part.weight for part in parts))


def _near(node: Near, left: _Side | None, right: _Side | None) -> _Side | None:
    """Both sides; a side without a word leaves the other alone, unless the other is what must not be near."""
    if left is None or right is None:
        return left if node.negated else left or right
    kind = LoneFinder if node.negated else PairFinder
    finder = kind(left.finder, right.finder, node.distance, node.ordered, node.unit)
    return _Side(finder, _sought([left, right]), left.weight if node.negated else left.weight + right.weight)


def _sought(sides: Iterable[_Side]) -> frozenset[Sought]:
    return frozenset(chain.from_iterable(side.sought for side in sides))


def _is_word(text: str, analyzer: QueryAnalyzer) -> bool:
    """Whether a text is one term, in any language."""
    if isinstance(analyzer, SeveralAnalyzers):
        return all(_is_word(text, each) for each in analyzer.analyzers)
    paths = analyzer.paths(text)
    return len(paths) == 1 and len(paths[0]) == 1


def _words_of(node: Node) -> list[_Words]:
    """The words of a leaf, each with its field."""
    if isinstance(node, _WORDS):
        return [node]
    if isinstance(node, Boosted):
        return _words_of(node.node)
    if isinstance(node, Near):
        return _words_of(node.left) + _words_of(node.right)
    assert isinstance(node, (Or, Sequence)), node
    return [word for child in node.nodes for word in _words_of(child)]
