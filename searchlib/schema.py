"""Article fields → Whoosh fields: which words of an article are found, and where they stand.

The words of title, summary and body are one field, ``text``, in that order. One position
stays empty between two of them, so that no phrase reaches across. A term's weight in an
article is its frequency, with each occurrence in title and summary counted as often as
`Weights` says. The length of an article counts its tokens in the same way. This is BM25F in
its first form. Two columns (`TITLE_SPAN`, `SUMMARY_SPAN`) say how many positions title and
summary take, and so which region any position is in.

Every other searchable field is a Whoosh field of its own, unstemmed and unranked.

Source: Robertson, Zaragoza & Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import Any, Final

from whoosh import columns, fields, query

from searchlib.analysis import Analyzer, ArticleAnalyzers, Token, analyzer_for
from searchlib.article import FACET_FIELDS, Article, ArticleOrigin, format_moment
from searchlib.article.language_codes import UNDETERMINED, base_of, canonical_code, codes_above
from searchlib.codec import FilledBytesColumn, PackedPositions
from searchlib.date_columns import (
    UNDATED,
    PublishedEndField,
    PublishedField,
    UpdatedField,
    microseconds,
    published_end,
    updated_at,
)
from searchlib.errors import ArticleError, SettingError
from searchlib.json_form import JsonForm
from searchlib.text_field import (
    SENTENCES,
    ArticleText,
    SentencesField,
    TextField,
    WhooshAnalyzer,
    add_positions,
    whoosh_tokens,
)

__all__ = [
    "DETECTED",
    "ID",
    "KEYWORD_FIELDS",
    "LANGUAGE",
    "LENGTH",
    "OLDEST_SCHEMA",
    "ORIGIN",
    "PUBLISHED",
    "PUBLISHED_END",
    "SCHEMA_VERSION",
    "SENTENCES",
    "SUMMARY_SPAN",
    "TEXT",
    "TITLE_SPAN",
    "UNDATED",
    "UPDATED",
    "VALUE_SEPARATOR",
    "LanguageCodes",
    "Weights",
    "article_from_fields",
    "article_from_stored",
    "build_schema",
    "column_value",
    "document",
    "language_column_value",
    "language_value",
    "microseconds",
    "origin_term",
    "published_end",
    "stored_fields",
    "stored_file",
    "text_alone",
    "updated_at",
]

#: Version of what this module makes of an article. Another version would find other articles.
SCHEMA_VERSION: Final = 2
#: The first version of which an index is read. One below `SCHEMA_VERSION` is written to only by rewriting all of it.
OLDEST_SCHEMA: Final = 1

ID: Final = "id"
LANGUAGE: Final = "language"
TEXT: Final = "text"
PUBLISHED: Final = "published"
#: When the month or year ends that an article is dated: a column that articles with a more precise date are not in.
PUBLISHED_END: Final = "published_end"
#: How many words an article has: a column of how many positions title, summary and body take, without empty ones between.
#: Segments of format 3 have it from the version on that asks for it, and with it `UPDATED` where an article has that.
LENGTH: Final = "length"
#: When an article was last changed: a column that articles which do not say so are not in.
UPDATED: Final = "updated"
#: How many positions the title and the summary take: names of columns, which are on disk.
TITLE_SPAN: Final = "title_span"
SUMMARY_SPAN: Final = "summary_span"

#: The file that an article was read from, as `origin_term` has it: a field of every codec, of which Whoosh's programs are
#: not told. Segments of format 3 have it from the version on that asks for it.
ORIGIN: Final = ".origin"

#: Fields searched word by word: their name in a query → their name in an article.
KEYWORD_FIELDS: Final[Mapping[str, str]] = {**FACET_FIELDS, "url": "url"}

#: Follows the language of an article in what is indexed of it, and in a term of it, where the language was detected.
DETECTED: Final = ";detected"

#: Separates the values of one field of an article in its column.
VALUE_SEPARATOR: Final = b"\x1f"

# Fields that have one name in Whoosh and in an article.
_PLAIN_FIELDS: Final = ("id", "title", "summary", "body", "published", "updated", "extra")

# Every field of an article, by the article's names.
_ARTICLE_FIELDS: Final = (*_PLAIN_FIELDS, *KEYWORD_FIELDS.values())

# The stored field of it: file, member and number of the record, as texts; what is missing at the end is left out. A
# number would take a slower encoder than texts do.
_STORED_ORIGIN: Final = "origin"
_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")

# Fields that have another name in Whoosh: that name → the article's.
_RENAMED: Final = {name: own for name, own in KEYWORD_FIELDS.items() if name != own}


@dataclass(frozen=True, slots=True)
class Weights(JsonForm):
    """How the text of an article is ranked. An index keeps the weights that it was made with.

    Attributes:
        title: How many times a word of the title counts, >= 1.
        summary: How many times a word of the summary counts, >= 1. A word of the body counts once.
        k1: How fast repeated occurrences stop counting, >= 0; 0 ignores them.
        b: Share of length normalisation, 0 (none) to 1 (full).

    Raises:
        SettingError: A value is outside its range.

    Examples:
        >>> searchlib.Weights(title=3.0).as_dict()
        {'title': 3.0, 'summary': 2.0, 'k1': 1.9, 'b': 0.75}
    """

    title: float = 3.0
    summary: float = 2.0
    k1: float = 1.9
    b: float = 0.75

    def __post_init__(self) -> None:
        limits = {"title": (1, 100), "summary": (1, 100), "k1": (0, 1000), "b": (0, 1)}
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
                raise SettingError(f"weights[{name!r}]", value, f"give a number from {low} to {high}")


class _KeywordField(fields.FieldType):
    """Words of names and keywords, unstemmed and unranked. If `counted`, a column keeps the values, for facets."""

    def __init__(self, *, counted: bool, stored: bool = True, analyzer: Analyzer | LanguageCodes | None = None) -> None:
        column = FilledBytesColumn() if counted else False
        super().__init__(PackedPositions(), None, stored=stored, sortable=column)
        self._analyzer = analyzer or analyzer_for("none")
        self.analyzer = WhooshAnalyzer(self._analyzer)

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, positions) of every term of all values. One position is empty between values."""
        positions: dict[str, list[int]] = {}
        base = 0
        for text in [value] if isinstance(value, str) else value:
            tokens = self._analyzer.tokens(text)
            add_positions(positions, tokens, base)
            base += (tokens[-1].position if tokens else 0) + 2
        encode = self.format.encode
        for term, at in positions.items():
            yield term.encode("utf-8"), len(at), float(len(at)), encode(at)

    def tokenize(self, value: str, **_: Any) -> Iterator[Any]:
        """Whoosh's tokens, for programs that use the field through Whoosh."""
        return whoosh_tokens(self._analyzer, value)

    def to_column_value(self, value: Any) -> bytes:
        """All values, separated."""
        return column_value(value)

    def from_column_value(self, value: bytes) -> str:
        """The values as one text."""
        return value.replace(VALUE_SEPARATOR, b", ").decode("utf-8")


