"""What any engine promises of writing: all at once, durably, the same id once, one writer at a time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading

import pytest

from searchlib.article import Article
from searchlib.engines.embedded import create, exists
from searchlib.engines.embedded import open as open_index
from searchlib.errors import (
    ArticleError,
    EngineUnavailableError,
    IndexExistsError,
    IndexLockedError,
    IndexNotFoundError,
    IndexStateError,
    QueryError,
    SettingError,
)


def _ids(index, query="*", **options) -> list[str]:
    return sorted(hit.article.id for hit in index.search(query, limit=1000, snippets=False, **options))


def test_an_index_is_made_once_and_opened_often(make_index, tmp_path):
    index = make_index()

    with pytest.raises(IndexExistsError, match="already holds an index"):
        create(index.path)
    with open_index(index.path) as again:
        assert again.stats().articles == 0
    assert exists(index.path)
    assert not exists(tmp_path / "elsewhere")


def test_there_is_no_index_where_none_was_made(tmp_path):
    with pytest.raises(IndexNotFoundError, match="searchlib index"):
        open_index(tmp_path / "nothing")


def test_an_index_is_not_made_among_other_files(tmp_path):
    (tmp_path / "letter.txt").write_text("dear all")

    with pytest.raises(IndexExistsError, match="other files"):
        create(tmp_path)
    assert os.listdir(tmp_path) == ["letter.txt"]


@pytest.mark.parametrize(
    "settings",
    [
        {"language": "xx"},
        {"timezone": "Mars/Olympus"},
        {"codec": "none such"},
        {"weights": {"colour": 1}},
        {"weights": {"b": 2}},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_named_and_leaves_nothing_behind(tmp_path, settings):
    with pytest.raises(SettingError, match=next(iter(settings))):
        create(tmp_path / "news.index", **settings)
    assert not (tmp_path / "news.index").exists()


def test_the_same_id_replaces_what_was_committed(make_index):
    index = make_index(Article(id="1", body="first words"))

    with index.writer() as writer:
        report = writer.add_all([Article(id="1", body="other text"), Article(id="2", body="new")])

    assert (report.added, report.replaced, report.failed) == (1, 1, 0)
    assert _ids(index, "first") == []
    assert _ids(index, "other") == ["1"]
    assert index.stats().articles == 2


def test_the_same_id_replaces_inside_a_batch_and_the_last_wins(make_index):
    index = make_index(*(Article(id="1", body=f"version{number}") for number in range(5)))

    assert index.get("1").body == "version4"
    assert index.search("version3").total == 0
    assert index.search("*").total == 1


def test_articles_can_be_deleted_whether_committed_or_just_added(make_index):
    index = make_index(Article(id="old", body="kim"), Article(id="kept", body="kim"))

    with index.writer() as writer:
        writer.add(Article(id="new", body="kim"))
        deleted = [writer.delete(article_id) for article_id in ("old", "new", "old", "never")]

    assert deleted == [True, True, False, False]
    assert _ids(index) == ["kept"]


def test_what_a_query_finds_can_be_deleted_what_was_just_added_included(make_index):
    index = make_index(Article(id="old", body="cocoa prices"), Article(id="kept", body="coffee"))

    with index.writer() as writer:
        writer.add(Article(id="new", body="cocoa"))
        writer.add(Article(id="old", body="coffee now"))
        count = writer.delete_by_query("cocoa")

    assert count == 1
    assert _ids(index) == ["kept", "old"]


def test_a_doubtful_query_deletes_nothing(make_index):
    index = make_index(Article(id="1", body="kim"))

    for query in ('"kim', "", "autor:kim", "date:2023-02-30 kim"):
        with index.writer() as writer, pytest.raises(QueryError):
            writer.delete_by_query(query)
    assert index.search("*").total == 1


def test_an_exception_leaves_the_index_as_it_was_and_lets_the_next_writer_in(make_index):
    index = make_index(Article(id="1", body="kim"))
    before = sorted(os.listdir(index.path))

    with pytest.raises(RuntimeError), index.writer() as writer:
        writer.add(Article(id="2", body="putin"))
        writer.delete("1")
        raise RuntimeError
    with index.writer(timeout_s=0) as writer:
        pass

    assert _ids(index) == ["1"]
    assert set(os.listdir(index.path)) - {"write.lock"} == set(before) - {"write.lock"}


def test_nothing_is_committed_where_nothing_changed(make_index):
    index = make_index(Article(id="1", body="kim"))
    generation = index.generation

    with index.writer() as writer:
        writer.delete("never")

    assert index.generation == generation


def test_a_second_writer_waits_and_then_hears_who_has_the_index(make_index):
    index = make_index()

    with index.writer(), pytest.raises(IndexLockedError) as caught:
        index.writer(timeout_s=0.05)

    assert f"process {os.getpid()}" in caught.value.holder
    assert caught.value.waited_s >= 0.0


def test_a_writer_in_another_process_is_waited_for_too(make_index):
    index = make_index()
    program = (
        "import sys, searchlib\n"
        "index = searchlib.open(sys.argv[1])\n"
        "try: index.writer(timeout_s=0)\n"
        "except searchlib.IndexLockedError as error: print(error.holder)\n"
    )

    with index.writer():
        told = subprocess.run(
            [sys.executable, "-c", program, str(index.path)], capture_output=True, text=True, check=True
        ).stdout

    assert f"process {os.getpid()}" in told


def test_a_writer_that_has_finished_says_so(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(Article(body="kim"))

    with pytest.raises(IndexStateError, match="finished"):
        writer.add(Article(body="putin"))


def test_what_is_no_article_is_refused_and_the_others_go_in(make_index):
    index = make_index(timezone="Asia/Tokyo")

    with index.writer() as writer:
        report = writer.add_all([Article(id="1", body="kim"), Article(id="2", body="x", published="0001-01-01T00:30")])
        with pytest.raises(ArticleError):
            writer.add({"body": "a dictionary"})

    assert (report.added, report.failed) == (1, 1)
    assert "published" in str(report.rejects[0])


def test_readers_keep_their_commit_until_they_refresh(make_index):
    index = make_index(Article(id="1", body="kim"))
    with open_index(index.path) as reader:
        with index.writer() as writer:
            writer.add(Article(id="2", body="kim"))
        index.merge()

        assert _ids(index, "kim") == ["1", "2"]
        assert _ids(reader, "kim") == ["1"]
        assert reader.get("1").body == "kim"
        assert reader.refresh()
        assert _ids(reader, "kim") == ["1", "2"]
        assert not reader.refresh()


@pytest.mark.parametrize("commits", [1, 2, 3])
def test_readers_show_an_index_that_was_made_anew_in_the_same_place(make_index, commits):
    index = make_index(Article(id="1", body="kim"))
    with index.writer() as writer:
        writer.add(Article(id="2", body="kim"))
    with open_index(index.path) as reader:
        assert not reader.refresh()
        before = reader.commit_id
        shutil.rmtree(index.path)
        with create(index.path, codec=index.settings.codec) as anew:
            for number in range(commits):
                with anew.writer() as writer:
                    writer.add(Article(id=f"anew {number}", body="kim"))

        assert reader.refresh()
        assert _ids(reader, "kim") == [f"anew {number}" for number in range(commits)]
        assert reader.commit_id != before
        assert not reader.refresh()


def test_readers_show_an_earlier_commit_that_was_restored(make_index, tmp_path):
    index = make_index(Article(id="1", body="kim"))
    shutil.copytree(index.path, tmp_path / "backup")
    with index.writer() as writer:
        writer.add(Article(id="2", body="kim"))
    with open_index(index.path) as reader:
        shutil.rmtree(index.path)
        shutil.copytree(tmp_path / "backup", index.path)

        assert reader.refresh()
        assert _ids(reader, "kim") == ["1"]


def test_merging_leaves_one_segment_and_the_same_articles(make_index):
    index = make_index()
    for number in range(4):
        with index.writer() as writer:
            writer.add(Article(id=str(number), body="kim", tags=["a", "b"], published=f"2023-0{number + 1}"))
            writer.delete("1")
    before = {article.id: article for article in index.articles()}

    index.merge()

    assert {article.id: article for article in index.articles()} == before
    stats = index.stats()
    assert (stats.segments, stats.deleted, stats.articles) == (1, 0, 3)
    assert len([name for name in os.listdir(index.path) if name.startswith("manifest-")]) == 1


def test_many_small_commits_do_not_make_many_segments(make_index):
    index = make_index()
    for number in range(25):
        with index.writer() as writer:
            writer.add(Article(id=str(number), body="kim"))

    assert index.stats().segments < 10
    assert index.search("kim").total == 25


def test_searching_from_sixteen_threads_while_a_writer_commits_gives_only_right_answers(make_index):
    index = make_index(*(Article(id=str(number), body=f"kim word{number % 5}") for number in range(50)))
    wrong: list[object] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            try:
                total = index.search("kim", limit=5, facets=["section"]).total
                found = [hit.article.body for hit in index.search('"kim word3"', limit=3)]
                if total not in range(50, 56) or found != ["kim word3"] * 3:
                    wrong.append((total, found))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(16)]
    for thread in threads:
        thread.start()
    for number in range(5):
        with index.writer() as writer:
            writer.add(Article(id=f"new{number}", body="kim"))
    stop.set()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert index.search("kim").total == 55


def test_a_closed_index_says_so(make_index):
    index = make_index()
    index.close()
    index.close()

    for ask in (lambda: index.search("kim"), index.writer, lambda: index.get("1"), index.refresh):
        with pytest.raises(EngineUnavailableError, match="closed"):
            ask()


def test_arguments_of_a_writer_are_checked(make_index):
    index = make_index()

    for options in ({"memory_mb": 0}, {"threads": 0}):
        with pytest.raises(SettingError, match=next(iter(options))):
            index.writer(**options)
    with index.writer(timeout_s=0):
        pass


def test_verifying_finds_a_file_that_changed(make_index):
    index = make_index(Article(body="kim"))
    assert index.verify() == []
    path = max(index.path.glob("s_*"), key=lambda file: file.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    assert [damage.file for damage in index.verify()] == [str(path)]


def test_the_publishers_clock_is_kept_in_the_index_and_through_a_merge(make_index):
    article = Article(id="a", title="Late", published="2020-05-01T23:30-05:00", updated="2020-05-02T01:00:00+02:00")
    index = make_index(timezone="Asia/Singapore")
    for number in range(2):
        with index.writer() as writer:
            writer.add(article)
            writer.add(Article(id=f"b{number}", title="Other"))
    index.merge()
    found = index.get("a")

    assert found == article
    assert found.published_locally.isoformat() == "2020-05-01T23:30:00-05:00"
