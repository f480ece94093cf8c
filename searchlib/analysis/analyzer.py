"""Text → tokens, per language: the one definition that indexing, querying and highlighting share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from threading import Lock
from typing import Final, NamedTuple

from searchlib.analysis.characters import APOSTROPHES
from searchlib.analysis.folding import fold, has_accents
from searchlib.analysis.languages import DECIMAL_COMMA, ELISIONS, stemmer_for
from searchlib.analysis.stop_words import STOP_WORDS
from searchlib.analysis.tokenizer import RawToken, raw_tokens

__all__ = ["Analyzer", "Token", "analyzer_for"]

#: Longer terms are cut: no word is that long, and the dictionary must hold them.
_MAX_TERM_CHARS: Final = 128
#: A word of more parts is indexed by its parts only: it is a path or a slogan.
_MAX_JOINED_PARTS: Final = 4
#: A text with more alternatives than this is asked for by the first ones.
_MAX_PATHS: Final = 16
_MAX_CACHED_WORDS: Final = 400_000

_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_GROUPS = re.compile(r"\d{1,3}(?:(?P<mark>[^\d])\d{3})(?:(?P=mark)\d{3})*")


class Token(NamedTuple):
    """One token of a text.

    Attributes:
        term: What is indexed and searched for.
        position: Ordinal in the text, from 0. Several tokens may share one: other forms of the same word, and the
            joined form of a hyphenated word ("putinkim" for "Putin-Kim"), which stands where its first part stands.
        startchar: Where it stands in the text, in characters.
        endchar: Likewise, not included.
    """

    term: str
    position: int
    startchar: int
    endchar: int


class _Part(NamedTuple):
    """One position: the terms that stand there, and where they come from."""

    terms: tuple[str, ...]
    startchar: int
    endchar: int


class _Group(NamedTuple):
    """What is written as one word: its parts side by side, and the terms of all of them joined."""

    parts: list[_Part]
    joined: tuple[str, ...]


class Analyzer:
    """Turns text into tokens in one language. Safe to use from several threads.

    What it promises, beyond what `tokenizer` says of where tokens are:
    a text and the same text in other case, accents, width, ligatures or dashes find each other; possessives are
    stripped; "Putin-Kim" stands as "putin", "kim" and "putinkim"; "U.S." is "us"; "10,000" is "10000"; stop words are
    kept, because phrases need them.

    Attributes:
        language: The code it was made for.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        base = language.lower().replace("_", "-").split("-", 1)[0]
        self._stem = stemmer_for(language)
        self._elisions = ELISIONS.get(base, frozenset())
        self._decimal, self._grouping = (",", ".") if base in DECIMAL_COMMA else (".", ",")
        # English stems are the same with and without accents; elsewhere accents tell endings apart.
        self._accents_matter = self._stem is not None and base != "en"
        self._terms_of_word: dict[str, tuple[str, ...]] = {}
        self._lock = Lock()
        stop_words = STOP_WORDS.get(base, frozenset())
        self._stop_terms = frozenset(term for word in stop_words for term in self._word_terms(word))

    def tokens(self, text: str) -> list[Token]:
        """All tokens of the text, in order of position; offsets are into the text as given."""
        tokens: list[Token] = []
        position = 0
        for parts, joined in self._groups(text):
            for place, (terms, startchar, endchar) in enumerate(parts):
                for term in terms:
                    tokens.append(Token(term, position, startchar, endchar))
                if place == 0:
                    for term in joined:
                        tokens.append(Token(term, position, startchar, parts[-1].endchar))
                position += 1
        return tokens

    def paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        """What a word or phrase of a query asks for: any one of these sequences of terms, side by side.

        "armoured train" gives ``(("armour", "train"),)``, "e-mail" gives ``(("e", "mail"), ("email",))``. Text
        without a word gives ``()``.
        """
        alternatives = []
        for parts, joined in self._groups(text):
            spelled = [tuple(terms) for terms in product(*(part.terms for part in parts))]
            alternatives.append(spelled + [(term,) for term in joined])
        if not alternatives:
            return ()
        combined = islice(product(*alternatives), _MAX_PATHS)
        return tuple(dict.fromkeys(tuple(term for piece in pieces for term in piece) for pieces in combined))

    def is_stop_term(self, term: str) -> bool:
        """Whether the term is that of a stop word, which says little about what an article is about."""
        return term in self._stop_terms

    def _groups(self, text: str) -> Iterator[_Group]:
        """What is written as one word, in order: hyphenated tokens together, every other token alone."""
        group: list[RawToken] = []
        for raw in raw_tokens(text):
            if group and not raw.hyphenated:
                yield from self._grouped(text, group)
                group = []
            group.append(raw)
        if group:
            yield from self._grouped(text, group)

    def _grouped(self, text: str, raws: list[RawToken]) -> Iterator[_Group]:
        parts: list[_Part] = []
        for raw in raws:
            parts.extend(self._parts(text, raw))
        if not parts:
            return
        joined: tuple[str, ...] = ()
        if 2 <= len(raws) <= _MAX_JOINED_PARTS and all(raw.kind == "word" for raw in raws):
            joined = self._word_terms("".join(text[raw.startchar : raw.endchar] for raw in raws))
        yield _Group(parts, joined)

    def _parts(self, text: str, raw: RawToken) -> list[_Part]:
        """The positions that one raw token takes."""
        kind, start, end, _ = raw
        piece = text[start:end]
        if kind == "word":
            terms = self._word_terms(piece)
            if piece.isascii() or all(_is_plain(term) for term in terms):
                return [_Part(terms, start, end)] if terms else []
            # A letter that is short for several words ("½", "㎏", "№"): what it stands for, all at its place.
            return [_Part(self._word_terms(token.term), start, end) for token in self.tokens(fold(piece))]
        if kind == "number":
            return [_Part((term,), start, end) for term in self._number_terms(piece)]
        if kind == "unspaced":
            return _pairs(piece, start)
        if kind in ("acronym", "ampersand"):
            piece = _APOSTROPHE.split(piece)[0]
        if kind == "acronym":
            piece = piece.replace(".", "").replace("．", "")
        return [_Part((fold(piece).replace("♯", "#")[:_MAX_TERM_CHARS],), start, end)]

    def _word_terms(self, word: str) -> tuple[str, ...]:
        """The terms of a word as printed, the one that every spelling of it has first."""
        known = self._terms_of_word.get(word)
        if known is not None:
            return known
        terms = self._analyze_word(word)
        if len(self._terms_of_word) >= _MAX_CACHED_WORDS:
            self._terms_of_word.clear()
        self._terms_of_word[word] = terms
        return terms

    def _analyze_word(self, word: str) -> tuple[str, ...]:
        printed = self._without_apostrophes(word)
        folded = fold(printed)[:_MAX_TERM_CHARS]
        if not folded or self._stem is None or folded.endswith("++"):
            return (folded,) if folded else ()
        with self._lock:
            terms = [self._stem(folded)]
            if self._accents_matter and has_accents(printed):
                composed = unicodedata.normalize("NFKC", printed).lower()[:_MAX_TERM_CHARS]
                terms.append(fold(self._stem(composed)))
        return tuple(dict.fromkeys(term for term in terms if term))

    def _without_apostrophes(self, word: str) -> str:
        pieces = _APOSTROPHE.split(word)
        if len(pieces) == 1:
            return word
        if pieces[-1] in ("s", "S"):
            pieces.pop()
        elif fold(pieces[0]) in self._elisions:
            pieces.pop(0)
        return "".join(pieces)

    def _number_terms(self, number: str) -> list[str]:
        """A number as one term without separators, decimals after a dot; what is no number by its figures."""
        if not number.isascii():
            number = "".join(str(unicodedata.decimal(char, char)) for char in number)
        if number.isdecimal():
            return [number[:_MAX_TERM_CHARS]]
        whole, decimal_mark, fraction = number.rpartition(self._decimal)
        if not decimal_mark or not fraction.isdecimal():
            whole, decimal_mark, fraction = number, "", ""
        match = _GROUPS.fullmatch(whole)
        if match and match["mark"] != self._decimal:
            whole = whole.replace(match["mark"], "")
        if whole.isdecimal():
            return [f"{whole}.{fraction}"[:_MAX_TERM_CHARS] if fraction else whole[:_MAX_TERM_CHARS]]
        return re.findall(r"\d+", number)