class LanguageCodes:
    """Analyses what `language_value` gives: the codes that a search may ask for, all at one position."""

    def tokens(self, value: str) -> list[Token]:
        """The codes of a value as tokens: "fr" and "fr-ca" for "fr-ca"."""
        code, detected, _ = value.partition(DETECTED)
        codes = codes_above(code)
        if detected:
            codes = (*codes, base_of(code) + DETECTED)
        return [Token(each, 0, 0, len(value), each, 1) for each in codes]


class _LanguageField(_KeywordField):
    """The language of an article, found by its code and by the wider ones."""

    def __init__(self) -> None:
        super().__init__(counted=True, analyzer=LanguageCodes())

    def to_column_value(self, value: Any) -> bytes:
        """The code in its one form."""
        return language_column_value(value)


class _OriginField(fields.ID):
    """The file that an article was read from, found as a whole."""

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The one posting of it."""
        yield str(value).encode("utf-8"), 1, 1.0, b""


class _StoredText(fields.STORED):
    """A text of an article as it is stored. Its words are in the field ``text``."""

    def self_parsing(self) -> bool:
        """That Whoosh's query parser asks it what its words mean."""
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Any:
        """A query that a searcher refuses: it says where the words of this text are."""
        return query.Term(fieldname, qstring, boost=boost)


