"""What an index says of its answers, on every codec: why a hit has its score, what a query means, why it does not find."""

from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import articles as random_articles
from strategies import batches, close_articles, close_trees, trees

from searchlib import Article, QueryError, SearchTimeoutError, SettingError
from searchlib.codec import CODECS
from searchlib.engines.embedded import Index, create
from searchlib.query import Or, Phrase, Word

ARTICLES = (
    Article(
        id="visit",
        title="Kim visits Vladivostok",
        summary="An armoured train",
        body="Kim Jong Un travelled by train. The train was green.\n\nPutin waited in Vladivostok.",
        section="World",
        authors=["Jane Doe"],
        published="2023-09-11",
    ),
    Article(id="tests", title="Missile tests", body="Two missiles, one missile test.", published="2023-09"),
    Article(id="undated", title="Fishing quotas", body="Herring, and the train to Bergen."),
)

_SLOW = examples(30)


@pytest.fixture
def index(make_index) -> Index:
    return make_index(*ARTICLES)


def _filled(folder: str, codec: str, language: str, commits: list[list[Article]]) -> Index:
    index = create(Path(folder) / "i", codec=codec, language=language)
    for batch in commits:
        with index.writer() as writer:
            writer.add_all(batch)
    return index


# --- why this?


@_SLOW
@given(
    commits=batches,
    tree=trees,
    codec=st.sampled_from(sorted(CODECS)),
    language=st.sampled_from(["en", "auto"]),
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
)
def test_the_parts_of_an_explanation_add_up_to_the_score_exactly(commits, tree, codec, language, sort):
    with TemporaryDirectory() as folder, _filled(folder, codec, language, commits) as index:
        hits = index.search(tree, limit=50, sort=sort).hits
        with index.scan(tree) as scan:
            hits += tuple(scan)
        _check(hits)


@_SLOW
@given(
    articles=st.lists(close_articles, min_size=1, max_size=4, unique_by=lambda article: article.id),
    tree=close_trees,
    codec=st.sampled_from(sorted(CODECS)),
)
def test_parts_that_stand_near_one_another_add_up_too(articles, tree, codec):
    with TemporaryDirectory() as folder, _filled(folder, codec, "en", [articles]) as index:
        _check(index.search(tree, limit=50).hits)


def _check(hits) -> None:
    k1, b = 1.9, 0.75
    for hit in hits:
        explained = hit.explanation
        assert explained.score == hit.score
        assert sum(Fraction(part.contribution) for part in explained.parts) == Fraction(hit.score)
        greatest = max(explained.parts, key=lambda part: part.contribution, default=None)
        for part in explained.parts:
            norm = k1 * (1 - b + b * explained.length / explained.mean_length)
            formula = part.boost * part.idf * part.weighted * (k1 + 1) / (part.weighted + norm)
            # What the kernels round is of the greatest part.
            assert part.contribution == pytest.approx(formula, abs=1e-6 * hit.score if part is greatest else 1e-9)
            assert part.weighted == 3 * part.title + 2 * part.summary + part.body
            assert part.idf == pytest.approx(sum(word.idf for word in part.words))


def test_a_part_says_how_often_it_occurs_and_how_rare_it_is(index):
    explained = index.search("train vladivostok -herring section:world", snippets=False)[0].explanation

    train, town = explained.parts
    assert (train.text, train.title, train.summary, train.body, train.freq, train.weighted) == ("train", 0, 1, 2, 3, 4)
    assert [(word.text, word.doc_freq) for word in train.words] == [("train", 2)]
    assert (town.title, town.body, town.words[0].doc_freq) == (1, 1, 1)
    assert explained.article_count == 3


def test_a_pattern_says_as_what_it_was_found_and_an_or_only_what_is_there(index):
    explained = index.search("missil* OR putin", snippets=False)[0].explanation

    best = index.search("missil*", snippets=False)[0].explanation.parts[0]
    assert [part.text for part in explained.parts] in (["missil*"], ["putin"])
    # Its terms are spellings of one word; the best of them counts.
    assert (best.text, best.found, best.freq) == ("missil*", ("Missile", "missiles", "missile"), 3)


def test_weights_and_stop_words_are_boosts(index):
    explained = index.search("train^3 the (kim OR putin)^2", snippets=False)[0].explanation

    assert [(part.text, part.boost) for part in explained.parts] == [
        ("train", 3.0),
        ("the", 0.2),
        ("kim", 2.0),
        ("putin", 2.0),
    ]


def test_an_explanation_can_be_looked_at_when_the_index_is_closed_and_the_commit_is_gone(index):
    hits = index.search("tr?in* OR author:jan*", snippets=False).hits
    expected = [hit.explanation for hit in index.search("tr?in* OR author:jan*", snippets=False)]
    for number in range(3):
        with index.writer() as writer:
            writer.add(Article(id=f"new{number}", body="train train"))
    index.merge()
    index.close()

    assert [hit.explanation for hit in hits] == expected


