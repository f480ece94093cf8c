"""Articles like one: what they share, and which are copies."""

from __future__ import annotations

import pytest

import searchlib
from searchlib import Article, QueryError, SettingError

STORY = (
    "A ferry with two hundred passengers sank off Zanzibar on Sunday night. Lifeboats from three villages reached the "
    "wreck before dawn. The captain said a wave had broken the bow door. An inquiry begins next week."
)
ARTICLES = [
    Article(id="story", title="Ferry sinks off Zanzibar", body=STORY, published="2023-09-11"),
    Article(id="copy", title="Zanzibar ferry sinks", body=f"{STORY} More follows.", published="2023-09-12"),
    Article(id="cut", title="Ferry sinks", body=STORY[:120], published="2023-09-12"),
    Article(
        id="later",
        title="Inquiry into ferry begins",
        body="The captain of the ferry that sank off Zanzibar spoke.",
        published="2023-09-20",
    ),
    Article(id="other", title="Budget", body="Parliament voted on taxes next week.", published="2023-09-12"),
    Article(id="signs", title="!!!", body="", published="2023-09-12"),
]


@pytest.fixture(params=["native", "whoosh"])
def index(request, tmp_path):
    index = searchlib.create(tmp_path / "news.index", codec=request.param)
    with index.writer() as writer:
        writer.add_all(ARTICLES)
    yield index
    index.close()


def test_the_most_like_come_first_and_copies_are_said_to_be_that(index):
    found = index.similar("story")

    ids = [each.hit.article.id for each in found]
    assert "story" not in ids
    assert set(ids[:3]) == {"copy", "cut", "later"}
    assert {each.hit.article.id for each in found if each.is_copy} == {"copy", "cut"}
    assert {"ferry", "zanzibar"} <= set(found.words)
    assert "the" not in found.words
    by_id = {each.hit.article.id: each.shared for each in found}
    assert by_id["copy"] > 0.9
    assert by_id["later"] < 0.1


def test_dates_restrict(index):
    assert [each.hit.article.id for each in index.similar("story", since="2023-09-15")] == ["later"]
    assert "later" not in {each.hit.article.id for each in index.similar("story", until="2023-09-15")}


def test_so_many_are_given_as_are_asked_for(index):
    assert len(index.similar("story", limit=1)) == 1


def test_an_article_without_a_word_is_like_none(index):
    assert len(index.similar("signs")) == 0


def test_an_article_that_is_not_there_is_an_error(index):
    with pytest.raises(QueryError, match="no article with the id 'gone'"):
        index.similar("gone")


@pytest.mark.parametrize("limit", [0, 1001, "1", True])
def test_a_limit_outside_its_range_is_an_error(index, limit):
    with pytest.raises(SettingError):
        index.similar("story", limit=limit)
