"""Pages as browsers save them: MHTML, .webarchive, SingleFile, and pages with a comment on where they are from."""

from __future__ import annotations

import base64
import io
import plistlib
import quopri
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.kinds import detect_kind
from searchlib.sources.web_pages import saved_page

TEXT = (
    "Die Fähre fährt wieder, sagte der Hafen am Montag nach einem langen Winter der Arbeiten am Anleger von Marchwood."
)
MORE = "Die Menschen der Insel hatten seit November gewartet, und die zwei Läden hatten nichts mehr als Salz."
PAGE = (
    '<!DOCTYPE html><html lang="de"><head><meta property="og:type" content="article"><title>Fähre fährt wieder</title></head>'
    f"<body><article><h1>Fähre fährt wieder</h1><p>{TEXT}</p><p>{MORE}</p></article></body></html>"
)
URL = "https://harbour.example/2023/faehre"


def mhtml(
    page: str = PAGE, *, charset: str = "utf-8", transfer: str = "quoted-printable", start: str = "", head: str = ""
) -> bytes:
    data = page.encode(charset)
    encoded = quopri.encodestring(data) if transfer == "quoted-printable" else base64.encodebytes(data)
    lines = [
        head or "From: <Saved by Blink>\r\nSnapshot-Content-Location: " + URL,
        "Subject: =?utf-8?Q?F=C3=A4hre?=",
        "Date: Mon, 11 Sep 2023 10:00:00 +0200",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n\tboundary="----Boundary--x----"',
        "",
        "",
        "------Boundary--x----",
        f"Content-Type: text/html; charset={charset}",
        "Content-ID: <frame-1@mhtml.blink>",
        f"Content-Transfer-Encoding: {transfer}",
        f"Content-Location: {URL}",
        "",
        encoded.decode("ascii"),
        "------Boundary--x----",
        "Content-Type: text/html",
        "Content-ID: <frame-2@mhtml.blink>",
        "Content-Location: https://ads.example/frame",
        "",
        "<html><body><p>An advertisement of a ferry line, which is no article at all.</p></body></html>",
        "------Boundary--x----",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "------Boundary--x------",
        "",
    ]
    return "\r\n".join(lines).encode()


