"""`read`: whatever holds articles → a stream of them, with a report of what could not be read."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from searchlib.article import Article, DateOrder, Note
from searchlib.errors import MissingExtraError, SettingError, SourceError
from searchlib.sources.base import Context, FileDone, Orders
from searchlib.sources.containers import Budget, File, bare_name, unpack
from searchlib.sources.date_orders import settled
from searchlib.sources.decoding import encoding_problem
from searchlib.sources.folders import total_size, walk
from searchlib.sources.kinds import KINDS, detect_kind, source_of
from searchlib.sources.reading_options import options_of
from searchlib.sources.records import article_from_record, check_defaults, check_mapping
from searchlib.sources.streams import Counted, buffered

__all__ = ["Reading", "read"]

_RECORDS: Final = "<records>"
_STREAM: Final = "<stream>"


def read(
    source: str | os.PathLike[str] | BinaryIO | Iterable[Mapping[str, Any] | str | os.PathLike[str]],
    *,
    kind: str | None = None,
    mapping: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    date_order: DateOrder | None = None,
    day_first: bool = False,
    strict_dates: bool = False,
    encoding: str | None = None,
    exclude: Iterable[str | os.PathLike[str]] = (),
    on_reject: Callable[[SourceError], None] | None = None,
    on_note: Callable[[Note], None] | None = None,
    on_file: Callable[[FileDone], None] | None = None,
    is_unchanged: Callable[..., bool] | None = None,
) -> Reading:
    """Read articles from files, folders, archives, a binary stream or records.

    Nothing is read before the first article is asked for, and never more than one record is held at a time, but for
    those whose date waits for another of its file to tell the order of day and month. What is no article does not end
    the reading: it is in ``rejects``. What an article went in without, such as a date that cannot be read, is in
    ``notes``.

    Args:
        source: A path to a file or folder, a binary stream, or an iterable of mappings or of paths. Folders are
            walked in sorted order, hidden files passed over; .gz, .bz2, .zst and .zip are looked into.
        kind: One of `KINDS`; None to find it out for each file, by its content first and its name second.
        mapping: Names of fields in the input → fields of an article, for names that are not recognised.
        defaults: Values for fields that an article does not have itself. An id that is derived is derived of the article
            with its defaults; so it is the same however the source is handed over.
        date_order: The order of the numbers in 05/06/2023: "dmy", "mdy" or "ymd". Where it is not said, the other
            dates of the same column tell, else the article's language and the country of its address; where these
            leave a doubt, the article has no date and there is a note.
        day_first: The same as ``date_order="dmy"``.
        strict_dates: Whether a record with a date that cannot be read is no article.
        encoding: Text encoding of all files; None to find it out.
        exclude: Folders inside the source that are left out, such as the index that the articles go to.
        on_reject: Called with each reject as it occurs.
        on_note: Called with each note as it occurs.
        on_file: Called when a file was read to its end and all of its articles were taken, before the first article of
            the next one is given; streams and records are no files.
        is_unchanged: Asked of each regular file before it is opened, by its path and what os.stat says of it, and with
            `Reading.options` as ``options``; what it says True of is passed over. `Index.is_unchanged` is one.

    Raises:
        SourceError: There is nothing at the path, or no such kind, encoding or order of dates.
        ArticleError: The mapping or the defaults name a field that an article does not have.
        SettingError: An argument beside the source is of another type.
        TypeError: The source is none of the above.
    """
    _check_types(kind, mapping, defaults, day_first, encoding, exclude)
    _check_calls(on_reject=on_reject, on_note=on_note, on_file=on_file, is_unchanged=is_unchanged)
    if kind is not None and kind not in KINDS:
        raise SourceError(_name_of(source), f"there is no kind {kind!r}; there are {', '.join(KINDS)}")
    if encoding is not None and (problem := encoding_problem(encoding)):
        raise SourceError(_name_of(source), problem)
    if date_order not in (None, "dmy", "mdy", "ymd"):
        raise SourceError(_name_of(source), f"there is no order of dates {date_order!r}; there are dmy, mdy, ymd")
    order = date_order or ("dmy" if day_first else None)
    context = Context(
        "",
        mapping=dict(mapping or {}),
        date_order=order,
        defaults=dict(defaults or {}),
        encoding=encoding,
        strict_dates=strict_dates,
    )
    check_mapping(context.mapping)
    check_defaults(context.defaults, order)
    left_out = frozenset(os.path.realpath(folder) for folder in exclude)
    return Reading(source, context, kind, on_reject, on_note, left_out, on_file, is_unchanged)


def _check_types(
    kind: object,
    mapping: object,
    defaults: object,
    day_first: object,
    encoding: object,
    exclude: object,
) -> None:
    for name, text in (("kind", kind), ("encoding", encoding)):
        if text is not None and not isinstance(text, str):
            raise SettingError(name, text, "give a text, or None to find it out")
    for name, names in (("mapping", mapping), ("defaults", defaults)):
        if names is not None and not isinstance(names, Mapping):
            raise SettingError(name, names, "give a dictionary of texts by name")
        for key, value in (names or {}).items():
            if not isinstance(key, str) or (name == "mapping" and not isinstance(value, str)):
                raise SettingError(name, {key: value}, "give a dictionary of texts by name")
    if not isinstance(day_first, bool):
        raise SettingError("day_first", day_first, "give True or False")
    folders = None if isinstance(exclude, (str, bytes)) or not isinstance(exclude, Iterable) else exclude
    if folders is None or (
        isinstance(exclude, Sequence) and not all(isinstance(each, (str, os.PathLike)) for each in exclude)
    ):
        raise SettingError("exclude", exclude, "give a list of folders")


_CALLS: Final = {
    "on_reject": "a function of one SourceError",
    "on_note": "a function of one Note",
    "on_file": "a function of one FileDone",
    "is_unchanged": "a function of a path, what os.stat says of it, and options",
}


def _check_calls(**functions: object) -> None:
    for name, function in functions.items():
        if function is not None and not callable(function):
            raise SettingError(name, function, f"give {_CALLS[name]}")


class Reading(Iterator[Article]):
    """The articles of a source, one by one, and what became of the rest.

    Attributes:
        rejects: What could not be read so far, in order.
        files_done: How many files were read to their end; archives count once.
        files_unchanged: How many files were passed over because they have not changed.
        options: Tells how files are read: it differs where other arguments, or another version, make other articles.
    """

    def __init__(
        self,
        source: Any,
        context: Context,
        kind: str | None,
        on_reject: Callable[[SourceError], None] | None,
        on_note: Callable[[Note], None] | None,
        exclude: frozenset[str],
        on_file: Callable[[FileDone], None] | None,
        is_unchanged: Callable[..., bool] | None,
    ) -> None:
        self.rejects: list[SourceError] = []
        self.files_done = 0
        self.files_unchanged = 0
        self._on_file = on_file
        self.options = options_of(context, kind)
        self._is_unchanged = is_unchanged and partial(is_unchanged, options=self.options)
        self._context = context
        self._kind = kind
        self._on_reject = on_reject
        self._on_note = on_note
        self._notes_told = 0
        self._exclude = exclude
        self._bytes_before = 0
        self._current: Counted | None = None
        self._inputs, self._paths, self._stream_size = _inputs_of(source)
        # Records that are handed over as mappings are one file; each file is settled for itself.
        self._results = settled(self._read_all())

    def __next__(self) -> Article:
        for result in self._results:
            if self._notes_told < len(self.notes):
                self._tell_notes()
            if isinstance(result, Article):
                return result
            self.rejects.append(result)
            if self._on_reject:
                self._on_reject(result)
        raise StopIteration

    @contextlib.contextmanager
    def telling(self, on_file: Callable[[FileDone], None]) -> Iterator[None]:
        """Within the block, call this too when a file is done, before the function that the reading was given."""
        told = self._on_file

        def tell_both(done: FileDone) -> None:
            on_file(done)
            if told:
                told(done)

        self._on_file = tell_both
        try:
            yield
        finally:
            self._on_file = told

    @property
    def notes(self) -> list[Note]:
        """What there is to say about the articles so far, in order."""
        return self._context.notes

    def _tell_notes(self) -> None:
        first, self._notes_told = self._notes_told, len(self.notes)
        if self._on_note:
            for note in self.notes[first:]:
                self._on_note(note)

    @cached_property
    def bytes_total(self) -> int | None:
        """Size of all files together, compressed where they are; None where it cannot be told, as for a pipe."""
        if self._paths is None:
            return self._stream_size
        return sum(total_size(path, self._exclude) for path in self._paths)

    @property
    def bytes_done(self) -> int:
        """How many of these bytes were read so far."""
        return self._bytes_before + (self._current.done if self._current else 0)

    def _read_all(self) -> Iterator[Article | SourceError]:
        for number, item in enumerate(self._inputs, start=1):
            if isinstance(item, Mapping):
                yield article_from_record(item, replace(self._context, name=_RECORDS), number)
            elif isinstance(item, (str, os.PathLike)):
                yield from self._read_path(Path(item))
            elif hasattr(item, "read"):
                yield from self._read_file(Counted(item, self._stream_size), _name_of(item))
            else:
                yield SourceError(_RECORDS, f"expected a mapping or a path, got {type(item).__name__}", record=number)

    def _read_path(self, path: Path) -> Iterator[Article | SourceError]:
        for found in walk(path, self._exclude):
            if isinstance(found, SourceError):
                yield found
                continue
            try:
                opened_ns = time.time_ns()
                status = found.stat()
                is_regular = stat.S_ISREG(status.st_mode)
                # A pipe is read only if the user names it: one in a folder may never end.
                if not is_regular and found != path:
                    yield SourceError(str(found), "it is no regular file")
                    continue
                if is_regular and self._is_unchanged and self._is_unchanged(found, status):
                    self.files_unchanged += 1
                    self._bytes_before += status.st_size
                    continue
                stream = found.open("rb", buffering=0)
            except (OSError, ValueError) as error:
                yield SourceError(str(found), f"it cannot be opened: {getattr(error, 'strerror', None) or error}")
                continue
            with stream:
                raw = Counted(stream, status.st_size if is_regular else None)
                yield from self._read_opened(raw, found, status, opened_ns)

    def _read_opened(
        self, raw: Counted, path: Path, status: os.stat_result, opened_ns: int
    ) -> Iterator[Article | SourceError]:
        file = os.path.abspath(path)
        articles = rejects = 0
        is_whole = True
        for result in self._read_file(raw, str(path), file):
            if isinstance(result, Article):
                articles += 1
            else:
                rejects += 1
                is_whole = is_whole and result.record is not None
            yield result
        if self._on_file:
            done = FileDone(file, status.st_size, status.st_mtime_ns, articles, rejects, is_whole, opened_ns)
            self._on_file(done)

    def _read_file(self, raw: Counted, name: str, file: str = "") -> Iterator[Article | SourceError]:
        self._current = raw
        for part in _guarded(unpack(buffered(raw), name, Budget(raw)), name):
            if isinstance(part, SourceError):
                yield part
                continue
            member = part.name[len(name) + 1 :]
            context = replace(self._context, name=part.name, file=file, member=member, orders=Orders())
            yield from _guarded(self._read_one(part, context), part.name)
        self._current = None
        self._bytes_before += raw.done if raw.size is None else raw.size
        self.files_done += 1

    def _read_one(self, file: File, context: Context) -> Iterator[Article | SourceError]:
        if not file.head:
            raise context.error("the file is empty")
        try:
            kind = self._kind or detect_kind(file.head, bare_name(file.name), encoding=context.encoding)
        except ValueError as error:
            raise context.error(str(error)) from None
        yield from settled(source_of(kind)(file.stream, context))


def _guarded(results: Iterable[Any], name: str) -> Iterator[Any]:
    """The results; an error on the way is the last of them.

    Files come from strangers, and so do the libraries that parse them: whatever one of them trips over must not
    end a run over ten thousand others.
    """
    iterator = iter(results)
    while True:
        try:
            result = next(iterator)
        except StopIteration:
            return
        except SourceError as error:
            yield error
            return
        except MissingExtraError as error:
            yield SourceError(name, str(error))
            return
        except OSError as error:
            yield SourceError(name, f"it cannot be read: {error.strerror or error}")
            return
        except Exception as error:
            yield SourceError(name, f"reading it failed with {type(error).__name__}: {error}")
            return
        yield result


def _inputs_of(source: Any) -> tuple[Iterable[Any], list[Path] | None, int | None]:
    """What to read one after another; the paths where it is nothing but paths; the size where it is one stream."""
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if not os.path.lexists(path):
            raise SourceError(str(path), "there is no such file or folder")
        return [path], [path], None
    if isinstance(source, io.TextIOBase):
        raise TypeError("expected a stream of bytes, got one of text: open the file with open(path, 'rb')")
    if hasattr(source, "read"):
        return [source], None, _size_of(source)
    if isinstance(source, Mapping):
        return [source], None, None
    if isinstance(source, (bytes, bytearray, memoryview)) or not isinstance(source, Iterable):
        raise TypeError(
            f"expected a path, a binary stream, or an iterable of mappings or paths, got {type(source).__name__}"
        )
    if isinstance(source, (list, tuple)) and all(isinstance(item, (str, os.PathLike)) for item in source):
        paths = [Path(item) for item in source]
        return paths, paths, None
    return source, None, None


def _size_of(stream: BinaryIO) -> int | None:
    try:
        if not stream.seekable():
            return None
        here = stream.tell()
        size = stream.seek(0, io.SEEK_END)
        stream.seek(here)
    except (AttributeError, OSError, ValueError):
        return None
    return size


def _name_of(source: Any) -> str:
    """What is read, as its user knows it."""
    if isinstance(source, (str, os.PathLike)):
        return str(source)
    name = getattr(source, "name", None)
    if hasattr(source, "read"):
        return name if isinstance(name, str) and name else _STREAM
    return _RECORDS
