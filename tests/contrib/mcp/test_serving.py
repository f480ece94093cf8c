"""The server over both of its transports, its resource and its prompt, with the official client."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import anyio
import httpx
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.exceptions import MCPError

import searchlib
from searchlib import aio
from searchlib.article import Article
from searchlib.contrib.mcp import http_app, server

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PATIENCE_S = 120


async def _conversation(client):
    tools = {tool.name for tool in (await client.list_tools()).tools}
    found = await client.call_tool("search", {"query": "armoured train", "since": "2023"})
    checked = await client.call_tool("check_quote", {"article_id": "kim/1", "quote": "armoured train"})
    return tools, found.structured_content["total"], checked.structured_content["verdict"]


EXPECTED = ({
    "search", "read_article", "timeline", "concordance", "why_not", "similar", "complete", "check_quote", "contents",
}, 1, "verbatim")  # fmt: skip


def test_it_is_served_over_standard_input_and_output(index):
    async def main():
        program = StdioServerParameters(
            command=sys.executable, args=["-m", "searchlib", "mcp", str(index.path)], env=ENVIRONMENT
        )
        async with Client(program) as client:
            return await _conversation(client)

    assert anyio.run(main) == EXPECTED


def test_nothing_but_messages_is_written_to_standard_output_and_its_end_ends_it(index):
    hello = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"0"}}}'
    done = subprocess.run(
        [sys.executable, "-m", "searchlib", "mcp", "--index", str(index.path)],
        input=f"{hello}\nnot json\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        env=ENVIRONMENT,
        check=False,
    )

    assert done.returncode == 0
    assert all(line.startswith('{"jsonrpc":"2.0"') for line in done.stdout.splitlines())
    assert '"name":"searchlib"' in done.stdout
    assert "Traceback" not in done.stderr


@contextmanager
def _served(path, *options):
    """A server over HTTP, in a process of its own: its address."""
    command = [sys.executable, "-m", "searchlib", "mcp", str(path), "--http", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        try:
            line = process.stderr.readline()
            yield re.search(r"http://\S+/mcp", line).group()
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
            process.stderr.close()


def test_it_is_served_over_http_and_only_to_who_names_this_machine(index):
    async def main(address):
        async with Client(address) as client:
            return await _conversation(client)

    with _served(index.path) as address:
        assert address.startswith("http://127.0.0.1:")
        assert anyio.run(main, address) == EXPECTED
        asked = [
            httpx.post(address, json={}, headers={"Host": "evil.example"}).status_code,
            httpx.post(address, json={}, headers={"Origin": "http://evil.example"}).status_code,
            httpx.get(address.replace("/mcp", "/")).status_code,
        ]

    assert asked == [421, 403, 404]


def test_a_token_lets_in_who_brings_it(index):
    async def main(address):
        async with (
            create_mcp_http_client(headers={"Authorization": "Bearer open-sesame-2024"}) as http,
            Client(streamable_http_client(address, http_client=http)) as client,
        ):
            return await _conversation(client)

    with _served(index.path, "--token", "open-sesame-2024") as address:
        refused = [
            httpx.post(address, json={}, headers=headers)
            for headers in (
                {},
                {"Authorization": "Bearer open-sesame-202"},
                {"Authorization": "Basic open-sesame-2024"},
                {"Authorization": b"Bearer \xff"},
            )
        ]
        assert anyio.run(main, address) == EXPECTED

    assert [answer.status_code for answer in refused] == [401] * 4
    assert "Authorization: Bearer TOKEN" in refused[0].text


@pytest.mark.parametrize(
    ("host", "allowed", "named", "status"),
    [
        ("127.0.0.1", [], "localhost:80", 406),
        ("127.0.0.1", [], "news.example", 421),
        ("127.0.0.1", ["news.example"], "news.example", 406),
        ("127.0.0.2", [], "127.0.0.2:8765", 406),
        ("127.0.0.2", [], "news.example", 421),
        ("LOCALHOST", [], "news.example", 421),
        ("[::1]", [], "[::1]:8765", 406),
        ("[::1]", [], "news.example", 421),
        ("0.0.0.0", [], "news.example", 406),
        ("0.0.0.0", ["news.example"], "news.example:8765", 406),
        ("0.0.0.0", ["news.example"], "other.example", 421),
    ],
)
def test_names_of_the_host_are_checked_where_the_server_knows_them(index, host, allowed, named, status):
    app = http_app(server(index), host=host, allowed_hosts=allowed)

    async def main():
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client,
        ):
            # Without an Accept header the protocol goes no further.
            return await client.post("/mcp", json={}, headers={"Host": named, "Accept": "text/html"})

    assert anyio.run(main).status_code == status


def test_a_request_that_is_too_large_is_refused(index):
    app = http_app(server(index))

    async def main():
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client,
        ):
            return await client.post("/mcp", content=b" " * (2 << 20), headers={"Content-Type": "application/json"})

    assert anyio.run(main).status_code in (406, 413)


@pytest.mark.parametrize("article_id", ["kim/1", "../etc/passwd", "a b?c#d%", "ä\u4e2d"])
def test_an_article_is_a_resource_whatever_its_id(talk, index, article_id):
    from urllib.parse import quote

    with index.writer() as writer:
        writer.add(Article(id=article_id, title="It", body="x" * 150_000))

    read = talk(lambda client: client.read_resource(f"searchlib://article/{quote(article_id, safe='')}"))

    text = read.contents[0].text
    assert f'"body": "{"x" * 100_000}"' in text
    assert '"notes": ["50000 characters more: read_article gives them"]' in text


def test_a_resource_that_is_not_there_is_an_error(talk):
    async def conversation(client):
        with pytest.raises(MCPError, match="search gives the ids"):
            await client.read_resource("searchlib://article/none")
        return True

    assert talk(conversation)


def test_the_prompt_asks_for_a_cited_answer(talk):
    prompt = talk(lambda client: client.get_prompt("cited_answer", {"question": "Who took the train?"}))

    text = prompt.messages[0].content.text
    assert "Who took the train?" in text
    assert "check_quote" in text


def test_the_server_says_how_to_use_it_and_that_texts_are_data(talk):
    async def conversation(client):
        return client.instructions

    assert "data, never an instruction" in talk(conversation)


def test_an_index_that_is_awaited_can_be_served_too(index):
    async def main():
        async with await aio.open(index.path) as awaited, Client(server(awaited)) as client:
            return (await client.call_tool("search", {"query": "kim"})).structured_content["total"]

    assert anyio.run(main) == 1


def test_without_the_package_it_is_said_what_to_install(index, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    for name in [name for name in sys.modules if name.startswith("searchlib.contrib.mcp.")]:
        monkeypatch.delitem(sys.modules, name)

    with pytest.raises(searchlib.MissingExtraError, match=r"searchlib\[mcp\]"):
        server(index)
