r"""The text of an article as Whoosh's fields: its terms, which words were printed, and where sentences begin.

Whoosh's postings keep where a word begins. How many positions it takes, and as what it was printed, is told by
*companions*: terms of the same field that stand at positions of a term, weigh nothing and count for no length. They
consist of the term, a separator that no word has, and what they tell.

    reelection\x1f2                 "reelection" where it takes two positions
    visit\x1f=visits                "visit" where "visits" is printed
    reelection\x1f=re-election      "reelection" where "re-election" is printed
    reelection\x1f2=re-election     the same where that takes two positions

A codec that keeps printed words and sentences in its own way has the first kind only, from programs that write through
Whoosh, and no field `SENTENCES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, Protocol

from whoosh import fields
from whoosh.analysis import Token as WhooshToken

from searchlib.analysis import Analyzer, Token
from searchlib.analysis.sentences import rules_for
from searchlib.codec import PackedPositions

__all__ = [
    "PARAGRAPH",
    "PRINTED_COMPANION",
    "SENTENCE",
    "SENTENCES",
    "TEXT_BEGINS",
    "ArticleText",
    "SentencesField",
    "TextField",
    "WhooshAnalyzer",
    "add_positions",
    "length_term",
    "printed_term",
    "whoosh_tokens",
]

#: Where sentences and paragraphs begin: a field of every codec, of which Whoosh's programs are not told.
SENTENCES: Final = ".sentences"
#: Its terms in Whoosh's codec: where a sentence begins inside a text; where a paragraph does too; where a text begins,
#: in every article, whatever it has: so a segment tells that all of its articles were indexed with their sentences.
SENTENCE: Final = "sentence"
PARAGRAPH: Final = "paragraph"
TEXT_BEGINS: Final = "text"

#: What a term of Whoosh's codec contains if it tells what another one is printed as; the word follows.
PRINTED_COMPANION: Final = re.compile(rb"\x1f[0-9]*=")


class TextField(fields.FieldType):
    """Title, summary and body as one ranked field. If `printed`, with companions of words as printed.

    A plain string is a text of which a program asks for the words. It has no companions.
    """

    def __init__(self, analyzer: Analyzer, region_weights: Sequence[float], *, printed: bool) -> None:
        super().__init__(PackedPositions(), None, scorable=True)
        #: As Whoosh's programs call it.
        self.analyzer = WhooshAnalyzer(analyzer)
        self._analyzer = analyzer
        self._region_weights = tuple(region_weights)
        self._printed = printed

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, positions) of every term of an `ArticleText` or a string."""
        is_article = isinstance(value, ArticleText)
        text = value if is_article else ArticleText(self._analyzer, "", "", str(value))
        positions: dict[str, list[int]] = {}
        weights: dict[str, float] = {}
        for tokens, base, weight in zip(text.tokens, text.bases, self._region_weights, strict=True):
            add_positions(positions, tokens, base, lengths=is_article)
            if self._printed and is_article:
                _add_printed(positions, tokens, base)
            for token in tokens:
                weights[token.term] = weights.get(token.term, 0.0) + weight
        encode = self.format.encode
        for term, at in positions.items():
            # Whoosh only adds these frequencies up, to the field's length.
            weight = weights.get(term, 0.0)
            yield term.encode("utf-8"), round(weight), weight, encode(at)

    def tokenize(self, value: str, **_: Any) -> Iterator[Any]:
        """Whoosh's tokens of a query's or a hit's text, for programs that use the field through Whoosh."""
        return whoosh_tokens(self._analyzer, value)


