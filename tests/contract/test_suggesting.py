"""What any engine promises of completions and of other spellings of a query."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from searchlib.article import Article
from searchlib.errors import SettingError, UpgradeNeededError
from searchlib.query import Not, Word
from searchlib.suggestions import Completion, Correction, Suggestion

TEXTS = {
    "kim": "Kim Jong Un visits Vladivostok",
    "jong": "Kim Jong Un and the armoured train to Vladivostok",
    "joins": "Kim joins the talks in North Korea",
    "korea": "Talks with North Korea at the airport",
    "airport": "The airport of Vladivostok",
    "visit": "A visit to the airport",
}


@pytest.fixture
def index(make_index):
    made = make_index(*(Article(id=name, body=text, published="2023-09-11") for name, text in TEXTS.items()))
    try:
        made.complete("kim")
    except UpgradeNeededError:
        pytest.skip("segments of this codec do not know words as printed")
    return made


def test_a_beginning_is_completed_by_the_words_in_most_articles(index):
    assert index.complete("V") == (Completion("vladivostok", 3), Completion("visit", 1), Completion("visits", 1))
    assert index.complete("vladiv") == (Completion("vladivostok", 3),)
    assert index.complete("visits") == (Completion("visits", 1),)


def test_a_limit_leaves_the_most_frequent(index):
    assert index.complete("v", limit=1) == (Completion("vladivostok", 3),)


def test_a_beginning_behind_a_word_is_completed_by_what_stands_behind_it(index):
    assert index.complete("kim jo") == (Completion("kim jong", 2), Completion("kim joins", 1))
    assert index.complete("kim jong u") == (Completion("kim jong un", 2),)
    assert index.complete("talks k") == ()


@pytest.mark.parametrize("text", ["", " ", "kim ", "kim jong ", "q", "qqq jo", "!", "kim !", "\ud800", "a" * 5000])
def test_what_nothing_begins_like_is_completed_by_nothing(index, text: str):
    assert index.complete(text) == ()


def test_case_and_accents_make_no_difference_to_a_beginning(index):
    assert index.complete("VLÁDI") == index.complete("vladi")


def test_a_commit_shows_in_completions(index):
    with index.writer() as writer:
        writer.add(Article(id="new", body="Vladimir"))

    assert [each.text for each in index.complete("vladi")] == ["vladivostok", "vladimir"]


def test_completing_keeps_no_snapshot_that_is_over(index):
    index.complete("v")
    with index._lent() as (snapshot, _):
        over = ref(snapshot)
    del snapshot, _
    with index.writer() as writer:
        writer.add(Article(id="new", body="Vladimir"))
    gc.collect()

    assert over() is None


@pytest.mark.parametrize("arguments", [{"text": None}, {"limit": 0}, {"limit": 101}, {"limit": "ten"}])
def test_arguments_of_a_completion_are_checked(index, arguments):
    with pytest.raises(SettingError):
        index.complete(**{"text": "kim", **arguments})


def test_a_word_that_the_index_does_not_know_is_corrected(index):
    assert index.suggest("Vladivostock") == Suggestion(
        "vladivostok", 3, (Correction("Vladivostock", "vladivostok", 3),)
    )


@pytest.mark.parametrize(
    ("query", "suggested", "total"),
    [
        ("armored train", "armoured train", 1),
        ("kim vladivsotok", "kim vladivostok", 2),
        ('"armuored train"', '"armoured train"', 1),
        ("kim NEAR/5 vladivostock", "kim NEAR/5 vladivostok", 1),
        ("vladivostock OR train", "vladivostok OR train", 3),
        ("body:vladivostock^2", "body:vladivostok^2", 3),
        ("northkorea", '"north korea"', 2),
        ("air port", "airport", 3),
        ('"air port" talks', '"airport" talks', 1),
        ("kim -vladivostock arport", None, None),
        ("korae -vladivostock", "korea -vladivostock", 2),
    ],
)
def test_other_spellings_are_suggested_in_the_query_language(index, query: str, suggested: str | None, total: int):
    found = index.suggest(query)

    assert (found and found.query, found and found.total) == (suggested, total)
    assert suggested is None or index.search(suggested).total == total


@pytest.mark.parametrize(
    "query",
    ["", "*", "kim", "kim vladivostok", "visiting", "qwertyuiop", "author:kmi", "20233", "date:2023-09", "ki", "!"],
)
def test_nothing_is_suggested_for_what_is_known_or_like_nothing(index, query: str):
    assert index.suggest(query) is None


def test_a_suggestion_that_finds_no_more_is_none(index):
    assert index.suggest("vladivostock date:2022") is None
    assert index.suggest("vladivostock", until="2022") is None


def test_dates_given_as_arguments_count_and_are_no_part_of_the_query(index):
    found = index.suggest("vladivostock", since="2023-09")

    assert (found.query, found.total) == ("vladivostok", 3)


def test_with_any_one_word_is_enough(index):
    found = index.suggest("vladivostock zzzzzz", any=True)

    assert (found.query, found.total) == ("vladivostok OR zzzzzz", 3)


def test_a_tree_is_corrected_too(index):
    assert index.suggest(Word("vladivostock")).query == "vladivostok"
    assert index.suggest(Not(Word("vladivostock"))) is None


def test_a_suggestion_is_never_applied_unasked(index):
    page = index.search("vladivostock")

    assert (page.total, page.query) == (0, "vladivostock")
