from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from searchlib.article import Article
from searchlib.results import Hit
from searchlib.tables import COLUMNS, Measured, choose_columns

pd = pytest.importorskip("pandas", reason="needs the extra 'pandas'")
frame_of = pytest.importorskip("searchlib.tables.frames").frame_of

ZONE = ZoneInfo("Europe/London")
ROWS = [
    Measured(Article(id="winter", title="A", published="2023-01-11", tags=["x", "y"]).in_zone(ZONE), 1.5, None, 1),
    Measured(Article(id="summer", title="B", published="2023-07-11T12:00").in_zone(ZONE), 0.5, None, 2),
    Measured(Article(id="old", title="C", published="1066-10-14").in_zone(ZONE), 0.5, None, 2),
    Measured(Article(id="undated", title="D", extra={"page": 4}), 0.0, None, 3),
]


def test_each_column_has_its_type():
    frame = frame_of(ROWS, choose_columns("id,score,published,tags,length,extra"))

    assert list(frame.columns) == ["id", "score", "published", "tags", "length", "extra"]
    assert [str(kind) for kind in frame.dtypes][1:3] == ["float64", "datetime64[us, Europe/London]"]
    assert str(frame.dtypes["length"]) == "int64"
    assert frame["id"].tolist() == ["winter", "summer", "old", "undated"]
    assert frame["tags"].tolist() == [["x", "y"], [], [], []]
    assert frame["extra"].tolist() == [{}, {}, {}, {"page": 4}]


def test_instants_keep_their_zone_with_summer_time_and_before_pandas_own_range():
    published = frame_of(ROWS, choose_columns("published"))["published"]

    assert published[0].isoformat() == "2023-01-11T00:00:00+00:00"
    assert published[1].isoformat() == "2023-07-11T12:00:00+01:00"
    assert published[2].year == 1066
    assert pd.isna(published[3])


@pytest.mark.parametrize("rows", [[], ROWS[3:]])
def test_types_do_not_depend_on_what_there_is(rows):
    columns = choose_columns(list(COLUMNS))
    some = frame_of(ROWS, columns, ZONE)

    assert frame_of(rows, columns, ZONE).dtypes.to_dict() == some.dtypes.to_dict()


def test_without_any_date_the_zone_is_utc_unless_one_is_given():
    hits = [Hit(Article(id="1", body="kim"), 0.0)]

    assert str(frame_of(hits, choose_columns("published")).dtypes["published"]) == "datetime64[us, UTC]"
    assert str(frame_of(hits, choose_columns("published"), ZONE).dtypes["published"]) == "datetime64[us, Europe/London]"


def test_a_frame_of_utc_counts_by_month():
    rows = [Hit(Article(id=str(day), body="kim", published=f"2023-09-{day:02}T00:00+00:00"), 0.0) for day in (1, 2)]
    frame = frame_of(rows, choose_columns("published"), timezone.utc)

    assert frame["published"].max() == datetime(2023, 9, 2, tzinfo=timezone.utc)
