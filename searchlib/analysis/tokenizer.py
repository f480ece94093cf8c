"""Text → raw tokens: where the words are, before anything is said about which words they are.

The rules, in the order in which they are tried at each place:

    acronym     letters with dots between them                    U.S.  e.g.  J.K
    ampersand   one or two letters, &, one or two letters         AT&T  R&D
    sharp       one letter and #                                  C#
    word        letters, with apostrophes inside, ++ at the end   Russia’s  don't  C++
    number      digits, with single separators inside             10,000  3.5
    unspaced    a run of a script written without spaces          北京大学
    emoji       one picture

Everything else separates. A word ends where a digit begins, and the other way round
("COVID19" is two tokens). Tokens are pieces of the original text; nothing is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from searchlib.analysis.characters import APOSTROPHES, DASHES, EMOJI, MARKS, UNSPACED

__all__ = ["Kind", "RawToken", "raw_tokens"]

Kind = Literal["acronym", "ampersand", "sharp", "word", "number", "unspaced", "emoji"]

_LETTER: Final = rf"[^\W\d_{UNSPACED}]"
# A letter and whatever continues it: an accent of its own, a soft hyphen.
_LETTERS: Final = rf"{_LETTER}(?:{_LETTER}|[{MARKS}])*"
_POSSESSIVE: Final = rf"(?: [{APOSTROPHES}] [sS] (?! \w ) )"
_TOKEN = re.compile(
    rf"""
      (?P<acronym>   {_LETTER} (?: [.．] {_LETTER} )+ (?! {_LETTER} | [{MARKS}] | \d ) [.．]? {_POSSESSIVE}? )
    | (?P<ampersand> {_LETTER}{{1,2}} (?: [&＆] {_LETTER}{{1,2}} )+ (?! {_LETTER} | [{MARKS}] ) {_POSSESSIVE}? )
    | (?P<sharp>     {_LETTER} [#♯] (?! {_LETTER} | \d ) )
    | (?P<word>      {_LETTERS} (?: [{APOSTROPHES}] {_LETTERS} )* (?: \+\+ (?! [\w+] ) )? )
    | (?P<number>    \d+ (?: [.,{APOSTROPHES}\u00a0\u2009\u202f] \d+ )* )
    | (?P<unspaced>  [{UNSPACED}] [{UNSPACED}{MARKS}]* )
    | (?P<emoji>     [{EMOJI}] )
    """,
    re.VERBOSE,
)
_DASH = re.compile(f"[{DASHES}]")


class RawToken(NamedTuple):
    """A piece of text that is a token, and which rule says so.

    `hyphenated` tells that exactly one dash stands between it and the token before.
    """

    kind: Kind
    startchar: int
    endchar: int
    hyphenated: bool


def raw_tokens(text: str) -> Iterator[RawToken]:
    """Every token of the text, in order, none overlapping another."""
    last_end = -2
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        hyphenated = start == last_end + 1 and _DASH.match(text, last_end) is not None
        yield RawToken(match.lastgroup, start, end, hyphenated)  # type: ignore[arg-type]
        last_end = end
