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