def webarchive(page: str = PAGE, form: plistlib.PlistFormat = plistlib.FMT_BINARY, **changed: object) -> bytes:
    main = {
        "WebResourceData": page.encode("utf-8"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": URL,
        **changed,
    }
    frame = {"WebMainResource": {**main, "WebResourceURL": "https://ads.example/"}}
    return plistlib.dumps({"WebMainResource": main, "WebSubframeArchives": [frame]}, fmt=form)


def singlefile(page: str = PAGE) -> bytes:
    comment = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Sep 11 2023 10:00:00 GMT+0200\n-->"
    return page.replace('<html lang="de">', f'<html lang="de">{comment}', 1).encode()


def saved_from(page: str = PAGE) -> bytes:
    return page.replace("<html", f"\n<!-- saved from url=({len(URL):04}){URL} -->\n<html", 1).encode()


def article_of(data: bytes) -> Article:
    reading = read(io.BytesIO(data))
    found = list(reading)
    assert not reading.rejects, reading.rejects
    [article] = found
    return article


SAVED = {
    "mhtml": mhtml(),
    "mhtml in base64": mhtml(transfer="base64"),
    "mhtml in latin-1": mhtml(charset="iso-8859-1"),
    "mhtml without an address in its head": mhtml(head="From: <Saved by UnMHT>"),
    "mhtml of one part": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    + f"Content-Location: {URL}\r\n\r\n{PAGE}".encode(),
    "webarchive": webarchive(),
    "webarchive in XML": webarchive(form=plistlib.FMT_XML),
    "singlefile": singlefile(),
    "saved from": saved_from(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_a_saved_page_is_its_article_with_its_address(data: bytes):
    article = article_of(data)

    assert (article.title, article.url, article.language) == ("Fähre fährt wieder", URL, "de")
    assert article.body == f"{TEXT}\n\n{MORE}"


def test_when_a_page_was_saved_is_not_when_it_was_published():
    for data, archived in [
        (mhtml(), "2023-09-11T10:00:00+02:00"),
        (singlefile(), "Mon Sep 11 2023 10:00:00 GMT+0200"),
    ]:
        article = article_of(data)

        assert (article.published, article.extra["archived"]) == (None, archived)


def test_the_part_that_an_archive_names_as_its_first_is_the_page():
    page = PAGE.replace("Fähre fährt", "Fähre ruht")
    data = mhtml(start='\r\n\tstart="<frame-2@mhtml.blink>";').replace(
        b"<html><body><p>An advertisement of a ferry line, which is no article at all.</p></body></html>", page.encode()
    )

    assert article_of(data).title == "Fähre ruht wieder"


def test_pictures_in_the_page_do_not_count_towards_its_size():
    picture = f'<img src="data:image/png;base64,{"A" * 9_000_000}">'

    assert article_of(singlefile(PAGE.replace("<article>", f"<article>{picture}"))).body == f"{TEXT}\n\n{MORE}"


def test_a_maff_archive_gives_its_page(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "page.maff", "w") as archive:
        archive.writestr("1694/index.html", PAGE)
        archive.writestr("1694/index.rdf", '<RDF:RDF xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>')
        archive.writestr("1694/index_files/data.json", '{"title": "no article", "body": "at all"}')
    reading = read(tmp_path / "page.maff")

    assert [article.title for article in reading] == ["Fähre fährt wieder"]
    assert reading.rejects == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (mhtml()[:2000], "mhtml"),
        (b"From: a@x.example\r\nTo: b@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "email"),
        (webarchive(), "webarchive"),
        (singlefile(), "savedpage"),
        (saved_from(), "savedpage"),
        (PAGE.encode(), "html"),
        (PAGE.replace("<p>", "<p>Page saved with SingleFile ", 1).encode(), "html"),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_content(data: bytes, kind: str):
    assert detect_kind(data, "noname") == kind


def test_a_property_list_of_something_else_is_none():
    with pytest.raises(ValueError, match="a property list"):
        detect_kind(plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "a.plist")


@pytest.mark.parametrize(
    ("reader", "data", "reason"),
    [
        (saved_page.read_mhtml, mhtml()[:900], "the MHTML is cut off: its page does not end"),
        (saved_page.read_mhtml, b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--", "no page: the MHTML holds no HTML"),
        (saved_page.read_mhtml, b"", "no page: the MHTML holds no HTML"),
        (saved_page.read_mhtml, b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)), "more than 50 parts with parts inside"),
        (saved_page.read_webarchive, webarchive()[:300], "the property list is damaged"),
        (saved_page.read_webarchive, plistlib.dumps([1], fmt=plistlib.FMT_BINARY), "no page: the archive holds nothing that a browser saved"),
        (saved_page.read_webarchive, webarchive(WebResourceMIMEType="image/png"), "no page: the archive holds image/png"),
        (saved_page.read_webarchive, webarchive(WebResourceData="text"), "no page"),
        (saved_page.read_webarchive, b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><plist><dict><key>WebMainResource</key><string>&b;</string></dict></plist>', "the property list is damaged"),
        (saved_page.read_webarchive, b'<?xml version="1.0"?><plist>' + b"<array>" * 100_000, "the property list is damaged"),
    ],
)  # fmt: skip
def test_what_is_no_saved_page_says_why(reader: object, data: bytes, reason: str):
    with pytest.raises(SourceError, match=reason.replace("(", r"\(")):
        list(reader(io.BytesIO(data), Context("page")))  # type: ignore[operator]


def test_a_saved_page_without_an_article_is_a_reject():
    reading = read(io.BytesIO(mhtml("<html><body><p>Short.</p></body></html>")))

    assert list(reading) == []
    assert len(reading.rejects) == 1


@pytest.mark.parametrize("reader", [saved_page.read_mhtml, saved_page.read_webarchive, saved_page.read_html])
def test_a_saved_page_that_is_too_long_is_a_reject(reader: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(saved_page, "MAX_RECORD_BYTES", 1000)

    with pytest.raises(SourceError, match="longer than 1,000 bytes"):
        list(reader(io.BytesIO(b"x" * 1001), Context("page")))  # type: ignore[operator]


@given(st.data())
def test_damaged_files_raise_nothing_but_source_errors(data: st.DataObject):
    reader, whole = data.draw(
        st.sampled_from([(saved_page.read_mhtml, mhtml()), (saved_page.read_webarchive, webarchive())])
    )
    text = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = list(reader(io.BytesIO(bytes(text[: data.draw(st.integers(0, len(text)))])), Context("page")))
    except SourceError:
        return

    assert all(isinstance(result, (Article, SourceError)) for result in found)
