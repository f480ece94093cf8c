"""NewsML 1.2: the texts of an item are articles, one for each language and headline."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.wire import newsml1

LINES = "<NewsLines><HeadLine>Ferry sails again</HeadLine><SubHeadLine>A winter of repairs ends.</SubHeadLine><ByLine>By Ana Ruiz</ByLine><DateLine>OSLO, Aug 29, 2014 (AFP) -</DateLine><CopyrightLine>(c) Harbour Wire</CopyrightLine><KeywordLine>ports, ferries</KeywordLine></NewsLines>"
PARTIES = '<AdministrativeMetadata><Provider><Party FormalName="Harbour Wire"/></Provider><Source><Party FormalName="AFP"/></Source></AdministrativeMetadata>'
ABOUT = '<DescriptiveMetadata><Language FormalName="en"/><Genre FormalName="Current"/><SubjectCode><SubjectMatter FormalName="04015000"/></SubjectCode><Property FormalName="Keyword" Value="Norway"/></DescriptiveMetadata>'
TOPICS = '<TopicSet><Topic><FormalName>04015000</FormalName><Description Variant="Name" xml:lang="no">Transport (no)</Description><Description Variant="Name" xml:lang="en">Transport</Description></Topic></TopicSet>'


def content(data: str, *, kind: str = "Text", mime: str = "") -> str:
    stated = f'<MimeType FormalName="{mime}"/>' if mime else ""
    return f'<ContentItem><MediaType FormalName="{kind}"/>{stated}<DataContent>{data}</DataContent></ContentItem>'


def item(component: str, *, revision: str = "2", language: str = "") -> str:
    return f"""<NewsItem{f' xml:lang="{language}"' if language else ""}><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId><DateId>20140829</DateId>
