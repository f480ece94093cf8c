"""Facets of native segments: the same whether the values are in memory or are read for each article."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.counted import FacetValue, FacetValues
from searchlib.engines.embedded import create
from searchlib.errors import SearchTimeoutError
from searchlib.schema import column_value
from searchlib.searching import Deadline, field_values
from searchlib.searching.counts import FacetAsked, facet_of
from searchlib.searching.field_values import FieldCounter
from tests.profiles import examples

SPELLINGS = ["Rail", "rail", "RAIL", "oil", "Oil", "Öl", "ol", "U.S.", "US", "!", "?", "Asia-Pacific", "Asia Pacific"]
values = st.lists(st.sampled_from([*SPELLINGS, *(f"value {n}" for n in range(20))]), max_size=6)
#: So many articles of own values that a column has no ordinals.
own_values = st.integers(0, 10**9).map(lambda n: [f"own {n}", "Rail"])


def searched(index):
    """The segments of an index, and of each the bitmap of the articles with the word "kim"."""
    with index._lent() as (_, searcher):
        kernels = searcher._kernels
        tree, _ = index._read("kim", either=False, since=None, until=None, now=None, strict=False)
        answer, _ = searcher._answer(tree, Deadline(None))
        bitmaps = [None] * len(kernels.segments)
        for part in answer._parts:
            bitmaps[part.segment.number] = part.found
        return kernels.segments, bitmaps


def index_of(directory, *segments):
    """An index with a segment for each list of (tags, whether the article is found)."""
    index = create(directory)
    number = 0
    for articles in segments:
        with index.writer() as writer:
            for tags, found in articles:
                number += 1
                writer.add(Article(id=str(number), body="kim" if found else "putin", tags=tags))
    return index


@examples(40)
@given(
    segments=st.lists(
        st.lists(st.tuples(st.one_of(values, own_values), st.booleans()), min_size=1, max_size=30), max_size=3
    ),
    limit=st.one_of(st.none(), st.integers(0, 5)),
    beginning=st.sampled_from(["", "r", "O", "u.s", "value 1", "asia ", "x"]),
)
def test_a_facet_counts_what_the_articles_found_have(tmp_path_factory, segments, limit, beginning):
    asked = FacetAsked(limit, beginning)
    raw = Counter(column_value(tags) for articles in segments for tags, found in articles if found)
    with index_of(tmp_path_factory.mktemp("facets") / "index", *segments) as index:
        found, bitmaps = searched(index)
        facets = []
        for cost in (0, 10**9):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(field_values, "_COST_OF_ONE", cost)
                facets.append(FieldCounter(found, "tag").facet(bitmaps, asked, lambda: None))

    assert facets[0] == facets[1] == facet_of("tag", raw, asked)


def test_values_are_read_when_searches_have_read_as_much_one_by_one(tmp_path):
    with index_of(tmp_path / "index", [([f"own {n}"], n % 40 == 0) for n in range(400)]) as index:
        counter = FieldCounter(*searched(index)[:1], "tag")
        _, bitmaps = searched(index)
        memory = [counter.memory]
        for _ in range(4):
            counter.facet(bitmaps, FacetAsked(), lambda: None)
            memory.append(counter.memory)

    assert memory[:4] == [0, 0, 0, 0]
    assert 400 * 8 < memory[4] < 400 * 150


def test_a_search_goes_on_reading_where_another_had_no_time_left(tmp_path, monkeypatch):
    monkeypatch.setattr(field_values, "_CONTENTS_AT_A_TIME", 10)
    with index_of(tmp_path / "index", [([f"own {n}"], True) for n in range(100)]) as index:
        segments, bitmaps = searched(index)
        counter = FieldCounter(segments, "tag")
        calls = []

        def give_up():
            calls.append(1)
            if len(calls) == 8:
                raise SearchTimeoutError(1)

        with pytest.raises(SearchTimeoutError):
            counter.facet(bitmaps, FacetAsked(), give_up)
        calls_to_end = []
        facet = counter.facet(bitmaps, FacetAsked(3), lambda: calls_to_end.append(1))

    assert [each.count for each in facet] == [1, 1, 1]
    assert len(calls_to_end) < 8


def test_many_values_are_put_in_order_only_as_far_as_they_are_asked_for():
    wanted = []

    def first(count):
        wanted.append(count)
        return tuple(FacetValue(f"{n:04}", 1) for n in range(count))

    values = FacetValues(1000, first)

    assert (len(values), values[0].value, [each.value for each in values[:2]], wanted) == (
        1000, "0000", ["0000", "0001"], [64],
    )  # fmt: skip
    assert (values[-1].value, values[999], wanted) == ("0999", FacetValue("0999", 1), [64, 1000])
    assert values == first(1000)
    assert first(1000) == values
    assert list(islice(values, 2)) == list(values[:2])
    with pytest.raises(IndexError):
        values[1000]
