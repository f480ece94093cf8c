"""Text → raw tokens: where the words are, before anything is said about which words they are.

The rules, in the order in which they are tried at each place:

    acronym     letters with dots between them                     U.S.  e.g.  J.K
    ampersand   one or two letters, &, one or two letters          AT&T  R&D
    sharp       one letter and #                                   C#
    word        letters, with apostrophes inside                   Russia’s  don't  l’homme
    plus        a word and ++                                      C++
    number      digits, with single separators inside              10,000  3.5  10’000
    symbol      one character that is short for others             ½  №  ㎏
    unspaced    a run of a script written without spaces           北京大学
    emoji       one picture

Acronym, ampersand, sharp and plus may have a possessive at the end (AT&T’s). Everything else
separates. A word ends where a digit begins, and the other way round ("COVID19" is two tokens).
A letter, wherever one is asked for, is a letter with all its marks; the dot between two l's, as
Catalan has it (col·lecció), is a mark too. Tokens are pieces of the text: nothing is changed here.

No rule looks across white space, so that the tokens of a text are those of its pieces between
spaces, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from searchlib.analysis.characters import APOSTROPHES, DASHES, EMOJI, MARKS, SYMBOLS, UNSPACED

__all__ = ["Kind", "RawToken", "raw_tokens"]

Kind = Literal["acronym", "ampersand", "sharp", "word", "plus", "number", "symbol", "unspaced", "emoji"]

# \w without digits; two of the apostrophes are letters to Unicode.
_LETTER: Final = rf"[^\W\d_{SYMBOLS}{UNSPACED}\u02bb\u02bc]"
_MARKED_LETTER: Final = rf"(?: {_LETTER} [{MARKS}]* )"
_LETTERS: Final = rf"(?: {_LETTER} (?: {_LETTER} | [{MARKS}] | (?<=[lL])[\u00b7\u0387](?=[lL]) )* )"
_POSSESSIVE: Final = rf"(?: [{APOSTROPHES}] [sS] (?! \w ) )"
_TOKEN: Final = re.compile(
    rf"""
      (?P<acronym>   {_MARKED_LETTER} (?: [.．] {_MARKED_LETTER} )+ (?! {_LETTER} | [{MARKS}] | \d )
                     [.．]? {_POSSESSIVE}? )
    | (?P<ampersand> {_MARKED_LETTER}{{1,2}} (?: [&＆] {_MARKED_LETTER}{{1,2}} )+ (?! {_LETTER} | [{MARKS}] )
                     {_POSSESSIVE}? )
    | (?P<sharp>     {_MARKED_LETTER} [\#＃♯] (?! {_LETTER} | \d ) {_POSSESSIVE}? )
    | (?P<word>      {_LETTERS} (?: [{APOSTROPHES}] {_LETTERS} )* )
        (?P<plus>    (?: \+\+ | ＋＋ ) (?! [+＋] | {_LETTER} ) {_POSSESSIVE}? )?
    | (?P<number>    \d+ (?: [.,．，٫٬{APOSTROPHES}\u00a0\u2007\u2009\u202f] \d+ )* )
    | (?P<symbol>    [{SYMBOLS}] )
    | (?P<unspaced>  [{UNSPACED}] [{UNSPACED}{MARKS}]* )
    | (?P<emoji>     [{EMOJI}] )
    """,
    re.VERBOSE,
)
_DASH: Final = re.compile(f"[{DASHES}]")


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
