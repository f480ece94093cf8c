"""Every text is a query, on every codec and in every language: nothing that is typed raises."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from profiles import examples

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import Index, create
from searchlib.errors import QueryError

# Each analyses to no term in the language that it stands under: fragments of elision and possessives, marks alone.
SHORT_WORDS = {
    "en": ["s", "ⓢ", "ـ", "'s", "’s"],
    "fr": ["l", "d", "qu", "ـ"],
    "ar": ["ـ"],
    "ja": ["ـ"],
    "none": ["ـ"],
}
OPERATORS = [
    *("AND", "OR", "NOT", "NEAR/3", "PRE/2", "w/5", "(", ")", '"', '"~2', "-", "+", "*", "?", "~", "^2", "|", "=", ":"),
    *(
        "title:",
        "body:",
        "author:",
        "section:",
        "id:",
        "url:",
        "date:",
        "since:2023",
        "until:x",
        "tag:*",
        "/",
        "..",
        ",",
    ),
]
LANGUAGES = sorted(SHORT_WORDS)
ARTICLES = [
    Article(id="korea", title="Korea", body="wolf and l'eau: vitamin korea", published="2023-09-11", authors=["S Doe"]),
    Article(id="other", title="北京大学", body="wolf كتاب", section="S"),
]

_pieces = st.one_of(
    st.sampled_from(OPERATORS),
    st.sampled_from([word for words in SHORT_WORDS.values() for word in words]),
    st.sampled_from(["korea", "wolf", "it's", "aujourd'hui", "北京", "10,000", "R&D", "-", "…"]),
    st.text(max_size=5),
)
# Lone surrogates too: they come from file names and from JSON.
texts = st.one_of(
    st.text(),
    st.text(st.characters(codec=None)),
    st.lists(_pieces, max_size=8).map(" ".join),
    st.lists(_pieces, max_size=8).map("".join),
)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory) -> dict[tuple[str, str], Index]:
    """An index of the same articles on each codec in each language."""
    folder = tmp_path_factory.mktemp("indexes")
    made = {}
    for codec in sorted(CODECS):
        for language in LANGUAGES:
            index = made[codec, language] = create(folder / f"{codec}-{language}", codec=codec, language=language)
            with index.writer() as writer:
                writer.add_all(ARTICLES)
    yield made
    for index in made.values():
        index.close()


@given(text=texts, language=st.sampled_from(LANGUAGES), either=st.booleans(), since=st.sampled_from([None, "2023"]))
@example(text="S Korea", language="en", either=False, since=None)
@example(text="s NEAR/3 s NEAR/3 korea", language="en", either=False, since=None)
@example(text="id:\ud800", language="none", either=False, since=None)
def test_no_text_raises_and_all_codecs_find_the_same(indexes, text, language, either, since):
    found = {}
    for codec in sorted(CODECS):
        page = indexes[codec, language].search(text, any=either, since=since, facets=["section"], timeline="month")
        found[codec] = ({hit.article.id for hit in page}, page.total, page.query, page.diagnostics)

    assert found["whoosh"] == found[codec]


@examples(30)
@given(text=texts, language=st.sampled_from(LANGUAGES))
@example(text="S Korea", language="en")
@example(text='-"s"', language="en")
def test_no_text_raises_where_it_says_what_to_delete_but_for_a_doubt_about_it(indexes, text, language):
    for codec in sorted(CODECS):
        index = indexes[codec, language]
        found = index.search(text).total
        with pytest.raises(_UndoneError), index.writer() as writer:
            try:
                assert writer.delete_by_query(text) == found
            except QueryError as error:
                assert error.problem  # noqa: PT017 - it may be raised, and needs not be
            raise _UndoneError


class _UndoneError(Exception):
    """Rolls a writer back."""


ENGLISH = Article(id="1", title="Korea", body="a wolf in south korea takes vitamin c", published="2023-09-11")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("§ Korea", ["1"]),
        ("vitamin §", ["1"]),
        ('wolf -"§"', ["1"]),
        ("§ NEAR/3 korea", ["1"]),
        ("(§)^2 korea", ["1"]),
        ("title:§ korea", ["1"]),
        ("wolf OR §", ["1"]),
        ("(§ OR …) wolf date:2023", ["1"]),
        ("tiger §", []),
        ("title:§", []),
        ("(§)^2", []),
        ('"§"~2', []),
        ('"§"', []),
        ("-§", []),
        ("§ §", []),
        ("§ OR …", []),
        ("§ NEAR/3 …", []),
        ("!", []),
        ("§ date:2023", []),
        ("-§ date:2023", []),
        ("§ -date:2022", []),
        ("§ (date:2022 OR date:2023)", []),
        ("* §", ["1"]),
        ("(§ OR …) date:2023 until:2024", []),
    ],
)
def test_a_word_without_a_term_restricts_nothing_excludes_nothing_and_is_named(make_index, query, expected):
    index = make_index(ENGLISH)

    page = index.search(query)

    assert [hit.article.id for hit in page] == expected
    assert page.total == len(expected)
    assert any("there is no word to search for in" in said.message for said in page.diagnostics)
    assert any("nothing is found" in said.message for said in page.diagnostics) == (
        "tiger" not in query and not expected
    )


@pytest.mark.parametrize("options", [{"since": "2023"}, {"until": "2024"}, {"since": "2023", "until": "2024"}])
def test_dates_beside_a_query_of_such_words_alone_do_not_make_it_find_all_of_their_articles(make_index, options):
    index = make_index(ENGLISH)

    assert index.search("§", **options).total == 0
    assert index.search("*", **options).total == 1
    assert index.search("", **options).total == index.search("").total


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "s"), ("en", "ⓢ"), ("fr", "l"), ("fr", "d"), ("fr", "qu"), ("ar", "ـ"), ("none", "s")],
)
def test_every_other_word_is_looked_for(make_index, language, word):
    index = make_index(
        Article(id="1", body="une ville"), Article(id="2", title=f"une {word} ville", body="."), language=language
    )

    for query in (f"{word} ville", word, f"title:{word}", f"({word})^2", f"{word} NEAR/3 ville", f'"{word} ville"'):
        assert [hit.article.id for hit in index.search(query)] == ["2"], query
    assert [hit.article.id for hit in index.search(f'ville -"{word}"')] == ["1"]


@pytest.mark.parametrize("query", ["§ Korea", "§", '-"§"', "§ NEAR/3 korea", "§ date:2023"])
def test_nothing_is_deleted_by_a_query_with_such_a_word(make_index, query):
    index = make_index(ENGLISH)

    with index.writer() as writer, pytest.raises(QueryError, match="there is no word to search for in"):
        writer.delete_by_query(query)

    assert index.get("1") is not None
