"""Hits in every order: what sorting all articles in Python gives, on both codecs, page by page."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import Oracle, _words_of
from profiles import examples
from strategies import SECTIONS, batches, trees

from searchlib.article import FACET_FIELDS, Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import Index, create
from searchlib.errors import QueryError, SearchTimeoutError
from searchlib.results import SORTS
from searchlib.searching import answer

ARTICLES = [
    Article(id="a", title="Zebra", body="kim", section="World", authors=["Bob", "Ann"], published="2023-01-03"),
    Article(id="b", title="apple", body="kim " * 9, section="World News", authors=["Bob"], published="2023-01-02"),
    Article(id="c", title="“Ärger”", body="kim kim", section="world", published="2023-01-04"),
    Article(id="d", body="kim kim", section="Asia", authors=["ann"], published="2023-01-04"),
    Article(id="e", title="Apple", body="kim kim kim"),
    Article(id="f", title="apple!", body="putin"),
]


def ids(page):
    return [hit.article.id for hit in page]


def page_by_page(index: Index, query, sort: str, limit: int = 3) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = index.search(query, sort=sort, limit=limit, after=after, snippets=False)
        found += ids(page)
        after = page.next
        if after is None:
            return found
        assert len(page) == limit


def fill(index: Index, commits) -> None:
    for batch in commits:
        with index.writer() as writer:
            writer.add_all(batch)


@pytest.fixture(params=sorted(CODECS))
def index(request, tmp_path):
    with create(tmp_path / "index", codec=request.param) as made:
        fill(made, [ARTICLES[:2], ARTICLES[2:]])
        yield made


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("length", ["b", "e", "c", "d", "a"]),
        ("shortest", ["d", "a", "c", "e", "b"]),
        ("title", ["b", "e", "c", "a", "d"]),
        ("section", ["d", "c", "a", "b", "e"]),
        ("author", ["d", "b", "a", "c", "e"]),
        ("place", ["c", "d", "a", "b", "e"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 10])
def test_articles_are_in_order_and_of_equal_ones_the_newer_comes_first(index, sort, found, limit):
    assert page_by_page(index, "kim", sort, limit) == found


def test_every_field_of_facets_is_an_order():
    assert set(FACET_FIELDS) < set(SORTS)


def test_hits_have_their_scores_and_snippets_in_any_order(index):
    scores = {hit.article.id: hit.score for hit in index.search("kim")}

    for sort in SORTS:
        page = index.search("kim", sort=sort)
        assert {hit.article.id: hit.score for hit in page} == scores
        assert all("<mark>" in hit.snippet.html for hit in page)


def test_dates_choices_and_counts_go_with_any_order(index):
    page = index.search("kim", sort="title", since="2023-01-03", chosen={"section": ["world"]}, facets=["section"])

    assert (ids(page), page.total, len(page.facets["section"].values)) == (["c", "a"], 2, 2)


@pytest.mark.parametrize("sort", SORTS)
def test_a_cursor_of_one_order_is_none_of_another(index, sort):
    after = index.search("kim", sort=sort, limit=1).next

    for other in set(SORTS) - {sort}:
        with pytest.raises(QueryError):
            index.search("kim", sort=other, after=after)


@pytest.mark.parametrize("sort", ["length", "title", "author"])
def test_without_time_nothing_is_sorted_and_that_is_said(index, sort):
    with pytest.raises(SearchTimeoutError):
        index.search("kim", sort=sort, timeout_s=0)
    page = index.search("kim", sort=sort, timeout_s=0, partial=True)

    assert (page.partial, len(page), page.total) == (True, 0, 0)


def test_a_deleted_article_is_in_no_order(index):
    with index.writer() as writer:
        writer.delete("b")

    assert page_by_page(index, "kim", "length", 2) == ["e", "c", "d", "a"]


def expected(articles, sort: str) -> list[str]:
    """Ids of articles in an order. Words are those of the oracle, lengths of the words of each text."""

    def newness(article):
        return (article.published is None, -article.published.timestamp() if article.published else 0, article.id)

    def key(article):
        if sort in ("length", "shortest"):
            length = sum(map(_length_of, (article.title, article.summary, article.body)))
            return -length if sort == "length" else length
        values = getattr(article, FACET_FIELDS[sort])
        values = [values] if isinstance(values, str) else values
        return not any(values), [[" ".join(_words_of(value)) or " " + value] for value in values if value]

    return [article.id for article in sorted(articles, key=lambda article: (key(article), newness(article)))]


def _length_of(text: str) -> int:
    from searchlib.analysis import analyzer_for

    tokens = analyzer_for("en").tokens(text)
    return tokens[-1].position + 1 if tokens else 0


@examples(60)
@given(
    commits=batches,
    tree=trees,
    sort=st.sampled_from(["length", "shortest", "section", "author", "tag"]),
    codec=st.sampled_from(sorted(CODECS)),
    limit=st.sampled_from([1, 3, 100]),
    merge=st.booleans(),
)
def test_pages_put_together_are_all_articles_in_order(commits, tree, sort, codec, limit, merge):
    with TemporaryDirectory() as folder, create(Path(folder) / "index", codec=codec) as index:
        fill(index, commits)
        if merge:
            index.merge()
        live = {article.id: article for batch in commits for article in batch}
        matching = Oracle(live.values()).matching(tree)

        found = page_by_page(index, tree, sort, limit)

        assert found == expected([article for article in live.values() if article.id in matching], sort)


@examples(40)
@given(
    titles=st.lists(
        st.lists(
            st.sampled_from(["Kim", "kim", "KIM", "Élan", "elan", "–", "“Oil”", "oil", "10", "北京", *SECTIONS[1:4]]),
            max_size=3,
        ),
        min_size=1,
        max_size=12,
    ),
    codec=st.sampled_from(sorted(CODECS)),
    limit=st.sampled_from([1, 3, 100]),
)
def test_titles_are_in_the_order_of_their_words(titles, codec, limit):
    simple = {"élan": "elan", "“oil”": "oil", "–": ""}
    articles = [Article(id=f"{n:02}", title=" ".join(words), body="kim") for n, words in enumerate(titles)]

    def key(number: int):
        words = " ".join(titles[number]).lower().split()
        plain = [simple.get(word, word) for word in words]
        plain = [word for word in plain if word]
        signs = " ".join(words)
        return (2,) if not words else (1, " ".join(plain)) if plain else (0, signs)

    with TemporaryDirectory() as folder, create(Path(folder) / "index", codec=codec) as index:
        fill(index, [articles[::2], articles[1::2]] if len(articles) > 1 else [articles])

        found = page_by_page(index, "body:kim", "title", limit)

        assert found == [f"{n:02}" for n in sorted(range(len(titles)), key=lambda n: (key(n), n))]


@pytest.mark.parametrize("sort", ["length", "title", "section", "place"])
@pytest.mark.parametrize("ticks", range(1, 40, 3))
def test_what_is_sorted_before_the_time_is_over_is_in_order(index, monkeypatch, sort, ticks):
    whole = ids(index.search("kim", sort=sort))
    clock = count()
    monkeypatch.setattr(answer.time, "monotonic", lambda: 1e9 + next(clock))

    page = index.search("kim", sort=sort, timeout_s=ticks + 0.5, partial=True)

    assert ids(page) == [each for each in whole if each in ids(page)]
    assert page.partial or ids(page) == whole
