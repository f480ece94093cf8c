"""What a word of a query is in several languages: alternatives of one word."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from searchlib.analysis.analyzer import Analyzer
from searchlib.article.language_codes import codes_above

__all__ = ["QueryAnalyzer", "SeveralAnalyzers", "SharedTerm", "SoughtTerm", "narrowed", "several"]

_MAX_CACHED_CHARS: Final = 40
_MAX_CACHED: Final = 10_000


class SharedTerm(NamedTuple):
    """A term of a word that has other terms in other languages.

    Attributes:
        term: What is searched for.
        word: All terms of the word, this one among them. The word is as rare as all of them together are.
    """

    term: str
    word: tuple[str, ...]


#: A term as a query asks for it.
SoughtTerm: TypeAlias = str | SharedTerm


class SeveralAnalyzers:
    """Analyses words of a query in several languages at once. Safe to use from several threads.

    Args:
        analyzers: One for each language.

    Attributes:
        stop_terms: The terms of the stop words, each language's own.
    """

    def __init__(self, analyzers: Sequence[Analyzer]) -> None:
        self.analyzers = tuple(analyzers)
        self.stop_terms = frozenset().union(*(analyzer.stop_terms for analyzer in analyzers))
        self._known: dict[str, tuple[tuple[SoughtTerm, ...], ...]] = {}

    def paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        """What a word or phrase asks for in any of the languages, as `Analyzer.paths`; what is the same is there once."""
        paths = (path for analyzer in self.analyzers for path in analyzer.paths(text))
        return tuple(dict.fromkeys(paths))

    def shared_paths(self, text: str) -> tuple[tuple[SoughtTerm, ...], ...]:
        """The `paths`, each term with those of the other languages that stand for the same word of the text."""
        known = self._known.get(text)
        if known is None:
            known = self._find_shared(text)
            if len(text) <= _MAX_CACHED_CHARS:
                if len(self._known) >= _MAX_CACHED:
                    self._known.clear()
                self._known[text] = known
        return known

    def _find_shared(self, text: str) -> tuple[tuple[SoughtTerm, ...], ...]:
        # Languages take a text apart alike, nearly always: then their first paths are the same words, term by term, and
        # so are their second ones. Where one finds another number of words, only those that find as many share.
        alike: dict[tuple[int, int], dict[tuple[str, ...], None]] = {}
        for analyzer in self.analyzers:
            for number, path in enumerate(analyzer.paths(text)):
                alike.setdefault((number, len(path)), {})[path] = None
        shared: dict[tuple[str, ...], tuple[SoughtTerm, ...]] = {}
        for (_, length), paths in alike.items():
            words = [tuple(dict.fromkeys(path[slot] for path in paths)) for slot in range(length)]
            for path in paths:
                shared.setdefault(path, tuple(map(_share, path, words)))
        return tuple(shared.values())


#: What analyses a query: of one language, or of all that an index holds.
QueryAnalyzer: TypeAlias = Analyzer | SeveralAnalyzers


def _share(term: str, word: tuple[str, ...]) -> SoughtTerm:
    return term if len(word) == 1 else SharedTerm(term, word)


@lru_cache(maxsize=256)
def several(analyzers: tuple[Analyzer, ...]) -> QueryAnalyzer:
    """What analyses a query in the languages of these analyzers; the same object for the same ones."""
    return analyzers[0] if len(analyzers) == 1 else SeveralAnalyzers(analyzers)


def narrowed(analyzer: QueryAnalyzer, languages: Set[str] | None) -> QueryAnalyzer:
    """The analyzer for a part of a query that is about articles in these languages; None for any.

    Of languages that it does not have it stays as it is: nothing is in them.
    """
    if languages is None or isinstance(analyzer, Analyzer):
        return analyzer
    left = tuple(each for each in analyzer.analyzers if not languages.isdisjoint(codes_above(each.language)))
    return several(left) if left else analyzer
