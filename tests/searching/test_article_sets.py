"""Sets of articles by values and numbers are those that reading every article gives, on both codecs."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

import searchlib
from searchlib import Article
from searchlib.codec import CODECS
from searchlib.query import VALUE_FIELDS
from searchlib.schema import LENGTH, UNDATED, UPDATED, microseconds
from searchlib.searching.article_sets import ArticleSets
from searchlib.searching.clauses import Among

ARTICLES = [
    Article(id="a", title="Kim visits", body="Re-election of a king", authors=["Jane Doe", "Lee Roe"], section="World"),
    Article(id="b", title="!", summary="One two", body="three", authors=["JANE  DOE"], url="https://example.org/b"),
    Article(
        id="c", title="Storm", authors=["Jane Doe Smith"], section="¡!", updated="2023-09-11T10:00:00Z", language="en"
    ),
    Article(id="d", body="word " * 70_000, section="world", url="ftp://example.org/d", updated="2020", place="Roma"),
    Article(id="e", title="Deleted", authors=["Jane Doe"]),
]


@pytest.fixture(params=sorted(CODECS), scope="module")
def index(request, tmp_path_factory):
    """The articles in two segments, one deleted."""
    with searchlib.create(tmp_path_factory.mktemp("sets") / "index", codec=request.param) as index:
        for articles in (ARTICLES[:2], ARTICLES[2:]):
            with index.writer() as writer:
                writer.add_all(articles)
        with index.writer() as writer:
            writer.delete("e")
        yield index


def ids(index, ask) -> str:
    """The ids of the articles of a set, deleted ones left out."""
    with index._lent() as (snapshot, _):
        found: Among = ask(ArticleSets(snapshot))
        assert [len(bitmap) for bitmap in found.docnums] == [(r.doc_count_all() + 7) // 8 for r in snapshot.readers]
        return "".join(
            sorted(
                snapshot.article_id(number, docnum)
                for number, (bitmap, reader) in enumerate(zip(found.docnums, snapshot.readers, strict=True))
                for docnum in range(reader.doc_count_all())
                if bitmap[docnum >> 3] >> (docnum & 7) & 1 and not reader.is_deleted(docnum)
            )
        )


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("author", "jane doe", "ab"),
        ("author", "Doe, Jane", ""),
        ("author", "Jane", ""),
        ("author", "Lée Roe", "a"),
        ("section", "WORLD", "ad"),
        ("section", "¡!", "c"),
        ("section", "!", ""),
        ("place", "Roma", "d"),
        ("agency", "Reuters", ""),
        ("url", "HTTPS://example.org/b", "b"),
        ("url", "https://example.org", ""),
        ("author", "\ud800", ""),
    ],
)
def test_a_whole_value_is_found_in_whatever_spelling(index, field, text, expected):
    assert ids(index, lambda sets: sets.with_value(field, text)) == expected


def test_every_value_of_every_article_is_found(index):
    for article in ARTICLES[:4]:
        for field in VALUE_FIELDS:
            value = getattr(article, {"author": "authors", "tag": "tags"}.get(field, field))
            for each in [value] if isinstance(value, str) else value:
                assert not each or article.id in ids(index, lambda sets, f=field, v=each: sets.with_value(f, v))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("title", "ac"),
        ("summary", "b"),
        ("body", "abd"),
        ("author", "abc"),
        ("section", "acd"),
        ("tag", ""),
        ("url", "bd"),
        ("language", "c"),
        ("id", "abcd"),
    ],
)
def test_a_field_is_there_where_it_has_a_word_or_a_value(index, field, expected):
    assert ids(index, lambda sets: sets.with_any_value(field)) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 1 << 63, "abcd"), (1, 2, "c"), (3, 4, "b"), (7, 8, "a"), (8, 70_000, ""), (70_000, 70_001, "d")],
)
def test_the_length_counts_every_word_of_title_summary_and_body_once(index, low, high, expected):
    """Re-election is two words."""
    assert ids(index, lambda sets: sets.with_number(LENGTH, low, high)) == expected


def test_updates_are_instants(index):
    ten = microseconds(datetime(2023, 9, 11, 10, tzinfo=timezone.utc))

    assert ids(index, lambda sets: sets.with_number(UPDATED, UNDATED + 1, 1 << 63)) == "cd"
    assert ids(index, lambda sets: sets.with_number(UPDATED, ten, ten + 1)) == "c"
    assert ids(index, lambda sets: sets.with_number(UPDATED, UNDATED + 1, ten)) == "d"


def test_a_set_that_was_asked_for_is_kept(index):
    with index._lent() as (snapshot, _):
        sets = ArticleSets(snapshot)

        assert sets.with_value("author", "Jane Doe") is sets.with_value("author", "Jane Doe")
        for number in range(100):
            sets.with_number(LENGTH, number, number + 1)
        assert len(sets._known) <= 64
