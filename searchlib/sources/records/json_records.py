"""JSON and JSON Lines → articles.

A JSON file may be one article, an array of them, several one after another, or an answer of
some program's that has them somewhere inside ("articles", "results", "response" › "docs").
Objects that are ninjs, or items of AP's, are read as such wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.encodings.decoding import read_lines
from searchlib.sources.records.field_names import plain_name
from searchlib.sources.records.json_values import parse_value, read_values
from searchlib.sources.records.records import article_from_record, has_text
from searchlib.sources.wire import ap_json, ninjs

__all__ = ["read", "read_by_line"]

# Names that lists of articles go by, and objects that stand around such a list or around one article.
_LISTS: Final = frozenset({
    "articles", "collection", "content", "data", "docs", "documents", "entries", "feed", "graph", "hits", "items", "news",
    "posts", "records", "result", "results", "rows", "stories", "value", "values",
})  # fmt: skip
_AROUND: Final = frozenset(
    {"article", "channel", "data", "hits", "item", "payload", "response", "result", "results", "story"}
)
# The fields of these objects are fields of the object around them.
_PARTS: Final = ("_source", "attributes", "fields")
_MAX_WRAPPINGS: Final = 4


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the articles of a JSON file; records are numbered in the order of the file."""
    number = 0
    for value, problem in read_values(stream, context):
        if problem:
            number += 1
            yield context.error(problem, number)
            continue
        for record in _unwrap(value, context):
            number += 1
            yield _article(record, context, number)
    if not number:
        yield context.error("there are no records in it")


def read_by_line(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the articles of JSON Lines; a record's number is that of its line. Empty lines are passed over."""
    for number, text, problem in read_lines(stream, context):
        if problem:
            yield context.error(problem, number)
            continue
        if text.isspace():
            continue
        try:
            value = parse_value(text)
        except ValueError as error:
            yield context.error(str(error), number)
            continue
        for record in _unwrap(value, context):
            yield _article(record, context, number)


def _article(value: Any, context: Context, number: int) -> Article | SourceError:
    if not isinstance(value, dict):
        return context.error(f"expected an object with the fields of an article, found {_kind_of(value)}", number)
    if ap_json.is_item(value):
        return ap_json.article_from_item(value, context, number)
    if ninjs.is_item(value):
        return ninjs.article_from_item(value, context, number)
    return article_from_record(value, context, number)


def _kind_of(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "an array"}
    return names.get(type(value), "something else")


def _unwrap(value: Any, context: Context, wrappings: int = 0) -> list[Any]:
    """The records in a value; the value itself where nothing says that it only stands around some."""
    if not isinstance(value, dict) or wrappings > _MAX_WRAPPINGS:
        return [value]
    value = _with_parts(value)
    if ninjs.is_item(value) or ap_json.is_item(value) or has_text(value, context, "body"):
        return [value]
    lists = {name: items for name, items in value.items() if _is_list_of_objects(items)}
    known = [items for name, items in lists.items() if plain_name(name) in _LISTS]
    if not known and not has_text(value, context):
        known = list(lists.values())
    if len(known) == 1:
        records = [record for item in known[0] for record in _unwrap(item, context, wrappings + 1)]
        # A heading above a list of pictures does not make the pictures articles.
        if not has_text(value, context) or any(has_text(record, context) for record in records):
            return records
    return [value] if has_text(value, context) else _inside(value, context, wrappings)


def _inside(value: dict[str, Any], context: Context, wrappings: int) -> list[Any]:
    for name, inner in value.items():
        if isinstance(inner, dict) and plain_name(name) in _AROUND:
            records = _unwrap(inner, context, wrappings + 1)
            if len(records) > 1 or (isinstance(records[0], dict) and has_text(records[0], context)):
                return records
    return [value]


def _with_parts(value: dict[str, Any]) -> dict[str, Any]:
    for part in _PARTS:
        if isinstance(inner := value.get(part), dict):
            value = {**inner, **{name: item for name, item in value.items() if name != part}}
    return value


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
