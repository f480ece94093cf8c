"""Workbooks of Excel: the rows of a sheet are records."""

from __future__ import annotations

import io
import socket
import zipfile
from datetime import datetime

import pytest
from zipped import zipped

from searchlib.sources import Reading, read
from searchlib.sources.records import workbook as module

openpyxl = pytest.importorskip("openpyxl", reason="needs the extra 'xlsx'")

ROWS = [
    ["Headline", "Text", "Date", None, "Words"],
    ["Ferry", "It sails.", datetime(2023, 9, 11), "x", 2],
    [None] * 5,
    ["Fog", "It was foggy.", None, None, 3],
]


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reason(found: Reading) -> str:
    assert list(found) == []
    return found.rejects[0].reason


def test_rows_are_articles() -> None:
    found = list(read(io.BytesIO(workbook({"News": ROWS}))))

    assert [(article.title, article.body, article.extra) for article in found] == [
        ("Ferry", "It sails.", {"Words": 2}),
        ("Fog", "It was foggy.", {"Words": 3}),
    ]
    assert found[0].as_dict()["published"].startswith("2023-09-11")


def test_the_sheet_with_text_is_read() -> None:
    data = workbook({"About": [["Made by", "Jane"]], "News": ROWS})

    assert [article.title for article in read(io.BytesIO(data))] == ["Ferry", "Fog"]


def test_other_sheets_with_text_are_said() -> None:
    found = read(io.BytesIO(workbook({"News": ROWS, "Old": ROWS})))

    assert len(list(found)) == 2
    assert [(note.field, note.value, "Old" in note.reason) for note in found.notes] == [("sheet", "News", True)]


def test_a_sheet_is_chosen_by_its_name() -> None:
    data = workbook({"News": ROWS, "Drafts": [["title", "body"], ["Draft", "Soon."]]})

    assert [article.title for article in read(io.BytesIO(data), table="drafts")] == ["Draft"]
    assert "no sheet 'x'; it has News, Drafts" in reason(read(io.BytesIO(data), table="x"))


def test_names_that_are_not_known_are_said() -> None:
    assert "begins with foo, bar" in reason(
        read(io.BytesIO(workbook({"Blad": [["foo", "bar"], ["Veer", "Het vaart."]]})))
    )


def test_a_sheet_of_names_alone_says_so() -> None:
    assert "no rows" in reason(read(io.BytesIO(workbook({"News": ROWS[:1]}))))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("content", [b"", b"<x", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_a_damaged_or_hostile_part_is_a_reject(part: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook({"News": ROWS}))) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}

    assert reason(read(io.BytesIO(zipped({**members, part: content}))))


def test_a_workbook_that_expands_too_far_is_a_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 1000)

    assert "the workbook expands to" in reason(read(io.BytesIO(workbook({"News": ROWS}))))


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    rows = [["title", "body"], ["Ferry", '=WEBSERVICE("http://x.example")']]

    assert [article.title for article in read(io.BytesIO(workbook({"News": rows})))] == ["Ferry"]
