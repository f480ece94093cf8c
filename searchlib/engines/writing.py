"""The embedded engine's writer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from searchlib.engines.queries import insist_on_none, read_query
from searchlib.errors import EngineUnavailableError
from searchlib.index.writer import IndexWriter
from searchlib.query import Node
from searchlib.searching import Searcher

__all__ = ["ArticleWriter"]


class ArticleWriter(IndexWriter):
    """The writer of an index, which can also delete what a query finds.

    Examples:
        >>> with index.writer() as writer:
        ...     replaced = writer.add(Article(id="fog", title="Fog at the Narrows"))
        ...     deleted = writer.delete("kw-2023-1010-nursery")
        >>> len(index)
        50
    """

    def __init__(self, directory: Path, *, on_commit: Callable[[], bool], **options: Any) -> None:
        super().__init__(directory, **options)
        self._on_commit = on_commit

    def delete_by_query(self, query: str | Node) -> int:
        """Delete what a query finds, also among what this writer added. Returns how many articles it deleted.

        The query is read strictly: if it is doubtful, nothing is deleted.

        Raises:
            QueryError: The query is doubtful.

        Examples:
            >>> with index.writer() as writer:
            ...     writer.delete_by_query("measles")
            8
        """
        now = datetime.now(timezone.utc)
        tree, _ = read_query(query, self.settings, either=False, since=None, until=None, now=now, strict=True)
        with contextlib.closing(self._snapshot()) as snapshot:
            ids, diagnostics = Searcher(snapshot).ids(tree)
        insist_on_none(diagnostics, query)
        return sum(self.delete(article_id) for article_id in ids)

    def _committed(self) -> None:
        # The index may have been closed since it made this writer.
        with contextlib.suppress(EngineUnavailableError):
            self._on_commit()
