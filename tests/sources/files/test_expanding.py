"""What is compressed comes out as it was written, or not at all; and what breaks off up to where it does."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable

import pytest
import zstandard

from searchlib.sources import read
from searchlib.sources.files import expanding

PACKERS = [gzip.compress, bz2.compress, zstandard.ZstdCompressor(write_checksum=True).compress]
NAMES = ["gz", "bz2", "zst"]


def lines_of(count: int) -> bytes:
    words = random.Random(1)
    rows = ({"title": f"Ferry {number}", "body": f"{words.random()} " * 5} for number in range(count))
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def run(data: bytes, name: str = "in.bin") -> tuple[list[str], list[str]]:
    stream = io.BytesIO(data)
    stream.name = name
    reading = read(stream)
    return [article.title for article in reading], [f"{reject}" for reject in reading.rejects]


def with_wrong_checksum(data: bytes) -> bytes:
    """A gzip file whose last member does not have its checksum."""
    return data[:-8] + bytes([data[-8] ^ 1]) + data[-7:]


def test_nothing_is_read_of_a_gzip_file_with_a_wrong_checksum():
    found, rejects = run(with_wrong_checksum(gzip.compress(lines_of(5_000))), "a.jsonl.gz")

    assert found == []
    assert len(rejects) == 1
    assert rejects[0].startswith("a.jsonl.gz: the compressed data is damaged: ")
    assert rejects[0].endswith("; none of it is read")


def test_the_members_before_one_with_a_wrong_checksum_are_read():
    data = gzip.compress(lines_of(300)) + with_wrong_checksum(gzip.compress(b'{"title": "Fog"}\n'))
    found, rejects = run(data)

    assert found == [f"Ferry {number}" for number in range(300)]
    assert len(rejects) == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_large_zip_member_with_a_wrong_checksum_is_one_reject_and_the_next_is_read(method: int):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("a.jsonl", lines_of(20_000))
        archive.writestr("b.jsonl", '{"title": "Fog"}\n')
        checksum = archive.infolist()[0].CRC
    data = packed.getvalue().replace(checksum.to_bytes(4, "little"), (checksum ^ 1).to_bytes(4, "little"))
    found, rejects = run(data)

    assert found == ["Fog"]
    assert rejects == [
        "in.bin!a.jsonl: the compressed data is damaged: Bad CRC-32 for file 'a.jsonl'; none of it is read"
    ]


@pytest.mark.parametrize("pack", PACKERS, ids=NAMES)
def test_a_flipped_bit_never_gives_an_article_that_was_not_written(pack: Callable[[bytes], bytes]):
    lines = lines_of(2_000)
    written = {json.loads(line)["body"].strip() for line in lines.splitlines()}
    packed = pack(lines)
    for place in range(40, len(packed), len(packed) // 25):
        damaged = packed[:place] + bytes([packed[place] ^ 0x10]) + packed[place + 1 :]
        reading = read(io.BytesIO(damaged))
        bodies = {article.body for article in reading}

        assert bodies <= written
        assert len(bodies) == 2_000 or reading.rejects


@pytest.mark.parametrize("pack", PACKERS, ids=NAMES)
def test_what_breaks_off_gives_its_whole_rows_and_one_reject(pack: Callable[[bytes], bytes]):
    packed = pack(lines_of(20_000))
    found, rejects = run(packed[: len(packed) * 2 // 3], "a.jsonl.bin")

    assert len(found) > 5_000
    assert found == [f"Ferry {number}" for number in range(len(found))]
    assert len(rejects) == 1
    assert rejects[0].startswith("a.jsonl.bin: the compressed data is damaged: ")


def test_a_table_that_breaks_off_gives_its_whole_rows_and_one_reject():
    rows = "".join(f"Ferry {number},{random.Random(number).random()}\n" for number in range(9_000))
    packed = gzip.compress(f"title,text\n{rows}".encode())
    found, rejects = run(packed[: len(packed) // 2])

    assert len(found) > 1_000
    assert found == [f"Ferry {number}" for number in range(len(found))]
    assert len(rejects) == 1


def test_beyond_what_is_checked_a_wrong_checksum_says_that_articles_may_be_garbled(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(expanding, "MAX_CHECKED_BYTES", 100_000)
    found, rejects = run(with_wrong_checksum(gzip.compress(lines_of(20_000))))

    assert len(found) > 10_000
    assert rejects[-1].endswith("; articles read from it may be garbled")


def test_what_is_checked_ahead_does_not_count_as_done():
    reading = read(io.BytesIO(gzip.compress(lines_of(20_000))))
    done = [reading.bytes_done for _, _ in zip(range(10_000), reading, strict=False)]

    assert 0.4 < done[-1] / (reading.bytes_total or 1) < 0.7
    assert done == sorted(done)
    assert len(list(reading)) == 10_000
    assert reading.bytes_done == reading.bytes_total


def test_zeros_behind_the_last_member_are_no_damage():
    found, rejects = run(gzip.compress(lines_of(3)) + bytes(1000))

    assert found == ["Ferry 0", "Ferry 1", "Ferry 2"]
    assert rejects == []
