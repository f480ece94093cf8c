"""Every article that a query finds, one after the other, over one snapshot that stays open for as long as it takes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

from searchlib.diagnostics import Diagnostic
from searchlib.engines.pages import in_order
from searchlib.engines.snapshot_pool import SnapshotPool
from searchlib.highlighting import Highlighter
from searchlib.index import analyzers_of
from searchlib.passages import _SnippetT
from searchlib.query import Node
from searchlib.results import Hit

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Scan"]

_Diagnostics = tuple[Diagnostic, ...]
_Facts = tuple[int, _Diagnostics, _Diagnostics]


class Scan(Iterator[Hit[_SnippetT]]):
    """Every hit of a query, in order of publication: the oldest first, undated ones last, equal ones by id.

    It shows the commit that the index showed when it began, whatever is committed meanwhile, and keeps that on disk until
    the last hit, `close`, the end of a ``with`` block, or until nobody has it any more. Several threads may take hits of
    it: each hit is given once.

    Attributes:
        query: The query as it was understood, in the query language.
        total: How many hits there are in all.
        diagnostics: Remarks on how the query was read, in the order of its text.
        doubts: Those of them that the index gave, and that are more than notes.

    Examples:
        >>> with index.scan("measles") as scan:
        ...     print(scan.total, next(scan).article.date_text)
        8 2023-10-10
    """

    def __init__(
        self, pool: SnapshotPool, tree: Node, query: str, diagnostics: tuple[Diagnostic, ...], *, snippets: bool
    ) -> None:
        """Begin. The caller has entered the pool; the scan leaves it in the end."""
        self._lock = threading.Lock()
        self._facts: list[_Facts] = []
        self._hits = _hits(pool, tree, self._facts.append, snippets=snippets)
        # From here on the generator's end, also by being thrown away, lets go of the snapshot.
        next(self._hits, None)
        ((self.total, self.doubts, notes),) = self._facts
        self.query = query
        self.diagnostics = in_order(diagnostics + self.doubts + notes)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Hit[_SnippetT]:
        with self._lock:
            hit = next(self._hits)
        assert hit is not None, "only the first is none"
        return hit

    def close(self) -> None:
        """Let go of the snapshot. There are no more hits.

        Examples:
            >>> scan = index.scan("measles")
            >>> scan.close()
            >>> list(scan)
            []
        """
        with self._lock:
            self._hits.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _hits(
    pool: SnapshotPool, tree: Node, tell: Callable[[_Facts], None], *, snippets: bool
) -> Generator[Hit[Any] | None, None, None]:
    """None once the snapshot is open and `tell` was told the total and the diagnostics, doubts apart from notes; then the hits."""
    with pool.lend_for_long() as (snapshot, searcher):
        snippet_of = None
        if snippets:
            analyzer_of = analyzers_of(snapshot.manifest.settings).of
            snippet_of = Highlighter(tree, searcher.analyzer, analyzer_of).snippet
        total, planned, hits = searcher.scan(tree, snippet_of)
        tell((total, planned.diagnostics, planned.notes))
        yield None
        yield from hits
