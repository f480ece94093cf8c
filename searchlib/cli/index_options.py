"""The options of `searchlib index`: what is read and how, and how the load speaks."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from searchlib.article.versions import REPLACE_RULES
from searchlib.cli.options import in_order, json_option, read_pairs
from searchlib.sources import KINDS

__all__ = ["commit_options", "file_options", "new_index_options", "reading_options", "telling_options", "usable_cores"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def reading_options(command: _Command) -> _Command:
    """What is read, and how; given to the command by the names that `searchlib.read` has for it."""
    return in_order(
        click.option(
            "--kind",
            type=click.Choice(KINDS),
            help="The kind of all files, instead of detecting it from their content.",
        ),
        click.option(
            "--map",
            "mapping",
            metavar="NAME=FIELD",
            multiple=True,
            callback=read_pairs,
            help="Take the article's FIELD from the input's field NAME; can be given several times.",
        ),
        click.option(
            "--default",
            "defaults",
            metavar="FIELD=VALUE",
            multiple=True,
            callback=read_pairs,
            help="The value of FIELD for articles that have none; can be given several times.",
        ),
        click.option(
            "--date-order",
            type=click.Choice(["dmy", "mdy", "ymd"]),
            help="The order of day, month and year in 05/06/2023, where the file does not tell it.",
        ),
        click.option("--day-first", is_flag=True, help="The same as --date-order dmy: 05/06/2023 is 5 June."),
        click.option("--strict-dates", is_flag=True, help="Reject what has a date that cannot be read."),
        click.option(
            "--table",
            metavar="NAME",
            help="The table of a database, or the sheet of a workbook, that has the articles.",
        ),
        click.option("--sql", metavar="SELECT", help="A query to an SQLite database whose rows are the articles."),
        click.option("--encoding", metavar="NAME", help="Text encoding of the files, instead of detecting it."),
        click.option(
            "--include",
            "include_globs",
            metavar="GLOB",
            multiple=True,
            help="Read only files of such names, as in .gitignore: '*.html', '2023/**/*.json'; can be given several times.",
        ),
        click.option(
            "--exclude",
            "exclude_globs",
            metavar="GLOB",
            multiple=True,
            help="Leave out files and folders of such names; can be given several times.",
        ),
        click.option(
            "--jobs",
            metavar="N",
            type=click.IntRange(min=1),
            help="How many processes read files, where there is enough to read; by default as many as there are cores. "
            "An archive or a table is read by one.",
        ),
    )(command)


def new_index_options(command: _Command) -> _Command:
    """What a new index is made with."""
    return in_order(
        click.option(
            "--language",
            metavar="CODE",
            help="Language of a new index: auto (the default) for each article's own, or en, de, fr, …, cjk, none for all.",
        ),
        click.option(
            "--fallback-language",
            metavar="CODE",
            help="With auto, the language of articles that name none and whose text does not say; en by default.",
        ),
        click.option(
            "--timezone", metavar="ZONE", help="Time zone of a new index, such as Asia/Singapore; UTC by default."
        ),
    )(command)


def commit_options(command: _Command) -> _Command:
    """How much is held before it is written, and how long another writer is waited for."""
    return in_order(
        click.option(
            "--memory-mb",
            metavar="MB",
            type=click.IntRange(min=1),
            default=256,
            show_default=True,
            help="Megabytes of memory for what is not yet on disk.",
        ),
        click.option(
            "--timeout-s",
            metavar="S",
            type=click.FloatRange(min=0),
            default=10,
            show_default=True,
            help="How many seconds to wait for another writer of the index.",
        ),
    )(command)


def file_options(command: _Command) -> _Command:
    """What becomes of articles and files that the index knows already."""
    return in_order(
        click.option(
            "--replace",
            type=click.Choice(REPLACE_RULES),
            default="better",
            show_default=True,
            help="Which version of an article stays: the one that is added (always), that with the later date (newer), the "
            "longer one (richer); or the one that is added unless it is poorer, as the teaser of a text is (better).",
        ),
        click.option(
            "--all-files", is_flag=True, help="Read all files, those too that have not changed since they were read."
        ),
        click.option(
            "--prune",
            is_flag=True,
            help="Delete the articles of files in PATHS that are gone. An empty or missing folder deletes nothing.",
        ),
    )(command)


def telling_options(command: _Command) -> _Command:
    """What is told of the load, and where."""
    return in_order(
        click.option(
            "--rejects",
            "rejects_file",
            metavar="FILE",
            type=click.File("w", encoding="utf-8", lazy=False),
            help="Write every record that is no article to FILE, as JSON Lines: source, record, reason.",
        ),
        click.option(
            "--notes",
            "notes_file",
            metavar="FILE",
            type=click.File("w", encoding="utf-8", lazy=False),
            help="Write every value that an article went in without to FILE, as JSON Lines: source, record, field, "
            "value, reason.",
        ),
        click.option(
            "--progress",
            type=click.Choice(["auto", "bar", "plain", "none"]),
            default="auto",
            help="How far the load is: a bar, a line every ten seconds, or nothing; by default a bar on a terminal.",
        ),
        click.option("--quiet", is_flag=True, help="Print no progress and no closing lines."),
        json_option,
    )(command)


def usable_cores() -> int:
    """How many cores this process may use."""
    if count := getattr(os, "process_cpu_count", None):
        return count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
