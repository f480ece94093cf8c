"""Variants: any numbers at any positions come back, whatever form they get, and damage to them is noticed."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.test_damage import content_of, damage, seal
from profiles import examples

from searchlib.codec.positions import PackedPositions
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsReader, TermsWriter

_ROUNDS = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 300
_KINDS = (b".trm", b".pst", b".val")
#: Varints that are longer than they must be: a block that has one is raw.
_LONG_VARINT = b"\x83\x00"


@dataclass(frozen=True)
class List:
    """A posting list: its term's variants, each a word and its positions, and of each posting weight, value and numbers."""

    variants: list[tuple[bytes, int]]
    postings: list[tuple[float, bytes, list[int]]]

    def counted(self) -> list[tuple[bytes, int, int, int]]:
        """The variants with how many articles have each, and at how many positions."""
        if self.variants in ([], [(b"", 1)]):
            # At how many positions the empty word is, is not kept where there is no other.
            return [(b"", 1, len(self.postings), len(self.postings))]
        articles = Counter(number for *_, numbers in self.postings for number in set(numbers))
        totals = Counter(number for *_, numbers in self.postings for number in numbers)
        return [(word, taken, articles[i], totals[i]) for i, (word, taken) in enumerate(self.variants)]


#: A list with these numbers of variants: how many there are, and of each posting how many positions and which variants.
shapes = st.builds(
    lambda count, postings: (count, [[number % count for number in numbers] for numbers in postings]),
    st.sampled_from([1, 2, 7, 8, 9, 300]),
    st.one_of(
        # All kinds of articles, a few; and many of one position, of which few are of another variant than number 0.
        st.lists(st.lists(st.integers(0, 2**16), min_size=1, max_size=40), min_size=1, max_size=12),
        st.lists(st.lists(st.sampled_from([0] * 30 + [1, 8, 299]), min_size=1, max_size=3), min_size=1, max_size=300),
        # More than can be named one by one.
        st.lists(st.integers(0, 2**16), min_size=200, max_size=500).map(lambda numbers: [[0], numbers]),
    ),
)


def make_list(term: bytes, shape: tuple[int, list[list[int]]], chooser: random.Random, *, raw: bool) -> List:
    """A list of this shape; with `raw` some of its values have no other form."""
    count, numbers = shape
    words = [b"", term, *(term[: chooser.randint(0, len(term))] + b"-%d" % i for i in range(count))]
    variants = [(word, chooser.choice([1, 1, 2, 3, 255])) for word in chooser.sample(words, count)]
    postings = []
    for each in numbers:
        steps = [chooser.choice([1, 2, 60, 2000]) for _ in each]
        value = PackedPositions().encode(list(accumulate(steps)))
        if raw and chooser.random() < 0.2:
            value = _LONG_VARINT + PackedPositions().encode(list(accumulate(steps[1:])))
        postings.append((chooser.choice([1.0, float(len(each)), 2.5]), value, each))
    return List(variants, postings)


def write(folder: Path, lists: dict[bytes, List]) -> tuple[int, tuple[int, int]]:
    """Write these in the order of their terms: the offset of the index, and the blocks of the field."""
    files = [PagedWriter(str(folder / f"a{kind.decode()}"), kind) for kind in _KINDS]
    writer = TermsWriter(*files)
    writer.start_field()
    for term in sorted(lists):
        writer.start_term(term, lists[term].variants)
        for docnum, (weight, value, numbers) in enumerate(lists[term].postings):
            writer.add(docnum, weight, value, 0, numbers)
        writer.finish_term()
    first, end, *_ = writer.finish_field()
    index = writer.finish_terms()
    for file in files:
        file.finish()
    return index, (first, end)


def read(folder: Path, index: int, blocks: tuple[int, int]) -> dict[bytes, Any]:
    """Of each term its variants with their counts, and its postings."""
    files = (PagedFile(str(folder / f"a{kind.decode()}"), kind) for kind in _KINDS)
    cursor = TermsReader(*files, index, 1000).cursor(*blocks)
    found: dict[bytes, Any] = {}
    while cursor.term is not None:
        postings = cursor.postings()
        here = []
        while postings.active:
            here.append((postings.weight(), postings.value(), postings.variants()))
            postings.next()
        found[cursor.term] = (cursor.variants(), here)
        cursor.next()
    return found


