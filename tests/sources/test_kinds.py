"""Which kind a file is, by what it holds and then by what it is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.kinds import KINDS, detect_kind, source_of

ATOM = b'<?xml version="1.0"?>\n<!-- hand made --><feed xmlns="http://www.w3.org/2005/Atom"></feed>'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'{"title": "a"}', "json"),
        (b'{\n  "title": "a"\n}\n', "json"),
        (b'  [{"title": "a"}]', "json"),
        (b'{"title": "a"}\n{"title": "b"}\n', "jsonl"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', "feed"),
        (ATOM, "feed"),
        (b"\xef\xbb\xbf" + ATOM, "feed"),
        (b'<rss version="2.0"><channel/></rss>', "feed"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/"></rdf:RDF>', "feed"),
        (b'<html><body><feed xmlns="http://www.w3.org/2005/Atom"></feed></body></html>', "feed"),
        (b'PHP notice: no cache\n<?xml version="1.0"?>\n<rss version="2.0"></rss>', "feed"),
        (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "newsml"),
        (b"<nar:newsMessage></nar:newsMessage>", "newsml"),
        (b'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd" [<!ELEMENT x ANY>]><nitf/>', "nitf"),
        (b"<!DOCTYPE html><title>a</title>", "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', "html"),
        (b"<div><p>A piece of a page.</p></div>", "html"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "warc"),
        (b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 76\n", "warc"),
        (b"url,date,title,text\n", "csv"),
        (b"Headline;Content;Author\n", "csv"),
        (b"A ferry ran aground\n\nIt was foggy.", "text"),
        (b"[Photo: the ferry] It was foggy.", "text"),
        (b"{sic} A ferry ran aground", "text"),
        ("Fähre läuft auf Grund".encode("windows-1252"), "text"),
        ('{"title": "a"}'.encode("utf-16"), "json"),
        (b"%PDF-1.7\n", "pdf"),
        (b"SQLite format 3\0\x10\0", "sqlite"),
        (b"PAR1\x15\x04", "parquet"),
        (b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "addresses"),
        (b"<sitemapindex></sitemapindex>", "addresses"),
        (b'<opml version="2.0"><body/></opml>', "addresses"),
        (b"Return-Path: <a@b.example>\r\nFrom: Jane\r\nSubject: Ferry\r\n\r\nText", "email"),
        (b"From jane@post.example Mon Sep 11 23:30:00 2023\nSubject: Ferry\n\nText", "mbox"),
        (b"---\ntitle: Ferry\n---\nText", "markdown"),
    ],
)
def test_content_tells_the_kind(head: bytes, kind: str):
    assert detect_kind(head, "noname") == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", "csv"),
        ("A.TSV", "tsv"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.htm", "html"),
        ("a.txt", "text"),
        ("a.md", "markdown"),
        ("a.eml", "email"),
        ("a.mbox", "mbox"),
    ],
)
def test_the_name_tells_what_content_does_not(name: str, kind: str):
    assert detect_kind(b"ein wort, zwei, drei\n1,2,3\n", name) == kind


def test_content_comes_before_the_name():
    assert detect_kind(ATOM, "page.html") == "feed"
    assert detect_kind(b'{"title": "a"}', "a.csv") == "json"


def test_broken_json_lines_are_known_by_their_name():
    assert detect_kind(b'{"title": \n{"title": "b"}\n', "a.jsonl") == "jsonl"


def test_a_named_encoding_is_used():
    assert detect_kind('{"title": "a"}'.encode("utf-16-le"), "a", encoding="utf-16-le") == "json"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"a.txt" + b"\0" * 252 + b"ustar", "a tar archive"),
        (b"\0\0\0\x18ftypmp42", "a video"),
        (b"\x37\x7f\x06\x82\0\x2d", "the write-ahead log of an SQLite database"),
        (b"12345678DUCK\x40\0", "a DuckDB database; export the table"),
        (b"ARROW1\0\0", "an Arrow file"),
        (b"what\0ever", "binary data"),
        (b"\x01\x02\x03\x04\x05\x06", "binary data"),
        (b'<?xml version="1.0"?><invoice/>', "XML whose outermost element is <invoice>"),
    ],
)
def test_what_is_no_article_is_named(head: bytes, found: str):
    with pytest.raises(ValueError, match="not a kind of file that can be read") as error:
        detect_kind(head, "file")

    assert found in str(error.value)


def test_code_is_no_article_though_it_is_text():
    with pytest.raises(ValueError, match=r"a \.css file"):
        detect_kind(b"body { color: red }", "style.css")


@pytest.mark.parametrize(("head", "reason"), [(b"", "the file is empty"), (b" \n\t", "nothing but white space")])
def test_nothing_is_no_kind(head: bytes, reason: str):
    with pytest.raises(ValueError, match=reason):
        detect_kind(head, "a.txt")


@given(head=st.binary(max_size=400), name=st.sampled_from(["a", "a.json", "a.csv", "a.xml", "a.css"]))
def test_any_bytes_are_a_kind_or_none(head: bytes, name: str):
    try:
        kind = detect_kind(head, name)
    except ValueError as error:
        kind = str(error)

    assert kind in KINDS or kind.startswith(("not a kind of file", "the file "))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_source(kind: str):
    assert callable(source_of(kind))


@pytest.mark.parametrize(
    "text",
    [
        b"<!DOCTYPE html><html><body><p>It sails.</p></body></html>",
        b'<?xml version="1.0"?><rss></rss>',
        b"title,body,date\n",
    ],
)
def test_what_stands_in_a_mail_does_not_make_it_another_kind(text: bytes) -> None:
    assert detect_kind(b"From: News <n@post.example>\nSubject: Ferry\n\n" + text, "ferry.eml") == "email"


def test_a_page_that_was_saved_under_the_name_of_a_mail_is_a_page() -> None:
    assert detect_kind(b"<!DOCTYPE html><html><body><p>It sails.</p></body></html>", "ferry.eml") == "html"


@pytest.mark.parametrize("name", ["12.emlx", "12.partial.emlx", "12"])
def test_a_mail_of_apples_mail_is_told_by_the_mail_below_its_size(name: str) -> None:
    assert detect_kind(b"1234      \nReceived: by post.example\nFrom: a@post.example\n\nIt sails.", name) == "email"
