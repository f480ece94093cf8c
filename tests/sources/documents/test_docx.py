"""Word documents: what is printed is the text, and properties count where they are borne out."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
from zipped import CORE, W, zipped

from searchlib.article import Article
from searchlib.sources import Reading, read
from searchlib.sources.files import zip_documents as bounds


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def document(body: str, core: str = "", **others: str) -> bytes:
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    if core:
        members["docProps/core.xml"] = f"<cp:coreProperties {CORE}>{core}</cp:coreProperties>"
    return zipped(members | {name.replace("__", "/") + ".xml": content for name, content in others.items()})


def reading(data: bytes, **how: object) -> Reading:
    return read(io.BytesIO(data), **how)


def article(data: bytes, **how: object) -> Article:
    return next(reading(data, **how))


def reason(data: bytes) -> str:
    found = reading(data)

    assert list(found) == []
    return found.rejects[0].reason


def test_paragraphs_are_the_text() -> None:
    found = article(document(paragraph("The ferry sails.") + paragraph("") + paragraph("It was foggy.")))

    assert (found.title, found.body) == ("", "The ferry sails.\n\nIt was foggy.")


def test_a_word_that_is_broken_into_runs_is_one_word() -> None:
    body = "<w:p><w:r><w:t>Fer</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr><w:t>ry</w:t></w:r><w:r><w:tab/><w:t>sails</w:t><w:br/><w:t>again</w:t></w:r></w:p>"

    assert article(document(body)).body == "Ferry sails\nagain"


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    body = (
        '<w:p><w:ins w:id="1"><w:r><w:t>The ferry </w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>never </w:delText></w:r></w:del>'
        "<w:moveFrom><w:r><w:t>lost </w:t></w:r></w:moveFrom><w:r><w:t>sails.</w:t></w:r></w:p>"
    )

    assert article(document(body)).body == "The ferry sails."


def test_content_controls_and_links_and_fields_are_text() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
        '<w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        "<w:fldSimple><w:r><w:t> of 2023</w:t></w:r></w:fldSimple></w:p>"
    )

    assert article(document(body)).body == "In a control.\n\nA link of 2023"


def test_the_text_of_a_box_is_there_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    body = f'<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>Around.</w:t></w:r></w:p>'

    assert article(document(body)).body == "Around.\n\nIn a box."


def test_lists_and_tables_are_lines() -> None:
    item = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p>"
    cell = "<w:tc>" + paragraph("a") + paragraph("b") + "</w:tc>"
    body = f"{item}<w:tbl><w:tr>{cell}<w:tc>{paragraph('c')}</w:tc></w:tr><w:tr><w:tc>{paragraph('d')}</w:tc></w:tr></w:tbl>"

    assert article(document(body)).body == "- one\n\na b | c\nd"


def test_a_table_inside_a_table_is_there_once() -> None:
    table = paragraph("core")
    for _ in range(30):
        table = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"

    assert article(document(table)).body == "core"


def test_footnotes_follow_the_text() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:type="separator">{paragraph("___")}</w:footnote><w:footnote>{paragraph("A note.")}</w:footnote></w:footnotes>'

    assert article(document(paragraph("The ferry."), word__footnotes=notes)).body == "The ferry.\n\nA note."


def test_comments_and_headers_are_no_text() -> None:
    root = f"<w:comments {W}><w:comment>{paragraph('Check this!')}</w:comment></w:comments>"

    assert article(document(paragraph("The ferry."), word__comments=root, word__header1=root)).body == "The ferry."


@pytest.mark.parametrize("style", ["Title", "Titel", "Heading1"])
def test_what_is_styled_as_the_title_is_the_title(style: str) -> None:
    found = article(
        document(paragraph("Ferry reopens", style) + paragraph("It sails."), "<dc:title>Template 2019</dc:title>")
    )

    assert (found.title, found.body) == ("Ferry reopens", "It sails.")
    assert found.extra["title_property"] == "Template 2019"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Ferry reopens", "Ferry reopens"),
        ("ferry_v2_final.docx", ""),
        ("Microsoft Word - ferry.doc", ""),
        ("Document1", ""),
        ("Untitled", ""),
        ("", ""),
    ],
)
def test_a_title_that_a_program_filled_in_is_none(stated: str, title: str) -> None:
    assert article(document(paragraph("It sails."), f"<dc:title>{stated}</dc:title>")).title == title


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("Jane Doe;John Roe", ("Jane Doe", "John Roe")),
        ("jdoe", ()),
        ("Microsoft Office User", ()),
        ("python-docx", ()),
        ("DESK-PC", ()),
    ],
)
def test_an_author_is_a_name(stated: str, authors: tuple[str, ...]) -> None:
    assert article(document(paragraph("It sails."), f"<dc:creator>{stated}</dc:creator>")).authors == authors


def test_when_the_file_was_made_is_no_date_of_publication_unless_it_is_mapped() -> None:
    data = document(paragraph("It sails."), "<dcterms:created>2023-09-11T10:00:00Z</dcterms:created>")

    assert (article(data).published, article(data).extra["created"]) == (None, "2023-09-11T10:00:00Z")
    assert article(data, mapping={"created": "published"}).as_dict()["published"] == "2023-09-11T10:00:00+00:00"


def test_properties_of_the_newsroom_are_fields() -> None:
    custom = '<Properties xmlns:vt="v"><property name="Section"><vt:lpwstr>World</vt:lpwstr></property><property name="Slug"><vt:lpwstr>ferry</vt:lpwstr></property></Properties>'
    found = article(document(paragraph("It sails."), docProps__custom=custom))

    assert (found.section, found.extra["Slug"]) == ("World", "ferry")


def test_the_main_part_is_where_the_document_says() -> None:
    rels = '<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    main = f"<w:document {W}><w:body>{paragraph('The right one.')}</w:body></w:document>"

    assert (
        article(zipped({"[Content_Types].xml": "<x/>", "_rels/.rels": rels, "word/document2.xml": main})).body
        == "The right one."
    )


def test_a_document_inside_an_archive_is_read(tmp_path: Path) -> None:
    path = tmp_path / "week.zip"
    path.write_bytes(zipped({"may/ferry.docx": document(paragraph("It sails."))}))
    found = next(read(path))

    assert (found.body, found.origin and found.origin.member) == ("It sails.", "may/ferry.docx")


def test_a_document_that_is_not_read_from_its_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ferry.docx"
    path.write_bytes(document(paragraph("It sails.")))

    assert [found.body for found in read(path)] == ["It sails."]


def test_a_document_without_text_says_so() -> None:
    assert reason(document("<w:p/>")) == "there is no text in the document"


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE])
def test_entities_are_refused(doctype: str) -> None:
    main = f"{doctype}<w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"

    assert "entities are not expanded" in reason(zipped({"[Content_Types].xml": "<x/>", "word/document.xml": main}))


def test_a_part_that_expands_too_far_is_a_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_RECORD_BYTES", 10_000)

    assert "expands to" in reason(document(paragraph("a" * 20_000)))


def test_the_parts_of_a_document_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_DOCUMENT_BYTES", 1_000)

    assert "all that are read 1,000" in reason(document(paragraph("a" * 2_000)))


def test_a_damaged_document_is_a_reject() -> None:
    data = bytearray(document(paragraph("The ferry sails. " * 50)))
    at = data.index(b"word/document.xml") + 30
    data[at : at + 20] = b"\xff" * 20

    assert "damaged" in reason(bytes(data))


def test_other_office_documents_are_named() -> None:
    assert "a presentation" in reason(zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}))


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    main = f'<!DOCTYPE d SYSTEM "http://x.example/d.dtd"><w:document {W} xsi:schemaLocation="http://x.example a" xmlns:xsi="x"><w:body>{paragraph("It sails.")}</w:body></w:document>'

    assert article(zipped({"[Content_Types].xml": "<x/>", "word/document.xml": main})).body == "It sails."
