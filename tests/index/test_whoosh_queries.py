"""What of a Whoosh query is replaced before it is run, and what is left as it was."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from whoosh import query, sorting

from searchlib.errors import SettingError
from searchlib.index.whoosh_queries import PublishedRange, as_searched, facet_as_searched

UTC = timezone.utc
OIL = query.Term("text", "oil")


@pytest.mark.parametrize(
    "asked",
    [
        OIL,
        query.Or([OIL, query.Every()], minmatch=2, scale=0.5),
        query.DisjunctionMax([OIL, OIL], tiebreak=0.3),
        query.NullQuery,
    ],
    ids=str,
)
def test_what_needs_no_change_is_the_same_object(asked):
    assert as_searched(asked, UTC) is asked


def test_what_is_around_a_changed_part_keeps_its_options():
    asked = query.Or([OIL, query.Not(OIL)], boost=2.0, minmatch=2, scale=0.5)
    changed = as_searched(asked, UTC)

    assert (changed.minmatch, changed.scale, changed.boost) == (2, 0.5, 2.0)
    assert isinstance(changed.subqueries[1], query.Not)
    assert type(asked.subqueries[1]) is query.Not


def test_a_date_without_a_zone_is_one_of_the_index():
    midnight = datetime(2023, 9, 11)
    asked = query.DateRange("published", midnight, midnight.replace(tzinfo=UTC), boost=3.0)

    found = as_searched(asked, ZoneInfo("Asia/Singapore"))

    assert found == PublishedRange(found.end - 8 * 3_600_000_000, found.end, 3.0)


def test_other_indexes_have_fields_of_their_own():
    asked = query.And([query.Term("title", "oil"), query.DateRange("published", datetime(2023, 1, 1), None)])

    assert as_searched(asked, None) is asked
    with pytest.raises(SettingError, match="title"):
        as_searched(asked, UTC)


def test_queries_inside_facets_are_replaced_and_the_facets_left_as_they_were():
    dates = {"late": query.DateRange("published", datetime(2023, 1, 1), None)}
    facet = sorting.QueryFacet(dates, other="early")
    several = sorting.MultiFacet([facet, sorting.FieldFacet("id")])

    (changed, _) = facet_as_searched(several, UTC).facets

    assert isinstance(changed.querydict["late"], PublishedRange)
    assert changed.other == "early"
    assert facet.querydict is dates
    assert facet_as_searched("id", UTC) == "id"
