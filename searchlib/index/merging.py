"""Which segments to merge: few enough to search fast, seldom enough to write little.

Tiered, as Lucene's: segments of about the same size make a tier, and a tier that is full
is merged into one segment of the next. An article is so written about once for each tier,
``log(articles, TIER_SIZE)`` times in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from searchlib.index.segments import Segment

__all__ = ["TIER_SIZE", "choose_merge"]

#: How many segments of about the same size are too many.
TIER_SIZE: Final = 10
#: Smaller segments count as this many articles: any number of them makes one tier.
_FLOOR: Final = 1000
#: A segment is merged for its deletions alone when they are more than this share of it.
_DELETED_SHARE: Final = 0.5


def choose_merge(segments: Sequence[Segment]) -> list[Segment]:
    """The segments that should become one now, in their order; empty where nothing should."""
    tiers: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        tiers[_tier(segment.doc_count_all() - segment.deleted_count())].append(segment)
    for _, tier in sorted(tiers.items()):
        if len(tier) >= TIER_SIZE:
            return tier
    wasteful = [s for s in segments if s.deleted_count() > _DELETED_SHARE * s.doc_count_all()]
    return wasteful[:1]


def _tier(live: int) -> int:
    tier = 0
    while live > _FLOOR:
        live //= TIER_SIZE
        tier += 1
    return tier
