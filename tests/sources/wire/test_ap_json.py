"""Items of AP's media API: ninjs with its text in NITF."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.wire import ap_json

ITEM: dict[str, Any] = {
    "uri": "https://api.wire.example/v/content/5ee9?qt=key&et=0a1",
    "altids": {"itemid": "5ee9", "friendlykey": "53"},
    "version": 1,
    "type": "text",
    "urgency": 4,
    "language": "en",
    "versioncreated": "2019-07-03T06:05:12Z",
    "firstcreated": "2019-07-03T04:05:12Z",
    "pubstatus": "usable",
    "title": "EU--Norway-Ferry",
    "headline": "Ferry sails again",
    "description_summary": "A winter of repairs ends.",
    "bylines": [{"by": "By ANA RUIZ and TOM BELL", "title": "Associated Press"}],
    "located": "OSLO, Norway",
    "provider": "AP",
    "keywords": ["ferries"],
    "subject": [
        {"name": "a", "rels": ["category"]},
        {"name": "Transport", "rels": ["direct"]},
        {"name": "Everything", "rels": ["ancestor"]},
    ],
    "body_nitf": "<block><p>OSLO (AP) — It sails.</p><p>At last &amp; well.</p></block>",
}


def convert(item: dict[str, Any], context: Context | None = None) -> Article:
    article = ap_json.article_from_item(item, context or Context("ap.json"), 1)
    assert isinstance(article, Article), article
    return article


def test_an_item_is_an_article_with_all_its_fields():
    assert convert(ITEM).as_dict() == {
        "id": "5ee9",
        "title": "Ferry sails again",
        "summary": "A winter of repairs ends.",
        "body": "OSLO (AP) — It sails.\n\nAt last & well.",
        "authors": ["Ana Ruiz", "Tom Bell"],
        "place": "OSLO, Norway",
        "agency": "AP",
        "tags": ["Transport", "ferries"],
        "language": "en",
        "published": "2019-07-03T04:05:12+00:00",
        "updated": "2019-07-03T06:05:12+00:00",
        "extra": {
            "altids": {"itemid": "5ee9", "friendlykey": "53"},
            "version": 1,
            "urgency": 4,
            "pubstatus": "usable",
            "title": "EU--Norway-Ferry",
            "description_summary": "A winter of repairs ends.",
            "bylines": [{"by": "By ANA RUIZ and TOM BELL", "title": "Associated Press"}],
            "provider": "AP",
            "source": "AP",
            "api_uri": "https://api.wire.example/v/content/5ee9?qt=key&et=0a1",
        },
    }


@pytest.mark.parametrize(
    "shape",
    [
        lambda item: item,
        lambda item: {"data": {"item": item}},
        lambda item: {"api_version": "1.1", "params": {"qt": "x"}, "data": {"meta": {"products": [{"id": 1}]}, "item": item}},
        lambda item: {"data": {"items": [{"meta": {}, "item": item}], "current_item_count": 1}},
        lambda item: [item],
    ],
)  # fmt: skip
def test_items_are_recognised_wherever_they_stand(shape: Any):
    [article] = read(io.BytesIO(json.dumps(shape(ITEM)).encode()))

    assert (article.id, article.title) == ("5ee9", "Ferry sails again")
    assert article.body.startswith("OSLO (AP)")


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><p>One.</p><p>Two.</p></body.content></body></nitf>", "One.\n\nTwo."),
        ('<?xml version="1.0" encoding="utf-16"?><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>Één.</p><p>Two.</p></body.content></body></nitf>', "Één.\n\nTwo."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("One.", "One."),
    ],
)  # fmt: skip
def test_text_is_read_from_every_kind_of_markup(markup: str, body: str):
    assert convert({**ITEM, "body_nitf": markup}).body == body
    item = {**ITEM, "renditions": {"nitf": {"value": markup, "href": "https://x.example/"}}}
    del item["body_nitf"]

    assert convert(item).body == body


def test_a_byline_in_the_nitf_counts_where_the_item_has_none():
    markup = "<nitf><body><body.head><byline>By Li Wei</byline></body.head><body.content><p>A.</p></body.content></body></nitf>"

    assert convert({**ITEM, "body_nitf": markup, "bylines": []}).authors == ("Li Wei",)
    assert convert({**ITEM, "body_nitf": markup}).authors == ("Ana Ruiz", "Tom Bell")


def test_a_text_that_is_elsewhere_is_said_and_not_fetched():
    item = {**ITEM, "renditions": {"nitf": {"href": "https://api.wire.example/download?format=NITF"}}}
    del item["body_nitf"]
    context = Context("ap.json")
    article = convert(item, context)

    assert (article.title, article.body) == ("Ferry sails again", "")
    [note] = context.notes
    assert (note.record, note.field, note.value) == (1, "body", "https://api.wire.example/download?format=NITF")
    assert "not fetched" in note.reason


def test_a_picture_says_what_it_is():
    reject = ap_json.article_from_item({**ITEM, "type": "picture"}, Context("ap.json"), 1)

    assert isinstance(reject, SourceError)
    assert reject.reason == "no text: the item is of the type 'picture'"


def test_a_declared_entity_is_not_expanded():
    bomb = '<!DOCTYPE nitf [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><nitf><body><body.content><p>&b;</p></body.content></body></nitf>'

    assert "xx" not in convert({**ITEM, "body_nitf": bomb}).body.replace('"xx"', "")


@pytest.mark.parametrize("value", [7, None, [], {}, "text", [7], [{"name": 7}]])
@pytest.mark.parametrize("name", sorted({**ITEM, "renditions": 1, "datelinelocation": 1}))
def test_no_value_where_another_belongs_makes_reading_raise(name: str, value: Any):
    [*results] = read(io.BytesIO(json.dumps({**ITEM, name: value}).encode()))

    assert all(isinstance(result, Article) for result in results)


def test_ninjs_of_others_is_none_of_aps():
    assert not ap_json.is_item({"uri": "urn:x", "versioncreated": "2020-01-01", "headline": "H"})
