from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.wire import newsml

CONTEXT = Context("wire.xml")
NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = (
    '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
    "<hedline><hl1>Inside headline</hl1></hedline><byline>By Tom Bell</byline><abstract><p>Inside abstract.</p></abstract>"
    "</body.head><body.content><p>First.</p><p>Second.</p></body.content></body></nitf></inlineXML>"
)
META = """<contentMeta>
  <contentModified>2023-09-12T08:00:00+02:00</contentModified>
  <located qcode="city:1"><name>Lima</name></located>
  <creator><name>Harbour Wire Staff</name></creator>
  <infoSource qcode="is:x"><name>Agence France-Presse</name></infoSource>
  <subject qcode="m:1"><name>shipping</name></subject><subject qcode="m:2"/>
  <subject><mainConcept qcode="m:3"><name>sailing</name></mainConcept><facetConcept><name>women</name></facetConcept></subject>
  <keyword>port</keyword><genre qcode="g:1"><name>Feature</name></genre><urgency>3</urgency>
  <slugline>HARBOUR-FERRY</slugline><headline>Ferry\n returns</headline>
  <description role="drol:caption">A picture.</description><description role="drol:summary">The ferry is back.</description>
</contentMeta>"""


def item(content: str = NITF, *, meta: str = META, item_class: str = "ninat:text", guid: str = "urn:x:1") -> str:
    return f"""<newsItem {NAR} guid="{guid}" version="2" xml:lang="en-GB">
<rightsInfo><copyrightNotice>(c) Harbour Wire</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="{item_class}"/><provider qcode="p:HW"><name>Harbour Wire</name></provider>
<versionCreated>2023-09-13T00:00:00Z</versionCreated><firstCreated>2023-09-11T02:00:00+09:00</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>{meta}
<assert qcode="m:2"><name>ports</name></assert>
<contentSet>{content}</contentSet></newsItem>"""


def results(text: str | bytes, context: Context = CONTEXT) -> list[Article | SourceError]:
    return list(newsml.read(io.BytesIO(text.encode() if isinstance(text, str) else text), context))


def article_of(text: str, context: Context = CONTEXT) -> Article:
    [result] = results(text, context)
    assert isinstance(result, Article), result
    return result


def reason_of(text: str) -> str:
    [result] = results(text)
    assert isinstance(result, SourceError), result
    assert result.record == 1
    return result.reason


def test_a_text_item_is_an_article_with_all_its_fields():
    assert article_of(item()).as_dict() == {
        "id": "urn:x:1",
        "title": "Ferry returns",
        "summary": "The ferry is back.",
        "body": "First.\n\nSecond.",
        "authors": ["Tom Bell"],
        "publisher": "Harbour Wire",
        "place": "Lima",
        "agency": "AFP",
        "tags": ["shipping", "ports", "sailing", "women", "port"],
        "language": "en-gb",
        "published": "2023-09-10T17:00:00+00:00",
        "updated": "2023-09-12T06:00:00+00:00",
        "published_offset": "+09:00",
        "updated_offset": "+02:00",
        "extra": {
            "version": "2",
            "slugline": "HARBOUR-FERRY",
            "genre": ["Feature"],
            "urgency": "3",
            "status": "usable",
            "copyright": "(c) Harbour Wire",
        },
    }


def test_what_the_item_leaves_out_the_text_inside_says():
    article = article_of(item(meta="<contentMeta/>"))

    assert (article.title, article.summary) == ("Inside headline", "Inside abstract.")
    assert article.as_dict()["updated"] == "2023-09-13T00:00:00+00:00"


