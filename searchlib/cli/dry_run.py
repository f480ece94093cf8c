"""`searchlib index --dry-run`: reads everything, adds nothing, and says what would be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timezone
from itertools import chain
from typing import Any, Final

from searchlib.article import Article
from searchlib.article.versions import ReplaceRule, Version, replaces
from searchlib.cli.known_files import KnownFiles
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
        replaced: How many would take the place of a version that is in it, or that came before.
        kept: How many would not, because that version stays.
        first: The first articles, in the order in which they are read.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.added = self.replaced = self.kept = 0
        self.first: list[Article] = []
        self._readings = readings

    def run(self, index_path: str, bar: LoadBar, *, replace: ReplaceRule, known: KnownFiles | None) -> None:
        """Read what a load would read. An index that is there is only asked; none is made.

        Args:
            index_path: The index.
            bar: Is shown how far it is.
            replace: Which version of an article stays.
            known: Gets the index, to pass over the files that have not changed; None to read all.
        """
        index = embedded.open(index_path) if embedded.exists(index_path) else None
        if known is not None:
            known.index = index
        zone = timezone.utc if index is None else index.zone
        seen: dict[str, Version] = {}
        try:
            for article in chain.from_iterable(self._readings):
                new, old, is_again = Version.of(article, zone), seen.get(article.id), False
                if old is None and index is not None and (stored := index.get(article.id)) is not None:
                    old, is_again = Version.of(stored, zone), _file_of(stored) == _file_of(article) != ""
                if old is not None and not is_again and not replaces(replace, new, old):
                    self.kept += 1
                    continue
                seen[article.id] = new
                self.replaced += old is not None
                self.added += old is None
                if len(self.first) < _SHOWN:
                    self.first.append(article)
                bar.reading(self.added + self.replaced, bytes_done=self._bytes_done, bytes_total=self._bytes_total)
        finally:
            if index is not None:
                index.close()

    def lines(self) -> list[str]:
        """The first articles and what there would be, for people."""
        count = plural(self.added + self.replaced, "article")
        kept = f", keep {number(self.kept)} as they are" if self.kept else ""
        would = (
            f"would add {number(self.added)} and replace {number(self.replaced)}{kept}; of {count} nothing was written"
        )
        return [*map(_line, self.first), would]

    def objects(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "dry_run": True,
            "added": self.added,
            "replaced": self.replaced,
            "kept": self.kept,
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


def _file_of(article: Article) -> str:
    return "" if article.origin is None else article.origin.file
