"""One word with its signs → a token: weights, exact words, wildcards, fuzzy words, and signs that other systems have.

A chunk is what stands between spaces, parentheses, bars and quotation marks.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.automata import MAX_DISTANCE as MAX_EDITS
from searchlib.query.fields import VERBATIM_FIELDS
from searchlib.query.patterns import FUZZY, wildcard_in
from searchlib.query.reports import excerpt
from searchlib.query.scanner import Scanner
from searchlib.query.signs import NUMBER, Kind, Token, without_escapes

__all__ = ["read_chunk"]

_BOOSTED: Final = re.compile(rf"(.+?)\^{NUMBER}(~\d{{0,6}})?", re.DOTALL)
_EXACT: Final = re.compile(r"=([^\W_].*?)[,;:!.?]*", re.DOTALL)
_STAR_IN_WORD: Final = re.compile(r"\w\*|\*\w")
_TRUNCATED: Final = re.compile(r"([^\W_]+)!", re.DOTALL)
_SMALL_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
# Small letters before it tell a shortened word from an amount of money ("US$5").
_SIGN_IN_WORD: Final = re.compile(r"[a-z][$#%][a-z]|[a-z]{2}[$%]\d{0,2}\Z")
_YEARS: Final = re.compile(r"(?:1[5-9]|20)\d\d(?:-\d\d){0,2}\.\.(?:1[5-9]|20)\d\d(?:-\d\d){0,2}")
_SENTENCE_WORDS: Final = 3


def read_chunk(scanner: Scanner, match: re.Match[str], field: str | None, *, words_before: int) -> Token:
    """The token of a chunk.

    Args:
        scanner: Stands behind the chunk.
        match: The chunk, as it is in the text.
        field: The field before it. Some have values without signs, or without patterns.
        words_before: How many words and phrases stand before it.
    """
    plain, signs = without_escapes(match[0])
    start, end = match.span()
    if field in VERBATIM_FIELDS:
        return Token(Kind.STAR if signs == "*" else Kind.WORD, plain, start, end)
    boost = None
    if "^" in signs and (weighted := _BOOSTED.fullmatch(signs)):
        boost = scanner.boost(weighted[2], start)
        suffix = weighted[3] or ""
        plain, signs = plain[: len(weighted[1])] + suffix, weighted[1] + suffix
    if field == "language":
        token = Token(Kind.STAR if signs == "*" else Kind.WORD, plain, start, end)
    else:
        token = _pattern(scanner, plain, signs, start) or _word(scanner, plain, signs, start, words_before)
    return token if boost is None else token._replace(boost=boost)


def _pattern(scanner: Scanner, plain: str, signs: str, start: int) -> Token | None:
    end = scanner.at
    if signs == "*":
        return Token(Kind.STAR, "*", start, end)
    if signs[0] == "=" and (exact := _EXACT.fullmatch(signs)):
        return Token(Kind.EXACT, plain[slice(*exact.span(1))], start, end)
    if "~" in signs and (fuzzy := FUZZY.fullmatch(signs)) and plain[: len(fuzzy[1])].strip():
        return _fuzzy(scanner, plain[: len(fuzzy[1])], fuzzy[1], fuzzy[2], start)
    wildcard = wildcard_in(plain, signs)
    return None if wildcard is None else Token(Kind.WILDCARD, wildcard, start, end)


def _fuzzy(scanner: Scanner, plain: str, signs: str, edits: str, start: int) -> Token:
    wildcard = wildcard_in(plain, signs)
    if wildcard is not None:
        scanner.doubt(f"a word is a pattern or a fuzzy word, not both, so ~{edits} was left out", start)
        return Token(Kind.WILDCARD, wildcard, start, scanner.at)
    if "." in edits:
        scanner.doubt(f"a fuzzy word has 1 or 2 edits: write ~1 or ~2; ~{edits} was read as ~1", start)
        edits = "1"
    if edits and int(edits) == 0:
        scanner.doubt(f'~0 was read as the word as it is printed; write ="{plain}"', start, instead=f'="{plain}"')
        return Token(Kind.EXACT, plain, start, scanner.at)
    number = scanner.bounded(int(edits or 1), "the number of edits after ~", 1, MAX_EDITS, start)
    return Token(Kind.FUZZY, plain, start, scanner.at, number=number)


def _word(scanner: Scanner, plain: str, signs: str, start: int, words_before: int) -> Token:
    if not signs.isalnum():
        if signs.endswith("!") and (truncated := _TRUNCATED.fullmatch(signs)):
            return _before_exclamation_mark(scanner, plain[: len(truncated[1])], plain, start, words_before)
        _doubt_signs(scanner, signs, start)
    return Token(Kind.WORD, plain, start, scanner.at)


def _before_exclamation_mark(scanner: Scanner, stem: str, plain: str, start: int, words_before: int) -> Token:
    """``invest!`` is a beginning in Lexis and Westlaw; "Yahoo!" and the end of a sentence are words."""
    ends_a_sentence = words_before >= _SENTENCE_WORDS and not scanner.text[scanner.at :].strip()
    if stem.islower() and _SMALL_LETTERS.fullmatch(stem) and not ends_a_sentence:
        scanner.doubt(
            f"{excerpt(plain)} was read as {stem}*, words with this beginning; write {stem} for the word",
            start,
            instead=stem,
        )
        return Token(Kind.WILDCARD, f"{stem}*", start, scanner.at)
    said = f"{excerpt(plain)} was read as a word; for words with this beginning write {stem}*"
    scanner.note(said, start, instead=f"{stem}*")
    return Token(Kind.WORD, plain, start, scanner.at)


def _doubt_signs(scanner: Scanner, signs: str, start: int) -> None:
    """Name what may be a sign of another system, or one of ours that means nothing here."""
    shown = excerpt(signs)
    if signs[0] == "!" and signs[1:2].isalnum():
        scanner.doubt(
            f"! before a word is no sign, so {shown} was searched for; to leave it out write -{signs[1:]}",
            start,
            instead=f"-{signs[1:]}",
        )
    elif signs[0] == "{":
        scanner.doubt('{ } are no signs; write ="kim jong un" for exactly these words', start)
    elif "*" in signs and "://" not in signs and _STAR_IN_WORD.search(signs):
        scanner.doubt(
            f"the * in {shown} was read as an ordinary character; a pattern is a word of letters, digits and ' & - .",
            start,
        )
    elif _YEARS.fullmatch(signs):
        scanner.note(f"{shown} was read as a word; for dates write date:{signs}", start, instead=f"date:{signs}")
    elif sign := _SIGN_IN_WORD.search(signs):
        char = next(char for char in sign[0] if char in "$#%")
        scanner.doubt(
            f"{char} is no sign, so {shown} was searched for as a word; write * for any letters (nuclear*), ? for one"
            " (wom?n)",
            start,
        )
