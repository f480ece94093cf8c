"""A Whoosh program that is given `index.whoosh` finds a Whoosh index."""

from __future__ import annotations

import pytest
from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix, Term

from searchlib.article import Article
from searchlib.engines.embedded import create
from searchlib.errors import SettingError


@pytest.fixture
def index(tmp_path):
    with create(tmp_path / "news.index") as made:
        with made.writer() as writer:
            writer.add(
                Article(id="1", title="Kim visits", body="the armoured train", tags=["rail"], published="2023-09")
            )
            writer.add(Article(id="2", title="Cocoa", body="prices of cocoa fall", section="Business"))
        with made.writer() as writer:
            writer.add(Article(id="3", title="Train strike", body="no train today", authors=["Jane Doe"]))
        yield made


def _ids(index, query, **options) -> list[str]:
    with index.whoosh.searcher() as searcher:
        return sorted(hit["id"] for hit in searcher.search(query, limit=None, **options))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Term("text", "train"), ["1", "3"]),
        (And([Term("text", "train"), Term("text", "kim")]), ["1"]),
        (Or([Term("text", "cocoa"), Term("text", "kim")]), ["1", "2"]),
        (And([Term("text", "train"), Not(Term("text", "strike"))]), ["1"]),
        (Phrase("text", ["armour", "train"]), ["1"]),
        (Prefix("text", "coc"), ["2"]),
        (FuzzyTerm("text", "cocoo", maxdist=1, prefixlength=3), ["2"]),
        (Term("author", "jane"), ["3"]),
        (Term("id", "2"), ["2"]),
    ],
    ids=str,
)
def test_whooshs_queries_find_articles(index, query, expected):
    assert _ids(index, query) == expected


def test_readers_give_terms_postings_and_stored_articles(index):
    with index.whoosh.reader() as reader:
        assert reader.doc_count() == 3
        assert b"cocoa" in set(reader.lexicon("text"))
        assert reader.doc_frequency("text", "train") == 2
        assert sorted(stored["title"] for _, stored in reader.iter_docs()) == ["Cocoa", "Kim visits", "Train strike"]
        matcher = reader.postings("text", b"cocoa")
        assert list(matcher.value_as("positions")) == [0, 5]


def test_results_sort_and_group_by_columns(index):
    with index.whoosh.searcher() as searcher:
        results = searcher.search(Term("text", "train"), sortedby="published", groupedby="tag", limit=None)

        assert {hit["id"] for hit in results} == {"1", "3"}
        assert sorted(len(ids) for ids in results.groups("tag").values()) == [1, 1]


def test_what_a_whoosh_writer_commits_is_searched_by_ours(index):
    writer = index.whoosh.writer()
    writer.update_document(id="2", title="Cocoa", body="again", text="zebra")
    writer.delete_by_term("id", "3")
    writer.commit(optimize=True)
    index.refresh()

    assert index.search("zebra").total == 1
    assert index.search("*").total == 2
    assert index.stats().segments == 1


def test_two_writers_of_either_kind_share_one_lock(index):
    from whoosh.index import LockError

    with index.writer(), pytest.raises(LockError):
        index.whoosh.writer()


def test_the_schema_is_fixed(index):
    writer = index.whoosh.writer()
    with pytest.raises(SettingError, match="fixed"):
        writer.add_field("colour", None)
    writer.cancel()