def build_schema(
    analyzers: ArticleAnalyzers, zone: tzinfo, weights: Weights, *, printed: bool = False
) -> fields.Schema:
    """The Whoosh schema of articles that these analyzers analyse, with days in this time zone.

    Args:
        analyzers: The index's.
        zone: Its time zone.
        weights: How it ranks.
        printed: Whether terms tell which words were printed, and where sentences begin. A codec that keeps it in its own
            way needs none.
    """
    whoosh_fields: dict[str, fields.FieldType] = {
        ID: fields.ID(stored=True, unique=True, sortable=True),
        TEXT: TextField(analyzers.fallback, (weights.title, weights.summary, 1.0), printed=printed),
        PUBLISHED: PublishedField(zone),
        PUBLISHED_END: PublishedEndField(zone),
        TITLE_SPAN: fields.COLUMN(columns.NumericColumn("I")),
        SUMMARY_SPAN: fields.COLUMN(columns.NumericColumn("I")),
        LENGTH: fields.COLUMN(columns.NumericColumn("I")),
        "title": _StoredText(),
        "summary": _StoredText(),
        "body": _StoredText(),
        UPDATED: UpdatedField(zone),
        "extra": fields.STORED(),
        _STORED_ORIGIN: fields.STORED(),
    }
    for name in KEYWORD_FIELDS:
        whoosh_fields[name] = _LanguageField() if name == LANGUAGE else _KeywordField(counted=name in FACET_FIELDS)
    schema = fields.Schema(**whoosh_fields)
    if printed:
        # A field that is found by a pattern is not among the names of the schema.
        schema.add(SENTENCES, SentencesField(), glob=True)
        schema.add(ORIGIN, _OriginField(), glob=True)
    return schema


def stored_fields(article: Article) -> dict[str, Any]:
    """All of an article, as it is stored: by name of Whoosh's fields."""
    fields_of_article = article.as_dict()
    if (origin := article.origin) is not None:
        parts = [origin.file, origin.member, "" if origin.record is None else str(origin.record)]
        while not parts[-1]:
            parts.pop()
        fields_of_article[_STORED_ORIGIN] = parts
    # The text of a stored date has the publisher's own offset.
    if "published_offset" in fields_of_article and article.published_locally and article.published_precision:
        del fields_of_article["published_offset"]
        fields_of_article[PUBLISHED] = format_moment(article.published_locally, article.published_precision)
    if "updated_offset" in fields_of_article and article.updated_locally and article.updated_precision:
        del fields_of_article["updated_offset"]
        fields_of_article["updated"] = format_moment(article.updated_locally, article.updated_precision)
    for name, own in _RENAMED.items():
        if own in fields_of_article:
            fields_of_article[name] = fields_of_article.pop(own)
    return fields_of_article


def document(
    article: Article, analyzers: ArticleAnalyzers, *, detected: bool = False, printed: bool = False
) -> dict[str, Any]:
    """The values of an article for Whoosh's writers, by name of Whoosh's fields.

    Args:
        article: The article.
        analyzers: The index's.
        detected: Whether its language was detected.
        printed: As of `build_schema`.
    """
    text = ArticleText(analyzers.of(article.language), article.title, article.summary, article.body)
    values = {
        **stored_fields(article),
        TEXT: text,
        TITLE_SPAN: text.lengths[0],
        SUMMARY_SPAN: text.lengths[1],
        LENGTH: sum(text.lengths),
    }
    if printed:
        values[SENTENCES] = text
        if article.origin is not None:
            values[ORIGIN] = origin_term(article.origin.file)
    if published_end(article) is not None:
        values[PUBLISHED_END] = values[PUBLISHED]
    if analyzers.is_auto:
        # What is stored and counted is the language alone.
        values[f"_stored_{LANGUAGE}"] = values.get(LANGUAGE, "")
        values[LANGUAGE] = language_value(article, detected=detected)
    return values


