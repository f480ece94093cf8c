"""Numbers as printed → terms: one for a number, otherwise one for each figure ("1,2,3", "192.168.0.1")."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["number_terms"]

_MARKS: Final = str.maketrans("．٫，٬", "..,,")
_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<mark>\D)\d{3})(?:(?P=mark)\d{3})*")
_FIGURES: Final = re.compile(r"\d+")


def number_terms(number: str, decimal_mark: str) -> list[tuple[str, int, int]]:
    """The (term, startchar, endchar) of each position that a number takes; character ranges are within it.

    A number is one term, in ASCII digits. Marks that group thousands are removed, and a dot stands before the
    decimals: 1.234,5 is "1234.5" if `decimal_mark` is a comma.
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
