"""What was found as rows and columns: which columns there are, what they hold, and tables of other libraries.

It knows articles and passages, and no engine: a row is anything that has an article, a score and a snippet.
"""

from searchlib.tables.cells import cell, json_row, neutral
from searchlib.tables.columns import (
    COLUMNS,
    DEFAULT_COLUMNS,
    Column,
    ColumnKind,
    Measured,
    Row,
    choose_columns,
)

__all__ = [
    "COLUMNS",
    "DEFAULT_COLUMNS",
    "Column",
    "ColumnKind",
    "Measured",
    "Row",
    "cell",
    "choose_columns",
    "json_row",
    "neutral",
]
