"""How a command fails: one clear line on standard error and an exit code, never a traceback.

The exit codes are grep's. $SEARCHLIB_DEBUG=1 shows the traceback as well, of any failure.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Final

import click

from searchlib.cli.streams import terminal_columns
from searchlib.diagnostics import Diagnostic
from searchlib.errors import QueryError, SearchlibError

__all__ = [
    "EXIT_CODES",
    "Exit",
    "is_unreadable",
    "one_line_failures",
    "tell",
    "tell_interrupted",
    "tell_of_diagnostics",
    "tell_of_query",
]


# A message's second line is indented by so much.
_HANG: Final = 2


class Exit(IntEnum):
    """The exit codes of commands."""

    DONE = 0
    NOTHING = 1
    ERROR = 2
    INTERRUPTED = 130
    CLOSED_PIPE = 141


#: Exit code → its meaning, for the reference.
EXIT_CODES: Final = {
    Exit.DONE: "done; for `query`, something was found",
    Exit.NOTHING: "nothing was found: no hit, no article with this id",
    Exit.ERROR: "an error; a line on standard error says which. For `index`: nothing could be added. For what takes a query: a "
    "part of it that restricts could not be read, `date:soonish` for instance. That part finds nothing. Where the rest of "
    "the query finds articles by itself, as in `strike OR date:soonish`, they are written all the same",
    Exit.INTERRUPTED: "interrupted with Ctrl-C",
    Exit.CLOSED_PIPE: "the reader of the output stopped reading, as `head` does",
}


@contextmanager
def one_line_failures() -> Iterator[None]:
    """Turn an exception inside into its line on standard error and a `SystemExit` with its code."""
    try:
        yield
        sys.stdout.flush()
    except click.exceptions.Exit:
        raise
    except BrokenPipeError:
        _stop_writing()
        raise SystemExit(Exit.CLOSED_PIPE) from None
    except (KeyboardInterrupt, click.Abort):
        tell_interrupted()
        raise SystemExit(Exit.INTERRUPTED) from None
    except Exception as error:
        if os.environ.get("SEARCHLIB_DEBUG"):
            traceback.print_exc()
        _explain(error)
        raise SystemExit(Exit.ERROR) from None


def tell(message: str, *, wrap: bool = True) -> None:
    """Write a message to standard error, without characters that control a terminal.

    It is one line; on a terminal it is wrapped at words, unless `wrap` is False, as it is for a command to be copied.
    """
    # Imported late: results import the model of articles, and most commands have nothing to complain of.
    from searchlib.results import printable

    line = f"searchlib: {printable(message)}"
    if wrap and (columns := terminal_columns(sys.stderr)):
        from searchlib.cli.wrapping import wrapped

        line = "\n".join(wrapped(line, columns, hang=_HANG))
    click.echo(line, err=True)


def tell_interrupted(consequence: str = "") -> None:
    """Say that Ctrl-C ended the command, and what that means for the index."""
    if sys.stderr.isatty():
        click.echo(err=True)  # The terminal put ^C on this line.
    tell(f"interrupted; {consequence}" if consequence else "interrupted")


def tell_of_query(message: str, query: str, start: int | None, end: int | None = None) -> None:
    """Write a message about a query, with carets below the part that it is about, if there is one."""
    from searchlib.cli.carets import caret_lines

    tell(message)
    if start is not None and query.strip():
        click.echo(caret_lines(query, start, end, columns=terminal_columns(sys.stderr)), err=True)


def tell_of_diagnostics(diagnostics: Iterable[Diagnostic], query: str, *, unreadable_only: bool = False) -> None:
    """Write what there is to say of a query, each with carets below the part that it is about.

    What could not be read comes first; where `unreadable_only`, nothing else is written.
    """
    said = sorted(diagnostics, key=lambda each: not each.is_unreadable)
    for each in said:
        if each.is_unreadable or not unreadable_only:
            tell_of_query(each.message, query, each.start, each.end)


def is_unreadable(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a part of a query that restricts could not be read. The command then ends with an error."""
    return any(said.is_unreadable for said in diagnostics)


def _explain(error: Exception) -> None:
    from searchlib.cli.advice import in_words_of_the_shell, message_of, system_message  # Few commands fail.

    if isinstance(error, QueryError):
        tell_of_query(in_words_of_the_shell(error.problem), error.text, error.start)
    elif isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "searchlib"
        message = error.format_message().rstrip(".")
        tell(f"{message}{'' if message.endswith('?') else '.'} See '{path} --help'.")
    elif isinstance(error, click.ClickException):
        tell(error.format_message())
    elif isinstance(error, SearchlibError):
        tell(message_of(error))
    elif isinstance(error, OSError):
        tell(system_message(error))
    elif isinstance(error, MemoryError):
        tell("out of memory; give it less at a time: 'index' has --memory-mb and --commit-every, 'query' has --limit")
    else:
        tell(
            f"this is a fault in searchlib: {type(error).__name__}: {error}. Please report it, with what you ran "
            "and the traceback that it shows with SEARCHLIB_DEBUG=1 set."
        )


def _stop_writing() -> None:
    # Otherwise the interpreter flushes the rest of the buffer when it exits, fails again, and prints a message.
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)
