from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.base import Context
from searchlib.sources.web_pages import archive_records, web_archive

CONTEXT = Context("crawl.warc.gz")
PROSE = (
    "The harbour authority said on Monday that the ferry would sail again from next week, after a winter of repairs. "
    "Passengers had waited since November, and the island's two shops had run low on everything but salt. "
    "The captain said the new engine was quieter than the old one and used a third less fuel on the same crossing. "
)
HTML = "text/html; charset=utf-8"


def page(number: int) -> bytes:
    return (
        f"<html><head><title>Ferry story {number}</title><meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2023-09-11T02:00:00+09:00'></head>"
        f"<body><article><h1>Ferry story {number}</h1><p>{PROSE}</p><p>Report {number}. {PROSE}</p></article></body></html>"
    ).encode()


class InMemoryWriter(WARCWriter):
    """warcio's writer, without the temporary files that it leaves open."""

    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        return io.BytesIO()


class Archive:
    """Writes records as warcio does."""

    def __init__(self, *, compressed: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = InMemoryWriter(self._out, gzip=compressed)

    def response(
        self, payload: bytes, url: str = "https://harbour.example/1", *, status: str = "200 OK", **headers: str
    ) -> Archive:
        fields = [("Content-Type", HTML), *((name.replace("_", "-"), value) for name, value in headers.items())]
        fields = list({name.lower(): (name, value) for name, value in fields}.values())
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        return self.record("response", payload, url, http_headers=http)

    def record(self, kind: str, payload: bytes, url: str = "https://harbour.example/1", **options: object) -> Archive:
        headers = {"WARC-Date": "2024-01-02T03:04:05Z"}
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(payload), warc_headers_dict=headers, **options
        )
        self._writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self._out.getvalue()


def results(data: bytes) -> list[Article | SourceError]:
    return list(web_archive.read(io.BytesIO(data), CONTEXT))


def article_of(data: bytes) -> Article:
    [result] = results(data)
    assert isinstance(result, Article), result
    return result


def outline(data: bytes) -> list[str | tuple[int | None, str]]:
    return [result.title if isinstance(result, Article) else (result.record, result.reason) for result in results(data)]


def three_pages(*, compressed: bool = True) -> bytes:
    archive = Archive(compressed=compressed)
    for number in (1, 2, 3):
        archive.response(page(number), f"https://harbour.example/{number}")
    return archive.data


@pytest.mark.parametrize("compressed", [True, False])
def test_a_page_in_a_response_is_an_article_at_its_address(compressed: bool):
    article = article_of(Archive(compressed=compressed).response(page(1)).data)

    assert article.title == "Ferry story 1"
    assert PROSE.strip() in article.body
    assert article.url == "https://harbour.example/1"
    assert article.as_dict()["published"] == "2023-09-10T17:00:00+00:00"


def test_the_date_of_the_archive_is_not_that_of_the_article():
    undated = page(1).replace(b"2023-09-11T02:00:00+09:00", b"")
    article = article_of(Archive().response(undated).data)

    assert article.published is None
    assert article.extra["archived"] == "2024-01-02T03:04:05Z"


def test_pages_in_resource_and_conversion_records_are_articles():
    archive = Archive().record("resource", page(1), warc_content_type="text/html")
    archive.record("conversion", page(2), "https://harbour.example/2", warc_content_type=HTML)

    assert outline(archive.data) == ["Ferry story 1", "Ferry story 2"]


def test_plain_text_is_an_article_in_conversion_records_alone():
    text = f"Ferry sails again\n\n{PROSE}\n\n{PROSE}".encode()
    archive = Archive().record("conversion", text, warc_content_type="text/plain")
    archive.record("resource", b"User-agent: *", "https://harbour.example/robots.txt", warc_content_type="text/plain")
    first, second = results(archive.data)

    assert isinstance(first, Article)
    assert (first.title, first.url) == ("Ferry sails again", "https://harbour.example/1")
    assert first.id == Article(title="x", url="https://harbour.example/1").id
    assert isinstance(second, SourceError)
    assert (second.record, second.reason) == (2, "no page: text/plain")