def test_a_hit_that_had_no_time_for_a_score_is_explained_by_what_its_parts_add_up_to(index):
    hit = index.search("kim train")[0]
    # The kernels' hits are explained by their match, of which the score is the first; the others by the score alone.
    explain, *arguments, last = hit._explanation
    explanation = explain(*arguments, (0.0, *last[1:]) if isinstance(last, tuple) else 0.0)

    assert explanation.score == pytest.approx(hit.score, rel=1e-6)
    assert sum(part.contribution for part in explanation.parts) == explanation.score


def test_an_explanation_is_no_part_of_what_a_hit_is(index):
    one, other = (index.search("train", snippets=False)[0] for _ in range(2))

    assert one.explanation is one.explanation
    assert one == other
    assert pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(one)).explanation is None


def test_what_does_not_rank_has_no_parts(index):
    assert index.search("section:world", snippets=False)[0].explanation.parts == ()


# --- what does it mean?


@_SLOW
@given(commits=batches, tree=trees | close_trees, codec=st.sampled_from(sorted(CODECS)))
def test_every_query_can_be_explained_and_its_total_is_the_search_s(commits, tree, codec):
    with TemporaryDirectory() as folder, _filled(folder, codec, "en", commits) as index:
        explained = index.explain(tree)

        assert explained.total == index.search(tree, limit=0).total
        assert explained.text == index.search(tree, limit=0).query


def test_an_explanation_has_a_sentence_and_a_tree_with_totals(index):
    explained = index.explain("train (kim OR herring) missil*", since="2023-09-01", until="2023-09-30")

    assert explained.sentence == (
        "articles with “train”, (any of “kim” or “herring”) and a word like “missil*”, "
        "published in September 2023; 1 word was expanded to 2"
    )
    rows = [(part.kind, part.text, part.total) for part in explained.tree.parts]
    assert rows == [
        ("word", "train", 2),
        ("any of", "kim OR herring", 2),
        ("pattern", "missil*", 1),
        ("dates", "date:2023-09", 2),
    ]
    assert [(part.text, part.total) for part in explained.tree.parts[1].parts] == [("kim", 1), ("herring", 1)]
    assert [(each.text, each.words, each.matched) for each in explained.expansions] == [("missil*", 2, 2)]
    assert set(explained.expansions[0].examples) == {"missile", "missiles"}
    assert explained.total == 0


def test_what_stands_near_what_is_counted_by_itself_too(index):
    near = index.explain("kim w/2 train").tree

    assert (near.kind, near.total, [(side.text, side.total) for side in near.parts]) == (
        "near",
        0,
        [("kim", 1), ("train", 2)],
    )


def test_a_part_without_a_word_has_no_total_and_is_said(index):
    explained = index.explain("train OR !")

    assert [part.total for part in (explained.tree.parts or [explained.tree])] in ([2, None], [2])
    assert explained.diagnostics


def test_a_text_is_explained_as_a_question_and_strict_raises(index):
    assert index.explain("Who is Kim?", plain=True).total == 1
    with pytest.raises(QueryError):
        index.explain('"kim', strict=True)
    with pytest.raises(SettingError):
        index.explain("kim", any="yes")


# --- why not?


@_SLOW
@given(
    articles=st.lists(random_articles, min_size=2, max_size=6, unique_by=lambda article: article.id),
    tree=trees,
    codec=st.sampled_from(sorted(CODECS)),
    language=st.sampled_from(["en", "auto"]),
)
def test_a_suggested_relaxation_always_finds_the_article(articles, tree, codec, language):
    with TemporaryDirectory() as folder, _filled(folder, codec, language, [articles]) as index:
        _check_relaxations(index, tree)


@_SLOW
@given(
    articles=st.lists(close_articles, min_size=2, max_size=4, unique_by=lambda article: article.id),
    tree=close_trees,
    codec=st.sampled_from(sorted(CODECS)),
)
def test_a_suggested_relaxation_of_what_stands_near_what_finds_it_too(articles, tree, codec):
    with TemporaryDirectory() as folder, _filled(folder, codec, "en", [articles]) as index:
        _check_relaxations(index, tree)


def _check_relaxations(index: Index, tree) -> None:
    page = index.search(tree, limit=100, snippets=False)
    ids = [hit.article.id for hit in page]
    for article in list(index.articles())[:3]:
        found = index.why_not(article.id, tree)
        assert (found.found, found.total) == (article.id in ids, page.total)
        assert found.rank == (ids.index(article.id) + 1 if article.id in ids else None)
        assert bool(found.excluding) != found.found
        assert not (found.found and found.relaxations)
        for each in found.relaxations:
            relaxed = index.search(each.query, limit=100, snippets=False)
            assert article.id in {hit.article.id for hit in relaxed}
            assert relaxed.total == each.total
            assert each.change


