"""Text documents of OpenDocument: what is printed is the text."""

from __future__ import annotations

import io

import pytest
from zipped import zipped

from searchlib.article import Article
from searchlib.sources import read

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("meta", "meta"),
        ("draw", "drawing"),
    ]
)


def document(text: str, meta: str = "", styles: str = "") -> bytes:
    content = f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    about = f'<office:document-meta {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta></office:document-meta>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": about,
            "META-INF/manifest.xml": "<x/>",
        }
    )


def article(data: bytes, **how: object) -> Article:
    return next(read(io.BytesIO(data), **how))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("<text:p>The <text:span>fer</text:span>ry<text:s/>sails<text:line-break/>again.</text:p><text:p/><text:p>Fog.</text:p>", "The ferry sails\nagain.\n\nFog."),
        ("<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>", "- one\n\n- two"),
        ("<text:tracked-changes><text:p>never</text:p></text:tracked-changes><text:p>It sails.</text:p>", "It sails."),
        ("<text:p>It<office:annotation><text:p>Check!</text:p></office:annotation> sails.</text:p>", "It sails."),
        ("<text:p>It sails<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p><text:p>Fog.</text:p>", "It sails.\n\nFog.\n\nA note."),
        ("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>", "a | b"),
        ("<text:p>Around.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame></text:p>", "Around.\n\nIn a box."),
    ],
)  # fmt: skip
def test_what_is_printed_is_the_text(text: str, body: str) -> None:
    assert article(document(text)).body == body


def test_a_table_inside_a_table_is_there_once() -> None:
    table = "<text:p>core</text:p>"
    for _ in range(30):
        table = f"<table:table><table:table-header-rows><table:table-row><table:table-cell>{table}</table:table-cell></table:table-row></table:table-header-rows></table:table>"

    assert article(document(table)).body == "core"


def test_a_frame_inside_a_frame_is_there_once() -> None:
    text = "<text:p>core</text:p>"
    for _ in range(30):
        text = f"<text:p><draw:frame><draw:text-box>{text}</draw:text-box></draw:frame></text:p>"

    assert article(document(text)).body == "core"


@pytest.mark.parametrize(
    ("first", "styles"),
    [
        ('<text:h text:outline-level="1">Ferry reopens</text:h>', ""),
        ('<text:p text:style-name="Title">Ferry reopens</text:p>', ""),
        (
            '<text:p text:style-name="P1">Ferry reopens</text:p>',
            '<style:style style:name="P1" style:parent-style-name="Title"/>',
        ),
    ],
)
def test_a_title_is_told_by_its_style(first: str, styles: str) -> None:
    found = article(document(f"{first}<text:p>It sails.</text:p>", styles=styles))

    assert (found.title, found.body) == ("Ferry reopens", "It sails.")


def test_properties_are_fields() -> None:
    meta = "<dc:creator>Jane Doe</dc:creator><meta:keyword>ferries</meta:keyword><dc:language>en-GB</dc:language><meta:creation-date>2023-09-11</meta:creation-date>"
    found = article(document("<text:p>It sails.</text:p>", meta))

    assert (found.authors, found.tags, found.language) == (("Jane Doe",), ("ferries",), "en-gb")
    assert (found.published, found.extra["created"]) == (None, "2023-09-11")


def test_other_documents_are_named() -> None:
    found = read(
        io.BytesIO(
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<x/>"})
        )
    )

    assert list(found) == []
    assert "opendocument.spreadsheet" in found.rejects[0].reason


def test_an_encrypted_document_is_a_reject() -> None:
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": b"\x8f\x01\x02",
            "META-INF/manifest.xml": "<x/>",
        }
    )
    found = read(io.BytesIO(data))

    assert list(found) == []
    assert "'content.xml' cannot be read" in found.rejects[0].reason
