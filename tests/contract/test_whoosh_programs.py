"""A Whoosh program gets the same answers on our codec as on Whoosh's, whatever its schema is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import whoosh
from contract.whoosh_program import answers, make_document, make_schema
from whoosh import fields, query, sorting
from whoosh.filedb.filestore import FileStorage, RamStorage, copy_to_ram
from whoosh.writing import BufferedWriter

from searchlib.codec import CODECS
from searchlib.codec.native import NativeCodec

ARTICLES = 60


class Program:
    """The same Whoosh program on both codecs."""

    def __init__(self, folder: Path) -> None:
        self.indexes = {}
        for name in ("whoosh", "native"):
            self.indexes[name] = FileStorage(str(folder / name)).create().create_index(make_schema())

    def write(self, work, **options) -> None:
        """Do some work with a writer of each."""
        for name, index in self.indexes.items():
            writer = index.writer(codec=CODECS[name]())
            work(writer)
            writer.commit(**options)

    def check(self) -> None:
        """Both answer the same."""
        expected, got = answers(self.indexes["whoosh"]), answers(self.indexes["native"])
        for ours, theirs in zip(got, expected, strict=True):
            assert _rounded(ours) == _rounded(theirs)


def _rounded(value):
    """Weights and scores add up in another order."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-5, nan_ok=True)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(each) for each in value]
    return value


@pytest.fixture
def program(tmp_path) -> Program:
    made = Program(tmp_path)
    made.write(lambda writer: [writer.add_document(**make_document(number)) for number in range(ARTICLES)])
    return made


def test_one_segment(program):
    program.check()


def test_several_segments_with_deletions_and_then_one(program):
    def update(writer):
        for number in range(10, 20):
            writer.update_document(**{**make_document(number + 1000), "key": f"k{number}"})
        writer.delete_by_term("key", "k3")
        writer.delete_by_query(query.Term("tags", "cocoa"))

    program.write(lambda writer: [writer.add_document(**make_document(n)) for n in range(100, 130)], merge=False)
    program.write(update, merge=False)
    program.check()

    program.write(lambda writer: None, optimize=True)
    program.check()


def test_a_reader_of_one_can_be_added_to_another(program):
    for name, index in program.indexes.items():
        with index.reader() as reader:
            writer = index.writer(codec=CODECS[name]())
            writer.add_reader(reader)
            writer.commit(merge=False)

    program.check()


def test_an_index_of_one_codec_can_be_optimized_into_the_other(program):
    before = [_rounded(each) for each in answers(program.indexes["whoosh"])]
    writer = program.indexes["whoosh"].writer(codec=NativeCodec())
    writer.commit(optimize=True)

    assert [type(segment).__name__ for segment in program.indexes["whoosh"]._segments()] == ["NativeSegment"]
    for number, answer in enumerate(answers(program.indexes["whoosh"])):
        assert _rounded(answer) == before[number]


def test_an_index_in_memory_and_a_copy_in_memory():
    index = RamStorage().create_index(fields.Schema(key=fields.ID(stored=True), text=fields.TEXT))
    with index.writer(codec=NativeCodec()) as writer:
        writer.add_document(key="1", text="kim")
    copy = copy_to_ram(index.storage).open_index()

    for each in (index, copy):
        with each.searcher() as searcher:
            assert [hit["key"] for hit in searcher.search(query.Term("text", "kim"))] == ["1"]


def test_a_column_can_be_added_to_what_was_written_without(tmp_path):
    index = FileStorage(str(tmp_path)).create_index(fields.Schema(key=fields.ID(stored=True), n=fields.NUMERIC))
    for number in (3, 1, 2):
        with index.writer(codec=NativeCodec()) as writer:
            writer.add_document(key=str(number), n=number)
            writer.merge = False
    with index.writer(codec=NativeCodec()) as writer:
        sorting.add_sortable(writer, "n", sorting.StoredFieldFacet("key"))

    with index.searcher() as searcher:
        assert [hit["key"] for hit in searcher.search(query.Every(), sortedby="n")] == ["1", "2", "3"]
        assert searcher.reader().has_column("n")


