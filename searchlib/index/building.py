"""Building and merging segments, by whichever codec an index has; by several threads where it can."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from whoosh.reading import SegmentReader

from searchlib.article import Article
from searchlib.index.segments import Segment, open_readers
from searchlib.index.target import Target
from searchlib.index.whoosh_building import WhooshBuilder, merge_by_whoosh
from searchlib.kernels import COMPILED

if TYPE_CHECKING or COMPILED:
    from searchlib.index.native_building import NativeBuilder, Tokenizers
    from searchlib.index.native_merging import is_in_order, merge_natively, put_in_order

__all__ = ["Builder", "Builders", "merge_segments", "ordered"]

# How many articles go to a thread at a time, and how many times as many may wait for it.
_BATCH: Final = 32
_BATCHES_WAITING: Final = 4

#: An article to add with when it was published, or the number of one to drop.
_Order: TypeAlias = "tuple[Article, datetime | None] | int"


class Builder(Protocol):
    """Takes new articles, and makes segments of them."""

    @property
    def is_full(self) -> bool:
        """Whether it has to be finished before more is added."""
        ...

    def add(self, article: Article, published: datetime | None) -> int:
        """Add an article that was published at this instant; its number here."""
        ...

    def drop(self, number: int) -> None:
        """Leave out an article that was added."""
        ...

    def finish(self) -> Sequence[Segment]:
        """Write the segments."""
        ...

    def cancel(self) -> None:
        """Forget all of it."""
        ...


class Builders:
    """Makes builders for one target, one after the other; what they learn of words goes from one to the next.

    Args:
        target: What the segments are for and where they are written.
        memory_mb: How many megabytes a builder may take before it has to be finished.
        threads: How many threads may work at it, >= 1.
    """

    def __init__(self, target: Target, memory_mb: int, threads: int) -> None:
        self._target = target
        self._memory_mb = memory_mb
        self._tokenizers: list[Tokenizers] = []
        if target.settings.codec == "native":
            self._tokenizers = [Tokenizers(target.settings.language) for _ in range(threads)]

    def new(self) -> Builder:
        """A builder without articles; the one before is finished or cancelled."""
        if not self._tokenizers:
            return WhooshBuilder(self._target, self._memory_mb)
        share_mb = self._memory_mb / len(self._tokenizers)
        builders = [NativeBuilder(self._target, share_mb, tokenizers) for tokenizers in self._tokenizers]
        return builders[0] if len(builders) == 1 else _ThreadedBuilder(builders)


def merge_segments(target: Target, readers: Sequence[SegmentReader], memory_mb: int) -> Segment:
    """One segment of what is not deleted of others."""
    if target.settings.codec != "native":
        return merge_by_whoosh(target, readers, memory_mb)
    return merge_natively(target, readers)


def ordered(target: Target, segment: Any) -> Any:
    """A segment that Whoosh's writer wrote, in the order that segments of its codec have.

    In this codec's segments docnums are in order of publication; Whoosh's writer numbers as articles come.
    """
    if target.settings.codec != "native":
        return segment
    if is_in_order(segment, target.storage):
        return segment
    (reader,) = open_readers(target.storage, target.schema, [segment])
    with contextlib.closing(reader):
        return put_in_order(target, reader)


class _ThreadedBuilder:
    """Several builders, each in a thread of its own; articles go to them in turn, some at a time.

    What fails in a thread is raised by a later call; the builder is then good for `cancel` only.
    """

    def __init__(self, builders: Sequence[Builder]) -> None:
        self._workers = [_Worker(builder) for builder in builders]
        self._turn = 0

    @property
    def is_full(self) -> bool:
        return any(worker.is_full for worker in self._workers)

    def add(self, article: Article, published: datetime | None) -> int:
        worker = self._workers[self._turn]
        number = worker.added * len(self._workers) + self._turn
        worker.added += 1
        if worker.put((article, published)):
            self._turn = (self._turn + 1) % len(self._workers)
        return number

    def drop(self, number: int) -> None:
        own_number, turn = divmod(number, len(self._workers))
        self._workers[turn].put(own_number)

    def finish(self) -> Sequence[Segment]:
        for worker in self._workers:
            worker.end(finishing=True)
        for worker in self._workers:
            worker.thread.join()
            worker.raise_failure()
        return [segment for worker in self._workers for segment in worker.segments]

    def cancel(self) -> None:
        for worker in self._workers:
            worker.end(finishing=False)
        for worker in self._workers:
            worker.thread.join()
            worker.builder.cancel()


class _Worker:
    """One of these builders with its thread.

    Attributes:
        added: How many articles it was given.
        is_full: Whether its builder was full when it last looked.
        segments: What it wrote, once its thread has ended.
    """

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.added = 0
        self.is_full = False
        self.segments: Sequence[Segment] = ()
        self._failure: BaseException | None = None
        self._finishing = False
        self._ended = False
        # Articles to add, and numbers of those to drop; None at the end.
        self._batch: list[_Order] = []
        self._batches: Queue[list[_Order] | None] = Queue(maxsize=_BATCHES_WAITING)
        self.thread = Thread(target=self._run, name="searchlib-writer", daemon=True)
        self.thread.start()

    def put(self, order: _Order) -> bool:
        """Have something done; whether it is the turn of another worker."""
        self.raise_failure()
        self._batch.append(order)
        if len(self._batch) < _BATCH:
            return False
        self._hand_out()
        return True

    def end(self, *, finishing: bool) -> None:
        """Let the thread end, having written the segments or not."""
        if self._ended:
            return
        self._ended = True
        self._finishing = finishing
        self._hand_out()
        self._batches.put(None)

    def raise_failure(self) -> None:
        """Raise what failed in the thread."""
        if self._failure is not None:
            raise self._failure

    def _hand_out(self) -> None:
        self._batches.put(self._batch)
        self._batch = []

    def _run(self) -> None:
        while (batch := self._batches.get()) is not None:
            # After a failure it goes on only to be told of the end.
            if self._failure is None:
                self._attempt(self._work, batch)
        if self._finishing and self._failure is None:
            self._attempt(self._finish)

    def _attempt(self, work: Callable[..., None], *arguments: Any) -> None:
        try:
            work(*arguments)
        except BaseException as error:
            self._failure = error

    def _work(self, batch: list[_Order]) -> None:
        for order in batch:
            if isinstance(order, int):
                self.builder.drop(order)
            else:
                self.builder.add(*order)
        self.is_full = self.builder.is_full

    def _finish(self) -> None:
        self.segments = self.builder.finish()
