"""Parquet files: rows are records, whatever their columns hold."""

from __future__ import annotations

import io
import socket
import zipfile
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.sources import Reading, read
from searchlib.sources.records import parquet as module

pa = pytest.importorskip("pyarrow", reason="needs the extra 'arrow'")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = [
    {"headline": "Ferry", "text": "It sails.", "date": datetime(2023, 9, 11, 3, 30, tzinfo=timezone.utc), "authors": ["Jane Doe", "John Roe"], "meta": {"desk": "Sea", "words": 2}, "vector": [0.5, 1.0]},
    {"headline": "Fog", "text": "It was foggy.", "date": None, "authors": [], "meta": None, "vector": None},
]  # fmt: skip


def parquet(rows: list[dict[str, object]], **how: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, **how)
    return out.getvalue()


def reason(found: Reading) -> str:
    assert list(found) == []
    return found.rejects[0].reason


def test_rows_are_articles() -> None:
    first, second = read(io.BytesIO(parquet(ROWS)))

    assert (first.title, first.body, first.authors, first.as_dict()["published"]) == (
        "Ferry", "It sails.", ("Jane Doe", "John Roe"), "2023-09-11T03:30:00+00:00",
    )  # fmt: skip
    assert first.extra == {"meta": {"desk": "Sea", "words": 2}, "vector": [0.5, 1.0]}
    assert (second.title, second.published) == ("Fog", None)


def test_a_day_is_a_day() -> None:
    found = next(read(io.BytesIO(parquet([{"title": "F", "published": date(2023, 9, 11)}]))))

    assert found.as_dict()["published"] == "2023-09-11"


def test_all_row_groups_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet([{"title": f"T{number}", "body": "x"} for number in range(1000)], row_group_size=100))
    found = list(read(path))

    assert [article.title for article in found] == [f"T{number}" for number in range(1000)]
    assert found[-1].origin
    assert found[-1].origin.record == 1000


def test_a_member_of_an_archive_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.parquet", parquet(ROWS))

    assert [article.title for article in read(path)] == ["Ferry", "Fog"]


def test_columns_that_are_not_known_are_said() -> None:
    data = parquet([{"foo": "Veer", "bar": "Het vaart."}])

    assert "the columns are foo, bar" in reason(read(io.BytesIO(data)))
    assert next(read(io.BytesIO(data), mapping={"foo": "title"})).title == "Veer"


def test_bytes_are_text_or_nothing() -> None:
    found = next(read(io.BytesIO(parquet([{"title": b"Ferry", "picture": b"\xff\xd8"}]))))

    assert (found.title, found.extra) == ("Ferry", {})


def test_a_table_without_rows_says_so() -> None:
    table = pa.table({"title": pa.array([], pa.string())})
    out = io.BytesIO()
    pq.write_table(table, out)

    assert "no rows" in reason(read(io.BytesIO(out.getvalue())))


def test_more_rows_than_a_file_can_have_are_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_EXPANDED_BYTES", 0)

    assert "taken for a bomb" in reason(read(io.BytesIO(parquet(ROWS))))


def test_row_groups_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_GROUP_BYTES", 10)

    assert "a row group expands to" in reason(read(io.BytesIO(parquet(ROWS))))


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)

    assert [article.title for article in read(io.BytesIO(parquet(ROWS)))] == ["Ferry", "Fog"]


@given(at=st.integers(4, 2500), junk=st.binary(min_size=1, max_size=8))
@examples(100)
def test_damage_anywhere_is_articles_or_a_reject(at: int, junk: bytes) -> None:
    data = bytearray(parquet(ROWS))
    data[at : at + len(junk)] = junk
    found = read(io.BytesIO(bytes(data)))
    list(found)

    assert not any("failed with" in reject.reason for reject in found.rejects)
