"""Searches of the kernels that are told to stop, or that have no time left."""

from __future__ import annotations

import pytest

from searchlib.kernels.searching import Search, Segments
from searchlib.searching.clauses import KINDS, AnyOf, NearLocator, PhraseLocator, Positional, Term
from tests.kernels.segments import Segment

SIZE = 9000
PHRASE = Positional("f", PhraseLocator(("a", "b"), 3), 1.0)
NEAR = Positional("f", NearLocator((PhraseLocator(("a",)),), (PhraseLocator(("b",)),), 3, False), 1.0)
CLAUSES = [Term("f", "a", 1.0), AnyOf((Term("f", "a", 1.0), Term("f", "b", 1.0))), PHRASE, NEAR]


@pytest.fixture(scope="module")
def segments(tmp_path_factory):
    segment = Segment(
        postings={
            "a": {docnum: (1.0, [2]) for docnum in range(SIZE)},
            "b": {docnum: (1.0, [4]) for docnum in range(SIZE)},
        },
        norms=[10] * SIZE,
        regions=[(0, 0)] * SIZE,
        published=list(range(SIZE)),
        deleted=set(),
    )
    view, blocks = segment.write(tmp_path_factory.mktemp("segment"))
    return Segments([view], [{"f": blocks}], [0], ranking=segment.ranking(), texts="f", kinds=KINDS)


def results(search):
    return (
        search.best(5, None, lambda *_: b"", counting=True),
        search.count(),
        search.newest(5, None, lambda *_: b""),
        [query.matches(low, high).count for _, query, low, high in search.parts()],
        [query.walk(5, low, high, ascending=True) for _, query, low, high in search.parts()],
    )


@pytest.mark.parametrize("clause", CLAUSES)
def test_what_is_told_to_stop_finds_nothing_more(segments, clause):
    assert results(Search(segments, clause, lambda: True)) == ([], 0, [], [0], [[]])


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_search_that_is_not_told_to_stop_finds_all(segments, clause):
    asked = results(Search(segments, clause, lambda: False, 1e9))

    assert asked == results(Search(segments, clause, None))
    assert asked[1] == SIZE


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_window_has_no_time_after_the_deadline(segments, clause):
    told = []

    def check(is_over=False):
        told.append(is_over)
        return is_over

    search = Search(segments, clause, check, 0.0)

    assert search.best(5, None, lambda *_: b"", counting=False) == []
    assert told == [False, True]
    assert search.newest(5, None, lambda *_: b"") == []
    # The workspaces of the search that was stopped are not used again as they were.
    assert Search(segments, clause, None).count() == SIZE
    assert results(Search(segments, clause, None)) == results(Search(segments, clause, None))


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_window_is_not_looked_at_once_another_thread_has_cancelled_the_search(segments, clause):
    cancelled = bytearray(1)
    told = []

    def check(is_over=False):
        # Asked once before the kernels run: what they do from here on, only the flag ends.
        told.append(is_over)
        cancelled[0] = 1
        return is_over

    search = Search(segments, clause, check, None, cancelled)

    assert search.best(5, None, lambda *_: b"", counting=False) == []
    assert told == [False, True]
    assert results(search) == ([], 0, [], [0], [[]])


@pytest.mark.parametrize("flag", [bytearray(1), bytearray(), None])
def test_a_search_that_nobody_cancels_finds_all(segments, flag):
    for clause in CLAUSES:
        assert results(Search(segments, clause, lambda: False, None, flag)) == results(Search(segments, clause, None))


def test_the_flag_lives_as_long_as_the_queries_that_read_it(segments):
    parts = Search(segments, PHRASE, lambda: False, None, bytearray(1)).parts()

    assert [query.count(low, high) for _, query, low, high in parts] == [SIZE]


def test_an_error_of_the_check_ends_a_search(segments):
    def check(is_over=False):
        if is_over:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        Search(segments, PHRASE, check, 0.0).count()
