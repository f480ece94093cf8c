"""Which texts are mails, mailboxes, Markdown with front matter or lists of addresses, and which only look so."""

from __future__ import annotations

import pytest

from searchlib.sources.documents.text_shapes import shape_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Received: from x\n\tby y\nFrom: a@b.example\nSubject: Ferry\n\nText", "email"),
        ("Message-ID: <1@x>\r\nDate: Mon, 11 Sep 2023 10:00:00 +0000\r\n\r\nText", "email"),
        ("\ufeffMIME-Version: 1.0\nContent-Type: text/plain\n\nText", "email"),
        ("From jane Mon Sep 11 23:30:00 2023\nSubject: Ferry\n\nText", "mbox"),
        ("From - Mon Sep 11 23:30:00 2023\nX-Mozilla-Status: 1\n\nText", "mbox"),
        ("---\ntitle: Ferry\ntags:\n  - harbour\n---\nText", "markdown"),
        ("---\r\ntitle: Ferry\r\n---\r\n\r\nText", "markdown"),
        ("---\ntitle: Ferry\n...\nText", "markdown"),
        ('+++\ntitle = "Ferry"\n+++\nText', "markdown"),
        ("---\n# a comment\ntitle: >\n  folded\n  text\n---\n", "markdown"),
        ("https://post.example/1\nhttps://post.example/2\n", "addresses"),
        ("# mine\nhttps://post.example/1\n\nfeed://post.example/rss", "addresses"),
        ("[InternetShortcut]\r\nURL=https://post.example/1\r\n", "addresses"),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF=''>", "addresses"),
    ],
)
def test_the_first_lines_tell(text: str, shape: str) -> None:
    assert shape_of(text) == shape


@pytest.mark.parametrize(
    "text",
    [
        "From Monday on, the ferry sails again.\nThe harbour said so in 2023.\n",
        "Note: the ferry sails again.\n\nThe harbour said so.",
        # The head of a plain file, which people write.
        "Title: Ferry reopens\nAuthor: Jane Doe\nDate: 11 September 2023\n\nText",
        # A page that a browser saved.
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example\nSubject: Ferry\nMIME-Version: 1.0\n\n",
        "---\n\nThe ferry sails again.\n\n---\n\nThe end.",
        "---\nThe ferry sails again, said the harbour\n---\nThe end.",
        "---\ntitle: no end",
        "https://post.example/1\nThe ferry sails again.",
        "The ferry sails again: https://post.example/1",
        "",
    ],
)
def test_what_only_looks_so_is_left_to_others(text: str) -> None:
    assert shape_of(text) == ""


@pytest.mark.parametrize(
    "text",
    ["a: " * 30_000, "---\n" + "a: b\n" * 20_000, "---\n" * 20_000, "From a " * 10_000, "https://x.example/" * 5_000],
)
def test_a_long_head_is_looked_at_in_no_time(text: str) -> None:
    assert shape_of(text) in ("", "addresses")
