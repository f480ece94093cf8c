"""Fields as a source found them → an article, or why there is none.

The last step of the feed, XML and archive sources: dates are read with the user's order of
day and month, and what the user gave for missing fields is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from searchlib.article import Article, Moment, is_no_date, read_moment
from searchlib.errors import ArticleError, SourceError
from searchlib.sources.base import Context

__all__ = ["assemble", "language_code", "merged"]

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
# "Mon, " in any language; the date says the same without it.
_WEEKDAY: Final = re.compile(r"[^\W\d_]+\.?,\s*")


def assemble(fields: Mapping[str, Any], context: Context, record: int | None) -> Article | SourceError:
    """An article of these fields, or a `SourceError` that says which of them cannot be.

    A record whose publication date cannot be read is no article, since every search by date would miss it without a
    word. One whose date of change cannot be read is: the date is kept as printed, as ``updated_as_printed`` in
    `extra`.

    Args:
        fields: Names of an article's fields → values; empty values count as missing. Dates as printed.
        context: What is read; its defaults stand in for missing fields.
        record: Number of the record in its file, from 1; None where the file is one article.
    """
    found = dict(context.defaults) | {name: value for name, value in fields.items() if value}
    try:
        _put_published(found, context)
        _put_updated(found, context)
        return Article(**found)
    except ArticleError as error:
        return context.error(str(error), record)


def merged(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of all parts that have a value; where several do, the first of them counts."""
    fields: dict[str, Any] = {}
    for part in parts:
        fields.update((name, value) for name, value in part.items() if value and name not in fields)
    return fields


def language_code(text: str | None) -> str:
    """The text where it is a language code, else ""; producers also write "English" and "n/a" there."""
    code = (text or "").strip()
    return code if _LANGUAGE.fullmatch(code) else ""


def _put_published(found: dict[str, Any], context: Context) -> None:
    text = found.get("published")
    if text is None or is_no_date(text):
        found.pop("published", None)
        return
    try:
        found["published"], found["published_precision"] = _moment(text, context)
    except ValueError as error:
        raise ArticleError("published", str(error)) from None


def _put_updated(found: dict[str, Any], context: Context) -> None:
    text = found.get("updated")
    if text is None or is_no_date(text):
        found.pop("updated", None)
        return
    try:
        found["updated"], found["updated_precision"] = _moment(text, context)
    except ValueError:
        del found["updated"]
        found["extra"] = {**found.get("extra", {}), "updated_as_printed": text}


def _moment(text: str, context: Context) -> Moment:
    try:
        return read_moment(text, day_first=context.day_first)
    except ValueError:
        without_weekday = _WEEKDAY.sub("", text.strip(), count=1)
        if without_weekday == text.strip():
            raise
        return read_moment(without_weekday, day_first=context.day_first)