def test_bylines_and_datelines_go_before_creator_and_location():
    article = article_of(
        item(
            '<inlineXML><p xmlns="http://www.w3.org/1999/xhtml">T.</p></inlineXML>',
            meta="<contentMeta><located><name>Lima</name></located><creator><name>C</name></creator>"
            "<by>By Eva Kranz and Li Wei</by><dateline>CUSCO, Monday (HW)</dateline><creditline>Some Wire</creditline></contentMeta>",
        )
    )

    assert (article.authors, article.place, article.agency) == (("Eva Kranz", "Li Wei"), "CUSCO", "Some Wire")


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ('<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>A.</p><p>B.</p></body></html></inlineXML>', "A.\n\nB."),
        ("<inlineXML><p>A.</p><p>B.</p></inlineXML>", "A.\n\nB."),
        ("<inlineXML><sports-content><article><nitf><body><body.content><p>A.</p></body.content></body></nitf></article></sports-content></inlineXML>", "A."),
        ('<inlineData contenttype="text/plain">A\nline.\n\nB.</inlineData>', "A line.\n\nB."),
        ('<inlineData contenttype="text/html">&lt;p&gt;A.&lt;/p&gt;&lt;p&gt;B.&lt;/p&gt;</inlineData>', "A.\n\nB."),
        (f'<inlineData contenttype="text/plain" encoding="encd:base64">{base64.b64encode("Brücke".encode()).decode()}</inlineData>', "Brücke"),
        ("<inlineXML><empty/></inlineXML><inlineXML><p>The second rendition.</p></inlineXML>", "The second rendition."),
    ],
)  # fmt: skip
def test_text_is_read_from_every_kind_of_content(content: str, body: str):
    assert article_of(item(content)).body == body


@pytest.mark.parametrize("frame", ["header", "div class='slugline'", "footer", "section class='notepad np-public'"])
def test_what_an_agency_puts_around_the_text_of_a_page_is_no_text(frame: str):
    around = f"<{frame}><ul><li>Traffic</li></ul><h1>Other words</h1></{frame.split()[0]}>"
    content = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{around}<section class="main"><p>Lima (dpa) - A.</p><p>B.</p></section></body></html></inlineXML>'

    assert article_of(item(content)).body == "Lima (dpa) - A.\n\nB."


def test_slug_place_date_and_headline_above_the_text_are_no_text():
    content = "<inlineXML><p>Verkehr/Peru/</p><p>Lima</p><p>11.10.2022 11:14</p><p>Ferry returns</p><p>Lima (dpa) - A.</p><p>dpa ab xy</p></inlineXML>"
    article = article_of(item(content))

    assert article.body == "Lima (dpa) - A."
    assert article.extra["editorial"] == ["Verkehr/Peru/", "Lima", "11.10.2022 11:14", "dpa ab xy"]


def test_a_text_item_with_no_more_than_a_description_is_an_article():
    article = article_of(item("<inlineXML/>"))

    assert (article.body, article.summary) == ("", "The ferry is back.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (item("<inlineXML/>", meta="<contentMeta><headline>H</headline></contentMeta>"),
         "no text: newsItem of class text whose content is empty or elsewhere"),
        (item('<remoteContent href="a.jpg"/>', item_class="ninat:picture"), "no text: newsItem of class picture"),
        (item("<inlineXML><events><event><name>Fair</name></event></events></inlineXML>", item_class="ninat:composite"),
         "no text: newsItem of class composite that holds <events>"),
        (item('<inlineData contenttype="image/png">QUJD</inlineData>', item_class="ninat:graphic"), "no text: newsItem of class graphic"),
        (item('<inlineData encoding="base64">é</inlineData>', item_class="ninat:audio"), "no text: newsItem of class audio"),
        (f"<packageItem {NAR}/>", "no text: packageItem, a package that refers to items"),
        (f"<conceptItem {NAR}><concept><definition>Prose.</definition></concept></conceptItem>",
         "no text: conceptItem, a description of a person, thing or event"),
        (f"<knowledgeItem {NAR}/>", "no text: knowledgeItem, a set of concepts"),
        (f"<planningItem {NAR}/>", "no text: planningItem, a plan of coverage"),
        (f"<catalogItem {NAR}/>", "no text: catalogItem, a catalogue of codes"),
        ("<groupSet><group/></groupSet>", "no text: groupSet alone, a piece of an item"),
    ],
)  # fmt: skip
def test_an_item_without_text_is_reported_as_what_it_is(text: str, reason: str):
    assert reason_of(text) == reason


def test_the_items_of_a_message_are_records_in_its_order():
    message = (
        f"<newsMessage {NAR}><header><sent>2023-09-11T00:00:00Z</sent></header><itemSet><packageItem/>"
        f"{item(guid='urn:x:1')}{item('<inlineXML/>', meta='')}{item(guid='urn:x:2')}</itemSet></newsMessage>"
    )
    package, first, empty, second = results(message)

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, second.id) == ("urn:x:1", "urn:x:2")
    assert isinstance(package, SourceError)
    assert isinstance(empty, SourceError)
    assert (package.record, empty.record) == (1, 3)


