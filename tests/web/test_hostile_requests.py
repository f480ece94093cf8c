"""Requests that no browser makes, to a real server: each gets a short answer, and the next request is answered as ever."""

from __future__ import annotations

import json
import re
import socket

import pytest

pytest.importorskip("uvicorn", reason="needs searchlib[web]")

from servers import said, served

import searchlib
from searchlib import Article
from searchlib.web import serving

HOSTILE = "<script>alert(1)</script>\u202e\"'&<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory):
    """An index of one article that has markup and commands of terminals wherever it can."""
    path = tmp_path_factory.mktemp("hostile") / "i"
    article = Article(
        id="<\"'>&../..//x",
        title=HOSTILE,
        summary=HOSTILE,
        body=f"{HOSTILE} herring \x1b[31m\x07\x9b2J",
        authors=[HOSTILE],
        section=HOSTILE,
        publisher=HOSTILE,
        place=HOSTILE,
        tags=[HOSTILE],
        url="javascript:alert(1)//",
        published="2023-09-11",
        extra={HOSTILE: HOSTILE},
    )
    with searchlib.create(path) as index, index.writer() as writer:
        writer.add(article)
    return path


@pytest.fixture(scope="module")
def port(hostile_index):
    with served(hostile_index) as port:
        yield port


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def get(port: int, target: bytes, *headers: bytes) -> bytes:
    lines = [b"GET " + target + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers, b"", b""]
    return said(port, b"\r\n".join(lines))


TARGETS = {
    "a null byte": (b"/api/search?q=%00", 200),
    "a null byte in a path": (b"/api/articles/%00", 404),
    "bytes that are no UTF-8": (b"/api/search?q=%ff%fe%80", 200),
    "bytes that are no UTF-8 in a path": (b"/api/articles/%ff%fe", 404),
    "bad percent-encoding": (b"/api/search?q=%zz%", 200),
    "half of a surrogate pair": (b"/api/search?q=%ed%a0%80", 200),
    "a way out of the folder": (b"/static/../../etc/passwd", 404),
    "an encoded way out of it": (b"/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
    "a way out with backslashes": (b"/static/..%5c..%5cetc%5cpasswd", 404),
    "an absolute path": (b"/static//etc/passwd", 404),
    "a null byte behind a file": (b"/static/room.css%00.js", 404),
    "a file of Python": (b"/static/../__init__.py", 404),
    "many slashes": (b"/" * 500, 404),
    "line ends in a query": (b"/api/search?q=a%0d%0aSet-Cookie:%20x=1", 200),
    "line ends in a name": (b"/api/export?q=a%0d%0aSet-Cookie:%20x=1%0d%0a%0d%0a<script>", 200),
    "markup in a parameter": (b"/api/search?sort=<script>alert(1)</script>", 400),
    "a number of thousands of digits": (b"/api/search?limit=" + b"9" * 5000, 400),
    "a negative number": (b"/api/search?page=-1", 400),
    "a number of another kind": (b"/api/search?page=1e9", 400),
    "a query of 20,000 characters": (b"/api/search?q=" + b"a" * 20_000, 400),
    "an address of 40,000 characters": (b"/api/search?q=" + b"a" * 40_000, 414),
    "a thousand parentheses": (b"/api/search?q=" + b"(" * 1000 + b"a" + b")" * 1000, 200),
    "a thousand patterns": (b"/api/search?q=" + b"a*+" * 1000, 200),
    "a pattern of everything": (b"/api/explain?q=" + b"*%20?%20" * 200, 200),
    "an expression that explodes": (b"/api/search?q=/(a*)*(b%7Ca*)%2Bc/", 200),
    "a thousand parameters": (b"/api/search?" + b"&".join(b"q%d=a" % n for n in range(1000)), 400),
    "a thousand parameters of one name": (b"/api/search?" + b"&".join(b"section=%d" % n for n in range(1000)), 400),
    "a thousand years by the day": (b"/api/timeline?q=herring&since=1000&until=2999&by=day", 200),
    "another server's address": (b"http://evil.example/api/search?q=a", None),
    "a fragment": (b"/api/search?q=a#b", None),
    "a cursor that is none": (b"/api/search?q=a&after=%00%ff", 400),
    "a cursor of 9,000 characters": (b"/api/search?q=a&after=" + b"A" * 9000, 400),
}


@pytest.mark.parametrize("name", TARGETS)
def test_a_hostile_address_gets_a_short_answer(port, name):
    target, status = TARGETS[name]
    answer = get(port, target)
    head, _, body = answer.partition(b"\r\n\r\n")

    assert status_of(answer) == (status or status_of(answer)) < 500
    assert b"\r\nset-cookie" not in head.lower()
    assert b"root:" not in answer
    assert b"Traceback" not in answer
    assert len(answer) < 100_000
    if status_of(answer) >= 400:
        assert json.loads(body)["status"] == status_of(answer)
        assert b"content-security-policy" in head.lower()
    assert status_of(get(port, b"/api/search?q=herring")) == 200


RAW = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a line of nothing": b"\r\n\r\n",
    "another version": b"GET /api/stats HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "no host": b"GET /api/stats HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
    "a space in the address": b"GET /api/search?q=a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an eight-bit address": b"GET /api/search?q=\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a null byte in a header": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
    "a folded header": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\nConnection: close\r\n\r\n",
    "a header of 100,000 bytes": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "ten thousand headers": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    "two lengths": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length and chunks": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length below zero": b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "a huge body announced": b"POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
    "chunks": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
    "the method of a proxy": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "a method in small letters": b"get /api/stats HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "another method by a header": b"POST /api/stats HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: GET\r\n"
                                  b"Connection: close\r\nContent-Length: 0\r\n\r\n",
    "an upgrade to a WebSocket": b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
                                 b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
}  # fmt: skip


