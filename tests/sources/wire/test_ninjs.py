"""ninjs in its three versions: text items become articles, the others say what they are."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.wire import ninjs

VERSION_1 = {
    "uri": "https://wire.example/item/1",
    "type": "text",
    "firstcreated": "2020-05-01T08:00:00Z",
    "versioncreated": "2020-05-01T10:30:00+02:00",
    "headline": "Ferry delayed",
    "byline": "By Ana Ruiz and Tom Bell",
    "body_text": "Fog held the ferry.",
    "description_text": "A slow morning.",
    "located": "Oslo",
    "language": "en",
    "subject": [{"name": "transport"}, {"code": "no-name"}],
    "slugline": "ferry-fog",
}
VERSION_2 = {
    "uri": "urn:wire:2",
    "type": "text",
    "versioncreated": "2020-05-01T08:00:00Z",
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry delayed"}],
    "by": "Ana Ruiz, Wire",
    "bodies": [{"role": "xhtml", "contenttype": "text/html", "value": "<p>Fog held</p><p>the ferry.</p>"}],
    "descriptions": [{"role": "caption", "value": "a ferry"}, {"role": "text", "value": "A slow morning."}],
    "copyrightholder": "Wire",
    "infosources": [{"name": "WIRE"}],
    "subjects": [{"name": "transport"}],
    "places": [{"name": "Norway"}],
}
VERSION_3 = {
    "uri": "urn:wire:3",
    "versionCreated": "2020-05-01T08:00:00Z",
    "headlines": [{"value": "Ferry delayed"}],
    "bodies": [{"contentType": "text/plain", "value": "Ferry delayed\nFog held the ferry."}],
}

SUPERDESK = {
    "guid": "urn:newsml:desk.example:2017-08-24:1",
    "version": "2",
    "type": "text",
    "pubstatus": "usable",
    "firstcreated": "2017-08-24T04:37:19+0000",
    "versioncreated": "2017-08-24T06:38:34+0200",
    "headline": "Ferry delayed",
    "body_html": "<p>Fog held</p><p>the ferry.</p>",
    "description_html": "<p>A slow morning.</p>",
    "authors": [
        {"name": "Ana Ruiz", "role": "writer"},
        {"name": "Li Wei", "role": "photographer"},
        {"name": "Tom Bell"},
    ],
    "copyrightholder": "Harbour Wire",
    "source": "AAP",
    "located": "Oslo",
    "language": "en",
    "subject": [{"code": "04015000", "name": "transport"}],
    "keywords": ["ferries", "transport"],
    "service": [{"code": "i", "name": "International News"}],
}


def run(*items: Any) -> list[Article | SourceError]:
    return list(ninjs.read(io.BytesIO(json.dumps(list(items)).encode()), Context("in.json")))


def convert(item: dict[str, Any]) -> Article:
    (article,) = run(item)
    assert isinstance(article, Article), article
    return article


def test_version_1_is_read():
    article = convert(VERSION_1)

    assert article.as_dict() == {
        "id": "https://wire.example/item/1",
        "title": "Ferry delayed",
        "summary": "A slow morning.",
        "body": "Fog held the ferry.",
        "authors": ["Ana Ruiz", "Tom Bell"],
        "place": "Oslo",
        "tags": ["transport"],
        "url": "https://wire.example/item/1",
        "language": "en",
        "published": "2020-05-01T08:00:00+00:00",
        "updated": "2020-05-01T08:30:00+00:00",
        "updated_offset": "+02:00",
        "extra": {"slugline": "ferry-fog"},
    }


def test_version_2_is_read():
    article = convert(VERSION_2)

    assert (article.title, article.summary, article.url) == ("Ferry delayed", "A slow morning.", "")
    assert article.body == "Fog held\n\nthe ferry."
    assert (article.authors, article.publisher, article.agency) == (("Ana Ruiz",), "Wire", "WIRE")
    assert article.updated is None
    assert article.extra["places"] == [{"name": "Norway"}]


def test_version_3_is_read():
    article = convert(VERSION_3)

    assert (article.title, article.body) == ("Ferry delayed", "Fog held the ferry.")
    assert article.published_precision == "second"


def test_the_form_of_superdesk_is_read():
    assert convert(SUPERDESK).as_dict() == {
        "id": "urn:newsml:desk.example:2017-08-24:1",
        "title": "Ferry delayed",
        "summary": "A slow morning.",
        "body": "Fog held\n\nthe ferry.",
        "authors": ["Ana Ruiz", "Tom Bell"],
        "section": "International News",
        "publisher": "Harbour Wire",
        "place": "Oslo",
        "agency": "AAP",
        "tags": ["transport", "ferries"],
        "language": "en",
        "published": "2017-08-24T04:37:19+00:00",
        "updated": "2017-08-24T04:38:34+00:00",
        "updated_offset": "+02:00",
        "extra": {
            "version": "2",
            "pubstatus": "usable",
            "authors": SUPERDESK["authors"],
            "copyrightholder": "Harbour Wire",
            "source": "AAP",
            "service": [{"code": "i", "name": "International News"}],
        },
    }


def test_when_an_item_was_first_published_goes_before_when_it_was_begun():
    article = convert({**SUPERDESK, "firstpublished": "2017-08-24T06:00:00Z", "versioncreated": "2017-08-24T07:00:00Z"})

    assert article.as_dict()["published"] == "2017-08-24T06:00:00+00:00"
    assert article.as_dict()["updated"] == "2017-08-24T07:00:00+00:00"


@pytest.mark.parametrize(
    ("people", "authors"),
    [
        ({"byline": "By Eva Kranz"}, ("Eva Kranz",)),
        ({"authors": [{"name": "Eva Kranz", "role": "editor"}]}, ("Eva Kranz",)),
        ({"authors": [{"name": "Eva Kranz", "role": "editor"}, {"name": "Li Wei", "role": "Writer"}]}, ("Li Wei",)),
        ({"people": [{"name": "Eva Kranz", "rels": ["author"]}, {"name": "Li Wei", "rels": ["mentioned"]}]}, ("Eva Kranz",)),
        ({"people": [{"name": "Li Wei", "rels": ["mentioned"]}]}, ()),
        ({"authors": [{"name": 7}, "x", {"role": "writer"}]}, ()),
    ],
)  # fmt: skip
def test_authors_are_those_who_wrote_it(people: dict[str, Any], authors: tuple[str, ...]):
    assert convert({**SUPERDESK, "authors": [], **people}).authors == authors


@pytest.mark.parametrize("kind", ["story", "advisory", "article", "Text"])
def test_an_item_with_a_body_is_an_article_whatever_text_it_is(kind: str):
    assert convert({**SUPERDESK, "type": kind}).body == "Fog held\n\nthe ferry."


def test_an_item_of_an_unknown_type_without_a_body_says_its_type():
    (reject,) = run({**SUPERDESK, "type": "story", "body_html": ""})

    assert str(reject) == "in.json, record 1: no text: the item is of the type 'story'"


def test_a_record_with_a_guid_is_no_item_for_that_alone():
    assert not ninjs.is_item({"guid": "x", "title": "a", "body_html": "<p>b</p>", "type": "post"})
    assert not ninjs.is_item({"guid": {"rendered": "x"}, "versioncreated": "2020-05-01"})


def test_what_stands_around_the_text_for_editors_is_no_text():
    article = convert({**SUPERDESK, "body_html": "<p>ferry-fog</p><p>Fog.</p><p>AAP ab</p>", "slugline": "Ferry-Fog"})

    assert (article.body, article.extra["editorial"]) == ("Fog.", ["ferry-fog", "AAP ab"])


def test_markup_is_read_where_plain_text_has_no_paragraphs():
    item = {**VERSION_1, "body_text": "One. Two.", "body_xhtml": "<p>One.</p><p>Two.</p>"}

    assert convert(item).body == "One.\n\nTwo."
    assert convert({**item, "body_text": "One.\n\nTwo, plainly."}).body == "One.\n\nTwo, plainly."


@pytest.mark.parametrize("kind", ["picture", "audio", "video", "graphic", "composite", "planning"])
def test_what_is_no_text_says_what_it_is(kind: str):
    (reject,) = run({**VERSION_2, "type": kind})

    assert str(reject) == f"in.json, record 1: no text: the item is of the type '{kind}'"


def test_a_text_without_text_is_a_reject():
    (reject,) = run({"uri": "urn:x", "type": "text", "pubstatus": "canceled"})

    assert isinstance(reject, SourceError)
    assert reject.reason == "no text: the item has no headline, no body and no description"


def test_an_impossible_date_is_noted_by_its_name_and_the_next_one_counts():
    context = Context("item.json")
    article = ninjs.article_from_item({**VERSION_1, "firstcreated": "2020-02-30"}, context, 1)

    assert isinstance(article, Article)
    assert article.extra["firstcreated"] == "2020-02-30"
    assert [(note.field, note.value) for note in context.notes] == [("firstcreated (published)", "2020-02-30")]


def test_where_dates_are_strict_an_impossible_one_is_a_reject_that_names_it():
    reject = ninjs.article_from_item(
        {**VERSION_1, "firstcreated": "2020-02-30"}, Context("item.json", strict_dates=True), 1
    )

    assert isinstance(reject, SourceError)
    assert reject.reason.startswith("firstcreated (published): '2020-02-30' is not a date")


@pytest.mark.parametrize("value", [7, None, [], "text"])
@pytest.mark.parametrize("name", sorted({**VERSION_1, **VERSION_2, **SUPERDESK}))
def test_no_value_where_another_belongs_makes_reading_raise(name: str, value: Any):
    (result,) = run({**VERSION_1, **VERSION_2, **SUPERDESK, name: value})

    assert isinstance(result, (Article, SourceError))


@pytest.mark.parametrize("item", [VERSION_1, VERSION_2, VERSION_3, SUPERDESK])
def test_items_are_recognised_wherever_they_stand(item: dict[str, Any]):
    for data in (
        json.dumps(item),
        json.dumps([item]),
        json.dumps(item) + "\n" + json.dumps(item),
        json.dumps({"items": [item]}),
    ):
        assert next(read(io.BytesIO(data.encode()))).title == "Ferry delayed"


def test_an_article_with_an_address_is_no_item():
    assert not ninjs.is_item({"uri": "x", "headline": {"main": "a"}, "pub_date": "2020-05-01"})


def test_real_items_are_articles_or_say_what_they_are(shared: Path):
    reading = read(shared / "articles" / "ninjs")
    articles = list(reading)

    assert len(articles) == 5
    assert all(article.title and (article.body or article.summary) and article.published for article in articles)
    assert len(reading.rejects) == 7
    assert all(reject.reason.startswith("no text: the item is of the type ") for reject in reading.rejects)
