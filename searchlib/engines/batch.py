"""Many queries at once: each in a row of its own, over one snapshot, whatever is wrong with others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from searchlib.errors import QueryError, SearchlibError, SearchTimeoutError, SettingError, UpgradeNeededError
from searchlib.json_form import JsonForm
from searchlib.query import Node
from searchlib.results import Page

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["BatchRow", "answer_all"]

#: Queries that a thread takes at a time, and how many such tasks are begun before the first is taken.
_TASK_QUERIES: Final = 32
_TASKS_AHEAD: Final = 4


@dataclass(frozen=True, slots=True)
class BatchRow(JsonForm):
    """What became of one of many queries.

    Attributes:
        query: As it was given.
        page: What it found; None where it failed.
        error: Why it failed; None where it did not.
    """

    query: str | Node
    page: Page | None
    error: SearchlibError | None = None


def answer_all(
    queries: Iterable[str | Node], answer: Callable[[str | Node], Page], *, strict: bool, threads: int
) -> Iterator[BatchRow]:
    """A row for each query, in order, a bounded number of them ahead of whoever takes them.

    Args:
        queries: Read as they are needed.
        answer: Gives the page of a query. It is called by `threads` threads at once.
        strict: Whether an error of one query is raised instead of kept in its row.
        threads: How many threads answer; 1 for the caller's own.
    """

    def row(query: str | Node) -> BatchRow:
        try:
            return BatchRow(query, answer(query))
        except (QueryError, SearchTimeoutError, UpgradeNeededError, SettingError) as error:
            if strict or (isinstance(error, SettingError) and error.setting != "query"):
                raise
            return BatchRow(query, None, error)

    def rows(some: list[str | Node]) -> list[BatchRow]:
        return [row(query) for query in some]

    if threads == 1:
        yield from map(row, queries)
        return
    from concurrent.futures import ThreadPoolExecutor  # It takes longer to import than a query to answer.

    rest = iter(queries)
    tasks: deque[Future[list[BatchRow]]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="searchlib-batch")
    try:
        while True:
            while len(tasks) < threads * _TASKS_AHEAD and (some := list(islice(rest, _TASK_QUERIES))):
                # In a copy of the context, which says what cancels them.
                tasks.append(pool.submit(copy_context().run, rows, some))
            if not tasks:
                return
            yield from tasks.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
