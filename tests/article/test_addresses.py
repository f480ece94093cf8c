"""When two addresses are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Article
from searchlib.article.addresses import address_key, is_site_root

SAME = [
    # RFC 3986.
    ("https://example.com/a", "HTTPS://Example.COM/a"),
    ("https://example.com/a", "https://example.com:443/a"),
    ("http://example.com/a", "http://example.com:80/a"),
    ("https://example.com/~jane/a", "https://example.com/%7Ejane/%61"),
    ("https://example.com/caf%c3%a9", "https://example.com/caf%C3%A9"),
    ("https://example.com/café", "https://example.com/caf%C3%A9"),
    ("https://example.com/a/b", "https://example.com/a/./c/../b"),
    ("https://example.com", "https://example.com/"),
    ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
    ("https://example.com./a", "https://example.com/a"),
    # Habit.
    ("http://example.com/a", "https://example.com/a"),
    ("https://www.example.com/a", "https://example.com/a"),
    ("https://m.example.com/a", "https://www.example.com/a"),
    ("https://mobile.example.co.uk/a", "https://www.example.co.uk/a"),
    ("https://amp.example.com/a", "https://www.example.com/a"),
    ("https://example.com/a", "https://example.com/a/"),
    ("https://example.com/a", "https://example.com/a/amp"),
    ("https://example.com/a", "https://example.com/a/amp/"),
    ("https://example.com/a", "https://example.com/amp/a"),
    ("https://example.com/a", "https://example.com/a.amp"),
    ("https://example.com/a", "https://example.com/a?amp"),
    ("https://example.com/a", "https://example.com/a?outputType=amp"),
    ("https://example.com/a", "https://www.google.com/amp/s/www.example.com/a"),
    ("https://example.com/a", "https://example-com.cdn.ampproject.org/c/s/example.com/a"),
    ("https://example.com/a/", "https://example.com/a/index.html"),
    ("https://example.com/a", "https://example.com/a#comments"),
    ("https://example.com/?p=1&q=2", "https://example.com/?q=2&p=1"),
    ("https://example.com/a", "https://example.com/a?"),
    # How a reader came.
    ("https://example.com/a", "https://example.com/a?utm_source=x&utm_medium=y&UTM_Campaign=z"),
    ("https://example.com/a", "https://example.com/a?fbclid=1&gclid=2&at_medium=RSS&CMP=share_btn&smid=tw&ns_mchannel=social"),
    ("https://example.com/a", "https://example.com/a?ref=rss"),
    ("https://example.com/a?id=7", "https://example.com/a?ref=homepage&id=7&mc_cid=3"),
    ("https://example.com/a", "https://example.com/a;jsessionid=12AB"),
]  # fmt: skip

DIFFERENT = [
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a", "https://example.org/a"),
    ("https://example.com/a", "https://news.example.com/a"),
    ("https://example.com/a", "https://example.com:8080/a"),
    ("https://example.com/?p=1", "https://example.com/?p=2"),
    ("https://example.com/a?ref=4711", "https://example.com/a?ref=4712"),
    ("https://example.com/a?page=2", "https://example.com/a"),
    ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ("https://example.com/camp", "https://example.com/c"),
    ("https://example.com/#!/a", "https://example.com/#!/b"),
    ("https://m.me/a", "https://me/a"),
    ("https://example.com/?t=%E9", "https://example.com/?t=%E8"),
    ("https://example.com/a//b", "https://example.com/a/b"),
    ("ftp://example.com/a", "https://example.com/a"),
    ("https://example.com/index.html/a", "https://example.com/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_that_are_one(one, other):
    assert address_key(one) == address_key(other)
    assert Article(url=one, title="Quiet seas").id == Article(url=other, title="Rough seas").id


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_that_are_two(one, other):
    assert address_key(one) != address_key(other)
    assert Article(url=one, title="Quiet seas").id != Article(url=other, title="Quiet seas").id


@pytest.mark.parametrize(
    "text", ["", "urn:newsml:1", "no address", "http://", "http://[", "//example.com/a", "mailto:a@b.example"]
)
def test_what_is_no_address_is_itself(text):
    assert address_key(text) == text


@given(st.text() | st.text().map("https://example.com/".__add__))
def test_any_text_has_a_key_which_is_stable(text):
    key = address_key(text)
    assert isinstance(key, str)
    if key != text:
        assert address_key(f"https://{key}") == key


@pytest.mark.parametrize(
    ("url", "is_root"),
    [
        ("https://www.example.com", True),
        ("https://example.com/", True),
        ("https://example.com/en/", True),
        ("https://example.com/pt-br", True),
        ("https://example.com/index.php", True),
        ("https://example.com/?utm_source=x", True),
        ("https://example.com/news", False),
        ("https://example.com/?p=12", False),
        ("", False),
        ("urn:a", False),
    ],
)
def test_the_address_of_a_whole_site(url, is_root):
    assert is_site_root(url) is is_root


def test_an_id_of_version_0_1_is_known():
    article = Article(url="https://www.example.com/a/?utm_source=x", title="Quiet seas")

    assert article.earlier_id == "u2oehfwhwnfxckexi"
    assert Article(url="https://www.example.com/a", title="Quiet seas").earlier_id not in ("", article.earlier_id)
    assert Article(id="7", url="https://www.example.com/a", title="Quiet seas").earlier_id == ""
    assert Article(title="Quiet seas").earlier_id == ""
