"""Words in context, on every codec."""

from __future__ import annotations

import re
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import lines_run

import searchlib
from searchlib.article import Article

ARTICLES = [
    Article(
        id="a",
        title="Crude oil rises",
        summary="The price of crude oil rose.",
        body="Opec met. Crude oil prices rose, and crude remarks fell.\n\nNobody knew.",
        published="2023-09-01",
    ),
    Article(id="b", title="Palm oil", body="Palm oil prices fell; oil, oil!", published="2023-09-03"),
    Article(id="c", title="Trains", body="A train left for the coast with palm trees.", published="2023-08-01"),
    Article(id="d", title="Undated", body="An oil well."),
]


@pytest.fixture
def index(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add_all(ARTICLES)
    return index


def shown(concordance: searchlib.Concordance) -> list[str]:
    return [f"{line.article_id}.{line.field}: {line.left}[{line.match}]{line.right}" for line in concordance]


def test_every_occurrence_is_a_line_the_newest_article_first_and_in_reading_order(index):
    assert shown(index.concordance("oil")) == [
        "b.title: Palm [oil]",
        "b.body: Palm [oil] prices fell; oil, oil!",
        "b.body: Palm oil prices fell; [oil], oil!",
        "b.body: Palm oil prices fell; oil, [oil]!",
        "a.title: Crude [oil] rises",
        "a.summary: The price of crude [oil] rose.",
        "a.body: Opec met. Crude [oil] prices rose, and crude remarks fell. Nobody knew.",
        "d.body: An [oil] well.",
    ]


def test_a_phrase_is_one_occurrence_and_what_overlaps_is_one_too(index):
    assert shown(index.concordance('"crude oil" OR oil', until="2023-09-02")) == [
        "a.title: [Crude oil] rises",
        "a.summary: The price of [crude oil] rose.",
        "a.body: Opec met. [Crude oil] prices rose, and crude remarks fell. Nobody knew.",
    ]


def test_near_is_one_occurrence_from_its_first_word_to_its_last(index):
    assert shown(index.concordance("opec NEAR/3 oil")) == [
        "a.body: [Opec met. Crude oil] prices rose, and crude remarks fell. Nobody knew."
    ]


def test_patterns_and_exact_words_are_seen_in_context(index):
    assert shown(index.concordance('="prices" ris*', any=True, width=12)) == [
        "b.body: Palm oil [prices] fell; oil,",
        "a.title: Crude oil [rises]",
        "a.body: Crude oil [prices] rose, and",
    ]


def test_contexts_are_whole_words_within_their_width(index):
    assert shown(index.concordance("remarks", width=9)) == ["a.body: crude [remarks] fell."]
    assert shown(index.concordance("remarks", width=10)) == ["a.body: and crude [remarks] fell."]
    assert shown(index.concordance("remarks", width=3)) == ["a.body: [remarks]"]


def test_lines_are_sorted_by_the_words_that_follow_or_go_before(index):
    right = shown(index.concordance("oil", sort="right", width=13))
    left = [line.left for line in index.concordance("oil", sort="left", limit=4)]

    assert right == [
        "b.title: Palm [oil]",
        "b.body: fell; oil, [oil]!",
        "b.body: prices fell; [oil], oil!",
        "b.body: Palm [oil] prices fell;",
        "a.body: met. Crude [oil] prices rose,",
        "a.title: Crude [oil] rises",
        "a.summary: of crude [oil] rose.",
        "d.body: An [oil] well.",
    ]
    assert left == ["An ", "Crude ", "Opec met. Crude ", "The price of crude "]


def test_lines_by_relevance_follow_the_ranking(index):
    ranked = [hit.article.id for hit in index.search("oil")]

    assert list(dict.fromkeys(line.article_id for line in index.concordance("oil", sort="relevance"))) == ranked


def test_a_limit_leaves_the_counts_as_they_are(index):
    whole, few, none = index.concordance("oil"), index.concordance("oil", limit=2), index.concordance("oil", limit=0)

    assert (len(whole), len(few), len(none)) == (8, 2, 0)
    assert {each.occurrences for each in (whole, few, none)} == {8}
    assert {each.collocates for each in (whole, few, none)} == {whole.collocates}
    assert (whole.articles, whole.articles_read) == (3, 3)


def test_it_is_said_when_not_all_articles_are_read(index):
    found = index.concordance("oil", max_articles=1)

    assert (found.articles, found.articles_read, found.occurrences) == (3, 1, 4)
    assert [said.message for said in found.diagnostics] == [
        "1 of 3 articles were read, the newest; narrow the query or its dates, or have more read"
    ]


def test_neighbours_are_rated_against_the_whole_index(index):
    found = index.concordance("oil", context_words=1)
    crude = next(each for each in found.collocates if each.word == "crude")
    # Next to "oil" stand 14 words, three of them "crude"; the index has 43 words, four of them "crude".
    size, words = 14, 43
    cells = [
        (3, size, 4),
        (size - 3, size, words - 4),
        (1, words - size, 4),
        (words - size - 1, words - size, words - 4),
    ]

    assert (crude.count, crude.left, crude.right, crude.total) == (3, 3, 0, 4)
    assert crude.score == round(2 * sum(cell * log(cell * words / (row * column)) for cell, row, column in cells), 2)
    assert all(each.count >= 2 and each.count == each.left + each.right for each in found.collocates)
    assert [each.score for each in found.collocates] == sorted((each.score for each in found.collocates), reverse=True)


def test_neighbours_are_of_the_same_text_only(index):
    words = {each.word for each in index.concordance("rises OR price", context_words=50).collocates}

    assert "opec" not in words


def test_nothing_found_is_an_empty_concordance(index):
    found = index.concordance("zeppelin")

    assert (len(found), found.occurrences, found.articles, found.collocates) == (0, 0, 0, ())


def test_articles_found_without_a_word_of_their_text_have_no_lines(index):
    found = index.concordance("date:2023-09")

    assert (found.articles, found.occurrences) == (2, 0)


def test_lines_are_one_line_and_safe_to_print(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(Article(id="x", body="The\n\nquick \x1b[31m\u202efox\x00 jumps\tover  it."))
    (line,) = index.concordance("fox")

    assert (line.left, line.match, line.right) == ("The quick [31m", "fox", " jumps over it.")


def test_a_context_cuts_no_grapheme(make_index):
    index = make_index()
    family = "👨\u200d👩\u200d👧"
    with index.writer() as writer:
        writer.add(Article(id="x", body=f"{family}{family}北京大学{family}{family}"))
    (line,) = index.concordance("大学", width=7)

    assert (line.left, line.right) == ("北京", family)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", 0),
        ("width", 1001),
        ("sort", "title"),
        ("limit", -1),
        ("context_words", 51),
        ("collocates", -1),
        ("max_articles", 0),
        ("any", 1),
        ("strict", None),
    ],
)
def test_an_argument_out_of_range_is_a_setting_error(index, name: str, value: object):
    with pytest.raises(searchlib.SettingError, match=name):
        index.concordance("oil", **{name: value})


