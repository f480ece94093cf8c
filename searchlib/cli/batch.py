"""`searchlib query --batch`: many queries, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import click

from searchlib.cli.batch_file import QUERY_COLUMN, BatchFile, BatchLine, read_batch
from searchlib.cli.failures import Exit, is_unreadable, tell
from searchlib.cli.output import Output
from searchlib.cli.progress import CountBar
from searchlib.cli.screen import plural
from searchlib.engines.base import Engine
from searchlib.engines.batch import BatchRow
from searchlib.json_form import json_form, json_text
from searchlib.query import Phrase
from searchlib.results import Page
from searchlib.tables import Column, choose_columns, json_row
from searchlib.tables.csv_lines import csv_lines

__all__ = ["run_batch"]

_HIT_COLUMNS: Final = "id,date,title"
_DEFAULT_LIMIT: Final = 3
#: The columns of a row of CSV before and behind those of its hits.
_BEFORE: Final = ("total",)
_BEHIND: Final = ("diagnostics", "error")
# More bad lines than these are only counted.
_MAX_TOLD: Final = 10

_Answered = tuple[BatchLine, BatchRow | None]


def run_batch(
    index: Engine, path: str, output: Output, *, phrase: bool, limit: int | None, snippets: bool, **search: Any
) -> Exit:
    """Ask all queries of a file and write a row for each line of it.

    Args:
        index: What is searched.
        path: The file.
        output: Where the rows go, as CSV or JSON Lines.
        phrase: Whether each line is the words of a phrase.
        limit: How many hits of each query to write; None for a few.
        snippets: Whether to make snippets where a column asks for them.
        search: What else `Engine.search_many` is given.

    Raises:
        click.UsageError: The output is of another format.
    """
    if output.format not in ("screen", "lines", "csv", "jsonl"):
        raise click.UsageError("--batch writes CSV or JSON Lines", click.get_current_context())
    batch = read_batch(path)
    name = "standard input" if path == "-" else path
    if batch.chosen is not None:
        tell(f"no column of {name} is called {QUERY_COLUMN!r}; the queries are those of {batch.chosen!r}, the first")
    _tell_of_lines(name, batch.lines)
    columns = output.columns or choose_columns(_HIT_COLUMNS)
    asked = [line for line in batch.lines if line.query is not None]
    rows = index.search_many(
        [Phrase(line.query or "") if phrase else line.query or "" for line in asked],
        limit=_DEFAULT_LIMIT if limit is None else limit,
        snippets=snippets and any(column.name.startswith("snippet") for column in columns),
        **search,
    )
    counts = _Counts()
    with output.text() as write, CountBar("asking", len(batch.lines), noun="queries") as bar:
        answered = _counted(_joined(batch.lines, rows), counts, bar)
        if output.format == "jsonl":
            pieces: Iterator[str] = (json_text(_object(index, each, columns)) + "\n" for each in answered)
        else:
            shown = _DEFAULT_LIMIT if limit is None else limit
            pieces = csv_lines(_table(index, batch, answered, columns, shown), safe=output.safe)
        for piece in pieces:
            write(piece)
    if output.path is not None:
        found = f"{counts.found:,} of which found something"
        tell(f"wrote {plural(len(batch.lines), 'row')} to {output.path}, {found}")
    if counts.unread:
        tell(f"a part of {plural(counts.unread, 'query', 'queries')} could not be read; 'error' in the rows says which")
    if counts.found:
        return Exit.DONE
    return Exit.ERROR if counts.failed and counts.failed == len(batch.lines) else Exit.NOTHING


class _Counts:
    """How many lines found something, how many could not be asked, and of how many a part could not be read."""

    found = 0
    failed = 0
    unread = 0


def _tell_of_lines(name: str, lines: Sequence[BatchLine]) -> None:
    bad = [line for line in lines if line.problem]
    for line in bad[:_MAX_TOLD]:
        tell(f"{name}, line {line.number}: {line.problem}")
    if len(bad) > _MAX_TOLD:
        tell(f"{name}: so are {plural(len(bad) - _MAX_TOLD, 'more line')}; the rows say which")


def _joined(lines: Sequence[BatchLine], rows: Iterator[BatchRow]) -> Iterator[_Answered]:
    for line in lines:
        yield line, None if line.query is None else next(rows)


def _counted(answered: Iterator[_Answered], counts: _Counts, bar: CountBar) -> Iterator[_Answered]:
    for done, (line, row) in enumerate(answered):
        bar.advance(done)
        page = None if row is None else row.page
        is_unread = page is not None and is_unreadable(page.diagnostics)
        counts.found += page is not None and bool(page.total or page.hits)
        counts.failed += page is None or (is_unread and not page.total)
        counts.unread += is_unread
        yield line, row


def _table(
    index: Engine, batch: BatchFile, answered: Iterator[_Answered], columns: Sequence[Column], shown: int
) -> Iterator[Sequence[object]]:
    of_hits = [f"{column.name}_{rank}" for rank in range(1, shown + 1) for column in columns]
    ours = ("line", QUERY_COLUMN, *_BEFORE, *of_hits, *_BEHIND)
    carried = [f"input_{name}" if name in ours else name for name in batch.carried]
    yield ["line", QUERY_COLUMN, *carried, *_BEFORE, *of_hits, *_BEHIND]
    for line, row in answered:
        page = row.page if row is not None else None
        hits = list(index.rows(() if page is None else page, columns))
        cells = [column.written(hit) for hit in hits for column in columns]
        others = [line.carried.get(name, "") for name in batch.carried]
        remarks = "; ".join(said.message for said in page.diagnostics) if page is not None else ""
        yield [
            line.number,
            line.query or "",
            *others,
            _total(page),
            *cells,
            *[""] * (len(of_hits) - len(cells)),
            remarks,
            _problem(line, row),
        ]


def _object(index: Engine, answered: _Answered, columns: Sequence[Column]) -> dict[str, Any]:
    line, row = answered
    page = row.page if row is not None else None
    ours = {
        "line": line.number,
        QUERY_COLUMN: line.query,
        "total": _total(page),
        "hits": [json_row(hit, columns) for hit in index.rows(() if page is None else page, columns)],
        "diagnostics": json_form(page.diagnostics) if page is not None else [],
        "error": _problem(line, row) or None,
    }
    carried = {f"input_{name}" if name in ours else name: value for name, value in line.carried.items()}
    return {"line": ours.pop("line"), QUERY_COLUMN: ours.pop(QUERY_COLUMN), **carried, **ours}


def _total(page: Page | None) -> int | None:
    """How many articles were found; None where none are, because the query could not be read."""
    if page is None or (not page.total and is_unreadable(page.diagnostics)):
        return None
    return page.total


def _problem(line: BatchLine, row: BatchRow | None) -> str:
    if row is not None and row.page is not None:
        return "; ".join(said.message for said in row.page.diagnostics if said.is_unreadable)
    if row is None or row.error is None:
        return line.problem
    return row.error.without_query