def expected_of(lists: dict[bytes, List]) -> dict[bytes, Any]:
    return {term: (lists[term].counted(), lists[term].postings) for term in sorted(lists)}


@given(given_shapes=st.lists(st.tuples(shapes, st.booleans()), min_size=1, max_size=3), seed=st.integers(0, 2**32))
@examples(100)
def test_variants_come_back_as_they_were_written(tmp_path_factory, given_shapes, seed):
    folder, chooser = tmp_path_factory.mktemp("variants"), random.Random(seed)
    terms = [b"visit", b"vis\xc3\xa9", b""]
    lists = {
        term: make_list(term, shape, chooser, raw=raw) for term, (shape, raw) in zip(terms, given_shapes, strict=False)
    }

    assert read(folder, *write(folder, lists)) == expected_of(lists)


def test_variants_of_any_number_come_back(tmp_path: Path):
    """So many that a number takes three bytes, one by one and in runs."""
    count = 70_000
    variants = [(b"%d" % number, 1 + number % 3) for number in range(count)]
    few = [0] * 500
    few[3], few[499] = 1, count - 1
    positions = PackedPositions().encode(list(range(500)))
    many = [(number * 137) % count for number in range(500)]
    lists = {b"few": List(variants, [(500.0, positions, few)]), b"many": List(variants, [(500.0, positions, many)])}

    assert read(tmp_path, *write(tmp_path, lists)) == expected_of(lists)


def test_variants_that_the_term_does_not_have_are_not_written(tmp_path: Path):
    with pytest.raises(ValueError, match="have to ascend"):
        write(tmp_path, {b"visit": List([(b"visit", 1)], [(1.0, b"\1", [1])])})


@pytest.mark.parametrize("numbers", [[1], [1, 1, 1]])
def test_each_position_has_one_variant(tmp_path: Path, numbers: list[int]):
    with pytest.raises(ValueError, match="have to ascend"):
        write(tmp_path, {b"visit": List([(b"visit", 1), (b"visits", 1)], [(1.0, b"\1\2", numbers)])})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory):
    """Lists of all kinds, where they are written, and how to read them."""
    folder, chooser = tmp_path_factory.mktemp("whole"), random.Random(8)
    lists = {}
    for number, (count, share, raw) in enumerate(
        [(1, 0, False), (3, 0.02, False), (9, 1, False), (300, 0.5, True)] * 2
    ):
        numbers = [
            [chooser.randrange(count) if chooser.random() < share else 0 for _ in range(chooser.choice([1, 1, 2, 9]))]
            for _ in range(chooser.choice([1, 40, 200]))
        ]
        lists[b"term%d" % number] = make_list(b"term%d" % number, (count, numbers), chooser, raw=raw)
    index, blocks = write(folder, lists)
    return folder, index, blocks, expected_of(lists)


def test_a_changed_byte_is_noticed_or_changes_nothing(whole, tmp_path: Path):
    folder, index, blocks, expected = whole
    chooser, refused = random.Random(9), 0
    files = {kind: (folder / f"a{kind.decode()}").read_bytes() for kind in _KINDS}
    for _ in range(_ROUNDS):
        hit = chooser.choice(_KINDS)
        for kind, content in files.items():
            data = bytearray(content)
            if kind == hit:
                data[chooser.randrange(len(data))] ^= 1 << chooser.randrange(8)
            (tmp_path / f"a{kind.decode()}").write_bytes(data)
        try:
            assert read(tmp_path, index, blocks) == expected
        except CorruptDataError:
            refused += 1

    assert refused > _ROUNDS // 2


def test_damage_that_no_checksum_tells_ends_in_an_answer_or_in_our_error(whole, tmp_path: Path):
    folder, index, blocks, _ = whole
    chooser, refused = random.Random(10), 0
    contents = {kind: content_of(folder / f"a{kind.decode()}") for kind in _KINDS}
    for _ in range(_ROUNDS):
        hit = chooser.choice(_KINDS)
        for kind, content in contents.items():
            data = damage(content, chooser) if kind == hit else content
            seal(tmp_path / f"a{kind.decode()}", data, kind)
        try:
            read(tmp_path, index, blocks)
        except CorruptDataError:
            refused += 1

    assert refused > _ROUNDS // 10