words = st.sampled_from(["oil", "Crude", "palm", "x" * 30, "北京", "e\u0301té", "–", "\n\n", "“", "(oil)"])


@given(body=st.lists(words, min_size=1, max_size=30).map(" ".join), width=st.integers(1, 60))
def test_a_line_is_a_piece_of_its_text(body: str, width: int):
    from searchlib.analysis import analyzer_for
    from searchlib.highlighting.contexts import ContextFinder
    from searchlib.query.nodes import Word

    english = analyzer_for("en")
    article = Article(body=f"{body} oil")
    finder = ContextFinder(Word("oil"), english, lambda _: english, words=3)
    one_line = re.sub(r"\s+", " ", article.body)

    for line in finder.lines(article):
        left, right = line.left(width), line.right(width)

        assert left + line.match() + right in one_line
        assert max(len(left), len(right)) <= width
        assert article.body[line.start : line.end] == line.match() == "oil"
        assert max(len(line.before), len(line.after)) <= 3


def test_only_what_is_chosen_is_seen_in_context(make_index):
    world = Article(id="w", body="An oil well.", section="World")
    index = make_index(world, Article(id="s", body="Palm oil.", section="Sport"), Article(id="n", body="Oil."))

    assert [line.article_id for line in index.concordance("oil", chosen={"section": ["World"]})] == ["w"]
    assert [line.article_id for line in index.concordance("oil", chosen={"section": ["World", ""]})] == ["n", "w"]


def test_contexts_that_take_too_long_are_given_up(index):
    assert len(index.concordance("oil", timeout_s=60)) == 8

    with pytest.raises(searchlib.SearchTimeoutError):
        index.concordance("oil", timeout_s=0)
    with pytest.raises(searchlib.SettingError, match="timeout_s"):
        index.concordance("oil", timeout_s=-1)


def test_words_around_are_found_where_no_white_space_is_near(make_index):
    index = make_index(language="zh")
    with index.writer() as writer:
        writer.add(Article(id="a", title="t", body="港口今日恢复运营船长表示满意" * 60))
        # Words that stand nowhere else are no more frequent here than elsewhere.
        writer.add(Article(id="b", title="t", body="别的文章说别的事情" * 60))
    found = index.concordance("船长", context_words=2, limit=3)

    assert found.occurrences == 60
    assert {each.word: (each.left, each.right) for each in found.collocates} == {
        "复运": (60, 0),
        "运营": (60, 0),
        "表示": (0, 60),
        "示满": (0, 60),
    }


def test_the_work_for_a_long_text_without_white_space_grows_with_the_text(make_index):
    index = make_index(language="zh")
    with index.writer() as writer:
        for number, times in enumerate((200, 800)):
            writer.add(Article(id=str(number), title="t", body="港口今日恢复运营船长表示满意" * times))
    few, many = (
        lines_run(lambda each=each: index.concordance(f"船长 AND id:{each}", collocates=0, limit=1)) for each in (0, 1)
    )

    assert many < 6 * few
