"""What `sentences.pyx` offers to Python, for the type checker; what it does is said there."""

class SentenceRules:
    def __init__(
        self,
        *,
        characters: dict[str, str],
        words: dict[str, frozenset[str]],
        ordinals: bool = False,
        named_ordinals: bool = False,
        stops_shorten: bool = False,
    ) -> None: ...
    def sentences(self, text: str) -> list[tuple[int, int, bool]]: ...
    def has_end(self, text: str) -> bool: ...
