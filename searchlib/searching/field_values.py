"""The values of a field over all native segments of a snapshot, in memory: what makes facets fast.

They are read when a facet is first worth it, and are kept as long as the snapshot is: four bytes for each content of the
field's column, four for each value of it, and some 60 bytes besides its text for each spelling. A content is what an
article has, or what many articles share where values repeat. Facets of fewer articles read what these have from the
file, until that has been as much work as reading all.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Final

from searchlib.counted import Facet, FacetValue, FacetValues
from searchlib.kernels.searching import Bitmap, FieldValues, ValueCounts
from searchlib.schema import LANGUAGE, VALUE_SEPARATOR
from searchlib.searching.counts import FacetAsked, facet_of
from searchlib.searching.kernel_segment import KernelSegment
from searchlib.searching.spellings import key_of_beginning, keys_of

__all__ = ["FieldCounter"]

# Reading what one article has takes as long as reading so many contents all together.
_COST_OF_ONE: Final = 12
# Between two looks at the clock: some 10 ms.
_CONTENTS_AT_A_TIME: Final = 1 << 15
_KEYS_AT_A_TIME: Final = 1 << 12
_LONGEST_WAIT_S: Final = 0.02
# So many values are put in order only as far as they are asked for.
_MANY: Final = 100


class FieldCounter:
    """Counts the values of one field. Safe for several threads at once.

    Args:
        segments: All segments of the snapshot.
        field: The field.
    """

    def __init__(self, segments: Sequence[KernelSegment], field: str) -> None:
        self._segments = segments
        self._field = field
        self._contents = [segment.contents_of(field) for segment in segments]
        self._read_one_by_one = 0
        self._lock = Lock()
        self._reading: FieldValues | None = None
        self._values: FieldValues | None = None

    @property
    def memory(self) -> int:
        """How many bytes the values take in memory."""
        return 0 if self._values is None else self._values.memory

    def facet(self, bitmaps: Sequence[Bitmap | None], asked: FacetAsked, check: Callable[[], object]) -> Facet:
        """How many articles have each value.

        Args:
            bitmaps: The articles of each segment; None for none.
            asked: Which values to give.
            check: Called every few milliseconds, and may raise.
        """
        found = sum(bitmap.count for bitmap in bitmaps if bitmap is not None)
        values = self._values or self._read(found, check)
        if values is None:
            return facet_of(self._field, self._one_by_one(bitmaps), asked)
        check()
        counts = values.count(bitmaps)
        if self._field == LANGUAGE:
            return facet_of(self._field, Counter({**dict(counts.by_spelling()), b"": found - counts.having}), asked)
        missing = counts.without_key()
        while missing:
            # Keys are analysed in Python, so a thread that waits for another's would not be faster.
            part, missing = missing[:_KEYS_AT_A_TIME], missing[_KEYS_AT_A_TIME:]
            numbers, spellings = zip(*part, strict=True)
            values.set_keys(numbers, keys_of(spellings))
            check()
        counts.add_up()
        return self._facet(counts, found - counts.having, asked)

    def _facet(self, counts: ValueCounts, missing: int, asked: FacetAsked) -> Facet:
        every = len(counts)
        if asked.limit is None and not asked.beginning and every > _MANY:
            counts.forget_articles()
            return Facet(
                self._field, FacetValues(every, lambda wanted: _values_of(counts.most_frequent(wanted))), missing
            )
        if asked.beginning:
            counts.keep_beginning(key_of_beginning(asked.beginning))
        chosen = counts.most_frequent(asked.limit)
        other_values = every - len(chosen)
        other = counts.count_with_others([number for number, _, _ in chosen]) if other_values else 0
        return Facet(self._field, _values_of(chosen), missing, other, other_values)

    def _read(self, found: int, check: Callable[[], object]) -> FieldValues | None:
        """The values of the field; None where it is not worth reading all of them yet."""
        with self._turn(check):
            if self._values is not None:
                return self._values
            self._read_one_by_one += found
            if self._read_one_by_one * _COST_OF_ONE < sum(each.strings for each in self._contents if each is not None):
                return None
            if self._reading is None:
                self._reading = FieldValues(len(self._segments), VALUE_SEPARATOR)
                for segment, contents in zip(self._segments, self._contents, strict=True):
                    self._reading.add_segment(segment.count, *(contents or ()))
            # Whoever comes after a search that had no time left goes on where that ended.
            while self._reading.read(_CONTENTS_AT_A_TIME):
                check()
            self._reading.finish()
            self._values, self._reading = self._reading, None
            return self._values

    @contextlib.contextmanager
    def _turn(self, check: Callable[[], object]) -> Iterator[None]:
        """Wait until no other thread reads the values."""
        while not self._lock.acquire(timeout=_LONGEST_WAIT_S):
            check()
        try:
            yield
        finally:
            self._lock.release()

    def _one_by_one(self, bitmaps: Sequence[Bitmap | None]) -> Counter[bytes]:
        counts: Counter[bytes] = Counter()
        for segment, bitmap in zip(self._segments, bitmaps, strict=True):
            if bitmap is not None:
                counts.update(segment.values_among(bitmap, self._field))
        return counts


def _values_of(counted: Sequence[tuple[int, bytes, int]]) -> tuple[FacetValue, ...]:
    return tuple([FacetValue(spelling.decode("utf-8"), count) for _, spelling, count in counted])