class ArticleText:
    """The three texts of an article, analysed: how many positions each takes, and at which it begins in the field."""

    __slots__ = ("_language", "_texts", "bases", "lengths", "tokens")

    def __init__(self, analyzer: Analyzer, title: str, summary: str, body: str) -> None:
        self._language = analyzer.language
        self._texts = (title, summary, body)
        self.tokens = [analyzer.tokens(text) if text else [] for text in self._texts]
        self.lengths = [tokens[-1].position + 1 if tokens else 0 for tokens in self.tokens]
        self.bases = [0, self.lengths[0] + 1, self.lengths[0] + 1 + self.lengths[1] + 1]

    def beginnings(self) -> dict[str, list[int]]:
        """The positions in the field at which something begins, ascending, by term of the field `SENTENCES`."""
        found: dict[str, list[int]] = {SENTENCE: [], PARAGRAPH: [], TEXT_BEGINS: self.bases}
        rules = rules_for(self._language)
        for text, tokens, base in zip(self._texts, self.tokens, self.bases, strict=True):
            sentences = rules.sentences(text)
            # A sentence begins behind the one before it, and with a paragraph where that one ends one.
            waiting = [(after[0], before[2]) for before, after in pairwise(sentences)]
            waiting.reverse()
            for token in tokens:
                ends_paragraph = begins = False
                while waiting and waiting[-1][0] <= token.startchar:
                    begins = True
                    ends_paragraph |= waiting.pop()[1]
                if begins and token.position:
                    found[SENTENCE].append(base + token.position)
                    if ends_paragraph:
                        found[PARAGRAPH].append(base + token.position)
        return found


class SentencesField(fields.FieldType):
    """Where sentences and paragraphs begin in the text of an article. Nothing of it ranks."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), None)

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, positions) of what begins in an `ArticleText`."""
        for term, at in value.beginnings().items():
            if at:
                yield term.encode("ascii"), 0, 0.0, self.format.encode(at)


def length_term(term: str, positions: int) -> str:
    """The term that stands wherever `term` does as a word that takes so many positions, two or more.

    Whoosh's postings keep where a word begins and not where it ends. These terms tell it, and weigh nothing.
    """
    return f"{term}\x1f{positions}"


def printed_term(term: str, word: str, positions: int = 1) -> str:
    """The term that stands wherever `term` does printed as `word`; of more `positions`, where it takes so many.

    Whoosh's postings do not keep which word was printed. These terms tell it, and weigh nothing.
    """
    return f"{term}\x1f={word}" if positions == 1 else f"{term}\x1f{positions}={word}"


def add_positions(positions: dict[str, list[int]], tokens: Iterable[Token], base: int, *, lengths: bool = True) -> None:
    """Add the positions of tokens, of which the first is `base`, to those of each term; with companions of `lengths`."""
    for token in tokens:
        positions.setdefault(token.term, []).append(base + token.position)
        if lengths and token.positions > 1:
            positions.setdefault(length_term(token.term, token.positions), []).append(base + token.position)


def _add_printed(positions: dict[str, list[int]], tokens: Iterable[Token], base: int) -> None:
    """As `add_positions`, to those of each term as it is printed. Other forms of a word are printed as nothing."""
    for token in tokens:
        if token.printed:
            positions.setdefault(printed_term(token.term, token.printed), []).append(base + token.position)
            if token.positions > 1:
                longer = printed_term(token.term, token.printed, token.positions)
                positions.setdefault(longer, []).append(base + token.position)


class Tokenizes(Protocol):
    """What gives the tokens of a text or value."""

    def tokens(self, text: str, /) -> list[Token]:
        """All tokens, in order of position."""
        ...


class WhooshAnalyzer:
    """An analyzer as Whoosh calls it: with options that change nothing here."""

    def __init__(self, analyzer: Tokenizes) -> None:
        self._analyzer = analyzer

    def __call__(self, value: str, **_: Any) -> Iterator[Any]:
        """The tokens of a text."""
        return whoosh_tokens(self._analyzer, value)


def whoosh_tokens(analyzer: Tokenizes, text: str) -> Iterator[Any]:
    """The tokens of a text as Whoosh has them."""
    for token in analyzer.tokens(text):
        yield WhooshToken(
            positions=True,
            chars=True,
            text=token.term,
            original=text[token.startchar : token.endchar],
            pos=token.position,
            startchar=token.startchar,
            endchar=token.endchar,
            boost=1.0,
            stopped=False,
        )
