"""The words as printed of a snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchlib.article import Article
from searchlib.automata import compile_prefix, compile_wildcard
from searchlib.engines.embedded import create
from searchlib.index import open_snapshot
from searchlib.searching.kernel_vocabulary import KernelVocabulary
from searchlib.searching.printed_words import KnownWord, PrintedWords, printed_words_of
from searchlib.searching.whoosh_vocabulary import WhooshVocabulary


@pytest.fixture
def words(tmp_path: Path):
    """The words of three articles in two segments."""
    path = tmp_path / "news.index"
    with create(path, codec="native") as index:
        for bodies in (["Visits to Oslo", "A visit"], ["They visit Oslo"]):
            with index.writer() as writer:
                writer.add_all(Article(id=body, body=body) for body in bodies)
    snapshot = open_snapshot(path)
    yield printed_words_of(snapshot, "A test")
    snapshot.close()


def test_words_come_with_their_terms_the_most_frequent_first(words: PrintedWords):
    assert words.matching(compile_prefix("vis"), 10) == [
        KnownWord("visit", 2, ("visit",)),
        KnownWord("visits", 1, ("visit",)),
    ]


def test_a_limit_leaves_the_most_frequent_of_all_segments(words: PrintedWords):
    assert [each.word for each in words.matching(compile_wildcard("*"), 2)] == ["oslo", "visit"]


def test_a_word_is_known_as_it_is_printed(words: PrintedWords):
    assert words.word("visits") == KnownWord("visits", 1, ("visit",))
    assert words.word("visiting") is None


def test_the_articles_of_a_term_are_counted_over_all_segments(words: PrintedWords):
    assert words.doc_freq("visit") == 3
    assert words.doc_freq("moscow") == 0


@pytest.mark.parametrize(("codec", "vocabulary"), [("native", KernelVocabulary), ("whoosh", WhooshVocabulary)])
def test_a_word_of_several_positions_is_counted_once_in_an_article(tmp_path: Path, codec: str, vocabulary: type):
    path = tmp_path / "news.index"
    with create(path, codec=codec) as index, index.writer() as writer:
        writer.add_all(Article(id=body, body=body) for body in ("The Putin-Kim summit", "Putin-Kim", "Kim"))
    snapshot = open_snapshot(path)
    try:
        assert printed_words_of(snapshot, "A test").word("putin-kim") == KnownWord("putin-kim", 2, ("putinkim",))
        assert vocabulary(snapshot).printed_words(compile_prefix("putin-"), 10).doc_freq == 2
    finally:
        snapshot.close()
