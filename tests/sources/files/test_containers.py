"""Files inside compressed files and archives, and what keeps bombs and damage in bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from searchlib.sources import Reading, read

LINES = b'{"title": "Ferry delayed"}\n{"title": "Fair opens"}\n'
TITLES = ["Ferry delayed", "Fair opens"]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def run(data: bytes, name: str = "in.bin") -> tuple[list[str], Reading]:
    stream = io.BytesIO(data)
    stream.name = name
    reading = read(stream)
    return [article.title for article in reading], reading


def reasons(data: bytes) -> list[str]:
    return [reject.reason for reject in run(data)[1].rejects]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.compress], ids=["gz", "bz2", "zst"])
def test_a_compressed_file_is_read_whatever_its_name(pack: Callable[[bytes], bytes]):
    assert run(pack(LINES))[0] == TITLES


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.compress], ids=["gz", "bz2", "zst"])
def test_a_file_compressed_in_parts_is_read_to_its_end(pack: Callable[[bytes], bytes]):
    first, second = LINES.splitlines(keepends=True)

    assert run(pack(first) + pack(second))[0] == TITLES


def test_the_name_without_the_ending_tells_the_kind(tmp_path: Path):
    (tmp_path / "a.tsv.gz").write_bytes(gzip.compress(b"heiti\tefni\n"))
    reading = read(tmp_path)
    list(reading)

    assert "no column of the table is known" in reading.rejects[0].reason


def test_members_of_a_zip_archive_are_read_in_its_order_without_hidden_ones():
    members = {
        name: json.dumps({"title": name}).encode() for name in ("b.json", "./a/c.json", ".x.json", "__MACOSX/b.json")
    }

    assert run(zipped({"a/": b"", **members}))[0] == ["b.json", "./a/c.json"]


def test_compressed_files_inside_a_zip_archive_are_read():
    assert run(zipped({"a.jsonl.gz": gzip.compress(LINES), "b.zip": zipped({"c.jsonl": LINES})}))[0] == TITLES * 2


def test_an_error_names_the_member_it_is_in():
    _, reading = run(zipped({"inner.zip": zipped({"a.jsonl": b"nonsense\n"})}), "outer.zip")

    assert str(reading.rejects[0]).startswith("outer.zip!inner.zip!a.jsonl, record 1: not valid JSON")


def test_containers_deeper_than_the_limit_are_not_opened():
    data = LINES
    for _ in range(4):
        data = gzip.compress(data)

    assert run(data)[0] == TITLES
    assert reasons(gzip.compress(data)) == ["archives inside archives are read to a depth of 4; unpack this one first"]


def test_a_damaged_member_does_not_end_the_archive():
    data = bytearray(zipped({"a.jsonl": LINES, "b.jsonl": LINES}, zipfile.ZIP_STORED))
    data[data.index(b"Ferry")] ^= 0x20
    found, reading = run(bytes(data))

    assert found == TITLES
    assert [reject.source for reject in reading.rejects] == ["in.bin!a.jsonl"]
    assert "Bad CRC-32" in reading.rejects[0].reason


def test_an_encrypted_member_is_a_reject():
    data = bytearray(zipped({"a.jsonl": LINES}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1

    assert reasons(bytes(data)) == ["the member is encrypted; unpack the archive with its password first"]


def test_a_zip_archive_without_its_end_is_a_reject():
    assert reasons(zipped({"a.jsonl": LINES})[:-30])[0].startswith("the zip archive is damaged")


def test_a_zip_archive_without_files_says_so():
    assert reasons(zipped({})) == ["the zip archive holds no files"]


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}, "an Office document: a presentation"),
        ({"[Content_Types].xml": b"<x/>"}, "an Office document"),
        (
            {"mimetype": b"application/vnd.comicbook+zip", "META-INF/container.xml": b"<x/>"},
            "an e-book or OpenDocument file of type 'application/vnd.comicbook+zip'",
        ),
        ({"META-INF/MANIFEST.MF": b"x"}, "a Java program"),
    ],
)
def test_a_document_of_no_kind_that_is_a_zip_archive_is_one_reject(members: dict[str, bytes], found: str):
    assert reasons(zipped(members)) == [f"not a kind of file that can be read (found {found})"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.compress], ids=["gz", "bz2", "zst"])
def test_a_cut_off_file_gives_what_is_whole_and_says_the_rest_is_not(pack: Callable[[bytes], bytes]):
    lines = b"".join(
        json.dumps({"title": f"{number * 7919 % 104729:x}" * 20}).encode() + b"\n" for number in range(20_000)
    )
    packed = pack(lines)
    found, reading = run(packed[: len(packed) * 3 // 4])

    assert 5_000 < len(found) < 20_000
    assert "the compressed data is damaged" in reading.rejects[-1].reason


def test_the_articles_before_damage_are_kept():
    found, reading = run(gzip.compress(LINES) + b"\x1f\x8b\x08 and then nothing that could be gzip")

    assert found == TITLES
    assert "the compressed data is damaged" in reading.rejects[0].reason


@pytest.mark.parametrize("pack", [bz2.compress, zstandard.compress], ids=["bz2", "zst"])
def test_a_bomb_is_stopped_with_the_limit_in_the_message(pack: Callable[[bytes], bytes]):
    found, reading = run(pack(LINES + b" " * 20_000_000 + b"\n"))

    assert found == TITLES
    assert "it expands to more than 1," in reading.rejects[0].reason
    assert "1,000 for each byte of the file; that is taken for a bomb" in reading.rejects[0].reason


def test_what_is_no_text_is_not_expanded_beyond_its_beginning():
    assert reasons(bz2.compress(bytes(5_000_000))) == ["not a kind of file that can be read (found binary data)"]


def test_bombs_inside_one_another_share_one_limit():
    inner = bz2.compress(LINES + b" " * 900_000 + b"\n")
    found, reading = run(zipped({f"{number}.jsonl.bz2": inner for number in range(8)}, zipfile.ZIP_STORED))
    size = reading.bytes_total or 0

    assert 1_000 * size < 8 * 900_000
    assert len(found) < 16
    assert all("taken for a bomb" in reject.reason for reject in reading.rejects)


def test_members_that_share_their_bytes_share_one_limit():
    """Every entry of the directory points at the same compressed bytes."""
    packed = zipped({"a.jsonl": LINES + b" " * 1_000_000 + b"\n"})
    directory_at = packed.index(b"PK\x01\x02")
    end_at = packed.index(b"PK\x05\x06")
    entry = packed[directory_at:end_at]
    count = 1000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, directory_at, 0)
    data = packed[:directory_at] + entry * count + end
    found, reading = run(data)

    assert len(found) < 2 * count
    # Later Pythons see for themselves that members overlap, and say so of each.
    bomb = [reject for reject in reading.rejects if "taken for a bomb" in reject.reason]
    overlapping = [reject for reject in reading.rejects if "Overlapped" in reject.reason]
    assert len(bomb) == 1 or overlapping
    assert len(bomb) + len(overlapping) == len(reading.rejects)


def test_a_small_file_of_repetition_is_no_bomb():
    lines = b"".join(b'{"title": "a", "body": "' + b"la " * 200 + b'"}\n' for _ in range(1000))
    found, reading = run(gzip.compress(lines))

    assert len(found) == 1000
    assert reading.rejects == []


def test_a_web_archive_stays_packed_for_its_source(monkeypatch: pytest.MonkeyPatch):
    given: list[bytes] = []
    monkeypatch.setattr(
        "searchlib.sources.one_file.source_of",
        lambda kind: lambda stream, context: iter([given.append(stream.read())][:0]),
    )
    data = gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n") + gzip.compress(b"WARC/1.0\r\n")
    run(data)

    assert given == [data]
