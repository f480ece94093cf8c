from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from searchlib import Article
from searchlib.analysis import ArticleAnalyzers
from searchlib.query import And, Node, Not, Nothing, Or, Phrase, Word
from searchlib.schema import Weights
from searchlib.searching.one_article import IndexFacts, OneArticle, Where
from searchlib.searching.relaxations import Change, Relaxer, day_of, nearest, smallest

FACTS = IndexFacts("news.index", ArticleAnalyzers("en", "en"), Weights(), 10, 20.0, lambda term: 1)
ONE = OneArticle(
    Article(id="a", title="Kim visits", body="Vladivostok, a café and a train.", authors=["Jane Doe"]),
    FACTS,
    Where(0, 0, 9),
)


def relaxer(*words: str) -> Relaxer:
    """One of an article that has these words and nothing else."""

    def holds(node: Node) -> bool:
        if isinstance(node, And):
            return all(map(holds, node.nodes))
        if isinstance(node, Or):
            return any(map(holds, node.nodes))
        if isinstance(node, Not):
            return not holds(node.node)
        return isinstance(node, Word) and node.text in words and node.field is None

    return Relaxer(ONE, holds, timezone.utc)


@pytest.mark.parametrize(("least", "expected"), [(3, 3), (9, 9), (1, 3), (10, None)])
def test_the_smallest_number_is_found(least, expected):
    assert smallest(lambda number: number >= least, 3, 9) == expected


def test_there_is_no_smallest_of_no_numbers():
    assert smallest(lambda number: True, 5, 4) is None


@pytest.mark.parametrize(
    ("word", "field", "expected"),
    [
        ("vladivostock", None, "vladivostok"),
        ("VISIST", None, "visits"),
        ("visist", "body", ""),
        ("cafe", None, ""),
        ("zzz", None, ""),
        ("jame", "author", "jane"),
        ("jame", "section", ""),
    ],
)
def test_the_nearest_word_is_one_that_is_spelt_otherwise_in_that_field(word, field, expected):
    assert nearest(ONE, word, field) == expected


def test_a_day_is_that_of_the_zone():
    singapore = ZoneInfo("Asia/Singapore")
    instant = datetime(2023, 9, 11, 20, tzinfo=timezone.utc)

    assert day_of(instant, singapore) == (
        datetime(2023, 9, 11, 16, tzinfo=timezone.utc),
        datetime(2023, 9, 12, 16, tzinfo=timezone.utc),
    )


def test_a_day_next_to_the_end_of_time_ends_with_its_instant():
    last = datetime(9999, 12, 31, 23, tzinfo=timezone.utc)

    assert day_of(last, timezone.utc) == (last, last + timedelta.resolution)


def test_what_is_met_is_not_changed():
    assert relaxer("kim").changes(Word("kim")) == [Change(Word("kim"), "")]


def test_the_mildest_change_comes_first_and_leaving_out_last():
    assert relaxer("visits").changes(Word("visist")) == [
        Change(Word("visits"), "“visits” instead of “visist”"),
        Change(None, "without visist"),
    ]


def test_all_parts_that_are_not_met_are_changed_together():
    first, *_ = relaxer("kim", "visits").changes(And((Word("kim"), Word("visist"), Word("zeppelin"))))

    assert first == Change(And((Word("kim"), Word("visits"))), "“visits” instead of “visist”; without zeppelin")


def test_an_or_is_changed_in_one_of_its_parts():
    changes = relaxer("visits").changes(Or((Word("zeppelin"), Word("visist"))))

    assert changes[0].node == Or((Word("zeppelin"), Word("visits")))


def test_only_what_the_article_has_of_an_exclusion_is_left_out():
    changes = relaxer("kim").changes(Not(Or((Word("kim"), Word("putin")))))

    assert [change.node for change in changes] == [Not(Word("putin")), None]


def test_what_nothing_meets_can_only_be_left_out():
    assert [change.node for change in relaxer().changes(Nothing())] == [None]


def test_no_change_is_proposed_that_does_not_hold():
    assert [change.node for change in relaxer("visits").changes(Phrase("visist train"))] == [None]
