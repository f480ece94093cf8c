"""Options that commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from searchlib.article import FACET_FIELDS

__all__ = ["FACET_NAMES", "index_option", "json_option", "read_pairs"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def index_option(command: _Command) -> _Command:
    """``--index PATH``, given to the command as `index_path`."""
    return click.option(
        "--index",
        "index_path",
        metavar="PATH",
        envvar="SEARCHLIB_INDEX",
        default="searchlib.index",
        type=click.Path(),
        help="The index; else $SEARCHLIB_INDEX, else ./searchlib.index.",
    )(command)


def json_option(command: _Command) -> _Command:
    """``--json``, given to the command as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


def read_pairs(_: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Click callback: ``NAME=VALUE`` given any number of times → a dictionary; the last of the same name wins."""
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not (name.strip() and equals and rest.strip()):
            raise click.BadParameter(f"{value!r} is not {param.metavar}")
        pairs[name.strip()] = rest.strip()
    return pairs


class _FacetFields(click.ParamType):
    """Names of facets, separated by commas."""

    name = "fields"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
        if unknown := [name for name in names if name not in FACET_FIELDS]:
            self.fail(f"{unknown[0]!r} is none of {', '.join(FACET_FIELDS)}", param, ctx)
        return names

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        done, comma, last = incomplete.rpartition(",")
        return [
            click.shell_completion.CompletionItem(f"{done}{comma}{name}")
            for name in FACET_FIELDS
            if name.startswith(last)
        ]


#: Names of facets, separated by commas.
FACET_NAMES: Final = _FacetFields()
