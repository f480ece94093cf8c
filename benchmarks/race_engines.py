"""What every side of the race can do, and our side; the others are in `race_tantivy`, `race_fts5` and `race_bm25s`.

All get the same of each article: id, title, body, date. Title and body are searched as one text and stored, the date
restricts and sorts. Whatever can be done before a query is asked (parsing it, building its tree) is done in `prepare`
and not timed; the one exception is `texts`, which is timed from the query's text on.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from race_queries import Query

import searchlib
from searchlib.codec import CODECS
from searchlib.query import And, DateRange, parse

__all__ = ["MEMORY_MB", "Engine", "Fields", "Searchlib", "Side", "side", "sides"]

#: What an engine may hold in memory while it indexes, if it can be told.
MEMORY_MB: Final = 256

_OURS: Final = "searchlib-"

#: What an engine gets of an article: id, title, body, and when it was published, in ISO 8601.
Fields = Mapping[str, str]


class Engine(ABC):
    """One side, with its index in a directory of its own; for one thread.

    `index` makes the index; `open` comes before everything else.
    """

    #: What it holds itself to, and what is not its own doing; one line for the reader of the table.
    note: ClassVar[str] = ""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def plays(self, method: str, kind: str, *, windowed: bool) -> bool:
        """Whether it can answer queries of this kind, by this method, within dates or not."""
        return True

    @abstractmethod
    def index(self, articles: Iterable[Fields]) -> None:
        """Index all articles, in the order in which they come, and put the index in its best state for searching."""

    @abstractmethod
    def open(self) -> None:
        """Open the index that is in the directory."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""

    @abstractmethod
    def prepare(self, query: Query) -> Any:
        """What the methods below take for this query."""

    @abstractmethod
    def top(self, prepared: Any, k: int) -> Sequence[Any]:
        """The best `k` articles, however the engine names them."""

    def newest(self, prepared: Any, k: int) -> Sequence[Any]:
        """The newest `k` articles that match."""
        raise NotImplementedError

    @abstractmethod
    def total(self, prepared: Any) -> int:
        """How many articles match."""

    def top_and_total(self, prepared: Any, k: int) -> tuple[Sequence[Any], int]:
        """Both."""
        raise NotImplementedError

    def texts(self, text: str, k: int) -> list[tuple[str, str]]:
        """Title and snippet of the best `k` articles, from the text of the query."""
        raise NotImplementedError

    def ids(self, hits: Sequence[Any]) -> list[str]:
        """The article ids of what `top` or `newest` gave."""
        raise NotImplementedError

    def add(self, article: Fields) -> None:
        """Add one article; when it returns, the article survives a crash, and the next search finds it."""
        raise NotImplementedError


class Searchlib(Engine):
    """Ours, on one of its codecs, through the public door."""

    note = "as it comes: no forced merge; every page is checked when it is first read"

    def __init__(self, directory: Path, *, codec: str) -> None:
        super().__init__(directory)
        self._codec = codec
        self._index: searchlib.Index

    def index(self, articles: Iterable[Fields]) -> None:
        index = searchlib.create(self.directory, language="en", codec=self._codec)
        with index.writer(memory_mb=MEMORY_MB) as writer:
            report = writer.add_all(searchlib.Article(**article) for article in articles)
        index.close()
        if report.failed or report.replaced:
            raise RuntimeError(f"{report.failed} articles were refused, {report.replaced} were replaced")

    def open(self) -> None:
        self._index = searchlib.open(self.directory)

    def close(self) -> None:
        self._index.close()

    def prepare(self, query: Query) -> Any:
        tree = parse(query.text, zone=timezone.utc, now=datetime.now(timezone.utc), strict=True).tree
        return And((tree, DateRange(*query.window))) if query.window else tree

    def top(self, prepared: Any, k: int) -> Sequence[Any]:
        return self._index.search(prepared, limit=k, total="none", snippets=False).hits

    def newest(self, prepared: Any, k: int) -> Sequence[Any]:
        return self._index.search(prepared, sort="newest", limit=k, total="none", snippets=False).hits

    def total(self, prepared: Any) -> int:
        return self._index.search(prepared, limit=0, snippets=False).total or 0

    def top_and_total(self, prepared: Any, k: int) -> tuple[Sequence[Any], int]:
        page = self._index.search(prepared, limit=k, snippets=False)
        return page.hits, page.total or 0

    def texts(self, text: str, k: int) -> list[tuple[str, str]]:
        page = self._index.search(text, limit=k, total="none")
        return [(hit.article.title, hit.snippet.text) for hit in page]

    def ids(self, hits: Sequence[Any]) -> list[str]:
        return [hit.article.id for hit in hits]

    def add(self, article: Fields) -> None:
        with self._index.writer(memory_mb=MEMORY_MB) as writer:
            writer.add(searchlib.Article(**article))


@dataclass(frozen=True, slots=True)
class Side:
    """Who takes part.

    Attributes:
        name: With its version, for the table.
        make: Directory → engine.
        is_ours: Whether it is searchlib.
        is_slow: Whether it is raced over fewer articles.
        note: What the reader should know of how it is set up.
    """

    name: str
    make: Callable[[Path], Engine]
    is_ours: bool = False
    is_slow: bool = False
    note: str = ""


def side(key: str) -> Side:
    """The side with this key; of the peers, only its own package is imported.

    Raises:
        ImportError: Its package is not installed.
    """
    if key.startswith(_OURS):
        codec = key.removeprefix(_OURS)
        make = partial(Searchlib, codec=codec)
        is_slow = codec == "whoosh"
        return Side(f"searchlib, {codec} codec", make, is_ours=True, is_slow=is_slow, note=Searchlib.note)
    peer = importlib.import_module(f"race_{key}")
    return Side(peer.NAME, peer.ENGINE, note=peer.ENGINE.note)


def sides() -> tuple[dict[str, Side], dict[str, str]]:
    """Key → side, ours first; and key → why it cannot take part, for those whose package is not installed."""
    found = {}
    missing = {}
    for key in (*(f"{_OURS}{codec}" for codec in sorted(CODECS)), "tantivy", "fts5", "bm25s"):
        outcome = _side_or_reason(key)
        if isinstance(outcome, Side):
            found[key] = outcome
        else:
            missing[key] = outcome
    return found, missing


def _side_or_reason(key: str) -> Side | str:
    try:
        return side(key)
    except ImportError as error:
        return f"{error}; pip install -e '.[bench]'"
