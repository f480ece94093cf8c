"""An index as Python's hands expect it: opened or made, counted, looked into, paged by number; on both codecs."""

from __future__ import annotations

import threading

import pytest

import searchlib
from searchlib import Article, IndexExistsError, IndexNotFoundError, SettingError
from searchlib.codec import CODECS


@pytest.fixture(params=sorted(CODECS))
def path(request, tmp_path):
    path = tmp_path / "news.index"
    with searchlib.create(path, codec=request.param, timezone="Europe/Paris") as index, index.writer() as writer:
        writer.add_all(
            Article(id=f"a{number}", title=f"Storm {number}", body="storm " * number) for number in range(1, 26)
        )
    return path


def test_a_program_can_be_run_again_as_it_is(tmp_path):
    for _ in range(2):
        with searchlib.open(tmp_path / "news.index", create=True, language="de", timezone="Europe/Berlin") as index:
            with index.writer() as writer:
                writer.add(Article(id="1", title="Sturm"))
            assert (len(index), index.settings.language, index.settings.timezone) == (1, "de", "Europe/Berlin")


def test_an_index_that_is_not_there_is_made_only_when_asked(tmp_path):
    with pytest.raises(IndexNotFoundError):
        searchlib.open(tmp_path / "news.index")
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(IndexExistsError):
        searchlib.open(tmp_path, create=True)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("language", "de"), ("timezone", "UTC"), ("codec", "other"), ("weights", {"title": 9}), ("create", "yes")],
)
def test_an_index_with_other_settings_is_refused(path, setting, value):
    with pytest.raises(SettingError, match=setting):
        searchlib.open(path, **{"create": True, setting: value})
    with searchlib.open(path, create=True, language="EN", timezone="Europe/Paris") as index:
        assert len(index) == 25


def test_of_two_that_make_an_index_at_once_each_gets_it(tmp_path):
    opened, barrier = [], threading.Barrier(4)

    def make():
        barrier.wait()
        opened.append(searchlib.open(tmp_path / "news.index", create=True))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(index) for index in opened] == [0, 0, 0, 0]
    for index in opened:
        index.close()


def test_it_is_a_container_of_articles_by_id(path):
    with searchlib.open(path) as index:
        assert len(index) == 25
        assert "a7" in index
        assert "b7" not in index
        assert 7 not in index
        assert index["a7"] == index.get("a7")
        assert sorted(article.id for article in index) == sorted(f"a{number}" for number in range(1, 26))
        with pytest.raises(KeyError, match="b7"):
            index["b7"]
        with index.writer() as writer:
            writer.delete("a7")
        assert len(index) == 24
        assert "a7" not in index


def test_an_empty_index_is_an_index(tmp_path):
    with searchlib.create(tmp_path / "news.index") as index:
        assert index
        assert len(index) == 0


def test_pages_by_number_are_the_pages_by_cursor(path):
    with searchlib.open(path) as index:
        for sort in ("relevance", "newest", "oldest", "length", "title"):
            ids, after = [], None
            for number in range(1, 5):
                page = index.search("storm", sort=sort, limit=7, after=after)
                numbered = index.search("storm", sort=sort, limit=7, page=number)
                assert numbered.hits == page.hits, (sort, number)
                assert (numbered.total, numbered.next) == (25, page.next)
                ids += [hit.article.id for hit in page]
                after = page.next
            assert len(set(ids)) == 25
            assert index.search("storm", sort=sort, limit=7, page=5).hits == ()


@pytest.mark.parametrize(
    "options", [{"page": 0}, {"page": True}, {"page": 1.5}, {"page": 10_001}, {"page": 2, "after": "x"}]
)
def test_numbers_that_no_page_can_have(path, options):
    with searchlib.open(path) as index, pytest.raises(SettingError, match="page"):
        index.search("storm", **options)


def test_the_version_is_that_of_the_distribution():
    assert searchlib.__version__.count(".") == 2


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2023-09-11", "2023-09-11"),
        ("2023-09-11T14:30+02:00", "2023-09-11"),
        ("1912-05", "May 1912"),
        ("1912", "1912"),
        ("0950", "0950"),
        (None, ""),
    ],
)
def test_a_date_prints_itself(published, text):
    assert Article(title="Storm", published=published).date_text == text
