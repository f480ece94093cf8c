"""Values of facets that are chosen: what they come to in a query, and how each facet is counted beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from searchlib.article import FACET_FIELDS
from searchlib.errors import SettingError
from searchlib.index.arguments import check_choice
from searchlib.query import VALUE_FIELDS, Has, Node, Not, Or, Value, Word, all_of

__all__ = ["Chosen", "queries_of_facets", "read_chosen", "restricted"]

#: Field → the values of which an article has to have one; "" for none at all.
Chosen = Mapping[str, Collection[str]]


def read_chosen(chosen: Chosen | None) -> dict[str, Node]:
    """By field, the query that finds the articles with one of the values chosen; fields without any are left out.

    Raises:
        SettingError: A field is no facet, or values are no list of texts.
    """
    if chosen is None:
        return {}
    if not isinstance(chosen, Mapping):
        raise SettingError("chosen", chosen, "give a dictionary of lists of values by field")
    choices = {}
    for field, values in chosen.items():
        check_choice("chosen", field, FACET_FIELDS)
        if isinstance(values, (str, bytes)) or not isinstance(values, Collection):
            raise SettingError("chosen", values, f"give a list of values of {field}")
        for value in values:
            if not isinstance(value, str):
                raise SettingError("chosen", value, f"give a text that is a value of {field}")
        nodes = tuple([_value(field, value) for value in dict.fromkeys(values)])
        if nodes:
            choices[field] = nodes[0] if len(nodes) == 1 else Or(nodes)
    return choices


def restricted(tree: Node, choices: Mapping[str, Node]) -> Node:
    """A query, restricted to what is chosen in every field."""
    return all_of((tree, *choices.values())) if choices else tree


def queries_of_facets(tree: Node, choices: Mapping[str, Node], facets: Sequence[str]) -> dict[str, Node]:
    """Of each facet in whose field something is chosen: the query without that choice, so that others can be chosen.

    Args:
        tree: The query without any choice.
        choices: As of `read_chosen`.
        facets: The fields that are counted.
    """
    return {
        field: restricted(tree, {other: node for other, node in choices.items() if other != field})
        for field in facets
        if field in choices
    }


def _value(field: str, value: str) -> Node:
    if not value.strip():
        return Not(Has(field))
    # A language is found by its code, and by that of a region of it, as its facet counts them.
    return Value(value, field) if field in VALUE_FIELDS else Word(value, field)
