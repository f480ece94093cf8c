"""What is known of a column without reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DISTINCT", "FOREIGN", "NUMBERS", "PLAIN", "ColumnFacts"]

NUMBERS: Final = "numbers"
DISTINCT: Final = "distinct"
PLAIN: Final = "plain"
FOREIGN: Final = "foreign"


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """How a column is kept, and where in the file of columns.

    Attributes:
        form: "numbers", "distinct", "plain" or "foreign".
        offset: Of the numbers, ordinals of distinct values, begins of plain values, or foreign bytes.
        typecode: What numbers they are, as `struct` and `array` name them; only for numbers.
        begins: Offset of the begins of distinct values; only for those.
        size: How many distinct values there are; or how many foreign bytes.
        column: The name of Whoosh's type of column; only for foreign bytes.
    """

    form: str
    offset: int
    typecode: str = ""
    begins: int = 0
    size: int = 0
    column: str = ""