def test_records_about_the_fetching_are_passed_over_but_counted():
    archive = Archive().record("warcinfo", b"software: x")
    archive.record("request", b"GET / HTTP/1.1\r\n\r\n", warc_content_type="application/http; msgtype=request")
    archive.record("metadata", b"hops: L").record(
        "response", b"1.2.3.4", "dns:harbour.example", warc_content_type="text/dns"
    )
    archive.record("resource", b"log", "metadata://archiver/log.txt", warc_content_type="text/plain")

    assert outline(archive.response(b"x", status="404 Not Found").data) == [(6, "no page: HTTP status 404")]


def test_an_archive_without_content_is_an_error_for_the_whole_file():
    with pytest.raises(SourceError, match="the archive has 1 records, none of them with content"):
        results(Archive().record("warcinfo", b"software: x").data)


def test_what_is_no_page_is_reported_as_what_it_is():
    archive = Archive().response(b"GIF89a", content_type="image/gif").response(b"", status="301 Moved")
    archive.response(b"<html><body><p>Hi.</p></body></html>")
    gif, moved, tiny = results(archive.data)

    assert isinstance(gif, SourceError)
    assert isinstance(moved, SourceError)
    assert isinstance(tiny, SourceError)
    assert [error.record for error in (gif, moved, tiny)] == [1, 2, 3]
    assert [error.reason for error in (gif, moved)] == ["no page: image/gif", "no page: HTTP status 301"]
    assert "no article" in tiny.reason


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
        # The archiver expanded it and left the header.
        ("gzip", bytes),
    ],
)
def test_compressed_pages_are_expanded(encoding: str, compress: Callable[[bytes], bytes]):
    assert article_of(Archive().response(compress(page(1)), content_encoding=encoding).data).title == "Ferry story 1"


def test_an_unknown_compression_is_named():
    [error] = results(Archive().response(b"\x8b\x00", content_encoding="br").data)

    assert isinstance(error, SourceError)
    assert error.reason == "its content is compressed with 'br', which is not read"


def test_chunks_are_put_together_and_whole_pages_that_claim_chunks_are_left():
    html = page(1)
    chunked = b"".join(
        b"%x\r\n%s\r\n" % (len(html[at : at + 100]), html[at : at + 100]) for at in range(0, len(html), 100)
    )
    archive = Archive().response(chunked + b"0\r\n\r\n", transfer_encoding="chunked")

    assert outline(archive.response(html, transfer_encoding="chunked").data) == ["Ferry story 1"] * 2


def test_an_arc_file_is_read():
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(1)
    header = b"filedesc://x.arc 0.0.0.0 20140301000000 text/plain 75\n"
    spec = b"1 0 Example Capture\nURL IP-address Archive-date Content-type Archive-length\n"
    data = header[:-3] + b"%d\n" % len(spec) + spec
    data += b"\nhttps://harbour.example/a b 1.2.3.4 20140301000000 text/html %d\n%s\n" % (len(answer), answer)

    article = article_of(data)
    assert article.url == "https://harbour.example/a%20b"
    assert article.extra["archived"] == "2014-03-01T00:00:00Z"


def test_an_archive_in_one_gzip_member_is_read():
    assert outline(gzip.compress(three_pages(compressed=False))) == ["Ferry story 1", "Ferry story 2", "Ferry story 3"]


def test_a_record_spread_over_gzip_members_is_read():
    plain = Archive(compressed=False).response(page(1)).data

    assert outline(b"".join(gzip.compress(plain[at : at + 100]) for at in range(0, len(plain), 100))) == [
        "Ferry story 1"
    ]


@pytest.mark.parametrize("cut", [30, 300, 500])
def test_a_gzipped_archive_that_breaks_off_gives_what_is_whole(cut: int):
    first, second, third = results(three_pages()[:-cut])

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, SourceError)
    assert (third.record, third.reason) == (3, "the compressed data breaks off")


def test_a_plain_archive_that_breaks_off_gives_what_is_whole():
    first, second, third = results(three_pages(compressed=False)[:-300])

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, SourceError)
    assert third.record == 3
    assert "it breaks off" in third.reason


