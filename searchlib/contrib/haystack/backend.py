"""Indexing and searching for haystack."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, log_query
from haystack.constants import DJANGO_CT
from haystack.exceptions import SearchBackendError, SkipDocument
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct

from searchlib.article import Article
from searchlib.contrib import field_words
from searchlib.contrib.haystack import counting
from searchlib.contrib.haystack.documents import NO_VALUE, Documents
from searchlib.contrib.haystack.fields import IndexedField, tag_of
from searchlib.contrib.haystack.language import FieldLanguage
from searchlib.contrib.haystack.lookups import SearchlibQuery
from searchlib.contrib.haystack.results import highlighted, result_of
from searchlib.engines.embedded import Index
from searchlib.engines.embedded import exists as index_exists
from searchlib.engines.embedded import open as open_index
from searchlib.errors import ArticleError, QueryError, SearchlibError
from searchlib.query import Everything, Node, Nothing, Value, Word, all_of, any_of
from searchlib.results import Hit

__all__ = ["SearchlibBackend", "SearchlibEngine"]

_MAX_HITS: Final = 100_000
_MAX_SIMILAR: Final = 1_000
#: A writer of another process may be busy for a while.
_LOCK_TIMEOUT_S: Final = 60
_NOTHING: Final[Mapping[str, Any]] = {"results": [], "hits": 0}

_log = logging.getLogger("haystack")

# Haystack makes a backend for each thread. All of a process share one index, which lends them its snapshots.
_opened: dict[tuple[str, int], Index] = {}
_opening = threading.Lock()


def _shared_index(path: str, **settings_of_new: Any) -> Index:
    """The index of a path, opened once in a process; it is made where there is none."""
    key = (os.path.abspath(path), os.getpid())
    with _opening:
        index = _opened.get(key)
        if index is not None and not index_exists(path):
            # Somebody removed the folder.
            index.close()
            index = None
        if index is None:
            given = {} if index_exists(path) else settings_of_new
            index = _opened[key] = open_index(path, create=True, **given)
        return index


class SearchlibBackend(BaseSearchBackend):
    """Keeps documents as articles of an index on disk.

    Options of the connection: ``PATH``, the folder of the index; ``LANGUAGE`` ("en"), whose words are recognised in their
    forms; ``FIELDS``, by the name of a field, the field of an article that it fills; ``LOCK_TIMEOUT`` in seconds; and
    haystack's own ``INCLUDE_SPELLING``, ``SILENTLY_FAIL``, ``BATCH_SIZE``.
    """

    RESERVED_WORDS = ("AND", "OR", "NOT", "XOR")
    RESERVED_CHARACTERS = ("\\", '"', "(", ")", "*", "?", "~", "^", ":", "=", "/", "|", "+", "-")

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.path: str = connection_options.get("PATH") or ""
        if not self.path:
            raise ImproperlyConfigured(f"The connection {connection_alias!r} needs a 'PATH', the folder of its index.")
        self.language = connection_options.get("LANGUAGE")
        self.lock_timeout_s = connection_options.get("LOCK_TIMEOUT", _LOCK_TIMEOUT_S)
        self.own_fields = connection_options.get("FIELDS", {})

    @property
    def index(self) -> Index:
        """The index, at its last commit."""
        path = Path(self.path)
        if path.exists() and not os.access(path, os.W_OK):
            raise OSError(f"The folder {path} of the index cannot be written to by this user.")
        language = self.language or settings.LANGUAGE_CODE.partition("-")[0]
        index = _shared_index(str(path), language=language, timezone=settings.TIME_ZONE or "UTC")
        index.refresh()
        return index

    def setup(self) -> None:
        """Make the index where there is none."""
        self.index  # noqa: B018 - looking makes it

    @property
    def content_field_name(self) -> str:
        """The name of the document field."""
        return self._documents().content_field

    @property
    def fields(self) -> Mapping[str, IndexedField]:
        """By the name in the index, the fields that can be searched."""
        return self._documents().fields

    def _documents(self) -> Documents:
        unified = connections[self.connection_alias].get_unified_index()
        return Documents(unified.all_searchfields(), self.own_fields)

    def _language(self, index: Index) -> FieldLanguage:
        def texts_between(
            indexed: IndexedField, low: str | None, high: str | None, with_low: bool, with_high: bool
        ) -> Node:
            return _texts_between(index, indexed, low, high, with_low=with_low, with_high=with_high)

        return FieldLanguage(self._documents().fields, index.zone, texts_between)

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace documents, in one commit."""
        engine, documents = self.index, self._documents()
        with engine.writer(timeout_s=self.lock_timeout_s) as writer:
            for thing in iterable:
                article = self._article(index, thing, documents, engine)
                if article is not None:
                    writer.add(article)

    def _article(self, index: Any, thing: Any, documents: Documents, engine: Index) -> Article | None:
        """The article of a row; None where it is not to be indexed, or has no text, which is logged."""
        try:
            return documents.article(index.full_prepare(thing), engine.zone)
        except SkipDocument:
            _log.debug("Indexing for object `%s` skipped", thing)
        except ArticleError:
            if not self.silently_fail:
                raise
            _log.exception("Preparing object for update", extra={"data": {"object": get_identifier(thing)}})
        return None

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Delete one document."""
        identifier = get_identifier(obj_or_string)
        self._tried(lambda: self._delete([identifier]), "Failed to remove document '%s'", identifier)

    def _delete(self, ids: Iterable[str]) -> None:
        with self.index.writer(timeout_s=self.lock_timeout_s) as writer:
            for each in ids:
                writer.delete(each)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Delete the documents of some models, or all."""
        if models is not None and not isinstance(models, (list, tuple)):
            raise TypeError("models have to be a list")
        tree = Everything() if models is None else any_of([self._of_model(get_model_ct(model)) for model in models])
        self._tried(lambda: self._clear(tree), "Failed to clear the index of models %s", models or "all")

    def _clear(self, tree: Node) -> None:
        with self.index.writer(timeout_s=self.lock_timeout_s) as writer:
            writer.delete_by_query(tree)

    def _tried(self, act: Callable[[], None], message: str, *facts: object) -> None:
        try:
            act()
        except SearchlibError:
            if not self.silently_fail:
                raise
            _log.exception(message, *facts)

    def _of_model(self, model_ct: str) -> Node:
        return field_words.equals(DJANGO_CT, model_ct, self.index.zone)

    @log_query  # type: ignore[untyped-decorator, unused-ignore]
    def search(
        self,
        query_string: str,
        sort_by: list[str] | None = None,
        start_offset: int = 0,
        end_offset: int | None = None,
        fields: Any = "",
        highlight: Any = False,
        facets: Mapping[str, Any] | None = None,
        date_facets: Mapping[str, Any] | None = None,
        query_facets: Any = None,
        narrow_queries: Iterable[str] | None = None,
        spelling_query: str | None = None,
        within: Any = None,
        dwithin: Any = None,
        distance_point: Any = None,
        models: Any = None,
        limit_to_registered_models: bool | None = None,
        result_class: Any = None,
        **options: Any,
    ) -> dict[str, Any]:
        """What a query text finds (`searchlib.contrib.haystack.language`).

        Raises:
            SearchBackendError: It cannot be asked, and ``SILENTLY_FAIL`` is False; or it asks for places on a map.
        """
        if within or dwithin or distance_point:
            raise SearchBackendError(
                "searchlib knows no places on a map: within, dwithin and distance cannot be asked."
            )
        if not query_string:
            return dict(_NOTHING)
        index = self.index
        language = self._language(index)
        try:
            tree = language.tree(query_string)
            narrowed = [language.tree(text) for text in narrow_queries or ()]
            whole = all_of([tree, *narrowed, *self._models(models, limit_to_registered_models)])
            hits, total = self._hits(index, whole, sort_by, start_offset, end_offset, snippets=bool(highlight))
            counts = self._facets(index, whole, language, facets, date_facets, query_facets)
        except (ValueError, SearchlibError) as error:
            if not self.silently_fail:
                raise SearchBackendError(f"The query {query_string!r} cannot be asked: {error}") from error
            _log.exception("Failed to query searchlib using '%s'", query_string)
            return {**_NOTHING, "spelling_suggestion": None}
        return {
            **self._results(hits, total, result_class, highlight),
            "facets": counts,
            "spelling_suggestion": self._suggestion(index, language, spelling_query or query_string),
        }

    def more_like_this(
        self,
        model_instance: Any,
        additional_query_string: str | None = None,
        start_offset: int = 0,
        end_offset: int | None = None,
        models: Any = None,
        limit_to_registered_models: bool | None = None,
        result_class: Any = None,
        **options: Any,
    ) -> dict[str, Any]:
        """Documents like one, the most like first; of the thousand most like those that the rest of the query finds."""
        index = self.index
        language = self._language(index)
        try:
            similar = index.similar(get_identifier(model_instance), limit=_MAX_SIMILAR)
        except QueryError:
            return dict(_NOTHING)
        parts = self._models(models, limit_to_registered_models)
        if additional_query_string and additional_query_string != "*":
            parts.append(language.tree(additional_query_string))
        hits = [each.hit for each in similar]
        if hits and parts:
            ids = any_of([Word(hit.article.id, "id") for hit in hits])
            page = index.search(ids, within=all_of(parts), limit=len(hits), snippets=False, total="none")
            found = {hit.article.id for hit in page}
            hits = [hit for hit in hits if hit.article.id in found]
        return self._results(hits[start_offset:end_offset], len(hits), result_class, False)

    def _models(self, models: Any, limit_to_registered_models: bool | None) -> list[Node]:
        if limit_to_registered_models is None:
            limit_to_registered_models = getattr(settings, "HAYSTACK_LIMIT_TO_REGISTERED_MODELS", True)
        if models:
            chosen = sorted(get_model_ct(model) for model in models)
        elif limit_to_registered_models:
            chosen = self.build_models_list()
        else:
            return []
        return [any_of([self._of_model(each) for each in chosen]) if chosen else Nothing()]

    def _hits(
        self, index: Index, tree: Node, sort_by: list[str] | None, start: int, end: int | None, *, snippets: bool
    ) -> tuple[list[Hit], int]:
        """The hits from one number to another, and how many there are in all."""
        documents = self._documents()
        end = _MAX_HITS if end is None else min(end, _MAX_HITS)
        own_sort = documents.own_sort(sort_by or [])
        if own_sort is not None:
            page = index.search(tree, limit=end, sort=own_sort, snippets=snippets)
            return list(page.hits[start:]), page.total or 0
        with index.scan(tree) as scan:
            rows = [(documents.sort_values(hit.article, sort_by or [], index.zone), hit.article.id) for hit in scan]
        for rank in reversed(range(len(sort_by or []))):
            is_descending = (sort_by or [])[rank].startswith("-")
            rows.sort(key=lambda row: row[0][rank], reverse=is_descending)
            # What has no value comes last in either direction.
            rows.sort(key=lambda row: row[0][rank] == NO_VALUE)
        ids = [article_id for _, article_id in rows[start:end]]
        if not ids:
            return [], len(rows)
        page = index.search(
            tree,
            within=any_of([Word(each, "id") for each in ids]),
            limit=len(ids),
            snippets=snippets,
            total="none",
        )
        by_id = {hit.article.id: hit for hit in page}
        return [by_id[each] for each in ids if each in by_id], len(rows)

    def _results(self, hits: Iterable[Hit[Any]], total: int, result_class: Any, highlight: Any) -> dict[str, Any]:
        content_field = self.content_field_name
        unified = connections[self.connection_alias].get_unified_index()
        results = []
        for hit in hits:
            more = {"highlighted": highlighted(hit, content_field, highlight)} if highlight else {}
            result = result_of(hit, unified, result_class=result_class or SearchResult, more=more)
            if result is None:
                total -= 1
            else:
                results.append(result)
        return {"results": results, "hits": total}

    def _facets(
        self,
        index: Index,
        tree: Node,
        language: FieldLanguage,
        facets: Mapping[str, Any] | Iterable[str] | None,
        date_facets: Mapping[str, Any] | None,
        query_facets: Any,
    ) -> dict[str, Any]:
        if not (facets or date_facets or query_facets):
            return {}
        documents = self._documents()
        options = facets if isinstance(facets, Mapping) else {name: {} for name in facets or ()}
        queries = query_facets.items() if isinstance(query_facets, Mapping) else query_facets or ()
        return {
            "fields": {
                name: counting.field_facet(index, tree, language.fields[name], limit=(given or {}).get("limit"))
                for name, given in options.items()
                if name in language.fields
            },
            "dates": {
                name: counting.date_facet(
                    index, tree, language.fields[name], given, index.zone, by_days=name == documents.published_field
                )
                for name, given in (date_facets or {}).items()
                if name in language.fields
            },
            "queries": counting.query_facets(index, tree, queries, language.tree),
        }

    def _suggestion(self, index: Index, language: FieldLanguage, text: str) -> str | None:
        """The words of a query spelt as the index has them; None where nothing is meant, or nobody asked."""
        if not self.include_spelling:
            return None
        words = language.words(text).strip()
        suggestion = index.suggest(words) if words else None
        return None if suggestion is None else suggestion.query


def _texts_between(
    index: Index, indexed: IndexedField, low: str | None, high: str | None, *, with_low: bool, with_high: bool
) -> Node:
    """Articles with a value between two texts, in the order of their characters without case."""
    low, high = (None if bound is None else bound.casefold() for bound in (low, high))

    def is_between(value: str) -> bool:
        folded = value.casefold()
        above = low is None or folded > low or (with_low and folded == low)
        return above and (high is None or folded < high or (with_high and folded == high))

    values = counting.field_facet(index, indexed.present(), indexed, limit=None)
    return any_of([Value(tag_of(indexed.name, value), "tag") for value, _ in values if is_between(str(value))])


class SearchlibEngine(BaseEngine):
    """What ``ENGINE`` of a connection names."""

    backend = SearchlibBackend
    query = SearchlibQuery
