"""Numbers as printed → terms: one for a number, otherwise one for each figure ("1,2,3", "192.168.0.1")."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from searchlib.analysis.characters import APOSTROPHES

__all__ = ["ascii_digits", "number_terms", "printed_number"]

_MARKS: Final = str.maketrans("．٫，٬", "..,,")
_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<mark>\D)\d{3})(?:(?P=mark)\d{3})*")
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
_SPACE: Final = re.compile("[\u2007\u2009\u202f]")
_FIGURES: Final = re.compile(r"\d+")


def number_terms(number: str, decimal_mark: str) -> list[tuple[str, int, int]]:
    """The (term, startchar, endchar) of each position that a number takes; character ranges are within it.

    A number is one term, in ASCII digits. Marks that group thousands are removed, and a dot stands before the
    decimals: 1.234,5 is "1234.5" if `decimal_mark` is a comma.
    """
    plain = ascii_digits(number.translate(_MARKS))
    whole, mark, decimals = plain.rpartition(decimal_mark)
    if not mark or not decimals.isdecimal():
        whole, mark, decimals = plain, "", ""
    grouped = _GROUPED.fullmatch(whole)
    if grouped and grouped["mark"] != decimal_mark:
        whole = whole.replace(grouped["mark"], "")
    if whole.isdecimal():
        return [(f"{whole}.{decimals}" if mark else whole, 0, len(number))]
    return [(figure.group(), *figure.span()) for figure in _FIGURES.finditer(plain)]


def printed_number(number: str) -> str:
    """The number as printed: ASCII digits, and between them dots, commas, apostrophes and no-break spaces."""
    if number.isdecimal() and number.isascii():
        return number
    return _SPACE.sub("\u00a0", _APOSTROPHE.sub("'", ascii_digits(number.translate(_MARKS))))


def ascii_digits(number: str) -> str:
    """The text with ASCII digits for those of other scripts."""
    if number.isascii():
        return number
    return "".join(str(unicodedata.decimal(char, char)) for char in number)
