"""Postings ↔ bytes: the codecs an index can be written with, by name.

    "whoosh"    Whoosh's own format, version 3, with the pickles it writes restricted to
                plain data when they are read (`codec.whoosh3`). Slow and portable; the
                oracle that any other codec is measured against.
    "native"    files that the kernels read in place, checked (`codec.native`).

Every file of a segment says what it is a file of (`codec.identity`), whichever codec wrote it.

A codec knows nothing of articles and files of an index: `schema` says which fields
there are, `index` where the files lie and which of them count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from searchlib.codec.identity import FORMAT, OLDEST_FORMAT, FileIdentity, Origin
from searchlib.codec.native import NativeCodec
from searchlib.codec.plain_data import PlainDataStorage
from searchlib.codec.positions import PackedPositions
from searchlib.codec.whoosh3 import FilledBytesColumn, PlainDataCodec
from searchlib.kernels import CorruptDataError

__all__ = [
    "CODECS",
    "DEFAULT_CODEC",
    "FORMAT",
    "OLDEST_FORMAT",
    "CorruptDataError",
    "FileIdentity",
    "FilledBytesColumn",
    "Origin",
    "PackedPositions",
    "PlainDataCodec",
    "PlainDataStorage",
    "segment_from_facts",
    "segment_to_facts",
]

#: Every codec there is: its name in a manifest → what makes one (a `whoosh.codec.base.Codec`).
CODECS: Final[dict[str, Callable[[], Any]]] = {"native": NativeCodec, "whoosh": PlainDataCodec}

#: The codec of an index made without naming one.
DEFAULT_CODEC: Final = "native"


def segment_to_facts(segment: Any) -> dict[str, Any]:
    """What a manifest must keep of a segment to build it again, JSON-ready; "id" and "articles" among it."""
    facts: dict[str, Any] = segment.codec().facts_of(segment)
    return facts


def segment_from_facts(codec: Any, index_name: str, facts: Mapping[str, Any], deleted: set[int]) -> Any:
    """The segment of this codec that `segment_to_facts` described, with these docnums deleted."""
    return codec.segment_of(index_name, facts, deleted)
