"""What `excerpting.pyx` offers to Python, for the type checker; what it does is said there."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

MAX_UNITS: int

class SentenceRules:
    def __init__(
        self,
        *,
        spaced: str,
        unspaced: str,
        spaced_closers: str,
        unspaced_closers: str,
        prose_chars: int,
        tail_chars: int,
        wrapped_chars: tuple[int, int],
        shortened: frozenset[str],
        ends_sentence: Callable[[str, int, int], bool],
    ) -> None: ...

class Sentences:
    def __init__(self, text: str, rules: SentenceRules, kind: type[tuple[Any, ...]]) -> None: ...
    def at(self, place: int) -> Any: ...
    def after(self, of: Sequence[Any]) -> Any: ...
    def before(self, of: Sequence[Any]) -> Any: ...

class Stretches:
    def __init__(
        self, sentences: Sentences, places: list[tuple[int, int, int, int, int]], passage_chars: int
    ) -> None: ...
    def ranked(
        self, weights: list[int], shown: int, taken: list[Any], field: int
    ) -> Iterator[tuple[int, bool, int, int, int, int, int, int, int, int]]: ...

def places_and_marks(
    found: list[tuple[int, int, int, int]], units: list[int], max_places: int
) -> tuple[list[tuple[int, int, int, int, int]], list[tuple[int, int]]]: ...
