"""The engine and the oracle answer the same, on any articles, any tree, several segments and deletions."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oracle import Oracle
from profiles import examples
from strategies import articles as random_articles
from strategies import batches, close_articles, close_trees, joined_articles, joined_trees, trees

from searchlib.article import FACET_FIELDS, Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import Index, create
from searchlib.query import And, AtLeast, DateRange, Near, Or, Phrase, Word

_ANY_INPUT = examples(60)
_SINGAPORE = ZoneInfo("Asia/Singapore")


def _fill(index: Index, commits: list[list[Article]]) -> None:
    for batch in commits:
        with index.writer() as writer:
            writer.add_all(batch)


def _everything_found(index: Index, tree, sort: str = "relevance") -> list[str]:
    """Ids of all hits, page by page, so that cursors are part of what is tested."""
    ids: list[str] = []
    after = None
    while True:
        page = index.search(tree, sort=sort, limit=3, after=after, snippets=False)
        ids += [hit.article.id for hit in page]
        after = page.next
        if after is None:
            return ids


@_ANY_INPUT
@given(
    commits=batches,
    tree=trees,
    deleted=st.sampled_from(["a0", "a1", "none"]),
    merge=st.booleans(),
    unit=st.sampled_from(["day", "week", "month", "year"]),
    codec=st.sampled_from(sorted(CODECS)),
)
def test_totals_facets_and_timelines_are_what_counting_gives(commits, tree, deleted, merge, unit, codec):
    with TemporaryDirectory() as folder, create(Path(folder) / "i", timezone="Asia/Singapore", codec=codec) as index:
        _fill(index, commits)
        with index.writer() as writer:
            writer.delete(deleted)
        if merge:
            index.merge()
        live = {article.id: article for batch in commits for article in batch}
        live.pop(deleted, None)
        oracle = Oracle(live.values(), zone=_SINGAPORE)

        page = index.search(tree, limit=50, facets=list(FACET_FIELDS), timeline=unit, snippets=False)

        assert {hit.article.id for hit in page} == oracle.matching(tree)
        assert page.total == len(oracle.matching(tree))
        for name, facet in page.facets.items():
            assert ({each.value: each.count for each in facet}, facet.missing) == oracle.facet(tree, name)
        buckets = {each.start.date(): each.count for each in page.timeline if each.count}
        assert (buckets, page.timeline.undated, page.timeline.imprecise) == oracle.timeline(tree, unit)
        assert page.imprecise == oracle.imprecise(tree)


@pytest.mark.parametrize("codec", sorted(CODECS))
@_ANY_INPUT
@given(
    articles=st.lists(random_articles, min_size=1, max_size=10, unique_by=lambda article: article.id),
    tree=trees,
)
@example(
    articles=[Article(id="x", title="kim kim summit", body="the putin summit"), Article(id="y", body="kim end")],
    tree=Or((Phrase("kim summit"), Word("the"), Near(Word("kim"), Word("putin"), 3))),
)
def test_scores_are_those_of_the_formula(codec, articles, tree):
    with TemporaryDirectory() as folder, create(Path(folder) / "index", codec=codec) as index:
        _fill(index, [articles])
        expected = Oracle(articles).scores(tree)

        found = {hit.article.id: hit.score for hit in index.search(tree, limit=50, snippets=False)}

        assert found == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("codec", sorted(CODECS))
@examples(200)
@given(
    articles=st.lists(close_articles, min_size=1, max_size=5, unique_by=lambda article: article.id),
    tree=close_trees,
    language=st.sampled_from(["en", "en", "auto"]),
)
@example(
    articles=[Article(id="x", body="kim visit")],
    tree=AtLeast(Near(Or((Word("kim"), Word("visit"))), Or((Word("kim"), Word("visit"))), 1), 2),
    language="en",
)
def test_what_stands_near_what_and_how_often_is_found_and_ranked(codec, articles, tree, language):
    """Phrases of patterns, pairs within words, sentences and paragraphs, words alone, leads and counts of all of these."""
    with TemporaryDirectory() as folder, create(Path(folder) / "index", codec=codec, language=language) as index:
        _fill(index, [articles[:2], articles[2:]])
        expected = Oracle(articles, language=language).scores(tree)

        found = {hit.article.id: hit.score for hit in index.search(tree, limit=50, snippets=False)}

        assert found == pytest.approx(expected, rel=1e-4)


# What `codec="whoosh"` answers, every codec that knows how many positions a word takes has to.
@pytest.mark.parametrize("codec", ["whoosh"])
@_ANY_INPUT
@given(
    articles=st.lists(joined_articles, min_size=1, max_size=4, unique_by=lambda article: article.id), tree=joined_trees
)
@example(
    articles=[Article(id="x", body="run-ning wolf"), Article(id="y", body="run wolf")], tree=Phrase("run wolf", slop=3)
)
@example(articles=[Article(id="x", body="a re-election campaign")], tree=Phrase("reelection election"))
def test_words_of_several_parts_are_found_and_ranked_along_every_way_through_them(codec, articles, tree):
    with TemporaryDirectory() as folder, create(Path(folder) / "index", codec=codec) as index:
        _fill(index, [articles])
        expected = Oracle(articles).scores(tree)

        found = {hit.article.id: hit.score for hit in index.search(tree, limit=50, snippets=False)}

        assert found == pytest.approx(expected, rel=1e-4)


@_ANY_INPUT
@given(
    articles=st.lists(
        random_articles.filter(lambda article: article.language),
        min_size=1,
        max_size=10,
        unique_by=lambda article: article.id,
    ),
    tree=trees,
    codec=st.sampled_from(sorted(CODECS)),
)
def test_scores_of_articles_in_many_languages_are_the_formula_of_each_word_in_all_of_them(articles, tree, codec):
    with TemporaryDirectory() as folder, create(Path(folder) / "index", language="auto", codec=codec) as index:
        _fill(index, [articles[:5], articles[5:]])
        oracle = Oracle(articles, language="auto")

        page = index.search(tree, limit=50, facets=["language"])

        assert {hit.article.id: hit.score for hit in page} == pytest.approx(oracle.scores(tree), rel=1e-4)
        assert {each.value: each.count for each in page.facets["language"]} == oracle.facet(tree, "language")[0]


@_ANY_INPUT
@given(commits=batches, tree=trees, language=st.sampled_from(["en", "de", "cs"]))
def test_one_language_among_many_is_answered_as_in_an_index_of_it(commits, tree, language):
    commits = [[article.in_language(language) for article in batch] for batch in commits]
    with (
        TemporaryDirectory() as folder,
        create(Path(folder) / "auto", language="auto") as auto,
        create(Path(folder) / "plain", language=language) as plain,
    ):
        _fill(auto, commits)
        _fill(plain, commits)

        found, expected = (index.search(tree, limit=50, facets=["language"]) for index in (auto, plain))

        assert [(hit.article.id, hit.score) for hit in found] == [(hit.article.id, hit.score) for hit in expected]
        assert [hit.snippet for hit in found] == [hit.snippet for hit in expected]
        assert found.facets == expected.facets


@_ANY_INPUT
@given(commits=batches, tree=trees, sort=st.sampled_from(["newest", "oldest"]))
def test_pages_by_date_put_together_are_the_whole_in_order(commits, tree, sort):
    with TemporaryDirectory() as folder, create(Path(folder) / "index") as index:
        _fill(index, commits)
        oracle = Oracle([article for batch in commits for article in batch])

        assert _everything_found(index, tree, sort) == oracle.ranked(tree, sort)


@_ANY_INPUT
@given(commits=batches, tree=trees)
def test_pages_by_relevance_hold_every_hit_once_and_never_a_better_one_later(commits, tree):
    with TemporaryDirectory() as folder, create(Path(folder) / "index") as index:
        _fill(index, commits)
        scores = {hit.article.id: hit.score for hit in index.search(tree, limit=100, snippets=False)}

        ids = _everything_found(index, tree)

        assert sorted(ids) == sorted(scores)
        assert [scores[each] for each in ids] == sorted(scores.values(), reverse=True)


def test_an_undated_article_is_left_out_by_a_date_and_counted():
    since = datetime(2023, 9, 1, tzinfo=timezone.utc)
    with TemporaryDirectory() as folder, create(Path(folder) / "index") as index:
        _fill(index, [[Article(id="dated", body="kim", published="2023-09-11"), Article(id="undated", body="kim")]])

        page = index.search(And((Word("kim"), DateRange(since=since))))

        assert ([hit.article.id for hit in page], page.total, page.undated) == (["dated"], 1, 1)
