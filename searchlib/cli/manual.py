"""docs/man/searchlib.1, the manual page, made from the help texts: ``python -m searchlib.cli.manual > docs/man/searchlib.1``.

It is written in man(7), which groff and mandoc read. A wheel installs it as share/man/man1/searchlib.1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Final

import click

from searchlib.cli import COMMANDS, EXAMPLES, cli
from searchlib.cli.failures import EXIT_CODES
from searchlib.cli.reference_tables import ENVIRONMENT
from searchlib.cli.with_examples import CommandWithExamples

__all__ = ["DATE", "manual"]

#: Day of the last release, as CHANGELOG.md has it.
DATE: Final = "2026-11-27"

# What roff would take for a request, an escape, a hyphen to be broken at, or a typographic quote or accent.
_SPECIAL: Final = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq"}
_CODE: Final = re.compile(r"`([^`]*)`")


def manual() -> str:
    """The whole page, in man(7); ASCII."""
    group = click.Context(cli, info_name="searchlib", **cli.context_settings)
    lines = [
        r".\" Made by: python -m searchlib.cli.manual > docs/man/searchlib.1",
        f".TH SEARCHLIB 1 {DATE} searchlib",
        # Not hyphenated and not justified: words and options stand as they are typed.
        ".nh",
        ".ad l",
        ".SH NAME",
        r"searchlib \- full\-text search for news articles",
        ".SH SYNOPSIS",
        *_synopsis(cli, group),
        ".SH DESCRIPTION",
        *_paragraphs(cli.help or ""),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        command = cli.get_command(group, name)
        assert command is not None, "every name in the table is a command"
        lines += _command(command, click.Context(command, info_name=name, parent=group))
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", rf"\fB{code.value}\fR", _coded(f"{meaning[0].upper()}{meaning[1:]}.")]
    lines += [".SH ENVIRONMENT"]
    for name, meaning in ENVIRONMENT.items():
        lines += [".TP", rf"\fB{_text(name)}\fR", _coded(f"{meaning[0].upper()}{meaning[1:]}.")]
    lines += [".SH EXAMPLES", *_examples(EXAMPLES)]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, ctx: click.Context) -> Iterator[str]:
    yield f".SS {_text(ctx.command_path)}"
    yield from _synopsis(command, ctx)
    yield from _paragraphs(command.help or "", first=".PP")
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            yield from (".TP", _option(option), _coded(option.help or ""))
    if isinstance(command, CommandWithExamples):
        yield from (".PP", *_examples(command.examples))


def _synopsis(command: click.Command, ctx: click.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield rf"\fB{_text(ctx.command_path)}\fR {_text(pieces)}"


def _paragraphs(text: str, first: str = "") -> Iterator[str]:
    """Paragraphs of a help text; `first` is what stands above the first one."""
    for paragraph in text.split("\n\n"):
        if first:
            yield first
        yield _coded(" ".join(paragraph.split()))
        first = ".PP"


def _option(option: click.Option) -> str:
    names = ", ".join(rf"\fB{_text(name)}\fR" for name in [*option.opts, *option.secondary_opts])
    if option.is_flag or option.count:
        return names
    value = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else option.metavar
    # A line of choices may be broken after each.
    shown = _text(value or option.type.name.upper()).replace("|", r"|\:")
    return rf"{names} \fI{shown}\fR"


def _examples(examples: tuple[str, ...]) -> Iterator[str]:
    yield from (".nf", ".RS 4", *map(_text, examples), ".RE", ".fi")


def _coded(text: str) -> str:
    """A line of text; what is between grave accents is bold."""
    pieces = _CODE.split(text)
    return _line("".join(rf"\fB{_text(piece)}\fR" if i % 2 else _text(piece) for i, piece in enumerate(pieces)))


def _text(text: str) -> str:
    escaped = "".join(_SPECIAL.get(char, char) for char in text)
    return _line("".join(char if char.isascii() else rf"\[u{ord(char):04X}]" for char in escaped))


def _line(text: str) -> str:
    """A line that is no request, whatever it begins with."""
    return rf"\&{text}" if text.startswith(".") else text


if __name__ == "__main__":
    sys.stdout.write(manual())
