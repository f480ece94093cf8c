"""Query tree + text → where each word or phrase of the query occurs.

This answers for one article what the index answers for all: the same terms, the same
positions. The article was found by the query. So what the text cannot tell, dates and
other fields, is taken to hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from itertools import chain
from typing import Final

from searchlib.analysis import Analyzer, QueryAnalyzer, SeveralAnalyzers, narrowed
from searchlib.article import TEXT_FIELDS
from searchlib.highlighting.finding import Found, finder_for
from searchlib.highlighting.judging import judge
from searchlib.highlighting.leaves import Leaf, leaf_of
from searchlib.highlighting.sequences import Occurrence
from searchlib.highlighting.sought import PrintedAs, Sought, printed_words
from searchlib.highlighting.text_words import TextWords, words_of
from searchlib.kernels import snippets
from searchlib.query.language_words import languages_asked
from searchlib.query.nodes import And, Boosted, Node, Not, Or

__all__ = ["Matcher"]

_NO_NODES: Final[frozenset[Node]] = frozenset()
_MAX_KNOWN: Final = 256
# Of a query term that occurs more often only the first are weighed: news says first what matters most.
_MAX_OCCURRENCES: Final = 2000


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
        self._leaves: dict[Node, Leaf] = {}
        self._asked = self._compile(tree, analyzer)
        weights = {leaf.key: leaf.weight for leaf in self._leaves.values()}
        number_of_key = {key: number for number, key in enumerate(weights)}
        self.weights = list(weights.values())
        self._nodes = list(self._leaves)
        self._query_terms = [number_of_key[leaf.key] for leaf in self._leaves.values()]
        leaves = list(enumerate(self._leaves.values()))
        self._leaves_in = {name: [entry for entry in leaves if name in entry[1].fields] for name in TEXT_FIELDS}
        self._terms = {
            name: list(dict.fromkeys([term for _, leaf in leaves for term in leaf.sought if isinstance(term, str)]))
            for name, leaves in self._leaves_in.items()
        }
        # The same ways are sought in all fields: what is found in a field that does not ask for it makes no difference.
        self._printed = tuple(sorted({way for _, leaf in leaves for way in leaf.sought if isinstance(way, PrintedAs)}))
        self._counted = [number for number, leaf in leaves if leaf.at_least > 1]
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
            for name, found in self.occurrences(self._words_in(texts, tokens, analyzer)).items()
        }

    def find(self, texts: Mapping[str, str], analyzer: Analyzer) -> dict[str, list[Occurrence]]:
        """By name of field, each occurrence that counts, whatever it is of, in order of position.

        Args:
            texts: The texts of an article.
            analyzer: The analyzer of its language.
        """
        words = self._words_in(texts, self._tokens(texts, analyzer), analyzer)
        return {
            name: sorted(set(chain.from_iterable(by_term.values())))
            for name, by_term in self.occurrences(words).items()
        }

    @property
    def terms(self) -> Mapping[str, list[str]]:
        """By name of field, the terms that are sought in it."""
        return self._terms

    @property
    def printed(self) -> tuple[PrintedAs, ...]:
        """The ways to be printed that are sought."""
        return self._printed

    def _tokens(self, texts: Mapping[str, str], analyzer: Analyzer) -> dict[str, list[Found]]:
        find = finder_for(analyzer).find
        return {name: find(texts[name], terms) if terms and texts[name] else [] for name, terms in self._terms.items()}

    def _words_in(
        self, texts: Mapping[str, str], tokens: Mapping[str, list[Found]], analyzer: Analyzer
    ) -> dict[str, TextWords]:
        """By name of field where in it stands what is sought; without fields in which nothing of it can."""
        ways = self._printed
        words = {}
        for name, found in tokens.items():
            terms, text = (self._terms[name], found), texts[name]
            if ways and text and self._leaves_in[name]:
                printed = finder_for(analyzer).find_printed(text, printed_words(ways))
                words[name] = words_of(text, analyzer, terms, (ways, printed))
            elif found:
                words[name] = words_of(text, analyzer, terms)
        return words

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
        numbers: dict[Sought, int] = dict.fromkeys(self._terms[name], 0)
        for number, leaf in self._leaves_in[name]:
            for term in leaf.sought:
                if isinstance(term, str):
                    numbers[term] |= 1 << number
        return list(numbers.values())

    def _query_terms_of(self, counting: Set[int]) -> dict[str, list[int]]:
        """For each term that is sought in a field the query term that it counts for; -1 for none."""
        query_terms = {}
        for name, terms in self._terms.items():
            number_of_term = {
                term: self._query_terms[number]
                for number, leaf in self._leaves_in[name]
                if number in counting
                for term in leaf.sought
            }
            query_terms[name] = [number_of_term.get(term, -1) for term in terms]
        return query_terms

    def occurrences(self, words: Mapping[str, TextWords]) -> dict[str, dict[int, list[Occurrence]]]:
        """By name of field and number of query term, its occurrences that count.

        Args:
            words: For each field, where in it stands what is sought; fields in which nothing of it stands may be left out.
        """
        occurrences: dict[str, dict[int, list[Occurrence]]] = {name: {} for name in TEXT_FIELDS}
        numbers = 0
        for name, own in words.items():
            for number, leaf in self._leaves_in[name]:
                if there := leaf.find(name, own):
                    occurrences[name][number] = there
                    numbers |= 1 << number
        for number in self._counted:
            leaf = self._leaves[self._nodes[number]]
            if sum(leaf.count(name, own) for name, own in words.items() if name in leaf.fields) < leaf.at_least:
                numbers &= ~(1 << number)
        counting = self._counting(numbers)
        return {
            name: {
                self._query_terms[number]: by[number] for number in by if number in counting and numbers >> number & 1
            }
            for name, by in occurrences.items()
        }

    def _counting(self, numbers: int) -> Set[int]:
        """Of the leaves that were found, as bits, those by which the article answers the query."""
        counting = self._known.get(numbers)
        if counting is None:
            found = {node for number, node in enumerate(self._nodes) if numbers >> number & 1}
            holds, nodes = judge(self._tree, self._leaves.keys(), found)
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
        leaf = self._leaves.get(node) or leaf_of(node, analyzer)
        if leaf is None:
            return _NO_NODES
        self._leaves[node] = leaf
        return frozenset([node])
