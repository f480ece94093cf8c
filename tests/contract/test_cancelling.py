"""Whatever is asked of an index can be cancelled, and an index that was asked something cancelled answers as before."""

from __future__ import annotations

import pytest

from searchlib.article import Article
from searchlib.cancellation import Cancellation, current_cancellation
from searchlib.errors import SearchCancelledError

ASKED = {
    "search": lambda index: index.search("kim", snippets=False),
    "partial": lambda index: index.search("kim", timeout_s=60, partial=True),
    "counts": lambda index: index.search("kim", limit=0, facets=["section"], timeline="day", share=True),
    "sorted": lambda index: index.search("kim", sort="title"),
    "phrase": lambda index: index.search('"kim putin" OR kim NEAR/3 putin'),
    "pattern": lambda index: index.search("k*m putn~"),
    "expanded": lambda index: index.search("kim", expand=True),
    "plain": lambda index: index.search("kim?", plain=True),
    "compare": lambda index: index.compare(["kim", "putin"], by="day"),
    "concordance": lambda index: index.concordance("kim"),
    "scan": lambda index: list(index.scan("kim")),
    "many": lambda index: list(index.search_many(["kim", "putin"], strict=True)),
    "threads": lambda index: list(index.search_many(["kim", "putin"], threads=2)),
    "similar": lambda index: index.similar("1"),
    "explain": lambda index: index.explain("kim putin"),
    "why-not": lambda index: index.why_not("1", "kim oil"),
    "suggest": lambda index: index.suggest("kmi putin"),
    "verify": lambda index: index.verify(),
}


@pytest.fixture
def index(make_index):
    return make_index(*(Article(id=str(n), body="kim putin " * 9, published="2023") for n in range(1, 40)))


@pytest.mark.parametrize("name", ASKED)
def test_what_is_cancelled_raises_whatever_is_asked(index, name):
    with Cancellation() as cancellation:
        cancellation.cancel()
        with pytest.raises(SearchCancelledError):
            ASKED[name](index)

    ASKED[name](index)


def test_within_a_block_that_nobody_cancels_answers_are_the_same(index):
    before = index.search("kim", facets=["section"], timeline="day")
    with Cancellation():
        within = index.search("kim", facets=["section"], timeline="day")

    assert within == before


def test_a_search_is_cancelled_between_its_articles(index):
    taken = []
    with Cancellation() as cancellation, pytest.raises(SearchCancelledError):
        for hit in index.scan("kim"):
            taken.append(hit.article.id)
            if len(taken) == 3:
                cancellation.cancel()

    assert taken == ["1", "10", "11"]


def test_contexts_are_cancelled_between_articles(index, monkeypatch):
    from searchlib.highlighting.contexts import ContextFinder

    read = []
    lines = ContextFinder.lines

    def cancelled_at_the_third(self, article):
        read.append(article.id)
        if len(read) == 3:
            current_cancellation().cancel()
        return lines(self, article)

    monkeypatch.setattr(ContextFinder, "lines", cancelled_at_the_third)
    with Cancellation(), pytest.raises(SearchCancelledError):
        index.concordance("kim")

    assert len(read) == 3


def test_snippets_are_cancelled_between_articles(index, monkeypatch):
    from searchlib.engines.snippet_maker import SnippetMaker

    made = []
    call = SnippetMaker.__call__

    def cancelled_at_the_third(self, article):
        made.append(article.id)
        if len(made) == 3:
            current_cancellation().cancel()
        return call(self, article)

    monkeypatch.setattr(SnippetMaker, "__call__", cancelled_at_the_third)
    with Cancellation(), pytest.raises(SearchCancelledError):
        index.search("kim", timeout_s=60, partial=True)

    assert len(made) == 3


def test_a_writer_that_is_cancelled_while_it_deletes_commits_nothing(index):
    with Cancellation() as cancellation, pytest.raises(SearchCancelledError), index.writer() as writer:
        cancellation.cancel()
        writer.delete_by_query("kim")

    assert len(index) == 39
