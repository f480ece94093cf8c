from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from strategies import close_trees, trees

from searchlib.query import And, DateRange, Node, Or, Phrase, Word, parse
from searchlib.query.english import day_text, in_english, sentence

NOW = datetime(2023, 9, 20, 12, tzinfo=timezone.utc)
#: A query a line, and what it is in English.
TABLE = Path(__file__).resolve().parent / "english.txt"
LINES = [
    tuple(line.split(" => ")) for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


@pytest.mark.parametrize(("query", "english"), LINES)
def test_each_construct_has_its_english(query, english):
    assert sentence(parse(query, zone=timezone.utc, now=NOW).tree, zone=timezone.utc) == english


def test_the_table_has_every_kind_of_node():
    def kinds_in(node: object) -> set[type]:
        inner = [getattr(node, name, ()) for name in ("nodes", "node", "left", "right")]
        nodes = [each for value in inner for each in (value if isinstance(value, tuple) else (value,))]
        return {type(node)}.union(*(kinds_in(each) for each in nodes))

    shown = set().union(*(kinds_in(parse(query, zone=timezone.utc, now=NOW).tree) for query, _ in LINES))

    assert {each.__name__ for each in shown} == {each.__name__ for each in Node.__subclasses__()}


@given(trees | close_trees)
def test_every_tree_has_english_of_one_line(tree):
    said = sentence(tree, zone=ZoneInfo("Asia/Singapore"))

    assert said.startswith(("articles ", "every article", "no article"))
    assert "\n" not in said
    assert said.count("(") == said.count(")")


def test_the_example_of_the_guide():
    since, until = datetime(2023, 9, 1, tzinfo=timezone.utc), datetime(2023, 10, 3, tzinfo=timezone.utc)
    tree = And((Phrase("kim jong un"), Or((Word("putin"), Word("xi"))), DateRange(since, until)))

    assert sentence(tree) == (
        "articles with the phrase “kim jong un” and any of “putin” or “xi”, "
        "published from 1 September 2023 until 2 October 2023"
    )


def test_days_are_those_of_the_zone():
    singapore = ZoneInfo("Asia/Singapore")
    since = datetime(2023, 9, 1, tzinfo=singapore)

    assert in_english(DateRange(since=since), zone=singapore) == "published from 1 September 2023"
    assert in_english(DateRange(since=since)) == "published from 31 August 2023 16:00:00+0000"
    assert in_english(DateRange(until=since)) == "published before 31 August 2023 16:00:00+0000"


def test_the_first_and_the_last_instant_there_is_can_be_said():
    first, last = datetime.min.replace(tzinfo=timezone.utc), datetime.max.replace(tzinfo=timezone.utc)

    assert in_english(DateRange(first, last), zone=ZoneInfo("America/New_York")).startswith("published from ")
    assert in_english(DateRange(until=first)) == "published before 1 January 0001 00:00:00+0000"


def test_a_day_is_said_without_zeros_before_it():
    assert day_text(datetime(2023, 9, 1)) == "1 September 2023"
