"""What any engine promises of scanning: every match, once, in order of publication, over one commit."""

from __future__ import annotations

import gc
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create
from searchlib.errors import QueryError, SettingError


def _ids(hits) -> list[str]:
    return [hit.article.id for hit in hits]


def test_every_match_is_given_the_oldest_first_and_undated_ones_last(make_index):
    index = make_index(
        Article(id="new", body="kim", published="2023-09-11"),
        Article(id="undated", body="kim"),
        Article(id="other", body="putin", published="2023-09-10"),
        Article(id="old", body="kim", published="1912-05"),
    )

    assert _ids(index.scan("kim")) == ["old", "new", "undated"]


def test_equal_times_are_told_apart_by_id_also_across_segments(make_index):
    index = make_index(*(Article(id=name, body="kim", published="2023-09-11") for name in ("d", "a")))
    with index.writer() as writer:
        writer.add_all([Article(id="c", body="kim", published="2023-09-11"), Article(id="z", body="kim")])
    with index.writer() as writer:
        writer.add_all([Article(id="b", body="kim", published="2023-09-11"), Article(id="y", body="kim")])

    assert _ids(index.scan("kim")) == ["a", "b", "c", "d", "y", "z"]


@pytest.mark.parametrize("codec", sorted(CODECS))
@examples(10)
@given(data=st.data())
def test_a_scan_is_all_pages_of_the_oldest_with_their_scores(codec, data, tmp_path_factory):
    dates = st.sampled_from([None, "2023-09-10", "2023-09-11", "2023-09", "2023-09-11T10:00"])
    bodies = st.sampled_from(["kim", "kim putin kim", "putin", "train"])
    batches = data.draw(st.lists(st.lists(st.tuples(dates, bodies), max_size=12), min_size=1, max_size=3))
    chunk = data.draw(st.integers(1, 5))
    number = 0
    with (
        create(tmp_path_factory.mktemp("scan") / "news.index", codec=codec) as index,
        pytest.MonkeyPatch.context() as p,
    ):
        p.setattr("searchlib.searching.publication_order.CHUNK", chunk)
        for batch in batches:
            with index.writer() as writer:
                for published, body in batch:
                    number += 7
                    writer.add(Article(id=str(number % 10) + str(number), body=body, published=published))
        for query in ("kim", "kim OR train", "-train", "kim since:2023-09-11"):
            page = index.search(query, sort="oldest", limit=1000, snippets=False)
            scan = index.scan(query)

            assert scan.total == page.total
            assert [(hit.article.id, hit.score) for hit in scan] == [(hit.article.id, hit.score) for hit in page]


def test_it_shows_the_commit_at_which_it_began(make_index):
    index = make_index(*(Article(id=str(number), body="kim") for number in range(5)))
    scan = index.scan("kim")
    with index.writer() as writer:
        writer.delete("3")
        writer.add(Article(id="9", body="kim"))
    index.merge()
    with index.writer() as writer:
        writer.add(Article(id="8", body="kim"))

    assert _ids(scan) == ["0", "1", "2", "3", "4"]
    assert _ids(index.scan("kim")) == ["0", "1", "2", "4", "8", "9"]


def test_many_scans_and_searches_go_on_beside_each_other(make_index):
    index = make_index(*(Article(id=str(number), body="kim") for number in range(5)))
    scans = [index.scan("kim") for _ in range(6)]

    firsts = [next(scan).article.id for scan in scans]

    assert firsts == ["0"] * 6
    assert index.search("kim").total == 5
    assert [_ids(scan) for scan in scans] == [["1", "2", "3", "4"]] * 6


def test_threads_share_a_scan_and_each_hit_is_given_once(make_index):
    index = make_index(*(Article(id=f"{number:03}", body="kim") for number in range(200)))
    scan = index.scan("kim")
    taken: list[str] = []
    threads = [threading.Thread(target=lambda: taken.extend(_ids(scan))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [f"{number:03}" for number in range(200)]


@pytest.mark.parametrize("end", ["close", "with", "forget", "finish", "never begun"])
def test_its_commit_is_let_go_of_when_it_is_over(make_index, end):
    index = make_index(*(Article(id=str(number), body="kim") for number in range(5)))
    scan = index.scan("kim")
    if end != "never begun":
        next(scan)
    with index.writer() as writer:
        writer.delete("3")
    manifest = index.path / "manifest-1.json"
    with index.writer() as writer:
        writer.add(Article(id="9", body="kim"))
    assert manifest.exists()

    if end == "close":
        scan.close()
        assert _ids(scan) == []
    elif end == "with":
        with scan:
            pass
    elif end == "finish":
        assert len(_ids(scan)) == 4
    del scan
    gc.collect()
    with index.writer() as writer:
        writer.add(Article(id="10", body="kim"))

    assert not manifest.exists()


def test_a_scan_outlives_the_index_object(make_index):
    index = make_index(*(Article(id=str(number), body="kim") for number in range(3)))
    scan = index.scan("kim")
    index.close()

    assert _ids(scan) == ["0", "1", "2"]


def test_snippets_are_made_where_they_are_asked_for(make_index):
    index = make_index(Article(id="1", title="On Kim", body="The visit of Kim."))

    assert next(index.scan("visit")).snippet is None
    assert next(index.scan("visit", snippets=True)).snippet.html == "The <mark>visit</mark> of Kim."


def test_what_there_is_to_say_of_the_query_is_said(make_index):
    index = make_index(Article(id="1", body="kim"))
    scan = index.scan('"kim', since="2023")

    assert scan.total == 0
    assert len(scan.diagnostics) == 1
    with pytest.raises(QueryError):
        index.scan('kim "', strict=True)
    with pytest.raises(QueryError):
        index.scan("kim", since="soonish")
    with pytest.raises(SettingError, match="snippets"):
        index.scan("kim", snippets="no")
