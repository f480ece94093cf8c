"""The ledger: which files articles were read from, when, and what they were like then; one file of an index.

``s_ledger.<generation>.fil`` is a file in pages, as those of segments are. It is written once, by the commit whose
generation it is named after, and kept for as long as nothing in it changes.

    data      counts(5 u32) paths rows takeovers
    counts    how many files, how many takeovers; how many bytes each of the three parts has here
    paths     of each file `schema.origin_term` of its path, ascending as bytes, each followed by 0xff
    rows      of each file: size(u64) modified(i64) digest(16 bytes) articles(u32) rejects(u32) generation(u64)
              options(8 bytes) flags(u8); modified in nanoseconds since 1970
    takeovers of each: article(8 bytes) file(u32), ascending

Each part is one Zstandard frame. Rows and takeovers are turned before: first the first byte of each, then the second of
each, and so on, so that what is alike stands together. Numbers are little-endian.

``digest`` is BLAKE2b of the content, of 16 bytes; ``options`` tells how the file was read (`Reading.options`). Of
``flags``, 1 says that all of the file could be read, 2 that it was changed so shortly before it was read that its time
does not tell a later change, and 4 that it is to be read again whatever it looks like.

A **takeover** says that an article which the file has is in the index as another file's: ``article`` is BLAKE2b of its id,
of 8 bytes, and ``file`` the number of the file in this ledger that lost it. Where the article goes from the index
because the other file lost it too, this file is to be read again.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import ge
from pathlib import Path
from typing import Final

from searchlib.codec import CorruptDataError, FileIdentity
from searchlib.codec.native.compression import CompressionError, Compressor, Decompressor
from searchlib.index.durable import rename_durably, sync_file
from searchlib.index.manifest import Manifest
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.results import FileRecord
from searchlib.schema import origin_term

__all__ = ["LEDGER", "Ledger", "article_key", "file_of_term", "ledger_of", "read_ledger", "write_ledger"]

#: How the name of the file ends.
LEDGER: Final = ".fil"

_KIND: Final = LEDGER.encode("ascii")
_COUNTS: Final = struct.Struct("<5I")
_ROW: Final = struct.Struct("<Qq16sIIQ8sB")
_TAKEOVER: Final = struct.Struct("<8sI")
# No UTF-8 has it.
_PATH_END: Final = b"\xff"
_MOST: Final = 0xFFFFFFFF
_IS_WHOLE, _IS_RECENT, _IS_DUE = 1, 2, 4
_ALL_FLAGS: Final = _IS_WHOLE | _IS_RECENT | _IS_DUE
_NO_DIGEST: Final = bytes(16)
_ESCAPED: Final = re.compile("\0([0-9a-f]{4})")


class Ledger:
    """The files that were read, in order of their paths. It does not change.

    Args:
        paths: Of each file, in UTF-8, ascending.
        rows: What is known of each, as the module says, not turned.
        takeovers: By the key of an article, the paths of the files that lost it.
    """

    def __init__(
        self,
        paths: list[bytes] | None = None,
        rows: bytes | bytearray = b"",
        takeovers: Mapping[bytes, frozenset[bytes]] | None = None,
    ) -> None:
        self._paths = paths or []
        self._rows = rows
        self._takeovers = takeovers or {}

    def __len__(self) -> int:
        return len(self._paths)

    def get(self, file: str) -> FileRecord | None:
        """What is known of a file, by its absolute path; None if it was never read."""
        path = _encoded(file)
        at = bisect_left(self._paths, path)
        return self._record(at) if at < len(self._paths) and self._paths[at] == path else None

    def under(self, folder: str | None = None) -> Iterator[FileRecord]:
        """The files in a folder and in those below it, or the file that it is, in order of their paths; all for None."""
        if folder is None:
            numbers: Iterable[int] = range(len(self._paths))
        else:
            begin = _encoded(os.path.join(folder, ""))
            first = bisect_left(self._paths, begin)
            # In the place of the last byte, which is a separator, the next one: above all that begins so.
            numbers = range(first, bisect_left(self._paths, begin[:-1] + bytes([begin[-1] + 1])))
            if (own := self.get(folder)) is not None:
                yield own
        for number in numbers:
            yield self._record(number)

    def losers(self, article: bytes) -> frozenset[str]:
        """The files that have an article, by its `article_key`, which the index has as another file's."""
        return frozenset(map(_decoded, self._takeovers.get(article, ())))

    def changed(
        self, changes: Mapping[str, FileRecord | None], takeovers: Mapping[str, frozenset[bytes]] | None = None
    ) -> Ledger:
        """The ledger with other records of some files, by path; None takes a file away.

        Args:
            changes: The records.
            takeovers: By path of a file, the keys of the articles that others took over from it, beside those it has lost
                already. What a file in `changes` lost before is forgotten.
        """
        changed = {_encoded(file): record for file, record in changes.items()}
        paths: list[bytes] = []
        rows: list[bytes | bytearray] = []
        begin = 0
        for path in sorted(changed):
            at = bisect_left(self._paths, path, begin)
            if at > begin:
                paths += self._paths[begin:at]
                rows.append(self._rows[begin * _ROW.size : at * _ROW.size])
            begin = at + 1 if at < len(self._paths) and self._paths[at] == path else at
            if (record := changed[path]) is not None:
                paths.append(path)
                rows.append(_row_of(record))
        paths += self._paths[begin:]
        rows.append(self._rows[begin * _ROW.size :])
        return Ledger(paths, b"".join(rows), self._changed_takeovers(changed.keys(), takeovers or {}))

    def _changed_takeovers(
        self, forgotten: Collection[bytes], added: Mapping[str, frozenset[bytes]]
    ) -> dict[bytes, frozenset[bytes]]:
        kept = {}
        for article, files in self._takeovers.items():
            if left := frozenset(file for file in files if file not in forgotten):
                kept[article] = left
        for file, articles in added.items():
            path = frozenset([_encoded(file)])
            for article in articles:
                kept[article] = kept.get(article, frozenset()) | path
        return kept

    def _record(self, number: int) -> FileRecord:
        size, modified_ns, digest, articles, rejects, generation, options, flags = _ROW.unpack_from(
            self._rows, number * _ROW.size
        )
        return FileRecord(
            file=_decoded(self._paths[number]),
            size=size,
            modified_ns=modified_ns,
            digest=b"" if digest == _NO_DIGEST else digest,
            articles=articles,
            rejects=rejects,
            generation=generation,
            options=options.hex(),
            is_whole=bool(flags & _IS_WHOLE),
            is_recent=bool(flags & _IS_RECENT),
            is_due=bool(flags & _IS_DUE),
        )

    def pack(self) -> bytes:
        """The data of its file."""
        number_of = {path: number for number, path in enumerate(self._paths)} if self._takeovers else {}
        # What a file lost that was never read to its end is not kept.
        lost = [
            _TAKEOVER.pack(article, number_of[path])
            for article, files in self._takeovers.items()
            for path in files
            if path in number_of
        ]
        lost.sort()
        parts = (
            b"".join(path + _PATH_END for path in self._paths),
            _turned(self._rows, _ROW.size),
            _turned(b"".join(lost), _TAKEOVER.size),
        )
        frames = Compressor(b"").compress(parts)
        return _COUNTS.pack(len(self._paths), len(lost), *map(len, frames)) + b"".join(frames)

    @classmethod
    def unpack(cls, data: bytes) -> Ledger:
        """The ledger that `pack` gave these bytes for.

        Raises:
            CorruptDataError: It gives no such bytes.
        """
        if len(data) < _COUNTS.size:
            raise CorruptDataError("a ledger without its counts")
        file_count, lost_count, *lengths = _COUNTS.unpack_from(data)
        if len(data) != _COUNTS.size + sum(lengths):
            raise CorruptDataError("a ledger of another length than it says")
        parts, begin = [], _COUNTS.size
        for length in lengths:
            parts.append(_decompressed(data[begin : begin + length]))
            begin += length
        paths = parts[0].split(_PATH_END)
        if paths.pop() or len(paths) != file_count:
            raise CorruptDataError("a ledger of another number of files than it says")
        _check_paths(paths)
        rows = _turned_back(parts[1], _ROW.size, file_count)
        if any(flags > _ALL_FLAGS for flags in set(rows[_ROW.size - 1 :: _ROW.size])):
            raise CorruptDataError("a ledger with flags that there are not")
        takeovers: dict[bytes, frozenset[bytes]] = {}
        for article, number in _TAKEOVER.iter_unpack(_turned_back(parts[2], _TAKEOVER.size, lost_count)):
            if number >= file_count:
                raise CorruptDataError("an article was taken over from a file that the ledger has not")
            takeovers[article] = takeovers.get(article, frozenset()) | {paths[number]}
        return cls(paths, rows, takeovers)


