"""Sets of characters are those of Python, without lone surrogates; classes tell apart what the sets do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searchlib.automata.characters import ANY, classes_of, complement, one_of, union

_LAST = 0x10FFFF
#: Code points where something begins or ends.
_SAMPLE = [0, 1, 0x60, 0x61, 0x62, 0x7F, 0x80, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFF, 0x10000, _LAST]

points = st.one_of(st.sampled_from(_SAMPLE), st.integers(0, _LAST))
ranges = st.lists(st.tuples(points, points).map(lambda pair: (min(pair), max(pair) + 1)), max_size=6)


def members(characters) -> set[int]:
    """Those of the sample that are in a set."""
    return {point for point in _SAMPLE if any(first <= point < end for first, end in characters)}


@given(given_ranges=ranges)
def test_a_union_has_the_characters_of_its_ranges_once_and_in_order(given_ranges):
    found = union(given_ranges)

    assert members(found) == {point for point in members(given_ranges) if not 0xD800 <= point <= 0xDFFF}
    assert all(first < end for first, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@given(given_ranges=ranges)
def test_a_complement_has_all_other_characters(given_ranges):
    assert members(complement(union(given_ranges))) == members(ANY) - members(union(given_ranges))


def test_characters_by_name_make_a_set():
    assert one_of("acbé") == ((0x61, 0x64), (0xE9, 0xEA))
    assert one_of("") == ()


@given(sets=st.lists(ranges.map(union), max_size=5))
def test_characters_are_of_one_class_if_they_are_in_the_same_sets(sets):
    classes = classes_of(sets)
    for point in _SAMPLE:
        at = max(number for number, start in enumerate(classes.starts) if start <= point)
        held = sum(1 << number for number, characters in enumerate(sets) if point in members(characters))

        assert classes.members[classes.range_classes[at]] == held
    assert classes.members[0] == 0
    assert len(set(classes.members)) == len(classes.members)
