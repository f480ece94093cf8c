"""What is known of a segment comes back as it was written; anything else is an error."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from searchlib.codec.identity import FORMAT, Origin
from searchlib.codec.native.column_facts import NUMBERS, ColumnFacts
from searchlib.codec.native.facts import (
    FieldFacts,
    LengthFacts,
    SegmentFacts,
    TermsFacts,
    read_facts,
    write_facts,
)
from searchlib.codec.native.files import FACTS, create_paged, open_paged
from searchlib.codec.native.stored import DictionaryFacts, StoredFacts
from searchlib.errors import FormatTooNewError
from searchlib.kernels import CorruptDataError

EXAMPLE = SegmentFacts(
    articles=3,
    terms=TermsFacts(118, {"tag": FieldFacts(0, 1, 2), "text": FieldFacts(1, 2, 12, 2, 3, 14)}, printed=True),
    lengths={"text": LengthFacts(16, 30, 8, 12)},
    columns={"published": ColumnFacts(NUMBERS, 16, "q")},
    stored=StoredFacts(1, 248, {"articles": 264}, [DictionaryFacts(0, 248, 0)]),
    ordered_by="published",
)
#: EXAMPLE as JSON.
CONTENT = {
    "format": FORMAT,
    "articles": 3,
    "terms": {"index": 118, "fields": {"tag": [0, 1, 2, 0, 0, 0], "text": [1, 2, 12, 2, 3, 14]}, "printed": True},
    "lengths": {"text": {"place": 16, "total": 30, "least": 8, "most": 12}},
    "columns": {"published": {"form": "numbers", "place": 16, "typecode": "q"}},
    "stored": {
        "blocks": 1,
        "directory": 248,
        "tables": {"articles": 264},
        "dictionaries": [{"block": 0, "place": 248, "size": 0}],
    },
    "vectors": None,
    "ordered_by": "published",
}


def segment_of(articles: int):
    return SimpleNamespace(segid="1", make_filename="s_1{}".format, doc_count_all=lambda: articles)


def read(content: object, articles: int = 3) -> SegmentFacts:
    storage, segment = RamStorage(), segment_of(articles)
    file = create_paged(storage, segment, FACTS)
    file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
    file.finish()
    return read_facts(storage, segment)


@pytest.mark.parametrize("facts", [EXAMPLE, SegmentFacts(3)], ids=["all", "as little as there can be"])
def test_facts_come_back_as_they_were_written(facts):
    storage, segment = RamStorage(), segment_of(3)

    write_facts(storage, segment, facts)

    assert read_facts(storage, segment) == facts


def test_facts_are_this_json():
    assert read(CONTENT) == EXAMPLE


def test_facts_name_the_settings_of_the_index_and_the_segments_that_were_replaced():
    storage, segment = RamStorage(), segment_of(3)
    storage.origin = Origin("0f" * 16, 7, {"codec": "native"}, ("older", "oldest"))

    write_facts(storage, segment, EXAMPLE)

    file = open_paged(storage, segment, FACTS)
    content = json.loads(file.read(file.begin, len(file) - file.begin))
    assert content == {**CONTENT, "settings": {"codec": "native"}, "replaces": ["older", "oldest"]}
    assert read_facts(storage, segment) == EXAMPLE


@pytest.mark.parametrize("version", [1, 2])
def test_facts_of_an_older_format_are_not_in_a_file_of_this_one(version):
    with pytest.raises(CorruptDataError, match="file of version 3"):
        read({**CONTENT, "format": version})


@pytest.mark.parametrize("printed", [True, False])
def test_facts_say_whether_words_are_known_as_printed(printed):
    facts = read({**CONTENT, "terms": {**CONTENT["terms"], "printed": printed}})

    assert facts.terms is not None
    assert facts.terms.printed == printed


@pytest.mark.parametrize(
    "change",
    [
        {"articles": -1},
        {"articles": 2**31},
        {"articles": True},
        {"articles": 4},
        {"terms": {"index": 1, "fields": {"text": [1, 2, 12, 2, 3, 14], "tag": [0, 1, 2, 1, 1, 0]}, "printed": True}},
        {"terms": {"index": 1, "fields": {"text": [1, 2, 12, 2, 3]}, "printed": True}},
        {"terms": {"index": 1, "fields": {"text": [1, 2, 12]}, "printed": True}},
        {"terms": {"index": 1, "fields": {"text": [1, 2, 12, 2, 3, 14, 0]}, "printed": True}},
        {"terms": {"index": 1, "fields": {"text": [1, 2, 12, 2, 3, 14]}}},
        {"terms": {"index": 1, "fields": {"text": [1, 2, 12, 2, 3, 14]}, "printed": 1}},
        {"columns": {"published": {"form": "numbers", "place": 16, "typecode": "x"}}},
        {"columns": {"published": {"form": "pickles", "place": 16}}},
        {"lengths": {"text": {"place": 2**63, "total": 30, "least": 8, "most": 12}}},
        {"lengths": {"text": {"place": 1}}},
        {"stored": []},
        {"ordered_by": 7},
        {"format": None},
    ],
    ids=str,
)
def test_facts_that_cannot_be_are_an_error(change):
    with pytest.raises(CorruptDataError):
        read({**CONTENT, **change})


def test_facts_of_a_later_version_are_not_guessed_at():
    with pytest.raises(FormatTooNewError):
        read({**CONTENT, "format": FORMAT + 1})


@given(st.binary(max_size=60))
def test_any_bytes_are_an_error(data):
    with pytest.raises(CorruptDataError):
        read(data)