# HTTP lets a server pass over what these ask beside their address, and the server does.
ANSWERED = ("a folded header", "another version", "an upgrade to a WebSocket")


@pytest.mark.parametrize("name", RAW)
def test_what_is_hardly_http_is_refused_and_the_connection_ends(port, name):
    answer = said(port, RAW[name])

    assert not answer or 400 <= status_of(answer) < 500 or (name in ANSWERED and status_of(answer) == 200)
    assert len(answer) < 10_000
    assert b"Traceback" not in answer
    assert status_of(get(port, b"/api/search?q=herring")) == 200


HEADERS = {
    "a huge range": b"Range: bytes=0-99999999999999999999,-1,5-4," + b"0-1," * 500,
    "a tag of 10,000 characters": b'If-None-Match: "' + b"a" * 10_000 + b'"',
    "a date that is none": b"If-Modified-Since: never",
    "every language": b"Accept-Language: " + b"xx," * 3000,
    "an encoding that is none": b"Accept-Encoding: gzip;q=9,\x7f,identity;q=0",
    "a cookie of markup": b"Cookie: searchlib-token=<script>; a=\x1b[31m",
    "a forwarded address of markup": b"X-Forwarded-For: <script>alert(1)</script>, 127.0.0.1",
    "a forwarded host": b"X-Forwarded-Host: evil.example",
    "a rewritten address": b"X-Original-URL: /etc/passwd",
    "a forwarded prefix": b"X-Forwarded-Prefix: //evil.example",
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_hostile_header_changes_nothing(port, name):
    answer = get(port, b"/api/search?q=herring", HEADERS[name])

    assert status_of(answer) == 200
    assert b"evil.example" not in answer
    assert b"127.0.0.1" not in answer


@pytest.mark.parametrize(
    "target",
    [b"/api/search?q=herring", b"/api/articles/?id=%3C%22%27%3E%26..%2F..%2F%2Fx", b"/api/concordance?q=herring",
     b"/api/facets?q=herring", b"/api/export?q=herring&columns=id,title,body,authors,section,extra",
     b"/api/export?q=herring&format=jsonl", b"/feed.atom?q=herring", b"/api/timeline.svg?q=%3Cscript%3E%1b[31m",
     b"/api/explain?q=%3Cscript%3E%1b[31m", b"/api/why-not?id=%3C%22%27%3E%26..%2F..%2F%2Fx&q=%3Cscript%3E%1b"],
)  # fmt: skip
def test_markup_and_commands_of_terminals_are_data(port, target):
    answer = get(port, target)
    head, _, body = answer.partition(b"\r\n\r\n")
    kind = re.search(rb"content-type: ([^;\r]*)", head)[1]

    assert status_of(answer) == 200
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", body.replace(b"\r\n", b"\n"))
    assert b"x-content-type-options: nosniff" in head
    assert kind in (b"application/json", b"text/csv", b"application/jsonl", b"application/atom+xml", b"image/svg+xml")
    if kind in (b"application/atom+xml", b"image/svg+xml"):
        assert b"<script" not in body
    assert b"\xe2\x80\xae" not in body or kind == b"application/atom+xml"


def test_a_request_that_comes_byte_by_byte_is_cut_off(hostile_index, monkeypatch):
    monkeypatch.setattr(serving, "HEADERS_S", 0.3)
    with served(hostile_index) as port, socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"GET /api/stats HTTP/1.1\r\nHost: localhost\r\n")

        assert client.recv(1000) == b""


def test_a_client_that_says_nothing_is_cut_off(hostile_index, monkeypatch):
    monkeypatch.setattr(serving, "HEADERS_S", 0.3)
    with served(hostile_index) as port, socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        assert client.recv(1000) == b""


def test_a_client_that_keeps_its_connection_is_answered_again(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        for _ in range(3):
            client.sendall(b"GET /api/complete?q=h HTTP/1.1\r\nHost: localhost\r\n\r\n")
            head = b""
            while b'"completions"' not in head:
                head += client.recv(65_536)

            assert status_of(head) == 200


def test_the_server_does_not_say_what_it_is(port):
    assert b"\r\nserver:" not in get(port, b"/api/stats").lower()
