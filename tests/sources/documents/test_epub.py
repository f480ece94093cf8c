"""E-books: each chapter is an article."""

from __future__ import annotations

import io
import socket

import pytest
from zipped import zipped

from searchlib.sources import Reading, read

TEXT = "The ferry will sail again from next week, the harbour authority said on Monday."


def book(
    chapters: dict[str, str], *, metadata: str = "", spine: str = "", others: dict[str, bytes | str] | None = None
) -> bytes:
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    refs = spine or "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<metadata>{metadata}</metadata><manifest>{items}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f'<spine toc="ncx"><itemref idref="nav"/>{refs}</spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    members: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "OEBPS/book.opf": package,
    }
    return zipped(members | {f"OEBPS/{name}": text for name, text in chapters.items()} | (others or {}))


def page(text: str, heading: str = "") -> str:
    return f"<html><head><title>x</title></head><body>{f'<h1>{heading}</h1>' if heading else ''}<p>{text}</p></body></html>"


def reading(data: bytes) -> Reading:
    return read(io.BytesIO(data))


METADATA = (
    '<dc:title>The Harbour Post, 11 September</dc:title><dc:creator opf:role="aut">Jane Doe</dc:creator><dc:publisher>Harbour Press</dc:publisher>'
    '<dc:language>en</dc:language><dc:subject>ferries</dc:subject><dc:date>2023-09-11</dc:date><dc:date opf:event="modification">2024-01-01</dc:date>'
    '<dc:identifier>urn:uuid:1</dc:identifier>'
)  # fmt: skip


def test_each_chapter_is_an_article_with_what_the_book_says() -> None:
    found = list(
        reading(book({"a.xhtml": page(TEXT, "Ferry"), "b.xhtml": page(TEXT + " Fog.", "Fog")}, metadata=METADATA))
    )

    assert [(item.title, item.body) for item in found] == [("Ferry", TEXT), ("Fog", TEXT + " Fog.")]
    first = found[0].as_dict()
    assert (first["authors"], first["publisher"], first["published"], first["tags"]) == (
        ["Jane Doe"],
        "Harbour Press",
        "2023-09-11",
        ["ferries"],
    )
    assert first["extra"] == {
        "book": "The Harbour Post, 11 September",
        "chapter": "OEBPS/a.xhtml",
        "book_id": "urn:uuid:1",
    }


def test_chapters_are_in_the_order_of_the_spine() -> None:
    data = book(
        {"a.xhtml": page(TEXT, "A"), "b.xhtml": page(TEXT, "B"), "c.xhtml": page(TEXT, "Notes")},
        spine='<itemref idref="c1"/><itemref idref="c0"/><itemref idref="c2" linear="no"/>',
    )

    assert [item.title for item in reading(data)] == ["B", "A"]


@pytest.mark.parametrize(
    "contents",
    [
        {
            "OEBPS/toc.ncx": '<ncx><navMap><navPoint><navLabel><text>From the contents</text></navLabel><content src="text/a%201.xhtml#top"/></navPoint></navMap></ncx>'
        },
        {
            "OEBPS/nav.xhtml": '<html xmlns:epub="http://www.idpf.org/2007/ops"><nav epub:type="toc"><a href="text/a%201.xhtml">From the contents</a></nav></html>'
        },
    ],
)
def test_the_table_of_contents_names_a_chapter(contents: dict[str, bytes | str]) -> None:
    found = next(reading(book({"text/a 1.xhtml": page(TEXT, "Heading")}, others=contents)))

    assert (found.title, found.body) == ("From the contents", TEXT)


def test_the_cover_is_no_article() -> None:
    found = reading(book({"cover.xhtml": "<html><body><img/></body></html>", "a.xhtml": page(TEXT)}))

    assert [item.body for item in found] == [TEXT]
    assert [(reject.record, reject.reason[:15]) for reject in found.rejects] == [(1, "no running text")]


def test_a_chapter_that_is_missing_does_not_cost_the_others() -> None:
    data = book({"a.xhtml": page(TEXT), "b.xhtml": page(TEXT + " Fog.")}).replace(b"OEBPS/a.xhtml", b"OEBPS/z.xhtml")
    found = reading(data)

    assert [item.body for item in found] == [TEXT + " Fog."]
    assert "no part 'OEBPS/a.xhtml'" in found.rejects[0].reason


def test_broken_markup_and_names_of_entities_are_read() -> None:
    assert (
        next(reading(book({"a.xhtml": f"<html><body><p>{TEXT}<br>&nbsp;F&ouml;hn &amp; Fog<p>End"}))).body
        == f"{TEXT}\nFöhn & Fog\n\nEnd"
    )


def test_a_chapter_that_is_listed_many_times_is_read_once() -> None:
    assert len(list(reading(book({"a.xhtml": page(TEXT)}, spine='<itemref idref="c0"/>' * 5_000)))) == 1


def test_headings_that_never_end_cost_nothing() -> None:
    assert next(reading(book({"a.xhtml": f"<p>{TEXT}</p>" + "<h1>" * 50_000}))).body == TEXT


def test_a_protected_book_says_so() -> None:
    rights = '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
    found = reading(book({"a.xhtml": page(TEXT)}, others={"META-INF/encryption.xml": rights}))

    assert list(found) == []
    assert "protected against copying" in found.rejects[0].reason


def test_hidden_fonts_do_not_make_a_book_protected() -> None:
    fonts = '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><EncryptionMethod Algorithm="http://ns.adobe.com/pdf/enc#RC"/></encryption>'

    assert len(list(reading(book({"a.xhtml": page(TEXT)}, others={"META-INF/encryption.xml": fonts})))) == 1


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    text = f'<!DOCTYPE html SYSTEM "http://x.example/d.dtd"><html><body><img src="http://x.example/a.png"/><p>{TEXT}</p></body></html>'

    assert next(reading(book({"a.xhtml": text}))).body == TEXT
