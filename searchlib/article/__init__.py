"""What a news article is: one frozen, validated value, and how its dates are read.

`Article` follows IPTC ninjs in spirit. Nothing here knows where articles come from
(`sources`) or how they are kept (`schema`, `index`).
"""

from searchlib.article.dates import UNZONED, Moment, Precision, format_moment, is_no_date, read_moment
from searchlib.article.model import FACET_FIELDS, LIST_FIELDS, TEXT_FIELDS, Article
from searchlib.article.periods import end_of_period

__all__ = [
    "FACET_FIELDS",
    "LIST_FIELDS",
    "TEXT_FIELDS",
    "UNZONED",
    "Article",
    "Moment",
    "Precision",
    "end_of_period",
    "format_moment",
    "is_no_date",
    "read_moment",
]
