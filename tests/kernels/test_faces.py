"""What is wrong of a kernel's arguments is an error, and never a look into memory."""

from __future__ import annotations

import pytest
from kernels.segments import K1, LENGTHS, REGION_WEIGHTS

from searchlib.kernels.searching import Query, Ranking, Segments
from searchlib.kernels.storage import PostingCursor, TermCursor
from searchlib.searching.clauses import KINDS


@pytest.mark.parametrize("kind", [Query, PostingCursor, TermCursor])
def test_what_only_kernels_can_make_says_so(kind):
    with pytest.raises(TypeError, match="is made by"):
        kind()


def test_a_kind_of_clause_is_a_tuple():
    ranking = Ranking(K1, 0.75, 10.0, LENGTHS, REGION_WEIGHTS)

    with pytest.raises(TypeError, match="a clause is a tuple"):
        Segments([], [], [], ranking=ranking, texts="text", kinds=KINDS | {int: 0})
