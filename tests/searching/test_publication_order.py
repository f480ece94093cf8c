from __future__ import annotations

import pytest

from searchlib.article import Article
from searchlib.engines.embedded import create
from searchlib.schema import UNDATED
from searchlib.searching import publication_order
from searchlib.searching.order import Match
from searchlib.searching.publication_order import matches_by_id

DAY = "2023-09-11"
#: Of four articles of one day, one before, one after, and three without a date.
ORDER = ["before", "a", "b", "c", "d", "after", "x", "y", "z"]


@pytest.mark.parametrize("chunk", range(1, len(ORDER) + 2))
def test_times_and_ids_are_in_order_wherever_a_chunk_ends(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(publication_order, "CHUNK", chunk)
    dates = {"before": "2023-09-10", "after": "2023-09-12", **dict.fromkeys("abcd", DAY), **dict.fromkeys("xyz")}
    with create(tmp_path / "news.index", codec="native") as index:
        with index.writer() as writer:
            writer.add_all(Article(id=name, body="kim", published=published) for name, published in dates.items())

        assert [hit.article.id for hit in index.scan("kim")] == ORDER
        assert [hit.article.id for hit in index.scan(f"kim date:{DAY}")] == ["a", "b", "c", "d"]


def test_no_more_than_a_chunk_of_matches_is_known_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(publication_order, "CHUNK", 3)
    wanted: list[int] = []

    class Query:
        def __init__(self, query) -> None:
            self.query = query

        def walk(self, limit, low, high, *, ascending):
            wanted.append(limit)
            return self.query.walk(limit, low, high, ascending=ascending)

        def top(self, limit, low, high):
            wanted.append(limit)
            return self.query.top(limit, low, high)

    ordered = publication_order._matches_of
    monkeypatch.setattr(
        publication_order, "_matches_of", lambda segment, query, low, high: ordered(segment, Query(query), low, high)
    )
    with create(tmp_path / "news.index", codec="native") as index:
        with index.writer() as writer:
            writer.add_all(Article(id=f"{number:02}", body="kim", published=DAY) for number in range(20))

        assert [hit.article.id for hit in index.scan("kim")] == [f"{number:02}" for number in range(20)]
    assert max(wanted) == 3


def test_only_the_ids_of_equal_times_are_read():
    ids = {1: "b", 2: "a", 3: "unread"}
    read: list[int] = []

    def id_of(_: int, docnum: int) -> str:
        read.append(docnum)
        return ids[docnum]

    matches = [Match(0.0, UNDATED, 0, 1), Match(0.0, UNDATED, 0, 2), Match(0.0, 5, 0, 3)]

    assert [match.docnum for match in matches_by_id(matches, id_of)] == [3, 2, 1]
    assert sorted(read) == [1, 2]
