"""`searchlib completion`: prints the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from searchlib.cli.failures import Exit
from searchlib.cli.shells import register_shells
from searchlib.cli.with_examples import CommandWithExamples

__all__ = ["command"]


@click.command(
    "completion",
    cls=CommandWithExamples,
    examples=(
        'eval "$(searchlib completion bash)"                            # in ~/.bashrc',
        'eval "$(searchlib completion zsh)"                             # in ~/.zshrc',
        "searchlib completion fish > ~/.config/fish/completions/searchlib.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> Exit:
    """Print the script that makes a shell complete commands and options.

    It also completes fields of the query language and their values in the index: section:<TAB>, publisher:Reu<TAB>;
    ids of articles, saved questions, columns and facets.
    """
    register_shells()
    completion_class = get_completion_class(shell)
    assert completion_class is not None, "click completes in each shell that the argument allows"
    completion = completion_class(ctx.find_root().command, {}, "searchlib", "_SEARCHLIB_COMPLETE")
    click.echo(completion.source().strip("\n"))
    return Exit.DONE
