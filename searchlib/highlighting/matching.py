"""Query tree + text → where each word or phrase of the query occurs.

This answers for one article what the index answers for all: the same terms, the same
positions. The article was found by the query. So what the text cannot tell, dates and
other fields, is taken to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from searchlib.analysis import Analyzer, QueryAnalyzer, SeveralAnalyzers, narrowed
from searchlib.article import TEXT_FIELDS
from searchlib.highlighting.finding import Found, finder_for, positions_taken
from searchlib.highlighting.sequences import (
    JoinedWords,
    Occurrence,
    TermPositions,
    find_among_joined,
    find_side_by_side,
    find_within,
    pair_up,
)
from searchlib.kernels import snippets
from searchlib.query.language_words import languages_asked
from searchlib.query.nodes import And, Boosted, Everything, Near, Node, Not, Nothing, Or, Phrase, Word

__all__ = ["Matcher"]

_NO_NODES: Final[frozenset[Node]] = frozenset()
_MAX_KNOWN: Final = 256
# Of a query term that occurs more often only the first are weighed: news says first what matters most.
_MAX_OCCURRENCES: Final = 2000


@dataclass(frozen=True, slots=True)
class _Words:
    """Where terms stand in one text: as words of one position each, and as joined forms that take several."""

    single: TermPositions
    joined: JoinedWords


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A word, phrase or NEAR, made ready.

    Attributes:
        fields: The text fields that it asks about.
        terms: Every term that it may need.
        weight: How many words it stands for, stop words not counted.
        is_word: Whether it is found wherever a term of it stands; no text has two of them at one position.
        key: Equal for leaves that ask for the same terms in the same way, whatever the field.
        find: Field and where terms stand in it → occurrences.
    """

    fields: frozenset[str]
    terms: frozenset[str]
    weight: int
    is_word: bool
    key: Hashable
    find: Callable[[str, _Words], list[Occurrence]]


