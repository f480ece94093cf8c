"""A record from the wild, a mapping of names to values → an article.

Names are recognised as news sites, wire services, APIs and data sets write them
(`field_names`), values in the shapes they have there (`record_values`). What is not
recognised, and what an article cannot hold as richly as the record does, goes to `extra`:
nothing is dropped. A record that an article gave (`Article.as_dict`) is taken as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from searchlib.article import LIST_FIELDS, Article, ArticleOrigin, DateOrder, is_no_value, read_date
from searchlib.errors import ArticleError, SourceError
from searchlib.sources.assembly import Unread, assemble, shown
from searchlib.sources.base import Context
from searchlib.sources.people.datelines import read_dateline
from searchlib.sources.records.factiva import is_factiva, with_known_names
from searchlib.sources.records.field_names import ARTICLE_FIELDS, TEXT_FIELDS, field_of, plain_name
from searchlib.sources.records.record_values import (
    is_absent,
    read_code,
    read_line,
    read_link,
    read_names,
    read_people,
    read_publisher,
    read_text,
)
from searchlib.sources.records.unused_names import note_second, note_unused

__all__ = ["article_from_record", "check_defaults", "check_mapping", "has_text", "some_names"]

_DATES: Final = ("published", "updated")
_OFFSETS: Final = ("published_offset", "updated_offset")
#: Fields that an article has once, and that are one value each.
_OF_ONE_NAME: Final = frozenset({"title", "body", "summary", "section", "publisher", "agency", "url", "language", "id"})
_NAMES_SHOWN: Final = 8

_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "id": read_line,
    "title": read_text,
    "body": read_text,
    "summary": read_text,
    "section": read_line,
    "publisher": read_publisher,
    "place": read_line,
    "agency": read_line,
    "tags": read_names,
    "url": read_link,
    "language": read_code,
}


def article_from_record(record: Mapping[str, Any], context: Context, number: int | None) -> Article | SourceError:
    """The article that a record is, or a `SourceError` that says why it is none.

    Args:
        record: Names → values, as JSON, a table or a database has them.
        context: What is read, and how the user wants names and dates read.
        number: Number of the record in its file, from 1.
    """
    context.see_names(record)
    try:
        if ("HD" in record or "hd" in record) and is_factiva(record):
            record = with_known_names(record)
        is_own = _is_own(record, context)
        columns: dict[str, str] = {}
        fields = dict(record) if is_own else _recognise(record, context, columns)
        if not any(fields.get(name) for name in TEXT_FIELDS):
            return context.error(_no_text(record, context), number)
        return assemble(fields, context, number, is_as_stated=is_own, columns=columns)
    except ArticleError as error:
        return context.error(str(error), number)


def has_text(record: Mapping[str, Any], context: Context, *fields: str) -> bool:
    """Whether a record has something under a name of one of these fields; without fields, of any that has text."""
    wanted = frozenset(fields) or TEXT_FIELDS
    for name, value in record.items():
        found = field_of(str(name), context.mapping)
        if not found or found.field not in wanted or is_absent(value):
            continue
        if isinstance(value, str) or read_text(value):
            return True
    return False


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Make sure that names are mapped to fields that there are.

    Raises:
        ArticleError: One is not; the message names those that there are.
    """
    for name, field in mapping.items():
        if field not in ARTICLE_FIELDS:
            raise ArticleError(field, f"{name!r} cannot be mapped to it; an article has {', '.join(ARTICLE_FIELDS)}")


def check_defaults(defaults: Mapping[str, str], order: DateOrder | None = None) -> None:
    """Make sure that the defaults are values that an article can have; dates of numbers are in this order.

    Raises:
        ArticleError: One is not.
    """
    for field in defaults:
        if field not in ARTICLE_FIELDS:
            raise ArticleError(field, f"it cannot have a default; an article has {', '.join(ARTICLE_FIELDS)}")
    fields: dict[str, Any] = {"title": "any", **{field: value for field, value in defaults.items() if value}}
    for name in _DATES:
        if name in fields:
            try:
                moment = read_date(fields[name], order=order)
            except ValueError as error:
                raise ArticleError(name, str(error)) from None
            fields[name] = moment and moment.instant
    Article(**fields)


