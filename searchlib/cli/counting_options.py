"""Options of `searchlib query` that count what was found: facets and timelines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from searchlib.article import FACET_FIELDS
from searchlib.cli.index_values import complete_choices
from searchlib.cli.options import complete_facets, plot_option, read_facets, read_pairs
from searchlib.counted import TIMELINE_UNITS

__all__ = ["FACET_VALUES_SHOWN", "counting_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

#: How many values of a facet are shown to people who ask for no number.
FACET_VALUES_SHOWN: Final = 10


def counting_options(command: _Command) -> _Command:
    """The options, given to the command by the names of `Index.search`."""
    options = (
        click.option(
            "--facets",
            metavar="FIELD,…",
            default="",
            callback=read_facets,
            shell_complete=complete_facets,
            help="Count the articles found by section, publisher, place, author, tag, agency or language.",
        ),
        click.option(
            "--facet-limit",
            metavar="N",
            type=click.IntRange(min=0),
            help="How many values of each facet to print at most, the most frequent. Default: 10; with --json all.",
        ),
        click.option(
            "--facet-prefix",
            metavar="FIELD=TEXT",
            multiple=True,
            callback=_read_prefixes,
            help="Only values of this facet that begin so, in whatever case and accents; for several facets, several times.",
        ),
        click.option(
            "--choose",
            "chosen",
            metavar="FIELD=VALUE",
            multiple=True,
            callback=_read_chosen,
            shell_complete=complete_choices,
            help="Only articles with this value of a facet, or with none if it is empty; for one of several values of a "
            "field, several times. The facet of the field counts as if nothing were chosen in it.",
        ),
        click.option(
            "--timeline",
            type=click.Choice(TIMELINE_UNITS),
            help="Count the articles found over time, in the index's time zone.",
        ),
        click.option(
            "--share", is_flag=True, help="With --timeline, say what share of all articles of its time was found."
        ),
        plot_option(help="Draw the timeline into this file, .png or .svg."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _read_chosen(_: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for pair in values:
        name, equals, value = pair.partition("=")
        name = name.strip().lower()
        if not equals:
            raise click.BadParameter(f"{pair!r} is not {param.metavar}")
        if name not in FACET_FIELDS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FACET_FIELDS)}")
        chosen.setdefault(name, []).append(value.strip())
    return chosen


def _read_prefixes(context: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    prefixes = read_pairs(context, param, values)
    for name in prefixes:
        if name not in FACET_FIELDS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FACET_FIELDS)}")
    return prefixes
