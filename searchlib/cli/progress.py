"""The progress of a load: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from searchlib.cli.screen import number, size
from searchlib.cli.streams import shows_colour

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["CountBar", "LoadBar"]

_SECONDS_BETWEEN_UPDATES: Final = 0.1


class LoadBar:
    """A progress bar on standard error, for the time of a ``with`` block.

    It shows the share of bytes read, if their number is known, the articles so far, and how many a second.
    """

    def __init__(self, *, hidden: bool) -> None:
        self._progress: Progress | None = None
        self._started = self._shown = time.monotonic()
        if not hidden and sys.stderr.isatty():
            self._progress = _bar()
            self._task = self._progress.add_task("reading", total=None, counts="")

    def __enter__(self) -> LoadBar:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def reading(self, articles: int, *, bytes_done: int, bytes_total: int | None) -> None:
        """Show how far reading is. It is cheap enough to be called for each article."""
        now = time.monotonic()
        if self._progress and now - self._shown >= _SECONDS_BETWEEN_UPDATES:
            self._shown = now
            self._show("reading", articles, bytes_done, bytes_total)

    def committing(self, articles: int, *, bytes_done: int, bytes_total: int | None) -> None:
        """Show that a commit is being made."""
        if self._progress:
            self._show("committing", articles, bytes_done, bytes_total)

    def _show(self, doing: str, articles: int, bytes_done: int, bytes_total: int | None) -> None:
        assert self._progress is not None, "only a progress with a bar shows anything"
        rate = number(articles / (time.monotonic() - self._started))
        counts = f"{number(articles)} articles · {rate}/s · {size(bytes_done)}"
        self._progress.update(self._task, description=doing, counts=counts, completed=bytes_done, total=bytes_total)


class CountBar:
    """A progress bar on standard error, for the time of a ``with`` block: how many of so many are done.

    Args:
        doing: What is done with them, in a word.
        total: How many there are.
        noun: What they are.
        hidden: Whether to show nothing.
    """

    def __init__(self, doing: str, total: int, *, noun: str = "articles", hidden: bool = False) -> None:
        self._noun = noun
        self._progress = _bar() if sys.stderr.isatty() and not hidden else None
        self._started = self._shown = time.monotonic()
        if self._progress:
            self._task = self._progress.add_task(doing, total=total, counts="")

    def __enter__(self) -> CountBar:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def advance(self, done: int) -> None:
        """Show that so many are done. It is cheap enough to be called for each."""
        now = time.monotonic()
        if self._progress and now - self._shown >= _SECONDS_BETWEEN_UPDATES:
            self._shown = now
            rate = number(done / (now - self._started))
            self._progress.update(self._task, counts=f"{number(done)} {self._noun} · {rate}/s", completed=done)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[counts]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, color_system="standard" if shows_colour(sys.stderr) else None, highlight=False),
        transient=True,
    )
