from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.wire import nitf

CONTEXT = Context("story.nitf")

STORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.6/specification/dtd/nitf-3-6.dtd">
<nitf xml:lang="en-GB">
 <head>
  <title>Dam opens (long)</title>
  <docdata>
   <doc-id id-string="hp-20230911-7"/><urgency ed-urg="4"/><date.issue norm="20230911T020000+0900"/>
   <doc.copyright holder="Harbour Post"/><key-list><keyword key="dams"/><keyword key="rivers"/></key-list>
   <identified-content><location>Upper Valley</location><org value="Water Board"/></identified-content>
  </docdata>
  <pubdata name="Harbour Post" position.section="Region" date.publication="20230912" ex-ref="https://harbour.example/7"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Dam opens</hl1><hl2>At last</hl2></hedline>
   <byline>By <person>Ana Ruiz</person>, <byttl>Staff Writer</byttl></byline>
   <byline>and Tom Bell</byline>
   <distributor>The Associated Press</distributor>
   <dateline><location>MARCHWOOD</location>, <story.date norm="20230910">Sept. 10</story.date></dateline>
   <abstract><p>The dam&nbsp;is open.</p></abstract>
  </body.head>
  <body.content>
   <block><p>Water came
      first.</p><p>Then <em>the</em> crowd.</p></block>
   <media media-type="image"><media-reference source="dam.jpg">dam.jpg</media-reference>
    <media-caption>The dam at noon.</media-caption><media-producer>Li Wei</media-producer></media>
   <table><tr><td>Height</td><td>40 m</td></tr></table>
  </body.content>
  <body.end><tagline>Printed in Marchwood</tagline></body.end>
 </body>
</nitf>"""


def result_of(text: str, context: Context = CONTEXT) -> Article | SourceError:
    [result] = nitf.read(io.BytesIO(text.encode()), context)
    return result


def article_of(text: str, context: Context = CONTEXT) -> Article:
    result = result_of(text, context)
    assert isinstance(result, Article), result
    return result


def test_a_story_is_an_article_with_all_its_fields():
    article = article_of(STORY)

    assert article.as_dict() == {
        "id": "hp-20230911-7",
        "title": "Dam opens",
        "summary": "The dam is open.",
        "body": "Water came first.\n\nThen the crowd.\n\nThe dam at noon.\n\nHeight 40 m",
        "authors": ["Ana Ruiz", "Tom Bell"],
        "section": "Region",
        "publisher": "Harbour Post",
        "place": "MARCHWOOD",
        "agency": "AP",
        "tags": ["dams", "rivers", "Upper Valley", "Water Board"],
        "url": "https://harbour.example/7",
        "language": "en-gb",
        "published": "2023-09-10T17:00:00+00:00",
        "published_offset": "+09:00",
        "extra": {"urgency": "4", "copyright": "Harbour Post"},
    }


def test_a_story_in_the_namespace_of_nitf_is_the_same():
    assert article_of(STORY.replace("<nitf ", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" ', 1)) == article_of(
        STORY
    )


def test_the_date_of_the_story_and_the_title_of_the_document_stand_in():
    text = STORY.replace('<date.issue norm="20230911T020000+0900"/>', "").replace(' date.publication="20230912"', "")
    article = article_of(text.replace("<hl1>Dam opens</hl1><hl2>At last</hl2>", ""))

    assert article.title == "Dam opens (long)"
    assert article.as_dict()["published"] == "2023-09-10"


def test_a_lead_that_the_full_text_repeats_is_read_once():
    article = article_of(
        "<nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content>"
        '<block class="lead_paragraph"><p>First.</p></block>'
        '<block class="full_text"><p>First.</p><p>Second.</p></block></body.content></body></nitf>'
    )

    assert article.body == "First.\n\nSecond."


def test_text_right_in_the_body_is_read():
    assert article_of("<nitf><body><body.head/><p>One.</p><p>Two.</p></body></nitf>").body == "One.\n\nTwo."


def test_fields_can_be_mapped_and_defaulted():
    context = Context("x", mapping={"tagline": "section"}, defaults={"publisher": "D"})
    article = article_of(
        "<nitf><body><body.content><p>T.</p></body.content><body.end><tagline>Desk</tagline></body.end></body></nitf>",
        context,
    )

    assert (article.section, article.publisher) == ("Desk", "D")


def test_a_document_without_text_is_reported():
    error = result_of("<nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head></body></nitf>")

    assert isinstance(error, SourceError)
    assert error.reason == "no text: neither a body nor an abstract"


def test_an_impossible_date_leaves_the_story_undated():
    article = result_of(STORY.replace("20230911T020000+0900", "20230931"))

    assert isinstance(article, Article)
    assert (article.published, article.extra["published_as_printed"]) == (None, "20230931")


def test_a_dateline_that_cannot_be_read_is_noted():
    context = Context("story.xml")
    story = "<nitf><body><body.head><dateline>- -</dateline></body.head><body.content><p>Fog.</p></body.content></body></nitf>"
    (article,) = nitf.read(io.BytesIO(story.encode()), context)

    assert isinstance(article, Article)
    assert [(note.field, note.value) for note in context.notes] == [("dateline", "- -")]


def test_what_stands_around_the_text_for_editors_is_no_text():
    content = "<p>Eds: With photos.</p><p>Water came first.</p><p>hh/ph/ts</p><p>AFP sn</p>"
    text = f"<nitf><body><body.head><hedline><hl1>Dam opens</hl1></hedline></body.head><body.content>{content}</body.content></body></nitf>"
    article = article_of(text)

    assert (article.body, article.agency) == ("Water came first.", "AFP")
    assert article.extra["editorial"] == ["Eds: With photos.", "hh/ph/ts", "AFP sn"]


@pytest.mark.parametrize("printed", ["20230910T100000+0000", "2023-09-10 10:00:00 GMT+00:00"])
def test_a_dateline_that_is_but_a_date_is_none(printed: str):
    context = Context("story.nitf")
    text = STORY.replace("<location>MARCHWOOD</location>, ", "").replace("Sept. 10<", f"{printed}<")
    article = article_of(text, context)

    assert (article.place, context.notes) == ("", [])


def test_a_story_that_says_latin_1_and_is_utf_8_is_read_as_utf_8():
    text = STORY.replace("UTF-8", "iso-8859-1", 1).replace("Upper Valley", "Żywiec")

    assert "Żywiec" in article_of(text).tags


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><p>x</p></html>", "begins with <html>, not with NITF's <nitf>"),
        (STORY[:-20], "not well-formed"),
        (STORY.replace('.dtd">', '.dtd" [<!ENTITY e "x">]>'), "declares the entity 'e'"),
        ("", "no element found"),
    ],
)
def test_what_is_no_nitf_is_an_error_for_the_whole_file(text: str, reason: str):
    with pytest.raises(SourceError, match=reason) as caught:
        result_of(text)

    assert caught.value.source == "story.nitf"


@given(st.data())
def test_damaged_documents_raise_nothing_but_source_errors(data: st.DataObject):
    text = bytearray(STORY.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    try:
        results = list(nitf.read(io.BytesIO(bytes(text)), CONTEXT))
    except SourceError:
        return
    assert [isinstance(result, (Article, SourceError)) for result in results] == [True]
