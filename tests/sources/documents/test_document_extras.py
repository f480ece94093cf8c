"""A document that needs a library which is not installed is a reject that says what to install."""

from __future__ import annotations

import io
import sys

import pytest
from pdfs import column, pdf
from zipped import zipped

from searchlib.sources import read


@pytest.mark.parametrize(
    ("data", "library", "extra"),
    [
        (pdf([column("The ferry.")]), "pypdfium2", "pdf"),
        (b"---\ntitle: Ferry\n---\nThe ferry.", "yaml", "markdown"),
        (b"PAR1\x15\x04", "pyarrow", "arrow"),
        (zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "openpyxl", "xlsx"),
    ],
)
def test_a_missing_library_says_what_to_install(
    data: bytes, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    found = read(io.BytesIO(data))

    assert list(found) == []
    assert f"pip install 'searchlib[{extra}]'" in found.rejects[0].reason


@pytest.mark.parametrize(
    "data",
    [
        b"# Ferry\n\nThe ferry sails.",
        b'+++\ntitle = "Ferry"\n+++\nThe ferry sails.',
        b"Title: Ferry\n\nThe ferry sails.",
    ],
)
def test_markdown_without_yaml_needs_none(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)

    assert [article.title for article in read(io.BytesIO(data), kind="markdown")] == ["Ferry"]
