"""bm25s in the race: it keeps every score in a matrix, and so answers disjunctions and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import bm25s
import Stemmer
from race_engines import Engine, Fields
from race_queries import Query

__all__ = ["ENGINE", "NAME", "Bm25s"]

_BACKEND: Final = "numba" if find_spec("numba") else "numpy"


class Bm25s(Engine):
    """Title and body as one text, Lucene's BM25."""

    note = "answers 'OR, top 10' alone: it has no AND, phrases or dates; stores no texts; indexes all in memory"

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._stemmer = Stemmer.Stemmer("english")
        self._engine: Any

    def plays(self, method: str, kind: str, *, windowed: bool) -> bool:
        return method == "top" and kind == "or" and not windowed

    def index(self, articles: Iterable[Fields]) -> None:
        texts = (f"{article['title']}\n{article['body']}" for article in articles)
        # With stop words: other engines search them too.
        tokens = bm25s.tokenize(texts, stopwords=None, stemmer=self._stemmer, show_progress=False)
        engine = bm25s.BM25(method="lucene", backend=_BACKEND)
        engine.index(tokens, show_progress=False)
        engine.save(str(self.directory), show_progress=False)

    def open(self) -> None:
        self._engine = bm25s.BM25.load(str(self.directory), mmap=True)

    def close(self) -> None:
        del self._engine

    def prepare(self, query: Query) -> Any:
        return [self._stemmer.stemWords(list(query.words))]

    def top(self, prepared: Any, k: int) -> Sequence[Any]:
        docnums, scores = self._engine.retrieve(prepared, k=k, show_progress=False, n_threads=1)
        return list(zip(docnums[0], scores[0], strict=True))

    def total(self, prepared: Any) -> int:
        return int((self._engine.get_scores(prepared[0]) > 0).sum())


NAME: Final = f"bm25s {version('bm25s')} ({_BACKEND})"
ENGINE: Final = Bm25s
