"""The records of a WARC or ARC archive, damaged ones among them, one at a time.

warcio reads the headers. Finding where records begin and end is done here, since archives
are broken in just that: lengths that are wrong, ends that are missing, gzip in one piece.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from searchlib.errors import MissingExtraError
from searchlib.sources.base import MAX_RECORD_BYTES
from searchlib.sources.files.archive_bytes import ArchiveBytes, DamageError

__all__ = ["CONTENT_TYPES", "Headers", "Record", "iter_records", "read_http_headers"]

#: The types of record that hold content; all others say how it was fetched.
CONTENT_TYPES: Final = ("response", "resource", "conversion")

_MAX_HEADER_BYTES: Final = 1024 * 1024
_MAX_LINE_BYTES: Final = 64 * 1024
_PIECE_BYTES: Final = 64 * 1024
_WARC: Final = re.compile(rb"WARC/\d\.\d+\s*$")
# URL, IP address, date, content type, length.
_ARC: Final = re.compile(rb"[a-zA-Z][a-zA-Z0-9+.-]{0,20}:\S.* \S+ \d{8,18} \S+ \S+\s*$")
# A record inside another: the length that the outer one states is wrong.
_NEXT_WARC: Final = re.compile(rb"\n\r?\n(?=WARC/\d\.\d\r?\nWARC-)")
_NEXT_WARC_BYTES: Final = 20


class Headers(NamedTuple):
    """What stands before the content of a record, or of an HTTP answer.

    Attributes:
        status: The rest of the first line of HTTP: "200 OK".
        fields: Names in lower case → values; the first where a name stands twice.
    """

    status: str
    fields: dict[str, str]


class Record(NamedTuple):
    """One record.

    Attributes:
        number: Its number in the archive, from 1.
        headers: Its headers, those of an ARC under their WARC names.
        block: Its content, as far as it is there; empty where its type is not one of `CONTENT_TYPES`.
        problem: What is wrong with it; empty where nothing is.
    """

    number: int
    headers: Headers = Headers("", {})
    block: bytes = b""
    problem: str = ""


def iter_records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of an archive in its order; what is damaged, as records with a problem.

    Raises:
        MissingExtraError: warcio is not installed.
    """
    parsers = _parsers()
    archive = ArchiveBytes(stream, _begins_record)
    for number in itertools.count(1):
        try:
            line, strays = _next_header(archive)
            if strays:
                yield Record(max(number - 1, 1), problem=_stray(strays, number))
            if not line:
                return
            yield _read_record(archive, line, number, parsers)
        except DamageError as damage:  # noqa: PERF203 - the price of reading on
            yield Record(number, problem=str(damage))
            if not archive.recover():
                return


def read_http_headers(head: bytes) -> Headers:
    """The headers of an HTTP answer, up to the empty line that ends them.

    Raises:
        MissingExtraError: warcio is not installed.
    """
    return _parse(_parsers().http, head, None)


class _Parsers(NamedTuple):
    warc: Any
    arc: Any
    http: Any


def _parsers() -> _Parsers:
    try:
        from warcio.recordloader import ARC2WARCHeadersParser, ArcWarcRecordLoader
        from warcio.statusandheaders import StatusAndHeadersParser
    except ImportError:
        raise MissingExtraError("warc", "Reading web archives") from None
    return _Parsers(
        StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES, verify=False),
        ARC2WARCHeadersParser(),
        StatusAndHeadersParser(ArcWarcRecordLoader.HTTP_TYPES, verify=False),
    )


def _parse(parser: Any, lines: bytes, first_line: bytes | None) -> Headers:
    parsed = parser.parse(io.BytesIO(lines), first_line)
    fields: dict[str, str] = {}
    for name, value in parsed.headers:
        fields.setdefault(name.lower(), value.strip())
    return Headers(parsed.statusline, fields)


def _begins_record(text: bytes) -> bool:
    line = text.lstrip(b"\r\n").partition(b"\n")[0]
    return bool(_WARC.match(line) or _ARC.match(line))


def _next_header(archive: ArchiveBytes) -> tuple[bytes, int]:
    """The first line of the next record, empty at the end, and how many bytes before it belong to no record."""
    strays = 0
    while line := archive.readline(_MAX_LINE_BYTES):
        if _begins_record(line):
            return line, strays
        strays += len(line.strip())
    return b"", strays


def _stray(count: int, number: int) -> str:
    if number == 1:
        return f"{count:,} bytes before the first record belong to none"
    return f"{count:,} bytes after it belong to no record: the length it states is wrong, and it may have lost its end"


def _read_record(archive: ArchiveBytes, line: bytes, number: int, parsers: _Parsers) -> Record:
    try:
        if _WARC.match(line):
            headers = _parse(parsers.warc, _header_lines(archive), line)
        else:
            headers = _parse(parsers.arc, b"", line)
    except ValueError as error:
        return Record(number, problem=f"its header cannot be read: {error}")
    has_content = headers.fields.get("warc-type", "") in CONTENT_TYPES
    stated = headers.fields.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", stated):
        problem = f"it states no length that can be read: {stated[:40]!r}"
        return Record(number, headers, problem=problem if has_content else "")
    length = int(stated)
    keep = has_content and length <= MAX_RECORD_BYTES
    block, found = _read_block(archive, length, keep=keep)
    problem = ""
    if has_content and not keep:
        problem = f"it is {length:,} bytes long; at most {MAX_RECORD_BYTES:,} are read"
    elif found < length:
        problem = f"it breaks off: {found:,} of the {length:,} bytes it states are there"
    archive.skip_blank_lines()
    return Record(number, headers, block, problem)


def _read_block(archive: ArchiveBytes, length: int, *, keep: bool) -> tuple[bytes, int]:
    """The block of a record, empty where it is not to be kept, and how many of its bytes there are.

    In an archive that is not compressed it ends where the next record begins, whatever length it states. In one that
    is, gzip's members and checksums guard the records, and a page may well hold the sample of one.
    """
    pieces: list[bytes] = []
    found, seam = 0, b""
    while piece := archive.read(min(length - found, _PIECE_BYTES)):
        around = seam + piece
        following = None if archive.compressed else _NEXT_WARC.search(around)
        if following:
            archive.unread(around[following.end() :])
            piece = around[len(seam) : max(len(seam), following.start())]
        if keep:
            pieces.append(piece)
        found += len(piece)
        if following:
            break
        seam = around[-_NEXT_WARC_BYTES:]
    return b"".join(pieces), found


def _header_lines(archive: ArchiveBytes) -> bytes:
    lines: list[bytes] = []
    size = 0
    while (line := archive.readline(_MAX_HEADER_BYTES)).strip():
        lines.append(line)
        size += len(line)
        if size > _MAX_HEADER_BYTES:
            raise ValueError(f"it is longer than {_MAX_HEADER_BYTES:,} bytes")
    if not line:
        raise DamageError("the archive breaks off in the header of this record")
    return b"".join(lines)
