"""What the kernels are told of a clause is what its type says."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from searchlib.kernels import searching as kernels
from searchlib.searching.clauses import KINDS, AskedTerm, Clause, Locator

_FIELDS = kernels.CLAUSE_FIELDS | kernels.LOCATOR_FIELDS | kernels.TERM_FIELDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_clause_holds_what_the_kernels_read_of_its_kind(kind: Any):
    assert _FIELDS[KINDS[kind]] == kind._fields


def test_every_kind_that_the_kernels_know_has_one_type():
    assert sorted(KINDS.values()) == sorted(_FIELDS)


def test_every_clause_locator_and_term_but_a_text_has_a_kind():
    assert {*get_args(Clause), *get_args(Locator), *get_args(AskedTerm)} == {*KINDS, str}
