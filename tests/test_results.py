"""Pages and hits as values: sequences of hits, mappings for JSON, and copies."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from searchlib.article import Article
from searchlib.counted import Comparison, Facet, FacetValue, FacetValues
from searchlib.passages import CharacterRange, Passage, Snippet
from searchlib.results import Hit, Page
from searchlib.similar import SimilarArticle, SimilarArticles

ARTICLE = Article(id="a", title="Fog", body="Fog at the harbour.")
SNIPPET = Snippet(Passage("title", "Fog", 0, (CharacterRange(0, 3),)))
HITS = tuple([Hit(ARTICLE, score, SNIPPET) for score in (3.0, 2.0, 1.0)])
PAGE = Page(HITS, "fog", 3, facets={"section": Facet("section", (), 3)})
EMPTY = Page((), "fog", 0)


def test_a_page_gives_hits_by_rank_and_by_ranges_of_ranks():
    assert PAGE[0] is HITS[0]
    assert PAGE[-1] is HITS[2]
    assert PAGE[0:2] == HITS[:2]
    assert PAGE[5:] == ()
    with pytest.raises(IndexError):
        PAGE[3]


@pytest.mark.parametrize("value", [PAGE, EMPTY, HITS[0], PAGE.facets["section"], FacetValue("a", 1)], ids=repr)
def test_what_is_no_dataclass_is_a_mapping_of_its_form_in_json(value: Page | Hit | Facet | FacetValue):
    assert dict(value) == {**value} == value.as_dict()
    assert {name: value[name] for name in value.keys()} == value.as_dict()  # noqa: SIM118 - it iterates over hits
    with pytest.raises(KeyError):
        value["nothing"]


def test_a_value_without_ranks_is_no_sequence():
    with pytest.raises(TypeError, match="a Hit has names"):
        list(HITS[0])  # type: ignore[call-overload]


def test_a_page_iterates_over_its_hits():
    assert list(PAGE) == list(HITS)
    assert list(EMPTY) == []


def test_a_hit_has_its_explanation_in_json_where_that_is_asked_for():
    assert "explanation" not in HITS[0].as_dict()
    assert HITS[0].as_dict(explain=True)["explanation"] is None


def test_a_frozen_value_is_its_own_copy():
    assert copy.copy(PAGE) is PAGE
    assert copy.deepcopy(PAGE) is PAGE


def test_a_pickled_page_is_equal():
    assert pickle.loads(pickle.dumps(PAGE)) == PAGE


def test_a_dataclass_with_values_in_it_is_taken_apart():
    similar = SimilarArticles((SimilarArticle(Hit(ARTICLE, 1.0), 0.5, True),), ("fog",))

    assert dataclasses.asdict(similar) == {
        "articles": ({"hit": Hit(ARTICLE, 1.0), "shared": 0.5, "is_copy": True},),
        "words": ("fog",),
    }
    assert dataclasses.asdict(SNIPPET)["title"]["marks"] == ((0, 3),)
    assert dataclasses.asdict(ARTICLE)["title"] == "Fog"


def test_a_dataclass_of_a_program_that_holds_a_page_is_taken_apart_too():
    @dataclasses.dataclass
    class Answer:
        page: Page
        values: FacetValues

    values = FacetValues(2, lambda count: (FacetValue("a", 2), FacetValue("b", 1))[:count])

    assert dataclasses.asdict(Answer(PAGE, values)) == {
        "page": PAGE,
        "values": (FacetValue("a", 2), FacetValue("b", 1)),
    }


def test_the_types_of_pages_and_hits_have_a_parameter():
    assert Page[None]((), "x") == Page((), "x")
    assert isinstance(EMPTY, Page)


def test_a_comparison_without_remarks_has_none_for_each_query():
    assert Comparison("month", ("a", "b"), (), (0, 1), (0, 0)).as_dict()["queries"] == [
        {"query": "a", "undated": 0, "imprecise": 0, "diagnostics": []},
        {"query": "b", "undated": 1, "imprecise": 0, "diagnostics": []},
    ]
