"""What is compiled: sentences, postings, searching and snippets.

    paging      files in checksummed pages
    storage     the term dictionary and posting lists of a segment
    sentences   text to sentences and paragraphs
    tokenizing  text to tokens
    inverting   articles to postings
    building    postings, or segments, to a segment's files
    searching   clauses to docnums and scores
    words       an automaton to the printed words that it accepts
    snippets    what matched in the fields of an article to the passages worth reading

Each is a face: a Cython module that declares and converts. What happens is in C headers, one concern to a header:

    bytes/     integers in few bits, buffers, memory         indexing/  text to tokens to postings in memory
    files/     checksummed pages                             query/     an operator for each kind of clause
    postings/  the bytes of posting lists and dictionaries   collect/   the best, all or the newest of what matches
    sentences/ where sentences and paragraphs end            snippets/  fragments and the passages around them
    words/     automata, and walks of dictionaries by them

The headers say what the bytes are. Kernels hold no state of their own and may run in several threads at once. All but
`sentences` and `snippets` let go of the GIL. They import nothing of the package.

What they know of articles: title, summary and body are regions of one list of positions (`searching`, `inverting`),
docnums are in order of publication (`building`, `searching`), and sentences end by rules handed to them (`sentences`).

The library does not work without them (docs/decisions/0008-kernels-are-required.md): importing this package raises
`MissingKernelsError` if they were not built.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

__all__ = ["KERNELS", "CorruptDataError", "MissingKernelsError"]

#: Names of the compiled modules.
KERNELS: Final = (
    "paging", "sentences", "storage", "tokenizing", "inverting", "building", "searching", "words", "snippets"
)  # fmt: skip


class MissingKernelsError(ImportError):
    """The compiled modules of searchlib are not there, so that nothing of it can be imported.

    Attributes:
        missing: Their names, ``searchlib.kernels.…``.
    """

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"The compiled modules of searchlib are missing for this Python ({sys.implementation.cache_tag} on "
            f"{sys.platform}): {', '.join(self.missing)}. Install a wheel for this platform with "
            "'pip install --force-reinstall searchlib', or install gcc or clang and Python's headers and then build it "
            "with 'pip install --force-reinstall --no-binary searchlib searchlib'. In a checkout, run "
            "'pip install -e .'.",
            name=self.missing[0],
        )


def _check_kernels() -> None:
    """Raise `MissingKernelsError` unless every kernel was built for this Python; none is imported for it."""
    specs = {name: find_spec(name) for name in [f"{__name__}.{kernel}" for kernel in KERNELS]}
    # A folder of headers may have the name of a kernel; it has no origin.
    missing = [name for name, spec in specs.items() if spec is None or spec.origin is None]
    if missing:
        raise MissingKernelsError(missing)


_check_kernels()


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
        where = "" if offset is None else f" at byte {offset:,}"
        super().__init__(f"{what}{where}" if path is None else f"{path}: {what}{where}")
