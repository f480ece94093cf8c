"""What the values of searchlib look like in JSON, as JSON Schema 2020-12.

A schema has the name of the class whose `as_dict` it describes, or, where only the command line prints such an object, a
name of its own. Keys may be added in later versions; so schemas allow others, unless they are asked for `closed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from searchlib.json_schema import articles, command_line, explaining, indexes, results
from searchlib.json_schema.articles import ERRORS
from searchlib.json_schema.shapes import DEFINITIONS, Schema

__all__ = ["ERRORS", "SCHEMAS", "Schema", "components", "document", "names_within", "schema_of"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

#: Name → schema; references to others are ``#/$defs/NAME``.
SCHEMAS: Final[dict[str, Schema]] = {
    **results.SCHEMAS,
    **articles.SCHEMAS,
    **explaining.SCHEMAS,
    **indexes.SCHEMAS,
    **command_line.SCHEMAS,
}


def schema_of(name: str, *, closed: bool = False) -> Schema:
    """The schema of this name as a document of its own.

    Args:
        name: Name of a class, or another of `SCHEMAS`.
        closed: Whether keys that are not described are refused.

    Raises:
        KeyError: There is none.
    """
    names = names_within([name])
    shaped = {each: _closed(SCHEMAS[each]) if closed else SCHEMAS[each] for each in names}
    return {"$schema": _DIALECT, "$ref": f"{DEFINITIONS}{name}", "$defs": shaped}


def document() -> Schema:
    """All schemas as one document; `docs/json-schema.json` is it."""
    return {
        "$schema": _DIALECT,
        "title": "searchlib",
        "description": "The values of searchlib in JSON. Each is described under its name in $defs.",
        "$defs": SCHEMAS,
    }


def components(names: Iterable[str], *, prefix: str = "#/components/schemas/") -> dict[str, Schema]:
    """The schemas of these names and all that they refer to, as OpenAPI has them.

    Args:
        names: Names of `SCHEMAS`.
        prefix: What references begin with.
    """
    return {name: _with_prefix(SCHEMAS[name], prefix) for name in names_within(names)}


def names_within(names: Iterable[str]) -> list[str]:
    """These names and those of all schemas that theirs refer to, each once."""
    known: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known[name] = None
            waiting += [reference for reference in _references(SCHEMAS[name]) if reference not in known]
    return list(known)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "$ref":
                yield each.removeprefix(DEFINITIONS)
            else:
                yield from _references(each)


def _with_prefix(value: Any, prefix: str) -> Any:
    if isinstance(value, list):
        return [_with_prefix(each, prefix) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: each.replace(DEFINITIONS, prefix) if name == "$ref" else _with_prefix(each, prefix)
        for name, each in value.items()
    }


def _closed(schema: Schema) -> Schema:
    return {"additionalProperties": False, **schema}
