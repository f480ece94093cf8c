"""Full-text search for news articles: ranked, date-filtered and phrase search with highlights, in your own process.

index = searchlib.create("news.index")
with index.writer() as writer:
    writer.add_all(searchlib.read("articles/"))
for hit in index.search('"prime minister" climate', since="2023-09"):
    print(hit.article.title, hit.snippet.text)
"""

import typing

from searchlib.article import Article, ArticleOrigin, DateOrder, Note, Precision
from searchlib.article.language_counts import LanguageCount, LanguageReport
from searchlib.cancellation import Cancellation
from searchlib.concordance import Collocate, Concordance, ConcordanceLine, ContextSort
from searchlib.engines.base import Sort, Total
from searchlib.engines.batch import BatchRow
from searchlib.engines.embedded import Index, create, exists, open  # noqa: A004 - the word users say
from searchlib.engines.options import BatchOptions, ScanOptions, SearchOptions
from searchlib.engines.scan import Scan
from searchlib.errors import (
    ArticleError,
    EngineError,
    EngineUnavailableError,
    FormatTooNewError,
    FormatTooOldError,
    IndexCorruptError,
    IndexExistsError,
    IndexFormatError,
    IndexLockedError,
    IndexNotFoundError,
    IndexStateError,
    MissingExtraError,
    QueryError,
    SearchCancelledError,
    SearchlibError,
    SearchTimeoutError,
    SettingError,
    SourceError,
    UpgradeNeededError,
)
from searchlib.expansion import Expansion, ExpansionWord
from searchlib.explanations import (
    ExcludingPart,
    ExplainedExpansion,
    ExplainedPart,
    Explanation,
    QueryExplanation,
    RankedWord,
    Relaxation,
    ScorePart,
    WhyNot,
)
from searchlib.index import CommittedSegment, FileFacts, Manifest, Settings
from searchlib.query import Node
from searchlib.results import (
    AddReport,
    CharacterRange,
    Comparison,
    ComparisonBucket,
    Diagnostic,
    EndedFile,
    Facet,
    FacetValue,
    FileRecord,
    Hit,
    IndexStats,
    MarkedArticle,
    Page,
    Passage,
    Snippet,
    Span,
    Timeline,
    TimelineBucket,
    TimelineUnit,
)
from searchlib.schema import Weights
from searchlib.similar import SimilarArticle, SimilarArticles
from searchlib.suggestions import Completion, Correction, Suggestion
from searchlib.tables import Column, ColumnKind, Row, choose_columns

if typing.TYPE_CHECKING:
    from searchlib.article.versions import ReplaceRule
    from searchlib.engines.writing import ArticleWriter
    from searchlib.index.whoosh_index import WhooshIndex, WhooshSearcher
    from searchlib.sources import FileDone, PassedOver, Reading, Skipped, read

# What only writers, programs of Whoosh's and readers of sources need is imported by those who ask for it.
_LATER = {
    "ArticleWriter": "searchlib.engines.writing",
    "FileDone": "searchlib.sources",
    "PassedOver": "searchlib.sources",
    "Reading": "searchlib.sources",
    "ReplaceRule": "searchlib.article.versions",
    "Skipped": "searchlib.sources",
    "WhooshIndex": "searchlib.index.whoosh_index",
    "WhooshSearcher": "searchlib.index.whoosh_index",
    "read": "searchlib.sources",
}

__all__ = [
    "AddReport",
    "Article",
    "ArticleError",
    "ArticleOrigin",
    "ArticleWriter",
    "BatchOptions",
    "BatchRow",
    "Cancellation",
    "CharacterRange",
    "Collocate",
    "Column",
    "ColumnKind",
    "CommittedSegment",
    "Comparison",
    "ComparisonBucket",
    "Completion",
    "Concordance",
    "ConcordanceLine",
    "ContextSort",
    "Correction",
    "DateOrder",
    "Diagnostic",
    "EndedFile",
    "EngineError",
    "EngineUnavailableError",
    "ExcludingPart",
    "Expansion",
    "ExpansionWord",
    "ExplainedExpansion",
    "ExplainedPart",
    "Explanation",
    "Facet",
    "FacetValue",
    "FileDone",
    "FileFacts",
    "FileRecord",
    "FormatTooNewError",
    "FormatTooOldError",
    "Hit",
    "Index",
    "IndexCorruptError",
    "IndexExistsError",
    "IndexFormatError",
    "IndexLockedError",
    "IndexNotFoundError",
    "IndexStateError",
    "IndexStats",
    "LanguageCount",
    "LanguageReport",
    "Manifest",
    "MarkedArticle",
    "MissingExtraError",
    "Node",
    "Note",
    "Page",
    "Passage",
    "PassedOver",
    "Precision",
    "QueryError",
    "QueryExplanation",
    "RankedWord",
    "Reading",
    "Relaxation",
    "ReplaceRule",
    "Row",
    "Scan",
    "ScanOptions",
    "ScorePart",
    "SearchCancelledError",
    "SearchOptions",
    "SearchTimeoutError",
    "SearchlibError",
    "SettingError",
    "Settings",
    "SimilarArticle",
    "SimilarArticles",
    "Skipped",
    "Snippet",
    "Sort",
    "SourceError",
    "Span",
    "Suggestion",
    "Timeline",
    "TimelineBucket",
    "TimelineUnit",
    "Total",
    "UpgradeNeededError",
    "Weights",
    "WhooshIndex",
    "WhooshSearcher",
    "WhyNot",
    "choose_columns",
    "create",
    "exists",
    "open",
    "read",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("searchlib")
    if name in _LATER:
        from importlib import import_module

        globals()[name] = getattr(import_module(_LATER[name]), name)
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
