"""Every error that searchlib raises on purpose: one tree, one root.

Each error keeps its facts as attributes, so that a program can act on them. Its message
says what happened, to what, and what to do about it. No error carries anything but plain
facts, which `__match_args__` names, so each has a form in JSON and can be pickled.

    SearchlibError
    ├── ArticleError              a value is not one an article can have
    ├── SourceError               an input, at a record, is not an article
    ├── QueryError                a query, at a column, cannot be read (strict mode)
    ├── IndexStateError           the index is not in the state that the call needs
    │   ├── IndexNotFoundError
    │   ├── IndexExistsError
    │   ├── IndexLockedError
    │   └── IndexFormatError      the files are not what this version reads
    │       ├── FormatTooOldError
    │       ├── FormatTooNewError
    │       ├── UpgradeNeededError
    │       └── IndexCorruptError
    ├── EngineError               the engine could not answer
    │   ├── EngineUnavailableError
    │   ├── SearchCancelledError
    │   └── SearchTimeoutError
    ├── SettingError              a setting or an argument cannot have this value
    └── MissingExtraError         an optional library is not installed
"""

from __future__ import annotations

import math
from typing import Any, ClassVar, TypeVar

from searchlib.json_form import JsonMapping

__all__ = [
    "ArticleError",
    "EngineError",
    "EngineUnavailableError",
    "FormatTooNewError",
    "FormatTooOldError",
    "IndexCorruptError",
    "IndexExistsError",
    "IndexFormatError",
    "IndexLockedError",
    "IndexNotFoundError",
    "IndexStateError",
    "MissingExtraError",
    "QueryError",
    "SearchCancelledError",
    "SearchTimeoutError",
    "SearchlibError",
    "SettingError",
    "SourceError",
    "UpgradeNeededError",
]


_Error = TypeVar("_Error", bound="SearchlibError")