@pytest.mark.parametrize(
    ("query", "reason", "instead", "relaxed"),
    [
        ("kim vladivostock", "it does not have “vladivostock”", "nearest: “vladivostok”", "kim vladivostok"),
        ("kim zeppelin", "it does not have “zeppelin”", "", "kim"),
        ("kim title:train", "it does not have “train” in the title", "“train” is elsewhere in the text", "kim train"),
        (
            "kim date:2023-08",
            "it was not published then",
            "published 11 September 2023",
            "kim date:2023-08-01..2023-09-11",
        ),
        ("kim -putin", "it has what is excluded", "“Putin”", "kim"),
        ("kim -(putin OR cod)", "it has what is excluded", "“Putin”", "kim -cod"),
        ("kim author:roe", "“roe” is not its author", "author: Jane Doe", "kim"),
        ('kim author:="J. Doe"', "“J. Doe” is not a value of its author", "author: Jane Doe", 'kim author:="Jane Doe"'),
        ("kim place:oslo", "“oslo” is not its place", "no place", "kim"),
        (
            '"kim vladivostok"',
            "the words do not stand side by side",
            "with 1 other word among them",
            '"kim vladivostok"~1',
        ),
        (
            'kim "vladivostok kim"',
            "the words do not stand in this order within one text",
            "",
            "kim (vladivostok NEAR/2 kim)",
        ),
        ('="visit" kim', "it does not have exactly “visit”", "another form of the word", "visit kim"),
        ("kim w/2 putin", "the two do not stand so near", "10 words apart", "kim NEAR/10 putin"),
        ("putin pre/50 kim", "the two do not stand so near", "10 words apart, in the other order", "putin NEAR/50 kim"),
        ("kim w/s putin", "the two do not stand in one sentence", "10 words apart", "kim NEAR/10 putin"),
        ("atleast5(train)", "it occurs less than 5 times", "3 times", "atleast3(train)"),
        ("kim length:>500", "its length is another", "20 words", "kim length:>=20"),
        ("kim has:url", "it has no url", "", "kim"),
        ("kim zep*", "no word matches “zep*”", "", "kim"),
        ("kim vladivostxx~1", "it does not have “vladivostxx”", "nearest: “vladivostok”", "kim vladivostxx~2"),
        ("train NOT w/9 (kim OR green OR armoured)", "what it must not stand near is always near it", "", "train"),
        ('"green (car OR bus)"', "it does not have car OR bus", "", None),
        ("zeppelin OR herring", "it meets none of these", "", None),
        ("kim updated:2023", "it does not say when it was updated", "no date", "kim"),
        ('kim date:"foo 2020"', "nothing matches this", "", "kim"),
    ],
)
def test_what_keeps_an_article_out_and_what_it_has_instead(index, query, reason, instead, relaxed):
    found = index.why_not("visit", query)

    if reason is not None:
        assert [(part.reason, part.instead) for part in found.excluding] == [(reason, instead)]
    if relaxed is not None:
        assert relaxed in [each.query for each in found.relaxations]


def test_parts_that_keep_it_out_are_relaxed_together(index):
    found = index.why_not("visit", "kim zeppelin date:2023-08")

    assert [part.text for part in found.excluding] == ["zeppelin", "date:2023-08"]
    assert [(each.query, each.change, each.total) for each in found.relaxations][:1] == [
        (
            "kim date:2023-08-01..2023-09-11",
            "without zeppelin; dates until its own, 11 September 2023",
            1,
        )
    ]


def test_dates_that_are_arguments_keep_articles_out_too(index):
    found = index.why_not("undated", "herring", since="2023-09")

    assert [(part.text, part.instead) for part in found.excluding] == [("date:2023-09-01..", "no date")]
    assert [(each.query, each.total) for each in found.relaxations] == [("herring", 1)]


def test_an_article_that_is_found_has_its_rank(index):
    found = index.why_not("undated", "train")

    assert (found.found, found.rank, found.total, found.excluding) == (True, 2, 2, ())


def test_any_of_the_words_is_tried(index):
    assert "herring OR putin" in [each.query for each in index.why_not("visit", "herring putin").relaxations]


def test_an_article_that_is_not_there_is_an_error_that_names_it(index):
    with pytest.raises(QueryError, match="no article with the id 'nobody'"):
        index.why_not("nobody", "kim")


def test_queries_of_hundreds_of_words_are_relaxed_without_looking_up_each(index):
    words = " ".join(f"word{number}" for number in range(400))

    assert index.why_not("visit", f"kim {words}").relaxations[-1].query in (
        f"kim OR {' OR '.join(words.split())}",
        "kim",
    )


def test_a_tree_of_one_node_object_twice_is_explained(index):
    word = Word("train")

    explained = index.search(Or((word, Phrase("armoured train"), word)), snippets=False)[0].explanation

    assert [part.text for part in explained.parts] == ["train", '"armoured train"', "train"]


def test_explanations_that_take_too_long_are_given_up(index):
    assert index.explain("train", timeout_s=60).total == 2
    assert index.why_not("tests", "train", timeout_s=60).total == 2

    with pytest.raises(SearchTimeoutError):
        index.explain("train", timeout_s=0)
    with pytest.raises(SearchTimeoutError):
        index.why_not("tests", "train", timeout_s=0)
