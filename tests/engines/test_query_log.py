"""Slow searches are said with what they mean; at DEBUG every search is."""

from __future__ import annotations

import logging

import pytest

from searchlib.article import Article
from searchlib.engines.embedded import create
from searchlib.engines.embedded import open as open_index
from searchlib.errors import SearchTimeoutError


@pytest.fixture
def index(tmp_path):
    with create(tmp_path / "news.index") as index:
        with index.writer() as writer:
            for n in range(3):
                writer.add(Article(id=str(n), body="kim putin", published="2023-05-01"))
        yield index


ASKED = {
    "search": lambda index: index.search("kim", since="2023"),
    "comparison": lambda index: index.compare(["kim", "oil"], by="day"),
    "concordance": lambda index: index.concordance("kim"),
    "explanation": lambda index: index.explain("kim"),
    "why-not": lambda index: index.why_not("1", "oil"),
    "suggestion": lambda index: index.suggest("kmi"),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_slow_is_a_warning_and_what_is_not_is_silent(index, caplog, what):
    caplog.set_level(logging.INFO, "searchlib.search")
    ASKED[what](index)
    before = list(caplog.records)
    index.slow_s = 0
    ASKED[what](index)

    assert before == []
    assert {record.levelname for record in caplog.records} == {"WARNING"}
    assert caplog.records[-1].getMessage().startswith(f"{what} took ")


def test_a_slow_search_is_said_with_its_query_its_meaning_and_what_it_found(index, caplog):
    index.slow_s = 0
    index.search("kim OR oil", since="2023-05", sort="newest")

    (record,) = caplog.records
    assert record.getMessage().endswith(
        ", 1 segments, total 3: (kim OR oil) date:2023-05-01.. "
        "(articles with any of “kim” or “oil”, published from 1 May 2023)"
    )
    assert (record.searchlib_query, record.searchlib_total) == ("(kim OR oil) date:2023-05-01..", 3)
    assert record.searchlib_generation == 1
    assert record.searchlib_seconds >= 0


def test_at_debug_every_search_is_said_and_many_at_once_are_so_each(index, caplog):
    caplog.set_level(logging.DEBUG, "searchlib.search")
    list(index.search_many(["kim", "putin"]))
    index.search("oil")

    assert [(record.levelname, record.searchlib_query) for record in caplog.records] == [
        ("DEBUG", "kim"),
        ("DEBUG", "putin"),
        ("DEBUG", "oil"),
    ]


def test_a_search_that_had_no_time_is_said_too(index, caplog):
    index.slow_s = 0
    with pytest.raises(SearchTimeoutError):
        index.search("kim", timeout_s=0)

    (record,) = caplog.records
    assert "ended by SearchTimeoutError: kim" in record.getMessage()


def test_nothing_is_slow_where_that_is_wished(index, caplog, monkeypatch):
    caplog.set_level(logging.INFO, "searchlib.search")
    index.slow_s = None
    monkeypatch.setattr("searchlib.engines.pages.monotonic", iter(range(0, 10_000, 1000)).__next__)
    index.search("kim")

    assert caplog.records == []


def test_a_second_is_slow_unless_the_program_says_otherwise(index, caplog, monkeypatch):
    monkeypatch.setattr("searchlib.engines.pages.monotonic", iter([0, 1.0, 10, 10.999]).__next__)
    index.search("kim")
    index.search("putin")

    assert [record.searchlib_query for record in caplog.records] == ["kim"]
    with open_index(index.path) as another:
        assert another.slow_s == 1
