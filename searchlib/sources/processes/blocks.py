"""A long file of JSON Lines → blocks of whole lines, which can be read apart from one another.

Of all formats only JSON Lines can be cut: a line is a record. In a table a line may stand inside quotes, which only
who has read all before it can tell. What one record says of others, the order of the numbers in their dates, is watched:
a block of which the result depends on other blocks says so, and is read again when these are known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias

from searchlib.article import DateOrder
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context, Orders
from searchlib.sources.date_orders import settled
from searchlib.sources.encodings.decoding import bom_encoding, keeps_ascii
from searchlib.sources.files.containers import Budget, File, unpack
from searchlib.sources.files.streams import Counted, ReadingStream, buffered, read_some
from searchlib.sources.kinds import source_of
from searchlib.sources.one_file import Found, Result, guarded, kind_of, reason_of

__all__ = ["MIN_CUT_BYTES", "Block", "Dependence", "Rest", "blocks_of", "lines_of", "rest_of"]

#: A shorter file is read by one process.
MIN_CUT_BYTES: Final = 1024 * 1024
_BLOCK_BYTES: Final = 512 * 1024
_KIND: Final = "jsonl"
# What a block after the first begins with, so that none begins with what looks like a byte order mark.
_LINE_START: Final = b"\n{"
_SHIFT: Final = b"\x1b$"
# The longest line that is read, and one block more: a file without lines is not held in memory.
_MAX_HELD_BYTES: Final = MAX_RECORD_BYTES + _BLOCK_BYTES


class Dependence(NamedTuple):
    """What the result of a block rests on.

    Attributes:
        used: Columns of which the order of day, month and year was told or asked.
        orders: Column → its order in the end, of which anything was told; None where values contradict each other.
        undecided: Columns of which an order was asked for that nothing told; a later block may tell it.
    """

    used: frozenset[str]
    orders: dict[str, DateOrder | None]
    undecided: frozenset[str]

    def holds(self, assumed: Mapping[str, Any], known: Mapping[str, Any], *, is_last: bool) -> bool:
        """Whether a block that was read with the orders `assumed` would come to the same with those `known`."""
        for column in self.used:
            is_as_assumed = (column in assumed, assumed.get(column)) == (column in known, known.get(column))
            # A block that tells one order throughout tells what it would have been told.
            order = self.orders.get(column)
            if not is_as_assumed and (order is None or known.get(column) != order):
                return False
        return is_last or not self.undecided


class _WatchedOrders(Orders):
    """The orders of a block, which remember what was told and asked."""

    def __init__(self, known: Mapping[str, DateOrder | None]) -> None:
        super().__init__()
        self._by_column.update(known)
        self.used: set[str] = set()

    def of(self, column: str) -> DateOrder | None:
        self.used.add(column)
        return super().of(column)

    def is_known(self, column: str) -> bool:
        self.used.add(column)
        return super().is_known(column)

    def tell(self, column: str, order: DateOrder) -> bool:
        self.used.add(column)
        return super().tell(column, order)

    def known(self) -> dict[str, DateOrder | None]:
        """The order of each column that anything is known of."""
        return dict(self._by_column)


@dataclass(slots=True)
class Block:
    """Whole lines of a file of JSON Lines.

    Attributes:
        found: The file.
        data: The lines.
        lines_before: How many lines of the file stand before them.
        has_utf8_before: Whether there is UTF-8 beyond ASCII in these.
        bytes_before: How much of the file on disk was read before the block was cut.
        is_last: Whether the file ends with it.
        failure: Why the file could not be read on; empty where it could.
        known: What is known before of the orders of dates, by column.
        is_opened: True: it was cut of an open file.
        has_failed: False: what fails is the reading of the file that it is cut of.
        dependence: What the result rests on; None before all was read.
    """

    found: Found
    data: bytes
    lines_before: int
    has_utf8_before: bool
    bytes_before: int
    is_last: bool
    failure: str = ""
    known: dict[str, DateOrder | None] = field(default_factory=dict)
    is_opened: bool = True
    has_failed: bool = False
    dependence: Dependence | None = None

    @property
    def size(self) -> int:
        """How many bytes its lines have."""
        return len(self.data)

    @property
    def bytes_done(self) -> int:
        """How much of the file on disk was read before it."""
        return self.bytes_before

    def results(self, context: Context, kind: str | None) -> Iterator[Result]:
        """Yield what the lines hold."""
        orders = _WatchedOrders(self.known)
        own = _context_of(self, self.found, context, orders)
        undecided: set[str] = set()
        stream = buffered(_Joined(iter([self]), self.found.name))
        yield from guarded(settled(source_of(_KIND)(stream, own), on_undecided=undecided.add), self.found.name)
        self.dependence = Dependence(frozenset(orders.used), orders.known(), frozenset(undecided))


class Rest(NamedTuple):
    """What is left of a file that cannot be cut any further.

    Attributes:
        stream: The rest, from the beginning of a line.
        lines_before: How many lines of the file stand before it.
        has_utf8_before: Whether there is UTF-8 beyond ASCII in these.
    """

    stream: BinaryIO
    lines_before: int
    has_utf8_before: bool

    def results(self, context: Context, found: Found, known: Mapping[str, Any]) -> Iterator[Result]:
        """Yield what the rest holds, in this process."""
        own = _context_of(self, found, context, _WatchedOrders(known))
        yield from guarded(settled(source_of(_KIND)(self.stream, own)), found.name)


def _context_of(part: Block | Rest, found: Found, context: Context, orders: Orders) -> Context:
    return replace(
        context,
        name=found.name,
        file=found.file,
        lines_before=part.lines_before,
        has_utf8_before=part.has_utf8_before,
        orders=orders,
    )


def lines_of(raw: Counted, name: str, context: Context, kind: str | None) -> BinaryIO | None:
    """The lines of a file that can be cut; None where it is of another kind, or in an archive.

    Raises:
        Exception: Whatever opening the file comes to; reading it as a whole comes to the same, and says it.
    """
    part = next(unpack(buffered(raw), name, Budget(raw)))
    if not isinstance(part, File) or part.name != name or kind_of(part, context, kind) != _KIND:
        return None
    is_utf8 = bom_encoding(part.head) in (None, "utf-8") and b"\0" not in part.head
    is_cuttable = keeps_ascii(context.encoding) if context.encoding else is_utf8
    return part.stream if is_cuttable else None


def blocks_of(stream: BinaryIO, raw: Counted, found: Found, *, must_be_utf8: bool) -> Iterator[Block | Rest]:
    """Cut a file into blocks of about half a megabyte; the last may be a `Rest`.

    Args:
        stream: Its lines, unpacked.
        raw: The file that they are read from, which counts how far it was read.
        found: The file.
        must_be_utf8: Whether a block that is not UTF-8, or has zero bytes in it, is left to who reads the `Rest`.
    """
    held, lines, has_utf8 = b"", 0, False
    is_last = False
    while not is_last:
        before = raw.done
        data, failure = _read_block(stream, _BLOCK_BYTES)
        held += data
        is_last = bool(failure) or not data
        end = len(held) if is_last else held.rfind(_LINE_START) + 1
        if must_be_utf8 and not _is_plain_utf8(held[:end]):
            # Which encoding a file is in that is not all UTF-8 is decided once for all that follows.
            rest: list[_Part] = [held, stream]
            if is_last:
                rest = [Block(found, held, lines, has_utf8, before, is_last, failure)]
            yield Rest(buffered(_Joined(iter(rest), found.name)), lines, has_utf8)
            return
        if end:
            yield Block(found, held[:end], lines, has_utf8, before, is_last, failure)
            has_utf8 = has_utf8 or not held[:end].isascii()
            lines += held.count(b"\n", 0, end)
            held = held[end:]
        elif is_last:
            yield Block(found, b"", lines, has_utf8, before, is_last, failure)
        elif len(held) > _MAX_HELD_BYTES:
            yield Rest(buffered(_Joined(iter([held, stream]), found.name)), lines, has_utf8)
            return


def rest_of(parts: Iterator[Block | Rest], found: Found) -> Rest:
    """All of these parts of a file as one, from the first on."""
    first = next(parts)
    return Rest(buffered(_Joined(chain([first], parts), found.name)), first.lines_before, first.has_utf8_before)


def _is_plain_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Some encodings are ASCII with these bytes around what is not.
    return b"\0" not in data and _SHIFT not in data


def _read_block(stream: BinaryIO, size: int) -> tuple[bytes, str]:
    """At most `size` bytes, none at the end; and why there are no more, where that is damage."""
    pieces: list[bytes] = []
    while size > 0:
        try:
            piece = read_some(stream, size)
        except Exception as error:
            return b"".join(pieces), reason_of(error)
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces), ""


_Part: TypeAlias = "Block | Rest | bytes | BinaryIO"


class _Joined(ReadingStream):
    """Parts of a file, one after another. It ends with an error where the file did."""

    def __init__(self, parts: Iterator[_Part], name: str) -> None:
        self._parts = parts
        self._name = name
        self._failure = ""
        self._current: BinaryIO = io.BytesIO()

    def produce(self, size: int) -> bytes:
        while not (data := read_some(self._current, size)):
            if self._failure:
                raise SourceError(self._name, self._failure)
            part = next(self._parts, None)
            if part is None:
                break
            if isinstance(part, Block):
                self._failure = part.failure
                part = part.data
            elif isinstance(part, Rest):
                part = part.stream
            self._current = io.BytesIO(part) if isinstance(part, bytes) else part
        return data
