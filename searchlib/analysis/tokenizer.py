"""Text → raw tokens: where the words are, whatever words they are.

The rules, in the order in which they are tried at each character:

    acronym     letters with dots between them                     U.S.  e.g.  J.K  J. K.
    ampersand   one or two letters, &, one or two letters          AT&T  R&D  AT & T
    sharp       one letter and #                                   C#
    word        letters, with apostrophes inside                   Russia’s  don't  l’homme
    plus        a word and ++                                      C++
    mixed       letters and then digits, or both in turn           A10  covid19  H1N1
    spaced      a number with spaces between thousands             10 000
    measure     digits and then letters, or a possessive           10km  20th  747’s
    number      digits, with single separators inside              10,000  3.5  10’000
    symbol      one character that is short for others             ½  №  ㎏
    unspaced    a run of a script written without spaces           北京大学
    emoji       one picture

Acronym, ampersand, sharp, plus, mixed, measure and number may have a possessive at the end
(AT&T’s). Everything else separates. Digits with separators inside are a number and nothing else:
"3.5m" is two tokens. "Letter" means a letter with all its marks. The dot between two l's in Catalan
(col·lecció) is a mark too. Tokens are pieces of the text; nothing is changed here.

No rule looks across white space but three, across a single space each; `pieces` cuts a text so
that no token reaches across two pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from searchlib.analysis.characters import APOSTROPHES, DASHES, EMOJI, MARKS, SYMBOLS, UNSPACED

__all__ = ["Kind", "RawToken", "raw_tokens"]

Kind = Literal[
    "acronym",
    "ampersand",
    "sharp",
    "word",
    "plus",
    "mixed",
    "spaced",
    "measure",
    "number",
    "symbol",
    "unspaced",
    "emoji",
]
#: What stands between a token and the one before: exactly one dash, exactly one dot, or anything else.
Link = Literal["-", ".", ""]

# Texts of these characters only have rules of their own, which give the same tokens. Most texts in European alphabets
# are such. The rules for all characters take as long to compile as the rest of the package takes to import.
_NARROW_RANGES: Final = (("\0", "\u02ff"), ("\u2010", "\u2027"))
_NARROW: Final = re.compile("[\0-\u02ff\u2010-\u2027]*")
# Stands for a class that has no such character: it matches nothing.
_NOT_NARROW: Final = "\U0010ffff"


@cache
def _rules(*, narrow: bool) -> re.Pattern[str]:
    """The rules as one pattern, for all texts or for those of narrow characters."""
    marks, symbols, unspaced, emoji = (
        _narrowed(chars) if narrow else chars for chars in (MARKS, SYMBOLS, UNSPACED, EMOJI)
    )
    # \w without digits; two of the apostrophes are letters to Unicode.
    letter = rf"[^\W\d_{symbols}{unspaced}\u02bb\u02bc]"
    marked_letter = rf"(?: {letter} [{marks}]* )"
    letters = rf"(?: {letter} (?: {letter} | [{marks}] | (?<=[lL])[\u00b7\u0387](?=[lL]) )* )"
    separator = rf"[.,．，٫٬{APOSTROPHES}\u00a0\u2007\u2009\u202f]"
    possessive = rf"(?: [{APOSTROPHES}] [sS] (?! \w ) )"
    return re.compile(
        rf"""
          (?P<acronym>   {marked_letter}
                         (?: (?: [.．] {marked_letter} )+ (?! {letter} | [{marks}] | \d )
                           | (?: [.] [ ] {marked_letter} (?= [.] (?! {letter} | \d ) ) )+ )
                         [.．]? {possessive}? )
        | (?P<ampersand> (?: {marked_letter}{{1,2}} (?: [&＆] {marked_letter}{{1,2}} )+ | [A-Za-z]{{1,2}} [ ]&[ ] [A-Za-z]{{1,2}} )
                         (?! {letter} | [{marks}] ) {possessive}? )
        | (?P<sharp>     {marked_letter} [\#＃♯] (?! {letter} | \d ) {possessive}? )
        | (?P<word>      {letters} (?: [{APOSTROPHES}] {letters} )* )
            (?: (?P<plus> (?: \+\+ | ＋＋ ) (?! [+＋] | {letter} ) {possessive}? )
              | (?! \d+ {separator} \d ) (?P<mixed> \d (?: {letters} | \d )* {possessive}? ) )?
        | (?P<spaced>    [1-9][0-9]{{0,2}} (?: [ ] [0-9]{{3}} )+ (?! \d ) (?: {separator} \d+ )* )
        | (?P<measure>   \d+ (?: {letters} (?: {letters} | \d )* {possessive}? | {possessive} ) )
        | (?P<number>    \d+ (?: {separator} \d+ )* {possessive}? )
        | (?P<symbol>    [{symbols}] )
        | (?P<unspaced>  [{unspaced}] [{unspaced}{marks}]* )
        | (?P<emoji>     [{emoji}] )
        """,
        re.VERBOSE,
    )


def _narrowed(chars: str) -> str:
    """The part of a class, the inside of ``[...]``, that narrow texts can have."""
    plain = chars.encode("ascii").decode("unicode_escape") if chars.isascii() else chars
    ranges = [(first, last or first) for first, last in re.findall("(.)(?:-(.))?", plain, re.DOTALL)]
    shared = [
        f"{max(first, low)}-{min(last, high)}"
        for first, last in ranges
        for low, high in _NARROW_RANGES
        if first <= high and low <= last
    ]
    return "".join(shared) or _NOT_NARROW


_LINK: Final = re.compile(f"(?P<dash>[{DASHES}])|[.．]")


class RawToken(NamedTuple):
    """A token as it stands in the text, the rule that found it, and what stands before it."""

    kind: Kind
    startchar: int
    endchar: int
    link: Link


def raw_tokens(text: str) -> Iterator[RawToken]:
    """Every token of the text, in order, none overlapping another."""
    last_end = -2
    narrow = text.isascii() or _NARROW.fullmatch(text) is not None
    new = tuple.__new__
    for match in _rules(narrow=narrow).finditer(text):
        start, end = match.span()
        link = ""
        if start == last_end + 1 and (between := _LINK.match(text, last_end)):
            link = "-" if between.lastgroup else "."
        # Faster than the constructor of a named tuple.
        yield new(RawToken, (match.lastgroup, start, end, link))
        last_end = end
