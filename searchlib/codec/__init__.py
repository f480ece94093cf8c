"""Postings ↔ bytes: the codecs an index can be written with, by name.

    "whoosh"    Whoosh's own format, version 3, with the pickles it writes restricted to
                plain data when they are read (`codec.whoosh3`). Slow and portable; the
                oracle that any other codec is measured against.

A codec knows nothing of articles and files of an index: `schema` says which fields
there are, `index` where the files lie and which of them count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from searchlib.codec.plain_data import CorruptDataError, PlainDataStorage
from searchlib.codec.positions import PackedPositions
from searchlib.codec.whoosh3 import FilledBytesColumn, PlainDataCodec, segment_from_facts, segment_to_facts

__all__ = [
    "CODECS",
    "DEFAULT_CODEC",
    "CorruptDataError",
    "FilledBytesColumn",
    "PackedPositions",
    "PlainDataCodec",
    "PlainDataStorage",
    "segment_from_facts",
    "segment_to_facts",
]

#: Every codec there is: its name in a manifest → what makes one (a `whoosh.codec.base.Codec`).
CODECS: Final[dict[str, Callable[[], Any]]] = {"whoosh": PlainDataCodec}

#: The codec of an index made without naming one.
DEFAULT_CODEC: Final = "whoosh"
