"""Which segments are merged."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.index.merging import TIER_SIZE, choose_merge


@dataclass
class _Segment:
    count: int
    deleted: int = 0

    def doc_count_all(self) -> int:
        return self.count

    def deleted_count(self) -> int:
        return self.deleted


def test_a_full_tier_becomes_one_segment():
    small = [_Segment(10 + number) for number in range(TIER_SIZE)]

    assert choose_merge([_Segment(50_000), *small]) == small
    assert choose_merge([_Segment(50_000), *small[1:]]) == []


def test_segments_of_different_sizes_are_left_alone():
    assert choose_merge([_Segment(10**power) for power in range(3, 9)]) == []


def test_a_segment_that_is_mostly_deleted_is_written_anew():
    wasteful = _Segment(1000, 501)

    assert choose_merge([_Segment(1000, 500), wasteful]) == [wasteful]


def test_merging_ends():
    segments = [_Segment(1)] * 95
    while chosen := choose_merge(segments):
        segments = [each for each in segments if each not in chosen] + [_Segment(sum(each.count for each in chosen))]

    assert len(segments) < TIER_SIZE
