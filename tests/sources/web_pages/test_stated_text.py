from __future__ import annotations

import pytest

from searchlib.sources.web_pages.stated_text import plain_stated_text

ONE = "The ferry between Norhaven and the outer islands sailed again on Tuesday, nine months after it stopped."
TWO = "The first boat left at dawn with 214 passengers, a dozen sheep and the islands' mail."


@pytest.mark.parametrize(
    "value",
    [
        f"{ONE}\n\n{TWO}",
        f"{ONE}\n{TWO}",
        f"{ONE}\r\n\r\n{TWO}",
        f"<p>{ONE}</p><p>{TWO}</p>",
        f"&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;",
        f"&amp;lt;p&amp;gt;{ONE}&amp;lt;/p&amp;gt;".replace("&amp;", "&") + f"<p>{TWO}</p>",
    ],
)
def test_paragraphs_are_found_however_they_are_set(value: str) -> None:
    assert plain_stated_text(value) == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize("between", ["\n\n", " ", ""])
def test_a_text_that_stands_there_twice_is_read_once(between: str) -> None:
    text = f"{ONE} {TWO}"

    assert plain_stated_text(text + between + text) == text


def test_a_text_that_comes_back_to_its_beginning_stays_whole() -> None:
    text = f"{ONE} {TWO}\n\n{ONE} Nobody had expected it, and on the islands there was dancing until midnight."

    assert plain_stated_text(text) == text


def test_signs_that_are_no_markup_stay() -> None:
    assert plain_stated_text("Fares of 3 < 5 and a > b were discussed.") == "Fares of 3 < 5 and a > b were discussed."


def test_an_empty_value_has_no_text() -> None:
    assert plain_stated_text(" \n ") == ""
