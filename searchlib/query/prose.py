"""Tells when a query looks like a text that was pasted, which can be searched for without signs."""

from __future__ import annotations

from typing import Final

from searchlib.query.reports import Reports
from searchlib.query.signs import Kind, Token

__all__ = ["note_prose"]

_MIN_PHRASE_WORDS: Final = 8
_MIN_WORDS: Final = 12
_ADVICE: Final = "a text that was pasted can be searched as it is with plain=True, on the command line with --plain"


def note_prose(tokens: list[Token], reports: Reports) -> None:
    """Say that the query may be a pasted text: a whole sentence in quotation marks, or many words and some doubts."""
    for token in tokens:
        if token.kind in (Kind.PHRASE, Kind.EXACT) and len(token.text.split()) >= _MIN_PHRASE_WORDS:
            reports.note(
                f"so long a phrase is found only where these words stand side by side; {_ADVICE}",
                token.start,
                token.end,
            )
            return
    doubt = reports.first_doubt
    if doubt and sum(token.kind is Kind.WORD for token in tokens) >= _MIN_WORDS:
        reports.note(f"this may be meant as text; {_ADVICE}", doubt.start, doubt.end)
