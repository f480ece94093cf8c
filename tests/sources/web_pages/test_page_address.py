from __future__ import annotations

import pytest

from searchlib.sources.web_pages.page_address import http_address, page_address

FETCHED = "https://courier.example/islands/2024/ferry-sails-again?ref=feed"
ARTICLE = "https://courier.example/islands/2024/ferry-sails-again"


@pytest.mark.parametrize(
    "canonical",
    [
        "https://courier.example/",
        "https://courier.example",
        "https://courier.example/index.html",
        "https://courier.example/en/",
        "https://courier.example/?lang=en",
        "https://courier.example/islands/",
        "https://courier.example/islands/2024/storm-on-its-way",
    ],
)
def test_a_canonical_address_that_is_another_pages_is_not_believed(canonical: str) -> None:
    assert page_address([canonical], FETCHED) == FETCHED


def test_three_pages_whose_canonical_address_is_the_home_page_keep_their_own() -> None:
    fetched = [f"https://courier.example/{number}" for number in (1001, 1002, 1003)]

    assert [page_address(["https://courier.example/"], url) for url in fetched] == fetched


def test_a_front_page_is_no_address_where_nothing_else_is_known() -> None:
    assert page_address(["https://courier.example/"], "") == ""


@pytest.mark.parametrize(
    "canonical",
    [
        ARTICLE,
        "http://www.courier.example/islands/2024/ferry-sails-again/",
        "https://courier.example/islands/ferry-sails-again-1234567",
        "https://herald.example/news/ferry-sails-again.html",
        "https://courier.example/islands/2024/ferry-sails-again/amp/",
    ],
)
def test_a_canonical_address_that_can_be_the_articles_is_believed(canonical: str) -> None:
    assert page_address([canonical], FETCHED) == canonical


def test_an_address_unlike_the_fetched_one_is_believed_where_the_page_says_it_twice() -> None:
    assert page_address(["", ARTICLE, ARTICLE + "/"], "https://short.example/x7Qz") == ARTICLE
    assert page_address([ARTICLE], "https://short.example/x7Qz") == "https://short.example/x7Qz"


def test_a_number_in_the_query_names_the_article() -> None:
    fetched = "https://courier.example/story.php?id=4711"

    assert page_address(["https://courier.example/story.php"], fetched) == fetched
    assert page_address(["https://courier.example/story.php?id=4711"], fetched + "&utm=1") == fetched


def test_of_two_that_disagree_the_one_that_is_no_front_page_counts() -> None:
    assert page_address(["https://courier.example/", ARTICLE], "") == ARTICLE


@pytest.mark.parametrize("value", ["", "ferry", "//courier.example/x", "ftp://courier.example/x", "http://[", None, 7])
def test_what_is_no_address_of_the_web_is_none(value: object) -> None:
    assert http_address(value) == ""
