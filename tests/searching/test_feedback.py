"""Words of the first results: which are added, how much they weigh, and when none are."""

from __future__ import annotations

import pytest

import searchlib
from searchlib import Article, SettingError
from searchlib.analysis import analyzer_for
from searchlib.query import Word
from searchlib.searching.feedback import expand_query

ARTICLES = [
    Article(
        id="1", title="Ferry sinks", body="The ferry sank off Zanzibar in a storm. Lifeboats saved forty passengers."
    ),
    Article(
        id="2", title="Ferry disaster", body="Passengers of the ferry waited for lifeboats in the storm off the coast."
    ),
    Article(id="3", title="Storm on the coast", body="Lifeboats went out to passengers of a yacht in the storm."),
    Article(id="4", title="Budget", body="Parliament voted on the budget and on taxes."),
    Article(
        id="5",
        title="Fares",
        body="A company raised its fares: bus, tram, ferry, train and cable car cost more from May on.",
    ),
]


@pytest.fixture(params=["native", "whoosh"])
def index(request, tmp_path):
    index = searchlib.create(tmp_path / "news.index", codec=request.param)
    with index.writer() as writer:
        writer.add_all(ARTICLES)
    yield index
    index.close()


def test_with_any_the_words_that_are_added_find_more_articles(index):
    plain = index.search("ferry", any=True)
    page = index.search("ferry", any=True, expand=True)

    words = {each.word for each in page.expansion.words}
    assert {"storm", "passengers", "lifeboats"} <= words
    assert "the" not in words
    assert {hit.article.id for hit in plain} == {"1", "2", "5"}
    assert {hit.article.id for hit in page} == {"1", "2", "3", "5"}
    assert page.hits[0].article.id == plain.hits[0].article.id
    assert page.expansion.articles[0] == plain.hits[0].article.id
    assert "storm" in page.query


def test_without_any_they_only_rank(index):
    page = index.search("ferry", expand=True)

    assert {hit.article.id for hit in page} == {"1", "2", "5"}
    assert page.total == 3
    assert page.expansion.words
    assert [hit.article.id for hit in page][-1] == "5"


def test_what_restricts_the_whole_still_restricts(index):
    page = index.search("ferry -company", any=True, expand=True)

    assert "5" not in {hit.article.id for hit in page}
    assert "3" in {hit.article.id for hit in page}


@pytest.mark.parametrize(
    ("query", "reason"),
    [("unheard", "nothing was found"), ("*", "nothing in it ranks"), ("-budget", "nothing in it ranks")],
)
def test_where_nothing_can_be_added_it_says_why(index, query, reason):
    page = index.search(query, expand=True)

    assert page.expansion.words == ()
    assert page.expansion.reason == reason
    assert str(page.expansion) == f"nothing was added to the query: {reason}"


def test_one_article_alone_gives_its_words(index):
    page = index.search("budget", any=True, expand=True)

    assert "parliament" in {each.word for each in page.expansion.words}


@pytest.mark.parametrize("searches", [0, 1, 2])
def test_where_no_time_is_left_the_query_stays_as_it_is_and_it_says_why(searches):
    left = iter([[(article, 1.0) for article in ARTICLES[:3]], [(ARTICLES[4], 1.0)]][:searches])
    english = analyzer_for("en")

    tree, expansion = expand_query(
        Word("ferry"), lambda _, __: next(left, None), english, lambda _: english, widen=True
    )

    assert tree == Word("ferry")
    assert expansion.words == ()
    assert str(expansion) == "nothing was added to the query: there was no time left"


@pytest.mark.parametrize("timeout_s", [0, 1e-4, 1e-3, 2e-3])
def test_a_partial_search_never_fails_for_lack_of_time(index, timeout_s):
    page = index.search("ferry", any=True, expand=True, timeout_s=timeout_s, partial=True)

    assert page.expansion.reason != "nothing was found"


def test_it_is_for_the_order_by_relevance(index):
    with pytest.raises(SettingError, match="relevance"):
        index.search("ferry", expand=True, sort="newest")


def test_a_search_that_is_not_asked_to_says_nothing_of_it(index):
    assert index.search("ferry").expansion is None


def test_a_text_can_be_asked_and_expanded_at_once(index):
    page = index.search('Was there a "FERRY" (NOT a yacht)?', plain=True, expand=True)

    assert {hit.article.id for hit in page} == {"1", "2", "3", "5"}
    assert page.expansion.words


def test_a_tree_is_no_text(index):
    with pytest.raises(SettingError, match="plain"):
        index.search(Word("ferry"), plain=True)
