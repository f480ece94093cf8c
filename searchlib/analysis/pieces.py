"""Where a text may be cut: no token reaches across two pieces.

A piece is what stands between ASCII white space. Across a single space, though, three kinds of words are written, so
what may be one stays in one piece:

    initials    J. K. (Rowling)       short runs that end with a dot, up to four
    ampersand   AT & T                one or two ASCII letters on both sides
    number      10 000                one to three digits, then groups of three, up to four in all

Whether it is one is for the tokenizer to say; a piece may hold more than one word. `kernels/indexing/pieces.h` cuts
alike.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["PIECE"]

_SPACE: Final = r" \t\n\r\f\v"
_ALNUM: Final = "0-9A-Za-z"
# One character with up to two combining marks, and a dot.
_INITIAL: Final = rf"[^{_SPACE}][\u0300-\U0010ffff]{{0,2}}\."
_END: Final = rf"(?![^{_SPACE}])"

#: Matches every piece of a text, one after the other.
PIECE: Final = re.compile(
    rf"""
      [^{_SPACE}{_ALNUM}]{{0,2}} {_INITIAL} (?: [ ] {_INITIAL} {_END} ){{0,2}} [ ] {_INITIAL} [^{_SPACE}]*
    | [^{_SPACE}{_ALNUM}]{{0,2}} [A-Za-z]{{1,2}} [ ]&[ ] [A-Za-z]{{1,2}} (?! [{_ALNUM}\x80-\U0010ffff] ) [^{_SPACE}]*
    | [^{_SPACE}{_ALNUM}]{{0,2}} [1-9][0-9]{{0,2}} (?: [ ] [0-9]{{3}} {_END} ){{0,2}} [ ] [0-9]{{3}} (?! [0-9] ) [^{_SPACE}]*
    | [^{_SPACE}]+
    """,
    re.VERBOSE,
)