def test_a_message_that_breaks_off_gives_the_items_before_the_break():
    text = f"<newsMessage {NAR}><itemSet>{item(guid='urn:x:1')}{item(guid='urn:x:2')}"
    first, broken = results(text[:-40])

    assert isinstance(first, Article)
    assert isinstance(broken, SourceError)
    assert broken.record == 2
    assert "not well-formed" in broken.reason


def test_content_alone_is_an_article():
    assert article_of(f"<contentSet>{NITF}</contentSet>").title == "Inside headline"


def test_a_provider_without_a_name_goes_by_its_code_or_host():
    named = item().replace('<provider qcode="p:HW"><name>Harbour Wire</name></provider>', "{}")

    assert article_of(named.replace("{}", '<provider qcode="p:HW"/>')).publisher == "HW"
    assert (
        article_of(named.replace("{}", '<provider uri="https://www.harbour.example/about"/>')).publisher
        == "harbour.example"
    )
    assert article_of(named.replace("{}", '<provider uri="http://["/>')).publisher == "["


def test_fields_can_be_mapped_and_defaulted():
    article = article_of(item(), Context("x", mapping={"slugline": "section"}, defaults={"url": "https://x.example/"}))

    assert (article.section, article.url) == ("HARBOUR-FERRY", "https://x.example/")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<NewsML><NewsItem/></NewsML>", "begins with <NewsML>, which is not of NewsML-G2"),
        ("<rss/>", "begins with <rss>"),
        ("", "no element found"),
        ("<newsItem>", "not well-formed"),
        ('<!DOCTYPE newsItem [<!ENTITY a "x">]>' + item(), "declares the entity 'a'"),
    ],
)
def test_what_is_no_newsml_is_an_error_for_the_whole_file(text: str, reason: str):
    with pytest.raises(SourceError, match=reason) as caught:
        results(text)

    assert (caught.value.source, caught.value.record) == ("wire.xml", None)


# Read by eye: the items with text. Of the 33 others, 20 are no text items, 4 are fragments of an item, and 9 are text
# items without text (listings 1, 21 and 29, two facet examples, and the four stubs in listing 24).
ARTICLES = {
    "LISTING_22_Sports_story_in_NewsML-G2NITF.xml": "Preview: Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05 p.m.",
    "LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml": "Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05p.m.",
    "LISTING_27_Company_Financial_Information.xml": "Acme Widgets announces annual results",
    "LISTING_2_NewsML-G2_Text_Document.xml": 'Fed to halt QE to avert "bubble"',
    "Receiver View.xml": 'Fed to halt QE to avert "bubble"',
    "facet-example-3.xml": "",
}


def test_of_the_official_samples_the_text_items_are_articles_and_all_others_are_reported(shared: Path):
    paths = sorted((shared / "articles" / "newsml-g2").iterdir())
    found = {path.name: results(path.read_bytes(), Context(path.name)) for path in paths}
    articles = {name: result for name, records in found.items() for result in records if isinstance(result, Article)}
    errors = [result for records in found.values() for result in records if isinstance(result, SourceError)]

    assert len(paths) == 35
    assert {name: article.title for name, article in articles.items()} == ARTICLES
    assert len(errors) == 33
    assert all(error.reason.startswith("no text: ") for error in errors)
    assert len(found["LISTING_24_News_Message_conveying_a_complete_News_Package.xml"]) == 5


def test_an_official_sample_has_its_fields(shared: Path):
    path = shared / "articles" / "newsml-g2" / "LISTING_2_NewsML-G2_Text_Document.xml"
    [article] = results(path.read_bytes())

    assert isinstance(article, Article)
    assert article.id == "urn:newsml:acmenews.com:20161121:US-FINANCE-FED"
    assert (article.authors, article.agency, article.place) == (("Meredith Jameson",), "AP", "New York, NY")
    assert article.as_dict()["published"] == "2016-11-21T20:21:06+00:00"
    assert article.body.count("\n\n") == 1


@given(st.data())
def test_damaged_items_raise_nothing_but_source_errors(data: st.DataObject):
    text = bytearray(item().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(text)))
    try:
        found = results(bytes(text[:cut]))
    except SourceError:
        return
    assert all(isinstance(result, (Article, SourceError)) for result in found)
