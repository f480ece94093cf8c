"""Terms and postings in files of their own, for tests."""

from __future__ import annotations

from hypothesis import strategies as st
from whoosh import fields, formats
from whoosh.filedb.filestore import RamStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchlib.codec.native import NativeCodec

CODEC = NativeCodec()
FREQUENCIES = fields.FieldType(formats.Frequency(), None)
SCHEMA = {"a": FREQUENCIES, "b": FREQUENCIES}

postings = st.dictionaries(st.integers(0, 3000), st.integers(1, 300), min_size=1, max_size=400)
#: Lengths that a norm can stand for.
LENGTHS = [byte_to_length(length_to_byte(length)) for length in (1, 5, 20, 100, 300, 1000, 30)]


def write(items, lengths=None, storage=None):
    """A reader of these (field, term, docnum, weight, value)."""
    storage = storage or RamStorage()
    segment = CODEC.new_segment(storage, "s")
    CODEC.per_document_writer(storage, segment).close()
    writer = CODEC.field_writer(storage, segment)
    writer.add_postings(SCHEMA, lengths, items)
    writer.close()
    return CODEC.terms_reader(storage, segment)