def test_a_buffered_writer(tmp_path):
    index = FileStorage(str(tmp_path)).create_index(fields.Schema(key=fields.ID(stored=True, unique=True)))
    writer = BufferedWriter(index, period=None, limit=3, writerargs={"codec": NativeCodec()})
    for number in range(8):
        writer.update_document(key=str(number % 5))
    writer.close()

    with index.reader() as reader:
        assert sorted(stored["key"] for stored in reader.all_stored_fields()) == ["0", "1", "2", "3", "4"]


def test_a_writer_that_is_cancelled_leaves_what_was_there(tmp_path):
    index = FileStorage(str(tmp_path)).create_index(fields.Schema(key=fields.ID(stored=True)))
    with index.writer(codec=NativeCodec()) as writer:
        writer.add_document(key="1")
    writer = index.writer(codec=NativeCodec())
    writer.add_document(key="2")
    writer.cancel()

    with index.reader() as reader:
        assert [stored["key"] for stored in reader.all_stored_fields()] == ["1"]


@pytest.mark.skipif(whoosh.__version__ < (3,), reason="this Whoosh cannot go on after such an article")
def test_an_article_that_cannot_be_indexed_leaves_nothing_stored(tmp_path):
    schema = fields.Schema(key=fields.ID(stored=True, sortable=True), n=fields.NUMERIC)
    index = FileStorage(str(tmp_path)).create_index(schema)
    with index.writer(codec=NativeCodec()) as writer:
        writer.add_document(key="1", n=1)
        with pytest.raises(ValueError, match="x"):
            writer.add_document(key="2", n="x")
        writer.add_document(n=3)

    with index.reader() as reader:
        assert list(reader.all_stored_fields()) == [{"key": "1"}, {}]
        assert list(reader.column_reader("key")) == ["1", ""]


def test_a_stored_value_that_is_not_plain_is_refused_by_name(tmp_path):
    index = FileStorage(str(tmp_path)).create_index(fields.Schema(kept=fields.STORED))
    writer = index.writer(codec=NativeCodec())
    with pytest.raises(TypeError, match=r"the stored field 'kept': .*object"):
        writer.add_document(kept=object())
    writer.cancel()


def test_no_file_has_a_pickle(program, tmp_path):
    files = [path for path in (tmp_path / "native").iterdir() if path.suffix not in (".toc", "")]

    assert {path.suffix for path in files} == {".trm", ".pst", ".val", ".len", ".col", ".sto", ".vec", ".seg"}
    # So begins a list, a tuple or a dictionary where Whoosh pickles one.
    assert [path.name for path in files if re.search(rb"\x80\x02[\](}]q\x00", path.read_bytes())] == []


def test_children_of_an_article_are_found_among_others_that_end_sooner(tmp_path):
    answers_of = {}
    for name in ("whoosh", "native"):
        schema = fields.Schema(kind=fields.ID(stored=True), name=fields.ID(stored=True), gives=fields.ID(stored=True))
        index = FileStorage(str(tmp_path / name)).create().create_index(schema)
        with index.writer(codec=CODECS[name]()) as writer:
            for parent, children in (("index", "ab"), ("clock", "abc"), ("train", "a")):
                with writer.group():
                    writer.add_document(kind="class", name=parent)
                    for child in children:
                        writer.add_document(kind="method", name=child, gives="void" if child > "a" else "number")
        wanted = query.NestedChildren(query.Term("kind", "class"), query.Term("name", "clock"))
        with index.searcher() as searcher:
            found = searcher.search(wanted & query.Term("gives", "void"))
            answers_of[name] = [hit["name"] for hit in found]

    assert answers_of["native"] == answers_of["whoosh"] == ["b", "c"]
