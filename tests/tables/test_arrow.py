from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from searchlib.article import Article
from searchlib.errors import SettingError
from searchlib.tables import COLUMNS, Measured, choose_columns

pa = pytest.importorskip("pyarrow", reason="needs the extra 'arrow'")
arrow = pytest.importorskip("searchlib.tables.arrow")

ZONE = ZoneInfo("Asia/Singapore")
ROWS = [
    Measured(Article(id="1", title="A", published="2023-01-11", tags=["x", "y"]).in_zone(ZONE), 1.5, None, 1),
    Measured(Article(id="2", title="B", extra={"page": "é"}), 0.0, None, 2),
]


def table(kind: str, rows=ROWS, names=tuple(COLUMNS)):
    sink = io.BytesIO()
    arrow.write_arrow(sink, rows, choose_columns(names), ZONE, kind=kind)
    sink.seek(0)
    if kind == "parquet":
        from pyarrow import parquet

        return parquet.read_table(sink)
    from pyarrow import feather

    return feather.read_table(sink)


@pytest.mark.parametrize("kind", ["arrow", "parquet"])
def test_rows_come_back_with_their_types(kind):
    read = table(kind)

    assert read.column_names == list(COLUMNS)
    assert read.schema.field("published").type == pa.timestamp("us", tz="Asia/Singapore")
    assert read.schema.field("score").type == pa.float64()
    assert read.schema.field("length").type == pa.int64()
    first, second = read.to_pylist()
    assert first["published"] == datetime(2023, 1, 11, tzinfo=ZONE)
    assert first["tags"] == ["x", "y"]
    assert (second["published"], second["tags"], second["snippet"]) == (None, [], None)
    assert second["extra"] == '{"page": "é"}'


@pytest.mark.parametrize("kind", ["arrow", "parquet"])
def test_no_row_is_a_table_with_the_same_columns(kind):
    assert table(kind, []).schema.equals(table(kind).schema)
    assert table(kind, []).num_rows == 0


@pytest.mark.parametrize("kind", ["arrow", "parquet"])
def test_rows_are_written_a_batch_at_a_time(kind, monkeypatch):
    monkeypatch.setattr(arrow, "BATCH_ROWS", 3)
    taken: list[int] = []
    written: list[int] = []

    class Sink(io.BytesIO):
        def write(self, data) -> int:
            written.append(len(taken))
            return super().write(data)

    def rows():
        for number in range(10):
            taken.append(number)
            yield Measured(Article(id=str(number), body="kim"), 0.0, None, 1)

    arrow.write_arrow(Sink(), rows(), choose_columns("id"), ZONE, kind=kind)

    assert {3, 6, 9, 10} <= set(written)


def test_a_row_that_fails_is_raised():
    def rows():
        yield ROWS[0]
        raise SettingError("columns", "x", "no")

    with pytest.raises(SettingError):
        table("parquet", rows())
