"""Numbers as printed → terms: the number where it is one, otherwise its figures ("1,2,3", "192.168.0.1")."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["number_terms"]

_MARKS: Final = str.maketrans("．٫，٬", "..,,")
_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<mark>\D)\d{3})(?:(?P=mark)\d{3})*")
_FIGURES: Final = re.compile(r"\d+")


def number_terms(number: str, decimal_mark: str) -> list[tuple[str, int, int]]:
    """The (term, startchar, endchar) of each position that a number takes, offsets within it.

    A number is one term, in ASCII digits: without the marks that group its thousands, whichever they are, and with a
    dot before its decimals: 1.234,5 is "1234.5" where `decimal_mark` is a comma.
    """
    plain = number.translate(_MARKS)
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(char, char)) for char in plain)
    whole, mark, decimals = plain.rpartition(decimal_mark)
    if not mark or not decimals.isdecimal():
        whole, mark, decimals = plain, "", ""
    grouped = _GROUPED.fullmatch(whole)
    if grouped and grouped["mark"] != decimal_mark:
        whole = whole.replace(grouped["mark"], "")
    if whole.isdecimal():
        return [(f"{whole}.{decimals}" if mark else whole, 0, len(number))]
    return [(figure.group(), *figure.span()) for figure in _FIGURES.finditer(plain)]
