"""Damage that no checksum tells, as an attacker makes it: every reader ends, with an answer or with our error.

Pages are sealed again after bytes were changed, so that the decoders see what was changed. Under ``make sanitize`` the
same tests show that none of them reads outside what it was given.
"""

from __future__ import annotations

import os
import random
from array import array
from pathlib import Path

import pytest
from kernels.segments import Alone, Segment
from kernels.test_searching import make_segment

from searchlib.codec.native.stored import StoredFacts, StoredReader
from searchlib.codec.native.stored_writer import StoredWriter
from searchlib.kernels import CorruptDataError
from searchlib.kernels.building import merge_postings
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.searching import SegmentView
from searchlib.kernels.storage import TermsReader, TermsWriter
from searchlib.searching.clauses import (
    All,
    AnyOf,
    BestOf,
    Except,
    LeadLocator,
    LoneLocator,
    NearLocator,
    PhraseLocator,
    Positional,
    PrintedTerm,
    RatedTerm,
    SequenceLocator,
    Term,
    Within,
)

_ROUNDS = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 400
_HEADER_BYTES, _TRAILER_BYTES = 64, 24
_KINDS = ("trm", "pst", "val", "col")
_PHRASE = PhraseLocator(("often", "now"))


def content_of(path: Path) -> bytes:
    """What a paged file holds, without its checksums."""
    data = path.read_bytes()
    return data[_HEADER_BYTES : int.from_bytes(data[-_TRAILER_BYTES : -_TRAILER_BYTES + 8], "little")]


def seal(path: Path, content: bytes, kind: bytes) -> None:
    writer = PagedWriter(str(path), kind)
    writer.write(content)
    writer.finish()


def damage(content: bytes, chooser: random.Random) -> bytes:
    """The same with some bytes changed, or its end cut off."""
    data = bytearray(content)
    for _ in range(chooser.randint(1, 4)):
        if data:
            data[chooser.randrange(len(data))] = chooser.choice([0, 1, 127, 128, 255, chooser.randrange(256)])
    if chooser.random() < 0.15:
        del data[chooser.randrange(len(data) + 1) :]
    return bytes(data)


def clauses():
    often, now = Term("text", "often", 1.5), Term("text", "now", 0.7)
    yield AnyOf((often, now, Term("text", "once", 4.0)))
    yield All((often, now, Except(Term("text", "dense", 0.0))))
    yield Positional("text", _PHRASE, 1.0)
    yield Positional("text", PhraseLocator(("often", "everywhere", "often")), 1.0)
    yield Positional("tag", PhraseLocator(("everywhere", "dense"), 3), 0.0)
    yield Positional("text", NearLocator((_PHRASE,), (PhraseLocator(("dense",)),), 5, False), 1.0, 2)
    yield BestOf((Term("text", "dense", 1.0), Within(100, 100_000)))
    yield Term("text", PrintedTerm("often", "oftener"), 1.0)
    yield Positional("text", PhraseLocator((PrintedTerm("now", "n-ow"), "often"), 2), 1.0)
    yield Positional("text", NearLocator((PhraseLocator(("now", "often")),), (PhraseLocator(("now",)),), 5, True), 1.0)
    either = (PhraseLocator(("now",)), _PHRASE)
    yield Positional("text", SequenceLocator((either, either, either), 3), 1.0, None, 2)
    yield Positional("text", NearLocator(either, (PhraseLocator(("dense",)),), 9, False, "sentence"), 1.0)
    yield Positional("text", LeadLocator(LoneLocator(either, (PhraseLocator(("dense",)),), 2, False, "paragraph")), 1.0)
    printed = [
        RatedTerm(PrintedTerm("often", ("often", "oftener")), 40),
        RatedTerm(PrintedTerm("dense", "densely"), 40),
    ]
    yield BestOf(tuple(Term("text", term, 1.0) for term in printed))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory):
    """A segment, the contents of its files, and what opens files like them."""
    folder = tmp_path_factory.mktemp("whole")
    segment = make_segment(4, 3000)
    segment.boundaries = {docnum: [(5, False), (9, docnum % 3 == 0)] for docnum in range(0, segment.size, 2)}
    _, field = segment.write(folder)
    contents = {kind: content_of(folder / f"segment.{kind}") for kind in _KINDS}
    return segment, contents, field, _offsets(segment, folder)


