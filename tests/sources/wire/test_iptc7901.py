"""IPTC 7901: the messages of agencies by line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.wire import iptc7901

DPA = (
    "\x01eca062 4 i 211 ccccb   dpa 061\r\n\nNorway-traffic/Oslo/\r\n\x021ST LEAD\r\n"
    "Ferry sails again after a winter of repairs, the\r\nharbour says\r\nBy Ana Ruiz, dpa =\r\n\n"
    "   Oslo (dpa) - The ferry sails again from Monday, the harbour\r\nauthority said.\r\n\n"
    "   Passengers had waited since\r\nNovember.\r\n\n# dpa NOTEBOOK\r\n\n* * * *\r\n"
    "The following information is not for publication\r\n\n## dpa Contacts\r\n- Editing by: Tom Bell\r\n"
    "Tel: +49 30 1234 5678; <desk@wire.example>\r\n\ndpa ar tb\r\n\r\n\x03131137 GMT Nov 13 \r\n\x7f\n\x7f\x04"
)
AFP = (
    "\x01AFP0123 3 POL 0045 FRA\r\nNorvège-transport\r\n\x02\r\nLe ferry repart (SYNTHESE)\r\n   Par Ana Ruiz\r\n"
    "   OSLO, 3 mai 2012 (AFP) - Le ferry repart lundi, a annoncé\r\nle port.\r\n   Les passagers attendaient.\r\n"
    "   ar/tb/li\r\n\x03031845 Mai 12\r\n\x04"
)


def results(text: str | bytes, context: Context | None = None) -> list[Article | SourceError]:
    data = text.encode() if isinstance(text, str) else text
    return list(iptc7901.read(io.BytesIO(data), context or Context("wire.txt")))


def article_of(text: str | bytes, context: Context | None = None) -> Article:
    [result] = results(text, context)
    assert isinstance(result, Article), result
    return result


def test_a_message_is_an_article_with_all_its_fields():
    article = article_of(DPA)
    found = article.as_dict()
    del found["id"]

    assert found == {
        "title": "Ferry sails again after a winter of repairs, the harbour says",
        "body": "Oslo (dpa) - The ferry sails again from Monday, the harbour authority said.\n\nPassengers had waited since November.",
        "authors": ["Ana Ruiz"],
        "agency": "dpa",
        "place": "Oslo",
        "tags": ["Norway-traffic", "Oslo"],
        "published": "2013-11-13T11:37+00:00",
        "extra": {
            "priority": "4",
            "category": "i",
            "words": "211",
            "message": "eca062 4 i 211 ccccb dpa 061",
            "slugline": "Norway-traffic/Oslo",
            "editorial": [
                "1ST LEAD",
                "# dpa NOTEBOOK",
                "* * * * The following information is not for publication",
                "## dpa Contacts - Editing by: Tom Bell Tel: +49 30 1234 5678; <desk@wire.example>",
                "dpa ar tb",
            ],
        },
    }


def test_a_headline_ends_where_an_indented_line_begins():
    article = article_of(AFP)

    assert article.title == "Le ferry repart (SYNTHESE)"
    assert (
        article.body
        == "OSLO, 3 mai 2012 (AFP) - Le ferry repart lundi, a annoncé le port.\n\nLes passagers attendaient."
    )
    assert (article.authors, article.agency, article.place) == (("Ana Ruiz",), "AFP", "OSLO")
    assert article.as_dict()["published"] == "2012-05-03T18:45"


def test_a_headline_may_have_a_second_one_below():
    article = article_of(
        "\x01APA0123 5 AA 0234 CA\r\nVerkehr/Österreich\r\n\x02\r\nFähre fährt wieder - Hafen\r\nzufrieden =\r\n\r\n"
        "   Utl.: Lange Pause zu Ende =\r\n\r\n   Wien (APA) - Die Fähre fährt wieder. Der Hafen ist\r\nzufrieden. (Schluss) abc/xyz\r\n\r\n"
        "APA0123    2012-05-10/12:00\r\n\r\n\x03101200 Mai 12\r\n\x04"
    )

    assert (article.title, article.summary) == ("Fähre fährt wieder - Hafen zufrieden", "Lange Pause zu Ende")
    assert (article.agency, article.place) == ("APA", "Wien")
    assert article.body == "Wien (APA) - Die Fähre fährt wieder. Der Hafen ist zufrieden."


def test_a_text_without_a_headline_gets_none():
    text = "\x01abc0001 4 i 12\r\n\x02The ferry sails again from Monday, the harbour said.\r\n\r\nIt was late.\r\n\x03"

    assert (article_of(text).title, article_of(text).body.count("\n\n")) == ("", 1)


def test_a_file_of_many_messages_is_as_many_articles():
    found = results((DPA + AFP) * 2)

    assert [article.title[:5] for article in found if isinstance(article, Article)] == ["Ferry", "Le fe"] * 2


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("131137 GMT Nov 13", "2013-11-13T11:37+00:00"),
        ("131137 CET Nov 13", "2013-11-13T10:37+00:00"),
        ("071341 GMT Okt 15", "2015-10-07T13:41+00:00"),
        ("101200 Mai 12", "2012-05-10T12:00"),
        ("011200 GMT Jan 88", "1988-01-01T12:00+00:00"),
        ("311137 GMT Nov 13", None),
        ("", None),
    ],
)
def test_when_a_message_was_sent_is_when_it_was_published(printed: str, published: str | None):
    context = Context("wire.txt")
    article = article_of(DPA.replace("131137 GMT Nov 13", printed), context)

    assert article.as_dict().get("published") == published
    assert [note.field for note in context.notes] == (["published"] if printed.startswith("31") else [])


def test_text_in_old_encodings_is_read():
    assert "annoncé" in article_of(AFP.encode("windows-1252")).body
    assert "annoncé" in article_of(AFP.encode("cp850"), Context("wire.txt", encoding="cp850")).body


def test_a_message_without_an_end_goes_in_with_a_note():
    context = Context("wire.txt")
    article = article_of(DPA[: DPA.index("November")], context)

    assert article.body.endswith("Passengers had waited since")
    [note] = context.notes
    assert (note.record, note.field) == (1, "body")
    assert "no end (ETX, 0x03)" in note.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (DPA[:30], "the message is cut off: it ends before its text (STX, 0x02)"),
        ("\x01abc0001 4 i 12\r\n\x02\r\n\x03131137 GMT Nov 13\x04", "there is no text in the message"),
    ],
)
def test_a_message_that_is_no_article_says_why_and_the_next_one_is_read(text: str, reason: str):
    broken, whole = results(text + DPA)

    assert isinstance(broken, SourceError)
    assert (broken.record, broken.reason) == (1, reason)
    assert isinstance(whole, Article)


def test_a_file_without_messages_is_an_error_for_the_whole_file():
    with pytest.raises(SourceError, match="there is no wire message in it"):
        results("plain text")


def test_the_kind_is_told_by_content(tmp_path: Path):
    for name in ("a.txt", "b.dat", "c"):
        (tmp_path / name).write_bytes((DPA + AFP).encode())
    reading = read(tmp_path)

    assert len(list(reading)) == 6
    assert reading.rejects == []


@given(st.data())
def test_damaged_messages_raise_nothing_but_source_errors(data: st.DataObject):
    text = bytearray((DPA + AFP).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = results(bytes(text[: data.draw(st.integers(0, len(text)))]))
    except SourceError:
        return

    assert all(isinstance(result, (Article, SourceError)) for result in found)


def test_a_doubt_about_its_letters_is_said():
    context = Context("wire.txt")
    message = DPA.replace("The ferry sails", "Die Brücke über den Fluß wird später geöffnet, hört man. The ferry sails")
    results(message.encode("cp437"), context)

    assert [(note.record, note.field) for note in context.notes] == [(1, "encoding")]
