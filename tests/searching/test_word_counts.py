"""How often printed words stand in an index, against the tokens of its articles."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.analysis import analyzer_for
from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create
from searchlib.index import open_snapshot
from searchlib.searching.word_counts import text_size, word_totals

ENGLISH = analyzer_for("en")
words = st.sampled_from(
    ["kim", "Kims", "Putin-Kim", "re-election", "can’t", "U.S.", "visit", "visits", "10,000", "北京"]
)
batches = st.lists(st.lists(st.lists(words, min_size=1, max_size=8).map(" ".join), max_size=3), min_size=1, max_size=2)


@pytest.mark.parametrize("codec", sorted(CODECS))
@examples(15)
@given(batches=batches)
def test_words_count_as_often_as_they_are_printed(codec: str, batches: list[list[str]], tmp_path_factory):
    path = Path(tmp_path_factory.mktemp("counts")) / "news.index"
    articles = [
        Article(id=f"{body} {number}", title="Kim", body=body)
        for number, body in enumerate(chain.from_iterable(batches))
    ]
    with create(path, codec=codec) as index:
        for batch in (articles[::2], articles[1::2]):
            with index.writer() as writer:
                writer.add_all(batch)
    texts = [text for article in articles for text in (article.title, article.body)]
    printed = Counter(token.printed for text in texts for token in ENGLISH.tokens(text) if token.printed)
    positions = sum(max(token.position + token.positions for token in ENGLISH.tokens(text)) for text in texts)

    snapshot = open_snapshot(path)
    try:
        assert word_totals(snapshot, [*printed, "nobody"]) == dict(printed)
        assert text_size(snapshot) == positions
    finally:
        snapshot.close()
