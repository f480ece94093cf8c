"""What `words.pyx` offers to Python, for the type checker; what it does is said there."""

from array import array
from collections.abc import Callable, Sequence
from typing import Protocol

from searchlib.kernels.storage import TermsReader

_Blocks = tuple[int, int]

class _Automaton(Protocol):
    @property
    def starts(self) -> array[int]: ...
    @property
    def range_classes(self) -> array[int]: ...
    @property
    def class_count(self) -> int: ...
    @property
    def next_states(self) -> array[int]: ...
    @property
    def accepting(self) -> bytes: ...

class WordForm:
    source: int
    term: bytes
    number: int | None
    positions: int
    doc_freq: int
    variants: int
    total: int | None

class PrintedWord:
    word: bytes
    doc_freq: int
    forms: list[WordForm]

class Expansion:
    words: list[PrintedWord]
    matched: int
    blocks_entered: int

def matching_words(
    sources: Sequence[tuple[TermsReader, _Blocks, _Blocks]],
    automaton: _Automaton,
    *,
    limit: int | None = None,
    check: Callable[[], object] | None = None,
) -> Expansion: ...
def matching_terms(
    sources: Sequence[tuple[TermsReader, _Blocks, _Blocks]],
    automaton: _Automaton,
    *,
    limit: int | None = None,
    check: Callable[[], object] | None = None,
) -> Expansion: ...
