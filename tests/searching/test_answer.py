"""A clause taken apart into its dates and the rest, and the time that a search may take."""

from __future__ import annotations

import pytest

from searchlib.errors import SearchTimeoutError
from searchlib.searching import answer
from searchlib.searching.answer import Deadline, searched_for
from searchlib.searching.clauses import EVERYTHING, All, AnyOf, Term, Within

KIM, TRAIN = Term("text", "kim", 1.0), Term("text", "train", 1.0)
DATES = Within(0, 10)


@pytest.mark.parametrize(
    ("clause", "dates", "rest"),
    [
        (KIM, [], KIM),
        (DATES, [DATES], EVERYTHING),
        (All((KIM, DATES)), [DATES], KIM),
        (All((KIM, DATES, TRAIN, DATES)), [DATES, DATES], All((KIM, TRAIN))),
        (All((DATES, DATES)), [DATES, DATES], EVERYTHING),
        (AnyOf((KIM, DATES)), [], AnyOf((KIM, DATES))),
    ],
    ids=["a term", "dates", "both", "several", "dates alone", "dates that do not restrict the whole"],
)
def test_dates_that_restrict_the_whole_are_taken_out(clause, dates, rest):
    found = searched_for(clause)

    assert (found.dates, type(found.rest), found.rest) == (dates, type(rest), rest)


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
