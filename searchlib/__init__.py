"""Full-text search for news articles: ranked, date-filtered and phrase search with highlights, in your own process.

index = searchlib.create("news.index")
with index.writer() as writer:
    writer.add_all(searchlib.read("articles/"))
for hit in index.search('"prime minister" climate', since="2023-09"):
    print(hit.article.title, hit.snippet.text)
"""

import typing

from searchlib.article import Article
from searchlib.engines.embedded import Index, create, exists, open  # noqa: A004 - the word users say
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
    SearchlibError,
    SearchTimeoutError,
    SettingError,
    SourceError,
)
from searchlib.results import (
    AddReport,
    CharacterRange,
    Diagnostic,
    Facet,
    FacetValue,
    Hit,
    IndexStats,
    Page,
    Passage,
    Snippet,
    Span,
    Timeline,
    TimelineBucket,
)

if typing.TYPE_CHECKING:
    from searchlib.sources import Reading, read

__all__ = [
    "AddReport",
    "Article",
    "ArticleError",
    "CharacterRange",
    "Diagnostic",
    "EngineError",
    "EngineUnavailableError",
    "Facet",
    "FacetValue",
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
    "MissingExtraError",
    "Page",
    "Passage",
    "QueryError",
    "Reading",
    "SearchTimeoutError",
    "SearchlibError",
    "SettingError",
    "Snippet",
    "SourceError",
    "Span",
    "Timeline",
    "TimelineBucket",
    "create",
    "exists",
    "open",
    "read",
]


def __getattr__(name: str) -> object:
    # What reads sources is imported by those who read some, not by every search.
    if name in ("Reading", "read"):
        from searchlib.sources import Reading, read

        globals().update(Reading=Reading, read=read)
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
