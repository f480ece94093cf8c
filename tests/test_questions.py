"""Saved questions: what a file may hold, and that a value never becomes an operator."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.errors import SettingError
from searchlib.query import Node, Phrase, Word, parse
from searchlib.questions import Parameter, Question, choose, load

if sys.version_info < (3, 11):
    pytest.importorskip("tomli", reason="Python 3.10 has no TOML of its own")


def loaded(tmp_path, text: str) -> dict[str, Question]:
    path = tmp_path / "questions.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def tree_of(query: str) -> Node:
    from datetime import datetime, timezone

    return parse(query, zone=timezone.utc, now=datetime(2023, 9, 11, tzinfo=timezone.utc)).tree


def test_a_question_has_what_its_table_says(tmp_path):
    questions = loaded(
        tmp_path,
        """
        [putin-kim]
        description = "Both of them"
        query = '"kim jong un" putin'
        since = "2023-09"
        until = "2023"
        any = true
        sort = "newest"
        limit = 20
        facets = ["section", "tag"]
        timeline = "week"
        columns = ["date", "author"]

        [all]
        query = "*"
        """,
    )

    assert list(questions) == ["putin-kim", "all"]
    question = questions["putin-kim"]
    assert (question.description, question.columns, question.parameters) == ("Both of them", ("date", "authors"), {})
    assert question.filled() == {
        "query": '"kim jong un" putin',
        "since": "2023-09",
        "until": "2023",
        "any": True,
        "sort": "newest",
        "limit": 20,
        "facets": ("section", "tag"),
        "timeline": "week",
    }
    assert questions["all"].filled() == {"query": "*"}


VISITS = """
[visits]
query = 'visit {who} NOT "the {what} train" {more}'
since = "{year}-09"

[visits.parameters]
what = "armoured"
more = { default = "a OR b", raw = true, description = "anything" }
"""


def test_parameters_are_filled_in_as_phrases_words_and_pieces(tmp_path):
    question = loaded(tmp_path, VISITS)["visits"]

    assert question.parameters == {
        "who": Parameter(),
        "what": Parameter("armoured"),
        "more": Parameter("a OR b", "anything", True),
        "year": Parameter(),
    }
    assert question.filled(who="Kim", year="2023") == {
        "query": 'visit "Kim" NOT "the armoured train" a OR b',
        "since": "2023-09",
    }
    assert question.filled(who="Kim", year="1987", what="last night", more="x*")["query"] == (
        'visit "Kim" NOT "the last night train" x*'
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('x" OR "y', "x or y"),
        ("a) OR (b", "a or b"),
        ("title:putin", "title putin"),
        ("kim NEAR/5 putin", "kim near 5 putin"),
        ("“curly” «signs»", "curly signs"),
        ("nuclear* wom?n kim~2 x^3", "nuclear wom n kim 2 x 3"),
        ("O'Brien, AT&T, U.S., C++, jong-un", "O'Brien, AT&T, U.S., C++, jong-un"),
        ("two\nlines\tand\x00more", "two lines and more"),
    ],
)
def test_no_sign_of_a_value_is_an_operator(value, words):
    question = Question("q", '{a} "x {a} y"', parameters={"a": Parameter()})

    assert question.filled(a=value)["query"] == f'"{words}" "x {words} y"'


@given(st.text(max_size=40))
def test_whatever_a_value_is_the_query_keeps_its_shape(value):
    question = Question("q", 'before {a} title:{a} "x {a} y" after', parameters={"a": Parameter()})
    try:
        query = question.filled(a=value)["query"]
    except SettingError:
        return
    tree = tree_of(query)

    assert [type(node) for node in tree.nodes] == [Word, Phrase, Phrase, Phrase, Word]
    assert [node.field for node in tree.nodes] == [None, None, "title", None, None]
    assert [node.slop for node in tree.nodes[1:4]] == [0, 0, 0]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "--set who="),
        ({"who": "Kim"}, "--set year="),
        ({"who": "", "year": "2023"}, "a text with a word in it"),
        ({"who": '"*"', "year": "2023"}, "a text with a word in it"),
        ({"who": 5, "year": "2023"}, "a text with a word in it"),
        ({"whom": "Kim"}, "visits has no such parameter; those of it: who, what, more, year"),
    ],
)
def test_a_value_that_is_missing_or_unknown_is_an_error(tmp_path, values, said):
    with pytest.raises(SettingError, match=said):
        loaded(tmp_path, VISITS)["visits"].filled(**values)


def test_an_unknown_question_is_an_error_that_names_the_nearest(tmp_path):
    questions = loaded(tmp_path, VISITS)

    assert choose(questions, "visits").name == "visits"
    with pytest.raises(SettingError, match="did you mean visits"):
        choose(questions, "visit")
    with pytest.raises(SettingError, match="the questions there are: visits"):
        choose(questions, "zzz")
    with pytest.raises(SettingError, match="the file has none"):
        choose({}, "zzz")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nquery = 'x\nsort = 'newest'\n", "it is no TOML: .*line 2"),
        ("[a]\nquery = 'x'\n[a]\nquery = 'y'\n", "it is no TOML"),
        ("query = 'x'", "query stands outside of a question"),
        ("['a b']\nquery = 'x'", "without spaces"),
        ("[a]\ndescription = 'x'", "write what to search for"),
        ("[a]\nquery = ' '", "write what to search for"),
        ("[a]\nquery = 5", "a text in quotation marks"),
        ("[a]\nquery = 'x'\nlimits = 5", "did you mean limit"),
        ("[a]\nquery = 'x'\nsort = 'best'", "choose one of relevance"),
        ("[a]\nquery = 'x'\nlimit = -1", "a whole number"),
        ("[a]\nquery = 'x'\nlimit = true", "a whole number"),
        ("[a]\nquery = 'x'\nsince = 2023-09-11", "a date in quotation marks"),
        ("[a]\nquery = 'x'\nany = 'yes'", "true or false"),
        ("[a]\nquery = 'x'\nfacets = ['colour']", "section"),
        ("[a]\nquery = 'x'\nfacets = 'section'", "give a list"),
        ("[a]\nquery = 'x'\ntimeline = ['day']", "choose one of day"),
        ("[a]\nquery = 'x'\ncolumns = ['titel']", "did you mean title"),
        ("[a]\nquery = 'x'\nparameters = 'y'", "a table of names"),
        ("[a]\nquery = 'x'\nparameters.y = 'z'", "stands nowhere"),
        ("[a]\nquery = '{y}'\nparameters.y = 5", "give its default"),
        ("[a]\nquery = '{y}'\nparameters.y = {raw = 'no'}", "give its default"),
        ("[a]\nquery = '{y}'\nparameters.y = {defualt = 'no'}", "give its default"),
    ],
)
def test_what_no_question_has_is_an_error_that_says_where(tmp_path, text, said):
    with pytest.raises(SettingError, match=said):
        loaded(tmp_path, text)


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_errors(tmp_path):
    path = tmp_path / "questions.toml"
    with pytest.raises(FileNotFoundError):
        load(path)
    path.write_bytes(b"[a]\nquery = 'caf\xe9'\n")
    with pytest.raises(SettingError, match="it is no TOML"):
        load(path)


def test_braces_of_an_expression_are_no_parameter(tmp_path):
    question = loaded(tmp_path, "[a]\nquery = '/mis{2}ile/'")["a"]

    assert question.filled() == {"query": "/mis{2}ile/"}
