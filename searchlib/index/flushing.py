"""Segments that are being written while more articles are added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future

from searchlib.index.segments import Segment

__all__ = ["Flushing"]


class Flushing:
    """Segments that are being written.

    Args:
        segments: The future of the segments.
        numbers: The numbers that their articles had while they were added, by id.
        files: By number, the file that each article came from; "" for none.

    Attributes:
        deleted: Ids of articles to delete of them once they are there.
    """

    def __init__(self, segments: Future[Sequence[Segment]], numbers: Mapping[str, int], files: Sequence[str]) -> None:
        self.segments = segments
        self._numbers = numbers
        self._files = files
        self.deleted: set[str] = set()

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._numbers and article_id not in self.deleted

    def delete(self, article_id: str) -> str | None:
        """Delete an article; the file that it came from, "" for none. None if it is not in them."""
        number = self._numbers.get(article_id)
        if number is None or article_id in self.deleted:
            return None
        self.deleted.add(article_id)
        return self._files[number]