def article_key(article_id: str) -> bytes:
    """What a ledger calls an article."""
    return hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def write_ledger(path: Path, ledger: Ledger, identity: FileIdentity) -> None:
    """Write a ledger durably."""
    temporary = path.with_name(path.name + ".tmp")
    file = PagedWriter(str(temporary), _KIND, identity.pack())
    file.write(ledger.pack())
    file.finish()
    sync_file(temporary)
    rename_durably(temporary, path)


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file.

    Raises:
        CorruptDataError: It is damaged.
        OSError: It cannot be read.
    """
    file = PagedFile(str(path), _KIND)
    return Ledger.unpack(file.read(file.begin, len(file) - file.begin))


def file_of_term(term: str) -> str:
    """The path that `schema.origin_term` made a term of; in small letters where the system does not tell them apart."""
    return _ESCAPED.sub(lambda half: chr(int(half[1], 16)), term) if "\0" in term else term


def ledger_of(directory: Path, manifest: Manifest) -> Ledger:
    """The ledger of a generation; an empty one where it has none. Errors are those of `read_ledger`."""
    for name in manifest.ledger:
        return read_ledger(directory / name)
    return Ledger()


def _encoded(file: str) -> bytes:
    return origin_term(file).encode("utf-8")


def _decoded(path: bytes) -> str:
    return file_of_term(path.decode("utf-8"))


def _row_of(record: FileRecord) -> bytes:
    flags = _IS_WHOLE * record.is_whole | _IS_RECENT * record.is_recent | _IS_DUE * record.is_due
    return _ROW.pack(
        record.size,
        record.modified_ns,
        record.digest,
        min(record.articles, _MOST),
        min(record.rejects, _MOST),
        record.generation,
        bytes.fromhex(record.options),
        flags,
    )


def _check_paths(paths: list[bytes]) -> None:
    if any(map(ge, paths, paths[1:])):
        raise CorruptDataError("the files of a ledger are not in order")
    try:
        b"".join(paths).decode("utf-8")
        b"\n".join(paths).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorruptDataError(f"the path of a file in a ledger cannot be read: {error}") from error


def _decompressed(frame: bytes) -> bytes:
    try:
        return Decompressor(b"").decompress(frame)
    except CompressionError as error:
        raise CorruptDataError(f"a ledger cannot be decompressed: {error}") from error


def _turned(rows: bytes | bytearray, width: int) -> bytes:
    """The first byte of each row, then the second of each, and so on."""
    return b"".join(rows[column::width] for column in range(width))


def _turned_back(turned: bytes, width: int, count: int) -> bytearray:
    if len(turned) != width * count:
        raise CorruptDataError("a ledger with more or fewer rows than it says")
    rows = bytearray(len(turned))
    for column in range(width):
        rows[column::width] = turned[column * count : (column + 1) * count]
    return rows
