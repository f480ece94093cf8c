"""Zip archives that are documents, by what is in them."""

from __future__ import annotations

import io
import zipfile

import pytest
from zipped import zipped

from searchlib.sources.files.zip_documents import Found, document_in_zip, linked_part


def found(members: dict[str, bytes | str]) -> Found:
    with zipfile.ZipFile(io.BytesIO(zipped(members))) as archive:
        return document_in_zip(archive)


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "docx"),
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "xlsx"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": ""}, "odt"),
        ({"mimetype": "application/epub+zip\n", "META-INF/container.xml": ""}, "epub"),
        ({"META-INF/container.xml": "", "a.opf": ""}, "epub"),
        ({"word/document.xml": "", "a.html": ""}, ""),
        ({"mimetype": "what a mimetype is"}, ""),
    ],
)
def test_members_tell_what_an_archive_is(members: dict[str, bytes | str], kind: str) -> None:
    assert found(members) == Found(kind)


@pytest.mark.parametrize(
    ("part", "target", "name"),
    [
        ("OEBPS/book.opf", "text/1.xhtml", "OEBPS/text/1.xhtml"),
        ("OEBPS/text/nav.xhtml", "../1.xhtml", "OEBPS/1.xhtml"),
        ("book.opf", "1.xhtml", "1.xhtml"),
        ("a/b", "/word/document.xml", "word/document.xml"),
    ],
)
def test_a_link_leads_to_a_part(part: str, target: str, name: str) -> None:
    assert linked_part(part, target) == name
