"""Query tree + text → where each word or phrase of the query occurs.

This answers for one article what the index answers for all: the same terms, the same
positions. What it is asked about was found, so it need not judge what it cannot see:
dates and fields other than the text are taken to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from searchlib.analysis import Analyzer, Token
from searchlib.article import TEXT_FIELDS
from searchlib.highlighting.cutting import grapheme_end, grapheme_start
from searchlib.highlighting.sequences import Occurrence, Places, find_side_by_side, find_within, pair_up
from searchlib.query.nodes import And, Boosted, Everything, Near, Node, Not, Nothing, Or, Phrase, Word

__all__ = ["Matcher", "Matches"]

#: By field, by unit: its occurrences. Every text field is there, a unit only where it occurs.
Matches = dict[str, dict[int, list[Occurrence]]]

_NO_NODES: Final[frozenset[Node]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A word, phrase or NEAR, made ready.

    Attributes:
        fields: The text fields that it asks about.
        terms: Every term that it may need.
        weight: How many words it stands for, stop words not counted.
        key: Equal for leaves that ask for the same terms in the same way, whatever the field.
        find: Field and the places of terms in it → occurrences.
    """

    fields: frozenset[str]
    terms: frozenset[str]
    weight: int
    key: Hashable
    find: Callable[[str, Places], list[Occurrence]]


class Matcher:
    """A query tree made ready to be matched against many articles.

    Leaves that ask for the same thing are one *unit*, numbered from 0.

    Attributes:
        weights: For each unit, how many words of the query it stands for; 0 for a stop word.
    """

    def __init__(self, tree: Node, analyzer: Analyzer) -> None:
        self._tree = tree
        self._analyzer = analyzer
        self._leaves: dict[Node, _Leaf] = {}
        self._asked = self._compile(tree)
        weights = {leaf.key: leaf.weight for leaf in self._leaves.values()}
        self._unit_of_key = {key: unit for unit, key in enumerate(weights)}
        self.weights = list(weights.values())
        self._terms = {
            name: frozenset(chain.from_iterable(leaf.terms for leaf in self._leaves.values() if name in leaf.fields))
            for name in TEXT_FIELDS
        }

    def match(self, texts: Mapping[str, str]) -> Matches:
        """Everything in these texts, by name of field, that is there because the query asks for it."""
        found: dict[str, dict[Node, list[Occurrence]]] = {name: {} for name in TEXT_FIELDS}
        for name in TEXT_FIELDS:
            if not (texts[name] and self._terms[name]):
                continue
            places = _places(texts[name], self._analyzer.tokens(texts[name]), self._terms[name])
            if not places:
                continue
            for node, leaf in self._leaves.items():
                if name in leaf.fields and (occurrences := leaf.find(name, places)):
                    found[name][node] = occurrences
        holds, counting = _judge(self._tree, self._leaves.keys(), set().union(*found.values()))
        if holds is False:
            # No hit of this query: show what it has of the words asked for.
            counting = self._asked
        return {
            name: {
                self._unit_of_key[self._leaves[node].key]: occurrences
                for node, occurrences in by_node.items()
                if node in counting
            }
            for name, by_node in found.items()
        }

    def _compile(self, node: Node) -> frozenset[Node]:
        """Make every leaf below ready; returns those that are asked for rather than excluded."""
        if isinstance(node, Boosted):
            return self._compile(node.node)
        if isinstance(node, Not):
            self._compile(node.node)
            return _NO_NODES
        if isinstance(node, (And, Or)):
            return frozenset(chain.from_iterable([self._compile(child) for child in node.nodes]))
        leaf = self._leaves.get(node) or _leaf(node, self._analyzer)
        if leaf is None:
            return _NO_NODES
        self._leaves[node] = leaf
        return frozenset([node])


def _leaf(node: Node, analyzer: Analyzer) -> _Leaf | None:
    """The leaf that a node is, or None where it asks for nothing in the text."""
    if isinstance(node, (Word, Phrase)):
        return _sequence_leaf(node, analyzer)
    if isinstance(node, Near):
        return _near_leaf(node, analyzer)
    return None


