"""Standard output for people: wrapped to a terminal, coloured where colours are wanted, plain when piped.

A line is pieces of text, each with a style. There is no markup, so nothing in an article
can be read as a style. Text of an article goes through `printable` first.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from searchlib.cli.streams import shows_colour, terminal_columns
from searchlib.cli.wrapping import line_ranges

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["BAR", "DIM", "HEAD", "MARK", "Piece", "Screen", "number", "plural", "size"]

#: A piece of a line: text alone, or text and its style.
Piece = str | tuple[str, str]

HEAD: Final = "bold"
MARK: Final = "bold yellow"
DIM: Final = "dim"
BAR: Final = "cyan"


class Screen:
    """Writes lines to standard output.

    Args:
        write: What gets the lines in place of standard output; they look as they do there.

    Attributes:
        columns: Width of a line, with its indentation; None if lines are not wrapped, for programs.
    """

    def __init__(self, write: Callable[[str], object] | None = None) -> None:
        self.columns = terminal_columns(sys.stdout)
        self._write = write
        colour = shows_colour(sys.stdout)
        self._render: Callable[[tuple[Piece, ...], int, int, bool], str] = _plain
        if colour or self.columns:
            self._render = _Styled(self.columns, colour=colour)

    def line(self, *pieces: Piece, indent: int = 0, hang: int = 0, wrap: bool = True) -> None:
        """Write one line, indented by `indent` columns. If it is wrapped, the rest is indented too, and by `hang` more."""
        line = self._render(pieces, indent, hang, wrap) + "\n"
        if self._write is None:
            sys.stdout.write(line)
        else:
            self._write(line)


def number(value: float) -> str:
    """A count as people read it: 12,345."""
    return f"{value:,.0f}"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count and its noun: "1 article", "12,345 articles". `nouns` is for those that take no s."""
    return f"{number(count)} {noun if count == 1 else nouns or noun + 's'}"


def size(count: int) -> str:
    """A number of bytes as people read it: "512 bytes", "1.5 MB" of a million bytes each."""
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 999.5:
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.3g} {unit}"
        value /= 1000
    return f"{value:,.1f} TB"


def _plain(pieces: tuple[Piece, ...], indent: int, _: int, __: bool) -> str:
    text = "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)
    return (" " * indent + text).rstrip()


class _Styled:
    """Renders with rich, which is imported only here: it takes longer than the rest of a piped command's start."""

    def __init__(self, columns: int | None, *, colour: bool) -> None:
        from rich.console import Console

        self._columns = columns
        # Rich renders into memory and `Screen` writes, so that one function handles a closed pipe.
        # 16 colours, because users choose these in the settings of their terminal.
        self._console: Console = Console(
            file=io.StringIO(),
            force_terminal=True,
            color_system="standard" if colour else None,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            width=columns,
        )

    def __call__(self, pieces: tuple[Piece, ...], indent: int, hang: int, wrap: bool) -> str:
        from rich.text import Text

        text = Text.assemble(*pieces)
        text.rstrip()
        rows = [text]
        if wrap and self._columns:
            room = max(1, self._columns - indent)
            # The beginning of a line that is not much longer than its indentation is no longer seen as one.
            hang = min(hang, room // 2)
            rows = self._rows(text, room, hang)
        with self._console.capture() as captured:
            self._console.print(Text("\n").join(Text(" " * indent) + row for row in rows), soft_wrap=True, end="")
        return captured.get()

    def _rows(self, text: Text, room: int, hang: int) -> list[Text]:
        from rich.text import Text

        first, *rest = line_ranges(text.plain, room, hang=hang)
        return [text[slice(*first)], *(Text(" " * hang) + text[slice(*each)] for each in rest)]
