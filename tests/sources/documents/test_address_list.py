"""Files that list addresses: how many is said, and nothing is fetched."""

from __future__ import annotations

import io
import socket

import pytest

from searchlib.sources import read


def reason(data: bytes) -> str:
    found = read(io.BytesIO(data))

    assert list(found) == []
    return found.rejects[0].reason


URLS = b"".join(b"<url><loc>https://post.example/%d</loc><lastmod>2023-09-11</lastmod></url>" % n for n in range(812))


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (
            b'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            + URLS
            + b"</urlset>",
            "812 addresses",
        ),
        (
            b'<urlset xmlns:image="http://x"><url><loc>https://a.example</loc><image:image><image:loc>https://a.example/1.png</image:loc></image:image></url></urlset>',
            "1 address,",
        ),
        (b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>", "1 address,"),
        (
            b'<opml version="2.0"><body><outline text="News"><outline xmlUrl="https://a.example/rss"/><outline xmlUrl="https://b.example/rss"/></outline></body></opml>',
            "2 addresses",
        ),
        (b"https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\n", "3 addresses"),
        (
            b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF='https://a.example'>A</A><DT><A HREF='https://b.example'>B</A></DL>",
            "2 addresses",
        ),
        (b"[InternetShortcut]\r\nURL=https://a.example/1\r\n", "1 address,"),
    ],
)
def test_how_many_it_lists_is_said(data: bytes, count: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)

    found = reason(data)

    assert f"it lists {count}" in found
    assert "never goes to the network" in found


def test_a_list_that_breaks_off_says_so() -> None:
    assert "cannot be counted" in reason(b"<urlset><url><loc>https://a.example")
