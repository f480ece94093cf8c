"""An argument that cannot be is a `SettingError` that names it, what was given, and what may be given."""

from __future__ import annotations

from datetime import date, datetime, timezone
from math import inf, nan
from pathlib import Path

import pytest

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create, exists
from searchlib.engines.embedded import open as open_index
from searchlib.errors import SettingError
from searchlib.query import And, Node, Phrase, Word

SEARCH = [
    ("query", 5),
    ("query", None),
    ("query", b"kim"),
    ("query", Node()),
    ("query", And((Word("kim"), Phrase("a b", slop=-1)))),
    ("since", 5),
    ("since", True),
    ("since", ["2023"]),
    ("until", 1.5),
    ("until", {}),
    ("any", "yes"),
    ("any", 1),
    ("sort", "best"),
    ("sort", None),
    ("sort", ["newest"]),
    ("limit", True),
    ("limit", "x"),
    ("limit", "10"),
    ("limit", 2.0),
    ("limit", None),
    ("limit", -1),
    ("limit", 100_001),
    ("after", 5),
    ("after", b"abc"),
    ("facets", "section"),
    ("facets", 5),
    ("facets", None),
    ("facets", ["colour"]),
    ("facets", [5]),
    ("facets", [["section"]]),
    ("facet_limit", -1),
    ("facet_limit", 1.5),
    ("facet_limit", True),
    ("facet_limit", "x"),
    ("facet_prefix", "ja"),
    ("facet_prefix", {"colour": "x"}),
    ("facet_prefix", {"author": 5}),
    ("facet_prefix", {5: "x"}),
    ("chosen", ["section"]),
    ("chosen", {"colour": ["x"]}),
    ("chosen", {"section": "World"}),
    ("chosen", {"section": 5}),
    ("chosen", {"section": [None]}),
    ("chosen", {5: ["x"]}),
    ("timeline", "hour"),
    ("timeline", 5),
    ("timeline", ["day"]),
    ("snippets", "no"),
    ("snippets", None),
    ("total", "roughly"),
    ("total", True),
    ("timeout_s", -1),
    ("timeout_s", "x"),
    ("timeout_s", nan),
    ("timeout_s", 10**400),
    ("timeout_s", True),
    ("partial", "yes"),
    ("partial", 1),
    ("now", "x"),
    ("now", 5),
    ("now", date(2023, 9, 11)),
    ("now", datetime(2023, 9, 11)),
    ("strict", "yes"),
]
WRITER = [
    ("timeout_s", -1),
    ("timeout_s", "x"),
    ("timeout_s", nan),
    ("timeout_s", None),
    ("memory_mb", 0),
    ("memory_mb", "x"),
    ("memory_mb", nan),
    ("memory_mb", 10**400),
    ("memory_mb", True),
    ("memory_mb", None),
    ("threads", 0),
    ("threads", 1.5),
    ("threads", "2"),
    ("threads", True),
]
CREATE = [
    ("path", 5),
    ("path", None),
    ("path", "a\x00b"),
    ("path", "\ud800"),
    ("language", 5),
    ("language", None),
    ("language", "xx"),
    ("timezone", 5),
    ("timezone", "Mars"),
    ("codec", 5),
    ("codec", "lucene"),
    ("codec", ["native"]),
    ("weights", 5),
    ("weights", "title"),
    ("weights", ["title"]),
    ("weights", {"colour": 1}),
    ("weights", {5: 1}),
    ("weights", {"title": "x"}),
    ("weights", {"title": nan}),
    ("weights", {"title": True}),
    ("weights", {"b": 2}),
]


def _label(value: object) -> str:
    return ascii(value)[:40]


@pytest.fixture
def index(tmp_path):
    with create(tmp_path / "index") as made:
        with made.writer() as writer:
            writer.add(Article(id="1", body="kim", published="2023-09-11"))
        yield made


def _names(error: SettingError, name: str) -> bool:
    return error.setting.startswith(name) and str(error).startswith(error.setting) and ": " in str(error)


