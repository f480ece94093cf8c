"""Text → raw tokens: where the words are, before anything is said about which words they are.

The rules, in the order in which they are tried at each character:

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
from functools import cache
from typing import Final, Literal, NamedTuple

from searchlib.analysis.characters import APOSTROPHES, DASHES, EMOJI, MARKS, SYMBOLS, UNSPACED

__all__ = ["Kind", "RawToken", "raw_tokens"]

Kind = Literal["acronym", "ampersand", "sharp", "word", "plus", "number", "symbol", "unspaced", "emoji"]

# Texts of such characters only, as most are in most alphabets of Europe, have rules of their own that say the same of
# them: those for all characters take as long to compile as the rest of the package takes to import.
_NARROW_RANGES: Final = (("\0", "\u02ff"), ("\u2010", "\u2027"))
_NARROW: Final = re.compile("[\0-\u02ff\u2010-\u2027]*")
# In a class that has none of them.
_NOT_NARROW: Final = "\U0010ffff"


@cache
def _rules(*, narrow: bool) -> re.Pattern[str]:
    """The rules, for all texts or for narrow ones."""
    marks, symbols, unspaced, emoji = (
        _narrowed(chars) if narrow else chars for chars in (MARKS, SYMBOLS, UNSPACED, EMOJI)
    )
    # \w without digits; two of the apostrophes are letters to Unicode.
    letter = rf"[^\W\d_{symbols}{unspaced}\u02bb\u02bc]"
    marked_letter = rf"(?: {letter} [{marks}]* )"
    letters = rf"(?: {letter} (?: {letter} | [{marks}] | (?<=[lL])[\u00b7\u0387](?=[lL]) )* )"
    possessive = rf"(?: [{APOSTROPHES}] [sS] (?! \w ) )"
    return re.compile(
        rf"""
          (?P<acronym>   {marked_letter} (?: [.．] {marked_letter} )+ (?! {letter} | [{marks}] | \d )
                         [.．]? {possessive}? )
        | (?P<ampersand> {marked_letter}{{1,2}} (?: [&＆] {marked_letter}{{1,2}} )+ (?! {letter} | [{marks}] )
                         {possessive}? )
        | (?P<sharp>     {marked_letter} [\#＃♯] (?! {letter} | \d ) {possessive}? )
        | (?P<word>      {letters} (?: [{APOSTROPHES}] {letters} )* )
            (?P<plus>    (?: \+\+ | ＋＋ ) (?! [+＋] | {letter} ) {possessive}? )?
        | (?P<number>    \d+ (?: [.,．，٫٬{APOSTROPHES}\u00a0\u2007\u2009\u202f] \d+ )* )
        | (?P<symbol>    [{symbols}] )
        | (?P<unspaced>  [{unspaced}] [{unspaced}{marks}]* )
        | (?P<emoji>     [{emoji}] )
        """,
        re.VERBOSE,
    )


def _narrowed(chars: str) -> str:
    """Of a class, the inside of ``[...]``, what narrow texts can have."""
    plain = chars.encode("ascii").decode("unicode_escape") if chars.isascii() else chars
    ranges = [(first, last or first) for first, last in re.findall("(.)(?:-(.))?", plain, re.DOTALL)]
    shared = [
        f"{max(first, low)}-{min(last, high)}"
        for first, last in ranges
        for low, high in _NARROW_RANGES
        if first <= high and low <= last
    ]
    return "".join(shared) or _NOT_NARROW


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
    narrow = text.isascii() or _NARROW.fullmatch(text) is not None
    new = tuple.__new__
    for match in _rules(narrow=narrow).finditer(text):
        start, end = match.span()
        hyphenated = start == last_end + 1 and _DASH.match(text, last_end) is not None
        # Without the call that a class of Python's makes for it.
        yield new(RawToken, (match.lastgroup, start, end, hyphenated))
        last_end = end
