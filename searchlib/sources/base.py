"""What every source shares: what it is given, what it yields, and the limits it keeps.

A source is a function ``read(stream, context) -> Iterator[Article | SourceError]``. It
yields an article for each record it can read and a `SourceError` for each it cannot, in
the order of the file, and raises nothing but `SourceError` for the whole file and
`MissingExtraError`. It holds one record in memory at a time wherever the format allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Protocol

from searchlib.article import Article
from searchlib.errors import SourceError

__all__ = ["MAX_EXPANDED_BYTES", "MAX_NESTING", "MAX_RECORD_BYTES", "Context", "Source"]

#: The longest single record (a line, a page, a file of one article) that is read, in bytes.
MAX_RECORD_BYTES: Final = 64 * 1024 * 1024
#: The most that one compressed file may expand to, per byte of the file: more is taken for a bomb.
MAX_EXPANDED_BYTES: Final = 1000
#: How many containers may stand inside one another.
MAX_NESTING: Final = 4


@dataclass(frozen=True, slots=True)
class Context:
    """What a source knows about what it reads.

    Attributes:
        name: What is read, as the user knows it: a path, ``archive.zip!member``, "<stream>".
        mapping: Names of fields in the input → names of an article's fields, as the user gave them.
        day_first: Whether 05/06/2023 is 5 June.
        defaults: Values for fields that a record does not have itself.
        encoding: Text encoding to assume; None to detect it.
    """

    name: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    day_first: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None

    def error(self, reason: str, record: int | None = None) -> SourceError:
        """A `SourceError` about what this context names."""
        return SourceError(self.name, reason, record=record)


class Source(Protocol):
    """Reads one kind of file."""

    def __call__(self, stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
        """Yield what the stream holds, record by record."""
        ...
