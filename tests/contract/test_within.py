"""A tree that articles have to match beside a query: it restricts everything, and ranks nothing of itself."""

from __future__ import annotations

import pytest

from searchlib.article import Article
from searchlib.errors import SettingError
from searchlib.query import Near, Not, Or, Value, Word

ARTICLES = [
    Article(id="1", body="kim visits moscow", section="World", published="2023-01"),
    Article(id="2", body="kim kim putin", section="World", published="2023-02"),
    Article(id="3", body="kim", section="Sport", published="2023-02"),
    Article(id="4", body="moscow"),
]
WORLD = Value("World", "section")


def ids(page):
    return sorted(hit.article.id for hit in page)


def test_a_tree_restricts_a_query_and_all_that_is_counted(make_index):
    page = make_index(*ARTICLES).search("kim", within=WORLD, facets=["section"], timeline="month")

    assert (ids(page), page.total) == (["1", "2"], 2)
    assert [(each.value, each.count) for each in page.facets["section"]] == [("World", 2)]
    assert [bucket.count for bucket in page.timeline] == [1, 1]


def test_a_pasted_text_is_restricted_too_and_may_still_have_one_of_its_words(make_index):
    index = make_index(*ARTICLES)

    assert ids(index.search("moscow, kim?", plain=True)) == ["1", "2", "3", "4"]
    assert ids(index.search("moscow, kim?", plain=True, within=WORLD)) == ["1", "2"]
    assert ids(index.search("moscow kim", any=True, within=Not(WORLD), since="2023")) == ["3"]


def test_what_restricts_without_ranking_leaves_the_scores(make_index):
    index = make_index(*ARTICLES)
    scores = {hit.article.id: hit.score for hit in index.search("kim moscow", any=True)}

    for hit in index.search("kim moscow", any=True, within=Or((WORLD, Value("Sport", "section")))):
        assert hit.score == pytest.approx(scores[hit.article.id], abs=0)


def test_pages_go_on_within_the_tree(make_index):
    index = make_index(*ARTICLES)
    first = index.search("kim", within=WORLD, limit=1, sort="newest")

    assert ids(first) == ["2"]
    assert ids(index.search("kim", within=WORLD, limit=1, sort="newest", after=first.next)) == ["1"]


def test_it_is_the_query_with_the_tree_added(make_index):
    index = make_index(*ARTICLES)

    assert index.search(Word("kim"), within=WORLD).query == index.search("kim section:=World").query


@pytest.mark.parametrize("wrong", ["section:World", 1, Near(Word("a"), WORLD, 1)], ids=str)
def test_what_is_no_tree_is_refused(make_index, wrong):
    with pytest.raises(SettingError, match="within"):
        make_index(*ARTICLES).search("kim", within=wrong)
