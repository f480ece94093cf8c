"""What `excerpting.pyx` offers to Python, for the type checker; what it does is said there."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_Mark = TypeVar("_Mark", bound=tuple[Any, ...])

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

class Matches:
    def __init__(
        self, places: list[tuple[int, int, int, int, int]] = ..., marks: list[tuple[int, int]] = ...
    ) -> None: ...
    def spans(self, mark: type[_Mark]) -> tuple[_Mark, ...]: ...

def matches_of_words(found: list[tuple[int, int, int, int]], units: list[int], max_places: int) -> Matches: ...

class Excerpter:
    def __init__(
        self,
        rules: SentenceRules,
        kind: type[tuple[Any, ...]],
        cut_before: Callable[[str, int, int], int],
        cut_after: Callable[[str, int, int], int],
    ) -> None: ...
    def passages(
        self,
        texts: list[tuple[str, str, Matches]],
        weights: list[int],
        count: int,
        passage_chars: int,
        title: str,
        mark: type[_Mark],
    ) -> list[tuple[str, str, int, tuple[_Mark, ...], bool, bool]]: ...
