"""What `inverting.pyx` offers to Python, for the type checker; what it does is said there."""

from array import array
from collections.abc import Iterable, Mapping

from searchlib.kernels.sentences import SentenceRules
from searchlib.kernels.tokenizing import TermTokenizer

class Layout:
    def __init__(
        self,
        parts: Iterable[tuple[int, TermTokenizer | None, float, int]],
        *,
        sentences: Mapping[int, SentenceRules] | None = None,
        sentence_field: int = 0,
    ) -> None: ...

class Inverter:
    article_count: int
    posting_count: int
    memory_used: int
    def __init__(self, scorable: Iterable[int] = ()) -> None: ...
    def add_articles(
        self, layout: Layout, articles: Iterable[tuple[str | tuple[str, ...], ...]], *, learn_first: bool = False
    ) -> array[int]: ...
    def add_text(self, field: int, tokenizer: TermTokenizer, text: str, base: int = 0, weight: float = 1.0) -> int: ...
    def add_posting(
        self, field: int, term: bytes, weight: float = 1.0, value: bytes = b"", length: int = 0
    ) -> None: ...
    def finish_article(self) -> int: ...
    def abort_article(self) -> None: ...
    def lengths(self, field: int) -> array[int]: ...
