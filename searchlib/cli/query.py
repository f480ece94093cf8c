"""`searchlib query`: find articles."""

from __future__ import annotations

import re
from typing import Any, Final

import click

from searchlib.cli.counting_options import FACET_VALUES_SHOWN, counting_options
from searchlib.cli.failures import Exit, tell_of_query
from searchlib.cli.hits import show_page
from searchlib.cli.machine import write_csv, write_json, write_json_lines
from searchlib.cli.options import index_option, json_option
from searchlib.cli.screen import Screen
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.results import Page

__all__ = ["command"]

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class _QueryCommand(CommandWithExamples):
    """A command whose arguments may look like options. Its error says how to write those."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.ClickException(
                f"{error.option_name} is no option of query; 'searchlib query --help' lists them. To leave out articles "
                "with a word, write NOT word, or put the query behind '--': searchlib query -- kim -putin"
            ) from None


@click.command(
    "query",
    cls=_QueryCommand,
    examples=(
        "searchlib query kim putin",
        "searchlib query '\"armoured train\" vladivostok' --since 2023-09 --sort newest",
        "searchlib query 'cocoa (bahia OR ghana)' --until 1987-03-01 --facets place",
        "searchlib query 'section:world date:2023-09' --timeline day",
        "searchlib query putin --json | jq .total",
        "searchlib query -- summit -climate",
    ),
)
@click.argument("query", nargs=-1, required=True)
@click.option("--since", metavar="DATE", help="Nothing published before this day, month or year.")
@click.option("--until", metavar="DATE", help="Nothing published after this day, month or year.")
@click.option("--any", is_flag=True, help="Articles with any of the words, instead of all.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="The order of the hits.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many hits to print at most.",
)
@click.option("--after", metavar="CURSOR", help="Show the page after the one that ended with this cursor.")
@counting_options
@json_option
@click.option("--jsonl", "as_json_lines", is_flag=True, help="Print one JSON object for each hit, each on its line.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a header and one row of CSV for each hit.")
@click.option("--no-snippets", is_flag=True, help="Leave out the passages; faster.")
@click.option(
    "--strict", is_flag=True, help="Fail if the query cannot be read as written, instead of noting how it was read."
)
@click.option("--timeout-s", metavar="S", type=click.FloatRange(min=0, min_open=True), help="Give up after S seconds.")
@click.option("--partial", is_flag=True, help="Print what was found when the time is over, instead of giving up.")
@index_option
def command(
    query: tuple[str, ...],
    index_path: str,
    as_json: bool,
    as_json_lines: bool,
    as_csv: bool,
    no_snippets: bool,
    **search: Any,
) -> Exit:
    """Find articles.

    Several arguments are one query; quote what the shell must not take apart. An article has to
    have all the words in its title, summary or body. "…" is a phrase. OR and NOT join and exclude.
    author:, section: and the other fields are searched alone. date: and since: restrict the time.

    Ends with 0 when something was found, 1 when nothing was, 2 after an error.
    """
    if as_json + as_json_lines + as_csv > 1:
        raise click.UsageError("--json, --jsonl and --csv exclude one another", click.get_current_context())
    text = _SURROGATE.sub("\ufffd", " ".join(query))
    if search["facet_limit"] is None and not as_json:
        search["facet_limit"] = FACET_VALUES_SHOWN
    with embedded.open(index_path) as index:
        page = index.search(text, snippets=not no_snippets, **search)
    if as_json:
        write_json(page)
        return _exit_code(page)
    for diagnostic in page.diagnostics:
        tell_of_query(diagnostic.message, text, diagnostic.start, diagnostic.end)
    if as_json_lines:
        write_json_lines(page)
    elif as_csv:
        write_csv(page)
    else:
        show_page(Screen(), page, later=search["after"] is not None)
    return _exit_code(page)


def _exit_code(page: Page) -> Exit:
    return Exit.DONE if page.total or page.hits else Exit.NOTHING
