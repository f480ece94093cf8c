"""Query text → tokens: which characters are words, and which are signs of the language.

Any text can be split into tokens. The lexer knows nothing of structure (`repair` mends it,
`parser` reads it) and nothing of words: text between two signs is kept as it was typed. Each
character is read a bounded number of times.

A word ends at a space. Three kinds of words may have single spaces in them, as they may in texts
(`searchlib.analysis.pieces`): initials ("J. K."), names with an ampersand ("AT & T") and numbers
("10 000"). A note says that such a word was read as one.

A backslash makes the sign after it an ordinary character, and the names AND, OR, NOT, NEAR
and PRE words. Before anything else it is an ordinary character itself.
"""

from __future__ import annotations

import enum
import re
from functools import lru_cache
from typing import Final, NamedTuple

from searchlib.query.limits import MAX_BOOST, MAX_DISTANCE, MAX_QUERY_CHARS, MAX_QUERY_CLAUSES, MIN_BOOST
from searchlib.query.nodes import SEARCH_FIELDS
from searchlib.query.reports import Reports, excerpt

__all__ = ["DATE_FIELDS", "QUOTES", "SPACED_WORD", "VERBATIM_FIELDS", "Kind", "Token", "lex"]

#: Fields whose value is a date.
DATE_FIELDS: Final = ("date", "since", "until", "before", "after")

#: Fields whose value is read without signs, because addresses are full of them.
VERBATIM_FIELDS: Final = ("id", "url", *DATE_FIELDS)

#: Any of these opens a phrase, and any of these closes it.
QUOTES: Final = '"“”„‟«»＂'

_FIELD_NAMES: Final = {
    **{name: name for name in (*SEARCH_FIELDS, *DATE_FIELDS)},
    "intitle": "title",
    "headline": "title",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "source": "publisher",
    "tags": "tag",
    "keyword": "tag",
    "topic": "tag",
    "lang": "language",
    "site": "url",
}


