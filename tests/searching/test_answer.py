"""The time that a search may take."""

from __future__ import annotations

import pytest

from searchlib.errors import SearchTimeoutError
from searchlib.searching import answer
from searchlib.searching.answer import Deadline


def test_a_deadline_passes_when_its_time_is_over_and_not_before(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(answer.time, "monotonic", lambda: now[0])
    deadline = Deadline(2.5)

    now[0] = 102.5
    deadline.check()
    now[0] = 102.6
    with pytest.raises(SearchTimeoutError, match=r"2\.5 s"):
        deadline.check()


def test_without_a_deadline_there_is_all_the_time(monkeypatch):
    deadline = Deadline(None)
    monkeypatch.setattr(answer.time, "monotonic", lambda: float("inf"))

    deadline.check()


def test_a_part_of_a_search_is_told_to_end_when_the_time_is_over_and_raises_nothing(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(answer.time, "monotonic", lambda: now[0])
    deadline = Deadline(2.5, partial=True)
    before = deadline.stop()
    now[0] = 103

    assert (before, deadline.is_over) == (False, False)
    assert (deadline.stop(), deadline.is_over) == (True, True)
    now[0] = 100
    assert deadline.stop()


def test_what_another_clock_finds_over_is_over():
    partial = Deadline(1000, partial=True)

    assert partial.stop(True)
    with pytest.raises(SearchTimeoutError):
        Deadline(1000).stop(True)


def test_a_part_that_has_no_time_is_left_out_where_a_part_is_wanted(monkeypatch):
    partial, whole = Deadline(1000, partial=True), Deadline(1000)

    with partial.kept():
        raise SearchTimeoutError(1000)
    with pytest.raises(SearchTimeoutError), whole.kept():
        raise SearchTimeoutError(1000)

    assert partial.is_over
    with pytest.raises(SearchTimeoutError):
        partial.check()


def test_endless_time_has_no_end():
    assert Deadline(float("inf")).end is None
