"""What must be the same whatever an article comes in: byline, dateline, and the id under the defaults of a run."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from searchlib.article import Article
from searchlib.sources import read

TITLE = "Ferry line reopens"
TEXT = (
    "The harbour authority said on Monday that the ferry would sail again from next week, after a winter of repairs.",
    "Passengers had waited since November, and the island's two shops had run low on everything but salt.",
)
URL = "https://harbour.example/1"


def as_page(byline: str, body: str) -> bytes:
    return f"{TITLE}\n\n{byline}\n\n{body}".encode()


def as_json(byline: str, body: str) -> bytes:
    return json.dumps([{"headline": TITLE, "byline": byline, "text": body}]).encode()


def as_json_lines(byline: str, body: str) -> bytes:
    return b"".join(
        json.dumps(line).encode() + b"\n" for line in [{"title": TITLE, "author": [byline], "body": body}, {"x": 1}]
    )


def as_csv(byline: str, body: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "author", "body"], [TITLE, byline, body]])
    return out.getvalue().encode()


def as_rss(byline: str, body: str) -> bytes:
    item = f"<title>{TITLE}</title><dc:creator>{html.escape(byline)}</dc:creator><description>{html.escape(as_paragraphs(body))}</description>"
    return f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>{item}</item></channel></rss>'.encode()


def as_json_feed(byline: str, body: str) -> bytes:
    item = {"id": "1", "title": TITLE, "authors": [{"name": byline}], "content_text": body}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()


def as_nitf(byline: str, body: str) -> bytes:
    head = f"<hedline><hl1>{TITLE}</hl1></hedline><byline>{html.escape(byline)}</byline>"
    return f"<nitf><body><body.head>{head}</body.head><body.content>{as_paragraphs(body)}</body.content></body></nitf>".encode()


def as_newsml(byline: str, body: str) -> bytes:
    meta = f"<contentMeta><by>{html.escape(byline)}</by><headline>{TITLE}</headline></contentMeta>"
    content = f'<inlineXML><body xmlns="http://www.w3.org/1999/xhtml">{as_paragraphs(body)}</body></inlineXML>'
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1">{meta}<contentSet>{content}</contentSet></newsItem>'
    ).encode()


def as_ninjs(byline: str, body: str) -> bytes:
    return json.dumps(
        {
            "uri": "urn:x:1",
            "type": "text",
            "versioncreated": "2023-09-11T02:00:00Z",
            "headline": TITLE,
            "byline": byline,
            "body_text": body,
        }
    ).encode()


def as_superdesk(byline: str, body: str) -> bytes:
    item = {"guid": "urn:x:1", "type": "story", "pubstatus": "usable", "headline": TITLE, "byline": byline}
    return json.dumps({**item, "body_html": as_paragraphs(body)}).encode()


def as_ap_json(byline: str, body: str) -> bytes:
    item = {"altids": {"itemid": "1"}, "type": "text", "versioncreated": "2023-09-11T02:00:00Z", "headline": TITLE}
    item |= {"bylines": [{"by": byline}], "body_nitf": as_paragraphs(body)}
    return json.dumps({"data": {"item": item}}).encode()


def as_newsml1(byline: str, body: str) -> bytes:
    lines = f"<NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>{html.escape(byline)}</ByLine></NewsLines>"
    content = f"<ContentItem><DataContent>{as_paragraphs(body)}</DataContent></ContentItem>"
    return f"<NewsML><NewsItem><NewsComponent>{lines}{content}</NewsComponent></NewsItem></NewsML>".encode()


def as_headed_text(byline: str, body: str) -> bytes:
    return f"Title: {TITLE}\nBy: {byline}\n\n{body}".encode()


def as_mhtml(byline: str, body: str) -> bytes:
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return head + as_html(byline, body)


def as_html(byline: str, body: str) -> bytes:
    meta = f'<meta property="og:type" content="article"><meta name="author" content="{html.escape(byline)}">'
    return f"<html><head><title>{TITLE}</title>{meta}</head><body><article><h1>{TITLE}</h1>{as_paragraphs(body)}</article></body></html>".encode()


def as_json_ld(byline: str, body: str) -> bytes:
    data = {"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Person", "name": byline}}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<html><head><title>{TITLE}</title>{script}</head><body><article><h1>{TITLE}</h1>{as_paragraphs(body)}</article></body></html>".encode()


def as_archived_page(byline: str, body: str) -> bytes:
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    return archive("response", as_html(byline, body), http_headers=http)


def as_archived_text(byline: str, body: str) -> bytes:
    return archive("conversion", as_page(byline, body), warc_content_type="text/plain")


def archive(kind: str, payload: bytes, **options: object) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(URL, kind, payload=io.BytesIO(payload), length=len(payload), **options)
    )
    return out.getvalue()


def as_paragraphs(body: str) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in body.split("\n\n"))


Writer = Callable[[str, str], bytes]
SOURCES: list[Writer] = [
    as_page, as_json, as_json_lines, as_csv, as_rss, as_json_feed, as_nitf, as_newsml, as_newsml1, as_ninjs, as_superdesk,
    as_ap_json, as_headed_text, as_mhtml, as_html, as_json_ld, as_archived_page,
    as_archived_text,
]  # fmt: skip


def article(data: bytes, **options: object) -> Article:
    return next(read(io.BytesIO(data), **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("write", SOURCES)
@pytest.mark.parametrize(
    ("byline", "dateline", "authors", "agency", "place"),
    [
        ("By JANE DOE, Associated Press", "OSLO —", ("Jane Doe",), "AP", "OSLO"),
        ("By Jane Doe and John Roe", "NEW YORK, (AFP) -", ("Jane Doe", "John Roe"), "AFP", "NEW YORK"),
        ("By Jane Doe, John Roe and Li Wei in Kyiv", "KYIV, Sept 11 (Reuters) -", ("Jane Doe", "John Roe", "Li Wei"), "Reuters", "KYIV"),
        ("By Jane Doe (dpa)", "LONDON/PARIS –", ("Jane Doe",), "dpa", "LONDON/PARIS"),
        ("By Jane Doe, AP National Writer", "(Reuters) -", ("Jane Doe",), "Reuters", ""),
        ("Reuters", "Kyiv, Ukraine –", (), "Reuters", "Kyiv, Ukraine"),
        ("By Ana de la Cruz, Political Editor", "", ("Ana de la Cruz",), "", ""),
        ("By ИВАН ПЕТРОВ, ТАСС", "МОСКВА —", ("Иван Петров",), "TASS", "МОСКВА"),
    ],
)  # fmt: skip
def test_a_byline_and_a_dateline_say_the_same_in_every_source(
    write: Writer, byline: str, dateline: str, authors: tuple[str, ...], agency: str, place: str
) -> None:
    found = article(write(byline, "\n\n".join([f"{dateline} {TEXT[0]}".strip(), TEXT[1]])))

    assert (found.title, found.authors, found.agency, found.place) == (TITLE, authors, agency, place)


@pytest.mark.parametrize("write", SOURCES)
@pytest.mark.parametrize(
    ("byline", "authors", "agency"),
    [
        ("By Jane Doe in Kyiv", ("Jane Doe",), ""),
        ("By Jane Doe (Kyiv)", ("Jane Doe",), ""),
        ("By Jane Doe, The Harbour Post", ("Jane Doe",), ""),
        ("By Jane Doe, Associated Press; Editing by John Roe", ("Jane Doe",), "AP"),
        ("By Jane Doe jane@post.example", ("Jane Doe",), ""),
        ("By jane@post.example", (), ""),
        ("By Staff Writer", (), ""),
    ],
)
def test_a_byline_of_which_something_is_left_out_is_kept_in_every_source(
    write: Writer, byline: str, authors: tuple[str, ...], agency: str
) -> None:
    found = article(write(byline, "\n\n".join(TEXT)))

    assert (found.authors, found.agency) == (authors, agency)
    assert byline in str(found.extra)


@pytest.mark.parametrize("write", SOURCES)
@pytest.mark.parametrize(
    "byline", ["By Jane Doe, Associated Press", "By Jane Doe and John Roe", "Reuters", "Source: AFP"]
)
def test_a_byline_that_an_article_holds_wholly_is_not_kept_twice(write: Writer, byline: str) -> None:
    found = article(write(byline, "\n\n".join(TEXT)))

    assert found.extra.keys().isdisjoint({"byline", "author", "authors", "by"})


@pytest.mark.parametrize("byline", ["jane@post.example", "Staff Writer"])
@pytest.mark.parametrize("write", [write for write in SOURCES if write not in (as_page, as_archived_text)])
def test_a_byline_that_names_nobody_is_kept_in_every_source_that_says_that_it_is_one(
    write: Writer, byline: str
) -> None:
    found = article(write(byline, "\n\n".join(TEXT)))

    assert (found.authors, byline in str(found.extra)) == ((), True)


@pytest.mark.parametrize(
    "write",
    [
        lambda dateline: json.dumps({"title": TITLE, "body": TEXT[0], "dateline": dateline}).encode(),
        lambda dateline: f"title\tbody\tdateline\n{TITLE}\t{TEXT[0]}\t{dateline}\n".encode(),
        lambda dateline: f"<nitf><body><body.head><dateline>{dateline}</dateline></body.head><body.content><p>{TEXT[0]}</p></body.content></body></nitf>".encode(),
        lambda dateline: as_newsml("", TEXT[0]).replace(b"<headline>", f"<dateline>{dateline}</dateline><headline>".encode()),
        lambda dateline: as_json_ld("Jane Doe", "\n\n".join(TEXT)).replace(b'"headline"', f'"dateline": "{dateline}", "headline"'.encode()),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("dateline", "place", "agency", "published"),
    [
        ("NEW YORK, (AFP) -", "NEW YORK", "AFP", None),
        ("SUNBURY, Pa., Oct 19", "SUNBURY, Pa.", "", None),
        ("OSLO, 3 May 2020 (NTB) —", "OSLO", "NTB", "2020-05-03"),
    ],
)
def test_a_field_that_is_a_dateline_says_the_same_in_every_source(
    write: Callable[[str], bytes], dateline: str, place: str, agency: str, published: str | None
) -> None:
    found = article(write(dateline))

    assert (found.place, found.agency, found.as_dict().get("published")) == (place, agency, published)


def test_an_organisation_that_json_ld_names_is_an_agency_or_one_author() -> None:
    page = as_json_ld("Ports and Harbours Press Office", "\n\n".join(TEXT)).replace(b"Person", b"Organization")
    wire = as_json_ld("Associated Press", "\n\n".join(TEXT)).replace(b"Person", b"NewsMediaOrganization")

    assert (article(page).authors, article(page).agency) == (("Ports and Harbours Press Office",), "")
    assert (article(wire).authors, article(wire).agency) == ((), "AP")


@pytest.mark.parametrize("write", [as_page, as_json, as_json_lines, as_csv, as_rss, as_html, as_archived_page])
def test_an_id_is_that_of_the_article_with_its_defaults(write: Writer) -> None:
    found = article(write("By Jane Doe", "\n\n".join(TEXT)), defaults={"publisher": "The Post", "published": "2020-05"})

    fields = found.as_dict() | {"id": ""}
    assert (found.publisher, fields["published"]) == ("The Post", "2020-05")
    assert found.id == Article(**fields).id


@pytest.mark.parametrize("write", [as_page, as_json, as_csv, as_rss, as_html, as_archived_text])
def test_an_id_does_not_depend_on_how_a_file_is_handed_over(write: Writer, tmp_path: Path) -> None:
    data = write("By Jane Doe", "\n\n".join(TEXT))
    path, packed = tmp_path / "folder" / "file", tmp_path / "file.gz"
    path.parent.mkdir()
    path.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    with zipfile.ZipFile(tmp_path / "file.zip", "w") as container:
        container.writestr("member", data)

    class Pipe(io.RawIOBase):
        """Standard input: it cannot seek."""

        def __init__(self) -> None:
            self._data = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:
            return self._data.readinto(buffer)

    sources = [path, path.parent, [path], packed, tmp_path / "file.zip", io.BytesIO(data), Pipe()]
    found = [next(read(source, defaults={"publisher": "The Post"})) for source in sources]

    assert len({(item.id, item.publisher) for item in found}) == 1


def test_a_record_that_is_handed_over_has_the_id_that_it_has_in_a_file() -> None:
    record = {"title": TITLE, "body": TEXT[0], "published": "2020-05-01"}
    forms = [
        [record],
        io.BytesIO(json.dumps(record).encode()),
        io.BytesIO(f'title,body,published\n{TITLE},"{TEXT[0]}",2020-05-01\n'.encode()),
    ]
    found = [next(read(form, defaults={"publisher": "The Post"})) for form in forms]

    assert len({item.id for item in found}) == 1
    assert found[0].id == Article(**record, publisher="The Post").id


def test_the_copies_that_two_papers_print_of_one_story_are_two_articles() -> None:
    data = as_json("By Jane Doe, AP", TEXT[0])

    assert article(data, defaults={"publisher": "The Post"}).id != article(data, defaults={"publisher": "The Mail"}).id


def test_an_article_of_ours_is_completed_with_defaults_and_keeps_its_id() -> None:
    own = Article(title=TITLE, body=f"OSLO (AP) — {TEXT[0]}")
    found = next(read([own.as_dict()], defaults={"publisher": "The Post"}))

    assert (found.id, found.publisher, found.place) == (own.id, "The Post", "")


def test_a_default_date_is_read_with_the_order_of_the_run() -> None:
    found = article(as_json("", TEXT[0]), defaults={"published": "05/06/2023"}, day_first=True)

    assert found.as_dict()["published"] == "2023-06-05"


def test_a_date_that_says_that_there_is_none_gives_way_to_the_default() -> None:
    record = {"title": TITLE, "body": TEXT[0], "published": "0000-00-00"}

    assert next(read([record], defaults={"published": "2020"})).as_dict()["published"] == "2020"
    assert (
        article(
            as_rss("", TEXT[0]).replace(b"<title>", b"<pubDate>0000-00-00</pubDate><title>"),
            defaults={"published": "2020"},
        ).as_dict()["published"]
        == "2020"
    )
