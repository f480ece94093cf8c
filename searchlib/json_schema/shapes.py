"""What schemas are written with: each function gives a piece of JSON Schema, with what it says to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

__all__ = [
    "DEFINITIONS",
    "Schema",
    "anything",
    "flag",
    "list_of",
    "mapping_of",
    "number",
    "one_of",
    "or_null",
    "record",
    "ref",
    "text",
    "whole",
]

Schema: TypeAlias = dict[str, Any]

#: What references to other schemas begin with.
DEFINITIONS = "#/$defs/"


def text(says: str) -> Schema:
    """A text."""
    return {"type": "string", "description": says}


def whole(says: str) -> Schema:
    """A whole number."""
    return {"type": "integer", "description": says}


def number(says: str) -> Schema:
    """A number."""
    return {"type": "number", "description": says}


def flag(says: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": says}


def one_of(values: tuple[str, ...], says: str) -> Schema:
    """One of some texts."""
    return {"type": "string", "enum": list(values), "description": says}


def anything(says: str) -> Schema:
    """Whatever JSON can have."""
    return {"description": says}


def ref(name: str, says: str) -> Schema:
    """What another schema describes."""
    return {"$ref": f"{DEFINITIONS}{name}", "description": says}


def list_of(item: Schema | str, says: str) -> Schema:
    """A list, of what a schema describes or of values of a simple type."""
    return {"type": "array", "items": _item(item), "description": says}


def mapping_of(item: Schema | str, says: str) -> Schema:
    """An object of which all values are alike, whatever their names."""
    return {"type": "object", "additionalProperties": _item(item), "description": says}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    says = {"description": schema["description"]}
    kind = {name: value for name, value in schema.items() if name != "description"}
    return {"anyOf": [kind, {"type": "null"}], **says}


def record(says: str, keys: Mapping[str, Schema]) -> Schema:
    """An object with these keys. One that is not always there ends with "?": "parts?"."""
    return {
        "type": "object",
        "description": says,
        "properties": {name.removesuffix("?"): schema for name, schema in keys.items()},
        "required": [name for name in keys if not name.endswith("?")],
    }


def _item(item: Schema | str) -> Schema:
    if not isinstance(item, str):
        return item
    return {"type": item} if item.islower() else {"$ref": f"{DEFINITIONS}{item}"}
