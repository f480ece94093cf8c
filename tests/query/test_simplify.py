"""Trees of one meaning have one shape."""

from __future__ import annotations

from datetime import datetime, timezone

from searchlib.query import (
    And,
    Boosted,
    DateRange,
    Everything,
    Not,
    Nothing,
    Or,
    Word,
    simplify,
)

NOW = datetime(2023, 9, 13, 12, 0, tzinfo=timezone.utc)


def test_simplifying_joins_what_is_joined_alike_and_unpacks_what_stands_alone():
    a, b, c = Word("a"), Word("b"), Word("c")
    tree = And((And((a, Or((b,)))), Not(Not(c)), Boosted(And((a,)), 1), Or(())))

    assert simplify(tree) == And((a, b, c, a, Nothing()))


def test_simplifying_knows_that_everything_excluded_is_nothing():
    assert simplify(Not(Everything())) == Nothing()
    assert simplify(Not(Nothing())) == Everything()
    assert simplify(DateRange(NOW, NOW)) == Nothing()
