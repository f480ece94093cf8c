"""Words that an index does not know or hardly knows → words that it knows, printed nearly alike.

A word is hardly known if no term of it is in more than two articles. It is corrected if another printed word, one edit
away, is in fifty times as many, or in any where it is in none itself; for words of five letters or more also two edits
away. A space too much or too little is an edit: "northkorea", "air port". The least edits go first, then the same first
letter, then what stands most often beside the words around, then the most articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from searchlib.analysis import QueryAnalyzer, SeveralAnalyzers
from searchlib.automata import compile_fuzzy
from searchlib.searching.completion import Count, phrase_clause
from searchlib.searching.printed_words import KnownWord, PrintedWords

__all__ = ["Replacement", "Speller", "WrittenWord"]

#: In so many articles or fewer a word is hardly known.
_HARDLY: Final = 2
#: How many times as frequent a correction has to be.
_TIMES: Final = 50
_MIN_LETTERS: Final = 3
_MIN_LETTERS_FOR_TWO: Final = 5
_MIN_PART: Final = 2
_MAX_CANDIDATES: Final = 64
_MAX_SPLITS: Final = 4
# How many equally near words are looked for beside the words around, and in how many articles with the rarer of two.
_MAX_EQUALS: Final = 3
_ARTICLES_LOOKED_AT: Final = 256
# Longer words are no words: a URL, a key.
_MAX_LETTERS: Final = 40


class WrittenWord(NamedTuple):
    """A word of a text, as the analyzer finds it.

    Attributes:
        printed: It, case and accents folded.
        startchar: Where it begins in the text, in characters.
        endchar: Where it ends, not included.
        terms: Its terms, in all languages.
    """

    printed: str
    startchar: int
    endchar: int
    terms: frozenset[str]


class Replacement(NamedTuple):
    """What may be meant: one word, or several side by side, and in how many articles that is."""

    words: tuple[str, ...]
    doc_freq: int


class _Candidate(NamedTuple):
    edits: int
    has_other_letter: bool
    doc_freq: int
    words: tuple[str, ...]

    def rank(self) -> tuple[int, bool, int, tuple[str, ...]]:
        return self.edits, self.has_other_letter, -self.doc_freq, self.words


class Speller:
    """Corrects words by one snapshot. Safe for as many threads as its words are.

    Args:
        words: The printed words.
        analyzer: What analyses the words of queries.
        count: Counts the articles of a clause.
    """

    def __init__(self, words: PrintedWords, analyzer: QueryAnalyzer, count: Count) -> None:
        self._words = words
        self._analyzers = analyzer.analyzers if isinstance(analyzer, SeveralAnalyzers) else (analyzer,)
        self._count = count

    def words_of(self, text: str) -> list[WrittenWord]:
        """The words of a text in order, each as short as may be: the parts of "kim-jong", unless all of it is known."""
        found: dict[tuple[int, int], tuple[str, set[str]]] = {}
        for analyzer in self._analyzers:
            for token in analyzer.tokens(text):
                if token.printed or (token.startchar, token.endchar) in found:
                    place = found.setdefault((token.startchar, token.endchar), (token.printed, set()))
                    place[1].add(token.term)
        words = [WrittenWord(printed, *at, frozenset(terms)) for at, (printed, terms) in sorted(found.items())]
        decided = set()
        # Words around or inside one another overlap, so a word is compared with those alone that have not ended before it.
        open_words: list[WrittenWord] = []
        for word in words:
            open_words = [each for each in open_words if word.startchar < each.endchar]
            for other in open_words:
                decided |= {one for one, by in ((word, other), (other, word)) if _is_decided_by(one, by, self)}
            open_words.append(word)
        return [word for word in words if word not in decided]

    def is_hardly_known(self, word: WrittenWord) -> bool:
        """Whether the word is in so few articles, in any of its forms, that another one may be meant."""
        return self.doc_freq(word) <= _HARDLY

    def doc_freq(self, word: WrittenWord) -> int:
        """In how many articles the word is, in its most frequent form."""
        return max(map(self._words.doc_freq, word.terms), default=0)

    def correct(
        self, word: WrittenWord, *, before: WrittenWord | None = None, after: WrittenWord | None = None
    ) -> Replacement | None:
        """What may be meant by a word; None if the index knows it well enough, or nothing like it.

        Args:
            word: The word.
            before: The one that stands before it.
            after: The one that stands behind it.
        """
        candidates = self._candidates(word)
        if not candidates:
            return None
        best = candidates[0]
        equals = [each for each in candidates[:_MAX_EQUALS] if each.rank()[:2] == best.rank()[:2]]
        if len(equals) > 1 and (before or after):
            known_before, known_after = (self._likely(each) if each else None for each in (before, after))
            best = max(equals, key=lambda each: (self._count_beside(each, known_before, known_after), each.doc_freq))
        return Replacement(best.words, best.doc_freq)

    def _candidates(self, word: WrittenWord) -> list[_Candidate]:
        """What may be meant by a word, the likeliest first, the words around not considered."""
        doc_freq = self.doc_freq(word)
        if doc_freq > _HARDLY or not _is_spelt_in_letters(word.printed):
            return []
        needed = max(1, doc_freq * _TIMES)
        found = sorted([*self._near(word, 1, needed), *self._split(word, needed)], key=_Candidate.rank)
        if len(word.printed) >= _MIN_LETTERS_FOR_TWO and (not found or found[0].doc_freq <= _HARDLY):
            # What is hardly known itself is likely misspelt alike.
            further = sorted(self._near(word, 2, needed), key=_Candidate.rank)
            if not found or (further and further[0].doc_freq >= found[0].doc_freq * _TIMES):
                return further
        return found

    def _likely(self, word: WrittenWord) -> KnownWord | None:
        """The word, or what is likely meant by it."""
        candidates = self._candidates(word)
        return self._words.word(candidates[0].words[0] if candidates else word.printed)

    def _count_beside(self, candidate: _Candidate, before: KnownWord | None, after: KnownWord | None) -> int:
        """How many articles have a candidate beside the words around it; an estimate where all are frequent."""
        first, last = (self._words.word(word) for word in (candidate.words[0], candidate.words[-1]))
        pairs = [(before, first), (last, after)]
        return sum(
            self._count(phrase_clause((one, other)), min(1.0, _ARTICLES_LOOKED_AT / min(one.doc_freq, other.doc_freq)))
            for one, other in pairs
            if one and other
        )

    def join(self, first: WrittenWord, second: WrittenWord) -> Replacement | None:
        """The one word that two neighbours are, if it is printed and they are hardly ever side by side; else None."""
        together = first.printed + second.printed
        if len(together) > _MAX_LETTERS or not _is_spelt_in_letters(together):
            return None
        joined = self._words.word(together)
        if joined is None or joined.doc_freq < _HARDLY:
            return None
        apart = 0
        if not self.is_hardly_known(first) and not self.is_hardly_known(second):
            parts = [self._words.word(each.printed) for each in (first, second)]
            apart = self._count_side_by_side([part for part in parts if part is not None])
        return Replacement((together,), joined.doc_freq) if joined.doc_freq >= apart * _TIMES else None

    def _near(self, word: WrittenWord, edits: int, needed: int) -> Iterator[_Candidate]:
        for each in self._words.matching(compile_fuzzy(word.printed, edits), _MAX_CANDIDATES):
            is_same = each.word == word.printed or not word.terms.isdisjoint(each.terms)
            if each.doc_freq >= needed and not is_same and _is_spelt_in_letters(each.word):
                yield _Candidate(edits, each.word[0] != word.printed[0], each.doc_freq, (each.word,))

    def _split(self, word: WrittenWord, needed: int) -> Iterator[_Candidate]:
        """The word as two that stand side by side in enough articles."""
        text = word.printed
        pairs = []
        for at in range(_MIN_PART, len(text) - _MIN_PART + 1):
            first = self._words.word(text[:at])
            second = self._words.word(text[at:]) if first and first.doc_freq >= needed else None
            if first and second and second.doc_freq >= needed:
                pairs.append((first, second))
        pairs.sort(key=lambda pair: -min(each.doc_freq for each in pair))
        for first, second in pairs[:_MAX_SPLITS]:
            together = self._count_side_by_side((first, second))
            if together >= max(needed, _HARDLY):
                yield _Candidate(1, False, together, (first.word, second.word))

    def _count_side_by_side(self, words: Sequence[KnownWord]) -> int:
        return self._count(phrase_clause(words), 1.0) if len(words) > 1 else 0


def _is_decided_by(word: WrittenWord, other: WrittenWord, speller: Speller) -> bool:
    """Whether another word at the same characters is looked at instead: all of "kim-jong" if known, else its parts."""
    if (word.startchar, word.endchar) == (other.startchar, other.endchar):
        return False
    if other.startchar <= word.startchar and word.endchar <= other.endchar:
        return not speller.is_hardly_known(other)
    is_around = word.startchar <= other.startchar and other.endchar <= word.endchar
    return is_around and speller.is_hardly_known(word)


def _is_spelt_in_letters(word: str) -> bool:
    """Whether a word is long enough to be misspelt, and has no figures in it."""
    letters = word.replace("'", "").replace("-", "").replace(".", "")
    return letters.isalpha() and len(letters) >= _MIN_LETTERS and len(word) <= _MAX_LETTERS
