"""Documents of other programs → articles, and articles → the text and metadata of their documents.

An article that was made of a document gives back what the document was: its text, and its metadata in whatever types
JSON has. Metadata named as a field of articles fills that field too, so that the query language and the pages of an
index know it. Every other article gives its body, and its fields as metadata.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final, Literal

from searchlib.article import Article
from searchlib.contrib import field_words
from searchlib.engines.base import Engine, Sort
from searchlib.engines.embedded import open as open_index
from searchlib.errors import ArticleError, SettingError
from searchlib.json_form import json_form
from searchlib.query import Node
from searchlib.results import Hit, Page, Passage

__all__ = [
    "Content",
    "add_articles",
    "article_of",
    "check_content",
    "delete_articles",
    "engine_of",
    "find",
    "made_of",
    "metadata_of",
    "spans_of",
    "text_of",
]

#: What a document's text is: the whole article, or its passages that answer the query.
Content = Literal["article", "passages"]

#: What of an article's `extra` it keeps of a document.
DOCUMENT: Final = "document"

# Metadata → the field of an article that it fills; of two for one field the first counts.
_OWN_FIELDS: Final = {
    "title": "title",
    "summary": "summary",
    "authors": "authors",
    "author": "authors",
    "section": "section",
    "publisher": "publisher",
    "place": "place",
    "tags": "tags",
    "tag": "tags",
    "url": "url",
    "language": "language",
    "published": "published",
    "date": "published",
    "updated": "updated",
}

_log = logging.getLogger(__name__)


def engine_of(index: Engine | str | os.PathLike[str], *, create: bool = False) -> Engine:
    """An engine: the one that is given, or that of an index at a path, which is made there if `create` and there is none."""
    return open_index(index, create=create) if isinstance(index, (str, os.PathLike)) else index


def check_content(content: str) -> None:
    """Insist on something that a document's text can be.

    Raises:
        SettingError: It cannot.
    """
    if content not in ("article", "passages"):
        raise SettingError("content", content, "give 'article' or 'passages'")


def find(
    engine: Engine,
    query: str,
    *,
    k: int,
    within: Node | None = None,
    sort: Sort = "relevance",
    since: str | date | datetime | None = None,
    until: str | date | datetime | None = None,
    any: bool = False,  # noqa: A002 - the word users say
    plain: bool = True,
    refresh: bool = True,
    timeout_s: float | None = None,
) -> Page:
    """The first page of what a text finds, with snippets; `refresh` first shows what other processes have committed.

    A text that is `plain` is read as it stands, one of its words is enough. An empty one finds everything, by date.
    """
    if refresh:
        engine.refresh()
    if not query.strip():
        plain = False
        sort = "newest" if sort == "relevance" else sort
    return engine.search(
        query,
        since=since,
        until=until,
        any=any,
        plain=plain,
        sort=sort,
        limit=k,
        within=within,
        timeout_s=timeout_s,
        total="none",
    )


def add_articles(engine: Engine, articles: Iterable[Article], *, timeout_s: float) -> None:
    """Add articles in one commit, waiting so long for another writer; articles of the same id are replaced."""
    with engine.writer(timeout_s=timeout_s) as writer:
        for article in articles:
            writer.add(article)


def delete_articles(engine: Engine, ids: Iterable[str], *, timeout_s: float) -> int:
    """Delete articles in one commit, waiting so long for another writer. Returns how many there were."""
    with engine.writer(timeout_s=timeout_s) as writer:
        return sum(writer.delete(article_id) for article_id in ids)


def article_of(
    article_id: str, text: str, metadata: Mapping[str, Any], zone: tzinfo, *, kept: Mapping[str, Any] | None = None
) -> Article:
    """The article that a document becomes.

    Args:
        article_id: Its id; derived from its content where it is empty.
        text: Its text. An article needs one: of a document without text the id is its title.
        metadata: What JSON can say, and dates.
        zone: The zone of dates that name none.
        kept: What else to keep of the document.

    Raises:
        ArticleError: The id is not one that an article can have.
    """
    fields: dict[str, Any] = {}
    for name, field in _OWN_FIELDS.items():
        value = metadata.get(name)
        # What is no text, date or list of texts can only be metadata.
        if value and field not in fields and _fits(value, is_list=field in ("authors", "tags")):
            fields[field] = value
    words = [word for name, value in metadata.items() for word in field_words.words_of(str(name), value, zone)]
    document = {"metadata": json_form(metadata), **(kept or {})}
    article = _fitting(article_id, text, fields, words, document)
    while article is None:
        article = _fitting(article_id, text, fields, words, document)
    return article


def _fits(value: object, *, is_list: bool) -> bool:
    if isinstance(value, (list, tuple)):
        return is_list and all(isinstance(each, str) for each in value)
    return isinstance(value, str) or (isinstance(value, date) and not is_list)


def _fitting(
    article_id: str, text: str, fields: dict[str, Any], words: Sequence[str], document: Mapping[str, Any]
) -> Article | None:
    """The article with these fields; None where one of them cannot have its value, which is then left out of `fields`."""
    body = text.strip()
    extra = {DOCUMENT: {**document, **({} if body == text else {"text": text})}}
    title = fields.get("title") or ("" if body or fields.get("summary") else article_id)
    agency = field_words.carrier_of(words)
    try:
        return Article(**{**fields, "title": title}, id=article_id, body=body, extra=extra, agency=agency)
    except ArticleError as error:
        if error.field not in fields:
            raise
        _log.info("document %s: %s; it stays metadata", article_id, error)
        del fields[error.field]
        return None


def made_of(article: Article) -> Mapping[str, Any] | None:
    """What an article keeps of the document that it was made of; None where it was not made of one."""
    kept = article.extra.get(DOCUMENT)
    return kept if isinstance(kept, Mapping) and "metadata" in kept else None


def text_of(hit: Hit, content: Content = "article") -> str:
    """The text of a hit's document: its body, exactly, or its best passages, exactly, an empty line between two."""
    article = hit.article
    if content == "passages" and hit.snippet is not None and hit.snippet.passages:
        return "\n\n".join(passage.source for passage in hit.snippet.passages)
    kept = made_of(article)
    if kept is not None and "text" in kept:
        return str(kept["text"])
    return article.body or ("" if kept is not None else article.summary or article.title)


