"""`searchlib compare`: several queries on one timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from searchlib.cli.failures import Exit, is_unreadable, tell, tell_of_diagnostics
from searchlib.cli.index_values import complete_query
from searchlib.cli.options import dates_options, index_option, json_option, plot_option, query_text
from searchlib.cli.output import Output, choose_output
from searchlib.cli.plots import check_plot, plot_comparison
from searchlib.cli.screen import Screen
from searchlib.cli.timelines import show_comparison
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.counted import TIMELINE_UNITS
from searchlib.engines import embedded
from searchlib.results import Comparison
from searchlib.tables.csv_lines import csv_lines

__all__ = ["command"]


@click.command(
    "compare",
    cls=CommandWithExamples,
    examples=(
        "searchlib compare measles strike --by month",
        "searchlib compare 'kim AND putin' '\"armoured train\"' --by week --since 2023-07",
        "searchlib compare cocoa coffee sugar --by month --share --plot crops.png",
        "searchlib compare measles strike --by month --csv > months.csv",
    ),
)
@click.argument("queries", metavar="QUERY...", nargs=-1, required=True, shell_complete=complete_query)
@click.option(
    "--by",
    type=click.Choice(TIMELINE_UNITS),
    required=True,
    help="How long a bucket is, in the index's time zone; weeks begin on Monday.",
)
@dates_options
@click.option("--any", is_flag=True, help="Articles with any of the words of a query, instead of all.")
@click.option("--share", is_flag=True, help="Say what share of all articles of its time each query finds.")
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print a header and one row of CSV for each bucket.")
@click.option(
    "-o",
    "--output",
    "output_path",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write to a file, as its name says: .csv or .json.",
)
@click.option(
    "--safe-csv/--raw-csv",
    "safe_csv",
    default=None,
    help="Whether cells of CSV that a spreadsheet takes for formulas get an apostrophe; as a rule those of a file do, "
    "and those of standard output do not.",
)
@plot_option(help="Draw a line for each query into this file, .png or .svg.")
@click.option(
    "--strict", is_flag=True, help="Fail if a query cannot be read as written, instead of noting how it was read."
)
@click.option("--timeout-s", metavar="S", type=click.FloatRange(min=0, min_open=True), help="Give up after S seconds.")
@index_option
def command(
    queries: tuple[str, ...],
    index_path: str,
    as_json: bool,
    as_csv: bool,
    output_path: str | None,
    safe_csv: bool | None,
    plot_path: str | None,
    **asked: Any,
) -> Exit:
    """Put several queries on one timeline.

    Each argument is a query; quote those of several words. Every day, week, month or year from the
    first article that any of them finds to the last is a bucket. On a terminal it has a bar for
    each query, in a pipe it is a row.

    Ends with 0 when something was found, 1 when nothing was, 2 after an error. If a date or another part
    of any query restricts and cannot be read, there is no comparison.
    """
    output = choose_output(
        as_json=as_json,
        as_csv=as_csv,
        output_path=output_path,
        safe_csv=safe_csv,
    )
    if output.format not in ("screen", "json", "csv"):
        raise click.UsageError("a comparison goes to .csv or .json", click.get_current_context())
    if plot_path is not None:
        check_plot()
    texts = [query_text([query]) for query in queries]
    with embedded.open(index_path) as index:
        found = index.compare(texts, **asked)
    for text, own in zip(texts, found.diagnostics, strict=True):
        tell_of_diagnostics(own, text, unreadable_only=output.holds_diagnostics)
    is_unread = any(map(is_unreadable, found.diagnostics))
    if is_unread and not output.holds_diagnostics:
        # The zeros of a query that was not understood would pass for counts.
        return Exit.ERROR
    if output.format == "screen":
        show_comparison(Screen(), found, texts)
    else:
        with output.text() as write:
            for piece in _pieces(found, texts, output):
                write(piece)
    if plot_path is not None and found.buckets:
        plot_comparison(plot_path, found, texts)
    elif plot_path is not None:
        tell("no article that was found has a date, so there is no picture")
    if is_unread:
        return Exit.ERROR
    return Exit.DONE if found.buckets or any(found.undated) or any(found.imprecise) else Exit.NOTHING


def _pieces(found: Comparison, queries: Sequence[str], output: Output) -> Iterator[str]:
    """A comparison for programs."""
    if output.format == "json":
        yield found.to_json() + "\n"
        return
    shares = any(bucket.shares is not None for bucket in found)
    header = ["start", "end", *queries, *(f"share of {query}" for query in queries if shares)]
    rows = (
        [bucket.start.isoformat(), bucket.end.isoformat(), *bucket.counts, *(bucket.shares or ())] for bucket in found
    )
    yield from csv_lines([header, *rows], safe=output.safe)