@pytest.mark.parametrize(("name", "value"), SEARCH, ids=_label)
def test_of_a_search(index, name, value):
    with pytest.raises(SettingError) as raised:
        index.search(**{"query": "kim", name: value})

    assert _names(raised.value, name)


@pytest.mark.parametrize(("name", "value"), WRITER, ids=_label)
def test_of_a_writer_and_nothing_is_locked_by_it(index, name, value):
    with pytest.raises(SettingError) as raised:
        index.writer(**{name: value})

    assert _names(raised.value, name)
    with index.writer(timeout_s=0) as writer:
        assert writer.add(Article(id="1", body="kim"))


def test_of_fields_that_can_be_read_only_once(index):
    with pytest.raises(SettingError, match="facets"):
        index.search("kim", facets=iter(["section"]))


@pytest.mark.parametrize("name", ["timeout_s", "memory_mb"])
def test_of_a_number_that_no_float_can_be(index, name):
    too_large = 10**400

    with pytest.raises(SettingError, match=name):
        index.writer(**{name: too_large})
    with pytest.raises(SettingError, match="timeout_s"):
        index.search("kim", timeout_s=too_large)


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_a_writer_may_have_all_memory_and_all_time(tmp_path, codec):
    with create(tmp_path / "index", codec=codec) as index:
        with index.writer(memory_mb=inf, timeout_s=inf) as writer:
            writer.add(Article(id="1", body="kim"))

        assert index.search("kim").total == 1


@pytest.mark.parametrize(("name", "value"), CREATE, ids=_label)
def test_of_a_new_index_and_nothing_is_made(tmp_path, name, value):
    options = {"path": tmp_path / "index", name: value}
    with pytest.raises(SettingError) as raised:
        create(options.pop("path"), **options)

    assert _names(raised.value, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", Path("a\x00b"), b"x"], ids=ascii)
def test_of_a_path_that_no_file_can_have(value):
    with pytest.raises(SettingError, match="path"):
        open_index(value)
    with pytest.raises(SettingError, match="path"):
        exists(value)


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_half_of_a_surrogate_pair_is_the_id_of_no_article(tmp_path, codec):
    with create(tmp_path / "other", codec=codec) as index:
        with index.writer() as writer:
            writer.add(Article(id="1", body="kim"))

        assert index.get("\ud800") is None
        with index.writer() as writer:
            assert not writer.delete("\ud800")


@pytest.mark.parametrize("value", [5, None, ["x"], 1.5], ids=str)
def test_of_what_is_opened_or_asked_for(index, value):
    with pytest.raises(SettingError, match="path"):
        open_index(value)
    with pytest.raises(SettingError, match="path"):
        exists(value)
    with pytest.raises(SettingError, match="article_id"):
        index.get(value)
    with index.writer() as writer:
        with pytest.raises(SettingError, match="article_id"):
            writer.delete(value)
        with pytest.raises(SettingError, match="query"):
            writer.delete_by_query(value)
        with pytest.raises(SettingError, match="articles"):
            writer.add_all(5)
        with pytest.raises(SettingError, match="progress"):
            writer.add_all([], progress="x")


@pytest.mark.parametrize(
    "options",
    [
        {"timeout_s": 60},
        {"timeout_s": inf},
        {"timeout_s": None},
        {"limit": 0},
        {"limit": 100_000},
        {"since": "2023", "until": date(2023, 9, 11)},
        {"since": datetime(2023, 9, 1, tzinfo=timezone.utc)},
        {"facets": ("section",), "timeline": "day"},
        {"chosen": {}},
        {"chosen": {"section": []}},
        {"chosen": {"section": {"": 1}.keys()}},
        {"facets": {"section": 1}.keys()},
        {"after": ""},
        {"now": datetime(2023, 9, 11, tzinfo=timezone.utc)},
    ],
    ids=str,
)
def test_what_may_be_given_is_taken(index, options):
    assert index.search("kim", **options).total == 1


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_a_time_of_zero_is_over_at_once_or_enough(tmp_path, codec):
    with create(tmp_path / "other", codec=codec) as index:
        assert index.search("kim", timeout_s=1).total == 0
