"""Names that no field takes are said once, with the field that they are nearest to."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from searchlib.article import Article
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.records.records import article_from_record

LONG = "It rained all day, and the ferry did not sail because of the fog on the water. " * 4


def noted(record: dict[str, Any], **options: Any) -> list[str]:
    context = Context("in.json", **options)
    assert isinstance(article_from_record(record, context, 1), Article)
    return [note.reason for note in context.notes]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"title": "a", "publishd": "2023-09-11"}, "column 'publishd' was not used; --map publishd=published"),
        ({"title": "a", "data": "11/09/2023"}, "column 'data' was not used; --map data=published"),
        ({"title": "a", "wann": "11 September 2023"}, "column 'wann' was not used; --map wann=published"),
        ({"title": "a", "kontent": LONG}, "column 'kontent' was not used; --map kontent=body"),
        ({"title": "a", "x y": "https://x.example/a"}, "column 'x y' was not used; --map 'x y=url'"),
        ({"body": "a", "headline_en": "Fog"}, "column 'headline_en' was not used; --map headline_en=title"),
    ],
)
def test_a_name_that_is_not_used_is_said_with_its_nearest_field(record: dict[str, Any], reason: str):
    assert noted(record) == [reason]


@pytest.mark.parametrize(
    "record",
    [
        {"title": "a", "score": "3", "word_count": 5, "flags": [1]},
        {"title": "a", "published": "2023-09-11", "wann": "2023-09-12"},
        {"title": "a", "body": "b", "kontent": LONG},
    ],
)
def test_what_the_record_has_already_or_is_no_fields_is_not_spoken_of(record: dict[str, Any]):
    assert noted(record) == []


def test_a_mapped_name_is_used():
    assert noted({"title": "a", "wann": "2023-09-11"}, mapping={"wann": "published"}) == []


def test_a_name_is_said_once_a_run():
    lines = "".join(json.dumps({"title": f"a{number}", "wann": "2023-09-11"}) + "\n" for number in range(3))
    reading = read(io.BytesIO(lines.encode()))

    assert len(list(reading)) == 3
    assert [(note.record, note.field, note.value) for note in reading.notes] == [(None, "column", "wann")]
