"""Scores are those of the formula."""

from __future__ import annotations

from math import log

import pytest

from searchlib.searching.ranking import bm25, inverse_document_frequency


def test_scores_are_those_of_the_formula():
    idf = inverse_document_frequency(10, 3)

    assert idf == pytest.approx(log(1 + 7.5 / 3.5))
    # k1 = 2, an article of mean length: norm = 2.
    assert bm25(2.0, 2.0, idf=idf, k1=2) == pytest.approx(idf * 2 * 3 / 4)
    assert inverse_document_frequency(10, 10) > 0
