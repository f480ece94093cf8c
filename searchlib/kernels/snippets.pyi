"""What `snippets.pyx` offers to Python, for the type checker; what it does is said there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from searchlib.kernels.sentences import SentenceRules

_Mark = TypeVar("_Mark", bound=tuple[Any, ...])

class SnippetRules:
    def __init__(
        self,
        *,
        sentences: SentenceRules,
        is_between_words: Callable[[str, int], bool],
        grapheme_start: Callable[[str, int], int],
        grapheme_end: Callable[[str, int], int],
    ) -> None: ...

class Sentences:
    def __init__(self, text: str, rules: SnippetRules) -> None: ...
    def at(self, at: int) -> tuple[int, int, bool]: ...
    def after(self, of: Sequence[Any]) -> tuple[int, int, bool] | None: ...
    def before(self, of: Sequence[Any]) -> tuple[int, int, bool] | None: ...

class Matches:
    def marks(self, mark: type[_Mark], start: int, end: int) -> tuple[_Mark, ...]: ...

def match_words(
    found: list[tuple[int, int, int, int]], terms: list[int], n_terms: int, max_of_term: int
) -> Matches: ...
def match_occurrences(found: Mapping[int, Sequence[Any]], n_terms: int, max_of_term: int) -> Matches: ...
def choose_passages(
    rules: SnippetRules,
    fields: list[tuple[str, str, Matches]],
    weights: list[int],
    *,
    count: int,
    passage_chars: int,
    title: str,
    mark: type[_Mark],
) -> list[tuple[str, str, int, tuple[_Mark, ...], bool, bool]]: ...
