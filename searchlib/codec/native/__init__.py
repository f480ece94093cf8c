"""The codec "native": what the kernels read and write, behind Whoosh's interfaces.

A segment is these files, each in checksummed pages (``kernels/files/paged_file.h``):

    .seg  what is known of the segment         `facts`
    .trm  the dictionary of its terms          ``kernels/postings/term_dictionary_format.h``
    .pst  docnums and weights of postings      ``kernels/postings/posting_list_format.h``
    .val  their values                         ``kernels/postings/values_format.h``
    .len  norms: for each field that has lengths, one byte for each article
    .col  columns                              `columns`
    .sto  stored fields of articles            `stored`, each item `plain_values` by field
    .vec  vectors                              `stored`, each item a vector (`whoosh_compat.vectors`)

The last four are only there where something is in them. The kind of a file is the end of its name. Numbers are
little-endian. Values of Whoosh's own posting formats, which pickle, are kept as `whoosh_compat.payloads` says. No file
has a pickle. Opening a segment reads nothing that grows with its terms or articles.
"""

from __future__ import annotations

from searchlib.codec.native.byte_columns import BytesWriter, Contents
from searchlib.codec.native.codec import NativeCodec, NativeSegment
from searchlib.codec.native.column_facts import ColumnFacts
from searchlib.codec.native.documents import ARTICLES
from searchlib.codec.native.facts import FieldFacts, LengthFacts, SegmentFacts, TermsFacts, write_facts
from searchlib.codec.native.files import (
    COLUMNS,
    LENGTHS,
    POSTINGS,
    STORED,
    TERMS,
    VALUES,
    create_paged,
    open_paged,
)
from searchlib.codec.native.number_columns import FewNumbersWriter, NumbersWriter
from searchlib.codec.native.output import SegmentOutput
from searchlib.codec.native.readers import NativePerDocReader
from searchlib.codec.native.stored import NO_ADDRESS, StoredFacts, StoredReader
from searchlib.codec.native.stored_writer import StoredWriter, shifted
from searchlib.codec.native.terms import NativeTermsReader

__all__ = [
    "ARTICLES",
    "COLUMNS",
    "LENGTHS",
    "NO_ADDRESS",
    "POSTINGS",
    "STORED",
    "TERMS",
    "VALUES",
    "BytesWriter",
    "ColumnFacts",
    "Contents",
    "FewNumbersWriter",
    "FieldFacts",
    "LengthFacts",
    "NativeCodec",
    "NativePerDocReader",
    "NativeSegment",
    "NativeTermsReader",
    "NumbersWriter",
    "SegmentFacts",
    "SegmentOutput",
    "StoredFacts",
    "StoredReader",
    "StoredWriter",
    "TermsFacts",
    "create_paged",
    "open_paged",
    "shifted",
    "write_facts",
]
