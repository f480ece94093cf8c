"""Many queries at once: each in a row of its own, over one snapshot, whatever is wrong with others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic

from searchlib.errors import QueryError, SearchlibError, SearchTimeoutError, SettingError, UpgradeNeededError
from searchlib.json_form import JsonForm, json_form
from searchlib.one_line import number_of, one_line, quoted
from searchlib.passages import _SnippetT
from searchlib.query import Node, render
from searchlib.results import Page

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["BatchRow", "answer_all"]

#: Queries that a thread takes at a time, and how many such tasks are begun before the first is taken.
_TASK_QUERIES: Final = 32
_TASKS_AHEAD: Final = 4


@dataclass(frozen=True, slots=True)
class BatchRow(JsonForm, Generic[_SnippetT]):
    """What became of one of many queries.

    Attributes:
        query: As it was given.
        page: What it found; None where it failed.
        error: Why it failed; None where it did not.

    Examples:
        >>> for row in index.search_many(["measles", "ferry"]):
        ...     print(row.query, row.page.total)
        measles 8
        ferry 3
    """

    query: str | Node
    page: Page[_SnippetT] | None
    error: SearchlibError | None = None

    def as_dict(self) -> dict[str, Any]:
        """The row ready for JSON; of a tree the query is its text in the query language, of what is no query its ``repr``."""
        query = self.query if isinstance(self.query, str) else repr(self.query)
        if isinstance(self.query, Node):
            query = render(self.query)
        return {"query": query, "page": json_form(self.page), "error": json_form(self.error)}

    def __repr__(self) -> str:
        query = quoted(render(self.query) if isinstance(self.query, Node) else str(self.query))
        if self.page is None:
            return one_line(self, query, f"failed: {type(self.error).__name__}")
        return one_line(
            self, query, number_of(len(self.page), "hit"), "" if self.page.total is None else f"of {self.page.total:,}"
        )


def answer_all(
    queries: Iterable[str | Node], answer: Callable[[str | Node], Page[_SnippetT]], *, strict: bool, threads: int
) -> Iterator[BatchRow[_SnippetT]]:
    """A row for each query, in order, a bounded number of them ahead of whoever takes them.

    Args:
        queries: Read as they are needed.
        answer: Gives the page of a query. It is called by `threads` threads at once.
        strict: Whether an error of one query is raised instead of kept in its row.
        threads: How many threads answer; 1 for the caller's own.
    """

    def row(query: str | Node) -> BatchRow[_SnippetT]:
        try:
            return BatchRow(query, answer(query))
        except (QueryError, SearchTimeoutError, UpgradeNeededError, SettingError) as error:
            if strict or (isinstance(error, SettingError) and error.setting != "query"):
                raise
            return BatchRow(query, None, error)

    def rows(some: list[str | Node]) -> list[BatchRow[_SnippetT]]:
        return [row(query) for query in some]

    if threads == 1:
        yield from map(row, queries)
        return
    from concurrent.futures import ThreadPoolExecutor  # It takes longer to import than a query to answer.

    rest = iter(queries)
    tasks: deque[Future[list[BatchRow[_SnippetT]]]] = deque()
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
