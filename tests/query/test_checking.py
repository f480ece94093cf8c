"""What in a tree built by hand cannot be."""

from __future__ import annotations

from datetime import datetime, timezone
from math import inf, nan

import pytest
from hypothesis import given
from strategies import trees

from searchlib.article import Article
from searchlib.engines.embedded import create
from searchlib.errors import SettingError
from searchlib.query import (
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
    find_fault,
)
from searchlib.query.limits import MAX_TREE_DEPTH

_KIM, _OIL = Word("kim"), Word("oil")
_FAULTY = [
    Node(),
    None,
    "kim",
    Word(5),
    Word("kim", "colour"),
    Word("kim", ["title"]),
    Phrase(b"kim"),
    Phrase("kim oil", slop=-1),
    Phrase("kim oil", slop=2**32),
    Phrase("kim oil", slop=1.0),
    Phrase("kim oil", "text"),
    Near(_KIM, _OIL, -1),
    Near(_KIM, _OIL, 2**32),
    Near(_KIM, _OIL, True),
    Near(And((_KIM, _OIL)), _OIL, 5),
    Near(Not(_KIM), _OIL, 5),
    Near(_OIL, Or((_KIM, Everything())), 5),
    Near(_OIL, DateRange(), 5),
    Near(None, _OIL, 5),
    Boosted(_KIM, 0),
    Boosted(_KIM, -1.0),
    Boosted(_KIM, nan),
    Boosted(_KIM, inf),
    Boosted(_KIM, 1e308),
    Boosted(_KIM, "2"),
    Boosted(_KIM, True),
    Near(_KIM, _OIL, 5, unit="line"),
    Near(_KIM, Value("Kim", "author"), 5),
    Near(_KIM, AtLeast(_OIL, 2), 5),
    Exact(5),
    Exact("kim", "colour"),
    Exact("kim oil", slop=-1),
    Wildcard(5),
    Wildcard(" "),
    Wildcard("kim*", "colour"),
    Wildcard("k" * 256 + "*"),
    Wildcard("*a" + "?" * 20),
    Expression("mi(ss"),
    Expression("\\d"),
    Expression(""),
    Fuzzy("kim", distance=0),
    Fuzzy("kim", distance=3),
    Fuzzy("kim", distance=True),
    Fuzzy(""),
    Sequence((_KIM,)),
    Sequence([_KIM, _OIL]),
    Sequence((_KIM, _OIL), slop=-1),
    Sequence((_KIM, And((_KIM, _OIL)))),
    Sequence((_KIM, Not(_OIL))),
    AtLeast(_KIM, 0),
    AtLeast(_KIM, 1001),
    AtLeast(_KIM, 2.0),
    AtLeast(Not(_KIM), 2),
    AtLeast(DateRange(), 2),
    Value(5, "author"),
    Value("Kim", "title"),
    Value("Kim", None),
    Has("lead"),
    Has("colour"),
    Has(None),
    LengthRange(),
    LengthRange(-1),
    LengthRange(1.5),
    LengthRange(None, 2**32),
    DateRange(field="printed"),
    DateRange(datetime(2023, 9, 11)),
    DateRange(until="2023"),
    And([_KIM, _OIL]),
    Or("kim"),
]


def _parts_of(node: Node) -> list[object]:
    """All that is directly or further below a node."""
    below: list[object] = []
    for name in ("left", "right", "node", "nodes"):
        part = getattr(node, name, ())
        for child in part if isinstance(part, tuple) else (part,):
            below += [child, *_parts_of(child)]
    return below


@pytest.mark.parametrize("node", _FAULTY, ids=repr)
def test_what_no_query_can_mean_is_found_however_deep_it_is(node):
    assert find_fault(node) is not None
    tree = And((_KIM, Not(Or((_OIL, Boosted(node, 2.0))))))

    found, remedy = find_fault(tree)

    assert node is found or found in _parts_of(node)
    assert remedy


@pytest.mark.parametrize(
    "node",
    [
        And(()),
        Or(()),
        Near(_KIM, _OIL, 0),
        Near(Or((_KIM, Phrase("oil price", slop=2))), Boosted(_OIL, 3), 100, True),
        Near(Near(_KIM, _OIL, 5), _KIM, 2**32 - 1),
        Near(Near(_KIM, _OIL, 0, unit="sentence"), Sequence((_KIM, Wildcard("o*l"))), 5, negated=True),
        Sequence((_KIM, Or((_OIL, Phrase("oil price"), Fuzzy("oil", distance=2)))), 3),
        Sequence((Near(_KIM, _OIL, 2), Exact("oil", "title"))),
        AtLeast(Or((_KIM, Expression("o(i)l"))), 1000),
        Exact("kim oil", "lead", 3),
        Value("", "author"),
        Has("id"),
        Has("updated"),
        LengthRange(0),
        LengthRange(5, 3),
        DateRange(field="updated"),
        DateRange(),
        DateRange(datetime(2023, 9, 11, tzinfo=timezone.utc)),
        Word(""),
        Word("\ud800", "title"),
    ],
    ids=ascii,
)
def test_what_can_be_asked_has_no_fault(node):
    assert find_fault(node) is None


@given(trees)
def test_trees_of_the_language_have_no_fault(tree):
    assert find_fault(tree) is None


@pytest.mark.parametrize(
    "deeper",
    [
        lambda tree: And((tree, _OIL)),
        lambda tree: Or((_OIL, tree)),
        Not,
        lambda tree: Boosted(tree, 1.01),
        lambda tree: Near(tree, _OIL, 3),
        lambda tree: Near(_OIL, tree, 3),
    ],
)
def test_a_tree_of_too_many_levels_is_a_fault_and_one_of_fewer_is_searched(deeper, tmp_path):
    trees_of = [_KIM]
    for _ in range(MAX_TREE_DEPTH):
        trees_of.append(deeper(trees_of[-1]))

    assert find_fault(trees_of[-1]) == ("a tree of 129 levels", "give one of at most 128")
    with create(tmp_path / "index") as index:
        with index.writer() as writer:
            writer.add(Article(id="1", body="kim oil"))
        index.search(trees_of[-2])
        with pytest.raises(SettingError, match="129 levels"):
            index.search(trees_of[-1])


def test_a_tree_of_any_depth_is_looked_through():
    tree = Word(5)
    for _ in range(50_000):
        tree = Not(tree)

    assert find_fault(tree) == (Word(5), "its text is a text")
