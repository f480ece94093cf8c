"""What the log says of searches: the slow ones, and at DEBUG all."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Final

from searchlib.index import Snapshot
from searchlib.logs import DEBUG, WARNING, listener
from searchlib.query import Node, render

__all__ = ["SLOW_S", "Timed", "is_told", "tell_of_search"]

#: How long a search takes, in seconds, that the log says is slow.
SLOW_S: Final = 1.0

_modules = sys.modules


def is_told(took_s: float, slow_s: float | None) -> bool:
    """Whether there may be something to tell of a search; so cheap that every search can ask."""
    return "logging" in _modules and (
        (slow_s is not None and took_s >= slow_s) or listener("search", DEBUG) is not None
    )


def tell_of_search(
    what: str,
    tree: Node,
    snapshot: Snapshot,
    *,
    took_s: float,
    slow_s: float | None,
    total: int | None = None,
    error: BaseException | None = None,
) -> None:
    """Say how long a search took and what it was asked: at WARNING if that is slow, else at DEBUG.

    Args:
        what: What was asked: "search", "concordance".
        tree: The query, dates included.
        snapshot: What was searched.
        took_s: How long it took, in seconds.
        slow_s: From how many seconds on it is slow; None for never.
        total: How many articles match, if that is known.
        error: What ended it, if something did.
    """
    level = WARNING if slow_s is not None and took_s >= slow_s else DEBUG
    logger = listener("search", level)
    if logger is None:
        return
    from searchlib.query.english import sentence  # Imported late, because few searches need it.

    query, meaning = render(tree, zone=snapshot.zone), sentence(tree, zone=snapshot.zone)
    generation = snapshot.manifest.generation
    outcome = (
        f", ended by {type(error).__name__}" if error is not None else "" if total is None else f", total {total:,}"
    )
    logger.log(
        level,
        "%s took %.3f s over generation %d of %s, %d segments%s: %s (%s)",
        what,
        took_s,
        generation,
        snapshot.directory,
        len(snapshot.manifest.segments),
        outcome,
        query,
        meaning,
        extra={
            "searchlib_query": query,
            "searchlib_meaning": meaning,
            "searchlib_seconds": took_s,
            "searchlib_total": total,
            "searchlib_generation": generation,
        },
    )


class Timed:
    """Around a search of another kind than `Index.search`: `tell_of_search` at its end."""

    def __init__(self, what: str, tree: Node, snapshot: Snapshot, slow_s: float | None) -> None:
        self._what = what
        self._tree = tree
        self._snapshot = snapshot
        self._slow_s = slow_s
        self._started = monotonic()

    def __enter__(self) -> Timed:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        took = monotonic() - self._started
        if is_told(took, self._slow_s):
            tell_of_search(self._what, self._tree, self._snapshot, took_s=took, slow_s=self._slow_s, error=error)