def _offsets(segment: Segment, folder: Path) -> tuple[int, list[int]]:
    """Where the index of the dictionary is, and where the columns are; as `Segment.write` puts them."""
    widths = (1, 8, 4, 4)
    offsets, at = [], _HEADER_BYTES
    for width in widths:
        at += -at % 8
        offsets.append(at)
        at += width * segment.size
    # Of one field the index is the last thing in the dictionary: `Segment.write` notes its offset.
    return _index_offset(folder), offsets


def _index_offset(folder: Path) -> int:
    return int((folder / "index").read_text())


def open_view(folder: Path, segment: Segment, index: int, offsets: list[int]) -> SegmentView:
    files = [PagedFile(str(folder / f"segment.{kind}"), kind.encode().ljust(4)) for kind in _KINDS]
    return SegmentView(
        TermsReader(*files[:3], index, segment.size),
        segment.size,
        deleted=None,
        norms=(files[3], offsets[0]),
        regions=(files[3], offsets[2], offsets[3]),
        published=(files[3], offsets[1]),
    )


def use(view: SegmentView, segment: Segment, field, folder: Path) -> None:
    """Everything that reads a segment."""
    cursor = view.terms.cursor(*field)
    for _ in range(200):
        if cursor.term is None:
            break
        cursor.facts()
        postings = cursor.postings()
        for _ in range(4 * segment.size):
            if not postings.active:
                break
            postings.weight(), postings.value(), postings.block_bounds()
            postings.next()
        cursor.next()
    for clause in clauses():
        query = Alone(segment, view, field, clause)
        query.top(10, 0, segment.size)
        query.count(0, segment.size)
        query.matches(0, segment.size)
        query.walk(5, 0, segment.size, ascending=False)
    files = [PagedWriter(str(folder / f"merged.{kind}"), kind.encode().ljust(4)) for kind in _KINDS[:3]]
    try:
        merge_postings(
            [(view.terms, [field], array("i", range(segment.size)))], TermsWriter(*files), [bytes(segment.size)]
        )
    finally:
        for file in files:
            file.close()


def test_damaged_segments_end_in_an_answer_or_in_our_error(whole, tmp_path):
    segment, contents, field, (index, offsets) = whole
    chooser = random.Random(11)
    refused = 0
    for _ in range(_ROUNDS):
        hit = chooser.choice(_KINDS)
        for kind in _KINDS:
            content = damage(contents[kind], chooser) if kind == hit else contents[kind]
            seal(tmp_path / f"segment.{kind}", content, kind.encode().ljust(4))
        try:
            use(open_view(tmp_path, segment, index, offsets), segment, field, tmp_path)
        except (CorruptDataError, ValueError):
            refused += 1

    assert refused > _ROUNDS // 10


def test_damaged_values_end_in_an_answer_or_in_our_error(whole, tmp_path):
    """Bytes that begin blocks of values, and so say how many numbers there are and of how many bits, are all tried."""
    segment, contents, field, (index, offsets) = whole
    chooser = random.Random(12)
    for kind in _KINDS:
        seal(tmp_path / f"segment.{kind}", contents[kind], kind.encode().ljust(4))
    refused = 0
    for at in range(min(_ROUNDS, len(contents["val"]))):
        content = bytearray(contents["val"])
        content[at] = chooser.choice([0, 1, 2, 3, 31, 32, 127, 128, 159, 160, 161, 255])
        seal(tmp_path / "segment.val", bytes(content), b"val ")
        try:
            use(open_view(tmp_path, segment, index, offsets), segment, field, tmp_path)
        except (CorruptDataError, ValueError):
            refused += 1

    assert refused > 10


def test_damaged_blocks_of_articles_end_in_an_answer_or_in_our_error(tmp_path):
    chooser = random.Random(5)
    writer = PagedWriter(str(tmp_path / "a.sto"), b".sto")
    stored = StoredWriter(writer)
    items = [chooser.randbytes(chooser.randrange(3000)) + b"kim" * 200 for _ in range(80)]
    facts: StoredFacts = stored.finish({"articles": [stored.add(item) for item in items]})
    writer.finish()
    content = content_of(tmp_path / "a.sto")
    refused = 0
    for _ in range(_ROUNDS):
        seal(tmp_path / "b.sto", damage(content, chooser), b".sto")
        try:
            reader = StoredReader(PagedFile(str(tmp_path / "b.sto"), b".sto"), facts)
            for docnum in range(len(items)):
                reader.item("articles", docnum)
        except CorruptDataError:
            refused += 1

    assert refused > _ROUNDS // 20


