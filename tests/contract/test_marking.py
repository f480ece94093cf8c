"""A whole article with everything marked that a query matches in it, on every codec."""

from __future__ import annotations

import pytest

from searchlib import Article, SettingError

ARTICLE = Article(
    id="a",
    title="Crude oil rises",
    summary="The price of crude oil rose.",
    body="Opec met.\n\nCrude oil prices rose, and crude remarks fell.\nNobody knew.",
)


@pytest.fixture
def index(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(ARTICLE)
    return index


def marks(passage):
    return [passage.source[start - passage.start : end - passage.start] for start, end in passage.marks]


def test_everything_that_matches_is_marked_in_every_text(index):
    marked = index.marked("a", '"crude oil" OR opec')

    assert marked.article == ARTICLE
    assert marks(marked.title) == ["Crude oil"]
    assert marks(marked.summary) == ["crude oil"]
    assert marks(marked.body) == ["Opec", "Crude oil"]
    assert len(marked) == 4


def test_a_body_is_read_by_paragraphs_and_marks_stay_where_they_are_in_it(index):
    marked = index.marked("a", "rose nobody")

    assert [(passage.source, marks(passage)) for passage in marked.paragraphs] == [
        ("Opec met.", []),
        ("Crude oil prices rose, and crude remarks fell.", ["rose"]),
        ("Nobody knew.", ["Nobody"]),
    ]
    assert [ARTICLE.body[start:end] for each in marked.paragraphs for start, end in each.marks] == ["rose", "Nobody"]


def test_what_an_article_does_not_match_is_shown_without_marks(index):
    assert len(index.marked("a", "zeppelin")) == 0


def test_there_is_none_of_an_article_that_is_not_there(index):
    assert index.marked("b", "oil") is None


def test_remarks_on_the_query_are_told(index):
    assert [said.start for said in index.marked("a", 'oil date:"Foo 2020"').diagnostics] == [9]


def test_an_id_that_is_none_is_refused(index):
    with pytest.raises(SettingError, match="id"):
        index.marked(3, "oil")
