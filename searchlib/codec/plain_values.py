"""Plain values ↔ bytes: what a stored field can hold, as JSON.

What JSON has is written as it is. What it has not is an object with one key, the empty string, whose value is a list of
a type's name and what makes a value of it:

    bytes                  {"": ["bytes", base64]}
    int                    {"": ["int", hexadecimal]}              of over 1,024 bits
    datetime               {"": ["datetime", ISO 8601]}            or, in a time zone with a name,
                           {"": ["datetime", ISO 8601, name]}
    date, time, Decimal    {"": ["date", ISO 8601]} and so on
    tuple, set             {"": ["tuple", [value, …]]}
    dict                   {"": ["dict", [[key, value], …]]}       where a key is no string, or the empty one

Text is UTF-8, with lone surrogates as three bytes. ``{"n": 1, "b": b"kim"}`` is ``{"n":1,"b":{"":["bytes","a2lt"]}}``.

A value of a type derived from one of these comes back as one of these. A time zone that no name is known of comes back
as its offset from UTC.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from searchlib.kernels import CorruptDataError

__all__ = ["decode", "decode_fields", "encode", "encode_fields"]

_MARK: Final = ""
# Python refuses to read and write longer integers in decimal, at a limit that a program can lower to 640 digits.
_LONGEST_INT_BITS: Final = 1024
_TEXT: Final = frozenset({str})

_encode_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def encode(value: Any) -> bytes:
    """The bytes of a plain value.

    Raises:
        TypeError: It is not plain, or holds what is not.
    """
    try:
        return _encode_json(_as_json(value)).encode("utf-8", "surrogatepass")
    except RecursionError:
        raise TypeError("it holds itself, or is nested too deeply") from None


def encode_fields(fields: Mapping[str, Any]) -> bytes:
    """The bytes of an article's stored fields: a value that `decode` reads.

    Raises:
        TypeError: A field's value is not plain; the message names the field.
    """
    import orjson  # Readers do not need it.

    try:
        return orjson.dumps(fields) if _is_text(fields) else _encode_fields(fields)
    except (orjson.JSONEncodeError, RecursionError):
        # A lone surrogate; what nests too deeply.
        return _encode_fields(fields)


def _encode_fields(fields: Mapping[str, Any]) -> bytes:
    try:
        return encode(dict(fields))
    except TypeError:
        raise _naming_the_field(fields) from None


def _is_text(value: Any) -> bool:
    """Whether it is texts and nothing else, as most articles are: JSON of any encoder."""
    kind = type(value)
    if kind is str:
        return True
    if kind is list:
        return all(map(_is_text, value))
    if kind is dict:
        if _MARK in value or not {*map(type, value)} <= _TEXT:
            return False
        return {*map(type, value.values())} <= _TEXT or all(map(_is_text, value.values()))
    return False


def _naming_the_field(fields: Mapping[str, Any]) -> TypeError:
    for name, value in fields.items():
        try:
            encode(value)
        except TypeError as error:  # noqa: PERF203 - it happens once
            return TypeError(f"the stored field {name!r}: {error}")
    raise AssertionError("each field can be stored, and not all together")


def decode(data: bytes) -> Any:
    """The value that `encode` gave these bytes for.

    Raises:
        CorruptDataError: It gives no such bytes.
    """
    try:
        text = data.decode("utf-8", "surrogatepass")
        value, end = _scan(text, 0)
    except (ValueError, TypeError, ArithmeticError, RecursionError, StopIteration) as error:
        raise CorruptDataError(f"a stored value cannot be read: {type(error).__name__}: {error}") from error
    if end != len(text):
        raise CorruptDataError("something follows a stored value")
    return value


def decode_fields(data: bytes) -> dict[str, Any]:
    """An article's stored fields, of which `encode_fields` made these bytes; none for no bytes.

    Raises:
        CorruptDataError: It makes no such bytes.
    """
    if not data:
        return {}
    fields = decode(data)
    if type(fields) is not dict:
        raise CorruptDataError("the stored fields of an article are something else")
    return fields


def _as_json(value: Any) -> Any:
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is float:
        return value
    if kind is int:
        return value if value.bit_length() <= _LONGEST_INT_BITS else _marked("int", f"{value:x}")
    if kind is list:
        return [each if type(each) is str else _as_json(each) for each in value]
    if kind is dict:
        return _dict_as_json(value)
    for known, convert in _TO_JSON.items():
        if isinstance(value, known):
            return convert(value)
    raise TypeError(f"{value!r:.100} is a {kind.__module__}.{kind.__qualname__}, which cannot be stored")


def _dict_as_json(value: dict[Any, Any]) -> dict[str, Any]:
    if all(type(key) is str for key in value) and _MARK not in value:
        return {key: each if type(each) is str else _as_json(each) for key, each in value.items()}
    return _marked("dict", [[_as_json(key), _as_json(each)] for key, each in value.items()])


def _marked(*content: Any) -> dict[str, Any]:
    return {_MARK: list(content)}


def _datetime_as_json(value: datetime) -> dict[str, Any]:
    zone = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None
    return _marked("datetime", datetime.isoformat(value), *([zone] if zone else []))


# In this order: a datetime is a date, and a bool an int.
_TO_JSON: Final[dict[type, Callable[[Any], Any]]] = {
    bytes: lambda value: _marked("bytes", base64.b64encode(value).decode("ascii")),
    datetime: _datetime_as_json,
    date: lambda value: _marked("date", date.isoformat(value)),
    time: lambda value: _marked("time", time.isoformat(value)),
    Decimal: lambda value: _marked("Decimal", Decimal.__str__(value)),
    tuple: lambda value: _marked("tuple", [_as_json(each) for each in value]),
    set: lambda value: _marked("set", [_as_json(each) for each in value]),
    str: lambda value: str.__str__(value),
    int: lambda value: _as_json(int(value)),
    float: float,
    list: lambda value: _as_json(list(value)),
    dict: lambda value: _as_json(dict(value)),
}


def _read_datetime(text: str, zone: str | None = None) -> datetime:
    instant = datetime.fromisoformat(text)
    if zone is None:
        return instant
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError):
        # Another machine need not know the zone. The instant is the same.
        return instant
    # What the clock showed, at the first or second time that it did on that day.
    for fold in (0, 1):
        shown = instant.replace(tzinfo=info, fold=fold)
        if shown.utcoffset() == instant.utcoffset():
            return shown
    return instant.astimezone(info)


_FROM_JSON: Final[dict[str, Callable[..., Any]]] = {
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "int": lambda text: int(text, 16),
    "datetime": _read_datetime,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "Decimal": Decimal,
    "tuple": tuple,
    "set": set,
    "dict": dict,
}


def _from_object(value: dict[str, Any]) -> Any:
    content = value.get(_MARK) if len(value) == 1 else None
    # Before there were marks, a key could be the empty string, its value no list.
    if type(content) is not list:
        return value
    name, *arguments = content
    if type(name) is not str or name not in _FROM_JSON:
        raise ValueError(f"there is no type {name!r:.100}")
    return _FROM_JSON[name](*arguments)


# Without what `decode` of a decoder does about white space, of which there is none.
_scan: Final[Callable[[str, int], tuple[Any, int]]] = json.JSONDecoder(object_hook=_from_object).scan_once  # type: ignore[attr-defined]
