"""`searchlib kwic`: key words in context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click

from searchlib.cli.contexts import show_concordance, text_columns
from searchlib.cli.failures import Exit, is_unreadable, tell_of_diagnostics
from searchlib.cli.index_values import complete_query
from searchlib.cli.options import dates_options, index_option, json_option, query_text
from searchlib.cli.output import Output, choose_output
from searchlib.cli.screen import Screen
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.concordance import Concordance
from searchlib.engines import embedded
from searchlib.tables.csv_lines import csv_lines

__all__ = ["LINE_COLUMNS", "command"]

#: What there is of each line in CSV and JSON Lines, in order.
LINE_COLUMNS: Final = ("id", "published", "field", "start", "end", "left", "match", "right")


@click.command(
    "kwic",
    cls=CommandWithExamples,
    examples=(
        "searchlib kwic cocoa",
        "searchlib kwic '\"interest rates\"' --sort right --since 1987-03",
        "searchlib kwic 'nucl*' --sort left --limit 40 --collocates 20",
        "searchlib kwic 'oil w/s price' -o oil.csv",
    ),
)
@click.argument("query", nargs=-1, required=True, shell_complete=complete_query)
@dates_options
@click.option("--any", is_flag=True, help="Articles with any of the words, instead of all.")
@click.option(
    "--sort",
    type=click.Choice(["left", "right", "date", "relevance"]),
    default="date",
    show_default=True,
    help="By the words before or behind the match, the newest article first, or the best article first.",
)
@click.option(
    "--width",
    metavar="N",
    type=click.IntRange(1, 1000),
    help="Characters of context on each side; else what fits the terminal, or 60.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(0, 100_000),
    default=100,
    show_default=True,
    help="How many lines to print at most.",
)
@click.option(
    "--collocates",
    metavar="N",
    type=click.IntRange(0, 2000),
    default=20,
    show_default=True,
    help="How many neighbours to print at most: words that stand near the match more often than elsewhere.",
)
@click.option(
    "--context-words",
    metavar="N",
    type=click.IntRange(0, 50),
    default=5,
    show_default=True,
    help="How many words on each side are neighbours.",
)
@click.option(
    "--max-articles",
    metavar="N",
    type=click.IntRange(1, 1_000_000),
    default=10_000,
    show_default=True,
    help="How many articles to read at most.",
)
@json_option
@click.option("--jsonl", "as_json_lines", is_flag=True, help="Print one JSON object for each line, each on its line.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a header and one row of CSV for each line.")
@click.option(
    "-o", "--output", "output_path", metavar="FILE", help="Write to a file, as its name says: .csv, .jsonl or .json."
)
@click.option(
    "--safe-csv/--raw-csv",
    "safe_csv",
    default=None,
    help="Whether cells of CSV that a spreadsheet takes for formulas get an apostrophe; as a rule those of a file do, "
    "and those of standard output do not.",
)
@click.option(
    "--strict", is_flag=True, help="Fail if the query cannot be read as written, instead of noting how it was read."
)
@index_option
def command(
    query: tuple[str, ...],
    index_path: str,
    width: int | None,
    as_json: bool,
    as_json_lines: bool,
    as_csv: bool,
    output_path: str | None,
    safe_csv: bool | None,
    **asked: Any,
) -> Exit:
    """Show words in their contexts.

    Every occurrence of what the query matches is a line: a word, a whole phrase, or NEAR from its
    first word to its last. Lines are aligned by the match. Below them are the words that stand near
    it more often than in the rest of the index, by log-likelihood (G²).

    Ends with 0 when something was found, 1 when nothing was, 2 after an error. A date or another part
    that restricts and cannot be read is an error.
    """
    output = choose_output(
        as_json=as_json,
        as_json_lines=as_json_lines,
        as_csv=as_csv,
        output_path=output_path,
        safe_csv=safe_csv,
    )
    if output.format not in ("screen", "json", "jsonl", "csv"):
        raise click.UsageError("contexts go to .csv, .jsonl or .json", click.get_current_context())
    text = query_text(query)
    screen = Screen()
    with embedded.open(index_path) as index:
        found = index.concordance(text, width=width or text_columns(screen), **asked)
    tell_of_diagnostics(found.diagnostics, text, unreadable_only=output.holds_diagnostics)
    is_unread = is_unreadable(found.diagnostics)
    if is_unread and not (found.articles or output.holds_diagnostics):
        return Exit.ERROR
    if output.format == "screen":
        show_concordance(screen, found)
    else:
        with output.text() as write:
            for piece in _pieces(found, output):
                write(piece)
    if is_unread:
        return Exit.ERROR
    return Exit.DONE if found.occurrences else Exit.NOTHING


def _pieces(found: Concordance, output: Output) -> Iterator[str]:
    """A concordance for programs, piece by piece."""
    if output.format == "json":
        yield found.to_json() + "\n"
    elif output.format == "jsonl":
        yield from (line.to_json() + "\n" for line in found)
    else:
        yield from csv_lines([LINE_COLUMNS, *(list(line.as_dict().values()) for line in found)], safe=output.safe)
