"""A reader of an index made from docs/file-format.md alone: plain Python, and Zstandard.

It reads whole files and checks all that they say of themselves with assertions.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard

PAGE = Path(__file__).resolve().parents[2] / "docs" / "file-format.md"
#: What a fence of the page says → its text.
BLOCKS = dict(re.findall(r"^```([^\n]+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
#: What norms stand for.
LENGTHS = [int(number) for number in BLOCKS["norms"].split()]


def checksum(data: bytes) -> int:
    """The lower half of XXH64 with seed 0."""
    one, two, three = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
    four, five, all_bits = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5, 2**64 - 1

    def rotated(x: int, by: int) -> int:
        return (x << by | x >> 64 - by) & all_bits

    def mixed(lane: int, word: int) -> int:
        return rotated(lane + word * two & all_bits, 31) * one & all_bits

    words = struct.unpack_from(f"<{len(data) // 8}Q", data)
    whole = len(words) // 4 * 4 if len(data) >= 32 else 0
    result = five
    if whole:
        lanes = [one + two & all_bits, two, 0, -one & all_bits]
        for at in range(0, whole, 4):
            lanes = [mixed(lane, words[at + i]) for i, lane in enumerate(lanes)]
        result = sum(rotated(lane, by) for lane, by in zip(lanes, (1, 7, 12, 18), strict=True)) & all_bits
        for lane in lanes:
            result = ((result ^ mixed(0, lane)) * one + four) & all_bits
    result = result + len(data) & all_bits
    for word in words[whole:]:
        result = (rotated(result ^ mixed(0, word), 27) * one + four) & all_bits
    rest = data[8 * len(words) :]
    if len(rest) >= 4:
        result = (rotated(result ^ int.from_bytes(rest[:4], "little") * one & all_bits, 23) * two + three) & all_bits
        rest = rest[4:]
    for byte in rest:
        result = rotated(result ^ byte * five & all_bits, 11) * one & all_bits
    result = (result ^ result >> 33) * two & all_bits
    result = (result ^ result >> 29) * three & all_bits
    return (result ^ result >> 32) & 0xFFFFFFFF


@dataclass(frozen=True)
class Header:
    magic: bytes
    kind: str
    version: int
    index: str
    segment: str
    generation: int
    name: int


def header_of(file: bytes) -> Header:
    """What a file says that it is, checked."""
    magic, kind, version, index, segment, generation, name, check = struct.unpack("<8s4sI16s16sQII", file[:64])
    assert check == checksum(file[:60])
    return Header(
        magic, kind.decode("ascii"), version, index.hex(), segment.rstrip(b"\0").decode("ascii"), generation, name
    )


def data_of(path: Path) -> bytes:
    """Header and data of a file in pages, all of it checked."""
    file, kind = path.read_bytes(), path.suffix.encode()
    end, check, version, *ends = struct.unpack("<QII4s4s", file[-24:])
    header = header_of(file)
    assert (header.magic, header.kind, header.version, header.name) == (b"searchlb", path.suffix, 3, 0)
    assert (version, *ends) == (3, kind, b"end\n")
    sums = b"".join(checksum(file[at : min(at + 16384, end)]).to_bytes(4, "little") for at in range(0, end, 16384))
    sum_sums = b"".join(checksum(sums[at : at + 16384]).to_bytes(4, "little") for at in range(0, len(sums), 16384))
    assert file[end:-24] == sums + sum_sums
    assert check == checksum(sum_sums + file[-24:-16])
    return file[:end]


class Reading:
    """Bytes from an offset on, one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def one(self, form: str) -> Any:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]

    def varint(self) -> int:
        value = shift = 0
        while (byte := self.one("B")) > 127:
            value |= (byte & 127) << shift
            shift += 7
        return value | byte << shift

    def suffixed(self, before: bytes) -> bytes:
        """Bytes of which the first are those of `before`."""
        shared, rest = self.varint(), self.varint()
        assert shared <= len(before)
        return before[:shared] + self.take(rest)

    def packed(self, count: int, bits: int) -> list[int]:
        mask = (1 << bits) - 1
        if count < 128:
            number = int.from_bytes(self.take((count * bits + 7) // 8), "little")
            return [number >> i * bits & mask for i in range(count)]
        words = struct.unpack(f"<{4 * bits}I", self.take(16 * bits))
        lanes = [sum(word << 32 * row for row, word in enumerate(words[lane::4])) for lane in range(4)]
        return [lanes[i % 4] >> i // 4 * bits & mask for i in range(128)]

    def run(self, count: int) -> list[int]:
        head = self.one("B")
        if head >= 128:
            return self.packed(count, head - 128)
        size = self.varint()
        lows = self.packed(count, head)
        bits = int.from_bytes(self.take(size), "little")
        numbers = []
        for low in lows:
            zeros = (bits & -bits).bit_length() - 1
            numbers.append(zeros << head | low)
            bits >>= zeros + 1
        assert bits == 0
        return numbers


@dataclass(frozen=True)
class Posting:
    """One posting; `variants` has the number at each position, and is empty where all are 0."""

    docnum: int
    weight: float
    value: bytes | None
    variants: tuple[int, ...] = ()


@dataclass(frozen=True)
class Variant:
    word: bytes
    positions: int
    doc_freq: int
    total: int


@dataclass(frozen=True)
class SegmentOnDisk:
    """A segment read as the page says: `stem` is what the names of its files begin with."""

    directory: Path
    stem: str

    def data(self, kind: str) -> bytes:
        return data_of(self.directory / f"{self.stem}{kind}")

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.data(".seg")[64:])

    def norms(self, field: str) -> bytes:
        offset = self.facts["lengths"][field]["place"]
        return self.data(".len")[offset : offset + self.facts["articles"]]

    def column(self, name: str) -> list[Any]:
        facts, count, data = self.facts["columns"][name], self.facts["articles"], self.data(".col")
        if facts["form"] == "numbers":
            return list(struct.unpack_from(f"<{count}{facts['typecode']}", data, facts["place"]))
        if facts["form"] == "few numbers":
            few = facts["size"]
            numbers = struct.unpack_from(f"<{few}{facts['typecode']}", data, facts["place"])
            behind = facts["place"] + struct.calcsize(f"<{few}{facts['typecode']}")
            docnums = struct.unpack_from(f"<{few}I", data, behind)
            assert list(docnums) == sorted(set(docnums))
            having = dict(zip(docnums, numbers, strict=True))
            return [having.get(docnum) for docnum in range(count)]
        if facts["form"] == "plain":
            return list(_strings(data, facts["place"], count))
        values = list(_strings(data, facts["begins"], facts["size"]))
        assert values == sorted(set(values))
        return [values[number] for number in struct.unpack_from(f"<{count}I", data, facts["place"])]

    def articles(self) -> list[dict[str, Any]]:
        facts, data = self.facts["stored"], self.data(".sto")
        ends = struct.unpack_from(f"<{facts['blocks'] + 1}Q", data, facts["directory"])
        contents = []
        for number in range(facts["blocks"]):
            run = [each for each in facts["dictionaries"] if each["block"] <= number][-1]
            dictionary = data[run["place"] : run["place"] + run["size"]]
            zstd = zstandard.ZstdDecompressor(zstandard.ZstdCompressionDict(dictionary) if dictionary else None)
            contents.append(zstd.decompress(data[ends[number] : ends[number + 1]]))
        addresses = struct.unpack_from(f"<{self.facts['articles']}I", data, facts["tables"]["articles"])
        items = [struct.unpack_from("<2I", contents[each >> 8], 4 * (each & 255)) for each in addresses]
        return [json.loads(contents[each >> 8][begin:end]) for each, (begin, end) in zip(addresses, items, strict=True)]

    def terms(self, field: str) -> dict[bytes, list[Posting]]:
        """The postings of each term of a field, in the order of the dictionary."""
        return {term: postings for term, (postings, _) in self._terms(field).items()}

    def variants(self, field: str) -> dict[bytes, list[Variant]]:
        """The variants of each term of a field by number, checked with its postings."""
        return {term: variants for term, (_, variants) in self._terms(field).items()}

    def words(self, field: str) -> dict[bytes, list[bytes]]:
        """The printed words of a field that are no terms of theirs, and the terms of each."""
        *_, first, end, count = self.facts["terms"]["fields"][field]
        found: dict[bytes, list[bytes]] = {}
        for entries, stop, behind in self._blocks(first, end):
            word = b""
            while entries.at < stop:
                word = entries.suffixed(word)
                cut = entries.varint()
                found[word] = (
                    [word[: len(word) - cut + 1]] if cut else [entries.suffixed(word) for _ in range(entries.varint())]
                )
                assert found[word] == sorted(set(found[word]))
            # Words have no variants.
            assert entries.at == stop == behind
        assert (len(found), list(found)) == (count, sorted(found))
        return found

    def _blocks(self, first: int, end: int) -> Iterator[tuple[Reading, int, int]]:
        """The entries of each block, where they end, and where the block does."""
        facts, trm = self.facts["terms"], self.data(".trm")
        offsets = struct.unpack_from(f"<{(len(trm) - facts['index']) // 8}Q", trm, facts["index"])
        assert offsets[-1] == facts["index"]
        for block in range(first, end):
            entries = Reading(trm, offsets[block])
            length = entries.varint()
            yield entries, entries.at + length, offsets[block + 1]

    def _terms(self, field: str) -> dict[bytes, tuple[list[Posting], list[Variant]]]:
        first, end, count, *_ = self.facts["terms"]["fields"][field]
        norms = self.norms(field) if field in self.facts["lengths"] else bytes(self.facts["articles"])
        lists = Lists(self.data(".pst"), self.data(".val"), norms)
        found: dict[bytes, tuple[list[Posting], list[Variant]]] = {}
        for entries, stop, behind in self._blocks(first, end):
            term, head, values = b"", 0, 0
            block: list[tuple[bytes, list[Posting], dict[int, int]]] = []
            while entries.at < stop:
                term = entries.suffixed(term)
                number = entries.varint()
                if number % 2:
                    block.append((term, [_inlined(entries, norms)], {}))
                else:
                    head, values = head + entries.varint(), values + entries.varint()
                    block.append((term, *lists.postings(number // 2, head, values)))
            assert entries.at == stop
            assert 1 <= len(block) <= 32
            for term, postings, joined in block:
                variants = _variants(entries, term, len(postings))
                found[term] = (postings, variants)
                assert joined == {number: each.positions for number, each in enumerate(variants) if each.positions > 1}
                _check_variants(postings, variants)
            assert entries.at == behind
        assert (len(found), list(found)) == (count, sorted(found))
        return found


def _variants(block: Reading, term: bytes, doc_freq: int) -> list[Variant]:
    count = block.varint()
    if count < 2:
        return [Variant(term if count else b"", 1, doc_freq, doc_freq)]
    found = []
    for _ in range(count - 1):
        shared, joined = divmod(block.varint(), 2)
        word = term[:shared] + block.take(block.varint())
        positions = block.varint() if joined else 1
        found.append(Variant(word, positions, block.varint() if count > 2 else doc_freq, block.varint()))
    assert len({(each.word, each.positions) for each in found}) == len(found)
    return found


def _check_variants(postings: list[Posting], variants: list[Variant]) -> None:
    """What the dictionary says of the variants of a term is so."""
    if variants == [Variant(b"", 1, len(postings), len(postings))]:
        return
    numbers = [each.variants or (0,) * _count_of(each.value) for each in postings]
    for number, variant in enumerate(variants):
        # A posting without positions counts as one of number 0.
        assert variant.doc_freq == sum(number in (each or (0,)) for each in numbers)
        assert variant.total == sum(each.count(number) for each in numbers)
    assert all(number < len(variants) for each in numbers for number in each)


def _count_of(value: bytes | None) -> int:
    """How many varints a value is."""
    return sum(byte < 128 for byte in value or b"")


def _inlined(entries: Reading, norms: bytes) -> Posting:
    docnum, norm, weight = entries.varint(), entries.one("B"), entries.varint()
    assert norm == norms[docnum]
    weight = entries.one("f") if weight == 1 else weight / 2
    length = entries.varint()
    return Posting(docnum, weight, entries.take(length - 1) if length else None)


def _strings(data: bytes, offset: int, count: int) -> Iterator[bytes]:
    ends = struct.unpack_from(f"<{count + 1}Q", data, offset)
    return (data[ends[i] : ends[i + 1]] for i in range(count))


@dataclass(frozen=True)
class Lists:
    """Posting lists; what their heads and impacts say is compared with the postings."""

    pst: bytes
    val: bytes
    norms: bytes

    def postings(self, doc_freq: int, offset: int, values: int) -> tuple[list[Posting], dict[int, int]]:
        """The postings of a list, and how many positions those of its variants take that take several."""
        head = Reading(self.pst, offset)
        flags, blocks_bytes, values_bytes = head.one("B"), head.varint(), head.varint()
        assert flags < 32
        sums = (head.one("d"), head.one("f")) if flags & 2 else (head.varint(), head.varint())
        bounds = (head.one("B"), head.one("B"))
        first, difference = head.varint(), head.varint()
        joined = [(head.varint(), head.varint()) for _ in range(head.varint())] if flags & 16 else []
        assert bool(joined) == bool(flags & 16)
        assert joined == sorted(dict(joined).items())
        count = (doc_freq + 127) // 128
        impacts = head.take(8) if count > 1 else None
        form = "<III8sB" if flags & 8 else "<III8s"
        entries = [struct.unpack(form, head.take(struct.calcsize(form))) for _ in range(count)] if count > 1 else []
        blocks = Reading(self.pst, offset - blocks_bytes)
        value_blocks = Reading(self.val, values)
        found: list[Posting] = []
        for number in range(count):
            n = min(128, doc_freq - 128 * number)
            docnum = found[-1].docnum if found else -1
            block = list(self._block(n, docnum, blocks, value_blocks if flags & 1 else None, forms=bool(flags & 4)))
            found += block
            if entries:
                ends = (block[-1].docnum, blocks.at - offset + blocks_bytes, value_blocks.at - values)
                assert entries[number][:3] == ends
                assert self._bounded(entries[number][3], block)
                assert not flags & 8 or _has_all(entries[number][4], block)
        assert (blocks.at, value_blocks.at) == (offset, values + values_bytes)
        assert bool(flags & 8) == any(each.variants for each in found)
        assert sums == (sum(each.weight for each in found), max(each.weight for each in found))
        norms = [self.norms[each.docnum] for each in found]
        assert bounds == (min(norms), max(norms))
        assert (first, first + difference) == (found[0].docnum, found[-1].docnum)
        assert impacts is None or self._bounded(impacts, found)
        return found, dict(joined)

    def _block(
        self, n: int, docnum: int, blocks: Reading, value_block: Reading | None, *, forms: bool
    ) -> Iterator[Posting]:
        doc_bits, weight_bits = blocks.one("B"), blocks.one("B")
        steps = blocks.packed(n, doc_bits)
        if weight_bits == 128:
            weights = [blocks.one("f") for _ in range(n)]
        else:
            weights = [extra + 1 for extra in blocks.packed(n, weight_bits)]
        postings = [Posting(docnum + sum(steps[: i + 1]) + i + 1, weights[i], None) for i in range(n)]
        if value_block is None:
            return iter(postings)
        form = value_block.one("B") if forms else 0
        varied = Reading(value_block.take(value_block.varint()), 0) if form & 4 else None
        values = _values(value_block, form & ~4, [1] * n if weight_bits == 128 else weights)
        counts = [_count_of(value) for value in values]
        numbers = iter(numbers_of_variants(varied, sum(counts)) if varied else [0] * sum(counts))
        variants = [tuple(islice(numbers, count)) for count in counts]
        return (
            replace(posting, value=value, variants=of_posting if any(of_posting) else ())
            for posting, value, of_posting in zip(postings, values, variants, strict=True)
        )

    def _bounded(self, impacts: bytes, postings: list[Posting]) -> bool:
        pairs = [(_weight_of(impacts[i]), impacts[i + 1]) for i in range(0, 8, 2)]
        return all(
            any(posting.weight <= weight and norm <= self.norms[posting.docnum] for weight, norm in pairs)
            for posting in postings
            if posting.weight > 0
        )


def _has_all(has: int, postings: list[Posting]) -> bool:
    """Whether the mask of a block has a bit of each variant that is there."""
    numbers = {number for each in postings for number in each.variants or (0,) * _count_of(each.value)}
    return all(has >> min(number, 7) & 1 for number in numbers)


def numbers_of_variants(varied: Reading, count: int) -> list[int]:
    """The variant at each of so many positions, one after the other."""
    n = varied.one("B")
    numbers: list[int] = []
    if not n:
        for left in range(count, 0, -128):
            numbers += varied.run(min(left, 128))
    for _ in range(n):
        numbers += [0] * varied.varint()
        numbers.append(varied.varint() + 1)
    assert varied.at == len(varied.data)
    assert len(numbers) <= count
    return numbers + [0] * (count - len(numbers))


def _values(block: Reading, form: int, counts: list[int]) -> list[bytes]:
    """The values of a block; `counts` have as many numbers as each is expected to have."""
    n = len(counts)
    if form == 0:
        least, bits = block.varint(), block.one("B")
        return [block.take(length) for length in [least + more for more in block.packed(n, bits)]]
    counts = list(counts)
    exceptions = block.one("B")
    if exceptions >= 128:
        counts = [less + 1 for less in block.packed(n, exceptions - 128)]
    else:
        for _ in range(exceptions):
            number = block.one("B")
            counts[number] = block.varint() + 1
    firsts = block.run(n)
    steps: list[int] = []
    for left in range(sum(counts) - n, 0, -128):
        steps += [step + (form == 1) for step in block.run(min(left, 128))]
    rest = iter(steps)
    return [
        b"".join(map(_varint, [first, *islice(rest, count - 1)])) for first, count in zip(firsts, counts, strict=True)
    ]


def _varint(number: int) -> bytes:
    more = b""
    while number > 127:
        more += bytes([number & 127 | 128])
        number >>= 7
    return more + bytes([number])


def _weight_of(impact: int) -> float:
    if impact <= 127:
        return impact
    return float("inf") if impact == 255 else 127 * 2 ** ((impact - 127) / 16) * 1.001


def positions_of(value: bytes) -> list[int]:
    reading, positions, position = Reading(value, 0), [], 0
    while reading.at < len(value):
        position += reading.varint()
        positions.append(position)
    return positions


def norm_of(length: int) -> int:
    return next((norm for norm, most in enumerate(LENGTHS) if most >= length), 255)


def deletions_of(path: Path) -> set[int]:
    data = data_of(path)[64:]
    count, bitmap = int.from_bytes(data[:4], "little"), data[4:]
    assert len(bitmap) == -(-count // 8)
    return {docnum for docnum in range(count) if bitmap[docnum // 8] >> docnum % 8 & 1}


def manifest_of(directory: Path) -> dict[str, Any]:
    """The last manifest, checked with all files that it names."""
    numbers = [int(path.stem.removeprefix("manifest-")) for path in directory.glob("manifest-*.json")]
    manifest = json.loads((directory / f"manifest-{max(numbers)}.json").read_text(encoding="utf-8"))
    rest = {key: value for key, value in manifest.items() if key != "crc32"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert manifest["crc32"] == f"{zlib.crc32(text.encode()):08x}"
    for segment in manifest["segments"]:
        for name, facts in segment["files"].items():
            _check_file(directory / name, facts, manifest["index"], segment["id"])
    if ledger := dict(manifest.get("ledger") or {}):
        _check_file(directory / ledger.pop("file"), ledger, manifest["index"], "ledger")
    return manifest


def _check_file(path: Path, facts: dict[str, Any], index: str, segment: str) -> None:
    file = path.read_bytes()
    header = header_of(file)
    paged = header.magic == b"searchlb"
    content = file[:-24] if paged else file
    assert facts == {"bytes": len(file), "crc32": f"{zlib.crc32(content):08x}", "generation": header.generation}
    assert (header.kind, header.index, header.segment) == (path.suffix, index, segment)
    if not paged:
        assert header.magic == b"searchlw"
        assert header.name == zlib.crc32(path.name.removeprefix(f"s_{segment}").encode())


@dataclass(frozen=True)
class FileRow:
    """A file of the ledger."""

    path: bytes
    size: int
    modified: int
    digest: bytes
    articles: int
    rejects: int
    generation: int
    options: bytes
    flags: int


def ledger_of(path: Path) -> tuple[list[FileRow], list[tuple[bytes, int]]]:
    """The files of a ledger, and (article, file) of its takeovers."""
    data = data_of(path)[64:]
    files, count, *lengths = struct.unpack_from("<5I", data)
    parts, at = [], 20
    for length in lengths:
        parts.append(zstandard.ZstdDecompressor().decompressobj().decompress(data[at : at + length]))
        at += length
    assert at == len(data)
    paths = parts[0].split(b"\xff")
    assert paths.pop() == b""
    assert paths == sorted(set(paths))
    assert len(paths) == files
    rows = struct.iter_unpack("<Qq16sIIQ8sB", _turned_back(parts[1], files))
    takeovers = list(struct.iter_unpack("<8sI", _turned_back(parts[2], count)))
    return [FileRow(path, *row) for path, row in zip(paths, rows, strict=True)], takeovers


def _turned_back(data: bytes, count: int) -> bytes:
    return bytes(data[column] for row in range(count) for column in range(row, len(data), count))
