"""Filters of a SearchQuerySet → query text (`searchlib.contrib.haystack.language`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from haystack import connections
from haystack.backends import BaseSearchQuery
from haystack.exceptions import SearchBackendError
from haystack.inputs import Clean, PythonData

from searchlib.contrib.haystack.language import CONTENT
from searchlib.query import Word, render

__all__ = ["SearchlibQuery"]

_ORDER: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_SIGNS: Final = re.compile(r'[\\"()\[\]{}*?~^:=/<>|+.&!-]')
#: How the words of a text become those of a lookup.
_OF_WORDS: Final[dict[str, Callable[[str], str]]] = {
    "content": lambda word: word,
    "contains": lambda word: f"*{word}*",
    "startswith": lambda word: f"{word}*",
    "endswith": lambda word: f"*{word}",
    "fuzzy": lambda word: f"{word}~2",
}


class SearchlibQuery(BaseSearchQuery):
    """Builds the text of a query. Whatever users typed is words, unless it is `haystack.inputs.Raw`."""

    def clean(self, query_fragment: Any) -> Any:
        """The words of a text, with no sign in it that means anything."""
        if not isinstance(query_fragment, str):
            return query_fragment
        return " ".join(render(Word(word)) for word in query_fragment.split())

    def build_exact_query(self, query_string: str) -> str:
        """The words of a text, side by side."""
        return _quoted(query_string)

    def boost_fragment(self, boost_word: str, boost_value: float) -> str:
        """Words that rank higher, and that no article needs to have."""
        return f"({self.clean(boost_word)}^{boost_value} OR *)"

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """The text of one filter.

        Raises:
            SearchBackendError: The field's values have no such comparison.
        """
        if not hasattr(value, "input_type_name"):
            if hasattr(value, "values_list"):
                value = list(value)
            value = Clean(value) if isinstance(value, str) and value != " " else PythonData(value)
        prefix = self._prefix(field)
        given = value.query_string
        if value.post_process is False or value.input_type_name in ("exact", "not"):
            prepared = value.prepare(self)
            return f"{prefix}({prepared})" if prepared else ""
        if filter_type in _ORDER:
            return f"{self._ordered(field, prefix)}{_ORDER[filter_type]}{_written(given)}"
        if filter_type == "range":
            low, high = given
            return f"{self._ordered(field, prefix)}{_written(low)}..{_written(high)}"
        if filter_type == "in" or isinstance(given, (list, tuple, set, frozenset)):
            return self._one_of(prefix, given)
        indexed = self.backend.fields.get(prefix.rstrip(":"))
        compares_whole = filter_type == "content" and indexed is not None and not indexed.has_words
        if filter_type == "exact" or compares_whole or not isinstance(given, str):
            # A phrase of a text, the whole value of what is no text.
            return f"{prefix}{_written(given)}"
        return self._words(prefix, filter_type, given)

    def _prefix(self, field: str) -> str:
        if field == CONTENT:
            return ""
        index = connections[self._using].get_unified_index()
        return f"{index.get_index_fieldname(field)}:"

    def _ordered(self, field: str, prefix: str) -> str:
        if prefix in ("", f"{self.backend.content_field_name}:"):
            raise SearchBackendError(f"{field} is the text of documents, which has no order.")
        return prefix

    def _one_of(self, prefix: str, values: Iterable[Any]) -> str:
        written = [_written(each) for each in values]
        # Of no values none is it.
        return f"{prefix}({' OR '.join(written)})" if written else "(* NOT *)"

    def _words(self, prefix: str, filter_type: str, text: str) -> str:
        words = text.split() if text.strip() else []
        if not words:
            return "(* NOT *)"
        made = _OF_WORDS[filter_type]
        if filter_type == "content":
            return f"{prefix}({self.clean(text)})"
        # A word of a pattern has no signs of its own.
        plain = [part for word in words for part in _SIGNS.sub(" ", word).split()]
        return f"{prefix}({' '.join(made(word) for word in plain)})" if plain else "(* NOT *)"


def _written(value: Any) -> str:
    """A value in quotation marks, dates in ISO 8601."""
    if isinstance(value, date):
        return _quoted(value.isoformat())
    if isinstance(value, bool):
        return _quoted("true" if value else "false")
    return _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