def metadata_of(hit: Hit) -> dict[str, Any]:
    """The metadata of a hit: what its document came with, else its fields; and its id, score and spans.

    ``date`` is ISO 8601 at the precision at which it is known. ``spans`` is that of `spans_of`.
    """
    article = hit.article
    kept = made_of(article)
    if kept is not None:
        own = dict(kept["metadata"])
    else:
        own = {
            ("date" if name == "published" else name): value
            for name, value in article.as_dict().items()
            if name not in ("id", "body", "extra", "origin", "published_offset", "updated_offset")
        }
        own = {"title": "", "date": None, "publisher": "", "url": "", **own}
    return {**own, "id": article.id, "score": hit.score, "spans": spans_of(hit)}


def spans_of(hit: Hit) -> list[dict[str, Any]]:
    """Where a hit's passages stand in its article, and what is marked in them, for a program that checks quotations.

    Each has a ``field`` ("title", "summary" or "body"), ``start`` and ``end`` in characters of it, and ``marks``, pairs of
    the same. The title is among them where something in it is marked.
    """
    snippet = hit.snippet
    if snippet is None:
        return []
    return [_span(passage) for passage in (*([snippet.title] if snippet.title.marks else []), *snippet.passages)]


def _span(passage: Passage) -> dict[str, Any]:
    return {
        "field": passage.field,
        "start": passage.start,
        "end": passage.end,
        "marks": [[start, end] for start, end in passage.marks],
    }