def _is_plain(term: str) -> bool:
    """Whether the tokenizer takes the term for one word again."""
    raws = list(raw_tokens(term))
    return len(raws) == 1 and (raws[0].startchar, raws[0].endchar) == (0, len(term)) and raws[0].kind == "word"


def _pairs(run: str, start: int) -> list[_Part]:
    """Overlapping pairs of characters, as they are once composed; a character alone stands for itself."""
    characters: list[tuple[str, int, int]] = []
    for cluster, cluster_start, cluster_end in _clusters(run, start):
        characters.extend((char, cluster_start, cluster_end) for char in fold(cluster))
    if len(characters) == 1:
        char, char_start, char_end = characters[0]
        return [_Part((char,), char_start, char_end)]
    return [
        _Part((first[0] + second[0],), first[1], second[2])
        for first, second in zip(characters, characters[1:], strict=False)
    ]


def _clusters(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The run in pieces that compose on their own: a character with its marks, the letters of a syllable."""
    if unicodedata.is_normalized("NFKC", run):
        for place, char in enumerate(run, start):
            yield char, place, place + 1
        return
    begin = 0
    for place in range(1, len(run) + 1):
        if place == len(run) or not _continues(run[place]):
            yield run[begin:place], start + begin, start + place
            begin = place


def _continues(char: str) -> bool:
    # Vowels and finals of Hangul syllables, and the half-width voicing marks of kana, compose with what is before.
    return unicodedata.category(char)[0] in "MC" or "\u1160" <= char <= "\u11ff" or char in "\uff9e\uff9f"


@lru_cache(maxsize=64)
def analyzer_for(language: str) -> Analyzer:
    """The analyzer of a language, by code ("en", "de", "ja", "none"); the same object for the same code.

    Raises:
        SettingError: The code is none that is known; it lists those that are.
    """
    return Analyzer(language)
