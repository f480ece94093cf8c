"""Words by which web pages are read, as plain lists: what the parts of a page are called, and what stands in them.

A list has one entry a line. Empty lines and lines that begin with "# " say nothing. A line "[name]" alone, in a file
that has sections, begins the section of that name.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["listed_words", "section_words"]


def listed_words(file: str) -> tuple[str, ...]:
    """The entries of a list, in its order.

    Args:
        file: Its name, below this package.
    """
    text = files(__name__).joinpath(*file.split("/")).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and line != "#" and not line.startswith("# "))


@cache
def section_words(folder: str) -> dict[str, tuple[str, ...]]:
    """The sections of all lists of a folder: name → entries, of all languages together."""
    found: dict[str, list[str]] = {}
    for path in sorted(files(__name__).joinpath(folder).iterdir(), key=lambda path: path.name):
        section = ""
        for line in listed_words(f"{folder}/{path.name}") if path.name.endswith(".txt") else ():
            if line.startswith("["):
                section = line.strip("[]")
            else:
                found.setdefault(section, []).append(line)
    return {section: tuple(dict.fromkeys(lines)) for section, lines in found.items()}
