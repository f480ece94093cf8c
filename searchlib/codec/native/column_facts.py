"""What is known of a column without reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DISTINCT", "FEW_NUMBERS", "FOREIGN", "NUMBERS", "PLAIN", "ColumnFacts"]

NUMBERS: Final = "numbers"
FEW_NUMBERS: Final = "few numbers"
DISTINCT: Final = "distinct"
PLAIN: Final = "plain"
FOREIGN: Final = "foreign"


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """How a column is kept, and where in the file of columns.

    Attributes:
        form: "numbers", "few numbers", "distinct", "plain" or "foreign".
        offset: Of the numbers, those of few articles included, ordinals of distinct values, begins of plain values, or foreign bytes.
        typecode: What numbers they are, as `struct` and `array` name them; only for numbers, also of few articles.
        begins: Offset of the begins of distinct values; only for those.
        size: How many distinct values there are; how many articles have a number; or how many foreign bytes.
        column: The name of Whoosh's type of column; only for foreign bytes.
    """

    form: str
    offset: int
    typecode: str = ""
    begins: int = 0
    size: int = 0
    column: str = ""
