"""A tree's text parses back to the tree."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query import (
    MAX_QUERY_DEPTH,
    SEARCH_FIELDS,
    And,
    Boosted,
    DateRange,
    Everything,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Word,
    parse,
    render,
    simplify,
)

UTC = timezone.utc
SINGAPORE = ZoneInfo("Asia/Singapore")
ZONES = [UTC, SINGAPORE, ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")]
NOW = datetime(2023, 9, 13, 12, 0, tzinfo=UTC)


def tree_of(text: str, zone: tzinfo = UTC, *, either: bool = False) -> Node:
    return parse(text, zone=zone, now=NOW, any=either).tree


CANONICAL = {
    "a  AND b": "a b",
    "a b|c": "(a b) OR c",
    "a NEAR/5 b c": "(a NEAR/5 b) c",
    "a pre/5 (b OR 'c')": "a PRE/5 (b OR 'c')",
    "NOT a": "-a",
    "NOT (a b)": "-(a b)",
    "intitle:(a “b c”~3)^2.50": '(title:a title:"b c"~3)^2.5',
    "a^0.001": "a^0.001",
    "\\AND b": "\\AND b",
    "lang:en site:x.y/?z*": "language:en url:x.y/?z*",
    "*": "*",
    "-*": "-*",
    "date:2023": "date:2023",
    "date:2023-09": "date:2023-09",
    "date:2023-09-11": "date:2023-09-11",
    "date:2023-09-01..2023-09-30": "date:2023-09",
    "date:2023-09-04..2023-09-10": "date:2023-09-04..2023-09-10",
    "since:2023-09": "date:2023-09-01..",
    "before:2023-09": "date:..2023-08-31",
    "since:2023-09-11T02:00+09:00": "date:2023-09-10T17:00:00Z..",
    "date:*": "date:*",
}


@pytest.mark.parametrize("text", CANONICAL)
def test_the_text_of_a_tree_is_canonical(text: str):
    assert render(tree_of(text, SINGAPORE), zone=SINGAPORE) == CANONICAL[text]


def test_without_a_zone_dates_are_instants():
    tree = tree_of("date:2023-09-11", SINGAPORE)

    assert render(tree) == "date:2023-09-10T16:00:00Z..2023-09-11T16:00:00Z"


def test_what_ranks_in_any_mode_is_written_out():
    assert render(tree_of("+a b", either=True)) == "a (b OR *)"


def test_half_characters_are_rendered_as_unknown_ones():
    assert render(Word("a\ud800")) == "a\ufffd"


def test_a_tree_too_deep_for_spare_parentheses_does_without_them():
    text = "a"
    for _ in range(MAX_QUERY_DEPTH - 1):
        text = f"(b c OR {text}) d"
    tree = tree_of(text)

    assert tree_of(render(tree)) == tree


# Signs and words of the language, and characters of all kinds but halves of surrogate pairs.
SIGNS = [
    "(",
    ")",
    '"',
    "”",
    "-",
    "+",
    "|",
    "*",
    "\\",
    "^2",
    "~2",
    "^",
    ":",
    "=",
    "/",
    "?",
    " ",
    "\n",
    "AND",
    "NEAR/3",
    "w/2",
]
pieces = st.sampled_from([*SIGNS, "title:", "athor:", "date:", "a", "Kim", "'s", "."]) | st.characters(
    exclude_categories=["Cs"]
)
# What would be one word if it stood side by side.
halves = st.sampled_from(["10", "000", "10 000", "J.", "AT", "&"])
words = st.lists(pieces, min_size=1, max_size=6).map("".join) | halves
fields = st.none() | st.sampled_from(SEARCH_FIELDS)
phrases = words.filter(str.strip)
distances = st.integers(1, 100)
instants = st.datetimes(timezones=st.just(UTC)) | st.dates().map(
    lambda day: datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
)
leaves = st.one_of(
    st.builds(Word, words, fields),
    st.builds(Phrase, phrases, fields, st.integers(0, 100)),
    st.builds(Everything),
    st.builds(Nothing),
    st.builds(DateRange, st.none() | instants, st.none() | instants),
)


def sides(field: str | None) -> st.SearchStrategy[Node]:
    single = st.builds(Word, words, st.just(field)) | st.builds(Phrase, phrases, st.just(field))
    return single | st.lists(single, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes)))


nears = fields.flatmap(lambda field: st.builds(Near, sides(field), sides(None), distances, st.booleans()))
factors = st.floats(0.001, 1000).filter(lambda factor: float(f"{factor:.12f}") == factor) | st.integers(1, 1000).map(
    float
)


def grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    many = st.lists(nodes, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(And, many), st.builds(Or, many), st.builds(Not, nodes), st.builds(Boosted, nodes, factors)
    )


trees = st.recursive(leaves | nears, grown, max_leaves=12)


@given(trees, st.none() | st.sampled_from(ZONES))
def test_a_rendered_tree_parses_back_to_itself(tree: Node, zone: tzinfo | None):
    text = render(tree, zone=zone)

    assert tree_of(text, zone or UTC) == simplify(tree)


queries = st.lists(
    st.sampled_from([*SIGNS, " OR ", " NOT ", " a", " b ", "title:", "date:", "2023-09-11", "..", "since:7d", "«"]),
    max_size=40,
).map("".join)


@given(st.text(max_size=60) | queries, st.booleans(), st.sampled_from(ZONES))
def test_a_parsed_text_renders_to_a_text_with_the_same_tree(text: str, either: bool, zone: tzinfo):
    tree = tree_of(text, zone, either=either)

    assert tree_of(render(tree, zone=zone), zone) == tree
    assert simplify(tree) == tree


@given(trees)
def test_rendering_is_settled_after_one_round(tree: Node):
    text = render(tree)

    assert render(tree_of(text)) == text


def test_times_are_kept_to_the_microsecond():
    dates = DateRange(NOW + timedelta(microseconds=1), NOW + timedelta(microseconds=2))

    assert tree_of(render(dates)) == dates
