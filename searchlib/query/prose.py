"""Tells when a query looks like a text that was pasted, which can be searched for without signs."""

from __future__ import annotations

from typing import Final

from searchlib.query.reports import Reports
from searchlib.query.signs import Kind, Token

__all__ = ["note_prose"]

_MIN_PHRASE_WORDS: Final = 8
_MIN_WORDS: Final = 12
_OF_TEXT: Final = (Kind.WORD, Kind.PHRASE, Kind.END)
_ADVICE: Final = "a text that was pasted can be searched as it is with plain=True, on the command line with --plain"


def note_prose(tokens: list[Token], reports: Reports, *, either: bool) -> None:
    """Say that the query may be a pasted text: a whole sentence in quotation marks, or many words with doubts or no signs.

    Args:
        tokens: The query.
        reports: What was said of it, and where this is said.
        either: Whether one of its words is enough.
    """
    for token in tokens:
        if token.kind in (Kind.PHRASE, Kind.EXACT) and len(token.text.split()) >= _MIN_PHRASE_WORDS:
            reports.note(
                f"so long a phrase is found only where these words stand side by side; {_ADVICE}",
                token.start,
                token.end,
            )
            return
    words = [token for token in tokens if token.kind is Kind.WORD]
    if len(words) < _MIN_WORDS:
        return
    if doubt := reports.first_doubt:
        reports.note(f"this may be meant as text; {_ADVICE}", doubt.start, doubt.end)
    elif not either and all(token.kind in _OF_TEXT for token in tokens):
        said = f"an article has to have all of these words; {_ADVICE}"
        reports.note(said, words[0].start, words[-1].end)
