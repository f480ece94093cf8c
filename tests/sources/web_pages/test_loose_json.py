from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.web_pages.loose_json import assigned_values, loose_values

FERRY = {"headline": "Ferry, sails // again", "url": "https://courier.example/a,]"}
TEXT = '{"headline": "Ferry, sails // again", "url": "https://courier.example/a,]"}'


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"  {TEXT};  ",
        f"<![CDATA[{TEXT}]]>",
        f"//<![CDATA[\n{TEXT}\n//]]>",
        f"/*<![CDATA[*/ {TEXT} /*]]>*/",
        f"<!--\n{TEXT}\n-->",
        TEXT.replace("}", ",}"),
        TEXT.replace("{", "{ // what it is\n"),
        TEXT.replace("{", "{ /* what\n it is */"),
        TEXT.replace('"', "&quot;"),
        TEXT.replace('"', "'"),
        "// made by hand\n" + TEXT.replace('", "', '",, "'),
        TEXT.replace("Ferry", r"\Ferry"),
    ],
)
def test_what_is_meant_to_be_json_is_read(text: str) -> None:
    assert loose_values(text) == [FERRY]


def test_values_that_stand_one_after_another_are_all_read() -> None:
    assert loose_values(f"{TEXT}{TEXT}\n,{TEXT}") == [FERRY] * 3


def test_a_line_break_in_a_string_is_part_of_it() -> None:
    assert loose_values('{"body": "One\nTwo"}') == [{"body": "One\nTwo"}]


@pytest.mark.parametrize("text", ["", "ferry", "{", '{"a": }', "[" * 100_000, "//", "<!--"])
def test_what_is_no_json_has_no_values(text: str) -> None:
    assert loose_values(text) == []


@pytest.mark.parametrize(
    "script",
    [
        f"window.__INITIAL_STATE__ = {TEXT};",
        f"window.Fusion=window.Fusion||{{}};Fusion.globalContent={TEXT};Fusion.x=1",
        f"(window['DATA'] = window['DATA'] || []).push({TEXT});",
        "window.STATE = JSON.parse(" + '"' + TEXT.replace('"', '\\"') + '");',
    ],
)
def test_values_in_variables_are_read(script: str) -> None:
    assert FERRY in assigned_values(script)


@given(st.text(alphabet='{}[]",:/*<!-\\ ab\n', max_size=60))
def test_nothing_raises(text: str) -> None:
    loose_values(text)
    assigned_values(text)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (r'{"headline": "The ferry\'s back", "a": 1}', "The ferry's back"),
        (r"{'headline': 'The ferry\'s \"back\"', 'a': 1}", 'The ferry\'s "back"'),
        ('{"headline": "The "long" ferry", "a": 1}', 'The "long" ferry'),
        ('{"headline": ""Long" ferry", "a": 1}', '"Long" ferry'),
        (r'{"headline": "The \"long\" "new" ferry", "a": 1}', 'The "long" "new" ferry'),
        (r'{"headline": "The ferry\! Back \- \é", "a": 1}', "The ferry! Back - é"),
    ],
)
def test_signs_that_are_escaped_for_no_reason_or_not_escaped_are_themselves(text: str, headline: str) -> None:
    assert loose_values(text) == [{"headline": headline, "a": 1}]


@pytest.mark.parametrize(
    "text", ['"' * 200_000, '{"a": ' + '" ' * 100_000, "{'" * 100_000, '{"a": "' + "\\\\'" * 100_000]
)
def test_long_damage_takes_no_long_time(text: str) -> None:
    started = time.monotonic()

    assert not any(loose_values(text))
    assert time.monotonic() - started < 5
