"""`searchlib export`: writes whole articles, as JSON Lines or in the format of a file's name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import click

from searchlib.article import Article
from searchlib.cli.failures import Exit, tell
from searchlib.cli.index_values import complete_query
from searchlib.cli.options import index_option
from searchlib.cli.output import Output, choose_output, write_rows
from searchlib.cli.progress import CountBar
from searchlib.cli.screen import plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.json_form import json_text
from searchlib.results import Hit
from searchlib.tables import COLUMNS, choose_columns

__all__ = ["command"]

#: Columns that belong to a query, and "date", which "published" has with its time.
_NOT_OF_ARTICLES: Final = ("score", "snippet", "snippet_html", "date", "length")
#: The columns of a table of articles.
_COLUMNS: Final = tuple(name for name in COLUMNS if name not in _NOT_OF_ARTICLES)
_FORMATS: Final = "end it in .jsonl, .csv (both also .gz or .zst), .parquet, .arrow or .feather"
_LINES: Final = Output("jsonl", None, None, safe=False)


@click.command(
    "export",
    cls=CommandWithExamples,
    examples=(
        "searchlib export -o articles.jsonl.gz",
        "searchlib export --query 'section:world date:2023' | jq -r .title",
        "searchlib export --query 'tag:measles' -o measles.csv",
        "searchlib export | searchlib index - --index copy.index",
    ),
)
@click.option(
    "--query", metavar="QUERY", shell_complete=complete_query, help="Only what this query finds, the oldest first."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    default="-",
    help="Write to this file, in the format of its name: .jsonl or .csv, also .gz or .zst of these; .parquet, .arrow or "
    ".feather. Else JSON Lines go to standard output.",
)
@click.option(
    "--safe-csv/--raw-csv",
    "safe_csv",
    default=None,
    help="Whether cells of CSV that a spreadsheet takes for formulas get an apostrophe, as they do if neither is given.",
)
@index_option
def command(query: str | None, output: str, safe_csv: bool | None, index_path: str) -> Exit:
    """Write articles as JSON Lines, CSV, Parquet or Arrow.

    Each line, or row of a table, is one article with all its fields. Tables leave out where each article
    was read from, and in CSV a text is one line, without its paragraphs. The file is replaced when the export is complete: an export that was interrupted
    leaves what was there before.

    Ends with 1 when there was no article to write.
    """
    chosen = _output_of(output, safe_csv)
    with embedded.open(index_path) as index:
        write = _write_lines if chosen.format == "jsonl" else _write_table
        count = write(index, query, chosen)
    if chosen.path is not None:
        tell(f"wrote {plural(count, 'article')} to {output}")
    return Exit.DONE if count else Exit.NOTHING


def _output_of(path: str, safe_csv: bool | None) -> Output:
    is_special = os.path.exists(path) and not os.path.isfile(path)
    if path == "-" or is_special:
        if safe_csv is not None:
            raise click.UsageError("--safe-csv and --raw-csv are about CSV; end the name of the file in .csv")
        return _LINES if path == "-" else replace(_LINES, path=path)
    try:
        chosen = choose_output(as_json=False, as_csv=False, output_path=path, safe_csv=safe_csv)
    except click.UsageError as error:
        if error.message.startswith("the name"):
            raise click.UsageError(
                f"the name {path!r} says no format that articles are exported in; {_FORMATS}"
            ) from None
        raise
    if chosen.format == "json":
        raise click.UsageError(f"articles are exported as JSON Lines, an object a line; {_FORMATS}")
    return chosen


def _write_lines(index: Engine, query: str | None, output: Output) -> int:
    count = 0
    with (
        _articles(index, query) as (articles, total),
        output.text() as write,
        CountBar("writing", total, hidden=output.path is None) as bar,
    ):
        for count, article in enumerate(articles, 1):
            write(json_text(article.as_dict()) + "\n")
            bar.advance(count)
    return count


@contextmanager
def _articles(index: Engine, query: str | None) -> Iterator[tuple[Iterator[Article], int]]:
    """The articles of a query, or all, which takes less time; and how many they are."""
    if query is None:
        yield index.articles(), index.stats().articles
        return
    with index.scan(query, strict=True) as scan:
        yield (hit.article for hit in scan), scan.total


def _write_table(index: Engine, query: str | None, output: Output) -> int:
    count = 0

    def counted(hits: Iterator[Hit[Any]], bar: CountBar) -> Iterator[Hit[Any]]:
        nonlocal count
        for count, hit in enumerate(hits, 1):
            yield hit
            bar.advance(count)

    with index.scan("*" if query is None else query, strict=True) as scan, CountBar("writing", scan.total) as bar:
        columns = choose_columns(_COLUMNS)
        write_rows(replace(output, columns=columns), index, counted(scan, bar))
    return count
