"""Patterns and exact words → the terms that stand for them.

They are matched on words as printed, case and accents folded. In keyword fields, whose terms are words as printed but
for apostrophes and dashes, patterns are matched on terms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from searchlib.analysis import folded_in_printed_words, folded_in_terms
from searchlib.automata import Automaton, compile_expression, compile_fuzzy, compile_wildcard, compile_words
from searchlib.query import MAX_EXPANSION, Exact, Expression, Fuzzy, Wildcard
from searchlib.schema import ID
from searchlib.searching.clauses import AskedTerm, PrintedTerm, RatedTerm
from searchlib.searching.plan_context import Pattern, PatternExpansion, PlanContext, scope_of
from searchlib.searching.vocabulary import Expansion

__all__ = ["exact_words", "pattern_terms", "written"]

# No word is longer, and what is searched for is a word or two in all languages of an index.
_ALL: int = 1 << 30


def pattern_terms(context: PlanContext, node: Pattern, limit: int = MAX_EXPANSION) -> tuple[AskedTerm, ...]:
    """The terms that a pattern stands for, each of which ranks as rare as all its words together; none if no word matches.

    What is left out is said, and so is that nothing matches.

    Args:
        context: The plan's.
        node: The pattern.
        limit: How many words are searched for at most.

    Raises:
        QueryError: The pattern cannot be read.
        UpgradeNeededError: The index does not know which words were printed.
    """
    scope = scope_of(node.field)
    vocabulary = context.vocabulary
    if scope.is_text:
        vocabulary.insist_on_words_as_printed("A pattern")
        found = vocabulary.printed_words(_automaton(node, folded_in_printed_words), limit, context.check)
    else:
        fold = str if scope.field == ID else folded_in_terms
        found = vocabulary.terms(scope.field, _automaton(node, fold), limit, context.check)
    context.expansions.append(PatternExpansion(node, found.words, found.matched, found.examples))
    where = "this index" if scope.is_text else f"the field {node.field!r} of this index"
    if not found.matched:
        context.note(f"no word in {where} matches {written(node)}", node)
    elif found.matched > found.words:
        left_out = found.matched - found.words
        context.doubt(
            f"{written(node)} matches {found.matched:,} words in {where}; the {found.words:,} most frequent were searched "
            f"for, and {left_out:,} were left out: write more of the word",
            node,
        )
    return _asked(found, ranks=scope.is_text)


def exact_words(context: PlanContext, node: Exact) -> list[list[tuple[AskedTerm, ...]]]:
    """The readings of exact words, each word of a reading as the terms that it stands printed under.

    A reading of which a word is nowhere printed has no terms for that word.

    Args:
        context: The plan's.
        node: What was asked, in the text.

    Raises:
        UpgradeNeededError: The index does not know which words were printed.
    """
    context.vocabulary.insist_on_words_as_printed("An exact word")
    readings = dict.fromkeys(analyzer.printed_words(node.text) for analyzer in context.all_analyzers)
    # Languages differ in what is part of a word. Where each takes one word of the text, these are forms of it.
    single = [words[0] for words in readings if len(words) == 1]
    longer = [words for words in readings if len(words) > 1]
    asked = ([[tuple(single)]] if single else []) + [[(word,) for word in words] for words in longer]
    found: dict[tuple[str, ...], tuple[AskedTerm, ...]] = {}
    for words in dict.fromkeys(words for reading in asked for words in reading):
        found[words] = _asked(context.vocabulary.printed_words(compile_words(words), _ALL, context.check), ranks=True)
        if not found[words]:
            context.note(f"no word in this index is printed {words[0]!r}", node)
    return [[found[words] for words in reading] for reading in asked]


def written(node: Pattern) -> str:
    """A pattern as it is written in a query, in quotes."""
    if isinstance(node, Expression):
        return repr(f"/{node.text}/")
    return repr(f"{node.text}~{node.distance}" if isinstance(node, Fuzzy) else node.text)


def _automaton(node: Pattern, fold: Callable[[str], str]) -> Automaton:
    # Letters and their accents are one character each, as far as there are such.
    text = unicodedata.normalize("NFC", node.text)
    if isinstance(node, Wildcard):
        return compile_wildcard(text, fold=fold)
    if isinstance(node, Expression):
        return compile_expression(text, fold=fold)
    return compile_fuzzy("".join(map(fold, text)), node.distance)


def _asked(found: Expansion, *, ranks: bool) -> tuple[AskedTerm, ...]:
    terms: list[AskedTerm] = []
    for term, words, is_whole in found.terms:
        printed = term if is_whole else PrintedTerm(term, words[0] if len(words) == 1 else words)
        terms.append(RatedTerm(printed, found.doc_freq) if ranks else term)
    return tuple(terms)
