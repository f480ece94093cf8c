"""Query text → tokens: which characters are words, and which are signs of the language.

Any text can be split into tokens. The lexer knows nothing of structure (`repair` mends it,
`parser` reads it) and nothing of words: text between two signs is kept as it was typed. Each
character is read a bounded number of times.

A word ends at a space. Three kinds of words may have single spaces in them, as they may in texts
(`searchlib.analysis.pieces`): initials ("J. K."), names with an ampersand ("AT & T") and numbers
("10 000"). A note says that such a word was read as one.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.query.chunks import read_chunk
from searchlib.query.field_prefixes import read_field
from searchlib.query.fields import VERBATIM_FIELDS
from searchlib.query.foreign import read_at_least
from searchlib.query.limits import MAX_DISTANCE, MAX_QUERY_CHARS, MAX_QUERY_CLAUSES
from searchlib.query.operators import read_operator
from searchlib.query.reports import Reports, excerpt
from searchlib.query.scanner import Scanner
from searchlib.query.signs import END, NUMBER, OPERANDS, OPERATOR_NAME, QUOTES, SPACED_WORD, Kind, Token

__all__ = ["lex"]

_SPACE: Final = re.compile(r"\s+")
_PREFIX: Final = re.compile(r"[-+](?=[^\s)|+-])")
_PHRASE: Final = re.compile(rf"(=?)[{QUOTES}]((?:\\[\\{QUOTES}]|[^{QUOTES}])*)([{QUOTES}]?)")
_PHRASE_SUFFIX: Final = re.compile(rf"(?:~(\d{{1,6}}))?(?:\^{NUMBER})?(?:~(\d{{1,6}}))?")
_PHRASE_ESCAPE: Final = re.compile(rf"\\([\\{QUOTES}])")
_EXPRESSION: Final = re.compile(rf"/((?:\\.|[^/\\\s]){{1,512}})/(?:\^{NUMBER})?[,;:!.?]?(?=[\s)|]|$)", re.DOTALL)
_OPEN: Final = re.compile(r"\(")
_CLOSE: Final = re.compile(rf"\)(?:\^{NUMBER})?")
_PIPES: Final = re.compile(r"\|+")
# Nearly every clause that people write. It has no sign in it, and is not the name of an operator as a whole.
_PLAIN_WORD: Final = re.compile(rf"(?!(?:{OPERATOR_NAME.pattern}){END})\w+(?!\S)")
# The longest word that one with spaces in it may begin with, and that is a plain word itself.
_MAX_SPACED_BEGIN: Final = 3
_CHUNK: Final = re.compile(rf"(?:\\.|[^\s()|{QUOTES}])+", re.DOTALL)
_ALL_IN_TITLE: Final = re.compile(r"\s*allintitle:\s*(?=[^\s)|])", re.IGNORECASE)
_SMALL_OPERATORS: Final = {"or": "OR", "not": "NOT"}
_NO_PATTERNS: Final = frozenset({*VERBATIM_FIELDS, "language"})


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
    return _Lexer(Scanner(text[:MAX_QUERY_CHARS], reports)).run()


class _Lexer:
    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._text = scanner.text
        self._tokens: list[Token] = []
        self._clauses = 0

    def run(self) -> list[Token]:
        scanner, tokens = self._scanner, self._tokens
        all_in_title = self._all_in_title()
        scanner.skip(_SPACE)
        while scanner.at < len(self._text):
            start = scanner.at
            clause = self._clause()
            self._clauses += clause[-1].kind in OPERANDS
            if self._clauses > MAX_QUERY_CLAUSES:
                scanner.doubt(
                    f"a query has up to {MAX_QUERY_CLAUSES:,} words, phrases and dates; the rest was left out",
                    start,
                    len(self._text),
                )
                break
            tokens.extend(clause)
            scanner.skip(_SPACE)
        if all_in_title:
            tokens.append(Token(Kind.CLOSE, ")", scanner.at, scanner.at))
        self._note_small_operators()
        return tokens

    def _all_in_title(self) -> bool:
        match = self._scanner.skip(_ALL_IN_TITLE)
        if match is None:
            return False
        start, end = match.end() - len(match[0].lstrip()), match.end()
        self._scanner.note("allintitle: was read as title:( ) around all that follows", start)
        self._tokens += [Token(Kind.FIELD, "title", start, end), Token(Kind.OPEN, "(", end, end)]
        return True

    def _clause(self) -> list[Token]:
        """The tokens up to and with the next word, phrase or sign; at least one."""
        scanner, text = self._scanner, self._text
        start = scanner.at
        if match := _PLAIN_WORD.match(text, start):
            end = match.end()
            if end - start > _MAX_SPACED_BEGIN or not SPACED_WORD.match(text, start):
                scanner.at = end
                return [Token(Kind.WORD, match[0], start, end)]
        if match := scanner.skip(_PIPES):
            return [Token(Kind.OR, match[0], start, scanner.at)]
        if match := scanner.skip(_CLOSE):
            return [Token(Kind.CLOSE, ")", start, scanner.at, boost=scanner.boost(match[1], start))]
        if operator := read_operator(scanner, self._tokens[-1] if self._tokens else None):
            return [operator]
        return self._operand_with_prefixes()

    def _operand_with_prefixes(self) -> list[Token]:
        scanner = self._scanner
        tokens: list[Token] = []
        self._prefix_into(tokens)
        name = read_field(scanner)
        if name and name.kind is Kind.WORD:
            return [*tokens, name]
        if name:
            tokens.append(name)
        field = name.text if name and name.kind is Kind.FIELD else None
        if field not in VERBATIM_FIELDS:
            if name:
                self._prefix_into(tokens)
            if at_least := read_at_least(scanner):
                tokens.append(at_least)
                inner = read_field(scanner) if field is None else None
                if inner:
                    tokens.append(inner)
                    field = inner.text if inner.kind is Kind.FIELD else None
                    if inner.kind is Kind.WORD:
                        return tokens
        start = scanner.at
        if scanner.skip(_OPEN):
            tokens.append(Token(Kind.OPEN, "(", start, scanner.at))
        else:
            tokens.append(self._operand(field))
        return tokens

    def _prefix_into(self, tokens: list[Token]) -> None:
        # A sign stands at the beginning of a word or parenthesis. The one in "(Reuters)-Kim" is a dash.
        scanner = self._scanner
        start = scanner.at
        before = self._text[start - 1] if start else " "
        if not (before.isspace() or before in "(|:="):
            return
        if match := scanner.skip(_PREFIX):
            kind = Kind.NOT if match[0] == "-" else Kind.PLUS
            tokens.append(Token(kind, match[0], start, scanner.at))

    def _operand(self, field: str | None) -> Token:
        scanner = self._scanner
        if match := scanner.skip(_PHRASE):
            return self._phrase(match)
        if field not in _NO_PATTERNS:
            if match := scanner.skip(_EXPRESSION):
                boost = scanner.boost(match[2], match.start())
                return Token(Kind.EXPRESSION, match[1], match.start(), scanner.at, boost=boost)
            if match := scanner.skip(SPACED_WORD):
                return self._spaced_word(match)
        match = scanner.skip(_CHUNK)
        # Spaces, parentheses, bars and quotation marks were read before, so what is left is a chunk.
        assert match is not None
        return read_chunk(scanner, match, field, words_before=self._clauses)

    def _phrase(self, match: re.Match[str]) -> Token:
        scanner, start = self._scanner, match.start()
        if not match[3]:
            scanner.doubt(
                "this quotation mark is never closed, so the phrase goes on to the end; write another after its last word",
                start,
                start + len(match[1]) + 1,
            )
        suffix = scanner.skip(_PHRASE_SUFFIX)
        assert suffix is not None
        slop = scanner.bounded(int(suffix[1] or suffix[3] or 0), "the number after ~", 0, MAX_DISTANCE, start)
        boost = scanner.boost(suffix[2], start)
        kind, text = (Kind.EXACT, _PHRASE_ESCAPE.sub(r"\1", match[2])) if match[1] else (Kind.PHRASE, match[2])
        return Token(kind, text, start, scanner.at, number=slop, boost=boost)

    def _spaced_word(self, match: re.Match[str]) -> Token:
        scanner = self._scanner
        first, _, rest = match[1].partition(" ")
        several = f"{first} AND {rest.removeprefix('& ')}"
        scanner.note(
            f"{excerpt(match[1])} was read as one word; write {several} for more than one",
            match.start(),
            match.end(1),
            instead=several,
        )
        return Token(Kind.WORD, match[1], match.start(), scanner.at, boost=scanner.boost(match[2], match.start()))

    def _note_small_operators(self) -> None:
        """Say of the first "or" or "not" between two words that operators are in capitals."""
        tokens = self._tokens
        for number in range(1, len(tokens) - 1):
            token = tokens[number]
            if token.kind is Kind.WORD and token.text in _SMALL_OPERATORS and tokens[number - 1].kind is not Kind.FIELD:
                self._scanner.note(
                    f"'{token.text}' in small letters is a word; the operator is {_SMALL_OPERATORS[token.text]}",
                    token.start,
                    token.end,
                    instead=_SMALL_OPERATORS[token.text],
                )
                return
