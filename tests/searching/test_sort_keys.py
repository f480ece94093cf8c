"""What articles are sorted by: the same from every codec, whether few or many articles are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create
from searchlib.errors import SearchTimeoutError
from searchlib.schema import column_value
from searchlib.searching.order import NO_TEXT
from searchlib.searching.sort_keys import MAX_KEY_CHARS, sort_keys, title_key, value_key


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Kim visits Russia", "kim visits russia"),
        ("“Kim” – visits  RUSSIA!", "kim visits russia"),
        ("Élan, Łódź", "elan lodz"),
        ("北京 news", "北京 news"),
        ("?!", " ?!"),
        (" ", NO_TEXT),
        ("", NO_TEXT),
    ],
)
def test_of_a_title_its_words_are_compared(title, key):
    assert title_key(title) == key


def test_signs_come_before_words_and_what_is_blank_last():
    assert sorted(["zebra", "", "Ärger", "?!", "apple", "10"], key=title_key) == [
        "?!",
        "10",
        "apple",
        "Ärger",
        "zebra",
        "",
    ]


@pytest.mark.parametrize(
    ("field", "values", "key"),
    [
        ("section", ["World News"], "world news"),
        ("section", ["WORLD-NEWS"], "world news"),
        ("author", ["Bob Roe", "Ann Doe"], "bob roe\x1fann doe"),
        ("section", [], NO_TEXT),
        ("language", ["fr-CA"], "fr-CA"),
    ],
)
def test_of_a_field_what_all_spellings_have_in_common_is_compared(field, values, key):
    assert value_key(field, column_value(values)) == key


def test_an_author_comes_before_the_same_one_with_others():
    values = [["Ann"], ["Ann", "Zoe"], ["Ann Abel"], []]
    keys = [value_key("author", column_value(each)) for each in values]

    assert keys == sorted(keys)


@given(st.text())
def test_keys_are_short_and_no_title_comes_after_none(title):
    key = title_key(title)

    assert len(key) <= MAX_KEY_CHARS
    assert key <= NO_TEXT


def articles(count: int, own: bool):
    for n in range(count):
        author = f"Author {n}" if own else ("Ann", "Bob", "ann", "")[n % 4]
        yield Article(
            id=f"{n:04}",
            title=f"Title {n % 7}",
            body="word " * (n % 11 + 1),
            authors=[author] if author else [],
            published=f"2023-01-{n % 28 + 1:02}",
        )


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("codec", sorted(CODECS))
@pytest.mark.parametrize("sort", ["length", "shortest", "title", "author", "place"])
def test_few_articles_have_the_keys_that_they_have_among_many(tmp_path, codec, sort, own):
    with create(tmp_path / "index", codec=codec) as index:
        with index.writer() as writer:
            writer.add_all(articles(80, own))
        with index._lent() as (snapshot, _):
            (reader,) = snapshot.readers
            many = list(sort_keys(reader, sort, range(80)))

            assert many == [key for docnum in range(80) for key in sort_keys(reader, sort, [docnum])]
            assert (len(set(many)) > 1) == (sort != "place")


@pytest.mark.parametrize("codec", sorted(CODECS))
@pytest.mark.parametrize("sort", ["title", "author"])
def test_making_keys_can_be_stopped(tmp_path, codec, sort):
    with create(tmp_path / "index", codec=codec) as index:
        with index.writer() as writer:
            writer.add_all(articles(600, own=True))
        with index._lent() as (snapshot, _):
            (reader,) = snapshot.readers
            answers = iter([False, False, True])

            def give_up():
                raise SearchTimeoutError(1)

            assert len(sort_keys(reader, sort, range(600), lambda: next(answers))) == 512
            with pytest.raises(SearchTimeoutError):
                sort_keys(reader, sort, range(600), give_up)