def test_damage_in_one_record_does_not_hide_the_others():
    data = bytearray(three_pages())
    data[len(data) // 2] ^= 0x10
    first, second, third = results(bytes(data))

    assert isinstance(first, Article)
    assert isinstance(second, SourceError)
    assert isinstance(third, Article)
    assert second.record == 2
    assert "damaged" in second.reason


def test_a_flipped_bit_in_a_gzipped_archive_never_passes_unnoticed():
    data = three_pages()
    whole = outline(data)
    # From behind the ten bytes of gzip's header, which carry a time stamp and no content.
    for at in range(12, len(data) // 3, 29):
        flipped = bytearray(data)
        flipped[at] ^= 0x04

        assert outline(bytes(flipped)) != whole


def test_a_length_that_is_too_long_does_not_swallow_the_next_record():
    data = three_pages(compressed=False)
    length = data[data.index(b"Content-Length: ") + 16 :].split(b"\r\n")[0]
    first, *others = outline(data.replace(b"Content-Length: " + length, b"Content-Length: 9" + length, 1))

    assert others == ["Ferry story 2", "Ferry story 3"]
    assert isinstance(first, tuple)
    assert first[0] == 1
    assert "it breaks off" in first[1]


def test_lengths_that_all_reach_too_far_take_no_time():
    record = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/gif\r\nContent-Length: 60000000\r\n\r\nGIF\r\n\r\n"
    )

    assert len(results(record * 5_000)) == 5_000


def test_a_compressed_page_may_show_a_sample_of_an_archive():
    sample = b"<pre>\n\nWARC/1.0\nWARC-Type: response\n\n</pre></article>"

    assert outline(Archive().response(page(1).replace(b"</article>", sample)).data) == ["Ferry story 1"]


def test_gzip_members_that_all_fail_take_no_time():
    member = gzip.compress(b"WARC/1.0\r\nWARC-Type: resource\r\n", compresslevel=0)[:-8] + bytes(8)

    assert all(isinstance(result, SourceError) for result in results(member * 2_000))


def test_a_length_that_is_too_short_is_reported_and_the_next_record_is_read():
    data = three_pages(compressed=False)
    length = data[data.index(b"Content-Length: ") + 16 :].split(b"\r\n")[0]
    shorter = str(int(length) - 40).encode()
    found = outline(data.replace(b"Content-Length: " + length, b"Content-Length: " + shorter, 1))

    assert found[0] == "Ferry story 1"
    assert found[1] == (
        1,
        "40 bytes after it belong to no record: the length it states is wrong, and it may have lost its end",
    )
    assert found[2:] == ["Ferry story 2", "Ferry story 3"]


def test_a_page_that_is_whole_by_its_own_length_is_read_from_a_broken_record():
    html = page(1)
    data = Archive(compressed=False).response(html, content_length=str(len(html))).data
    length = data[data.index(b"Content-Length: ") + 16 :].split(b"\r\n")[0]

    assert outline(data.replace(b"Content-Length: " + length, b"Content-Length: 9" + length, 1)) == ["Ferry story 1"]


def test_a_record_without_a_readable_length_is_reported():
    data = three_pages(compressed=False)
    length = data[data.index(b"Content-Length: ") + 16 :].split(b"\r\n")[0]
    found = outline(data.replace(b"Content-Length: " + length, b"Content-Length: many", 1))

    assert found[0] == (1, "it states no length that can be read: 'many'")
    assert found[-2:] == ["Ferry story 2", "Ferry story 3"]


def test_a_record_above_the_limit_is_passed_over_without_being_held(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_records, "MAX_RECORD_BYTES", 100_000)
    data = Archive().response(b"<html>" + b"x" * 200_000).response(page(2)).data
    too_long, second = outline(data)

    assert isinstance(too_long, tuple)
    assert too_long[0] == 1
    assert "at most 100,000 are read" in too_long[1]
    assert second == "Ferry story 2"


def test_a_compressed_page_that_expands_without_end_is_reported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web_archive, "MAX_RECORD_BYTES", 1_000_000)
    bomb = gzip.compress(b"<html>" + b"\0" * 30_000_000)
    found = outline(Archive().response(bomb, content_encoding="gzip").response(page(2)).data)

    assert found == [(1, "its content expands to more than 1,000,000 bytes, the most that is read"), "Ferry story 2"]


def test_an_archive_that_expands_without_end_is_left():
    # Behind a header that states as much: raw deflate of zeros expands 1,030-fold.
    header = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 100000000\r\n\r\n"
    [(record, reason)] = outline(gzip.compress(header + bytes(100_000_000)))

    assert record == 1
    assert "taken for a bomb" in reason


