"""A text as a question: whatever is pasted, a headline, a post or a paragraph, → a tree. No sign in it is an operator.

Any word is enough, and the more of the rarer ones an article has, the better it answers. A joined word ("jong-un") is
asked for by its parts, and as a whole for a share of its weight. Two words side by side that are no stop words are asked
for as a phrase too, likewise for a share: articles in which they stand together rank higher. A word that is said more
often weighs more, by 1 + ln(how often).

Of a long text the `MAX_QUESTION_WORDS` most telling words are kept: those with the greatest product of that weight and
their inverse document frequency; the earlier of equal ones. Of joined words and phrases whose words are kept it asks for
the first `MAX_QUESTION_WORDS`.

Source: the phrases are the ordered part of Metzler & Croft, "A Markov random field model for term dependencies", 2005.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import Final, NamedTuple

from searchlib.analysis import QueryAnalyzer, Token, analyzer_for
from searchlib.diagnostics import Diagnostic
from searchlib.query import MAX_QUERY_CHARS, Boosted, Node, Nothing, Or, Phrase, Word

__all__ = ["MAX_QUESTION_WORDS", "Question", "read_question"]

#: How many different words of a text are searched at most.
MAX_QUESTION_WORDS: Final = 64

#: The weight of two words side by side, and of a joined word as a whole. Chosen on headlines that were to find their own
#: articles (docs/performance.md); from 0.1 to 0.3 little changes.
_TOGETHER: Final = 0.2

# It cuts texts of all languages in the same way. What a word means is the index's analyzer's to say.
_CUTTER: Final = analyzer_for("none")


@dataclass(frozen=True, slots=True)
class Question:
    """A text as it was read: what it asks for, and remarks on what was left out of it."""

    tree: Node
    diagnostics: tuple[Diagnostic, ...]


class _Asked(NamedTuple):
    """A word of the text: as it is written, and without case and accents; its position, and how many it takes."""

    word: str
    folded: str
    position: int
    positions: int


def read_question(text: str, analyzer: QueryAnalyzer, rarity: Callable[[str], float]) -> Question:
    """The tree of a text, and what was left out of it. A text without a word finds nothing.

    Args:
        text: Any text; it is read up to `MAX_QUERY_CHARS` characters.
        analyzer: What analyses words of queries; its stop words make no phrases.
        rarity: Word → its inverse document frequency; 0 for a word that no article has.
    """
    diagnostics: list[Diagnostic] = []
    read = text[:MAX_QUERY_CHARS].encode("utf-8", "replace").decode("utf-8")
    if len(text) > MAX_QUERY_CHARS:
        said = f"a text is read up to {MAX_QUERY_CHARS:,} characters; the rest was left out"
        diagnostics.append(Diagnostic(said, MAX_QUERY_CHARS, len(text)))
    asked = [_asked(read, token) for token in _CUTTER.tokens(read) if token.printed]
    counts = Counter(each.folded for each in asked if each.positions == 1)
    weights = {word: 1 + log(count) for word, count in counts.items()}
    if len(weights) > MAX_QUESTION_WORDS:
        diagnostics.append(
            Diagnostic(
                f"the text has {len(weights):,} different words; its {MAX_QUESTION_WORDS} most telling ones were "
                "searched: those that are rare in the index and frequent in the text",
                0,
                len(read),
            )
        )
        weights = _most_telling(weights, rarity)
    if not weights:
        diagnostics.append(Diagnostic("there is no word in this text, so it finds nothing", 0, len(text)))
        return Question(Nothing(), tuple(diagnostics))
    nodes = _nodes(asked, weights, analyzer)
    return Question(nodes[0] if len(nodes) == 1 else Or(tuple(nodes)), tuple(diagnostics))


def _asked(text: str, token: Token) -> _Asked:
    return _Asked(text[token.startchar : token.endchar], token.printed, token.position, token.positions)


def _most_telling(weights: dict[str, float], rarity: Callable[[str], float]) -> dict[str, float]:
    telling = {word: weight * rarity(word) for word, weight in weights.items()}
    kept = set(sorted(weights, key=telling.__getitem__, reverse=True)[:MAX_QUESTION_WORDS])
    return {word: weight for word, weight in weights.items() if word in kept}


def _nodes(asked: list[_Asked], weights: dict[str, float], analyzer: QueryAnalyzer) -> list[Node]:
    """The words that are kept, with joined words and phrases of them, in the order of the text; none twice."""
    nodes: dict[Node, None] = {}
    known: set[str] = set()
    kept = {each.position for each in asked if each.positions == 1 and each.folded in weights}
    together: set[Node] = set()

    def add_together(node: Node) -> None:
        if len(together) < MAX_QUESTION_WORDS:
            together.add(node)
            nodes[Boosted(node, _TOGETHER)] = None

    before: _Asked | None = None
    joined_end = 0
    for each in asked:
        if each.positions > 1:
            joined_end = each.position + each.positions
            if kept.issuperset(range(each.position, joined_end)):
                add_together(Word(each.word))
            continue
        if each.folded not in weights:
            before = None
            continue
        if each.folded not in known:
            known.add(each.folded)
            weight = round(weights[each.folded], 2)
            nodes[Word(each.word) if weight == 1 else Boosted(Word(each.word), weight)] = None
        if _is_stop_word(each.word, analyzer):
            before = None
            continue
        # The parts of a joined word are asked for together by the whole.
        if before is not None and joined_end <= each.position == before.position + 1 and before.folded != each.folded:
            add_together(Phrase(f"{before.word} {each.word}"))
        before = each
    return list(nodes)


def _is_stop_word(word: str, analyzer: QueryAnalyzer) -> bool:
    paths = analyzer.paths(word)
    return all(len(path) == 1 and path[0] in analyzer.stop_terms for path in paths)
