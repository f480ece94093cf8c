"""An empty index on every codec there is: what the contract is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import Index, create


@pytest.fixture(params=sorted(CODECS))
def make_index(request, tmp_path: Path) -> Iterator[Callable[..., Index]]:
    """Makes indexes on one codec, filled with what is given; closes them when the test is over."""
    made: list[Index] = []

    def make(*articles: Article, name: str = "news.index", **settings) -> Index:
        index = create(tmp_path / name, codec=request.param, **settings)
        made.append(index)
        if articles:
            with index.writer() as writer:
                writer.add_all(articles)
        return index

    yield make
    for index in made:
        index.close()
