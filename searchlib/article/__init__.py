"""What a news article is: one frozen, validated value, and how its dates are read.

`Article` follows IPTC ninjs in spirit. Nothing here knows where articles come from
(`sources`) or how they are kept (`schema`, `index`).
"""

from searchlib.article.date_names import month_named, weekday_named
from searchlib.article.dates import (
    AmbiguousDateError,
    DateOrder,
    DateRangeError,
    is_no_value,
    only_order,
    read_date,
    read_moment,
)
from searchlib.article.model import FACET_FIELDS, LIST_FIELDS, TEXT_FIELDS, Article
from searchlib.article.moments import UNZONED, Moment, Precision, date_text, format_moment
from searchlib.article.note import Note
from searchlib.article.origin import ArticleOrigin
from searchlib.article.periods import end_of_period

__all__ = [
    "FACET_FIELDS",
    "LIST_FIELDS",
    "TEXT_FIELDS",
    "UNZONED",
    "AmbiguousDateError",
    "Article",
    "ArticleOrigin",
    "DateOrder",
    "DateRangeError",
    "Moment",
    "Note",
    "Precision",
    "date_text",
    "end_of_period",
    "format_moment",
    "is_no_value",
    "month_named",
    "only_order",
    "read_date",
    "read_moment",
    "weekday_named",
]
