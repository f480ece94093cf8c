"""ANPA 1312: the messages of American services."""

from __future__ import annotations

import io

import pytest

from searchlib.article import Article
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.wire import iptc7901
from searchlib.sources.wire.anpa import is_anpa

HEADER = "\x16\x16\x01W2870\x1fasian\r\nf l\x13\x11 BC-EU--Norway-Ferry  1stLd-Writethru   11-13 1049\r\n"
HEAD = (
    "\x02^BC-EU--Norway-Ferry, 1st Ld-Writethru,466<\r\n^Ferry sails again after a winter of repairs<\r\n"
    "^AP Photo OSL101, OSL102<\r\n^Eds: With AP Photos.<\r\n^By ANA RUIZ and TOM BELL=\r\n^Associated Press=\r\n"
)
STORY = (
    "\t   OSLO, Norway (AP) _ The ferry ``sails again'' from Monday, the harbour\r\nsaid.\r\n \r\n"
    "\t   It rose 3{ points _ at last.\r\n"
)
TRAILER = "\r\n\t   \x03AP-WF-11-13-13 1509GMT<\r\n\x0c\r\n\x04"
BODY = "OSLO, Norway (AP) — The ferry “sails again” from Monday, the harbour said.\n\nIt rose 3½ points — at last."


def article_of(text: str) -> Article:
    [result] = iptc7901.read(io.BytesIO(text.encode()), Context("wire.tst"))
    assert isinstance(result, Article), result
    return result


def test_a_message_is_an_article_with_all_its_fields():
    found = article_of(HEADER + HEAD + STORY + TRAILER).as_dict()
    del found["id"]

    assert found == {
        "title": "Ferry sails again after a winter of repairs",
        "body": BODY,
        "authors": ["Ana Ruiz", "Tom Bell"],
        "place": "OSLO, Norway",
        "agency": "AP",
        "published": "2013-11-13T15:09+00:00",
        "extra": {
            "service": "W",
            "selector": "asian",
            "priority": "f",
            "category": "l",
            "words": "1049",
            "slugline": "BC-EU--Norway-Ferry, 1st Ld-Writethru",
            "editorial": ["AP Photo OSL101, OSL102", "Eds: With AP Photos."],
        },
    }


def test_a_second_line_below_the_headline_is_the_summary():
    head = HEAD.replace("repairs<\r\n", "repairs<\r\n^The ferry sails again from Monday.<\r\n")

    assert article_of(HEADER + head + STORY + TRAILER).summary == "The ferry sails again from Monday."


def test_a_note_to_readers_is_the_storys_own():
    head = HEAD.replace("^By", "^EDITOR'S NOTE _ This is part of a series.<\r\n^By")
    article = article_of(HEADER + head + STORY + TRAILER)

    assert article.body == f"EDITOR'S NOTE — This is part of a series.\n\n{BODY}"
    assert (article.authors, article.agency, article.place) == (("Ana Ruiz", "Tom Bell"), "AP", "OSLO, Norway")


def test_a_list_of_headlines_is_the_story():
    lines = "".join(f"^{line}<\r\n" for line in ("Top news at noon", "Ferry sails", "Dam opens", "Tram returns"))
    article = article_of(f"{HEADER}\x02^AP-Top-News,0121<\r\n{lines}{TRAILER}")

    assert (article.title, article.body) == ("Top news at noon", "Ferry sails\n\nDam opens\n\nTram returns")


def test_a_message_of_a_keyword_line_and_text_has_no_headline():
    article = article_of(f"{HEADER}\x02^BC-Alert,17<\r\n\t   OSLO (AP) _ The ferry sails.\r\n{TRAILER}")

    assert (article.title, article.body) == ("", "OSLO (AP) — The ferry sails.")
    assert article.extra["slugline"] == "BC-Alert"


def test_rows_of_a_table_are_lines_of_their_own():
    rows = "\x08Oslo\x10 City;23;13<\r\n\x08Bergen\x1e24\x1e14\r\n\x08Bodø;19;21\r\n"
    article = article_of(f"{HEADER}{HEAD}{STORY}{rows}{TRAILER}")

    assert article.body.split("\n\n")[2:] == ["Oslo City;23;13", "Bergen 24 14", "Bodø;19;21"]


@pytest.mark.parametrize(
    ("trailer", "published"),
    [
        ("\x03AP-WF-11-13-13 1509GMT<\x04", "2013-11-13T15:09+00:00"),
        ("\x03AP-NY-11-13-87 1509EST<\x04", "1987-11-13T20:09+00:00"),
        ("\x03AP-WF-02-30-13 1509GMT<\x04", None),
        ("\x03\x04", None),
    ],
)
def test_when_a_message_was_sent_is_when_it_was_published(trailer: str, published: str | None):
    assert article_of(HEADER + HEAD + STORY + trailer).as_dict().get("published") == published


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ("W2870\x1fasian\r\nf l BC-x 11-13 1049\r\n", True),
        ("z6715\x1f-----\r\nr z BC-x\r\n", True),
        ("a0123 wstm-\r\nr a bc-slug 10-23 0500\r\n", True),
        ("eca062 4 i 211 ccccb   dpa 061\r\n\nGermany-politics/\r\n", False),
        ("", False),
    ],
)
def test_the_two_formats_are_told_by_their_headers(header: str, is_one: bool):
    assert is_anpa(header) is is_one


def test_messages_of_both_formats_may_stand_in_one_file():
    other = "\x01eca062 4 i 211 dpa 061\r\n\x02Dam opens =\r\n\r\nOslo (dpa) - Water came.\r\n\x03131137 GMT Nov 13\x04"
    data = (HEADER + HEAD + STORY + TRAILER + other).encode()

    assert [article.agency for article in read(io.BytesIO(data))] == ["AP", "dpa"]
