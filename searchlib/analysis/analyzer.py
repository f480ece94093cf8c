"""Text → tokens, per language: the one definition that indexing, querying and highlighting share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Final, NamedTuple

from searchlib.analysis.folding import fold
from searchlib.analysis.languages import DECIMAL_COMMA, base_language
from searchlib.analysis.numbers import number_terms
from searchlib.analysis.stop_words import STOP_WORDS
from searchlib.analysis.tagging import TaggedWordTerms
from searchlib.analysis.tokenizer import RawToken, raw_tokens
from searchlib.analysis.unspaced import character_pairs
from searchlib.analysis.words import MAX_TERM_CHARS, WordTerms

__all__ = ["Analyzer", "Token", "analyzer_for"]

#: A word of more parts is a path or a slogan. It is indexed by its parts only, without their joined form.
_MAX_JOINED_PARTS: Final = 4
# Pieces: no token reaches across these separators. Some other spaces may stand inside a number.
_PIECE: Final = re.compile(r"[^ \t\n\r\f\v]+")
# What `raw_tokens` too reads as one number and nothing else.
_PLAIN_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
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
            joined form of a hyphenated word ("putinkim" for "Putin-Kim"), which has the position of the first part.
        startchar: Where the token begins in the text, in characters.
        endchar: Where it ends, not included.
    """

    term: str
    position: int
    startchar: int
    endchar: int


class _Part(NamedTuple):
    """One position: its terms, and the character range that they come from."""

    terms: tuple[str, ...]
    startchar: int
    endchar: int


class _Group(NamedTuple):
    """What is written as one word: its parts, side by side, and the terms of the joined form."""

    parts: list[_Part]
    joined: tuple[str, ...]


class Analyzer:
    """Turns text into tokens in one language. Safe to use from several threads.

    `tokenizer` says where tokens are. Beyond that the analyzer promises: texts that differ only in case, accents,
    width, ligatures or dashes find each other; possessives are stripped; "Putin-Kim" gives "putin", "kim" and
    "putinkim"; "U.S." is "us"; "10,000" is "10000"; stop words are kept, because phrases need them.

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
        self._decimal_mark = "," if self.language in DECIMAL_COMMA else "."
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
        for match in _PIECE.finditer(text):
            piece = match.group()
            analyzed, positions = known.get(piece) or self._analyze_piece(piece)
            start = match.start()
            tokens += [
                new(Token, (term, position + at, start + startchar, start + endchar))
                for term, at, startchar, endchar in analyzed
            ]
            position += positions
        return tokens

    def paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        """What a word or phrase of a query asks for: any one of these sequences of terms, side by side.

        "armoured train" gives ``(("armour", "train"),)``, "e-mail" gives ``(("e", "mail"), ("email",))``. The first
        is the one that every spelling of the text has. No sequence is empty. A text without a term gives ``()``: "!"
        does, and in English "s", the rest of a possessive.
        """
        known = self._paths_of_text.get(text)
        if known is None:
            known = self._find_paths(text)
            if len(text) <= _MAX_CACHED_CHARS:
                if len(self._paths_of_text) >= _MAX_CACHED_PATHS:
                    self._paths_of_text.clear()
                self._paths_of_text[text] = known
        return known

    def _find_paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        alternatives = []
        for parts, joined in self._groups(text):
            spelled = islice(product(*(part.terms for part in parts)), _MAX_PATHS)
            alternatives.append([*spelled, *((term,) for term in joined)])
        if not alternatives:
            return ()
        combined = islice(product(*alternatives), _MAX_PATHS)
        paths = dict.fromkeys(tuple(term for piece in pieces for term in piece) for pieces in combined)
        return tuple(path for path in paths if path)

    def piece_tokens(self, piece: str) -> tuple[list[Token], int]:
        """The tokens of a text without white space, and how many positions they take."""
        if _PLAIN_NUMBER.fullmatch(piece):
            figures = enumerate(number_terms(piece, self._decimal_mark))
            found = [Token(term[:MAX_TERM_CHARS], position, start, end) for position, (term, start, end) in figures]
            return found, len(found)
        tokens: list[Token] = []
        position = 0
        new = tuple.__new__
        for parts, joined in self._groups(piece):
            for terms, startchar, endchar in parts:
                tokens += [new(Token, (term, position, startchar, endchar)) for term in terms]
                if joined:
                    # They are at the position of the first part.
                    tokens += [new(Token, (term, position, startchar, parts[-1].endchar)) for term in joined]
                    joined = ()
                position += 1
        return tokens, position

    def word_terms(self, word: str) -> tuple[str, ...]:
        """The terms of a text of ASCII letters only. All are at its one position; there may be none."""
        return self._word_terms(word)

    def _analyze_piece(self, piece: str) -> tuple[list[Token], int]:
        """The tokens of a piece. They are kept for the next time."""
        tokens, position = self.piece_tokens(piece)
        if len(piece) <= _MAX_CACHED_CHARS:
            if len(self._tokens_of_piece) >= _MAX_CACHED_PIECES:
                self._tokens_of_piece.clear()
            self._tokens_of_piece[piece] = tokens, position
        return tokens, position

    def _groups(self, text: str) -> Iterator[_Group]:
        """What is written as one word, in order: hyphenated tokens together, every other token alone."""
        group: list[RawToken] = []
        for raw in raw_tokens(text):
            if group and not raw.hyphenated:
                yield self._group(text, group)
                group = []
            group.append(raw)
        if group:
            yield self._group(text, group)

    def _group(self, text: str, raws: list[RawToken]) -> _Group:
        joined: tuple[str, ...] = ()
        if len(raws) == 1:
            return _Group(self._parts(text, raws[0]), joined)
        parts = [part for raw in raws for part in self._parts(text, raw)]
        if len(parts) >= 2 and len(raws) <= _MAX_JOINED_PARTS and all(raw.kind == "word" for raw in raws):
            joined = self._word_terms("".join(text[raw.startchar : raw.endchar] for raw in raws))
        return _Group(parts, joined)

    def _parts(self, text: str, raw: RawToken) -> list[_Part]:
        """The positions that one raw token takes."""
        kind, start, end, _ = raw
        piece = text[start:end]
        if kind == "word" or kind == "acronym":
            terms = self._word_terms(piece if kind == "word" else piece.replace(".", "").replace("．", ""))
            return [_Part(terms, start, end)] if terms else []
        if kind == "symbol":
            # A symbol gives the terms of what it is short for, all with the symbol's character range.
            return [_Part(part.terms, start, end) for group in self._groups(fold(piece)) for part in group.parts]
        if kind == "number":
            terms_of_piece = number_terms(piece, self._decimal_mark)
        elif kind == "unspaced":
            terms_of_piece = character_pairs(piece)
        else:
            name = fold(self._word_terms.spelled(piece)).replace("♯", "#")
            terms_of_piece = [(name, 0, len(piece))]
        return [
            _Part((term[:MAX_TERM_CHARS],), start + startchar, start + endchar)
            for term, startchar, endchar in terms_of_piece
        ]


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
