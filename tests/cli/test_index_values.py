"""A shell is offered the fields of the query language, and what the index holds."""

from __future__ import annotations

import shlex

import pytest


def offered(run, *words: str, **env: str) -> list[str]:
    variables = {"_SEARCHLIB_COMPLETE": "zsh_complete", "COMP_WORDS": shlex.join(["searchlib", *words]), **env}
    result = run(env={**variables, "COMP_CWORD": str(len(words))})
    assert result.stderr == ""
    # Three lines for each: kind, value, help.
    return result.stdout.strip("\n").split("\n")[1::3]


def test_fields_are_offered(run, index):
    assert offered(run, "query", "t") == ["title:", "tag:"]
    assert offered(run, "query", "TIT") == ["title:"]
    assert "date:" in offered(run, "query", "herring d")[0]
    assert offered(run, "query", "herring -(ti") == ["herring -(title:"]


def test_a_field_alone_is_offered_with_its_values(run, index):
    assert offered(run, "query", "sect") == ["section:World", "section:Business"]


def test_values_are_offered_in_quotation_marks_where_they_need_them(run, index):
    assert offered(run, "query", "section:w") == ["section:World"]
    assert offered(run, "query", "publisher:the") == ['publisher:"The Harbour Post"']
    assert offered(run, "query", 'source:"the h') == ['source:"The Harbour Post"']
    assert offered(run, "query", "herring publisher:=Kit") == ['herring publisher:="Kitchen"']
    assert offered(run, "query", 'publisher:"The Harbour Post" by:tom') == [
        'publisher:"The Harbour Post" by:"Tom Lunde"'
    ]


def test_dates_and_what_an_article_may_have_are_offered(run, index):
    assert "date:today" in offered(run, "query", "date:t")
    assert offered(run, "query", 'since:"last w') == ['since:"last week"']
    assert offered(run, "query", "has:sum") == ["has:summary"]


@pytest.mark.parametrize("words", [("herring",), ("zzz:",), ("title:x",), ('"section:',), ("section:nothing-like-it",)])
def test_where_nothing_is_known_nothing_is_offered(run, index, words):
    assert offered(run, "query", *words) == []


@pytest.mark.parametrize("command", ["kwic", "compare"])
def test_every_command_that_takes_a_query_offers_them(run, index, command):
    assert offered(run, command, "section:w") == ["section:World"]
    assert offered(run, "why-not", "oslo", "section:w") == ["section:World"]
    assert offered(run, "show", "oslo", "--query", "section:w") == ["section:World"]


def test_chosen_values_are_offered(run, index):
    assert "section=" in offered(run, "query", "--choose", "s")
    assert offered(run, "query", "--choose", "publisher=the") == ["publisher=The Harbour Post"]
    assert offered(run, "query", "--choose", "colour=") == []


def test_ids_are_offered_once(run, index):
    assert set(offered(run, "show", "")) >= {"oslo", "herring", "bremen"}
    assert offered(run, "show", "os") == ["oslo"]
    assert "oslo" not in offered(run, "show", "oslo", "")
    assert offered(run, "similar", "os") == ["oslo"]


def test_saved_questions_are_offered(run, index, tmp_path):
    (tmp_path / "questions.toml").write_text('[fish]\nquery = "herring"\n[fishing]\nquery = "boat"\n')

    assert offered(run, "query", "@fish") == ["@fish", "@fishing"]


@pytest.mark.parametrize("words", [("query", "section:w"), ("show", "o"), ("query", "@a")])
def test_without_an_index_or_questions_there_is_silence(run, words):
    assert offered(run, *words) == []


def test_a_damaged_index_is_no_reason_to_speak(run, own_index):
    for path in own_index.iterdir():
        if path.is_file():
            path.write_bytes(b"damage")

    assert offered(run, "query", "section:w") == []
