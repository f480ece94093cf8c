"""Log-likelihood against a figure from the literature, and what counts as a collocate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from searchlib.highlighting.collocation import Neighbours, log_likelihood


def test_the_ratio_is_that_of_the_literature():
    # Dunning, 1993, table 1: "the swiss" 110 times together, "the" 2,442 times elsewhere, "swiss" 111 times, 31,777 words.
    assert log_likelihood(110, 110 + 2442, 111, 111 + 29114) == pytest.approx(270.72, abs=0.01)


def test_equal_rates_have_a_ratio_of_nothing():
    assert log_likelihood(3, 30, 10, 100) == pytest.approx(0)


def collocates(neighbours: Neighbours, totals: Mapping[str, int], limit: int = 10) -> list[tuple[str, int, int, int]]:
    def totals_of(words: Sequence[str]) -> Mapping[str, int]:
        return {word: totals[word] for word in words if word in totals}

    return [(each.word, each.left, each.right, each.total) for each in neighbours.collocates(limit, totals_of, 1000)]


@pytest.fixture
def neighbours() -> Neighbours:
    neighbours = Neighbours()
    for _ in range(3):
        neighbours.add(["crude", "the"], ["price"])
    neighbours.add(["once"], ["price", "the"])
    return neighbours


def test_the_rarer_elsewhere_the_more_telling(neighbours: Neighbours):
    totals = {"crude": 3, "the": 100, "price": 30, "once": 1}

    assert collocates(neighbours, totals) == [("crude", 3, 0, 3), ("price", 0, 4, 30), ("the", 3, 1, 100)]
    assert collocates(neighbours, totals, limit=1) == [("crude", 3, 0, 3)]
    assert collocates(neighbours, totals, limit=0) == []


def test_a_word_that_is_rarer_here_than_elsewhere_is_no_collocate(neighbours: Neighbours):
    assert [word for word, *_ in collocates(neighbours, {"crude": 3, "the": 900, "price": 30})] == ["crude", "price"]


def test_a_word_that_stands_near_two_occurrences_may_count_more_often_than_it_stands_anywhere(neighbours: Neighbours):
    assert ("crude", 3, 0, 2) in collocates(neighbours, {"crude": 2, "the": 100, "price": 30})


def test_no_neighbours_have_no_collocates():
    assert collocates(Neighbours(), {}) == []