def some_names(names: Iterable[object]) -> str:
    """The first of these names, shortened, and how many more there are."""
    listed = [str(name)[:40] for name in names]
    more = len(listed) - _NAMES_SHOWN
    return ", ".join(listed[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _no_text(record: Mapping[str, Any], context: Context) -> str:
    if not record:
        return "there is no text: the record is empty"
    found = {str(name): field_of(str(name), context.mapping) for name in record}
    if known := [name for name, field in found.items() if field and field.field in TEXT_FIELDS]:
        return f"there is no text: nothing stands under {some_names(known)}"
    return (
        "there is no text under a name known for a title, a summary or a body; say which is one, e.g. --map NAME=body; "
        f"the names are {some_names(record)}"
    )


def _is_own(record: Mapping[str, Any], context: Context) -> bool:
    """Whether the record is what `Article.as_dict` gives: then it means exactly what it says, markup and all."""
    if not isinstance(record.get("id"), str) or not all(_is_own_value(name, value) for name, value in record.items()):
        return False
    return {plain_name(name) for name in context.mapping}.isdisjoint(record)


def _is_own_value(name: str, value: Any) -> bool:
    if name in LIST_FIELDS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name == "extra":
        return isinstance(value, Mapping)
    if name == "origin":
        return _is_origin(value)
    return (name in ARTICLE_FIELDS or name in _OFFSETS) and isinstance(value, str)


def _is_origin(value: Any) -> bool:
    try:
        return isinstance(value, Mapping) and ArticleOrigin.read(value).as_dict() == value
    except ArticleError:
        return False


def _recognise(record: Mapping[str, Any], context: Context, columns: dict[str, str]) -> dict[str, Any]:
    candidates: dict[str, list[tuple[int, str, Any]]] = {}
    extra: dict[str, Any] = {}
    for key, value in record.items():
        if is_absent(value):
            continue
        name = str(key)
        if name == "extra" and isinstance(value, Mapping):
            extra.update(value)
        elif found := field_of(name, context.mapping):
            candidates.setdefault(found.field, []).append((found.rank, name, value))
        else:
            extra[name] = value
    if extra:
        note_unused(extra, candidates, context)
    fields: dict[str, Any] = {}
    for field, ranked in candidates.items():
        if len(ranked) > 1:
            ranked.sort(key=_by_rank)
        if field in _DATES:
            _take_date(fields, field, ranked, context, columns, extra)
            continue
        for _, name, value in ranked:
            if not _take(fields, field, name, value):
                extra.setdefault(name, value)
                _note_if_second(name, field, ranked[0][1], context)
    if extra:
        fields["extra"] = _json_ready(extra)
    return fields


def _note_if_second(name: str, field: str, first: str, context: Context) -> None:
    if name != first and field in _OF_ONE_NAME:
        note_second(name, field, first, context)


def _by_rank(candidate: tuple[int, str, Any]) -> int:
    return candidate[0]


def _take_date(
    fields: dict[str, Any],
    field: str,
    ranked: list[tuple[int, str, Any]],
    context: Context,
    columns: dict[str, str],
    extra: dict[str, Any],
) -> None:
    """Put in the first value that is a date. Where none is, `assemble` has the first that is meant to be one."""
    if len(ranked) == 1 and type(ranked[0][2]) is str:
        _, columns[field], fields[field] = ranked[0]
        return
    failed: list[tuple[str, Any, str]] = []
    for _, name, value in ranked:
        try:
            moment = read_date(value, order=context.date_order) if field not in fields else None
        except ValueError as error:
            failed.append((name, value, str(error)))
        else:
            if moment is not None:
                fields[field], columns[field] = value, name
                continue
        extra.setdefault(name, value)
    if failed and field not in fields:
        columns[field], fields[field], _ = failed[0]
        extra.pop(columns[field])
        failed = failed[1:]
    if failed:
        unread = (Unread(f"{name} ({field})", shown(value), reason) for name, value, reason in failed)
        fields.setdefault("unread", []).extend(unread)


def _take(fields: dict[str, Any], field: str, name: str, value: Any) -> bool:
    """Put a value where it belongs; False where it is not, or not wholly, held by the article now."""
    # "None" may be a headline.
    if type(value) is str and field != "title" and is_no_value(value):
        return True
    if field == "tags":
        names = read_names(value)
        fields["tags"] = [*fields.get("tags", ()), *(names or ())]
        return names is not None and not _is_rich(value)
    if field == "place" and plain_name(name) == "dateline":
        return _put_dateline(fields, value)
    if field == "authors":
        return _put_byline(fields, value)
    read = _READERS[field](value)
    if field in fields:
        return bool(fields[field] == read)
    if read is None:
        return False
    fields[field] = read
    return not _is_rich(value)


def _put_dateline(fields: dict[str, Any], value: Any) -> bool:
    dateline = read_dateline(read_line(value) or "")
    if dateline is None:
        return False
    fields.setdefault("dateline", dateline)
    return not dateline.rest and fields.get("place", dateline.place) == dateline.place


def _put_byline(fields: dict[str, Any], value: Any) -> bool:
    byline = read_people(value)
    if not byline.is_signed:
        return False
    # The record's own value goes to `extra`, under its own name.
    named = byline._replace(left_out=())
    is_first = fields.setdefault("byline", named) is named
    return fields["byline"] == byline and not (is_first and _is_rich(value))


def _is_rich(value: Any) -> bool:
    """Whether there is more to a value than an article's field takes from it."""
    if isinstance(value, (list, tuple)):
        return any(isinstance(item, (Mapping, list, tuple)) for item in value)
    return isinstance(value, Mapping) and len(value) > 1


def _json_ready(extra: dict[str, Any]) -> dict[str, Any]:
    # Most of what is left over is texts and lists of texts.
    if all(type(name) is str and _is_text(value) for name, value in extra.items()):
        return extra
    try:
        json.dumps(extra, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        # What a database or a data frame has: dates, decimals, NaN.
        try:
            text = json.dumps(extra, default=_as_text, skipkeys=True)
            ready: dict[str, Any] = json.loads(text, parse_constant=lambda _: None)
        except (TypeError, ValueError, RecursionError) as error:
            raise ArticleError("extra", f"it cannot be written as JSON: {error}") from None
        return ready
    return extra


def _is_text(value: object) -> bool:
    return type(value) is str or (type(value) is list and all(type(item) is str for item in value))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
