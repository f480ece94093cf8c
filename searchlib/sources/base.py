"""What every source shares: what it is given, what it yields, and the limits it keeps.

A source is a function ``read(stream, context) -> Iterator[Article | SourceError]``. It
yields an article for each record it can read and a `SourceError` for each it cannot, in
the order of the file, and raises nothing but `SourceError` for the whole file and
`MissingExtraError`. It holds one record in memory at a time wherever the format allows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Protocol

from searchlib.article import Article, ArticleOrigin, DateOrder, Note
from searchlib.errors import SourceError
from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line

__all__ = ["MAX_EXPANDED_BYTES", "MAX_NESTING", "MAX_RECORD_BYTES", "Context", "FileDone", "Orders", "Source"]

#: The longest single record (a line, a page, a file of one article) that is read, in bytes.
MAX_RECORD_BYTES: Final = 64 * 1024 * 1024
#: The most that one compressed file may expand to, per byte of the file: more is taken for a bomb.
MAX_EXPANDED_BYTES: Final = 1000
#: How many containers may stand inside one another.
MAX_NESTING: Final = 4


class Orders:
    """In which order the columns of one file have the numbers of their dates.

    A value that is a date in one order alone (25/09/2023) tells of the others in its column (11/09/2023).
    """

    def __init__(self) -> None:
        self._by_column: dict[str, DateOrder | None] = {}

    def of(self, column: str) -> DateOrder | None:
        """The order of a column; None where no value told it, or several told different ones."""
        return self._by_column.get(column)

    def is_known(self, column: str) -> bool:
        """Whether a value of the column told something, be it that there is no one order."""
        return column in self._by_column

    def tell(self, column: str, order: DateOrder) -> bool:
        """Take in the order of one value; False where an earlier value of the column had another."""
        if self._by_column.setdefault(column, order) == order:
            return True
        self._by_column[column] = None
        return False


# More names are no columns but data.
_MAX_NAMES_SEEN: Final = 1000


@dataclass(frozen=True, slots=True)
class Context:
    """What a source knows about what it reads.

    Attributes:
        name: What is read, as the user knows it: a path, ``archive.zip!member``, "<stream>".
        file: Absolute path of the file that it is, or is in; "" where it is no file.
        member: Of an archive, what is read of it.
        mapping: Names of fields in the input → names of an article's fields, as the user gave them.
        date_order: The order of the numbers in 05/06/2023; None where the user did not say.
        defaults: Values for fields that a record does not have itself.
        encoding: Text encoding to assume; None to detect it.
        strict_dates: Whether a record with a date that cannot be read is no article.
        lines_before: How many lines of the file stand before what is read.
        has_utf8_before: Whether there is UTF-8 beyond ASCII in these.
        table: Of a database or a workbook, the table or sheet that has the articles; None for the only one.
        sql: Of a database, the query whose rows are the articles; None for all rows of a table.
        notes: Gets what there is to say about the articles, in the order in which they are yielded.
        kinds: Counts the files that are read by their kind; of an archive, its members.
        orders: What the columns of the file that is read tell of the order of their dates.
        names_told: Names of columns that were spoken of already in this run.
        names_seen: Names of columns that the input has; kept only where names are mapped.
    """

    name: str
    file: str = ""
    member: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    strict_dates: bool = False
    lines_before: int = 0
    has_utf8_before: bool = False
    table: str | None = None
    sql: str | None = None
    notes: list[Note] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    orders: Orders = field(default_factory=lambda: Orders())
    names_told: set[str] = field(default_factory=set)
    names_seen: set[str] = field(default_factory=set)

    def error(self, reason: str, record: int | None = None) -> SourceError:
        """A `SourceError` about what this context names."""
        return SourceError(self.name, reason, record=record)

    def see_names(self, names: Iterable[object]) -> None:
        """Remember the names of a record, of which there may be as many as there are data; nothing where none is mapped."""
        if self.mapping:
            for name in names:
                if len(self.names_seen) < _MAX_NAMES_SEEN or name in self.mapping:
                    self.names_seen.add(str(name))

    def origin(self, record: int | None = None) -> ArticleOrigin | None:
        """Where an article of what is read comes from; None where that is no file."""
        return ArticleOrigin(self.file, self.member, record) if self.file else None


@dataclass(frozen=True, slots=True)
class FileDone(JsonForm):
    """A file that was read to its end, and what came of it.

    Attributes:
        file: Its absolute path.
        size: Its length in bytes when it was opened.
        modified_ns: When it was last changed before it was opened, in nanoseconds since 1970.
        articles: How many articles it gave; of an archive, its members did.
        rejects: How many records of it are no articles.
        is_whole: Whether all of it could be read: no file or member was damaged, empty or no article as a whole.
        opened_ns: When it was opened, in nanoseconds since 1970; 0 where that is not known.
        has_failed: Whether what could not be read may be read another time, though the file is the same: the system could
            not read on, or the process that read it was killed.

    Examples:
        >>> done = []
        >>> articles = list(searchlib.read("articles/talwarte.tsv", on_file=done.append))
        >>> done[0].articles
        2
    """

    file: str
    size: int
    modified_ns: int
    articles: int
    rejects: int
    is_whole: bool
    opened_ns: int = field(default=0, compare=False)
    has_failed: bool = False

    __repr__ = attributes_line


class Source(Protocol):
    """Reads one kind of file."""

    def __call__(self, stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
        """Yield what the stream holds, record by record."""
        ...
