from __future__ import annotations

from datetime import datetime, timezone

import pytest

from searchlib.diagnostics import Diagnostic
from searchlib.query import parse

NOW = datetime(2023, 9, 13, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("kim NEAR putin", "kim NEAR/5 putin"),
        ("kim -putin !train", "kim -putin -train"),
        ("kim or putin", "kim OR putin"),
        ("kim not putin", "kim NOT putin"),
        ("summit 2019..2023", "summit date:2019..2023"),
        ("invest!", "invest"),
        ("Yahoo! profit", "Yahoo* profit"),
        ("kim~0 putin", '="kim" putin'),
        ("train % strike", "train NOT strike"),
        ("summit date:last week", 'summit date:"last week"'),
        ("AT & T profit", "AT AND T profit"),
    ],
)
def test_what_may_have_been_meant_can_be_put_in_its_place(query: str, suggested: str):
    said = [each for each in parse(query, zone=timezone.utc, now=NOW).diagnostics if each.instead is not None]

    assert [each.suggested(query) for each in said] == [suggested]


def test_a_suggested_query_is_not_remarked_on_in_the_same_way():
    for query in ("kim NEAR putin", "!train", "kim or putin", "2019..2023", "kim~0", "date:last week", "AT & T"):
        (said,) = parse(query, zone=timezone.utc, now=NOW).diagnostics
        again = parse(said.suggested(query) or "", zone=timezone.utc, now=NOW).diagnostics

        assert said.message not in [each.message for each in again]


def test_a_remark_without_a_suggestion_has_none_in_json_either():
    assert Diagnostic("nothing", 0, 1).suggested("a") is None
    assert "instead" not in Diagnostic("nothing", 0, 1).as_dict()
    assert Diagnostic("or", 0, 1, instead="OR").as_dict()["instead"] == "OR"


def test_it_says_in_json_whether_a_part_could_not_be_read():
    assert Diagnostic("date:x cannot be read", 0, 6, is_unreadable=True).as_dict() == {
        "message": "date:x cannot be read",
        "start": 0,
        "end": 6,
        "is_unreadable": True,
    }


@pytest.mark.parametrize("query", ["-lang:zzzz", "kim -lang:zzzz", 'kim -date:"Foo 2020"'])
def test_what_is_excluded_and_cannot_be_read_excludes_everything(query: str, tmp_path):
    import searchlib

    with searchlib.create(tmp_path / "news.index", language="auto") as index:
        with index.writer() as writer:
            writer.add(searchlib.Article(id="a", title="Kim", language="en"))
        page = index.search(query)

    assert (page.total, [each.is_unreadable for each in page.diagnostics]) == (0, [True])
