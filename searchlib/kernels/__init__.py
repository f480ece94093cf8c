"""What is compiled: bytes in memory and in files, nothing of articles.

    storage     files in checksummed pages, the term dictionary, posting lists
    tokenizing  text to tokens
    inverting   articles to postings
    building    postings, or segments, to a segment's files
    searching   clauses to docnums and scores
    excerpting  what matched in a text to what is worth showing of it

Each is a Cython module over C headers, one concern to a header; the headers say what the bytes are. Kernels hold no
state of their own, let go of the GIL, and may run in several threads at once. They import nothing of the package.

Where no compiler was found when the package was installed, `COMPILED` is False and nothing here can be imported.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

__all__ = ["COMPILED", "CorruptDataError"]

#: Whether the kernels were built with this installation.
COMPILED: Final = find_spec("searchlib.kernels.searching") is not None


class CorruptDataError(Exception):
    """Bytes of an index are not what any codec wrote. `index` turns it into an `IndexCorruptError`.

    Attributes:
        path: The file, as a path; None where it is not known.
        what: What is wrong with it.
        offset: Where in the file, in bytes; None where it is not known.
    """

    def __init__(self, what: str, path: str | None = None, offset: int | None = None) -> None:
        self.what = what
        self.path = path
        self.offset = offset
        place = "" if offset is None else f" at byte {offset:,}"
        super().__init__(f"{what}{place}" if path is None else f"{path}: {what}{place}")
