"""`searchlib index`: adds articles to an index."""

from __future__ import annotations

import logging
import os
import sys
import time
from typing import IO, Any, BinaryIO

import click

from searchlib.cli.failures import Exit, tell, tell_interrupted
from searchlib.cli.load import Load
from searchlib.cli.new_index import open_or_create
from searchlib.cli.options import index_option, read_pairs
from searchlib.cli.progress import LoadBar
from searchlib.cli.rejects import Notes, Rejects
from searchlib.cli.screen import Screen, number, plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.sources import KINDS, read

__all__ = ["command"]


@click.command(
    "index",
    cls=CommandWithExamples,
    examples=(
        "searchlib index ~/articles",
        "searchlib index feed.xml dump.jsonl.gz --index news.index --timezone Asia/Singapore",
        'searchlib index old.csv --map headline=title --default publisher="The Daily Example"',
        "searchlib index archive/ --commit-every 10000 --rejects rejects.jsonl",
        "searchlib index news.db --table articles --map kop=title --map tekst=body",
        "zcat dump.jsonl.gz | searchlib index - --kind jsonl",
    ),
)
@click.argument("paths", metavar="PATHS...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@index_option
@click.option(
    "--kind", type=click.Choice(KINDS), help="The kind of all files, instead of detecting it from their content."
)
@click.option(
    "--map",
    "mapping",
    metavar="NAME=FIELD",
    multiple=True,
    callback=read_pairs,
    help="Take the article's FIELD from the input's field NAME; can be given several times.",
)
@click.option(
    "--default",
    "defaults",
    metavar="FIELD=VALUE",
    multiple=True,
    callback=read_pairs,
    help="The value of FIELD for articles that have none; can be given several times.",
)
@click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy", "ymd"]),
    help="The order of day, month and year in 05/06/2023, where the file does not tell it.",
)
@click.option("--day-first", is_flag=True, help="The same as --date-order dmy: 05/06/2023 is 5 June.")
@click.option("--strict-dates", is_flag=True, help="Reject what has a date that cannot be read.")
@click.option(
    "--table", metavar="NAME", help="The table of a database, or the sheet of a workbook, that has the articles."
)
@click.option("--sql", metavar="SELECT", help="A query to an SQLite database whose rows are the articles.")
@click.option("--encoding", metavar="NAME", help="Text encoding of the files, instead of detecting it.")
@click.option(
    "--language",
    metavar="CODE",
    help="Language of a new index: auto (the default) for each article's own, or en, de, fr, …, cjk, none for all.",
)
@click.option(
    "--fallback-language",
    metavar="CODE",
    help="With auto, the language of articles that name none and whose text does not say; en by default.",
)
@click.option("--timezone", metavar="ZONE", help="Time zone of a new index, such as Asia/Singapore; UTC by default.")
@click.option(
    "--commit-every",
    metavar="N",
    type=click.IntRange(min=1),
    help="Commit after every N articles, so that an interrupted load keeps what it committed.",
)
@click.option(
    "--rejects",
    "rejects_file",
    metavar="FILE",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Write every record that is no article to FILE, as JSON Lines: source, record, reason.",
)
@click.option(
    "--notes",
    "notes_file",
    metavar="FILE",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Write every value that an article went in without to FILE, as JSON Lines: source, record, field, value, reason.",
)
@click.option(
    "--memory-mb",
    metavar="MB",
    type=click.IntRange(min=1),
    default=256,
    show_default=True,
    help="Megabytes of memory for what is not yet on disk.",
)
@click.option(
    "--timeout-s",
    metavar="S",
    type=click.FloatRange(min=0),
    default=10,
    show_default=True,
    help="How many seconds to wait for another writer of the index.",
)
@click.option("--quiet", is_flag=True, help="Print no progress and no closing line.")
def command(
    paths: tuple[str, ...],
    index_path: str,
    language: str | None,
    fallback_language: str | None,
    timezone: str | None,
    commit_every: int | None,
    rejects_file: IO[str] | None,
    notes_file: IO[str] | None,
    memory_mb: int,
    timeout_s: float,
    quiet: bool,
    **how_to_read: Any,
) -> Exit:
    """Add articles to an index. The index is made if there is none.

    PATHS are files, folders and archives, or '-' for standard input. Page text, HTML, JSON, JSON
    Lines, CSV, TSV, RSS, Atom, JSON Feed, WARC, ARC, MHTML, NewsML, NITF, ninjs, IPTC 7901, e-mail,
    Markdown, PDF, Word, e-books, SQLite, Parquet and Excel are told apart by their content, also
    inside .gz, .bz2, .zst and .zip. An article replaces the one with the same id
    in the index, so the same load can be run again.

    Records that are no articles are reported, and the others are added. A date that cannot be read
    does not cost the article: it goes in undated, and is noted. The load is one commit:
    Ctrl-C and failures leave the index as it was, or with --commit-every as the last commit left
    it. If nothing could be added, no new index stays behind.

    Ends with 0 when something was added, 2 when nothing could be.
    """
    started = time.monotonic()
    _keep_libraries_quiet()
    rejects, notes = Rejects(rejects_file), Notes(notes_file)
    how_to_read |= {"exclude": [index_path], "on_reject": rejects.add, "on_note": notes.add}
    readings = [read(_source(path), **how_to_read) for path in paths]
    new = {"language": language, "fallback_language": fallback_language, "timezone": timezone}
    with open_or_create(index_path, **new) as index:
        load = Load(index, readings, rejects, memory_mb=memory_mb, timeout_s=timeout_s)
        try:
            with LoadBar(hidden=quiet) as bar:
                load.run(bar, commit_every=commit_every)
        except KeyboardInterrupt:
            tell_interrupted(_what_is_kept(load, index_path))
            return Exit.INTERRUPTED
        except Exception:
            if load.committed:
                tell(_what_is_kept(load, index_path))
            raise
    rejects.tell()
    notes.tell()
    if not quiet:
        Screen().line(_closing_line(load, rejects, notes, time.monotonic() - started))
        if load.languages and not load.languages.is_missing_extra and str(load.languages):
            Screen().line(str(load.languages))
    if load.languages and load.languages.is_missing_extra:
        tell(str(load.languages))
    if not load.committed:
        tell("nothing could be added" if rejects.count else "nothing was added: there is nothing in what was named")
        return Exit.ERROR
    return Exit.DONE


def _source(path: str) -> str | BinaryIO:
    return sys.stdin.buffer if path == "-" else path


def _what_is_kept(load: Load, index_path: str) -> str:
    if not load.committed:
        return f"{index_path} is as it was"
    verbs = "was committed and stays" if load.committed == 1 else "were committed and stay"
    return f"{plural(load.committed, 'article')} of this load {verbs}; run it again to go on"


def _closing_line(load: Load, rejects: Rejects, notes: Notes, seconds: float) -> str:
    noted = f", noted {number(notes.count)}" if notes.count else ""
    return (
        f"added {number(load.added)}, replaced {number(load.replaced)}, rejected {number(rejects.count)}{noted} "
        f"in {seconds:.1f} s ({number(load.committed / seconds)} articles/s)"
    )


def _keep_libraries_quiet() -> None:
    # The libraries that parse files log warnings. The user learns from the rejects what came of them.
    if not os.environ.get("SEARCHLIB_DEBUG"):
        logging.lastResort = None
