"""What the kernels are told of a clause is what its type says."""

from __future__ import annotations

from typing import Any

import pytest

from searchlib.kernels import searching as kernels
from searchlib.searching import clauses

_CLAUSES = {
    clauses.Term: kernels.CLAUSE_TERM,
    clauses.Positional: kernels.CLAUSE_POSITIONAL,
    clauses.All: kernels.CLAUSE_ALL,
    clauses.AnyOf: kernels.CLAUSE_ANY_OF,
    clauses.BestOf: kernels.CLAUSE_BEST_OF,
    clauses.Except: kernels.CLAUSE_EXCEPT,
    clauses.Within: kernels.CLAUSE_WITHIN,
}
_LOCATORS = {clauses.PhraseLocator: kernels.LOCATOR_PHRASE, clauses.NearLocator: kernels.LOCATOR_NEAR}


@pytest.mark.parametrize("kind", _CLAUSES)
def test_a_clause_holds_what_the_kernels_read_of_its_kind(kind: Any):
    assert kind.kind == _CLAUSES[kind]
    assert kernels.CLAUSE_FIELDS[kind.kind] == kind._fields


@pytest.mark.parametrize("kind", _LOCATORS)
def test_a_locator_holds_what_the_kernels_read_of_its_kind(kind: Any):
    assert kind.kind == _LOCATORS[kind]
    assert kernels.LOCATOR_FIELDS[kind.kind] == kind._fields


def test_every_kind_that_the_kernels_know_has_one_type():
    assert sorted(kind.kind for kind in _CLAUSES) == sorted(kernels.CLAUSE_FIELDS)
    assert sorted(kind.kind for kind in _LOCATORS) == sorted(kernels.LOCATOR_FIELDS)