class Matcher:
    """A query tree made ready to be matched against many articles.

    Leaves that ask for the same thing are one *query term*, numbered from 0.

    Args:
        tree: The query.
        analyzer: What analyses its words, in every language that an article may be in.

    Attributes:
        weights: For each query term, how many words of the query it stands for; 0 for a stop word.
    """

    def __init__(self, tree: Node, analyzer: QueryAnalyzer) -> None:
        self._tree = tree
        self._leaves: dict[Node, _Leaf] = {}
        self._asked = self._compile(tree, analyzer)
        weights = {leaf.key: leaf.weight for leaf in self._leaves.values()}
        number_of_key = {key: number for number, key in enumerate(weights)}
        self.weights = list(weights.values())
        self._nodes = list(self._leaves)
        self._query_terms = [number_of_key[leaf.key] for leaf in self._leaves.values()]
        leaves = list(enumerate(self._leaves.values()))
        self._leaves_in = {name: [entry for entry in leaves if name in entry[1].fields] for name in TEXT_FIELDS}
        self._terms = {
            name: list(dict.fromkeys([term for _, leaf in leaves for term in leaf.terms]))
            for name, leaves in self._leaves_in.items()
        }
        self._is_plain = all(leaf.is_word for leaf in self._leaves.values())
        # What was found → what counts, and as what: the articles of one page mostly have the same parts of a query.
        self._known: dict[int, Set[int]] = {}
        self._known_terms: dict[int, dict[str, list[int]]] = {}
        self._numbers_of_term = {name: self._numbers(name) for name in TEXT_FIELDS}

    def match(self, texts: Mapping[str, str], analyzer: Analyzer) -> dict[str, snippets.Matches]:
        """Everything in these texts, by name of field, that is there because the query asks for it.

        Args:
            texts: The texts of an article.
            analyzer: The analyzer of its language.
        """
        tokens = self._tokens(texts, analyzer)
        if self._is_plain:
            return self._match_words(tokens)
        n_terms = len(self.weights)
        return {
            name: snippets.match_occurrences(found, n_terms, _MAX_OCCURRENCES)
            for name, found in self.occurrences(tokens, texts, analyzer).items()
        }

    @property
    def sought(self) -> Mapping[str, list[str]]:
        """By name of field, the terms that are sought in it."""
        return self._terms

    def _tokens(self, texts: Mapping[str, str], analyzer: Analyzer) -> dict[str, list[Found]]:
        find = finder_for(analyzer).find
        return {name: find(texts[name], terms) if terms and texts[name] else [] for name, terms in self._terms.items()}

    def _match_words(self, tokens: Mapping[str, list[Found]]) -> dict[str, snippets.Matches]:
        """What `match` gives where every leaf is a single term."""
        numbers = 0
        for name, found in tokens.items():
            if found:
                numbers_of_term = self._numbers_of_term[name]
                for token in found:
                    numbers |= numbers_of_term[token[3]]
        query_terms = self._known_terms.get(numbers)
        if query_terms is None:
            if len(self._known_terms) >= _MAX_KNOWN:
                self._known_terms.clear()
            query_terms = self._known_terms[numbers] = self._query_terms_of(self._counting(numbers))
        match, n_terms = snippets.match_words, len(self.weights)
        return {name: match(found, query_terms[name], n_terms, _MAX_OCCURRENCES) for name, found in tokens.items()}

    def _numbers(self, name: str) -> list[int]:
        """For each term that is sought in a field the leaves that it is a term of, as bits."""
        return [
            sum(1 << number for number, leaf in self._leaves_in[name] if term in leaf.terms)
            for term in self._terms[name]
        ]

    def _query_terms_of(self, counting: Set[int]) -> dict[str, list[int]]:
        """For each term that is sought in a field the query term that it counts for; -1 for none."""
        query_terms = {}
        for name, terms in self._terms.items():
            number_of_term = {
                term: self._query_terms[number]
                for number, leaf in self._leaves_in[name]
                if number in counting
                for term in leaf.terms
            }
            query_terms[name] = [number_of_term.get(term, -1) for term in terms]
        return query_terms

    def occurrences(
        self, tokens: Mapping[str, list[Found]], texts: Mapping[str, str], analyzer: Analyzer
    ) -> dict[str, dict[int, list[Occurrence]]]:
        """By name of field and number of query term, its occurrences that count.

        Args:
            tokens: For each field, its tokens that are terms of the query, each with its index in `sought`.
            texts: The text of each field.
            analyzer: The analyzer of the article's language.
        """
        occurrences: dict[str, dict[int, list[Occurrence]]] = {}
        numbers = 0
        for name, found in tokens.items():
            occurrences[name] = {}
            if found:
                words = self._words(found, self._terms[name], texts[name], analyzer)
                for number, leaf in self._leaves_in[name]:
                    if there := leaf.find(name, words):
                        occurrences[name][number] = there
                        numbers |= 1 << number
        counting = self._counting(numbers)
        return {
            name: {self._query_terms[number]: by[number] for number in by if number in counting}
            for name, by in occurrences.items()
        }

    @staticmethod
    def _words(found: Iterable[Found], terms: Sequence[str], text: str, analyzer: Analyzer) -> _Words:
        single: dict[str, dict[int, tuple[int, int]]] = {}
        joined: dict[str, list[tuple[int, int, int, int]]] = {}
        for position, startchar, endchar, which in found:
            term = terms[which]
            taken = positions_taken(analyzer, term, text[startchar:endchar])
            if taken > 1:
                joined.setdefault(term, []).append((position, position + taken - 1, startchar, endchar))
            else:
                single.setdefault(term, {})[position] = (startchar, endchar)
        return _Words(single, joined)

    def _counting(self, numbers: int) -> Set[int]:
        """Of the leaves that were found, as bits, those by which the article answers the query."""
        counting = self._known.get(numbers)
        if counting is None:
            found = {node for number, node in enumerate(self._nodes) if numbers >> number & 1}
            holds, nodes = _judge(self._tree, self._leaves.keys(), found)
            # Where it is no hit of this query: show what it has of the words asked for.
            shown = self._asked if holds is False else nodes
            counting = {number for number, node in enumerate(self._nodes) if node in shown}
            if len(self._known) >= _MAX_KNOWN:
                self._known.clear()
            self._known[numbers] = counting
        return counting

    def _compile(self, node: Node, analyzer: QueryAnalyzer) -> frozenset[Node]:
        """Make every leaf below ready; returns those that are asked for rather than excluded."""
        if isinstance(node, Boosted):
            return self._compile(node.node, analyzer)
        if isinstance(node, Not):
            self._compile(node.node, analyzer)
            return _NO_NODES
        if isinstance(node, (And, Or)):
            if isinstance(node, And) and isinstance(analyzer, SeveralAnalyzers):
                analyzer = narrowed(analyzer, languages_asked(node))
            return frozenset(chain.from_iterable([self._compile(child, analyzer) for child in node.nodes]))
        leaf = self._leaves.get(node) or _leaf(node, analyzer)
        if leaf is None:
            return _NO_NODES
        self._leaves[node] = leaf
        return frozenset([node])


