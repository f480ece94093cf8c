"""An index that is served to a client, which is the official one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

anyio = pytest.importorskip("anyio")
pytest.importorskip("mcp.server.mcpserver", reason="needs the extra mcp")

from mcp.client import Client  # noqa: E402

import searchlib  # noqa: E402
from searchlib.article import Article  # noqa: E402
from searchlib.contrib.mcp import server  # noqa: E402
from tests.contrib.mcp.talking import answer_of  # noqa: E402

ARTICLES = [
    Article(
        id="kim/1",
        title="Kim visits Russia",
        summary="A train journey.",
        body="Kim “visited” Russia on Monday.\n\nHe took the armoured train to Vladivostok, the agency said.",
        publisher="The Daily",
        section="World",
        authors=["Ida Berg"],
        url="https://example.org/kim",
        published="2023-09-11",
        language="en",
    ),
    Article(id="oil", title="Oil falls", body="Oil fell in London. " * 800, publisher="The Post", published="2023-10"),
    Article(id="undated", title="Trains", body="An armoured train stands in a museum.", publisher="The Post"),
]


@pytest.fixture
def index(tmp_path):
    with searchlib.create(tmp_path / "news.index", language="en") as index:
        with index.writer() as writer:
            writer.add_all(ARTICLES)
        yield index


@pytest.fixture
def talk(index) -> Callable[..., Any]:
    """Runs a conversation with the server of the index, in this process; returns what it returns."""

    def run(conversation: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
        async def main() -> Any:
            async with Client(server(index, **options)) as client:
                return await conversation(client)

        return anyio.run(main)

    return run


@pytest.fixture
def call(talk) -> Callable[..., Any]:
    """Calls one tool: the structured answer, which its schema allows; or raises its error, as a ToolFailedError."""

    def run(tool: str, **arguments: Any) -> Any:
        return answer_of(talk(lambda client: client.call_tool(tool, arguments)))

    return run
