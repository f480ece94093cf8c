"""Commands whose help ends with examples."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["CommandWithExamples", "write_examples"]


class CommandWithExamples(click.Command):
    """A command.

    Attributes:
        examples: Lines to be typed into a shell.
    """

    def __init__(self, *args: Any, examples: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        write_examples(self.examples, formatter)


def write_examples(examples: tuple[str, ...], formatter: click.HelpFormatter) -> None:
    """Write the examples without wrapping them, so that they can be copied."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")
