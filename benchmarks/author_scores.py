"""How well the authors of HTML pages are found: precision, recall and F1 of persons.

``html_authors.json`` beside this file has the persons that each page of ``articles/html`` prints as its authors. It was
made by hand: a person read each page's head, its byline, its meta tags and JSON-LD and the end of its text, and wrote
down whom the page tells its readers to be the author. So a house ("CNN Staff"), an agency, a role and a login name
("jdadmin", "gto") are none, and a page that prints nobody has an empty list, whatever its data say. Who reported for a
sign-off ("Reporting by …" at the end) is an author where no byline stands at the head; who contributed or edited is none.

Names are compared without case, accents, punctuation and what stands behind a comma ("Jane Doe, MD"). Rules were made
while looking at the first half of the pages, by the first digit of their hash: 0 to 7. The second half is held out.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

TRUTH: Final = Path(__file__).with_name("html_authors.json")
DEVELOPMENT_DIGITS: Final = frozenset("01234567")


class AuthorScores(NamedTuple):
    """Of all persons of all pages together."""

    f1: float
    precision: float
    recall: float
    pages_right: float


def wanted_authors() -> dict[str, list[str]]:
    """Name of each page → the persons that it prints as its authors."""
    truth: dict[str, list[str]] = json.loads(TRUTH.read_text("utf-8"))
    return truth


def author_scores(found: Mapping[str, Iterable[str]], wanted: Mapping[str, Iterable[str]]) -> AuthorScores:
    """How many of the persons that were found are wanted, and how many of the wanted ones were found.

    Args:
        found: Name of a page → the authors that were read; a page that is left out has none.
        wanted: Name of a page → the persons that it prints. Only these pages count.
    """
    right = surplus = missed = pages_right = 0
    for page, persons in wanted.items():
        ours, true = ({key for name in names if (key := _key(name))} for names in (found.get(page, ()), persons))
        right += len(ours & true)
        surplus += len(ours - true)
        missed += len(true - ours)
        pages_right += ours == true
    precision, recall = right / ((right + surplus) or 1), right / ((right + missed) or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return AuthorScores(f1, precision, recall, pages_right / (len(wanted) or 1))


def halves(wanted: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Iterable[str]]]:
    """The pages that rules were made with, those that were held out, and both."""
    development = {page: names for page, names in wanted.items() if page[0] in DEVELOPMENT_DIGITS}
    held_out = {page: names for page, names in wanted.items() if page not in development}
    return {"development": development, "held out": held_out, "all": dict(wanted)}


def _key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.partition(",")[0]).casefold()
    return "".join(char for char in letters if char.isalnum())
