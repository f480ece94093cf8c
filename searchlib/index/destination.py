"""Where a new segment goes, whether built or merged, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from whoosh.fields import Schema

from searchlib.codec import PlainDataStorage
from searchlib.index.manifest import Settings

__all__ = ["INDEX_NAME", "SegmentDestination"]

#: Begins the name of every file of a segment.
INDEX_NAME: Final = "s"


@dataclass(frozen=True, slots=True)
class SegmentDestination:
    """Where a new segment goes.

    Attributes:
        storage: The index directory.
        schema: What its documents consist of.
        settings: What it was made with.
        codec: How segments are written (a `whoosh.codec.base.Codec`).
    """

    storage: PlainDataStorage
    schema: Schema
    settings: Settings
    codec: Any
    index_name: str = INDEX_NAME

    def replacing(self, segment_ids: Iterable[str]) -> SegmentDestination:
        """The same for segments that take over the articles of others; their files name these."""
        assert self.storage.origin is not None
        origin = replace(self.storage.origin, replaces=tuple(segment_ids))
        return replace(self, storage=PlainDataStorage(self.storage.folder, origin))
