"""Wraps plain text at words to the columns of a terminal, where wide characters take two columns and accents none."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["cells", "line_ranges", "wrapped"]


def cells(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # Imported late: output for programs needs none of it.

    return cell_len(text)


def wrapped(text: str, columns: int, *, hang: int = 0) -> list[str]:
    """The lines of a text, all but the first indented by `hang` columns; otherwise as of `line_ranges`."""
    return [f"{'':{hang if start else 0}}{text[start:end]}" for start, end in line_ranges(text, columns, hang=hang)]


def line_ranges(text: str, columns: int, *, hang: int = 0) -> list[tuple[int, int]]:
    """Where each line of a text begins and ends, in characters; the spaces between two lines are in neither.

    A word that is longer than a line stays whole if it is ASCII, so that paths, addresses and commands can be copied. Other
    scripts may have no spaces: there a line ends at any character.

    Args:
        text: The text; its runs of spaces stay as they are inside of a line.
        columns: How wide a line may be.
        hang: By how many columns the second line and those after it will be indented.
    """
    lines: list[tuple[int, int]] = []
    start = end = at = 0
    width = 0
    for piece in _pieces(text, max(1, columns - hang)):
        word = piece.rstrip(" ")
        if width and width + cells(word) > columns:
            lines.append((start, end))
            start, width = at, hang
        width += cells(piece)
        end = at + len(word)
        at += len(piece)
    return [*lines, (start, end)]


def _pieces(text: str, columns: int) -> Iterator[str]:
    """What a line may end behind: words with the spaces after them, and parts of long words in scripts without spaces."""
    start = 0
    while start < len(text):
        end = text.find(" ", start)
        end = len(text) if end < 0 else end
        while end < len(text) and text[end] == " ":
            end += 1
        word = text[start:end]
        start = end
        if word.isascii() or cells(word.rstrip(" ")) <= columns:
            yield word
        else:
            yield from _characters(word)


def _characters(word: str) -> Iterator[str]:
    """The characters of a word, each with the accents and joiners that belong to it; runs of ASCII stay whole."""
    held = ""
    for char in word:
        if held and cells(char) and not (held[-1].isascii() and char.isascii()) and held[-1] != "\u200d":
            yield held
            held = ""
        held += char
    if held:
        yield held