<NewsItemId>TX-1</NewsItemId><RevisionId PreviousRevision="1" Update="N">{revision}</RevisionId><PublicIdentifier>urn:newsml:wire.example:20140829:TX-1:{revision}</PublicIdentifier>
</NewsIdentifier><NameLabel>Norway-ferry</NameLabel></Identification><NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>20140829T134951+0200</FirstCreated><ThisRevisionCreated>20140829T150000+0200</ThisRevisionCreated><Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement>
{component}</NewsItem>"""


def message(*items: str) -> str:
    envelope = "<NewsEnvelope><DateAndTime>20140829T135006Z</DateAndTime></NewsEnvelope>"
    return f'<?xml version="1.0" encoding="utf-8"?><NewsML Version="1.2"><Catalog Href="x"/>{envelope}{"".join(items)}</NewsML>'


def story(data: str = "<p>First.</p><p>Second.</p>") -> str:
    return item(f"<NewsComponent>{TOPICS}{LINES}{PARTIES}{ABOUT}{content(data)}</NewsComponent>")


def results(text: str, context: Context | None = None) -> list[Article | SourceError]:
    return list(newsml1.read(io.BytesIO(text.encode()), context or Context("wire.xml")))


def articles_of(text: str) -> list[Article]:
    found = results(text)
    assert all(isinstance(result, Article) for result in found), found
    return found  # type: ignore[return-value]


def test_an_item_is_an_article_with_all_its_fields():
    [article] = articles_of(message(story()))

    assert article.as_dict() == {
        "id": "urn:newsml:wire.example:20140829:TX-1",
        "title": "Ferry sails again",
        "summary": "A winter of repairs ends.",
        "body": "First.\n\nSecond.",
        "authors": ["Ana Ruiz"],
        "publisher": "Harbour Wire",
        "place": "OSLO",
        "agency": "AFP",
        "tags": ["Transport", "Norway", "ports", "ferries"],
        "language": "en",
        "published": "2014-08-29T11:49:51+00:00",
        "updated": "2014-08-29T13:00:00+00:00",
        "published_offset": "+02:00",
        "updated_offset": "+02:00",
        "extra": {
            "version": "2",
            "slugline": "Norway-ferry",
            "status": "Usable",
            "urgency": "4",
            "genre": ["Current"],
            "copyright": "(c) Harbour Wire",
        },
    }


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ("<nitf><body><body.content><p>A.</p><p>B.</p></body.content></body></nitf>", "A.\n\nB."),
        ("<html><head><title>x</title></head><body><p>A.</p><p>B.</p></body></html>", "A.\n\nB."),
        ('<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:p>A.</h:p><h:p>B.</h:p></h:body></h:html>', "A.\n\nB."),
        ("<p>A.</p><p>B.</p>", "A.\n\nB."),
        ("<![CDATA[<P>A.</P><P>B &amp; C.</P>]]>", "A.\n\nB & C."),
        ("A\nline.\n\nB.", "A line.\n\nB."),
    ],
)  # fmt: skip
def test_text_is_read_from_every_kind_of_content(data: str, body: str):
    assert articles_of(message(story(data)))[0].body == body


def test_encoded_text_is_read():
    data = base64.b64encode("Brücke.\n\nSteg.".encode()).decode()
    encoded = f'<ContentItem><Encoding Notation="base64"><DataContent>{data}</DataContent></Encoding></ContentItem>'

    assert articles_of(message(item(f"<NewsComponent>{encoded}</NewsComponent>")))[0].body == "Brücke.\n\nSteg."


def test_what_stands_around_the_text_for_editors_is_no_text():
    article = articles_of(message(story("<p>Ferry sails again</p><p>By Ana Ruiz</p><p>First.</p><p>hh/ph/ts</p>")))[0]

    assert article.body == "First."
    assert article.extra["editorial"] == ["hh/ph/ts"]


def translation(language: str, headline: str, text: str) -> str:
    about = f'<DescriptiveMetadata><Language FormalName="{language}"/></DescriptiveMetadata>'
    return f'<NewsComponent Duid="t-{language}"><Role FormalName="Main"/><NewsLines><HeadLine>{headline}</HeadLine></NewsLines>{about}{content(f"<p>{text}</p>")}</NewsComponent>'


def test_each_language_is_an_article():
    components = (
        translation("en", "Ferry sails", "It sails.") + translation("de", "Fähre fährt", "Sie fährt.")
        + translation("de-AT", "Fähre fährt wieder", "Sie fährt wieder.")
    )  # fmt: skip
    found = articles_of(message(item(f'<NewsComponent EquivalentsList="yes">{PARTIES}{components}</NewsComponent>')))

    assert [(article.id.rpartition(":")[2], article.language, article.title, article.body) for article in found] == [
        ("TX-1", "en", "Ferry sails", "It sails."),
        ("TX-1#de", "de", "Fähre fährt", "Sie fährt."),
        ("TX-1#de-at", "de-at", "Fähre fährt wieder", "Sie fährt wieder."),
    ]
    assert {article.publisher for article in found} == {"Harbour Wire"}


def test_of_renditions_the_first_with_prose_counts():
    inner = content("<nitf><body><body.content/></body></nitf>") + content("<p>As a page.</p>") + content("As a text.")
    [beside] = articles_of(message(item(f"<NewsComponent>{LINES}{inner}</NewsComponent>")))
    each = "".join(f"<NewsComponent>{content(f'<p>{text}</p>')}</NewsComponent>" for text in ("Long.", "Short."))
    [listed] = articles_of(message(item(f'<NewsComponent EquivalentsList="yes">{LINES}{each}</NewsComponent>')))

    assert (beside.body, listed.body) == ("As a page.", "Long.")


def test_parts_are_put_together():
    parts = "".join(f"<NewsComponent>{content(f'<p>{text}</p>')}</NewsComponent>" for text in ("One.", "Two.", "One."))
    [article] = articles_of(message(item(f"<NewsComponent>{LINES}{parts}</NewsComponent>")))

    assert article.body == "One.\n\nTwo."


def test_a_caption_belongs_to_its_picture_and_a_summary_to_the_story():
    def part(role: str, text: str) -> str:
        return f'<NewsComponent><Role FormalName="{role}"/>{content(f"<p>{text}</p>")}</NewsComponent>'

    inner = part("Abstract", "In short.") + part("Main", "At length.") + part("Caption", "A ferry at noon.")
    lines = LINES.replace("<SubHeadLine>A winter of repairs ends.</SubHeadLine>", "")
    [article] = articles_of(message(item(f"<NewsComponent>{lines}{inner}</NewsComponent>")))

    assert (article.summary, article.body) == ("In short.", "At length.")


def test_revisions_of_an_item_have_one_id():
    first, second = articles_of(message(story().replace(">2</RevisionId>", ">1</RevisionId>"), story()))

    assert first.id == second.id
    assert (first.extra["version"], second.extra["version"]) == ("1", "2")


def test_the_place_is_where_a_text_was_written_and_not_what_it_tells_of():
    def about(how: str) -> str:
        return f'<NewsComponent><DescriptiveMetadata><Location HowPresent="{how}"><Property FormalName="Country" Value="NOR"/><Property FormalName="City" Value="Bergen"/></Location></DescriptiveMetadata>{content("<p>A.</p>")}</NewsComponent>'

    assert articles_of(message(item(about("Origin"))))[0].place == "Bergen"
    assert articles_of(message(item(about("Event"))))[0].place == ""


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        (f"<NewsComponent>{content('x', kind='Photo')}</NewsComponent>", "a NewsItem of Photo"),
        ('<NewsComponent><ContentItem Href="a.xml"/></NewsComponent>', "a NewsItem whose content is elsewhere"),
        (f"<NewsComponent>{content('QUJD', mime='image/jpeg')}</NewsComponent>", "a NewsItem without content"),
        ('<Update><Replace DuidRef="x"/></Update>', "an update that changes parts of another item"),
        ("", "a NewsItem without content"),
    ],
)
def test_an_item_without_text_is_reported_as_what_it_is(component: str, reason: str):
    [result] = results(message(item(component)))

    assert isinstance(result, SourceError)
    assert (result.record, result.reason) == (1, f"no text: {reason}")


def test_items_are_records_and_a_break_is_the_last():
    text = message(story(), story(), story())
    *whole, broken = results(text[: text.rindex("<ContentItem>")])

    assert [article.origin for article in whole if isinstance(article, Article)] == [None, None]
    assert isinstance(broken, SourceError)
    assert (broken.record, "not well-formed" in broken.reason) == (3, True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<nitf/>", "begins with <nitf> and holds no <NewsItem>"),
        ('<!DOCTYPE NewsML [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;">]><NewsML>&b;</NewsML>', "declares the entity 'a'"),
        ("<NewsML>" + "<NewsComponent>" * 300, "nested more than 200 elements deep"),
        ("<NewsML", "not well-formed"),
    ],
)
def test_what_is_no_newsml_1_is_an_error_for_the_whole_file(text: str, reason: str):
    with pytest.raises(SourceError, match=reason) as caught:
        results(text)

    assert caught.value.record is None


@pytest.mark.parametrize("text", [message(story()), story()])
def test_the_kind_is_told_by_content(text: str):
    assert [article.title for article in read(io.BytesIO(text.encode()))] == ["Ferry sails again"]


def test_a_file_that_says_latin_1_and_is_utf_8_is_read_as_utf_8():
    text = message(story("<p>Décès à Łódź.</p>")).replace('"utf-8"', '"iso-8859-1"', 1)

    assert articles_of(text)[0].body == "Décès à Łódź."


@given(st.data())
def test_damaged_items_raise_nothing_but_source_errors(data: st.DataObject):
    text = bytearray(message(story()).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(text)))
    try:
        found = list(newsml1.read(io.BytesIO(bytes(text[:cut])), Context("x")))
    except SourceError:
        return

    assert all(isinstance(result, (Article, SourceError)) for result in found)
