"""Sets of articles as a restriction, beside every other clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.segments import Alone, Segment
from profiles import examples

from searchlib.kernels.searching import Search, Segments
from searchlib.searching.clauses import EVERYTHING, KINDS, All, Among, AnyOf, BestOf, Except, Term

SIZE = 8300


def bitmap_of(docnums, size: int = SIZE) -> bytes:
    bits = bytearray((size + 7) // 8)
    for docnum in docnums:
        bits[docnum // 8] |= 1 << docnum % 8
    return bytes(bits)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    """A segment of more than two windows, in which terms are in every so-manieth article, and some are deleted."""
    postings = {f"every{n}": {docnum: (1.0 + docnum % 3, [1]) for docnum in range(0, SIZE, n)} for n in (1, 3, 700)}
    deleted = set(range(5, SIZE, 11))
    segment = Segment(postings, [40] * SIZE, [(0, 0)] * SIZE, [0] * SIZE, deleted)
    return segment, *segment.write(tmp_path_factory.mktemp("among"))


sets = st.one_of(
    st.sets(st.integers(0, SIZE - 1), max_size=12),
    st.builds(range, st.integers(0, SIZE), st.integers(0, SIZE), st.sampled_from([1, 2, 64, 100])).map(set),
    st.just(set(range(SIZE))),
)
terms = st.sampled_from([1, 3, 700]).map(lambda n: Term("text", f"every{n}", 1.0))
clauses = st.recursive(
    st.one_of(terms, sets.map(lambda docnums: Among((bitmap_of(docnums),))), st.just(EVERYTHING)),
    lambda inner: st.one_of(
        *(st.builds(kind, st.lists(inner, min_size=1, max_size=3).map(tuple)) for kind in (All, AnyOf, BestOf)),
        st.builds(Except, inner),
    ),
    max_leaves=5,
)


def docnums_of(clause) -> set[int]:
    if isinstance(clause, Term):
        return set(range(0, SIZE, int(str(clause.term)[5:])))
    if isinstance(clause, Among):
        (bitmap,) = clause.docnums
        return {docnum for docnum in range(SIZE) if bitmap[docnum // 8] >> docnum % 8 & 1}
    if isinstance(clause, Except):
        return set(range(SIZE)) - docnums_of(clause.clause)
    parts = [docnums_of(part) for part in clause.clauses]
    return set(range(SIZE)).intersection(*parts) if isinstance(clause, All) else set().union(*parts)


@given(clause=clauses, cut=st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)))
@examples(150)
def test_the_articles_of_a_set_are_found_wherever_it_stands(made, clause, cut):
    segment, view, blocks = made
    low, high = sorted(cut) if cut[0] % 2 else (0, SIZE)
    expected = sorted(docnum for docnum in docnums_of(clause) - segment.deleted if low <= docnum < high)
    query = Alone(segment, view, blocks, clause)

    assert query.matches(low, high) == expected
    assert query.count(low, high) == len(expected)
    assert query.walk(5, low, high, ascending=False) == expected[::-1][:5]
    assert sorted(docnum for _, docnum in query.top(SIZE, low, high)) == expected


@given(docnums=sets)
@examples(40)
def test_a_set_adds_nothing_to_scores_and_hides_no_better_hit(made, docnums):
    segment, view, blocks = made
    term = Term("text", "every3", 1.0)
    alone = Alone(segment, view, blocks, term).top(SIZE, 0, SIZE)
    within = Alone(segment, view, blocks, All((Among((bitmap_of(docnums),)), term))).top(20, 0, SIZE)

    assert within == [hit for hit in alone if hit[1] in docnums][:20]


@pytest.mark.parametrize("size", [1, 7, 8, 63, 64, 65, 4095, 4096, 4097])
def test_bits_behind_the_last_article_count_for_nothing(tmp_path: Path, size: int):
    postings = {"a": {0: (1.0, [1])}}
    segment = Segment(postings, [40] * size, [(0, 0)] * size, [0] * size, set())
    view, blocks = segment.write(tmp_path)
    query = Alone(segment, view, blocks, Among((b"\xff" * (size // 8 + 20),)))

    assert query.count(0, size) == size
    assert query.matches(0, size) == list(range(size))


@pytest.mark.parametrize(
    ("docnums", "message"),
    [
        ((), "0 bitmaps for 1 segments"),
        ((bytes(1100), bytes(1100)), "2 bitmaps for 1 segments"),
        ((bytes(SIZE // 8),), "the bitmap of segment 0 is too short"),
        ((None,), "no bitmap of a segment"),
    ],
)
def test_bitmaps_that_do_not_fit_are_refused(made, docnums, message: str):
    segment, view, blocks = made
    with pytest.raises(ValueError, match=message):
        Alone(segment, view, blocks, Among(docnums))


def test_a_set_of_bytes_of_another_kind_is_refused(made):
    segment, view, blocks = made
    with pytest.raises(TypeError):
        Alone(segment, view, blocks, Among((bytearray(2000),)))  # type: ignore[arg-type]


def test_without_segments_a_set_is_empty(made):
    segments = Segments([], [], [], ranking=made[0].ranking(), texts="text", kinds=KINDS)

    assert Search(segments, Among(()), None).count() == 0
