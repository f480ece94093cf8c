"""A phrase and a pair of words stand where trying everything finds them."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from searchlib.searching.position_ranges import lone_ranges, pair_ranges, ranges_within, sequence_ranges

_ranges = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 2)).map(lambda each: (each[0], sum(each))), max_size=6, unique=True
).map(sorted)
_positions = st.lists(st.integers(0, 20), max_size=5, unique=True).map(sorted)


@given(st.lists(_positions, min_size=1, max_size=3), st.integers(0, 4))
def test_a_sequence_stands_where_trying_everything_finds_it(positions, slop):
    room = len(positions) - 1 + slop
    ways = [way for way in product(*positions) if all(a < b for a, b in pairwise(way))]
    expected = {way[0] for way in ways if way[-1] - way[0] <= room}

    ranges = sequence_ranges([[(position, position) for position in each] for each in positions], slop)

    assert {first for first, _ in ranges} == expected
    for first, last in ranges:
        assert last == min(way[-1] for way in ways if way[0] == first)


@given(st.lists(_ranges, min_size=1, max_size=3), st.integers(0, 4))
def test_words_of_several_positions_stand_where_trying_everything_finds_them(words, slop):
    ways = [way for way in product(*words) if all(a[1] < b[0] for a, b in pairwise(way))]
    found = [way for way in ways if sum(b[0] - a[1] - 1 for a, b in pairwise(way)) <= slop]
    shortest = {way[0]: min(each[-1][1] for each in found if each[0] == way[0]) for way in found}

    ranges = sequence_ranges(words, slop)

    assert ranges == list(dict.fromkeys((first, last) for (first, _), last in sorted(shortest.items())))


@given(_positions, _positions, st.integers(1, 5), st.booleans())
def test_pairs_of_words_are_those_near_enough(left, right, distance, ordered):
    ranges = pair_ranges([(p, p) for p in left], [(p, p) for p in right], distance, ordered=ordered)
    near = {p for p in left if any(0 < (q - p) <= distance or (not ordered and 0 < p - q <= distance) for q in right)}

    assert len(ranges) == len(near)
    assert all(0 < last - first <= distance for first, last in ranges)


_ranges = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4)).map(lambda each: (each[0], sum(each))), max_size=7)


_boundaries = st.lists(st.integers(1, 20), max_size=4, unique=True).map(sorted)


@given(_ranges, _ranges, st.integers(0, 8), st.booleans(), _boundaries)
def test_pairs_of_ranges_are_of_each_left_one_with_the_nearest(left, right, distance, ordered, boundaries):
    expected, lone = [], []
    for first, last in sorted(left):
        behind = [(low - last, low, (first, high)) for low, high in right if low > last]
        in_front = [(first - high, low, (low, last)) for low, high in right if high < first and not ordered]
        near = [
            each
            for each in in_front + behind
            if each[0] <= distance and not any(each[2][0] < boundary <= each[2][1] for boundary in boundaries)
        ]
        if near:
            expected.append(min(near)[2])
        else:
            lone.append((first, last))

    assert pair_ranges(left, right, distance, ordered=ordered, boundaries=boundaries) == expected
    assert lone_ranges(left, right, distance, ordered=ordered, boundaries=boundaries) == lone


def test_a_nearer_one_behind_a_boundary_does_not_hide_a_farther_one_before_it():
    assert pair_ranges([(5, 5)], [(2, 2), (6, 6)], 9, ordered=False, boundaries=[6]) == [(2, 5)]


def test_a_sequence_of_parts_that_begin_together_gives_each_of_their_ranges():
    assert sequence_ranges([[(0, 0), (0, 1)], [(2, 2), (3, 3)]], 1) == [(0, 2)]
    assert sequence_ranges([[(0, 0), (0, 1)], [(1, 1), (2, 2)]], 0) == [(0, 1), (0, 2)]


def test_ranges_within_are_there_as_a_whole():
    assert ranges_within([(0, 1), (1, 2), (2, 2), (3, 5)], 1, 4) == [(1, 2), (2, 2)]
