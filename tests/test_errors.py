"""Errors: their facts, their form in JSON, and that they cross the border between processes."""

from __future__ import annotations

import json
import math
import pickle
from datetime import date

import pytest

from searchlib import errors
from searchlib.errors import (
    ArticleError,
    IndexCorruptError,
    IndexLockedError,
    MissingExtraError,
    QueryError,
    SearchlibError,
    SettingError,
    SourceError,
)

MADE = [
    ArticleError("body", "it is empty"),
    SourceError("a.zip!b", "it is none", record=2),
    QueryError("it is odd", text="a b", start=2),
    IndexLockedError("i", holder="me", waited_s=0.5),
    IndexCorruptError("i", "f", expected="a", got="b"),
    SettingError("limit", -1, "give a number from 0"),
    MissingExtraError("html", "HTML"),
]


@pytest.mark.parametrize("error", MADE, ids=lambda error: error.kind)
def test_an_error_that_was_pickled_is_what_it_was(error: SearchlibError):
    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error))


def test_an_error_is_its_kind_its_message_and_its_facts():
    assert SourceError("a.csv", "it is empty", record=3).as_dict() == {
        "kind": "SourceError",
        "message": "a.csv, record 3: it is empty",
        "source": "a.csv",
        "record": 3,
        "reason": "it is empty",
    }
    assert dict(QueryError("odd"))["problem"] == "odd"


def test_a_kind_is_a_class_of_the_tree():
    class OwnError(QueryError):
        """A program's own."""

    assert OwnError("odd").as_dict()["kind"] == "QueryError"
    assert SearchlibError("x").as_dict() == {"kind": "SearchlibError", "message": "x"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1, -1),
        (1.5, 1.5),
        (None, None),
        (True, True),
        ("x", "x"),
        (math.nan, "nan"),
        (math.inf, "inf"),
        ((1,), "(1,)"),
    ],
)
def test_a_fact_that_json_cannot_have_is_shown_as_python_writes_it(value: object, shown: object):
    form = SettingError("limit", value, "give another").as_dict()

    assert form["value"] == shown
    assert json.loads(json.dumps(form, allow_nan=False)) == form


def test_any_object_can_be_what_was_given_for_a_setting():
    assert SettingError("limit", date(2023, 9, 11), "no").as_dict()["value"] == "datetime.date(2023, 9, 11)"


def test_every_attribute_that_an_error_keeps_is_one_of_its_facts():
    assert [error.kind for error in MADE if set(vars(error)) != set(error.__match_args__)] == []


def test_every_class_of_the_tree_is_named():
    classes = {name for name, thing in vars(errors).items() if isinstance(thing, type) and name.endswith("Error")}

    assert classes == set(errors.__all__)