def text_alone(article: Article, analyzers: ArticleAnalyzers, text: object) -> Any:
    """The value of the text field where a text stands for title, summary and body of an article."""
    return ArticleText(analyzers.of(article.language), "", "", str(text))


def language_value(article: Article, *, detected: bool) -> str:
    """What is indexed of an article's language, where each is analysed in its own."""
    if not article.language:
        return UNDETERMINED
    return article.language + DETECTED if detected else article.language


@lru_cache(maxsize=4096)
def language_column_value(value: str) -> bytes:
    """The language of an article in its column: one form of the code that is indexed of it, "" for `UNDETERMINED`."""
    code = canonical_code(value.partition(DETECTED)[0])
    return b"" if code == UNDETERMINED else code.encode("utf-8")


def column_value(values: str | Iterable[str]) -> bytes:
    """The value of an article in the column of a keyword field: all its values, separated."""
    if isinstance(values, str):
        values = (values,)
    # The separator is a control character, which no readable text has.
    return VALUE_SEPARATOR.join(text.replace("\x1f", " ").encode("utf-8") for text in values)


def article_from_stored(stored: Mapping[str, Any], zone: tzinfo) -> Article:
    """The article of some stored fields, with its dates in `zone`.

    Raises:
        ArticleError: The fields make no article.
    """
    values = _as_articles_have_them(stored)
    if _STORED_ORIGIN in values:
        values = {**values, _STORED_ORIGIN: _origin_from_stored(values[_STORED_ORIGIN])}
    return Article.restored(values, zone)


def article_from_fields(fields_of_article: Mapping[str, Any], zone: tzinfo) -> Article:
    """The article that a program written for Whoosh gives, by names of Whoosh's fields, with its dates in `zone`.

    Raises:
        ArticleError: A field cannot have its value.
    """
    values = _as_articles_have_them(fields_of_article)
    return Article(**{name: values[name] for name in _ARTICLE_FIELDS if name in values}).in_zone(zone)


def origin_term(file: str) -> str:
    """What is indexed of the path of a file, and what a ledger of files calls it. Paths of a folder begin as its own does.

    Where the system takes large and small letters of a path for the same, so does this. A byte of a path that is no
    UTF-8, which Python has as half of a surrogate pair, is a NUL and its four hexadecimal digits: no path has a NUL.
    """
    path = os.path.normcase(file)
    return path if path.isascii() else _HALF_PAIR.sub(lambda half: f"\0{ord(half[0]):04x}", path)


def stored_file(stored: Mapping[str, Any]) -> str:
    """The path of the file that the article of some stored fields came from; "" where they name none.

    Raises:
        ArticleError: The fields are not as they are stored.
    """
    return _origin_from_stored(stored[_STORED_ORIGIN]).file if _STORED_ORIGIN in stored else ""


def _origin_from_stored(stored: object) -> ArticleOrigin:
    if type(stored) is not list or not 1 <= len(stored) <= 3 or any(type(part) is not str for part in stored):
        raise ArticleError("origin", "expected a list of file, member and number of the record")
    file, member, record = (*stored, "", "")[:3]
    if not record:
        return ArticleOrigin(file, member)
    if not record.isascii() or not record.isdecimal():
        raise ArticleError("origin", "expected the number of a record")
    return ArticleOrigin(file, member, int(record))


def _as_articles_have_them(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if _RENAMED.keys().isdisjoint(values):
        return values
    renamed = dict(values)
    for name, own in _RENAMED.items():
        if name in renamed:
            renamed[own] = renamed.pop(name)
    return renamed
