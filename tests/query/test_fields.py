"""Names of fields."""

from __future__ import annotations

import pytest

from searchlib.query.fields import FIELD_NAMES, RESTRICTIONS, field_like
from searchlib.query.nodes import SEARCH_FIELDS


def test_every_name_leads_to_a_field_or_a_restriction():
    assert set(FIELD_NAMES.values()) == {*SEARCH_FIELDS, *RESTRICTIONS}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("country", "place"),
        ("contry", "place"),
        ("athor", "author"),
        ("wordcount", "length"),
        ("xyzzy", None),
        ("ab", None),
    ],
)
def test_the_nearest_field_is_found_by_meaning_and_by_spelling(name: str, field: str | None):
    assert field_like(name) == field
