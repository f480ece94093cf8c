"""Lines that a program broke at a width → paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["unwrapped"]

# Programs that break lines do so below this width; longer lines are paragraphs.
_MAX_WIDTH: Final = 100
_MIN_WIDTH: Final = 40
# What begins with one of these is a line of its own: a quotation, an item of a list, a rule, a table.
_OWN_LINE: Final = re.compile(r"[>*•‣–—|+=_#-]|\d{1,3}[.)]\s|\[\d+\]|https?://|<https?:")


def unwrapped(lines: Sequence[str]) -> str:
    """The text of these lines: those that a program broke are joined; empty ones separate paragraphs.

    A line was broken if the first word of the next one did not fit behind it any more. So lists, addresses and verse
    keep their lines. Takes time linear in the length.
    """
    width = max((len(line) for line in lines if not _OWN_LINE.match(line)), default=0)
    paragraphs: list[list[str]] = [[]]
    previous = ""
    for line in lines:
        text = " ".join(line.split())
        if not text:
            paragraphs.append([])
        elif paragraphs[-1] and _is_broken(previous, text, width):
            paragraphs[-1][-1] += f" {text}"
        else:
            paragraphs[-1].append(text)
        previous = line.rstrip()
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)


def _is_broken(line: str, following: str, width: int) -> bool:
    if not _MIN_WIDTH <= width <= _MAX_WIDTH or _OWN_LINE.match(following):
        return False
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width
