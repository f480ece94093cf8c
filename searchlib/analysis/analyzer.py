"""Text → tokens, per language: the one definition that indexing, querying and highlighting share."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, islice, product
from typing import Final, NamedTuple

from searchlib.analysis.groups import Grouper
from searchlib.analysis.languages import DECIMAL_COMMA, base_language
from searchlib.analysis.pieces import PIECE
from searchlib.analysis.steps import Step, readings
from searchlib.analysis.stop_words import STOP_WORDS
from searchlib.analysis.tagging import TaggedWordTerms
from searchlib.analysis.words import MAX_TERM_CHARS, WordTerms

__all__ = ["Analyzer", "Token", "analyzer_for"]

# By decimal mark: the mark between thousands, and the numbers that need no more than it to be left out. `numbers` and
# `tokenizer` read the same of them, more slowly.
_PLAIN_NUMBERS: Final = {
    ".": (",", re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")),
    ",": (".", re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?")),
}
_PLAIN_PAIR: Final = re.compile("[A-Za-z]{2,40}-[A-Za-z]{2,40}")
_MAX_CACHED_PIECES: Final = 400_000
_MAX_CACHED_CHARS: Final = 40
#: How many alternatives of a text are searched for at most, the first ones.
_MAX_PATHS: Final = 16
_MAX_CACHED_PATHS: Final = 10_000


class Token(NamedTuple):
    """One token of a text.

    Attributes:
        term: What is indexed and searched for.
        position: Ordinal in the text, from 0. Several tokens may share one: other forms of the same word, and the
            joined form of several ("putinkim" for "Putin-Kim"), which has the position of the first.
        startchar: Where the token begins in the text, in characters.
        endchar: Where it ends, not included.
        printed: The word as printed, case and accents folded and nothing else: "visits" where the term is "visit",
            "putin-kim" where it is "putinkim". Empty where the token is another form of the one before it.
        positions: How many positions it takes, from `position` on: 1, or as many as its parts for a joined form, which
            is another way through the text beside them.
    """

    term: str
    position: int
    startchar: int
    endchar: int
    printed: str
    positions: int


class Analyzer:
    """Turns text into tokens in one language. Safe to use from several threads.

    `tokenizer` says where words are, `groups` what is one word. Beyond that the analyzer promises: texts that differ
    only in case, accents, width, ligatures or dashes find each other; every word has a term, stop words too, because
    phrases need them. No position has two tokens of the same term and the same length.

    Args:
        language: The code of its language; a region does not count.
        tagged: Whether stems carry the language, for an index of many (`tagging`).

    Attributes:
        language: The code of its language, without a region.
        stop_terms: The terms of the language's stop words.
    """

    def __init__(self, language: str, *, tagged: bool = False) -> None:
        self.language = base_language(language)
        self._word_terms = (TaggedWordTerms if tagged else WordTerms)(self.language)
        decimal_mark = "," if self.language in DECIMAL_COMMA else "."
        self._thousands_mark, self._plain_number = _PLAIN_NUMBERS[decimal_mark]
        self._grouper = Grouper(self._word_terms, decimal_mark)
        stop_words = STOP_WORDS.get(self.language, frozenset())
        self.stop_terms = frozenset(term for word in stop_words for term in self._word_terms(word))
        self._tokens_of_piece: dict[str, tuple[list[Token], int]] = {}
        self._paths_of_text: dict[str, tuple[tuple[str, ...], ...]] = {}

    def tokens(self, text: str) -> list[Token]:
        """All tokens of the text, in order of position. Character ranges are in the text as given."""
        # Most text repeats a few thousand pieces, so the tokens of a piece are kept.
        known = self._tokens_of_piece
        new = tuple.__new__
        tokens: list[Token] = []
        position = 0
        for match in PIECE.finditer(text):
            piece = match.group()
            analyzed, positions = known.get(piece) or self._analyze_piece(piece)
            start = match.start()
            tokens += [
                new(Token, (term, position + at, start + startchar, start + endchar, printed, taken))
                for term, at, startchar, endchar, printed, taken in analyzed
            ]
            position += positions
        return tokens

    def paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        """What a word or phrase of a query asks for: any one of these sequences of terms, side by side.

        "armoured train" gives ``(("armour", "train"),)``, "e-mail" gives ``(("e", "mail"), ("email",))``. Each term
        stands where the one before ends, which may take several positions. No sequence is empty. A text without a
        word, as "!", gives ``()``.
        """
        known = self._paths_of_text.get(text)
        if known is None:
            known = self._find_paths(text)
            if len(text) <= _MAX_CACHED_CHARS:
                if len(self._paths_of_text) >= _MAX_CACHED_PATHS:
                    self._paths_of_text.clear()
                self._paths_of_text[text] = known
        return known

    def printed_words(self, text: str) -> tuple[str, ...]:
        """The words of a text as printed, in order, each as long as may be: "re-election" and not its parts.

        A text that is printed alike has tokens with these `Token.printed`, each as many positions after the one before
        as that takes.
        """
        printed: list[str] = []
        for match in PIECE.finditer(text):
            for steps in self._grouper.groups(match.group()):
                position = 0
                longest: dict[int, Step] = {}
                for each in steps:
                    if each.printed and each.positions > (
                        longest[each.position].positions if each.position in longest else 0
                    ):
                        longest[each.position] = each
                while position in longest:
                    printed.append(longest[position].printed)
                    position += longest[position].positions
        return tuple(printed)

    def piece_tokens(self, piece: str) -> tuple[list[Token], int]:
        """The tokens of a piece of text (`pieces.PIECE`), and how many positions they take."""
        new = tuple.__new__
        if self._plain_number.fullmatch(piece):
            term = piece.replace(self._thousands_mark, "").replace(",", ".")[:MAX_TERM_CHARS]
            return [new(Token, (term, 0, 0, len(piece), piece[:MAX_TERM_CHARS], 1))], 1
        if _PLAIN_PAIR.fullmatch(piece):
            return self._pair_tokens(piece), 2
        tokens: list[Token] = []
        position = taken = 0
        for steps in self._grouper.groups(piece):
            for terms, at, positions, startchar, endchar, printed, _ in steps:
                begin = position + at
                tokens.append(new(Token, (terms[0], begin, startchar, endchar, printed, positions)))
                tokens += [new(Token, (term, begin, startchar, endchar, "", positions)) for term in terms[1:]]
                taken = max(taken, begin + positions)
            position = taken
        return tokens, position

    def _pair_tokens(self, piece: str) -> list[Token]:
        """The tokens of two words of ASCII letters with a hyphen between them, as `groups` has them, and faster."""
        first, second = piece.split("-")
        parts = ((first, 0, 0, 1), (first + second, 0, 0, 2), (second, 1, len(first) + 1, 1))
        new = tuple.__new__
        tokens = []
        for word, position, start, positions in parts:
            end = len(first) if word is first else len(piece)
            printed = (piece if positions == 2 else word).lower()
            for term in self._word_terms(word):
                tokens.append(new(Token, (term, position, start, end, printed, positions)))
                printed = ""
        return tokens

    def word_terms(self, word: str) -> tuple[str, ...]:
        """The terms of a text of ASCII letters only, at least one. All are at its one position.

        The first is printed as ``word.lower()``, up to `MAX_TERM_CHARS` of it; the others are other forms of the word.
        """
        return self._word_terms(word)

    def _find_paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        alternatives: list[list[tuple[str, ...]]] = []
        for match in PIECE.finditer(text):
            for steps in self._grouper.groups(match.group()):
                alternatives += readings(steps)
        if not alternatives:
            return ()
        combined = islice(product(*alternatives), _MAX_PATHS)
        return tuple(dict.fromkeys(tuple(chain.from_iterable(parts)) for parts in combined))

    def _analyze_piece(self, piece: str) -> tuple[list[Token], int]:
        """The tokens of a piece. They are kept for the next time."""
        tokens, position = self.piece_tokens(piece)
        if len(piece) <= _MAX_CACHED_CHARS:
            if len(self._tokens_of_piece) >= _MAX_CACHED_PIECES:
                self._tokens_of_piece.clear()
            self._tokens_of_piece[piece] = tokens, position
        return tokens, position


def analyzer_for(language: str, *, tagged: bool = False) -> Analyzer:
    """The analyzer of a language, by code ("en", "de", "ja", "none"); the same object for the same arguments.

    Args:
        language: The code.
        tagged: Whether stems carry the language, for an index of many.

    Raises:
        SettingError: The code is unknown. The message lists the known ones.
    """
    return _analyzer_for(base_language(language), tagged)


@cache
def _analyzer_for(language: str, tagged: bool) -> Analyzer:
    return Analyzer(language, tagged=tagged)