def _leaf(node: Node, analyzer: QueryAnalyzer) -> _Leaf | None:
    """The leaf that a node is, or None where it asks for nothing in the text."""
    if isinstance(node, (Word, Phrase)):
        return _sequence_leaf(node, analyzer)
    if isinstance(node, Near):
        return _near_leaf(node, analyzer)
    return None


def _sequence_leaf(node: Word | Phrase, analyzer: QueryAnalyzer) -> _Leaf | None:
    if node.field is not None and node.field not in TEXT_FIELDS:
        return None
    paths = analyzer.paths(node.text)
    if not paths:
        return None
    # One word has nothing among it.
    slop = node.slop if isinstance(node, Phrase) and any(len(path) > 1 for path in paths) else 0

    def find_path(path: tuple[str, ...], words: _Words) -> list[Occurrence]:
        if words.joined and not words.joined.keys().isdisjoint(path):
            return find_among_joined(path, slop, words.single, words.joined)
        return find_within(path, slop, words.single) if slop else find_side_by_side(path, words.single)

    def find(_: str, words: _Words) -> list[Occurrence]:
        if len(paths) == 1:
            return find_path(paths[0], words)
        return sorted({occurrence for path in paths for occurrence in find_path(path, words)})

    return _Leaf(
        fields=frozenset(TEXT_FIELDS if node.field is None else (node.field,)),
        terms=frozenset(chain.from_iterable(paths)),
        weight=min(sum(term not in analyzer.stop_terms for term in path) for path in paths),
        is_word=_is_word(node.text, analyzer),
        key=(frozenset(paths), slop),
        find=find,
    )


def _is_word(text: str, analyzer: QueryAnalyzer) -> bool:
    """Whether a text is one term, in any language."""
    if isinstance(analyzer, SeveralAnalyzers):
        return all(_is_word(text, each) for each in analyzer.analyzers)
    paths = analyzer.paths(text)
    return len(paths) == 1 and len(paths[0]) == 1


def _near_leaf(node: Near, analyzer: QueryAnalyzer) -> _Leaf | None:
    left, right = _sides(node.left, analyzer), _sides(node.right, analyzer)
    sides = [side for side in (left, right) if side is not None]
    fields = frozenset(TEXT_FIELDS).intersection(*(_union(leaf.fields for leaf in side) for side in sides))
    if not sides or not fields:
        return None

    def find(name: str, words: _Words) -> list[Occurrence]:
        found = [
            [occurrence for leaf in side if name in leaf.fields for occurrence in leaf.find(name, words)]
            for side in sides
        ]
        if len(found) == 1:
            return sorted(set(found[0]))
        return pair_up(found[0], found[1], node.distance, ordered=node.ordered)

    return _Leaf(
        fields=fields,
        terms=_union(leaf.terms for side in sides for leaf in side),
        weight=sum(min(leaf.weight for leaf in side) for side in sides),
        is_word=False,
        key=(tuple(frozenset(leaf.key for leaf in side) for side in sides), node.distance, node.ordered),
        find=find,
    )


def _sides(node: Node, analyzer: QueryAnalyzer) -> list[_Leaf] | None:
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
