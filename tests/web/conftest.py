"""What the tests of the reading room share: an index of a few articles, and a client of an application that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs searchlib[web]")
pytest.importorskip("httpx", reason="needs httpx")

from starlette.testclient import TestClient

import searchlib
from searchlib import Article
from searchlib.web import app

ARTICLES = [
    Article(
        id="https://example.org/oslo?a=1",
        title="Summit on fisheries opens in Oslo",
        body="The summit on fisheries opened on Monday.\n\nHerring quotas come first, the minister said.",
        section="World",
        publisher="The Harbour Post",
        place="OSLO",
        authors=["Ida Berg", "Tom Lunde"],
        tags=["fisheries"],
        url="https://example.org/oslo?a=1",
        published="2023-09-11T08:30+02:00",
    ),
    Article(
        id="herring",
        title="Herring prices rise <b>again</b>",
        summary="Fishmongers blame the quotas.",
        body="Herring was dearer in September than ever before.",
        section="Business",
        publisher="The Harbour Post",
        published="2023-09-20",
        extra={"pages": [4, 5]},
    ),
    Article(
        id="bremen",
        title="Bremen remembers a herring fleet",
        body="The last boats left the quay in Bremen.",
        section="World",
        place="BREMEN",
        published="1912-05",
    ),
    Article(id="undated", title="=How to pickle herring", body="Salt, vinegar and patience.", publisher="Kitchen"),
]


@pytest.fixture(scope="session")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index of `ARTICLES`, only to be read."""
    path = tmp_path_factory.mktemp("web") / "news.index"
    with searchlib.create(path, timezone="Asia/Singapore") as index, index.writer() as writer:
        writer.add_all(ARTICLES)
    return path


@pytest.fixture
def client(index_path: Path) -> Iterator[TestClient]:
    """A client of an application that shows `ARTICLES`."""
    with TestClient(app(index_path)) as client:
        yield client


@pytest.fixture
def client_of(index_path: Path) -> Iterator[Callable[..., TestClient]]:
    """Makes a client of an application with some options: ``client_of(token="…")``. What is made is closed in the end."""
    with ExitStack() as made:

        def make(index: Any = None, *, client_host: str = "testclient", **options: Any) -> TestClient:
            if isinstance(index, searchlib.Index):
                made.enter_context(index)
            made_app = app(index_path if index is None else index, **options)
            return made.enter_context(TestClient(made_app, client=(client_host, 50_000)))

        yield make
