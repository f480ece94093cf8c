"""What a field of an article is given → what it keeps, or an error that names the field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from searchlib.article.dates import is_no_date, is_no_value, read_moment
from searchlib.article.moments import (
    UNZONED,
    Precision,
    as_utc,
    cut_moment,
    format_moment,
    offset_of,
    read_formatted,
    read_offset,
)
from searchlib.errors import ArticleError

__all__ = [
    "CLOCK_PRECISIONS",
    "NO_DATE",
    "NO_OFFSET",
    "read_dated",
    "read_extra",
    "read_identifier",
    "read_language",
    "read_line",
    "read_text",
    "read_values",
]

NO_DATE: Final = (None, None, None)
NO_OFFSET: Final = timedelta(0)
# Of these the publisher's clock is known; a day is the same day on every clock.
CLOCK_PRECISIONS: Final = ("minute", "second")
_MAX_ID_CHARS: Final = 1000
# Unicode's controls, category Cc.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


def read_text(field: str, value: object) -> str:
    """A text, with line ends as Unix has them; "" for none."""
    if type(value) is str and value.isascii() and "\r" not in value:
        return value
    if not value and (value is None or value == ""):
        return ""
    if not isinstance(value, str):
        raise ArticleError(field, f"expected text, got {type(value).__name__}")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ArticleError(field, f"it holds half a surrogate pair at character {error.start}") from None
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def read_line(field: str, value: object) -> str:
    """A text on one line."""
    return " ".join(read_text(field, value).split())


def read_values(field: str, value: object) -> tuple[str, ...]:
    """Lines, each once, without empty ones; one text is one line."""
    if value is None or value == ():
        return ()
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, Iterable) or isinstance(value, (Mapping, bytes)):
        raise ArticleError(field, f"expected a list of texts, got {type(value).__name__}")
    lines = (read_line(field, item) for item in value)
    return tuple(dict.fromkeys(line for line in lines if line))


def read_language(value: object) -> str:
    """A BCP 47 code, in lower case; "" for none."""
    code = read_line("language", value)
    if code and not _LANGUAGE.fullmatch(code):
        raise ArticleError("language", f"{code[:40]!r} is not a language code such as 'en' or 'pt-BR'")
    return code.replace("_", "-").lower()


def read_dated(
    field: str, value: object, precision: Precision | None, offset: str | timedelta | None
) -> tuple[datetime, Precision, timedelta | None] | tuple[None, None, None]:
    """An instant, how precisely it is known, and how far east of UTC its clock was; `NO_DATE` for none."""
    if type(value) is datetime and value.tzinfo is UNZONED and precision in CLOCK_PRECISIONS and offset is None:
        # As `read_date` gives it.
        return value if precision == "second" else value.replace(second=0, microsecond=0), precision, None
    if type(value) is str and precision is None and offset is None and (known := read_formatted(value)):
        return *known, NO_OFFSET
    if value is None or value == "" or (isinstance(value, str) and (is_no_date(value) or is_no_value(value))):
        return NO_DATE
    if not isinstance(value, (str, date)):
        raise ArticleError(field, f"expected a date, got {type(value).__name__}")
    if precision not in (None, "year", "month", "day", "minute", "second"):
        raise ArticleError(f"{field}_precision", f"{precision!r} is not year, month, day, minute or second")
    try:
        moment = read_moment(value)
        if isinstance(value, datetime) and precision is not None:
            moment = cut_moment(moment.instant, precision)
        instant = as_utc(moment.instant)
    except (ValueError, OverflowError) as error:
        raise ArticleError(field, str(error)) from None
    if instant.year == 1 and is_no_date(format_moment(instant, moment.precision)):
        return NO_DATE
    if moment.precision not in CLOCK_PRECISIONS:
        return instant, moment.precision, None
    return instant, moment.precision, offset_of(moment.instant) if offset is None else _read_offset(field, offset)


def _read_offset(field: str, value: object) -> timedelta:
    try:
        if isinstance(value, str):
            return read_offset(value)
        if isinstance(value, timedelta):
            timezone(value)
            return value
    except ValueError as error:
        raise ArticleError(f"{field}_offset", str(error)) from None
    raise ArticleError(f"{field}_offset", f"expected an offset such as '+05:30', got {type(value).__name__}")


def read_extra(value: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A copy of a mapping that can be written as JSON."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ArticleError("extra", f"expected a mapping, got {type(value).__name__}")
    try:
        text = json.dumps(dict(value), allow_nan=False)
        copy: dict[str, Any] = json.loads(text)
        if "\\ud" in text:
            # A half of a surrogate pair, or a whole one: only the whole one can be encoded.
            json.dumps(copy, ensure_ascii=False).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise ArticleError("extra", f"it cannot be written as JSON: {error}") from None
    return copy


def read_identifier(value: object) -> str:
    """An id; "" for none."""
    identifier = read_text("id", value).strip()
    if len(identifier) > _MAX_ID_CHARS:
        raise ArticleError("id", f"{len(identifier):,} characters; at most {_MAX_ID_CHARS:,} are allowed")
    if _CONTROL.search(identifier):
        raise ArticleError("id", f"{identifier[:40]!r} holds a control character")
    return identifier
