"""Plain files with a head are read by its shape; a text without one is left as it is."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.page_texts.page_text import article_from_text, read
from searchlib.sources.page_texts.plain_head import take_head

FIRST = (
    "The harbour authority said on Monday that the ferry would sail again from next week, after a winter of repairs."
)
SECOND = "Passengers had waited since November, and the island's two shops had run low on everything but salt."
BODY = f"{FIRST}\n\n{SECOND}"
URL = "https://harbour.example/2023/ferry?id=1"
SAID = {
    "title": "Ferry sails again",
    "authors": ["Ana Ruiz", "Tom Bell"],
    "published": "2023-09-11",
    "url": URL,
    "body": BODY,
}


def article_of(text: str, context: Context | None = None) -> Article:
    [article] = read(io.BytesIO(text.encode()), context or Context("a.txt"))
    assert isinstance(article, Article), article
    return article


def said(text: str) -> dict[str, Any]:
    found = article_of(text).as_dict()
    del found["id"]
    return found


HEADS = {
    "names": f"Title: Ferry sails again\nAuthor: Ana Ruiz and Tom Bell\nDate: 2023-09-11\nURL: {URL}\n\n{BODY}",
    "names apart": f"Title: Ferry sails again\n\nAuthor: Ana Ruiz and Tom Bell\n\nDate: 2023-09-11\n\nLink: <{URL}>\n\n{BODY}",
    "names without a gap": f"Title: Ferry sails again\nBy: Ana Ruiz and Tom Bell\nPublished: 2023-09-11\nURL: {URL}\n{BODY}",
    "capitals": f"HEADLINE: Ferry sails again\nBYLINE: ANA RUIZ and TOM BELL\nPUBLICATION DATE: 11 September 2023\nURL: {URL}\n\n{BODY}",
    "marked text": f"Title: Ferry sails again\nAuthor: Ana Ruiz and Tom Bell\nDate: 2023-09-11\nSource URL: {URL}\nText: {BODY}",
    "marked text below": f"Title: Ferry sails again\nAuthor: Ana Ruiz and Tom Bell\nDate: 2023-09-11\nURL: {URL}\nBody:\n\n{BODY}",
    "dashes and names": f"-- Title: Ferry sails again\n-- Author: Ana Ruiz and Tom Bell\n-- Date: 2023-09-11\n-- URL: {URL}\n\n{BODY}",
    "dashes": f"-- Ferry sails again\n-- By Ana Ruiz and Tom Bell\n-- 11 September 2023\n-- {URL}\n\n{BODY}",
    "number signs": f"# Title: Ferry sails again\n# Author: Ana Ruiz and Tom Bell\n# Date: 2023-09-11\n# URL: {URL}\n\n{BODY}",
    "bold names": f"**Title:** Ferry sails again\n**Author:** Ana Ruiz and Tom Bell\n**Date:** 2023-09-11\n**URL:** {URL}\n\n{BODY}",
    "fences": f"---\ntitle: Ferry sails again\nauthor: Ana Ruiz and Tom Bell\ndate: 2023-09-11\nurl: {URL}\n---\n{BODY}",
    "a rule": f"Title: Ferry sails again\nAuthor: Ana Ruiz and Tom Bell\nDate: 2023-09-11\nURL: {URL}\n==========\n{BODY}",
    "a message": f"From: Ana Ruiz and Tom Bell\nSubject: Ferry sails again\nDate: 2023-09-11\nURL: {URL}\n\n{BODY}",
    "broken lines": f"Title: Ferry\n  sails again\nAuthor: Ana Ruiz\n\tand Tom Bell\nDate: 2023-09-11\nURL: {URL}\n\n{BODY}",
    "carriage returns": f"Title: Ferry sails again\nAuthor: Ana Ruiz and Tom Bell\nDate: 2023-09-11\nURL: {URL}\n\n{BODY}".replace("\n", "\r\n"),
    "blank lines above": f"\n\n  \nTitle: Ferry sails again\nAuthor: Ana Ruiz and Tom Bell\nDate: 2023-09-11\nURL: {URL}\n\n{BODY}",
    "an address above": f"{URL}\nFerry sails again\nBy Ana Ruiz and Tom Bell\n2023-09-11\n\n{BODY}",
    "an address below the title": f"Ferry sails again\n{URL}\n\nBy Ana Ruiz and Tom Bell\n2023-09-11\n\n{BODY}",
    "a title and an address": f"Title: Ferry sails again\n{URL}\nBy Ana Ruiz and Tom Bell\n2023-09-11\n\n{BODY}",
}  # fmt: skip


@pytest.mark.parametrize("text", HEADS.values(), ids=HEADS)
def test_a_head_is_read_by_its_shape(text: str):
    assert said(text) == SAID


def test_all_fields_may_stand_in_a_head():
    text = (
        "Title: Ferry sails again\nPublisher: Harbour Post\nSection: Region\nAgency: AP\nLanguage: en\nTags: ports; ferries\n"
        f"Dateline: OSLO, Sept 11 (AP) -\nSummary: In short.\nID: hp-7\nUpdated: 2023-09-12\nEdition: late\nWords: 300\n\n{BODY}"
    )

    assert article_of(text).as_dict() == {
        "id": "hp-7",
        "title": "Ferry sails again",
        "summary": "In short.",
        "body": BODY,
        "section": "Region",
        "publisher": "Harbour Post",
        "place": "OSLO",
        "agency": "AP",
        "tags": ["ports", "ferries"],
        "language": "en",
        "published": "2023-09-12",
        "updated": "2023-09-12",
        "extra": {"Edition": "late", "Words": "300"},
    }


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Title: Ferry sails again", "title", "Ferry sails again"),
        ("Date: 11 September 2023", "published", "2023-09-11"),
        ("Author: Ana Ruiz", "authors", ["Ana Ruiz"]),
        (f"URL: {URL}", "url", URL),
        (f"Source: {URL}", "url", URL),
        (URL, "url", URL),
        (f"<{URL}>", "url", URL),
    ],
)
def test_one_line_that_says_plainly_what_it_is_is_a_head(line: str, field: str, value: object):
    found = said(f"{line}\n\n{BODY}")

    assert (found[field], found["body"]) == (value, BODY)


@pytest.mark.parametrize(
    "text",
    [
        f"Note: the ferry sails again.\n\n{BODY}",
        f"Note: the ferry sails again.\nWarning: bring salt.\n\n{BODY}",
        f"Dear Sir:\n\n{BODY}",
        f"Source: the harbour authority, which would not be named.\n\n{BODY}",
        f"Author: I wrote it, you did not.\nPublisher: We printed it all the same.\n\n{BODY}",
        f"Summary: it sails.\n\n{BODY}",
        f"Q: Does it sail?\nA: It does.\n\n{BODY}",
        f"Update: the ferry sails again from Monday.\n\n{BODY}",
        f"Oslo: The ferry sails again.\n\n{BODY}",
        f"-- I saw it sail, he said.\n-- So did I, she said.\n\n{BODY}",
        f"At 10:30 the ferry sailed.\n\n{BODY}",
        f"See https://harbour.example/ for the times of the ferry.\n\n{BODY}",
        f"Date: Monday\nPlace: the town hall\n\n{BODY}",
        BODY,
        "",
    ],
)
def test_prose_has_no_head(text: str):
    assert take_head(text, Context("a.txt")) == ({}, text)


def test_a_long_line_with_an_unknown_name_is_prose():
    text = f"Title: Ferry sails again\nDate: 2023-09-11\nOslo: {FIRST}\n\n{SECOND}"

    assert article_of(text).body == f"Oslo: {FIRST}\n\n{SECOND}"


def test_a_sentence_with_an_unknown_name_at_the_end_is_prose():
    text = f"Title: Ferry sails again\nDate: 2023-09-11\nOslo: It sails.\n\n{BODY}"

    assert article_of(text).body == f"Oslo: It sails.\n\n{BODY}"


def test_a_title_that_is_a_sentence_is_the_title_all_the_same():
    found = said(f"Title: The ferry sails again.\nDate: 2023-09-11\n\n{BODY}")

    assert (found["title"], found["body"]) == ("The ferry sails again.", BODY)


def test_a_title_that_is_printed_again_is_no_text():
    assert said(f"Title: Ferry sails again\nDate: 2023-09-11\n\nFerry sails again\n\n{BODY}")["body"] == BODY


def test_names_that_the_user_maps_are_known():
    context = Context("a.txt", mapping={"Kop": "title", "Dag": "published"})
    article = article_of(f"Kop: Veer vaart\nDag: 2023-09-11\n\n{BODY}", context)

    assert (article.title, article.body, article.as_dict()["published"]) == ("Veer vaart", BODY, "2023-09-11")


def test_a_date_that_cannot_be_read_is_noted():
    context = Context("a.txt")
    article = article_of(f"Title: Ferry sails again\nDate: 2023-02-31\n\n{BODY}", context)

    assert (article.published, [note.field for note in context.notes]) == (None, ["published"])


def test_where_a_page_was_fetched_goes_before_an_address_in_it():
    article = article_from_text(f"{URL}\n\n{BODY}".encode(), Context("a.warc"), url="https://other.example/1")

    assert isinstance(article, Article)
    assert (article.url, article.body) == ("https://other.example/1", BODY)


@given(st.lists(st.sampled_from(["Title: a", "-- b", "---", "", "Text:", "x: y", "  z", URL, FIRST, "\0", "A" * 3000]), max_size=90))  # fmt: skip
def test_any_text_is_an_article_or_says_why_not(lines: list[str]):
    result = article_from_text("\n".join(lines).encode(), Context("a.txt"))

    assert isinstance(result, (Article, SourceError))
