"""What `building.pyx` offers to Python, for the type checker; what it does is said there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from searchlib.kernels.inverting import Inverter
from searchlib.kernels.storage import TermsReader, TermsWriter

def write_postings(
    inverter: Inverter, docnums: Any, terms: TermsWriter, norms: Sequence[bytes | None]
) -> list[tuple[int, ...]]: ...
def merge_postings(
    sources: Sequence[tuple[TermsReader, Sequence[tuple[int, ...] | None], Any]],
    terms: TermsWriter,
    norms: Sequence[bytes | None],
) -> list[tuple[int, ...]]: ...
def posting_lists(
    inverter: Inverter, docnum_map: Iterable[int] | None = None
) -> Iterator[tuple[int, bytes, list[tuple[int, float, bytes]]]]: ...
