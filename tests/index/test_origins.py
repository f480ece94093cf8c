"""The articles of a file and of a folder are found in a segment, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from searchlib.article import Article, ArticleOrigin
from searchlib.codec import CODECS
from searchlib.engines.embedded import Index, create
from searchlib.index import open_snapshot
from searchlib.index.origins import Origins, ids_of
from searchlib.schema import origin_term


def _article(article_id: str, file: str) -> Article:
    return Article(id=article_id, body=f"word {article_id}", origin=ArticleOrigin(file, record=1) if file else None)


@pytest.fixture(params=sorted(CODECS))
def index(request, tmp_path) -> Iterator[Index]:
    with create(tmp_path / "news.index", codec=request.param) as made:
        with made.writer() as writer:
            writer.add_all([_article("1", "/n/a"), _article("2", "/n/b/c"), _article("3", ""), _article("4", "/n/a")])
        yield made


@contextmanager
def _opened(index: Index):
    with closing(open_snapshot(index.path)) as snapshot:
        yield [(reader.segment(), reader) for reader in snapshot.readers]


def _ids_from(index: Index, file: str) -> list[str]:
    with _opened(index) as segments:
        return sorted(
            article_id
            for segment, reader in segments
            for article_id in ids_of(reader, Origins().docnums(file, segment, reader))
        )


def _files_under(index: Index, folder: str) -> set[str]:
    with _opened(index) as segments:
        return Origins().files_under(folder, segments)


def test_articles_are_found_by_the_file_that_they_came_from(index):
    assert _ids_from(index, "/n/a") == ["1", "4"]
    assert _ids_from(index, "/n/b") == []
    assert _files_under(index, "/n") == {"/n/a", "/n/b/c"}
    assert _files_under(index, "/n/b") == {"/n/b/c"}
    assert _files_under(index, "/n/a") == {"/n/a"}
    assert _files_under(index, "/") == {"/n/a", "/n/b/c"}


def test_a_deleted_article_came_from_nowhere(index):
    with index.writer() as writer:
        writer.delete("1")

    assert _ids_from(index, "/n/a") == ["4"]


@pytest.mark.parametrize("rewrite", ["merge", "upgrade"])
def test_rewriting_keeps_the_files_of_articles(index, rewrite):
    with index.writer() as writer:
        writer.add_all([_article("5", "/n/a"), _article("1", "/other")])

    getattr(index, rewrite)()

    assert _ids_from(index, "/n/a") == ["4", "5"]
    assert _ids_from(index, "/other") == ["1"]
    assert index.get("5").origin == ArticleOrigin("/n/a", record=1)


def test_what_a_program_merged_through_whoosh_is_found_too(index):
    writer = index.whoosh.writer()
    writer.add_document(id="9", body="added by a program")
    writer.commit(optimize=True)
    index.refresh()

    assert index.stats().segments == 1
    assert _ids_from(index, "/n/a") == ["1", "4"]
    assert _files_under(index, "/n") == {"/n/a", "/n/b/c"}
    assert _files_under(index, "/n/a") == {"/n/a"}


def test_programs_of_whoosh_are_not_told_of_files(index):
    with closing(index.whoosh.reader()) as reader:
        assert ".origin" not in reader.indexed_field_names()
        assert not any(field == ".origin" for field, _ in reader.all_terms())
        assert ".origin" not in index.whoosh.schema.names()


@pytest.mark.parametrize("path", ["/n/\udcff\udc80.json", "/n/été.json", "/" + "x" * 4000, "/n/a\nb"])
def test_any_path_finds_its_articles(index, path):
    with index.writer() as writer:
        writer.add(_article("7", path))

    assert _ids_from(index, path) == ["7"]
    assert index.get("7").origin == ArticleOrigin(path, record=1)
    assert origin_term(path) in _files_under(index, "/")
