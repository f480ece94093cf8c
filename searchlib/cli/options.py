"""Options that commands share, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

import click
from click.shell_completion import CompletionItem

from searchlib.article import FACET_FIELDS

__all__ = [
    "complete_facets",
    "dates_options",
    "in_order",
    "index_option",
    "json_option",
    "plot_option",
    "query_text",
    "read_facets",
    "read_pairs",
]

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_PICTURES: Final = (".png", ".svg")

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Decorator = Callable[[_Command], _Command]


def in_order(*options: _Decorator[Any]) -> _Decorator[_Command]:
    """One decorator of several options. The help lists them in this order."""

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


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


def dates_options(command: _Command) -> _Command:
    """``--since DATE`` and ``--until DATE``."""
    until = click.option("--until", metavar="DATE", help="Nothing published after this day, month or year.")
    since = click.option("--since", metavar="DATE", help="Nothing published before this day, month or year.")
    return since(until(command))


def query_text(words: Iterable[str]) -> str:
    """The text of a query from its arguments. Bytes that are no UTF-8 are unknown characters in it."""
    return _SURROGATE.sub("\ufffd", " ".join(words))


def json_option(command: _Command) -> _Command:
    """``--json``, given to the command as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


def plot_option(*, help: str) -> Callable[[_Command], _Command]:  # noqa: A002 - click's name
    """``--plot FILE``, given to the command as `plot_path`."""
    return click.option(
        "--plot",
        "plot_path",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        callback=_read_plot_path,
        help=help,
    )


def _read_plot_path(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.lower().endswith(_PICTURES):
        raise click.BadParameter(f"a picture is {' or '.join(_PICTURES)}, and {value!r} ends in neither")
    return value


def read_pairs(_: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Click callback: ``NAME=VALUE``, any number of times → a dictionary. The last value of a name wins."""
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not (name.strip() and equals and rest.strip()):
            raise click.BadParameter(f"{value!r} is not {param.metavar}")
        pairs[name.strip()] = rest.strip()
    return pairs


def read_facets(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """Click callback: names of facets, separated by commas."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in FACET_FIELDS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FACET_FIELDS)}")
    return names


def complete_facets(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Click completion: the last of several names of facets."""
    done, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{done}{comma}{name}") for name in FACET_FIELDS if name.startswith(last)]
