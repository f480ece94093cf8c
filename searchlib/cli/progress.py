"""The progress of a load: a bar on a terminal; elsewhere nothing, or lines where they are wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from searchlib.cli.failures import tell
from searchlib.cli.rate import Rate, duration
from searchlib.cli.screen import number, size
from searchlib.cli.streams import shows_colour

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["CountBar", "LoadBar"]

_SECONDS_BETWEEN_UPDATES: Final = 0.1
_SECONDS_BETWEEN_LINES: Final = 10
# A bar that comes and goes at once is a flicker.
_SECONDS_WITHOUT: Final = 1


class LoadBar:
    """The progress of a load on standard error, for the time of a ``with`` block.

    It shows articles, how many a second, bytes, their total where it is known, and the time that is left once that means
    something. A bar is one line, written over; "plain" is a line every ten seconds.

    Args:
        how: "bar", "plain" or "none"; "auto" for a bar on a terminal, once the load takes longer than a second.
        clock: Seconds, from any time on.
    """

    def __init__(self, how: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._is_plain = how == "plain"
        self._wait_s = _SECONDS_WITHOUT if how == "auto" else 0
        self._progress: Progress | None = None
        self._started = self._shown = now = clock()
        self._articles, self._bytes = Rate(now), Rate(now)
        if how == "bar" or (how == "auto" and sys.stderr.isatty()):
            self._progress = _bar(has_times=False)
            self._task = self._progress.add_task("reading", total=None, counts="")

    def __enter__(self) -> LoadBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    @property
    def is_shown(self) -> bool:
        """Whether anything is ever shown."""
        return self._progress is not None or self._is_plain

    def reading(self, articles: int, *, bytes_done: Callable[[], int], bytes_total: Callable[[], int | None]) -> None:
        """Show how far reading is. It is cheap enough to be called for each article."""
        now = self._clock()
        wait = _SECONDS_BETWEEN_LINES if self._is_plain else _SECONDS_BETWEEN_UPDATES
        if self.is_shown and now - self._shown >= wait and now - self._started >= self._wait_s:
            self._show("reading", now, articles, bytes_done(), bytes_total())

    def committing(
        self, articles: int, *, bytes_done: Callable[[], int], bytes_total: Callable[[], int | None]
    ) -> None:
        """Show that a commit is being made."""
        now = self._clock()
        if self.is_shown and now - self._started >= self._wait_s:
            self._show("committing", now, articles, bytes_done(), bytes_total())

    def _show(self, doing: str, now: float, articles: int, bytes_done: int, bytes_total: int | None) -> None:
        self._shown = now
        self._articles.add(now, articles)
        self._bytes.add(now, bytes_done)
        counts = [f"{number(articles)} articles", f"{number(self._articles.per_second)}/s"]
        counts.append(f"{size(bytes_done)} of {size(bytes_total)}" if bytes_total else size(bytes_done))
        if doing == "reading" and (left := self._bytes.seconds_left(bytes_total)) is not None:
            counts.append(f"{duration(left)} left")
        if self._progress is None:
            tell(f"{doing}: {', '.join(counts)}")
            return
        self._progress.start()
        self._progress.update(
            self._task, description=doing, counts=" · ".join(counts), completed=bytes_done, total=bytes_total
        )


class CountBar:
    """A progress bar on standard error, for the time of a ``with`` block: how many of so many are done.

    Args:
        doing: What is done with them, in a word.
        total: How many there are.
        noun: What they are; "bytes" are shown as a size.
        hidden: Whether to show nothing.
    """

    def __init__(self, doing: str, total: int, *, noun: str = "articles", hidden: bool = False) -> None:
        self._noun = noun
        self._progress = _bar(has_times=True) if sys.stderr.isatty() and not hidden else None
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
            rate = done / (now - self._started)
            if self._noun == "bytes":
                counts = f"{size(done)} · {size(int(rate))}/s"
            else:
                counts = f"{number(done)} {self._noun} · {number(rate)}/s"
            self._progress.update(self._task, counts=counts, completed=done)


def _bar(*, has_times: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24 if has_times else 12),
        TextColumn("{task.fields[counts]}", markup=False),
        *([TimeElapsedColumn(), TimeRemainingColumn()] if has_times else []),
        console=Console(stderr=True, color_system="standard" if shows_colour(sys.stderr) else None, highlight=False),
        transient=True,
    )
