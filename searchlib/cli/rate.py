"""How fast something goes, of late: what a progress says of the time that is left."""

from __future__ import annotations

from collections import deque
from typing import Final

__all__ = ["Rate", "duration"]

_WINDOW_S: Final = 15.0
# Before that, what was done was begun with, and says little of the rest.
_MEANINGFUL_S: Final = 3.0


class Rate:
    """A rate over the last quarter of a minute. The clock is the caller's."""

    def __init__(self, now: float) -> None:
        self._started = now
        self._seen: deque[tuple[float, float]] = deque([(now, 0.0)])

    def add(self, now: float, done: float) -> None:
        """Take in how much is done by now."""
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= _WINDOW_S:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """How much is done a second; 0 before anything is."""
        (first, before), (last, done) = self._seen[0], self._seen[-1]
        return (done - before) / (last - first) if last > first else 0.0

    def seconds_left(self, total: float | None) -> float | None:
        """How long the rest takes at this rate; None where that means nothing yet."""
        last, done = self._seen[-1]
        if total is None or last - self._started < _MEANINGFUL_S or self.per_second <= 0:
            return None
        return max(0.0, total - done) / self.per_second


def duration(seconds: float) -> str:
    """A time as people read it: "0:09", "12:34", "3:07:00"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