class Kind(enum.Enum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    STAR = "*"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    PLUS = "+"
    FIELD = "field:"
    NEAR = "NEAR"
    END = "end"

    # Members are compared by identity, so this hash is right. Enum's own, of the name, takes ten times as long.
    __hash__ = object.__hash__


class Token(NamedTuple):
    """One sign or one word.

    Attributes:
        kind: Which sign, or that it is a word or a phrase.
        text: The word or phrase without escapes; the name of a field; a sign as it was written.
        start: Where it stands in the query, in characters; `end` likewise, not included.
        number: Slop of a phrase, distance of NEAR.
        ordered: Whether NEAR keeps the order.
        boost: The weight written after it; None if there is none.
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: int = 0
    ordered: bool = False
    boost: float | None = None


_NUMBER: Final = r"(\d{1,12}(?:\.\d{1,12})?|\.\d{1,12})"
_SPACE = re.compile(r"\s+")
_PREFIX = re.compile(r"[-+](?=[^\s)|+-])")
_FIELD = re.compile(r"([A-Za-z]{2,20}):")
# A space after the colon is skipped if only the field's value can follow.
_VALUE_AFTER_SPACE = re.compile(r"[ \t]+(?=[^\s)|])(?!(?:AND|OR|NOT)(?:[\s()|]|$))(?![A-Za-z]{1,20}[:/])")
_DATE_AFTER_SPACE = re.compile(rf"[ \t]+(?=[\d<>{QUOTES}]|\.\.|today|yesterday)")
_PHRASE = re.compile(rf"(=?)[{QUOTES}]((?:\\[\\{QUOTES}]|[^{QUOTES}])*)([{QUOTES}]?)")
_PHRASE_SUFFIX = re.compile(rf"(?:~(\d{{1,6}}))?(?:\^{_NUMBER})?")
_REGEX = re.compile(r"/((?:\\.|[^/\\\s]){1,256})/(?=[\s)]|$)")
_OPEN = re.compile(r"\(")
_CLOSE = re.compile(rf"\)(?:\^{_NUMBER})?")
_PIPES = re.compile(r"\|+")
# Nearly every clause that people write. It has no sign in it, but may be the name of an operator as a whole.
_PLAIN_WORD = re.compile(r"\w+(?!\S)")
#: A word with spaces in it, and the weight after it.
SPACED_WORD: Final = re.compile(
    rf"((?:[^\W\d_]\. ){{1,3}}[^\W\d_]\.|[A-Za-z]{{1,2}} & [A-Za-z]{{1,2}}"
    rf"|[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{1,3}}(?:[.,][0-9]+)?)"
    rf"(?:\^{_NUMBER})?(?=[\s)|]|$)"
)
# The longest word that one with spaces in it may begin with, and that is a plain word itself.
_MAX_SPACED_BEGIN: Final = 3
_CHUNK = re.compile(rf"(?:\\.|[^\s()|{QUOTES}])+", re.DOTALL)

_ESCAPE = re.compile(rf"\\([\s\\()|*?^~:/+={QUOTES}-])")
_PHRASE_ESCAPE = re.compile(rf"\\([\\{QUOTES}])")
_ESCAPED_NAME = re.compile(rf"\\(?:AND|OR|NOT|NEAR|PRE)(?:\^{_NUMBER})?")

_BOOSTED = re.compile(rf"(.+?)\^{_NUMBER}", re.DOTALL)
_FUZZY = re.compile(r"(.*\w)~\d?", re.DOTALL)
_PATTERN = re.compile(r"[\w'’.*?-]+")
_PATTERN_SIGN = re.compile(r"\w\*|\*\w|\w\?\w")
_PATTERN_PIECE = re.compile(r"[^*?]+")
_REGEX_PIECE = re.compile(r"[\w'’-]+")
_NEAR = re.compile(r"(near|pre|w)/(\d{1,6})", re.IGNORECASE)
_BAD_NEAR = re.compile(r"(NEAR|PRE)(?:/.*)?", re.DOTALL)
_NAMES: Final = frozenset({"AND", "OR", "NOT", "NEAR", "PRE"})
_OPERATORS: Final = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_OPERANDS: Final = frozenset({Kind.WORD, Kind.PHRASE, Kind.STAR})


def lex(text: str, reports: Reports) -> list[Token]:
    """All tokens of the text in order, up to the limits of a query.

    Args:
        text: Any text without surrogates.
        reports: Collects what was read differently from how it is written.
    """
    if len(text) > MAX_QUERY_CHARS:
        reports.doubt(
            f"a query is read up to {MAX_QUERY_CHARS:,} characters; the rest was left out", MAX_QUERY_CHARS, len(text)
        )
    return _Lexer(text[:MAX_QUERY_CHARS], reports).run()


class _Lexer:
    def __init__(self, text: str, reports: Reports) -> None:
        self._text = text
        self._reports = reports
        self._at = 0

    def run(self) -> list[Token]:
        tokens: list[Token] = []
        clauses = 0
        self._skip(_SPACE)
        while self._at < len(self._text):
            start = self._at
            clause = self._clause()
            clauses += clause[-1].kind in _OPERANDS
            if clauses > MAX_QUERY_CLAUSES:
                self._reports.doubt(
                    f"a query has up to {MAX_QUERY_CLAUSES:,} words, phrases and dates; the rest was left out",
                    start,
                    len(self._text),
                )
                break
            tokens.extend(clause)
            self._skip(_SPACE)
        return tokens

    def _clause(self) -> list[Token]:
        """The tokens up to and with the next word, phrase or sign; at least one."""
        start = self._at
        if (match := _PLAIN_WORD.match(self._text, start)) and match[0] not in _NAMES:
            end = match.end()
            if end - start > _MAX_SPACED_BEGIN or not SPACED_WORD.match(self._text, start):
                self._at = end
                return [Token(Kind.WORD, match[0], start, end)]
        if match := self._skip(_PIPES):
            return [Token(Kind.OR, match[0], start, self._at)]
        if match := self._skip(_CLOSE):
            return [Token(Kind.CLOSE, ")", start, self._at, boost=self._boost(match[1], start))]
        tokens: list[Token] = []
        field = None
        self._prefix_into(tokens)
        if match := _FIELD.match(self._text, self._at):
            field = _FIELD_NAMES.get(match[1].lower())
            if field is None:
                self._doubt_field(match)
            elif not self._enter_field(match, field):
                word = Token(Kind.WORD, match[0], match.start(), match.end())
                return [*tokens, word]
            else:
                tokens.append(Token(Kind.FIELD, field, match.start(), match.end()))
                if field not in VERBATIM_FIELDS:
                    self._prefix_into(tokens)
        start = self._at
        if self._skip(_OPEN):
            tokens.append(Token(Kind.OPEN, "(", start, self._at))
        else:
            tokens.append(self._operand(field, bare=not tokens))
        return tokens

    def _prefix_into(self, tokens: list[Token]) -> None:
        # A sign stands at the beginning of a word or parenthesis. The one in "(Reuters)-Kim" is a dash.
        before = self._text[self._at - 1] if self._at else " "
        if not (before.isspace() or before in "(|:"):
            return
        start = self._at
        if match := self._skip(_PREFIX):
            kind = Kind.NOT if match[0] == "-" else Kind.PLUS
            tokens.append(Token(kind, match[0], start, self._at))

    def _enter_field(self, name: re.Match[str], field: str) -> bool:
        """Skip the name and its colon, up to the value. Returns whether there is a value."""
        self._at = name.end()
        space = _DATE_AFTER_SPACE if field in DATE_FIELDS else _VALUE_AFTER_SPACE
        if match := self._skip(space):
            self._reports.note(
                f"{name[0]} was read together with what follows; write no space after it", name.start(), match.end()
            )
        following = self._text[self._at : self._at + 1]
        if following and not following.isspace() and following not in ")|":
            return True
        self._reports.doubt(
            f"{name[0]} has nothing after it, so it was searched for as a word; write {name[0]}"
            f"{'2023-09-11' if field in DATE_FIELDS else 'word'}",
            name.start(),
            name.end(),
        )
        return False

    def _doubt_field(self, name: re.Match[str]) -> None:
        suggestion = _similar_field(name[1].lower())
        following = self._text[name.end() : name.end() + 1]
        if suggestion and following and not following.isspace():
            self._reports.doubt(
                f"there is no field {name[0]} so it was searched for as a word; did you mean {suggestion}:?",
                name.start(),
                name.end(),
            )

    def _operand(self, field: str | None, *, bare: bool) -> Token:
        if match := self._skip(_PHRASE):
            return self._phrase(match)
        if field not in VERBATIM_FIELDS and (match := self._skip(_REGEX)):
            return self._pattern("regular expressions", _REGEX_PIECE.findall(match[1]), match[0], match.start())
        if field not in VERBATIM_FIELDS and (match := self._skip(SPACED_WORD)):
            return self._spaced_word(match)
        match = self._skip(_CHUNK)
        # Spaces, parentheses, bars and quotation marks were read before, so what is left is a chunk.
        assert match is not None
        return self._chunk(match, field, bare=bare)

    def _phrase(self, match: re.Match[str]) -> Token:
        start = match.start()
        body = _PHRASE_ESCAPE.sub(r"\1", match[2])
        if not match[3]:
            self._reports.doubt(
                "this quotation mark is never closed, so the phrase goes on to the end; write another after its last word",
                start,
                start + len(match[1]) + 1,
            )
        suffix = self._skip(_PHRASE_SUFFIX)
        assert suffix is not None
        if match[1]:
            self._reports.doubt(
                f"exact words are not answered yet: searched for the phrase {excerpt(body)}, in all forms of its words",
                start,
                match.end(),
            )
        slop = self._bounded(int(suffix[1] or 0), "the number after ~", 0, start)
        return Token(Kind.PHRASE, body, start, self._at, number=slop, boost=self._boost(suffix[2], start))

    def _spaced_word(self, match: re.Match[str]) -> Token:
        first, _, rest = match[1].partition(" ")
        self._reports.note(
            f"{excerpt(match[1])} was read as one word; write {first} AND {rest.removeprefix('& ')} for more than one",
            match.start(),
            match.end(1),
        )
        return Token(Kind.WORD, match[1], match.start(), self._at, boost=self._boost(match[2], match.start()))

    def _chunk(self, match: re.Match[str], field: str | None, *, bare: bool) -> Token:
        plain, signs = _without_escapes(match[0])
        start, end = match.span()
        if field in VERBATIM_FIELDS:
            return Token(Kind.STAR if signs == "*" else Kind.WORD, plain, start, end)
        if bare and (operator := self._operator(signs, start, end)):
            return operator
        boost = None
        if "^" in signs and (weighted := _BOOSTED.fullmatch(signs)):
            boost = self._boost(weighted[2], start)
            signs = weighted[1]
            plain = plain[: len(signs)]
        if signs == "*":
            return Token(Kind.STAR, "*", start, end, boost=boost)
        if "~" in signs and (fuzzy := _FUZZY.fullmatch(signs)):
            return self._pattern("fuzzy words", [plain[: len(fuzzy[1])]], match[0], start, boost=boost)
        pattern = signs.rstrip(",;:!.?")
        if _PATTERN.fullmatch(pattern) and _PATTERN_SIGN.search(pattern):
            pieces = [plain[slice(*piece.span())] for piece in _PATTERN_PIECE.finditer(pattern)]
            return self._pattern("patterns", pieces, match[0], start, boost=boost)
        return Token(Kind.WORD, plain, start, end, boost=boost)

    def _operator(self, signs: str, start: int, end: int) -> Token | None:
        if kind := _OPERATORS.get(signs):
            return Token(kind, signs, start, end)
        if near := _NEAR.fullmatch(signs):
            distance = self._bounded(int(near[2]), f"the distance of {near[1].upper()}", 1, start)
            return Token(Kind.NEAR, signs, start, end, number=distance, ordered=near[1].lower() == "pre")
        if wrong := _BAD_NEAR.fullmatch(signs):
            self._reports.doubt(f"{wrong[1]} needs a distance in words; write {wrong[1]}/5", start, end)
        return None

    def _pattern(self, what: str, pieces: list[str], written: str, start: int, *, boost: float | None = None) -> Token:
        """The words of a construct that the language has and no index answers yet."""
        text = " ".join(pieces) or written
        kind = Kind.WORD if len(pieces) < 2 else Kind.PHRASE
        self._reports.doubt(
            f"{what} are not answered yet: searched for the {kind.value} {excerpt(text)}", start, self._at
        )
        return Token(kind, text, start, self._at, boost=boost)

    def _bounded(self, number: int, what: str, least: int, start: int) -> int:
        bounded = min(max(number, least), MAX_DISTANCE)
        if bounded != number:
            self._reports.doubt(f"{what} is from {least} to {MAX_DISTANCE}; read as {bounded}", start, self._at)
        return bounded

    def _boost(self, written: str | None, start: int) -> float | None:
        if written is None:
            return None
        factor = float(written)
        bounded = min(max(factor, MIN_BOOST), MAX_BOOST)
        if bounded != factor:
            self._reports.doubt(
                f"a weight is from {MIN_BOOST:g} to {MAX_BOOST:g}; ^{written} was read as ^{bounded:g}", start, self._at
            )
        return bounded

    def _skip(self, what: re.Pattern[str]) -> re.Match[str] | None:
        match = what.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match


def _without_escapes(raw: str) -> tuple[str, str]:
    """The text without escapes, and the same with a letter for each escaped character, for finding signs."""
    if "\\" not in raw:
        return raw, raw
    if _ESCAPED_NAME.fullmatch(raw):
        return raw[1:], f"x{raw[2:]}"
    return _ESCAPE.sub(r"\1", raw), _ESCAPE.sub("x", raw)


@lru_cache(maxsize=1024)
def _similar_field(name: str) -> str | None:
    if len(name) < 3:
        return None
    import difflib  # Only mistyped queries need it.

    return next(iter(difflib.get_close_matches(name, _FIELD_NAMES, n=1, cutoff=0.8)), None)