class SearchlibError(JsonMapping, Exception):
    """The root: catch it to catch everything searchlib raises on purpose.

    Examples:
        >>> try:
        ...     searchlib.open("nowhere.index")
        ... except searchlib.SearchlibError as error:
        ...     print(type(error).__name__)
        IndexNotFoundError
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()

    @property
    def kind(self) -> str:
        """The name of its class in this tree."""
        return next(each.__name__ for each in type(self).__mro__ if each.__module__ == __name__)

    @property
    def without_query(self) -> str:
        """The message for those who see the query that it is about: without its line, and the mark below it."""
        return str(self)

    def as_dict(self) -> dict[str, Any]:
        """The error ready for JSON: its kind and message, then its facts by name."""
        facts = {name: _plain(getattr(self, name)) for name in self.__match_args__}
        return {"kind": self.kind, "message": str(self), **facts}

    def __reduce__(self) -> tuple[Any, ...]:
        # Python's own way calls the constructor with the message, which takes facts.
        return _restored, (type(self), self.args, vars(self))


def _restored(kind: type[_Error], args: tuple[object, ...], facts: dict[str, object]) -> _Error:
    error = kind.__new__(kind, *args)
    vars(error).update(facts)
    return error


def _plain(value: object) -> str | int | float | None:
    """A fact that JSON can have: what it cannot have is shown as Python writes it."""
    is_plain = value is None or isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))
    return value if is_plain else repr(value)  # type: ignore[return-value]


class ArticleError(SearchlibError, ValueError):
    """A value is not one that this field of an article can have.

    Attributes:
        field: Name of the field.
        problem: What is wrong with the value.

    Examples:
        >>> try:
        ...     Article(title="Fog", published="yesterdayish")
        ... except searchlib.ArticleError as error:
        ...     print(error.field)
        published
    """

    __match_args__ = ("field", "problem")

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


class SourceError(SearchlibError):
    """An input, at a record, is not an article. It is reported, and reading goes on.

    Attributes:
        source: What was read: a path as the user knows it, ``archive.zip!member`` inside an archive.
        record: Number of the record in its file, from 1; None where the whole file is meant.
        reason: What was wrong, in words.

    Examples:
        >>> reading = searchlib.read([{"title": "Fog", "body": "Fog."}, {"title": ""}])
        >>> [article.title for article in reading], reading.rejects[0].record
        (['Fog'], 2)
    """

    __match_args__ = ("source", "record", "reason")

    def __init__(self, source: str, reason: str, *, record: int | None = None) -> None:
        self.source = source
        self.record = record
        self.reason = reason
        where = source if record is None else f"{source}, record {record}"
        super().__init__(f"{where}: {reason}")


class QueryError(SearchlibError, ValueError):
    """A query cannot be read as written, and strict mode does not guess; or a date or cursor of a search is none.

    Attributes:
        problem: What is wrong and what to write instead.
        text: The query as given; empty for a tree built by hand.
        start: Offset of the first wrong character in `text`; None if no character can be named.

    Examples:
        >>> try:
        ...     index.search("measles OR", strict=True)
        ... except searchlib.QueryError as error:
        ...     print(error.start)
        8
    """

    __match_args__ = ("problem", "text", "start")

    def __init__(self, problem: str, *, text: str = "", start: int | None = None) -> None:
        self.problem = problem
        self.text = text
        self.start = start
        message = problem
        if text and start is not None:
            line_start = text.rfind("\n", 0, start) + 1
            line = text[line_start:].split("\n", 1)[0]
            message = f"{problem}\n  {line}\n  {' ' * (start - line_start)}^"
        super().__init__(message)

    @property
    def without_query(self) -> str:
        """The problem alone."""
        return self.problem


class IndexStateError(SearchlibError):
    """The index is not in the state that the call needs.

    Attributes:
        path: The index directory.

    Examples:
        >>> try:
        ...     searchlib.create("news.index")
        ... except searchlib.IndexStateError as error:
        ...     print(error.path)
        news.index
    """

    __match_args__ = ("path",)

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(message)


class IndexNotFoundError(IndexStateError):
    """There is no index at this path.

    Examples:
        >>> try:
        ...     searchlib.open("nowhere.index")
        ... except searchlib.IndexNotFoundError as error:
        ...     print(error.path)
        nowhere.index
    """

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            f"There is no index at {path}. Make one with 'searchlib index FILES --index {path}' "
            f"or searchlib.create({path!r}), or name another with --index or $SEARCHLIB_INDEX.",
        )


class IndexExistsError(IndexStateError):
    """Something is at this path already, so no index is made there.

    Attributes:
        found: What is there.

    Examples:
        >>> try:
        ...     searchlib.create("news.index")
        ... except searchlib.IndexExistsError as error:
        ...     print(error.found)
        an index
    """

    __match_args__ = ("path", "found")

    def __init__(self, path: str, found: str) -> None:
        self.found = found
        super().__init__(
            path,
            f"{path} already holds {found}. If that is an index, add to it with 'searchlib index FILES --index {path}' or "
            f"searchlib.open({path!r}), or choose another path.",
        )


class IndexLockedError(IndexStateError):
    """Another writer has locked the index, and did not release it within the timeout.

    Attributes:
        holder: Who has it, for people: process, machine and since when.
        waited_s: How long this writer waited, in seconds.

    Examples:
        >>> with index.writer():
        ...     try:
        ...         index.writer(timeout_s=0)
        ...     except searchlib.IndexLockedError as error:
        ...         print(error.waited_s)
        0.0
    """

    __match_args__ = ("path", "holder", "waited_s")

    def __init__(self, path: str, *, holder: str, waited_s: float) -> None:
        self.holder = holder
        self.waited_s = waited_s
        super().__init__(
            path,
            f"{path} is being written by {holder}; waited {waited_s:g} s. "
            f"Try again when it has finished, or wait longer with timeout_s; 'searchlib doctor --index {path}' says who has it.",
        )


class IndexFormatError(IndexStateError):
    """The files of the index are damaged, or of a format that this version of searchlib does not read.

    Examples:
        >>> issubclass(searchlib.IndexCorruptError, searchlib.IndexFormatError)
        True
    """


class FormatTooOldError(IndexFormatError):
    """The index was written by a version whose format is no longer read.

    Attributes:
        found: The format of the index.
        oldest: The oldest that is read.

    Examples:
        >>> error = searchlib.FormatTooOldError("news.index", found=1, oldest=2)
        >>> error.found, error.oldest
        (1, 2)
    """

    __match_args__ = ("path", "found", "oldest")

    def __init__(self, path: str, *, found: int, oldest: int) -> None:
        self.found = found
        self.oldest = oldest
        super().__init__(
            path,
            f"{path} has format {found}; this searchlib reads {oldest} and later. "
            "Carry it over with the version that wrote it: 'searchlib export > articles.jsonl', "
            "then 'searchlib index articles.jsonl' with this one.",
        )


class FormatTooNewError(IndexFormatError):
    """The index was written by a later version of searchlib.

    Attributes:
        found: The format of the index.
        newest: The newest that is read.

    Examples:
        >>> error = searchlib.FormatTooNewError("news.index", found=9, newest=3)
        >>> error.found, error.newest
        (9, 3)
    """

    __match_args__ = ("path", "found", "newest")

    def __init__(self, path: str, *, found: int, newest: int) -> None:
        self.found = found
        self.newest = newest
        super().__init__(
            path,
            f"{path} has format {found}; this searchlib reads up to {newest}. Upgrade it: pip install -U searchlib.",
        )


class UpgradeNeededError(IndexFormatError):
    """The index is read, but its format is too old for what was asked of it.

    Attributes:
        feature: What was asked, as it begins a sentence: "an exact word", "adding articles".
        found: The format that the index has, or a part of it.
        needed: The first format that knows it.
        what: What has these numbers: "format", or "schema" for what articles become.

    Examples:
        >>> error = searchlib.UpgradeNeededError("news.index", "an exact word", found=1, needed=2)
        >>> error.feature, error.needed
        ('an exact word', 2)
    """

    __match_args__ = ("path", "feature", "found", "needed", "what")

    def __init__(self, path: str, feature: str, *, found: int, needed: int, what: str = "format") -> None:
        self.feature = feature
        self.found = found
        self.needed = needed
        self.what = what
        super().__init__(
            path,
            f"{feature} needs {what} {needed}, and {path} has parts of {what} {found}"
            f"{', written by an earlier version or through Whoosh, that lack what it needs' if found >= needed else ''}. "
            f"Rewrite them: 'searchlib merge --upgrade --index {path}', or index.upgrade().",
        )


class IndexCorruptError(IndexFormatError):
    """A file of the index is not as it was committed.

    Attributes:
        file: Path of the file.
        expected: What was committed: a length, a checksum, a kind of content.
        got: What is there.

    Examples:
        >>> [problem.file for problem in index.verify()]
        []
    """

    __match_args__ = ("path", "file", "expected", "got")

    def __init__(self, path: str, file: str, *, expected: str, got: str) -> None:
        self.file = file
        self.expected = expected
        self.got = got
        super().__init__(
            path,
            f"{file}: expected {expected}, found {got}. The file changed after it was committed; "
            "restore the index from a backup, or index the articles anew.",
        )


class EngineError(SearchlibError):
    """The engine could not answer.

    Examples:
        >>> issubclass(searchlib.SearchTimeoutError, searchlib.EngineError)
        True
    """


class EngineUnavailableError(EngineError):
    """The engine cannot be used: it was closed, or cannot be reached.

    Examples:
        >>> index.close()
        >>> try:
        ...     index.search("measles")
        ... except searchlib.EngineUnavailableError as error:
        ...     print("open it again")
        open it again
    """


class SearchCancelledError(EngineError):
    """What was asked was stopped by a `Cancellation`. Nothing is wrong with the index or with the query.

    Examples:
        >>> cancellation = searchlib.Cancellation()
        >>> cancellation.cancel()
        >>> try:
        ...     with cancellation:
        ...         print(index.search("measles").total)
        ... except searchlib.SearchCancelledError as error:
        ...     print(error)
        The search was cancelled.
    """

    def __init__(self) -> None:
        super().__init__("The search was cancelled.")


class SearchTimeoutError(EngineError):
    """A search took longer than it was allowed to.

    Attributes:
        timeout_s: The limit, in seconds.

    Examples:
        >>> try:
        ...     print(index.search("measles", timeout_s=2.5).total)
        ... except searchlib.SearchTimeoutError as error:
        ...     print(f"nothing within {error.timeout_s} seconds")
        8
    """

    __match_args__ = ("timeout_s",)

    def __init__(self, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        super().__init__(
            f"The search took longer than {timeout_s:g} s. Narrow the query, or allow more with timeout_s."
        )


class SettingError(SearchlibError, ValueError):
    """A setting of an index, or an argument of a call, cannot have this value.

    Attributes:
        setting: Its name.
        value: What was given.

    Examples:
        >>> try:
        ...     index.search("measles", limit=-1)
        ... except searchlib.SettingError as error:
        ...     print(error.setting, error.value)
        limit -1
    """

    __match_args__ = ("setting", "value")

    def __init__(self, setting: str, value: object, remedy: str) -> None:
        self.setting = setting
        self.value = value
        super().__init__(f"{setting} cannot be {value!r}: {remedy}")


class MissingExtraError(SearchlibError, ImportError):
    """An optional library is needed, and it is not installed.

    Attributes:
        extra: Name of the extra that installs it.
        purpose: What it is needed for.

    Examples:
        >>> error = searchlib.MissingExtraError("pdf", "Reading PDF")
        >>> str(error)
        "Reading PDF needs an optional library: pip install 'searchlib[pdf]'"
    """

    __match_args__ = ("extra", "purpose")

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        self.purpose = purpose
        super().__init__(f"{purpose} needs an optional library: pip install 'searchlib[{extra}]'")