@pytest.mark.parametrize(
    "data",
    [b"", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"no archive at all\n" * 10, b"\x1f\x8b\x08" * 100_000, b"\n" * 1_000_000],
)
def test_what_is_no_archive_ends_in_an_error(data: bytes):
    try:
        found = results(data)
    except SourceError as error:
        found = [error]

    assert found
    assert all(isinstance(result, SourceError) for result in found)


def test_nothing_is_printed_and_nothing_logged(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture):
    data = bytearray(Archive().response(page(1), "https://harbour.example/a b").response(page(2)).data)
    data[-60] ^= 0x10
    results(bytes(data))

    assert capfd.readouterr() == ("", "")
    assert [record.name for record in caplog.records if record.name.startswith("warcio")] == []


def test_without_warcio_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    data = three_pages()
    monkeypatch.setitem(__import__("sys").modules, "warcio.recordloader", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'searchlib\[warc\]'"):
        results(data)


# What is in each file, counted by its headers: record number → how the reason begins. The example pages hold two
# sentences, which is no article.
NO_ARTICLE = "the page holds no article"
REJECTS = {
    "bad.arc": {1: "70 bytes after it", 2: "it states no length", 3: "no page: the record holds no answer", 4: "it states no length"},
    "example-bad-non-chunked.warc.gz": {3: NO_ARTICLE},
    "example-bad.warc.gz.bad": {2: NO_ARTICLE, 6: "no page: HTTP status 302"},
    "example-resource.warc.gz": {3: NO_ARTICLE},
    "example-space-in-target-uri.warc.gz": {2: "no page: image/png"},
    "example-space-in-url.arc": {2: NO_ARTICLE},
    "example-wget-bad-target-uri.warc.gz": {3: NO_ARTICLE},
    "example-wrong-chunks.warc.gz": {1: NO_ARTICLE},
    "example.arc": {2: NO_ARTICLE},
    "example.arc.gz": {2: NO_ARTICLE},
    "example.warc": {3: NO_ARTICLE},
    "example.warc.gz": {3: NO_ARTICLE},
    "post-test.warc.gz": dict.fromkeys((1, 3, 5), "no page: application/json"),
}  # fmt: skip


def test_of_the_real_archives_every_content_record_is_accounted_for(shared: Path):
    folder = shared / "articles" / "warc"
    for name, rejects in REJECTS.items():
        errors = [result for result in results((folder / name).read_bytes()) if isinstance(result, SourceError)]

        assert [error.record for error in errors] == list(rejects), name
        for error, reason in zip(errors, rejects.values(), strict=True):
            assert error.reason.startswith(reason), name
    assert {path.name for path in folder.iterdir()} == {
        *REJECTS, "example-digest.warc", "example-iana.org-chunked.warc", "example-trunc.warc",
    }  # fmt: skip


def test_a_real_archive_with_a_wrong_length_is_read_on(shared: Path):
    errors = results((shared / "articles" / "warc" / "example-trunc.warc").read_bytes())

    assert [(error.record, error.reason[:13]) for error in errors if isinstance(error, SourceError)] == [
        (3, NO_ARTICLE[:13]),
        (3, "2 bytes after"),
    ]


def test_a_real_page_in_chunks_is_an_article(shared: Path):
    article = article_of((shared / "articles" / "warc" / "example-iana.org-chunked.warc").read_bytes())

    assert article.title == "Internet Assigned Numbers Authority"


def test_a_real_archive_of_requests_alone_has_no_content(shared: Path):
    with pytest.raises(SourceError, match="the archive has 4 records, none of them with content"):
        results((shared / "articles" / "warc" / "example-digest.warc").read_bytes())


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"filedesc://x 1 2014030100 a 1\n"]),
)
def test_random_bytes_raise_nothing_but_source_errors(data: bytes, start: bytes):
    _check(start + data)


SMALL = {
    compressed: Archive(compressed=compressed)
    .response(b"<html>x", content_length="7")
    .record("resource", b"y" * 50)
    .data
    for compressed in (True, False)
}


@given(st.data(), st.booleans())
def test_damaged_archives_raise_nothing_but_source_errors(data: st.DataObject, compressed: bool):
    archive = bytearray(SMALL[compressed])
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    _check(bytes(archive[: data.draw(st.integers(0, len(archive)))]))


def _check(archive: bytes) -> None:
    try:
        found = results(archive)
    except SourceError:
        return
    assert all(isinstance(result, (Article, SourceError)) for result in found)
