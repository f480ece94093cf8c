"""tantivy-py in the race."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final

import tantivy
from race_engines import MEMORY_MB, Engine, Fields
from race_queries import Query

__all__ = ["ENGINE", "NAME", "Tantivy"]

_TEXT: Final = "text"
_COUNT: Final = {"total": {"value_count": {"field": "published"}}}


class Tantivy(Engine):
    """Title and body are two values of one stored field: one dictionary, no phrase across, as in our side."""

    note = "1 indexing thread, all merges waited for; index sorted by date, which makes its date windows twice as fast"

    def index(self, articles: Iterable[Fields]) -> None:
        self.directory.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(_TEXT, stored=True, tokenizer_name="en_stem", index_option="position")
        builder.add_date_field("published", stored=True, indexed=True, fast=True)
        index = tantivy.Index(
            builder.build(), str(self.directory), sort_by_field="published", sort_order=tantivy.Order.Desc
        )
        writer = index.writer(heap_size=MEMORY_MB * 1_000_000, num_threads=1)
        for article in articles:
            writer.add_document(_document(article))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self.directory))
        # Searchers are made anew where the engine says so, not by a thread that watches the directory.
        self._index.config_reader("manual")
        self._index.reload()
        self._searcher = self._index.searcher()
        self._writer: Any = None

    def close(self) -> None:
        del self._searcher, self._index, self._writer

    def prepare(self, query: Query) -> Any:
        parsed = self._index.parse_query(query.text, [_TEXT])
        if not query.window:
            return parsed
        since, until = query.window
        dates = tantivy.Query.range_query(
            self._index.schema, "published", tantivy.FieldType.Date, since, until, include_upper=False
        )
        # In a clause of its own, so that its constant score is added once and prunes as well as it can.
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, parsed), (tantivy.Occur.Must, dates)])

    def top(self, prepared: Any, k: int) -> Sequence[Any]:
        return self._searcher.search(prepared, k, count=False).hits

    def newest(self, prepared: Any, k: int) -> Sequence[Any]:
        return self._searcher.search(
            prepared, k, count=False, order_by_field="published", order=tantivy.Order.Desc
        ).hits

    def total(self, prepared: Any) -> int:
        # Faster than a search with count=True and limit=1, which would score what it counts.
        return int(self._searcher.aggregate(prepared, _COUNT)["total"]["value"])

    def top_and_total(self, prepared: Any, k: int) -> tuple[Sequence[Any], int]:
        found = self._searcher.search(prepared, k, count=True)
        return found.hits, found.count

    def texts(self, text: str, k: int) -> list[tuple[str, str]]:
        query = self._index.parse_query(text, [_TEXT])
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, _TEXT)
        found = []
        for _, address in self._searcher.search(query, k, count=False).hits:
            article = self._searcher.doc(address)
            found.append((article[_TEXT][0], snippets.snippet_from_doc(article).to_html()))
        return found

    def ids(self, hits: Sequence[Any]) -> list[str]:
        return [self._searcher.doc(address)["id"][0] for _, address in hits]

    def add(self, article: Fields) -> None:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=MEMORY_MB * 1_000_000, num_threads=1)
        self._writer.add_document(_document(article))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()


def _document(article: Fields) -> tantivy.Document:
    return tantivy.Document(
        id=article["id"],
        text=[article["title"], article["body"]],
        published=datetime.fromisoformat(article["published"]),
    )


if tuple(map(int, version("tantivy").split(".")[:2])) < (0, 27):
    raise ImportError(f"tantivy {version('tantivy')} cannot sort its index by date, 0.27 can")

NAME: Final = f"tantivy-py {version('tantivy')}"
ENGINE: Final = Tantivy
