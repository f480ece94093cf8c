"""The command line: `searchlib COMMAND`.

There is one module per command. It is imported when the command runs, so that each command
loads only what it needs. A command calls an engine and prints; its function returns the exit
code. Every failure becomes one line on standard error (`failures`).
"""

from __future__ import annotations

import difflib
import importlib
import os
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from searchlib.cli.failures import one_line_failures
from searchlib.cli.streams import make_writable
from searchlib.cli.with_examples import write_examples

__all__ = ["ALIASES", "COMMANDS", "EXAMPLES", "cli", "main"]

#: Every command → what it does, in one line, in the order of the help. Each is `command` in its module,
#: which has underscores for hyphens.
COMMANDS: Final = {
    "index": "Add articles to an index. The index is made if there is none.",
    "watch": "Keep an index up to date with folders, until Ctrl-C.",
    "query": "Find articles.",
    "complete": "Give the words and phrases of an index that begin as a text does.",
    "compare": "Put several queries on one timeline.",
    "kwic": "Show words in their contexts.",
    "similar": "Give the articles that are most like one.",
    "questions": "List the saved questions.",
    "show": "Show articles in full.",
    "why-not": "Say why a query does not find an article.",
    "stats": "Say what an index holds.",
    "serve": "Open a reading room: pages to search an index with a browser, and a JSON API.",
    "delete": "Delete articles, by id or by query.",
    "export": "Write articles as JSON Lines, CSV, Parquet or Arrow.",
    "merge": "Merge an index into one segment, and drop what was deleted.",
    "upgrade": "Rewrite what is of an older format, from the articles stored in the index.",
    "verify": "Check every file of an index against what was committed.",
    "mcp": "Serve an index to language models (Model Context Protocol).",
    "doctor": "Say how the installation and an index are, and what to mend.",
    "completion": "Print the script that makes a shell complete commands and options.",
}


# What a shell sets where it asks for completion.
_COMPLETION_VARIABLE: Final = "_SEARCHLIB_COMPLETE"

#: Other names of commands, which mean the same.
ALIASES: Final = {"search": "query", "find": "query", "add": "index"}

# What people write → the command that does it, where the nearest in spelling is another.
_MEANT: Final = {
    "ls": "stats", "list": "stats", "info": "stats", "status": "stats", "count": "stats",
    "check": "verify", "test": "verify", "fsck": "verify", "validate": "verify", "migrate": "upgrade",
    "cat": "show", "get": "show", "view": "show", "open": "show", "load": "index", "import": "index", "update": "index",
    "rm": "delete", "remove": "delete", "del": "delete", "dump": "export", "save": "export", "backup": "export",
    "optimize": "merge", "compact": "merge", "vacuum": "merge", "grep": "kwic", "concordance": "kwic", "context": "kwic",
    "suggest": "complete", "more-like-this": "similar", "mlt": "similar", "explain": "query", "timeline": "compare",
    "follow": "watch", "sync": "watch", "man": "--help", "version": "--version",
}  # fmt: skip

#: The examples of the help.
EXAMPLES: Final = (
    "searchlib index ~/articles",
    """searchlib query '"armoured train" vladivostok' --since 2023-09""",
    "searchlib query 'putin kim' --facets section --timeline month",
)


class _Program(click.Group):
    """The group of commands. It tells every failure in one line."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        make_writable()
        # The name is fixed so that 'python -m searchlib' and shell completion agree on it.
        kwargs["prog_name"] = "searchlib"
        kwargs["standalone_mode"] = False
        if _COMPLETION_VARIABLE in os.environ:
            importlib.import_module("searchlib.cli.shells").register_shells()
        with one_line_failures():
            raise SystemExit(super().main(*args, **kwargs) or 0)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        # Here the help and the version are written.
        with one_line_failures():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        # Caught here too, because click changes an interrupt and a closed pipe before `main` sees them.
        with one_line_failures():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = ALIASES.get(cmd_name, cmd_name)
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"searchlib.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            nearest = difflib.get_close_matches(name, [*COMMANDS, *ALIASES], n=1, cutoff=0.5)
            meant = _MEANT.get(name.lower()) or (nearest[0] if nearest else "")
            hint = f"; 'searchlib {meant}' may be meant" if meant else ""
            raise click.UsageError(f"there is no command {name!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(EXAMPLES, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        commands = [
            CompletionItem(name, help=summary) for name, summary in COMMANDS.items() if name.startswith(incomplete)
        ]
        return commands + click.Command.shell_complete(self, ctx, incomplete)


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    version = importlib.import_module("searchlib.cli.version")
    click.echo(version.version_line())
    ctx.exit()


@click.group(
    cls=_Program,
    invoke_without_command=True,
    context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the versions of searchlib, Python and Whoosh, and the codec in use.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Full-text search for news articles.

    The index is --index, else $SEARCHLIB_INDEX, else ./searchlib.index.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line and exit: 0 found or done, 1 nothing found, 2 an error."""
    cli.main()
