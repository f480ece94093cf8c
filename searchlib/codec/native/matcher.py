"""Whoosh's matcher over the postings of one term.

It bounds the scores of its own blocks (`NativeMatcher.block_quality`), but does not offer these bounds to Whoosh's
matchers of several terms, whose pruning loses hits: `WrappingMatcher.replace` gives the score to exceed to what it
wraps without dividing it by its boost; `IntersectionMatcher.skip_to_quality`, and that of unions, skips a block of one
side by what the current block of the other side can add, though later blocks of it may add more;
`IntersectionMatcher.replace` gives one side for both where the other is exhausted. So every posting is scored, as by a
collector without ``optimize``. What else of Whoosh's loses hits, `index.whoosh_index.WhooshSearcher` switches off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar
from whoosh.util.numeric import byte_to_length

from searchlib.codec.native.whoosh_compat.payloads import payloads_of
from searchlib.kernels import CorruptDataError
from searchlib.kernels.storage import PostingCursor

__all__ = ["NativeMatcher"]


class NativeMatcher(LeafMatcher):
    """Walks the postings of one term.

    Args:
        open_cursor: Makes a new cursor over the postings.
        format_: The format of their values (a `whoosh.formats.Format`).
        term: The field and the term.
        scorer: Scores a posting, where it is to have a score (a `whoosh.scoring.BaseScorer`).
        max_length: Gives the length of the longest article that has the term, in tokens.
    """

    def __init__(
        self,
        open_cursor: Callable[[], PostingCursor],
        format_: Any,
        term: tuple[str, bytes],
        scorer: Any,
        max_length: Callable[[], int],
    ) -> None:
        self._open_cursor = open_cursor
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._max_length = max_length
        self._payloads = payloads_of(format_)
        self.reset()

    def reset(self) -> None:
        """Go back to the first posting."""
        self._cursor = self._open_cursor()
        # That of the block; None while it is not known.
        self._quality: float | None = None

    def copy(self) -> NativeMatcher:
        """Another one that is where this one is."""
        other = type(self)(self._open_cursor, self.format, self._term, self.scorer, self._max_length)
        if self._cursor.active:
            other._cursor.skip_to(self._cursor.docnum)
        else:
            other._cursor.docnums()
        return other

    def replace(self, minquality: float = 0) -> Any:
        """The matcher of nothing where there is no posting from here on; whatever the score to exceed."""
        return self if self._cursor.active else NullMatcher()

    def supports_block_quality(self) -> bool:
        """That Whoosh's matchers of several terms may not prune by the bounds of this one: they would lose hits."""
        return False

    def max_quality(self) -> float:
        """A score that no posting exceeds, whatever it is boosted with around this matcher: infinity."""
        return inf

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._cursor.active

    def id(self) -> int:
        """The docnum."""
        return self._cursor.docnum

    def all_ids(self) -> Iterator[int]:
        """All docnums from here on."""
        return iter(self._cursor.docnums())

    def weight(self) -> float:
        """The posting's weight."""
        return self._cursor.weight()

    def value(self) -> bytes:
        """The posting's value, as its format encodes it."""
        return self._payloads.unpack(self._cursor.value())

    def value_as(self, astype: str) -> Any:
        """What the format's decoder of this name gives for the posting's value."""
        return _decoded(self._payloads.decoder(astype), self._cursor.value())

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        """(docnum, what the decoder gives for the value) of all postings from here on."""
        decode = self._payloads.decoder(astype)
        cursor = self._cursor
        while cursor.active:
            yield cursor.docnum, _decoded(decode, cursor.value())
            self.next()

    def next(self) -> bool:
        """Go to the next posting; whether it is in another block.

        Raises:
            ReadTooFar: There was none here.
        """
        cursor = self._cursor
        if not cursor.active:
            raise ReadTooFar
        if cursor.next():
            self._quality = None
            return True
        return False

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go to the first posting from here whose docnum is not below this one.

        Raises:
            ReadTooFar: There was none here.
        """
        cursor = self._cursor
        if not cursor.active:
            raise ReadTooFar
        if cursor.docnum < id and cursor.skip_to(id):
            self._quality = None

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the first posting of a block that may have more than this score; how many blocks were passed over."""
        skipped = 0
        while self._cursor.active and self.block_quality() <= minquality:
            self._cursor.next_block()
            self._quality = None
            skipped += 1
        return skipped

    def block_quality(self) -> float:
        """A score that no posting of this block exceeds: the best that any of its bounds gets; 0 past the last one."""
        if self._quality is None:
            quality = self.scorer.block_quality
            bounds = (quality(_Bound(weight, byte_to_length(norm))) for weight, norm in self._bounds())
            self._quality = max(bounds, default=0.0)
        return self._quality

    def block_max_weight(self) -> float:
        """A weight that no posting of this block exceeds."""
        return max((weight for weight, _ in self._bounds()), default=0.0)

    def block_min_length(self) -> int:
        """A length that no article of this block is below, in tokens."""
        return int(min((byte_to_length(norm) for _, norm in self._bounds()), default=0))

    def block_max_length(self) -> int:
        """A length that no article of this block exceeds, in tokens."""
        return self._max_length()

    def _bounds(self) -> list[tuple[float, int]]:
        # Whoosh's matchers ask those that they have come to the end of, too.
        return self._cursor.block_bounds() if self._cursor.active else []


def _decoded(decode: Callable[[bytes], Any], value: bytes) -> Any:
    try:
        return decode(value)
    except CorruptDataError:
        raise
    except Exception as error:
        # Whoosh's decoders trust what they read.
        raise CorruptDataError(f"the value of a posting cannot be read: {type(error).__name__}: {error}") from error


class _Bound:
    """A block as a scorer sees it, of which one posting would be the best."""

    __slots__ = ("_length", "_weight")

    def __init__(self, weight: float, length: int) -> None:
        self._weight = weight
        self._length = length

    def block_max_weight(self) -> float:
        return self._weight

    def block_min_length(self) -> int:
        return self._length
