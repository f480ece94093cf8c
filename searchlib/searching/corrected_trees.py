"""A query tree → the tree with its misspelt words corrected.

Words, phrases and what is near one another in the text of articles are corrected; fields of other values, patterns,
exact words and what is excluded stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from searchlib.query import And, AtLeast, Boosted, Near, Node, Or, Phrase, Word, all_of
from searchlib.query import Sequence as Sides
from searchlib.query.nodes import TEXT_REGIONS
from searchlib.searching.spelling import Replacement, Speller, WrittenWord
from searchlib.suggestions import Correction

__all__ = ["corrected"]


def corrected(tree: Node, speller: Speller) -> tuple[Node, tuple[Correction, ...]]:
    """The tree with the words that the speller corrects, and what was corrected, in order of the tree."""
    corrector = _Corrector(speller)
    return corrector.node(tree), tuple(corrector.corrections)


class _Corrector:
    def __init__(self, speller: Speller) -> None:
        self._speller = speller
        self.corrections: list[Correction] = []

    def node(self, node: Node) -> Node:
        """The node, corrected."""
        if isinstance(node, (Word, Phrase)):
            return self._text(node) if node.field is None or node.field in TEXT_REGIONS else node
        if isinstance(node, And):
            return all_of(self._all(node.nodes))
        if isinstance(node, (Or, Sides)):
            return replace(node, nodes=tuple(map(self.node, node.nodes)))
        if isinstance(node, (Boosted, AtLeast)):
            return replace(node, node=self.node(node.node))
        if isinstance(node, Near):
            # What must not be near is excluded, and stays as it is.
            right = node.right if node.negated else self.node(node.right)
            return replace(node, left=self.node(node.left), right=right)
        return node

    def _all(self, nodes: Sequence[Node]) -> list[Node]:
        """The children of an And: two words beside each other may be one, and tell what is meant by each other."""
        words = [None, *map(self._word_of, nodes), None]
        found: list[Node] = []
        at = 0
        while at < len(nodes):
            node = nodes[at]
            before, own, after = words[at : at + 3]
            joined = self._joined(node, own, nodes[at + 1], after) if own and after else None
            if joined is not None:
                found.append(joined)
            else:
                found.append(self._text(node, before, after) if own and isinstance(node, Word) else self.node(node))
                words[at + 1] = self._word_of(found[-1])
            at += 1 if joined is None else 2
        return found

    def _word_of(self, node: Node) -> WrittenWord | None:
        """The one word of the text that a node asks for; None for any other node."""
        if not isinstance(node, Word) or (node.field is not None and node.field not in TEXT_REGIONS):
            return None
        words = self._speller.words_of(node.text)
        return words[0] if len(words) == 1 else None

    def _joined(self, first: Node, own: WrittenWord, second: Node, after: WrittenWord) -> Word | None:
        if not isinstance(first, Word) or not isinstance(second, Word) or first.field != second.field:
            return None
        found = self._speller.join(own, after)
        if found is None:
            return None
        self._note(f"{first.text} {second.text}", found)
        return replace(first, text=found.words[0], end=second.end)

    def _text(self, node: Word | Phrase, before: WrittenWord | None = None, after: WrittenWord | None = None) -> Node:
        """A word or phrase, corrected; `before` and `after` are the words around it."""
        text, words = node.text, self._speller.words_of(node.text)
        around = [before, *words, after]
        parts: list[str] = []
        at = end = 0
        has_two = False
        while at < len(words):
            word, used = words[at], 1
            found = self._join_in(node, words[at : at + 2])
            if found is not None:
                used = 2
            else:
                found = self._speller.correct(word, before=around[at], after=around[at + 2])
            last = words[at + used - 1]
            if found is not None:
                self._note(text[word.startchar : last.endchar], found)
                around[at + used] = self._speller.words_of(found.words[-1])[-1]
                parts += [text[end : word.startchar], " ".join(found.words)]
                has_two |= len(found.words) > 1
                end = last.endchar
            at += used
        if not parts:
            return node
        fixed = "".join([*parts, text[end:]])
        if has_two and isinstance(node, Word):
            return Phrase(fixed, node.field, start=node.start, end=node.end)
        return replace(node, text=fixed)

    def _join_in(self, node: Word | Phrase, pair: Sequence[WrittenWord]) -> Replacement | None:
        """What two words of a phrase are as one; the parts of a joined word stay apart."""
        if len(pair) < 2 or not node.text[pair[0].endchar : pair[1].startchar].isspace():
            return None
        return self._speller.join(*pair)

    def _note(self, written: str, found: Replacement) -> None:
        self.corrections.append(Correction(written, " ".join(found.words), found.doc_freq))
