from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources import feed
from searchlib.sources.base import Context

CONTEXT = Context("news.rss")

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>
<title>The Harbour Post</title><link>https://harbour.example/</link><language>en-GB</language>
{items}
</channel></rss>"""

ITEM = """<item><title>Ferry &amp;amp; tram</title><link>https://harbour.example/{n}</link><guid>g{n}</guid>
<dc:creator>Ana Ruiz</dc:creator><category>Transport</category><category>Harbour</category>
<pubDate>Mon, 11 Sep 2023 02:00:00 +0900</pubDate><description>&lt;p&gt;Short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The ferry sails &mdash; daily.</p><p>The tram waits.</p>]]></content:encoded></item>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Tal-Bote</title><id>tag:tal,2023:feed</id>
<author><name>Eva Kranz</name></author><link href="https://tal.example/"/>
{entries}</feed>"""


def rss(*items: str) -> str:
    return RSS.format(items="".join(items))


def results(text: str | bytes, context: Context = CONTEXT) -> list[Article | SourceError]:
    return list(feed.read(io.BytesIO(text.encode() if isinstance(text, str) else text), context))


def articles(text: str | bytes, context: Context = CONTEXT) -> list[Article]:
    found = results(text, context)
    assert all(isinstance(result, Article) for result in found), found
    return found  # type: ignore[return-value]


def test_an_rss_item_is_an_article_with_all_its_fields():
    [article] = articles(rss(ITEM.format(n=1)))

    assert article.title == "Ferry & tram"
    assert article.body == "The ferry sails — daily.\n\nThe tram waits."
    assert article.summary == "Short."
    assert article.url == "https://harbour.example/1"
    assert article.authors == ("Ana Ruiz",)
    assert article.tags == ("Transport", "Harbour")
    assert article.publisher == "The Harbour Post"
    assert article.language == "en-gb"
    assert article.as_dict()["published"] == "2023-09-10T17:00:00+00:00"
    assert article.extra == {"guid": "g1"}


def test_an_atom_entry_inherits_author_and_language_and_may_have_but_a_date_of_change():
    [article] = articles(
        ATOM.format(
            entries='<entry><id>tag:1</id><title type="html">Br&amp;uuml;cke</title><link href="/b1"/>'
            '<updated>2023-09-11T02:00:00+02:00</updated><category term="b" label="Brücken"/>'
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die Brücke</p><p>steht.</p></div></content></entry>'
        )
    )

    assert (article.title, article.body) == ("Brücke", "Die Brücke\n\nsteht.")
    assert (article.authors, article.language, article.tags) == (("Eva Kranz",), "de", ("Brücken",))
    assert article.url == "https://tal.example/b1"
    assert article.as_dict()["published"] == "2023-09-11T00:00:00+00:00"
    assert article.updated is None


def test_rss_1_0_is_read():
    [article] = articles(
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old Post</title>'
        '<items><rdf:Seq/></items></channel><item rdf:about="https://old.example/1"><title>Old</title>'
        "<link>https://old.example/1</link><description>Text.</description><dc:date>2001-02-03</dc:date></item></rdf:RDF>"
    )

    assert (article.title, article.body, article.publisher) == ("Old", "Text.", "Old Post")
    assert article.as_dict()["published"] == "2001-02-03"


def test_an_entry_without_content_has_its_description_as_body():
    [article] = articles(rss("<item><title>T</title><description>All there is.</description></item>"))

    assert (article.body, article.summary) == ("All there is.", "")


def test_a_json_feed_is_read_without_feedparser(monkeypatch: pytest.MonkeyPatch):
    _without_module(monkeypatch, "feedparser")
    items: list[Any] = [
        {"id": 7, "url": "https://j.example/7", "title": "R&amp;D", "content_html": "<p>One</p><p>Two</p>", "summary": "S",
         "date_published": "2023-09-11T02:00:00Z", "tags": ["a", 3], "authors": [{"name": "Li Wei"}, "x"]},
        {"id": "8", "content_text": "Just text."},
        "no object",
        {"id": "9"},
    ]  # fmt: skip
    first, second, third, fourth = results(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en", "items": items})
    )

    assert isinstance(first, Article)
    assert (first.title, first.body, first.summary) == ("R&D", "One\n\nTwo", "S")
    assert (first.authors, first.tags, first.publisher, first.language) == (("Li Wei",), ("a",), "J", "en")
    assert isinstance(second, Article)
    assert (second.id, second.body) == ("8", "Just text.")
    assert isinstance(third, SourceError)
    assert (third.record, third.reason) == (3, "expected an object, got str")
    assert isinstance(fourth, SourceError)
    assert fourth.record == 4


def test_the_id_derives_from_the_link_so_that_page_and_feed_agree():
    [article] = articles(rss(ITEM.format(n=1)))

    assert article.id == Article(title="x", url="https://harbour.example/1").id


def test_the_guid_is_the_id_without_a_link_and_where_entries_share_one():
    same = "<item><title>T{n}</title><link>https://harbour.example/</link><guid isPermaLink='false'>g{n}</guid></item>"
    without = "<item><title>T3</title><guid isPermaLink='false'>g3</guid></item>"

    assert [article.id for article in articles(rss(same.format(n=1), same.format(n=2), without))] == ["g1", "g2", "g3"]


def test_the_original_link_goes_before_that_of_a_redirector():
    [article] = articles(
        rss(
            "<item><title>T</title><link>https://proxy.example/1</link>"
            "<feedburner:origLink>https://harbour.example/1</feedburner:origLink></item>"
        )
    )

    assert article.url == "https://harbour.example/1"


def test_an_entry_without_text_is_rejected_by_number_and_one_with_an_impossible_date_is_undated():
    first, second, third = results(
        rss(
            "<item><link>https://harbour.example/1</link></item>",
            ITEM.format(n=2),
            "<item><title>T</title><pubDate>31 Feb 2023 25:00</pubDate></item>",
        )
    )

    assert isinstance(second, Article)
    assert isinstance(first, SourceError)
    assert isinstance(third, Article)
    assert first.record == 1
    assert "no text" in first.reason
    assert (third.published, third.extra) == (None, {"published_as_printed": "31 Feb 2023 25:00"})


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("Mo, 11 Dez 2023 10:00:00 +0100", "2023-12-11T09:00:00+00:00"),
        ("lun., 11 sept. 2023 10:00:00 GMT", "2023-09-11T10:00:00+00:00"),
        ("Пн, 11 сен 2023 10:00:00 +0300", "2023-09-11T07:00:00+00:00"),
        ("11-12 September 2023", None),
    ],
)
def test_the_dates_of_a_feed_may_be_in_any_language(printed: str, published: str | None):
    [article] = articles(rss(f"<item><title>T</title><pubDate>{printed}</pubDate></item>"))

    assert article.as_dict().get("published") == published


def test_a_date_of_change_may_be_seconds_since_1970():
    [article] = articles(
        rss(
            "<item><title>T</title><pubDate>Mon, 11 Sep 2023 02:00:00 GMT</pubDate><dc:date>1518478934</dc:date></item>"
        )
    )

    assert article.published is not None
    assert article.as_dict()["updated"] == "2018-02-12T23:42:14+00:00"


def test_a_feed_that_breaks_off_gives_what_is_whole_and_reports_the_rest():
    text = rss(ITEM.format(n=1), ITEM.format(n=2))
    first, second = results(text[: text.rindex("The tram")])

    assert isinstance(first, Article)
    assert isinstance(second, SourceError)
    assert (second.record, second.reason) == (2, "the feed breaks off inside this entry")


def test_a_broken_feed_is_read_as_far_as_it_goes():
    text = rss(
        "<item><title>Fish & chips</title><description>A <b>bold &nbsp; claim.</description></item>", ITEM.format(n=2)
    )

    assert [article.title for article in articles(text)] == ["Fish & chips", "Ferry & tram"]


def test_a_feed_in_another_encoding_is_read():
    text = rss("<item><title>Café</title></item>").replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"', 1)

    assert [article.title for article in articles(text.encode("iso-8859-1"))] == ["Café"]
    assert [article.title for article in articles(rss("<item><title>Café</title></item>").encode("utf-16"))] == ["Café"]


def test_a_byte_that_cannot_be_decoded_spoils_its_entry_only():
    data = rss(ITEM.format(n=1), "<item><title>B\x00d</title></item>").encode().replace(b"\x00", b"\x81")
    first, second = results(data)

    assert isinstance(first, Article)
    assert isinstance(second, SourceError)
    assert second.record == 2
    assert "cannot be decoded" in second.reason


def test_fields_can_be_mapped_and_defaulted():
    context = Context("x", mapping={"harbour:desk": "section"}, defaults={"publisher": "D", "agency": "EW"})
    item = "<item xmlns:harbour='urn:harbour'><title>T</title><harbour:desk>Port</harbour:desk></item>"
    [article] = articles(rss(item), context)

    assert (article.section, article.publisher, article.agency) == ("Port", "The Harbour Post", "EW")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<div><p>No feed at all</p></div>", "it is no feed"),
        ("", "there is no element"),
        ("plain text", "there is no element"),
        ("<!-- only a comment -->", "there is no element"),
        ('{"version": "1.0", "items": []}', "it is no JSON Feed"),
        ('{"version": ', "Expecting value"),
        ('{"a":' * 100_000, "nested too deeply"),
        (rss(), "the feed has no entries"),
        ('<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
         "declares an entity"),
        ('<!DOCTYPE rss [\n\n<!entity x SYSTEM "file:///etc/passwd">]><rss/>', "declares an entity"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_an_error_for_the_whole_file(text: str, reason: str):
    with pytest.raises(SourceError, match=reason) as caught:
        results(text)

    assert (caught.value.source, caught.value.record) == ("news.rss", None)


def test_a_doctype_without_entities_is_allowed():
    [article] = articles(
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "x.dtd">' + rss(ITEM.format(n=1))[21:]
    )

    assert article.title == "Ferry & tram"


def test_nothing_is_fetched_and_no_file_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    bait = tmp_path / "bait.xml"
    bait.write_text(rss(ITEM.format(n=1)))
    monkeypatch.setattr(socket, "socket", _refuse)
    monkeypatch.setattr("feedparser.api.open", _refuse, raising=False)

    assert len(articles(rss(ITEM.format(n=1)))) == 1
    with pytest.raises(SourceError):
        results(str(bait))


def test_a_feed_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed, "MAX_RECORD_BYTES", 500)

    with pytest.raises(SourceError, match="longer than 500 bytes"):
        results(rss(ITEM.format(n=1)))


@pytest.mark.parametrize("tags", ["<category>c%d</category>", "<itunes:keywords>a%d,b%d,c%d</itunes:keywords>"])
def test_an_entry_of_endless_tags_is_refused_before_it_costs_time(tags: str):
    namespaced = tags.replace("<itunes:keywords>", "<itunes:keywords xmlns:itunes='http://www.itunes.com/'>").replace(
        "%d", "1"
    )

    with pytest.raises(SourceError, match="more than 20,000 tags"):
        results(rss("<item><title>T</title>" + namespaced * 30_000 + "</item>"))


def test_many_entries_with_many_tags_each_are_read():
    item = "<item><title>T</title>" + "".join(f"<category>c{n}</category>" for n in range(150)) + "</item>"

    assert len(articles(rss(item * 140))) == 140


def test_without_feedparser_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    _without_module(monkeypatch, "feedparser")

    with pytest.raises(MissingExtraError, match=r"pip install 'searchlib\[feeds\]'"):
        results(rss(ITEM.format(n=1)))


# Entries as counted by their tags; files of a single entry's HTML are no feeds.
NO_FEEDS = (
    "AmazonWebServicesBlogFirstEntryContent.xml", "HREFConsideredHarmfulFirstEntry.xml",
    "PaulDixExplainsNothingFirstEntryContent.xml", "TechCrunchFirstEntry.xml", "TechCrunchFirstEntryDescription.xml",
    "TenderLovemakingFirstEntry.xml",
)  # fmt: skip
ENTRIES = {
    "AmazonWebServicesBlog.xml": 10, "AtomEscapedHTMLInPreTag.xml": 1, "AtomFeedWithSpacesAroundEquals.xml": 1,
    "AtomWithITunesInCDATA.xml": 1, "CRE.xml": 30, "DuplicateContentAtomFeed.xml": 10, "FeedBurnerUrlNoAlternate.xml": 1,
    "FeedBurnerXHTML.xml": 10, "FeedjiraBlog.xml": 1, "GiantRobotsSmashingIntoOtherGiantRobots.xml": 3,
    "GoogleDocsList.xml": 2, "HREFConsideredHarmful.xml": 10, "HuffPostCanada.xml": 2,
    "ITunesWithSingleQuotedAttributes.xml": 3, "ITunesWithSpacesInAttributes.xml": 3, "InvalidDateFormat.xml": 2,
    "PaulDixExplainsNothing.xml": 5, "PaulDixExplainsNothingAlternate.xml": 5, "PaulDixExplainsNothingWFW.xml": 5,
    "Permalinks.xml": 4, "RSSWithComments.xml": 30, "SamRuby.xml": 20, "TechCrunch.xml": 20, "TenderLovemaking.xml": 10,
    "TrotterCashionHome.xml": 14, "TypePadNews.xml": 10, "a10.xml": 5, "atom_simple_single_entry.xml": 1,
    "atom_simple_single_entry_link_self.xml": 1, "atom_with_link_tag_for_url_unmarked.xml": 1,
    "google_alerts_atom.xml": 20, "itunes.xml": 3, "itunes_feedburner.xml": 3, "json_feed.json": 20,
    "json_feed_with_escaped_uris.json": 30, "pet_atom.xml": 10, "youtube_atom.xml": 15,
}  # fmt: skip


def test_every_real_feed_gives_an_article_for_each_of_its_entries(shared: Path):
    folder = shared / "articles" / "feeds"

    assert {path.name for path in folder.iterdir()} == {*ENTRIES, *NO_FEEDS}
    assert {name: len(articles((folder / name).read_bytes())) for name in ENTRIES} == ENTRIES
    for name in NO_FEEDS:
        with pytest.raises(SourceError, match="it is no feed"):
            results((folder / name).read_bytes())


def test_real_entries_have_links_dates_and_text_where_the_feed_has(shared: Path):
    folder = shared / "articles" / "feeds"
    found = [article for name in ENTRIES for article in articles((folder / name).read_bytes())]

    assert sum(article.url.startswith("http") for article in found) == 320
    assert sum(article.published is not None for article in found) == 317
    assert sum(bool(article.body) for article in found) == 314


@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_but_source_errors(data: bytes):
    _check(lambda: results(data))


@given(st.data())
def test_damaged_feeds_raise_nothing_but_source_errors(data: st.DataObject):
    text = bytearray(rss(ITEM.format(n=1), ITEM.format(n=2)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(text)))

    _check(lambda: results(bytes(text[:cut])))


def _check(read: Callable[[], list[Article | SourceError]]) -> None:
    try:
        found = read()
    except SourceError:
        return
    assert all(isinstance(result, (Article, SourceError)) for result in found)


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("nothing may be opened")


def _without_module(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(__import__("sys").modules, name, None)