def _sequence_leaf(node: Word | Phrase, analyzer: Analyzer) -> _Leaf | None:
    if node.field is not None and node.field not in TEXT_FIELDS:
        return None
    paths = analyzer.paths(node.text)
    if not paths:
        return None
    slop = node.slop if isinstance(node, Phrase) else 0

    def find(_: str, places: Places) -> list[Occurrence]:
        occurrences: set[Occurrence] = set()
        for path in paths:
            alternative = find_within(path, slop, places) if slop else find_side_by_side(path, places)
            if len(paths) == 1:
                return alternative
            occurrences.update(alternative)
        return sorted(occurrences)

    return _Leaf(
        fields=frozenset(TEXT_FIELDS if node.field is None else (node.field,)),
        terms=frozenset(chain.from_iterable(paths)),
        weight=min(sum(not analyzer.is_stop_term(term) for term in path) for path in paths),
        key=(frozenset(paths), slop),
        find=find,
    )


def _near_leaf(node: Near, analyzer: Analyzer) -> _Leaf | None:
    left, right = _sides(node.left, analyzer), _sides(node.right, analyzer)
    sides = [side for side in (left, right) if side is not None]
    fields = frozenset(TEXT_FIELDS).intersection(*(_union(leaf.fields for leaf in side) for side in sides))
    if not sides or not fields:
        return None

    def find(name: str, places: Places) -> list[Occurrence]:
        found = [
            [occurrence for leaf in side if name in leaf.fields for occurrence in leaf.find(name, places)]
            for side in sides
        ]
        if len(found) == 1:
            return sorted(set(found[0]))
        return pair_up(found[0], found[1], node.distance, ordered=node.ordered)

    return _Leaf(
        fields=fields,
        terms=_union(leaf.terms for side in sides for leaf in side),
        weight=sum(min(leaf.weight for leaf in side) for side in sides),
        key=(tuple(frozenset(leaf.key for leaf in side) for side in sides), node.distance, node.ordered),
        find=find,
    )


def _sides(node: Node, analyzer: Analyzer) -> list[_Leaf] | None:
    """The alternatives that one side of NEAR may be; None where no word is in it, so that the other stands alone."""
    if isinstance(node, Boosted):
        return _sides(node.node, analyzer)
    if isinstance(node, Or):
        alternatives = [side for child in node.nodes if (side := _sides(child, analyzer)) is not None]
        return list(chain.from_iterable(alternatives)) if alternatives else None
    if isinstance(node, (Word, Phrase)) and not analyzer.paths(node.text):
        return None
    leaf = _leaf(node, analyzer)
    return [leaf] if leaf else []


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(sets))


def _places(text: str, tokens: Iterable[Token], terms: frozenset[str]) -> Places:
    """Where these terms stand, those that do; in whole graphemes, as a token may be one emoji of a joined several."""
    places: dict[str, dict[int, tuple[int, int]]] = {}
    for term, position, startchar, endchar in tokens:
        if term in terms:
            span = (grapheme_start(text, startchar), grapheme_end(text, endchar))
            places.setdefault(term, {})[position] = span
    return places


def _judge(node: Node, leaves: Set[Node], found: Set[Node]) -> tuple[bool | None, frozenset[Node]]:
    """Whether the article answers this node (None: the text cannot tell), and the leaves by which it does."""
    if isinstance(node, Boosted):
        return _judge(node.node, leaves, found)
    if isinstance(node, Not):
        holds, _ = _judge(node.node, leaves, found)
        return None if holds is None else not holds, _NO_NODES
    if isinstance(node, (And, Or)):
        return _judge_group(node, leaves, found)
    if isinstance(node, (Everything, Nothing)):
        return isinstance(node, Everything), _NO_NODES
    if node in leaves:
        return node in found, frozenset([node])
    return None, _NO_NODES


def _judge_group(node: And | Or, leaves: Set[Node], found: Set[Node]) -> tuple[bool | None, frozenset[Node]]:
    verdicts = [_judge(child, leaves, found) for child in node.nodes]
    decisive = isinstance(node, Or)
    answers = {holds for holds, _ in verdicts}
    if decisive in answers:
        holds: bool | None = decisive
    else:
        holds = None if None in answers else not decisive
    if holds is False:
        return False, _NO_NODES
    return holds, frozenset(chain.from_iterable(counting for verdict, counting in verdicts if verdict is not False))
