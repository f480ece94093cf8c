"""Timelines and comparisons as pictures, written to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import cast

from searchlib.cli.failures import tell
from searchlib.cli.output_file import replacing
from searchlib.plots import Picture, PictureKind, check_plot, comparison_picture, timeline_picture
from searchlib.results import Comparison, Timeline

__all__ = ["check_plot", "plot_comparison", "plot_timeline"]


def plot_timeline(path: str, timeline: Timeline, query: str) -> None:
    """Draw a timeline into a file: shares, where it has them, else counts.

    Args:
        path: The file; its name ends in .png or .svg.
        timeline: What was counted.
        query: The title.

    Raises:
        MissingExtraError: matplotlib is not installed.
        OSError: The file cannot be written.
    """
    _write(path, timeline_picture(_kind_of(path), timeline, query))


def plot_comparison(path: str, found: Comparison, queries: Sequence[str]) -> None:
    """Draw a comparison into a file: shares, where it has them, else counts.

    Args:
        path: The file; its name ends in .png or .svg.
        found: What was counted.
        queries: The queries, as they are to be called.

    Raises:
        MissingExtraError: matplotlib is not installed.
        OSError: The file cannot be written.
    """
    _write(path, comparison_picture(_kind_of(path), found, queries))


def _kind_of(path: str) -> PictureKind:
    return cast(PictureKind, PurePath(path).suffix.lower().removeprefix("."))


def _write(path: str, picture: Picture) -> None:
    """Write the picture, and say what its fonts could not show."""
    if picture.lacks_characters:
        tell("no font here has some characters of the query, which are boxes in the picture; .svg keeps them as text")
    with replacing(path) as file:
        file.write(picture.data)
    tell(f"wrote the picture to {path}")
