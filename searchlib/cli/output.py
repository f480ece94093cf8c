"""Where results go and in what format: standard output or a file; for people, JSON, JSON Lines, CSV, Arrow or Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Final, Literal

import click

from searchlib.cli.failures import tell
from searchlib.cli.hits import show_page
from searchlib.cli.machine import explained_object, json_pieces, row_object
from searchlib.cli.output_file import replacing
from searchlib.cli.progress import CountBar
from searchlib.cli.screen import Screen, plural
from searchlib.cli.streams import write_utf8
from searchlib.engines.base import Engine
from searchlib.json_form import json_text
from searchlib.results import Hit, Page
from searchlib.tables import DEFAULT_COLUMNS, Column, cell, choose_columns
from searchlib.tables.csv_lines import csv_lines

__all__ = ["Output", "choose_output", "write_results", "write_rows"]

Format = Literal["screen", "lines", "json", "jsonl", "csv", "arrow", "parquet"]

_SUFFIXES: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
}
# Fewer are written before a bar is seen.
_BAR_PAYS_HITS: Final = 1000
_COMPRESSED: Final = (".gz", ".zst")
_SNIPPETS: Final = ("snippet", "snippet_html")


@dataclass(frozen=True, slots=True)
class Output:
    """Where results go, and how.

    Attributes:
        format: "screen" for people, "lines" for values separated by tabs, or a format for programs.
        path: The file; None for standard output.
        columns: Which columns, in order; None for what the format has by itself.
        safe: Whether formulas in CSV are made harmless.
        why: Whether each hit is explained.
    """

    format: Format
    path: str | None
    columns: tuple[Column, ...] | None
    safe: bool
    why: bool = False

    @property
    def has_snippets(self) -> bool:
        """Whether snippets are among what is written."""
        return self.columns is None or any(column.name in _SNIPPETS for column in self.columns)

    @property
    def holds_diagnostics(self) -> bool:
        """Whether the reader of standard output is told of diagnostics by what is written."""
        return self.format == "json" and self.path is None

    @contextmanager
    def text(self) -> Iterator[Callable[[str], object]]:
        """What writes text. A file is replaced at the end of the block, and an exception leaves it as it was."""
        if self.path is None:
            write_utf8()
            yield sys.stdout.write
            return
        with replacing(self.path) as file:
            yield lambda text: file.write(text.encode("utf-8", "backslashreplace"))


def choose_output(
    *,
    as_json: bool,
    as_csv: bool,
    as_json_lines: bool = False,
    columns: str | None = None,
    output_path: str | None,
    safe_csv: bool | None,
    why: bool = False,
) -> Output:
    """What the options come to.

    Raises:
        click.UsageError: They contradict one another, or the file's name says no format.
        SettingError: A column is none.
    """
    flags: dict[Format, bool] = {"json": as_json, "jsonl": as_json_lines, "csv": as_csv}
    asked = [name for name, given in flags.items() if given]
    if len(asked) > 1:
        raise click.UsageError("--json, --jsonl and --csv exclude one another", click.get_current_context())
    chosen = None if columns is None else choose_columns(columns)
    path = None if output_path == "-" else output_path
    named = None if path is None else _format_of(path, asked[0] if asked else None)
    kind = named or (asked[0] if asked else "screen" if chosen is None else "lines")
    if safe_csv is not None and kind != "csv":
        raise click.UsageError("--safe-csv and --raw-csv are about CSV", click.get_current_context())
    if why and (chosen is not None or kind not in ("screen", "json", "jsonl")):
        raise click.UsageError(
            "--why is for hits, and for --json and --jsonl without --columns", click.get_current_context()
        )
    return Output(kind, path, chosen, safe_csv if safe_csv is not None else path is not None, why)


def _format_of(path: str, asked: Format | None) -> Format:
    """The format of a file: that of its name, or the one asked for where the name says none."""
    name = PurePath(path)
    compressed = name.suffix.lower() in _COMPRESSED
    suffix = PurePath(name.stem).suffix.lower() if compressed else name.suffix.lower()
    named = _SUFFIXES.get(suffix)
    if named is None and asked is None:
        raise click.UsageError(
            f"the name {path!r} says no format; end it in one of {', '.join(_SUFFIXES)}, or add --csv or --jsonl",
            click.get_current_context(),
        )
    if named is not None and asked not in (None, named):
        raise click.UsageError(
            f"--{asked} and the name {path!r} are two formats; leave one out", click.get_current_context()
        )
    if compressed and named in ("arrow", "parquet"):
        raise click.UsageError(
            f"{suffix} is compressed inside already; leave {name.suffix} out", click.get_current_context()
        )
    kind = named or asked
    assert kind is not None, "one of them is a format"
    return kind


def write_results(
    output: Output, index: Engine, page: Page, hits: Iterable[Hit], *, total: int, later: bool, next_page: int | None
) -> None:
    """Write the hits, and of the page what the format has room for.

    Args:
        output: Where to, and how.
        index: What was searched.
        page: What is known of all articles found.
        hits: In order; they may be many.
        total: How many they are.
        later: Whether the page is not the first.
        next_page: The number of the page after it; None where that is asked for by its cursor.
    """
    on_screen = output.path is None and sys.stdout.isatty()
    with CountBar("writing", total, hidden=on_screen or total < _BAR_PAYS_HITS) as bar:
        _write(output, index, page, _counted(hits, bar), later=later, next_page=next_page)
    if output.path is not None:
        tell(f"wrote {plural(total, 'article')} to {output.path}")


def _write(
    output: Output, index: Engine, page: Page, hits: Iterable[Hit], *, later: bool, next_page: int | None
) -> None:
    if output.format == "screen":
        show_page(Screen(), page, later=later, next_page=next_page, hits=hits, why=output.why)
        return
    write_rows(output, index, hits, page=page)


def write_rows(output: Output, index: Engine, hits: Iterable[Hit], *, page: Page | None = None) -> None:
    """Write hits in a format for programs. JSON needs their page."""
    columns = output.columns
    if columns is None and output.format in ("csv", "arrow", "parquet"):
        columns = choose_columns(DEFAULT_COLUMNS)
    rows = hits if columns is None else index.rows(hits, columns)
    if output.format in ("arrow", "parquet"):
        from searchlib.tables.arrow import write_arrow  # It is an extra's.

        assert output.path is not None, "only a file's name asks for these formats"
        with replacing(output.path) as file:
            kind: Literal["arrow", "parquet"] = "arrow" if output.format == "arrow" else "parquet"
            write_arrow(file, rows, columns or (), index.zone, kind=kind)
        return
    object_of = explained_object if output.why else partial(row_object, columns=columns)
    with output.text() as write:
        if output.format == "json":
            assert page is not None, "a page is what is written as one object"
            pieces = json_pieces(page, map(object_of, rows))
        elif output.format == "jsonl":
            pieces = (json_text(object_of(row)) + "\n" for row in rows)
        else:
            values = ([column.written(row) for column in columns or ()] for row in rows)
            if output.format == "csv":
                header = [column.name for column in columns or ()]
                pieces = csv_lines(_with_header(header, values), safe=output.safe)
            else:
                pieces = ("\t".join(map(cell, each)) + "\n" for each in values)
        for piece in pieces:
            write(piece)


def _with_header(header: list[str], rows: Iterable[list[object]]) -> Iterator[list[str] | list[object]]:
    yield header
    yield from rows


def _counted(hits: Iterable[Hit], bar: CountBar) -> Iterator[Hit]:
    for done, hit in enumerate(hits):
        bar.advance(done)
        yield hit
