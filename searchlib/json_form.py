"""What values look like in JSON: one form for library, command line and web, which docs/json.md documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, Final

__all__ = ["JsonForm", "JsonMapping", "json_bytes", "json_form", "json_text"]

# JSON escapes controls below U+0020 by itself. DEL and C1 controls drive terminals too, bidirectional overrides
# reorder what is read, and some readers take U+0085, U+2028 and U+2029 for the end of a line of JSON Lines. Halves of
# surrogate pairs, which stand for bytes of a path that are no UTF-8, can only be escaped.
_NOT_FOR_TERMINALS: Final = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


class JsonForm:
    """A value that has a form in JSON. By itself it is the attributes of a dataclass, or those that `__match_args__` names."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """The value ready for JSON: dictionaries, lists, texts, numbers, True, False and None. Dates are ISO 8601."""
        names = [field.name for field in fields(self)] if is_dataclass(self) else getattr(self, "__match_args__", ())
        return {name: json_form(getattr(self, name)) for name in names}

    def to_json(self) -> str:
        """The value as one line of JSON, without the line end and without characters that control a terminal."""
        return json_text(self.as_dict())


class JsonMapping(JsonForm):
    """A value that ``dict(value)`` turns into its form in JSON, and whose parts have names: ``value["total"]``.

    Programs that turn values into JSON by themselves, such as FastAPI, take dataclasses apart, and what is none by these
    two methods.
    """

    __slots__ = ()

    def keys(self) -> tuple[str, ...]:
        """The names of what `as_dict` gives."""
        return tuple(self.as_dict())

    def __getitem__(self, name: str, /) -> Any:
        """What `as_dict` gives under a name."""
        if not isinstance(name, str):
            # Without this, Python would take the value for a sequence.
            raise TypeError(f"a {type(self).__name__} has names, not numbers")
        return self.as_dict()[name]


def json_form(value: Any) -> Any:
    """A value, or values in values, ready for JSON."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, JsonForm):
        return value.as_dict()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): json_form(each) for name, each in value.items()}
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, Iterable):
        return [json_form(each) for each in value]
    if is_dataclass(value):
        return {field.name: json_form(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a {type(value).__name__} has no form in JSON")


def json_text(value: Any) -> str:
    """What is ready for JSON as one line of it, without the line end and without characters that control a terminal."""
    text = json.dumps(value, ensure_ascii=False)
    return _for_terminals(text)


def json_bytes(value: Any) -> bytes:
    """The same as `json_text`, in UTF-8 and without spaces, in a tenth of the time."""
    import orjson  # Imported late: the command line does without.

    try:
        text = orjson.dumps(value).decode("utf-8")
    except TypeError:
        # Halves of surrogate pairs, and whole numbers of more than 64 bits.
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _for_terminals(text).encode("utf-8")


def _for_terminals(text: str) -> str:
    # Whatever is to be escaped is not printable to Python, which tells so much faster.
    if text.isprintable():
        return text
    return _NOT_FOR_TERMINALS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
