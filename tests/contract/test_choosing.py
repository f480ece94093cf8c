"""Values of facets that are chosen: they restrict everything but the facet that they are chosen in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import Oracle
from profiles import examples
from strategies import LANGUAGES, NAMES, SECTIONS, TAGS, batches, trees

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create
from searchlib.query import Has, Not, Or, Value, Word, all_of

ARTICLES = [
    Article(id="1", body="kim", section="World", authors=["Ann", "Bob"], published="2023-01", language="fr-CA"),
    Article(id="2", body="kim kim", section="WORLD", authors=["Bob"], published="2023-02", language="fr"),
    Article(id="3", body="kim", section="Sport", published="2023-02", language="en"),
    Article(id="4", body="kim", authors=["Ann"]),
    Article(id="5", body="putin", section="Trade", authors=["Ann"]),
]


def ids(page):
    return sorted(hit.article.id for hit in page)


def values(facet):
    return {each.value: each.count for each in facet}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["1", "2", "3", "4"]),
        ({"section": []}, ["1", "2", "3", "4"]),
        ({"section": ["world"]}, ["1", "2"]),
        ({"section": ["World", "Sport"]}, ["1", "2", "3"]),
        ({"section": ["World", ""]}, ["1", "2", "4"]),
        ({"section": ["World"], "author": ["Ann"]}, ["1"]),
        ({"section": ["Wor"]}, []),
        ({"language": ["fr"]}, ["1", "2"]),
        ({"language": ["fr-CA", "en"]}, ["1", "3"]),
        ({"language": [""]}, ["4"]),
    ],
    ids=str,
)
def test_articles_have_one_of_the_values_of_each_field(make_index, chosen, found):
    page = make_index(*ARTICLES).search("kim", chosen=chosen)

    assert (ids(page), page.total) == (found, len(found))


def test_a_facet_is_counted_without_its_own_choice_and_others_with_it(make_index):
    index = make_index(*ARTICLES)

    page = index.search("kim", chosen={"section": ["World"]}, facets=["section", "author"], timeline="month")

    assert (values(page.facets["section"]), page.facets["section"].missing) == ({"WORLD": 2, "Sport": 1}, 1)
    assert values(page.facets["author"]) == {"Ann": 1, "Bob": 2}
    assert [each.count for each in page.timeline] == [1, 1]


def test_each_of_two_facets_is_counted_with_the_choice_of_the_other(make_index):
    chosen = {"section": ["World"], "author": ["Bob"]}

    page = make_index(*ARTICLES).search("kim", chosen=chosen, facets=["section", "author"])

    assert values(page.facets["section"]) == {"WORLD": 2}
    assert values(page.facets["author"]) == {"Ann": 1, "Bob": 2}


def test_a_choice_changes_no_score_and_no_snippet(make_index):
    index = make_index(*ARTICLES)
    hits = {hit.article.id: hit for hit in index.search("kim")}

    for hit in index.search("kim", chosen={"section": ["World", ""]}):
        assert (hit.score, hit.snippet) == (hits[hit.article.id].score, hits[hit.article.id].snippet)


def test_a_choice_is_part_of_the_query_and_of_its_cursors(make_index):
    index = make_index(*ARTICLES)
    page = index.search("kim", chosen={"section": ["World"]}, limit=1)
    rest = index.search("kim", chosen={"section": ["World"]}, limit=1, after=page.next)

    assert page.query == 'kim section:="World"'
    assert ids([*page, *rest]) == ["1", "2"]
    assert ids(index.search(page.query)) == ["1", "2"]


def test_an_expanded_query_is_restricted_too(make_index):
    index = make_index(*ARTICLES, *(Article(id=f"more {n}", body="kim jong summit", section="Sport") for n in range(5)))

    page = index.search("kim", any=True, expand=True, chosen={"section": ["World"]}, facets=["section"])

    assert ids(page) == ["1", "2"]
    assert values(page.facets["section"])["Sport"] == 6


def test_scans_are_restricted(make_index):
    with make_index(*ARTICLES).scan("kim", chosen={"section": ["World"]}) as scan:
        assert ids(scan) == ["1", "2"]


def test_frames_are_restricted(make_index):
    pytest.importorskip("pandas", reason="needs the extra 'pandas'")
    frame = make_index(*ARTICLES).frame("kim", columns=["id"], chosen={"section": ["World"]})

    assert list(frame["id"]) == ["1", "2"]


_CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "section": st.lists(st.sampled_from(SECTIONS), max_size=2),
        "author": st.lists(st.sampled_from(NAMES), max_size=2),
        "tag": st.lists(st.sampled_from(TAGS), max_size=2),
        "language": st.lists(st.sampled_from(LANGUAGES), max_size=2),
    },
)


@examples(40)
@given(commits=batches, tree=trees, chosen=_CHOICES, codec=st.sampled_from(sorted(CODECS)))
def test_counts_are_what_counting_gives(commits, tree, chosen, codec):
    def asked(without: str = ""):
        """The tree with all choices but those of one field."""
        nodes = [
            Not(Has(field)) if not value else Word(value, field) if field == "language" else Value(value, field)
            for field, some in chosen.items() if field != without
            for value in some
        ]  # fmt: skip
        by_field = {}
        for node in nodes:
            by_field.setdefault((node.node if isinstance(node, Not) else node).field, []).append(node)
        return all_of((tree, *(some[0] if len(some) == 1 else Or(tuple(some)) for some in by_field.values())))

    with TemporaryDirectory() as folder, create(Path(folder) / "index", codec=codec) as index:
        for batch in commits:
            with index.writer() as writer:
                writer.add_all(batch)
        oracle = Oracle({article.id: article for batch in commits for article in batch}.values())

        page = index.search(tree, limit=50, chosen=chosen, facets=["section", "author", "tag"], snippets=False)

        assert {hit.article.id for hit in page} == oracle.matching(asked())
        assert page.total == len(oracle.matching(asked()))
        for name, facet in page.facets.items():
            assert (values(facet), facet.missing) == oracle.facet(asked(name), name)
