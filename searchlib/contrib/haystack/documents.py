"""Prepared documents of haystack → articles, and what an order of results means for them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.fields import DecimalField

from searchlib.article import Article
from searchlib.contrib import field_words
from searchlib.contrib.haystack.fields import OWN_FIELDS, IndexedField, Kind
from searchlib.contrib.haystack.results import FIELDS, stored, stored_fields
from searchlib.engines.base import Sort
from searchlib.errors import ArticleError

__all__ = ["NO_VALUE", "Documents"]

_log = logging.getLogger("haystack")

#: The key of order of a document without a value.
NO_VALUE: Final = (2, 0)

_NO_TITLE: Final = IndexedField("title", "text")
_KINDS: Final[Mapping[str, Kind]] = {
    "integer": "number",
    "float": "number",
    "date": "date",
    "datetime": "date",
    "boolean": "boolean",
    "edge_ngram": "prefix",
    "ngram": "infix",
}


class Documents:
    """What the fields of a site's search indexes come to.

    Attributes:
        fields: By the name in the index, the fields that can be searched.
        content_field: The name of the document field.
        published_field: The name of the field that says when a document was published; None where none does.
    """

    def __init__(self, search_fields: Mapping[str, Any], own_fields: Mapping[str, str]) -> None:
        self.fields: dict[str, IndexedField] = {
            ID: IndexedField(ID, "id"),
            DJANGO_CT: IndexedField(DJANGO_CT, "key"),
            DJANGO_ID: IndexedField(DJANGO_ID, "key"),
        }
        self.content_field = ""
        self._own: dict[str, str] = {}
        for given in search_fields.values():
            name = given.index_fieldname
            if given.document:
                self.content_field = name
            if given.document or given.indexed:
                self.fields[name] = IndexedField(name, _kind_of(name, given), _is_whole(given))
            if name in own_fields or name in OWN_FIELDS:
                self._own[name] = own_fields.get(name, OWN_FIELDS.get(name, ""))
        self.published_field = next((name for name, own in self._own.items() if own == "published"), None)

    def article(self, prepared: Mapping[str, Any], zone: tzinfo) -> Article:
        """The article that a prepared document becomes.

        Raises:
            ArticleError: It has no text, or its id is none that an article can have.
        """
        words: list[str] = []
        tags: list[str] = []
        for name, value in prepared.items():
            indexed = self.fields.get(name)
            if indexed is not None:
                words += indexed.words(value, zone)
                tags += indexed.tags(value) if name not in (DJANGO_CT, DJANGO_ID) else ()
        own = {field: value for name, field in self._own.items() if (value := _own_value(prepared.get(name)))}
        title = prepared.get("title") if self.fields.get("title", _NO_TITLE).kind == "title" else None
        given: dict[str, Any] = {
            "id": prepared[ID],
            "body": str(prepared.get(self.content_field) or ""),
            "tags": tags,
            "agency": field_words.carrier_of(words),
            "extra": {FIELDS: stored(prepared)},
        }
        article = None
        while article is None:
            article = _fitting(given, {"title": str(title or ""), **own}, own)
        return article

    def own_sort(self, sort_by: list[str]) -> Sort | None:
        """The order of an index that this is; None where it is none of them."""
        if not sort_by:
            return "relevance"
        if len(sort_by) == 1 and sort_by[0].removeprefix("-") == self.published_field:
            return "newest" if sort_by[0].startswith("-") else "oldest"
        return None

    def sort_values(self, article: Article, sort_by: list[str], zone: tzinfo) -> list[tuple[int, Any]]:
        """What a document is ordered by, each value in a form that can be compared with others."""
        kept = stored_fields(article)
        return [_sort_value(kept.get(name.removeprefix("-")), zone) for name in sort_by]


def _fitting(given: Mapping[str, Any], fields: Mapping[str, Any], own: dict[str, Any]) -> Article | None:
    """The article; None where one of its `own` fields cannot have its value, which is then left out of them."""
    try:
        return Article(**fields, **given)
    except ArticleError as error:
        if own.pop(error.field, None) is None:
            raise
        _log.info("%s: %s; the field is left empty", given["id"], error)
        return None


def _kind_of(name: str, given: Any) -> Kind:
    if given.document:
        return "body"
    if isinstance(given, DecimalField):
        return "number"
    kind = _KINDS.get(given.field_type, "text")
    return "title" if name == "title" and kind == "text" and not given.is_multivalued else kind


def _is_whole(given: Any) -> bool:
    return bool(given.is_multivalued or getattr(given, "facet_for", None))


def _own_value(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    return value if isinstance(value, (date, datetime)) else str(value or "")


def _sort_value(value: Any, zone: tzinfo) -> tuple[int, Any]:
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return NO_VALUE
    kind, key = field_words.order_key(value, zone)
    return (0, key) if kind else (1, str(value).casefold())
