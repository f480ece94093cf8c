"""A clause taken apart into the dates that restrict the whole of it and the rest."""

from __future__ import annotations

import pytest

from searchlib.searching.clauses import EVERYTHING, All, AnyOf, Term, Within
from searchlib.searching.exhaustive import without_dates

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
    found, left = without_dates(clause)

    assert (found, type(left), left) == (dates, type(rest), rest)
