"""Values of postings come back byte for byte, whatever form a block of them gets, and positions are found in all forms."""

from __future__ import annotations

from array import array
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.segments import Alone, Segment
from profiles import examples

from searchlib.codec.positions import PackedPositions
from searchlib.kernels.building import merge_postings
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsReader, TermsWriter
from searchlib.searching.clauses import PhraseLocator, Positional

_KINDS = (b".trm", b".pst", b".val")
_pack = PackedPositions().encode

#: Steps of all sizes, 0 among them.
steps = st.one_of(
    st.integers(1, 40), st.integers(0, 3), st.integers(0, 300), st.integers(0, 2**20), st.integers(0, 2**32 - 1)
)
values = st.one_of(
    st.lists(steps, min_size=1, max_size=4).map(lambda given: _pack(list(accumulate(given)))),
    st.lists(steps, min_size=1, max_size=300).map(lambda given: _pack(list(accumulate(given)))),
    st.binary(max_size=6),
    # Varints that are longer than they must be, or end too early.
    st.sampled_from([b"", b"\x80\x00", b"\x05\x80\x00", b"\x80", b"\x03\xff", b"\xff\xff\xff\xff\x0f", b"\x80" * 9 + b"\x01"]),
)  # fmt: skip
positions_only = values.filter(bool).map(lambda value: value if value[-1] < 128 and value[-1] else b"\x07")


class Lists:
    """Lists of postings in files, and what reads them."""

    def __init__(self, folder: Path, count: int) -> None:
        folder.mkdir(exist_ok=True)
        self._paths = [str(folder / f"s{kind.decode()}") for kind in _KINDS]
        self._files = [PagedWriter(path, kind) for path, kind in zip(self._paths, _KINDS, strict=True)]
        self.writer = TermsWriter(*self._files)
        self._count = count

    def read(self) -> TermsReader:
        index = self.writer.finish_terms()
        for file in self._files:
            file.finish()
        return TermsReader(*map(PagedFile, self._paths, _KINDS), index, self._count)

    @property
    def values_bytes(self) -> int:
        return self._files[2].tell()


def write(folder: Path, postings: list[tuple[float, bytes]]) -> tuple[TermsReader, tuple[int, int], int]:
    """One term with these weights and values in articles 0, 1, 2, …"""
    lists = Lists(folder, len(postings))
    lists.writer.start_field()
    lists.writer.start_term(b"word")
    for docnum, (weight, value) in enumerate(postings):
        lists.writer.add(docnum, weight, value, 0)
    lists.writer.finish_term()
    first, end, *_ = lists.writer.finish_field()
    return lists.read(), (first, end), lists.values_bytes


def values_of(reader: TermsReader, field: tuple[int, int]) -> list[tuple[float, bytes]]:
    cursor, found = reader.postings_of(*field, b"word"), []
    while cursor.active:
        found.append((cursor.weight(), cursor.value()))
        cursor.next()
    return found


@given(
    given_values=st.one_of(
        st.lists(values, min_size=1, max_size=140),
        st.lists(positions_only, min_size=1, max_size=300),
        st.lists(st.integers(0, 9).map(lambda number: bytes([number])), min_size=120, max_size=300),
    ),
    weights=st.sampled_from([(1.0,), (3.0, 1.0), (1.0, 2.5), (1.0, 1.0, 7.0, 40.0)]),
)
@examples(150)
def test_values_come_back_as_they_were_written(tmp_path_factory, given_values, weights):
    folder = tmp_path_factory.mktemp("values")
    postings = [(weights[i % len(weights)], value) for i, value in enumerate(given_values)]
    reader, field, _ = write(folder, postings)

    assert values_of(reader, field) == postings

    merged = Lists(folder / "merged", len(postings))
    ((first, end, *_),) = merge_postings([(reader, [(*field, 0, 0)], array("i", range(len(postings))))], merged.writer, [None])

    assert values_of(merged.read(), (first, end)) == postings


def test_values_can_be_read_in_any_order(tmp_path: Path):
    chooser = Random(2)
    postings = [(1.0, _pack(sorted(chooser.sample(range(5000), chooser.randint(1, 60))))) for _ in range(500)]
    reader, field, _ = write(tmp_path, postings)
    cursor = reader.postings_of(*field, b"word")
    for docnum in sorted(chooser.sample(range(500), 200)):
        cursor.skip_to(docnum)

        assert (cursor.docnum, cursor.value(), cursor.value()) == (docnum, postings[docnum][1], postings[docnum][1])


def test_positions_take_less_room_than_their_bytes(tmp_path: Path):
    chooser = Random(3)
    positions = [sorted(chooser.sample(range(400), chooser.choice([1, 1, 1, 2, 5, 20]))) for _ in range(5000)]
    postings = [(float(len(each)), _pack(each)) for each in positions]
    _, _, size = write(tmp_path, postings)

    assert size < 0.8 * sum(len(value) for _, value in postings)


PHRASES = [["a", "b"], ["b", "a"], ["a", "b", "c"], ["a", "a"], ["c", "a", "c"], ["a", "missing"]]


def occurrences(segment: Segment, words: list[str], docnum: int) -> int:
    positions = [set(segment.postings.get(word, {}).get(docnum, (0, []))[1]) for word in words]
    return sum(all(begin + i in positions[i] for i in range(len(words))) for begin in positions[0])


@pytest.mark.parametrize("long", [30, 700, 40_000])
def test_phrases_are_found_in_articles_of_any_length(tmp_path: Path, long: int):
    """Of 40,000 positions there are no marks; words that stand in an article once are not marked either."""
    chooser = Random(long)
    size = 300
    postings: dict[str, dict[int, tuple[float, list[int]]]] = {"a": {}, "b": {}, "c": {}}
    for docnum in range(size):
        begin = chooser.randint(0, long - 10)
        for word, highest in (("a", 12), ("b", 6), ("c", 1)):
            count = chooser.randint(1, highest)
            near = [begin + chooser.randint(0, 8) for _ in range(count)]
            positions = sorted({*near, *chooser.sample(range(2, long), count - 1)})
            postings[word][docnum] = (float(len(positions)), positions)
    segment = Segment(postings, [40] * size, [(0, 0)] * size, [0] * size, set())
    view, field = segment.write(tmp_path)
    for words in PHRASES:
        expected = {docnum: count for docnum in range(size) if (count := occurrences(segment, words, docnum))}
        for name in ("tag", "text"):
            query = Alone(segment, view, field, Positional(name, PhraseLocator(tuple(words)), 2.0))

            assert query.matches(0, size) == sorted(expected)
            hits = query.top(size, 0, size)
            assert {docnum for _, docnum in hits} == set(expected)
            if name == "tag":
                assert [expected[docnum] for _, docnum in hits] == sorted(expected.values(), reverse=True)


def test_a_phrase_is_found_where_its_second_word_is_nearly_everywhere(tmp_path: Path):
    """Far more positions than there are marks, and each of them where a mark may be."""
    size, long = 3, 200_000
    rare, dense = [0, 2, 40], [1, 3, *range(5, long)]
    postings = {
        "a": dict.fromkeys(range(size), (3.0, rare)),
        "b": {docnum: (float(len(dense)), dense) for docnum in range(size)},
    }
    segment = Segment(postings, [40] * size, [(0, 0)] * size, [0] * size, set())
    view, field = segment.write(tmp_path)
    query = Alone(segment, view, field, Positional("tag", PhraseLocator(("a", "b")), 2.0))

    assert query.matches(0, size) == [0, 1, 2]
    assert len({score for score, _ in query.top(size, 0, size)}) == 1
