"""What `searching.pyx` offers to Python, for the type checker; what it does is said there."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from searchlib.kernels.paging import PagedFile
from searchlib.kernels.storage import TermsReader

CLAUSE_TERM: int
CLAUSE_POSITIONAL: int
CLAUSE_ALL: int
CLAUSE_ANY_OF: int
CLAUSE_BEST_OF: int
CLAUSE_EXCEPT: int
CLAUSE_WITHIN: int
CLAUSE_AMONG: int
LOCATOR_PHRASE: int
LOCATOR_SEQUENCE: int
LOCATOR_NEAR: int
LOCATOR_LONE: int
LOCATOR_LEAD: int
TERM_SHARED: int
TERM_PRINTED: int
TERM_RATED: int
CLAUSE_FIELDS: dict[int, tuple[str, ...]]
LOCATOR_FIELDS: dict[int, tuple[str, ...]]
TERM_FIELDS: dict[int, tuple[str, ...]]

def docnums_with_ordinals(file: PagedFile, offset: int, doc_count: int, wanted: bytes | bytearray) -> bytes: ...
def docnums_with_numbers(
    file: PagedFile, offset: int, doc_count: int, typecode: str, low: int | None, high: int | None
) -> bytes: ...

class Ranking:
    def __init__(
        self, k1: float, b: float, mean_length: float, lengths: Sequence[float], region_weights: Sequence[float]
    ) -> None: ...

class SegmentView:
    terms: TermsReader
    doc_count: int
    imprecise_count: int
    def __init__(
        self,
        terms: TermsReader,
        doc_count: int,
        *,
        deleted: bytes | None,
        norms: tuple[PagedFile, int] | None,
        regions: tuple[PagedFile, int, int] | None,
        published: tuple[PagedFile, int] | None,
        imprecise: tuple[Any, Any] | None = None,
    ) -> None: ...
    def time_of(self, docnum: int) -> int: ...
    def first_from(self, time: int) -> int: ...

class Bitmap:
    size: int
    count: int
    def count_between(self, low: int, high: int) -> int: ...
    def without_imprecise(self, view: SegmentView, longer_than: int) -> Bitmap: ...
    def first_and_last(self, low: int, high: int) -> tuple[int, int] | None: ...
    def docnums(self) -> list[int]: ...
    def count_values(self, ordinals: Any, value_count: int) -> list[int]: ...

class FieldValues:
    memory: int
    def __init__(self, segment_count: int, separator: bytes) -> None: ...
    def add_segment(
        self, doc_count: int, file: PagedFile | None = None, begins: int = 0, count: int = 0, ordinals: int = 0
    ) -> None: ...
    def read(self, contents: int) -> bool: ...
    def finish(self) -> None: ...
    def count(self, bitmaps: Sequence[Bitmap | None]) -> ValueCounts: ...
    def set_keys(self, spellings: Iterable[int], keys: Iterable[bytes]) -> None: ...

class ValueCounts:
    having: int
    def by_spelling(self) -> list[tuple[bytes, int]]: ...
    def without_key(self) -> list[tuple[int, bytes]]: ...
    def add_up(self) -> None: ...
    def keep_beginning(self, beginning: bytes) -> None: ...
    def __len__(self) -> int: ...
    def most_frequent(self, wanted: int | None = None) -> list[tuple[int, bytes, int]]: ...
    def count_with_others(self, numbers: Iterable[int]) -> int: ...
    def forget_articles(self) -> None: ...

class Query:
    def top(
        self, wanted: int, low: int, high: int, *, above: float = -1, after: tuple[float, int] | None = None
    ) -> list[tuple[float, int]]: ...
    def count(self, low: int, high: int) -> int: ...
    def matches(self, low: int, high: int) -> Bitmap: ...
    def walk(self, wanted: int, low: int, high: int, *, ascending: bool) -> list[int]: ...

class Segments:
    views: tuple[SegmentView, ...]
    def __init__(
        self,
        views: Sequence[SegmentView],
        fields: Sequence[dict[str, tuple[int, int]]],
        first_dated: Sequence[int],
        *,
        ranking: Ranking,
        texts: str,
        kinds: dict[type, int],
        sentences: str | None = None,
    ) -> None: ...

class Search:
    def __init__(
        self,
        segments: Segments,
        clause: tuple[object, ...],
        check: Callable[..., bool | None] | None,
        deadline: float | None = None,
        cancelled: bytearray | None = None,
    ) -> None: ...
    def parts(self) -> list[tuple[int, Query, int, int]]: ...
    def count(self) -> int: ...
    def count_undated(self) -> int: ...
    def count_imprecise(self) -> int: ...
    def best(
        self,
        wanted: int,
        after: Sequence[tuple[float, int]] | None,
        ids: Callable[[int, int], bytes],
        *,
        counting: bool = False,
    ) -> list[tuple[float, int, int, int]]: ...
    def newest(
        self, wanted: int, highs: Sequence[int] | None, ids: Callable[[int, int], bytes]
    ) -> list[tuple[float, int, int, int]]: ...