def test_a_changed_byte_is_noticed_where_it_is_read(whole, tmp_path):
    segment, contents, field, (index, offsets) = whole
    chooser = random.Random(3)
    for _ in range(_ROUNDS):
        for kind in _KINDS:
            seal(tmp_path / f"segment.{kind}", contents[kind], kind.encode().ljust(4))
        path = tmp_path / f"segment.{chooser.choice(_KINDS)}"
        data = bytearray(path.read_bytes())
        data[chooser.randrange(len(data))] ^= 1 << chooser.randrange(8)
        path.write_bytes(data)
        try:
            view = open_view(tmp_path, segment, index, offsets)
            answers = _answers(view, segment, field)
        except CorruptDataError:
            continue
        # Read or not, no other answer.
        assert answers == _answers_of_whole(segment, contents, field, index, offsets, tmp_path)


def _answers(view: SegmentView, segment: Segment, field):
    queries = [Alone(segment, view, field, clause) for clause in clauses()]
    return [(query.top(10, 0, segment.size), query.count(0, segment.size)) for query in queries]


def _answers_of_whole(segment: Segment, contents, field, index: int, offsets: list[int], tmp_path: Path):
    for kind in _KINDS:
        seal(tmp_path / f"segment.{kind}", contents[kind], kind.encode().ljust(4))
    return _answers(open_view(tmp_path, segment, index, offsets), segment, field)


def varint(number: int) -> bytes:
    rest, low = number >> 7, number & 0x7F
    return bytes([low]) if not rest else bytes([low | 0x80]) + varint(rest)


def of_two_articles(variants: list[tuple[str, int]], positions: list[int]) -> Segment:
    postings = {"x": {0: (2.0, positions), 1: (2.0, positions)}}
    return Segment(postings, [40, 40], [(0, 0)] * 2, [0, 0], set(), {"x": variants})


def reopened(segment: Segment, folder: Path, field: tuple[int, int], clause) -> Alone:
    files = [PagedFile(str(folder / f"segment.{kind}"), kind.encode().ljust(4)) for kind in _KINDS[:3]]
    index = int((folder / "index").read_text())
    terms = TermsReader(*files, index, segment.size)
    view = SegmentView(terms, segment.size, deleted=None, norms=None, regions=None, published=None)
    return Alone(segment, view, field, clause)


def test_a_word_that_ends_behind_the_last_position_there_can_be_is_damage(tmp_path: Path):
    segment = of_two_articles([("x", 1), ("y", 2**32 - 1)], [0, 3])
    view, field = segment.write(tmp_path)

    with pytest.raises(CorruptDataError, match="positions make no sense"):
        Alone(segment, view, field, Positional("tag", PhraseLocator(("x", "x")), 1.0)).matches(0, 2)


@pytest.mark.parametrize("joined", [b"\x01\x01\x00", b"\x01\x01\x01", b"\x02\x01\x02\x01\x02", b"\x02\x01\x02\x00\x02"])
def test_joined_variants_ascend_and_take_two_positions_at_least(tmp_path: Path, joined: bytes):
    segment = of_two_articles([("x", 1), ("y", 2)], [0, 3])
    _, field = segment.write(tmp_path)
    lists = content_of(tmp_path / "segment.pst")
    assert lists.endswith(b"\x01\x01\x02")
    seal(tmp_path / "segment.pst", lists[:-3] + joined, b"pst ")

    with pytest.raises(CorruptDataError, match="joined variants of a list make no sense"):
        reopened(segment, tmp_path, field, Term("tag", "x", 0.0)).matches(0, 2)


def test_a_block_of_more_positions_than_can_be_numbered_is_damage(tmp_path: Path):
    """A run of steps that are all 0 takes a byte: 32 MB of them are 2^32 positions."""
    segment = of_two_articles([("x", 1), ("y", 1)], [0, 3])
    _, field = segment.write(tmp_path)
    variants, firsts = varint(3) + b"\x01\x00\x00", b"\x83\x00"
    counts = bytes([128 + 32]) + array("I", [2**32 - 16, 15]).tobytes()
    values = b"\x05" + variants + counts + firsts + bytes([0x80]) * (1 << 25)
    lists, length = content_of(tmp_path / "segment.pst"), len(content_of(tmp_path / "segment.val"))
    flags = lists.rindex(bytes([13]))
    head = lists[flags:]
    assert head[2:3] == varint(length)
    seal(tmp_path / "segment.pst", lists[:flags] + head[:2] + varint(len(values)) + head[3:], b"pst ")
    seal(tmp_path / "segment.val", values, b"val ")

    with pytest.raises(CorruptDataError, match="variants of a block make no sense"):
        reopened(segment, tmp_path, field, Term("tag", PrintedTerm("x", "y"), 0.0)).matches(0, 2)
