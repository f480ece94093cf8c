"""What of a text a query may mark, by trying every combination of tokens. Texts are short.

Shared with the library are the tokens of a text and where its sentences begin (`analysis`), and the nodes of queries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from searchlib.analysis import Analyzer, Token
from searchlib.analysis.folding import fold
from searchlib.analysis.sentences import rules_for
from searchlib.query import nodes
from searchlib.query.nodes import Node

__all__ = ["letters_to_mark"]

_WORDS = (nodes.Word, nodes.Phrase, nodes.Exact, nodes.Wildcard, nodes.Expression, nodes.Fuzzy)
_GROUPS = (nodes.And, nodes.Or)
_FIELDS = ("title", "summary", "body")
Range = tuple[int, int]


class Find(NamedTuple):
    """One way to read a node: its first and last position, and the characters of its tokens."""

    first: int
    last: int
    shown: frozenset[tuple[int, int]]


class _Text:
    """A text, token by token."""

    def __init__(self, text: str, analyzer: Analyzer, *, only_first_paragraph: bool = False) -> None:
        self.tokens = analyzer.tokens(text)
        self.begins = {"word": set(), "sentence": set(), "paragraph": set()}
        sentences = rules_for(analyzer.language).sentences(text)
        for (_, _, ends_paragraph), (start, _, _) in pairwise(sentences):
            at = min((token.position for token in self.tokens if token.startchar >= start), default=0)
            if at:
                self.begins["sentence"].add(at)
                if ends_paragraph:
                    self.begins["paragraph"].add(at)
        if only_first_paragraph and self.begins["paragraph"]:
            end = min(self.begins["paragraph"])
            self.tokens = [token for token in self.tokens if token.position + token.positions <= end]

    def is_in_one(self, unit: str, first: int, last: int) -> bool:
        return not any(first < begin <= last for begin in self.begins[unit])


def letters_to_mark(tree: Node, analyzer: Analyzer, texts: Mapping[str, str]) -> dict[str, set[int]]:
    """By name of field, the letters that the tree may mark."""
    oracle = _Oracle(analyzer, texts)
    holds, leaves = oracle.judge(tree)
    if holds is False:
        leaves = oracle.asked(tree)
    shown = {
        name: {
            at
            for leaf in leaves
            if oracle.has(leaf)
            for find in oracle.finds(leaf, name)
            for start, end in find.shown
            for at in range(start, end)
        }
        for name in _FIELDS
    }
    return {name: {at for at in own if texts[name][at].isalpha()} for name, own in shown.items()}


class _Oracle:
    def __init__(self, analyzer: Analyzer, texts: Mapping[str, str]) -> None:
        self._analyzer = analyzer
        self._texts = {name: _Text(text, analyzer) for name, text in texts.items()}
        self._lead = {
            "title": self._texts["title"],
            "body": _Text(texts["body"], analyzer, only_first_paragraph=True),
        }

    def judge(self, node: Node) -> tuple[bool | None, list[Node]]:
        if isinstance(node, nodes.Boosted):
            return self.judge(node.node)
        if isinstance(node, nodes.Not):
            holds = self.judge(node.node)[0]
            return None if holds is None else not holds, []
        if isinstance(node, _GROUPS):
            verdicts = [self.judge(child) for child in node.nodes]
            every = isinstance(node, nodes.And)
            values = [holds for holds, _ in verdicts]
            holds = (
                (False if False in values else None if None in values else True)
                if every
                else (True if True in values else None if None in values else False)
            )
            return holds, [
                leaf for own, leaves in verdicts if own is not False and holds is not False for leaf in leaves
            ]
        if isinstance(node, (nodes.Everything, nodes.Nothing)):
            return isinstance(node, nodes.Everything), []
        return (self.has(node), [node]) if self._asks_for_text(node) else (None, [])

    def asked(self, node: Node) -> list[Node]:
        if isinstance(node, nodes.Boosted):
            return self.asked(node.node)
        if isinstance(node, _GROUPS):
            return [leaf for child in node.nodes for leaf in self.asked(child)]
        return [node] if not isinstance(node, nodes.Not) and self._asks_for_text(node) else []

    def has(self, node: Node) -> bool:
        if isinstance(node, nodes.AtLeast):
            return sum(len(self._ranges(node.node, text)) for text in self._fields(node).values()) >= node.count
        return any(self.finds(node, name) for name in _FIELDS)

    def finds(self, node: Node, name: str) -> list[Find]:
        text = self._fields(node).get(name)
        return self._finds(node, text) if text else []

    def _asks_for_text(self, node: Node) -> bool:
        words = _words_of(node)
        in_text = [word.field in (None, "title", "summary", "body", "lead") for word in words]
        return bool(words) and all(in_text) and self._is_anything(node)

    def _is_anything(self, node: Node) -> bool:
        """Whether a node has a word."""
        if isinstance(node, nodes.Near) and node.negated:
            return self._is_anything(node.left)
        if isinstance(node, _WORDS):
            return bool(self._paths(node))
        return any(map(self._is_anything, _children(node)))

    def _fields(self, node: Node) -> Mapping[str, _Text]:
        names = {word.field for word in _words_of(node)}
        if len(names) > 1:
            return {}
        (name,) = names
        return self._lead if name == "lead" else self._texts if name is None else {name: self._texts[name]}

    def _finds(self, node: Node, text: _Text) -> list[Find]:
        if isinstance(node, (nodes.Boosted, nodes.AtLeast)):
            return self._finds(node.node, text)
        if isinstance(node, _WORDS):
            return [find for path in self._paths(node) for find in _in_order(_tokens(path, text), _slop(node))]
        present = [child for child in _children(node) if self._is_anything(child)]
        if isinstance(node, nodes.Or) or len(present) == 1:
            return [find for child in present for find in self._finds(child, text)]
        if isinstance(node, nodes.Sequence):
            return _in_order([self._finds(child, text) for child in present], node.slop)
        assert isinstance(node, nodes.Near)
        left, right = self._finds(node.left, text), self._finds(node.right, text)
        if node.negated:
            lone = self._ranges(node, text)
            return [find for find in left if find[:2] in lone]
        return [
            Find(min(a.first, b.first), max(a.last, b.last), a.shown | b.shown)
            for a, b in product(left, right)
            if _are_near(node, text, a[:2], b[:2])
        ]

    def _ranges(self, node: Node, text: _Text) -> set[Range]:
        """What an index counts; known of nodes without slop only."""
        if isinstance(node, (nodes.Boosted, nodes.AtLeast)):
            return self._ranges(node.node, text)
        if isinstance(node, _WORDS):
            return {one for path in self._paths(node) for one in _shortest(_in_order(_tokens(path, text), _slop(node)))}
        present = [child for child in _children(node) if self._is_anything(child)]
        if isinstance(node, nodes.Or) or len(present) == 1:
            return {one for child in present for one in self._ranges(child, text)}
        assert isinstance(node, nodes.Near), node
        left, right = self._ranges(node.left, text), self._ranges(node.right, text)
        near = {a: sorted(_gap(a, b) for b in right if _are_near(node, text, a, b)) for a in left}
        if node.negated:
            return {a for a, found in near.items() if not found}
        return {found[0][2] for found in near.values() if found}

    def _paths(self, node: Node) -> list[list[Callable[[Token], bool]]]:
        """Each sequence of tokens that a word or phrase asks for, as questions."""
        if isinstance(node, (nodes.Word, nodes.Phrase)):
            return [[_is_term(term) for term in path] for path in self._analyzer.paths(node.text)]
        if isinstance(node, nodes.Exact):
            words = self._analyzer.printed_words(node.text)
            return [[_is_printed(word.__eq__) for word in words]] if words else []
        if isinstance(node, nodes.Fuzzy):
            return [[_is_printed(lambda word: _edits(fold(node.text), word) <= node.distance)]]
        pattern = fold(node.text)
        if isinstance(node, nodes.Wildcard):
            pattern = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
        return [[_is_printed(lambda word: re.fullmatch(pattern, word, re.DOTALL) is not None)]]


def _is_term(term: str) -> Callable[[Token], bool]:
    return lambda token: token.term == term


def _is_printed(accepts: Callable[[str], bool]) -> Callable[[Token], bool]:
    return lambda token: bool(token.printed) and accepts(token.printed)


def _tokens(path: Sequence[Callable[[Token], bool]], text: _Text) -> list[list[Find]]:
    return [
        [
            Find(token.position, token.position + token.positions - 1, frozenset([(token.startchar, token.endchar)]))
            for token in text.tokens
            if accepts(token)
        ]
        for accepts in path
    ]


def _in_order(parts: Sequence[Sequence[Find]], slop: int) -> list[Find]:
    ways = [(find, 0) for find in parts[0]]
    for part in parts[1:]:
        ways = [
            (Find(way.first, find.last, way.shown | find.shown), among + find.first - way.last - 1)
            for (way, among), find in product(ways, part)
            if find.first > way.last and among + find.first - way.last - 1 <= slop
        ]
    return [way for way, _ in ways]


def _shortest(finds: Iterable[Find]) -> list[Range]:
    last: dict[int, int] = {}
    for find in finds:
        last[find.first] = min(find.last, last.get(find.first, find.last))
    return list(last.items())


def _gap(a: Range, b: Range) -> tuple[int, bool, Range]:
    """How far two are apart, whether the second is behind, and both together."""
    around = (min(a[0], b[0]), max(a[1], b[1]))
    return (b[0] - a[1], True, around) if b[0] > a[1] else (a[0] - b[1], False, around)


def _are_near(node: nodes.Near, text: _Text, a: Range, b: Range) -> bool:
    if not (b[0] > a[1] or (b[1] < a[0] and not node.ordered)):
        return False
    gap, _, around = _gap(a, b)
    return (not node.distance or gap <= node.distance) and text.is_in_one(node.unit, *around)


def _slop(node: Node) -> int:
    return node.slop if isinstance(node, (nodes.Phrase, nodes.Exact)) else 0


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, nodes.Near):
        return node.left, node.right
    if isinstance(node, (nodes.Boosted, nodes.AtLeast)):
        return (node.node,)
    return node.nodes if isinstance(node, (nodes.Or, nodes.Sequence)) else ()


def _words_of(node: Node) -> list[Node]:
    return [node] if isinstance(node, _WORDS) else [word for child in _children(node) for word in _words_of(child)]


def _edits(one: str, other: str) -> int:
    """Edits between two words; a swap of neighbours is one, and what is swapped is not edited again."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
