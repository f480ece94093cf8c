"""`searchlib index --dry-run`: reads everything, adds nothing, and says what would be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from searchlib.article import Article
from searchlib.cli.progress import LoadBar
from searchlib.cli.screen import number, plural
from searchlib.engines import embedded
from searchlib.results import printable
from searchlib.sources import Reading

__all__ = ["DryRun"]

_SHOWN: Final = 3
_SHOWN_CHARS: Final = 100


class DryRun:
    """What a load would do.

    Attributes:
        added: How many articles the index does not have.
        replaced: How many are in it, or come twice.
        first: The first articles, in the order in which they are read.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.added = self.replaced = 0
        self.first: list[Article] = []
        self._readings = readings

    def run(self, index_path: str, bar: LoadBar) -> None:
        """Read everything. An index that is there is only asked for ids; none is made."""
        index = embedded.open(index_path) if embedded.exists(index_path) else None
        seen: set[str] = set()
        try:
            for article in chain.from_iterable(self._readings):
                is_known = article.id in seen or (index is not None and index.get(article.id) is not None)
                seen.add(article.id)
                self.replaced += is_known
                self.added += not is_known
                if len(self.first) < _SHOWN:
                    self.first.append(article)
                bar.reading(self.added + self.replaced, bytes_done=self._bytes_done, bytes_total=self._bytes_total)
        finally:
            if index is not None:
                index.close()

    def lines(self) -> list[str]:
        """The first articles and what there would be, for people."""
        count = plural(self.added + self.replaced, "article")
        would = f"would add {number(self.added)} and replace {number(self.replaced)}; of {count} nothing was written"
        return [*map(_line, self.first), would]

    def objects(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "dry_run": True,
            "added": self.added,
            "replaced": self.replaced,
            "first": [article.as_dict() for article in self.first],
        }

    def _bytes_done(self) -> int:
        return sum(reading.bytes_done for reading in self._readings)

    def _bytes_total(self) -> int | None:
        totals = [reading.bytes_total for reading in self._readings]
        return None if None in totals else sum(total or 0 for total in totals)


def _line(article: Article) -> str:
    day = str(article.as_dict().get("published", "undated"))[:10]
    title = article.title or article.summary or article.body
    parts = [day, printable(title)[:_SHOWN_CHARS], printable(str(article.origin or ""))]
    return "  ".join(part for part in parts if part)
