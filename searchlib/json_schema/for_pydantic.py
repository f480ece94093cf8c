"""Schemas as pydantic has them, so that FastAPI gives values in their documented form and describes them in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from searchlib.json_schema import ERRORS, SCHEMAS, names_within
from searchlib.json_schema.shapes import DEFINITIONS, Schema

if TYPE_CHECKING:
    from pydantic_core.core_schema import CoreSchema

__all__ = ["schema_for"]

# What pydantic takes for the module of a class; its names in OpenAPI are what follows.
_PREFIX: Final = "searchlib."

_Value = TypeVar("_Value")


def schema_for(kind: type[_Value], read: Callable[[Any], _Value] | None = None) -> CoreSchema:
    """The schema of a class: it takes its instances, and gives what `as_dict` gives.

    Args:
        kind: The class. Where it has no schema, it may give any object.
        read: Makes an instance of what is none, or raises a ValueError; None to take nothing else.
    """
    from pydantic_core import core_schema

    def taken(value: Any) -> _Value:
        if isinstance(value, kind):
            return value
        if read is None:
            raise ValueError(f"expected a {kind.__name__}, got {type(value).__name__}")
        return read(value)

    name = _name_of(kind)
    form = core_schema.dict_schema() if name is None else _reference(name)
    schema = core_schema.no_info_plain_validator_function(
        taken,
        json_schema_input_schema=form,
        serialization=core_schema.plain_serializer_function_ser_schema(_form_of, return_schema=form),
    )
    if name is None:
        return schema
    return core_schema.definitions_schema(schema, [_definition(each) for each in names_within([name])])


def _name_of(kind: type) -> str | None:
    """The name of the schema of a class, or of the class that it is derived from."""
    for each in kind.__mro__:
        if each.__name__ in SCHEMAS:
            return each.__name__
        if each.__name__ in ERRORS:
            return "Error"
    return None


def _form_of(value: Any) -> Any:
    return value.as_dict()


def _reference(name: str) -> CoreSchema:
    from pydantic_core import core_schema

    return core_schema.definition_reference_schema(f"{_PREFIX}{name}")


def _definition(name: str) -> CoreSchema:
    from pydantic_core import core_schema

    schema = SCHEMAS[name]
    return core_schema.typed_dict_schema(
        {
            key: core_schema.typed_dict_field(
                _core(value), required=key in schema["required"], metadata=_says(value["description"])
            )
            for key, value in schema["properties"].items()
        },
        ref=f"{_PREFIX}{name}",
        cls_name=name,
        metadata=_says(schema["description"], title=name),
    )


def _says(description: str, **more: str) -> dict[str, Any]:
    return {"pydantic_js_updates": {"description": description, **more}}


def _core(schema: Schema) -> CoreSchema:
    """What a piece of JSON Schema is to pydantic: the pieces that `shapes` makes."""
    from pydantic_core import core_schema

    if "$ref" in schema:
        return _reference(schema["$ref"].removeprefix(DEFINITIONS))
    if "anyOf" in schema:
        return core_schema.nullable_schema(_core(schema["anyOf"][0]))
    if "enum" in schema:
        return core_schema.literal_schema(schema["enum"])
    if schema.get("type") == "array":
        return core_schema.list_schema(
            _core(schema["items"]), min_length=schema.get("minItems"), max_length=schema.get("maxItems")
        )
    if schema.get("type") == "object":
        return core_schema.dict_schema(core_schema.str_schema(), _core(schema["additionalProperties"]))
    simple: dict[str | None, Callable[[], CoreSchema]] = {
        "string": core_schema.str_schema,
        "integer": core_schema.int_schema,
        "number": core_schema.float_schema,
        "boolean": core_schema.bool_schema,
        None: core_schema.any_schema,
    }
    return simple[schema.get("type")]()
