"""What any engine promises of many queries at once, and of tables."""

from __future__ import annotations

import threading
from datetime import datetime, timezone

import pytest

from searchlib.article import Article
from searchlib.errors import QueryError, SettingError
from searchlib.query import Phrase, Word
from searchlib.tables import choose_columns

ARTICLES = (
    Article(id="1", title="Kim", body="Kim visits Russia.", published="2023-09-11", tags=["kim", "visits"]),
    Article(id="2", title="Putin", body="Putin meets Kim.", published="2023-09-12", section="World"),
    Article(id="3", body="A train.", published="1912-05"),
    Article(id="4", body="Kim, undated."),
)
QUERIES = ["kim", '"kim visits"', "zeppelin", 'train "', "kim", Phrase("meets kim"), "date:2023-09", ""]


def _facts(page):
    return [(hit.article.id, hit.score) for hit in page], page.total, page.query, page.diagnostics, page.undated


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("options", [{}, {"since": "2023-09-12"}, {"any": True, "limit": 1, "sort": "newest"}])
def test_each_row_is_what_a_search_finds(make_index, threads, options):
    index = make_index(*ARTICLES)
    rows = list(index.search_many(QUERIES * 20, threads=threads, **options))

    assert [row.query for row in rows] == QUERIES * 20
    assert [row.error for row in rows] == [None] * len(rows)
    pages = [index.search(query, snippets=False, **options) for query in QUERIES]
    assert [_facts(row.page) for row in rows] == [_facts(page) for page in pages] * 20


def test_facets_timelines_and_snippets_are_of_each_page(make_index):
    index = make_index(*ARTICLES)
    first, second = index.search_many(["kim", "train"], facets=["section"], timeline="year", snippets=True, limit=1)

    assert first.page.facets["section"].missing == 2
    assert first.page.timeline.undated == 1
    assert second.page[0].snippet.text == "A train."


def test_an_error_of_one_query_is_in_its_row_and_the_others_are_answered(make_index):
    index = make_index(*ARTICLES)
    rows = list(index.search_many(["kim", 5, Phrase("a b", slop=-1), "train"]))

    assert [None if row.page is None else row.page.total for row in rows] == [3, None, None, 1]
    assert [type(row.error) for row in rows] == [type(None), SettingError, SettingError, type(None)]


@pytest.mark.parametrize("threads", [1, 2])
def test_strict_raises_the_first_error_when_its_turn_comes(make_index, threads):
    index = make_index(*ARTICLES)
    rows = index.search_many(["kim", 'train "', "kim"], strict=True, threads=threads)

    with pytest.raises(QueryError):
        list(rows)


@pytest.mark.parametrize(
    ("queries", "options", "setting"),
    [
        ("kim", {}, "queries"),
        (Word("kim"), {}, "queries"),
        (5, {}, "queries"),
        (None, {}, "queries"),
        ([], {"limit": -1}, "limit"),
        ([], {"facets": ["colour"]}, "facets"),
        ([], {"strict": 1}, "strict"),
        ([], {"threads": 0}, "threads"),
        ([], {"now": datetime(2023, 9, 11)}, "now"),
    ],
)
def test_an_argument_that_cannot_be_is_an_error_at_once(make_index, queries, options, setting):
    index = make_index()
    with pytest.raises(SettingError) as raised:
        index.search_many(queries, **options)

    assert raised.value.setting == setting


def test_dates_that_cannot_be_read_are_an_error_at_once(make_index):
    with pytest.raises(QueryError):
        make_index().search_many(["kim"], since="soonish")


def test_now_is_the_same_for_all(make_index):
    index = make_index(*ARTICLES)
    now = datetime(2023, 9, 12, 12, tzinfo=timezone.utc)

    assert [row.page.total for row in index.search_many(["date:today", "date:yesterday"], now=now)] == [1, 1]


@pytest.mark.parametrize("threads", [1, 2])
def test_all_rows_are_of_one_commit_and_it_is_let_go_of(make_index, threads):
    index = make_index(*ARTICLES)
    rows = index.search_many(["kim"] * 1000, threads=threads)
    first = next(rows)
    with index.writer() as writer:
        writer.delete("1")
    index.merge()

    assert {row.page.total for row in [first, *rows]} == {3}
    assert next(index.search_many(["kim"])).page.total == 2
    assert [thread for thread in threading.enumerate() if thread.name.startswith("searchlib-batch")] == []


def test_queries_are_read_as_rows_are_taken(make_index):
    index = make_index(*ARTICLES)
    read: list[int] = []

    def queries():
        for number in range(10_000):
            read.append(number)
            yield "kim"

    for threads in (1, 2):
        read.clear()
        rows = index.search_many(queries(), threads=threads)
        next(rows)
        rows.close()

        assert 1 <= len(read) <= 1000


@pytest.mark.parametrize("language", ["en", "auto"])
def test_the_length_in_a_table_is_the_length_that_is_searched(make_index, language):
    texts = ("A re-election campaign.", "U.S. and AT&T: 10 000 jobs", "10,000 don't", "北京欢迎你", "", "C++ Kim's")
    articles = [Article(id=f"a{at}", title=text or "x", summary=text[:9], body=text) for at, text in enumerate(texts)]
    index = make_index(*articles, language=language)

    for row in index.rows(index.scan("*"), choose_columns(["id", "length"])):
        assert index.search(f"id:{row.article.id} length:{row.length}").total == 1


def test_a_frame_is_everything_that_is_found_in_order_of_publication(make_index):
    pytest.importorskip("pandas", reason="needs the extra 'pandas'")
    index = make_index(*ARTICLES, timezone="Asia/Singapore")
    frame = index.frame("kim", columns=["id", "published", "tags", "length", "snippet"])

    assert frame["id"].tolist() == ["1", "2", "4"]
    assert str(frame.dtypes["published"]) == "datetime64[us, Asia/Singapore]"
    assert frame["tags"].tolist() == [["kim", "visits"], [], []]
    assert frame["length"].tolist() == [4, 4, 2]
    assert frame["snippet"].tolist() == ["Kim visits Russia.", "Putin meets Kim.", "Kim, undated."]
    assert index.frame("zeppelin").empty
    assert "snippet" not in index.frame("kim", since="2023").columns


def test_a_page_is_a_frame_in_its_own_order(make_index):
    pytest.importorskip("pandas", reason="needs the extra 'pandas'")
    page = make_index(*ARTICLES).search("kim", sort="newest")

    frame = page.to_pandas(["id", "date"])
    assert frame["id"].tolist() == ["2", "1", "4"]
    assert frame["date"].tolist()[:2] == ["2023-09-12", "2023-09-11"]
    assert frame["date"].isna().tolist() == [False, False, True]
    assert len(page.to_pandas().columns) == 15


def test_a_column_that_is_none_is_an_error_before_anything_is_searched(make_index):
    index = make_index()
    with pytest.raises(SettingError, match="did you mean title"):
        index.frame("kim", columns="titel")
