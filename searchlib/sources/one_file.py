"""One file, or one stream, → its articles: opened, unpacked, and each part of it read by the source of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.base import Context, Orders
from searchlib.sources.date_orders import settled
from searchlib.sources.files.containers import Budget, File, bare_name, unpack
from searchlib.sources.files.streams import Counted, buffered
from searchlib.sources.kinds import detect_kind, source_of

__all__ = ["FileUnit", "Found", "Result", "guarded", "kind_of", "reason_of", "results_of"]

#: What a source yields.
Result: TypeAlias = "Article | SourceError"


class Found(NamedTuple):
    """A file that was found.

    Attributes:
        name: Its path as the user knows it.
        file: Its absolute path.
        size: Its length in bytes; None where it is no regular file, such as a pipe.
        modified_ns: When it was last changed, in nanoseconds since 1970.
        seen_ns: When that was looked at, just before.
    """

    name: str
    file: str
    size: int | None
    modified_ns: int
    seen_ns: int = 0

    @property
    def origin(self) -> str:
        """What its articles name as their file; "" where it is a pipe: another one may have its path next time."""
        return "" if self.size is None else self.file


@dataclass(slots=True)
class FileUnit:
    """A file that is read as a whole, in this process or in another.

    Attributes:
        found: The file.
        dependence: None: what it holds rests on no other unit.
    """

    found: Found
    dependence: None = field(default=None, init=False)
    _raw: Counted | None = field(default=None, init=False)

    @property
    def size(self) -> int | None:
        """Its length in bytes, where it is known."""
        return self.found.size

    @property
    def is_opened(self) -> bool:
        """Whether it was opened."""
        return self._raw is not None

    @property
    def has_failed(self) -> bool:
        """Whether the system could not read it to its end."""
        return self._raw is not None and self._raw.has_failed

    @property
    def bytes_done(self) -> int:
        """How many bytes of it were read so far."""
        return self._raw.done if self._raw else 0

    def results(self, context: Context, kind: str | None) -> Iterator[Result]:
        """Open it and yield what it holds."""
        try:
            stream = open(self.found.file, "rb", buffering=0)  # noqa: SIM115 - closed below
        except (OSError, ValueError) as error:
            yield SourceError(self.found.name, f"it cannot be opened: {getattr(error, 'strerror', None) or error}")
            return
        with stream:
            self._raw = raw = Counted(stream, self.found.size)
            yield from results_of(raw, self.found.name, context, kind, file=self.found.origin)


def results_of(raw: Counted, name: str, context: Context, kind: str | None, *, file: str = "") -> Iterator[Result]:
    """Yield what a stream holds; of an archive, what its members do.

    Args:
        raw: The stream, from its beginning.
        name: What it is, as the user knows it.
        context: What is the same for all files of the run.
        kind: The kind that all parts are of; None to find it out for each.
        file: Absolute path of the file that it is; "" where it is none.
    """
    for part in guarded(unpack(buffered(raw), name, Budget(raw)), name, raw):
        if isinstance(part, SourceError):
            yield part
            continue
        member = part.name[len(name) + 1 :]
        own = replace(context, name=part.name, file=file, member=member, orders=Orders())
        yield from guarded(_part_results(part, own, kind), part.name, raw)


def _part_results(part: File, context: Context, kind: str | None) -> Iterator[Result]:
    kind = kind_of(part, context, kind)
    context.kinds[kind] += 1
    yield from settled(source_of(kind)(part.stream, context))


def kind_of(part: File, context: Context, kind: str | None) -> str:
    """The kind of a file that is no container: the one that the user named, else what its content and name say.

    Raises:
        SourceError: It is empty, or of no kind that can be read.
    """
    if not part.head:
        raise context.error("the file is empty")
    try:
        return kind or part.kind or detect_kind(part.head, bare_name(part.name), encoding=context.encoding)
    except ValueError as error:
        raise context.error(str(error)) from None


def guarded(results: Iterable[Any], name: str, raw: Counted | None = None) -> Iterator[Any]:
    """The results; an error on the way is the last of them. Of a stream that memory was short for it says that it failed.

    Files come from strangers, and so do the libraries that parse them: whatever one of them trips over must not
    end a run over ten thousand others.
    """
    iterator = iter(results)
    while True:
        try:
            result = next(iterator)
        except StopIteration:
            return
        except Exception as error:
            if isinstance(error, MemoryError) and raw is not None:
                # Another day there may be enough.
                raw.has_failed = True
            yield error if isinstance(error, SourceError) else SourceError(name, reason_of(error))
            return
        yield result


def reason_of(error: Exception) -> str:
    """Why a file could not be read, or not to its end."""
    if isinstance(error, SourceError):
        return error.reason
    if isinstance(error, MissingExtraError):
        return str(error)
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror or error}"
    return f"reading it failed with {type(error).__name__}: {error}"
