"""A page is read in what it is in, whatever it and its server say."""

from __future__ import annotations

import pytest

from searchlib.sources.base import Context
from searchlib.sources.web_pages.page_encoding import decode_page

RUSSIAN = "Паром сел на мель в густом тумане, все пассажиры спасены, сообщили власти. "
FRENCH = "Le traversier s’est échoué dans un épais brouillard, l’équipage a été sauvé. "


def page(text: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"><title>News</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("stated", ["utf-8", "windows-1252", "iso-8859-1", "windows-1251", "klingon", "utf-16"])
@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "utf-8"), (FRENCH, "utf-8")])
def test_a_wrong_charset_does_no_harm(text: str, encoding: str, stated: str):
    html = page(text * 3, stated)

    assert decode_page(html.encode(encoding), Context("page.html")) == html


@pytest.mark.parametrize("length", [1, 2_000])
def test_windows_1252_in_a_page_that_says_utf_8_is_read_as_such_however_long_it_is(length: int):
    html = page(FRENCH * length, "utf-8")

    assert decode_page(html.encode("cp1252"), Context("page.html")) == html
    assert decode_page(page("plain text " * 9_000 * length, "utf-8").encode() + b" caf\xe9", Context("p")).endswith(
        " café"
    )


def test_the_servers_charset_comes_before_the_pages():
    html = page("株", "windows-1251")

    assert decode_page(html.encode("cp932"), Context("page.html"), charset="Shift_JIS") == html


def test_xhtml_states_its_encoding_as_xml_does():
    html = f'<?xml version="1.0" encoding="koi8-r"?><html><body>{"Мир"}</body></html>'

    assert decode_page(html.encode("koi8-r"), Context("page.html")) == html


def test_a_zero_byte_is_left_out_of_a_page():
    context = Context("page.html")

    assert decode_page(page("fo\0g" + " fog" * 99, "utf-8").encode(), context) == page("fog" + " fog" * 99, "utf-8")
    assert [note.reason for note in context.notes] == ["1 byte of zero are left out"]
