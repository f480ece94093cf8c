"""The codec's segments: what a table of contents and a manifest keep of them, and what is deleted."""

from __future__ import annotations

import pickle

import pytest
from codec.native.term_files import CODEC, write
from whoosh.filedb.filestore import FileStorage, RamStorage

from searchlib.codec import CODECS, segment_from_facts, segment_to_facts


def test_a_segment_survives_whooshs_own_table_of_contents(tmp_path):
    storage = FileStorage(str(tmp_path))
    write([("a", b"kim", 0, 1.0, b"")], storage=storage)
    segment = CODEC.new_segment(storage, "s")
    CODEC.per_document_writer(storage, segment).close()
    CODEC.field_writer(storage, segment).close()
    segment.delete_document(3)

    copy = pickle.loads(pickle.dumps(segment))

    assert (copy.segment_id(), list(copy.deleted_docs())) == (segment.segment_id(), [3])
    assert list(copy.codec().terms_reader(storage, copy).terms()) == []


@pytest.mark.parametrize("name", CODECS)
def test_a_segment_is_built_again_from_what_a_manifest_keeps_of_it(name):
    codec = CODECS[name]()
    segment = codec.new_segment(RamStorage(), "s")
    segment._fieldlengths = {}
    segment.set_doc_count(5)

    again = segment_from_facts(codec, "s", segment_to_facts(segment), {1, 4})

    assert (again.segment_id(), again.doc_count_all(), again.doc_count()) == (segment.segment_id(), 5, 3)
    assert (again.is_deleted(4), again.is_deleted(0), sorted(again.deleted_docs())) == (True, False, [1, 4])
    again.delete_document(0)
    assert again.deleted_count() == 3


def test_a_deletion_can_be_taken_back():
    segment = CODEC.new_segment(RamStorage(), "s")
    segment.delete_document(2)
    segment.delete_document(2, delete=False)

    assert not segment.has_deletions()
