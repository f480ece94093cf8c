"""What is marked against brute force, for trees of every node."""

from __future__ import annotations

import pytest
from highlighting.oracle import letters_to_mark
from hypothesis import given
from hypothesis import strategies as st
from work import lines_run

from searchlib.analysis import analyzer_for
from searchlib.highlighting.matching import Matcher
from searchlib.query.nodes import (
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
)
from searchlib.results import CharacterRange

ENGLISH = analyzer_for("en")

# Few words, so that they meet; what joins them ends sentences and paragraphs, or not.
spellings = st.sampled_from(["kim", "kim", "putin", "putin", "Putin-Kim", "visit", "visits", "Café"])
asked = spellings | st.sampled_from(["…", "Kims", "cafe", "zzz"])
joins = st.sampled_from([" ", " ", " ", ", ", ". The ", ".\n\n", "\n"])
texts = st.lists(st.tuples(spellings, joins), max_size=9).map(lambda pairs: "".join(a + b for a, b in pairs))
several = st.lists(spellings, min_size=2, max_size=3).map(" ".join)
patterns = ["k*", "*s", "?isits", "pu*", "*-*", "v?sit*", "*", "zz*"]
expressions = ["k[iy]ms?", "(putin-)?kim", ".*tin", "vis|visit", "["]


def sides_in(field: str | None, *, slops: st.SearchStrategy[int]) -> st.SearchStrategy[Node]:
    """Sides of operators, all of one field."""
    named = st.just(field)
    words = (
        st.builds(Word, asked, named)
        | st.builds(Phrase, several, named, slops)
        | st.builds(Exact, spellings | several, named, slops)
        | st.builds(Wildcard, st.sampled_from(patterns), named)
        | st.builds(Expression, st.sampled_from(expressions[:-1]), named)
        | st.builds(Fuzzy, spellings, named, st.integers(1, 2))
    )
    return words | st.lists(words, min_size=2, max_size=3).map(lambda own: Or(tuple(own)))


def near(sides: st.SearchStrategy[Node], *, negated: bool) -> st.SearchStrategy[Node]:
    in_words = st.builds(
        lambda left, right, distance, ordered: Near(left, right, distance, ordered, "word", negated),
        sides,
        sides,
        st.integers(1, 4),
        st.booleans(),
    )
    in_parts = st.builds(
        lambda left, right, ordered, unit: Near(left, right, 0, ordered, unit, negated),
        sides,
        sides,
        st.booleans(),
        st.sampled_from(["sentence", "paragraph"]),
    )
    return in_words | in_parts


def leaves_of(kind: str, field: str | None, *, slops: st.SearchStrategy[int]) -> st.SearchStrategy[Node]:
    """Leaves of one kind, in one field."""
    sides = sides_in(field, slops=slops)
    tight = sides_in(field, slops=st.just(0))
    pairs = near(sides, negated=False)
    match kind:
        case "words":
            return sides
        case "near":
            return near(sides, negated=False) | near(pairs | sides, negated=False)
        case "lone":
            return near(tight, negated=True)
        case "sequence":
            return st.builds(Sequence, st.lists(sides | pairs, min_size=2, max_size=3).map(tuple), slops)
    return st.builds(AtLeast, tight | near(tight, negated=False), st.integers(2, 4))


KINDS = ["words", "near", "lone", "sequence", "at least"]
fields_named = st.sampled_from([None, None, "title", "body", "lead", "lead"])


def trees_of(slops: st.SearchStrategy[int]) -> st.SearchStrategy[Node]:
    leaves = st.tuples(st.sampled_from(KINDS), fields_named | st.just("author")).flatmap(
        lambda drawn: leaves_of(*drawn, slops=slops)
    )
    conditions = st.sampled_from(
        [Nothing(), DateRange(field="updated"), LengthRange(at_most=9), Has("tag"), Value("Jane Doe", "author")]
    )
    return st.recursive(
        leaves | leaves | conditions,
        lambda children: (
            st.lists(children, min_size=2, max_size=3).map(lambda own: And(tuple(own)))
            | st.lists(children, min_size=2, max_size=3).map(lambda own: Or(tuple(own)))
            | st.builds(Not, children)
            | st.builds(Boosted, children, st.just(2.0))
        ),
        max_leaves=4,
    )


def marked(tree: Node, fields: dict[str, str]) -> dict[str, set[int]]:
    """By name of field, the letters that are marked."""
    matches = Matcher(tree, ENGLISH).match(fields, ENGLISH)
    return {
        name: {
            at
            for mark in matches[name].marks(CharacterRange, 0, len(text))
            for at in range(*mark)
            if text[at].isalpha()
        }
        for name, text in fields.items()
    }


articles = st.fixed_dictionaries({"title": texts, "summary": texts, "body": texts})


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), field=fields_named, texts_of_fields=articles)
def test_all_that_brute_force_finds_is_marked_and_nothing_else(kind: str, data, field, texts_of_fields):
    leaf = data.draw(leaves_of(kind, field, slops=st.just(0)))
    # An article that it does not find is marked with nothing: the other alternative finds it.
    tree = Or((leaf, Everything()))

    assert marked(tree, texts_of_fields) == letters_to_mark(tree, ENGLISH, texts_of_fields)


@given(tree=trees_of(st.just(0)), texts_of_fields=articles)
def test_a_tree_is_marked_by_those_of_its_parts_that_an_article_meets(tree: Node, texts_of_fields: dict[str, str]):
    assert marked(tree, texts_of_fields) == letters_to_mark(tree, ENGLISH, texts_of_fields)


@pytest.mark.parametrize("kind", ["words", "near", "sequence"])
@given(data=st.data(), field=fields_named, texts_of_fields=articles)
def test_with_other_words_among_them_marks_stand_only_where_brute_force_finds_something(
    kind: str, data, field, texts_of_fields
):
    leaf = data.draw(leaves_of(kind, field, slops=st.integers(0, 3)))
    found = letters_to_mark(leaf, ENGLISH, texts_of_fields)

    for name, characters in marked(leaf, texts_of_fields).items():
        assert characters <= found[name]
        assert bool(characters) == bool(found[name])


def test_work_grows_with_the_number_of_words():
    few, many = (Or(tuple(Word(f"w{number}") for number in range(count))) for count in (100, 400))
    Matcher(many, ENGLISH)  # The analyzer knows all words from here on.

    assert lines_run(lambda: Matcher(many, ENGLISH)) < 5 * lines_run(lambda: Matcher(few, ENGLISH))
