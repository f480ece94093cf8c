"""The scores of authors, by examples worked out by hand, and the file of those that pages print."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def scores(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(project_root / "benchmarks"))
    return importlib.import_module("author_scores")


def test_persons_of_all_pages_are_counted_together(scores: ModuleType) -> None:
    wanted = {"a": ["Jane Doe", "John Roe"], "b": [], "c": ["Ann Poe"]}
    found = {"a": ["JANE DOE"], "b": ["Admin"], "c": ["Ann Poé, MD"]}

    got = scores.author_scores(found, wanted)

    assert (got.precision, got.recall, got.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert got.pages_right == pytest.approx(1 / 3)


def test_a_page_that_was_not_read_has_no_authors(scores: ModuleType) -> None:
    assert scores.author_scores({}, {"a": ["Jane Doe"]}).f1 == 0
    assert scores.author_scores({"other": ["Jane Doe"]}, {"a": []}).pages_right == 1


def test_every_page_is_in_one_half(scores: ModuleType) -> None:
    wanted = scores.wanted_authors()
    halves = scores.halves(wanted)

    assert len(wanted) == 181
    assert sorted([*halves["development"], *halves["held out"]]) == sorted(wanted)
