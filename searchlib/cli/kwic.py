"""`searchlib kwic`: key words in context."""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import asdict
from typing import Any, Final

import click

from searchlib.article import format_moment
from searchlib.cli.contexts import show_concordance, text_columns
from searchlib.cli.failures import Exit, tell_of_query
from searchlib.cli.machine import json_line, write_object
from searchlib.cli.options import index_option, json_option
from searchlib.cli.screen import Screen
from searchlib.cli.streams import write_utf8
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.concordance import Concordance, ConcordanceLine
from searchlib.engines import embedded
from searchlib.results import printable

__all__ = ["LINE_COLUMNS", "command"]

#: What there is of each line in CSV and JSON Lines, in order.
LINE_COLUMNS: Final = ("id", "published", "field", "start", "end", "left", "match", "right")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@click.command(
    "kwic",
    cls=CommandWithExamples,
    examples=(
        "searchlib kwic cocoa",
        "searchlib kwic '\"interest rates\"' --sort right --since 1987-03",
        "searchlib kwic 'nucl*' --sort left --limit 40 --collocates 20",
        "searchlib kwic 'oil w/s price' --csv > oil.csv",
    ),
)
@click.argument("query", nargs=-1, required=True)
@click.option("--since", metavar="DATE", help="Nothing published before this day, month or year.")
@click.option("--until", metavar="DATE", help="Nothing published after this day, month or year.")
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
    **asked: Any,
) -> Exit:
    """Show words in their contexts.

    Every occurrence of what the query matches is a line: a word, a whole phrase, or NEAR from its
    first word to its last. Lines are aligned by the match. Below them are the words that stand near
    it more often than in the rest of the index, by log-likelihood (G²).

    Ends with 0 when something was found, 1 when nothing was, 2 after an error.
    """
    if as_json + as_json_lines + as_csv > 1:
        raise click.UsageError("--json, --jsonl and --csv exclude one another", click.get_current_context())
    text = _SURROGATE.sub("\ufffd", " ".join(query))
    screen = Screen()
    with embedded.open(index_path) as index:
        found = index.concordance(text, width=width or text_columns(screen), **asked)
    if as_json:
        write_object(_object(found))
        return _exit_code(found)
    for said in found.diagnostics:
        tell_of_query(said.message, text, said.start, said.end)
    if as_json_lines:
        write_utf8()
        for line in found:
            sys.stdout.write(json_line(_line_object(line)) + "\n")
    elif as_csv:
        _write_csv(found)
    else:
        show_concordance(screen, found)
    return _exit_code(found)


def _object(found: Concordance) -> dict[str, Any]:
    return {
        "occurrences": found.occurrences,
        "articles": found.articles,
        "articles_read": found.articles_read,
        "lines": [_line_object(line) for line in found],
        "collocates": [asdict(collocate) for collocate in found.collocates],
        "diagnostics": [asdict(said) for said in found.diagnostics],
    }


def _line_object(line: ConcordanceLine) -> dict[str, Any]:
    published = ""
    if line.published is not None and line.published_precision is not None:
        published = format_moment(line.published, line.published_precision)
    values = (line.article_id, published, line.field, line.start, line.end, line.left, line.match, line.right)
    return dict(zip(LINE_COLUMNS, values, strict=True))


def _write_csv(found: Concordance) -> None:
    write_utf8()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(LINE_COLUMNS)
    for line in found:
        writer.writerow([printable(str(value)) for value in _line_object(line).values()])


def _exit_code(found: Concordance) -> Exit:
    return Exit.DONE if found.occurrences else Exit.NOTHING
