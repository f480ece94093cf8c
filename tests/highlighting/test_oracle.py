"""Matching against brute force, and what holds for every article and every query."""

from __future__ import annotations

import html
import re
from itertools import combinations, pairwise, product

from highlighting import oracle
from highlighting.oracle.sentences import Sentences, split_sentences
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis import analyzer_for
from searchlib.article import TEXT_FIELDS, Article
from searchlib.highlighting import Highlighter
from searchlib.highlighting.graphemes import grapheme_start
from searchlib.highlighting.highlighter import snippet_rules
from searchlib.highlighting.nearness import pair_up
from searchlib.highlighting.sequences import (
    Occurrence,
    TermPositions,
    find_among_joined,
    find_side_by_side,
    find_within,
)
from searchlib.kernels import snippets
from searchlib.query.nodes import And, Boosted, DateRange, Everything, Near, Node, Not, Nothing, Or, Phrase, Word

NONE = analyzer_for("none")
ENGLISH = analyzer_for("en")

letters = st.sampled_from("abc")
texts_of_letters = st.lists(letters, max_size=14)
paths = st.lists(letters, min_size=1, max_size=4).map(tuple)
slops = st.integers(0, 4)


def positions_of(words: list[str]) -> TermPositions:
    positions: dict[str, dict[int, tuple[int, int]]] = {}
    for position, word in enumerate(words):
        positions.setdefault(word, {})[position] = (position * 2, position * 2 + 1)
    return positions


def positions_marked(occurrences: list[Occurrence]) -> set[int]:
    return {at // 2 for occurrence in occurrences for start, end in occurrence.ranges for at in range(start, end, 2)}


def all_occurrences(path: tuple[str, ...], slop: int, words: list[str]) -> set[tuple[int, ...]]:
    return {
        chosen
        for chosen in combinations(range(len(words)), len(path))
        if tuple(words[position] for position in chosen) == path and chosen[-1] - chosen[0] < len(path) + slop
    }


@given(path=paths, words=texts_of_letters)
def test_a_phrase_is_found_exactly_where_brute_force_finds_it(path: tuple[str, ...], words: list[str]):
    found = find_side_by_side(path, positions_of(words))

    assert [(occurrence.first, occurrence.last) for occurrence in found] == [
        (first, first + len(path) - 1)
        for first in range(len(words) - len(path) + 1)
        if tuple(words[first : first + len(path)]) == path
    ]


@given(path=paths, slop=slops, words=texts_of_letters)
def test_a_loose_phrase_is_found_from_each_beginning_and_to_each_end_of_an_occurrence(
    path: tuple[str, ...], slop: int, words: list[str]
):
    found = find_within(path, slop, positions_of(words))
    chains = {tuple(start // 2 for start, _ in occurrence.ranges) for occurrence in found}
    expected = all_occurrences(path, slop, words)

    assert chains <= expected
    assert {chain[0] for chain in chains} == {chain[0] for chain in expected}
    assert {chain[-1] for chain in chains} == {chain[-1] for chain in expected}


spans = st.lists(st.tuples(letters, st.integers(0, 8), st.integers(0, 2)), max_size=8, unique=True)


@given(path=paths, slop=slops, tokens=spans)
def test_a_phrase_over_joined_forms_is_found_where_brute_force_finds_it(path, slop, tokens):
    single: dict[str, dict[int, tuple[int, int]]] = {}
    joined: dict[str, list[tuple[int, int, int, int]]] = {}
    for term, first, more in sorted(tokens):
        covered = (first * 2, (first + more) * 2 + 1)
        if more:
            joined.setdefault(term, []).append((first, first + more, *covered))
        else:
            single.setdefault(term, {})[first] = covered
    words = [[(first, first + more) for term, first, more in tokens if term == wanted] for wanted in path]
    chains = [chain for chain in product(*words) if all(a[1] < b[0] for a, b in pairwise(chain))]
    expected = {
        (chain[0][0], chain[-1][1]) for chain in chains if sum(b[0] - a[1] - 1 for a, b in pairwise(chain)) <= slop
    }

    found = find_among_joined(path, slop, single, joined)

    assert {(each.first, each.last) for each in found} == expected
    assert all(each.ranges[0][0] == each.first * 2 and each.ranges[-1][1] == each.last * 2 + 1 for each in found)


@given(left=letters, right=letters, distance=st.integers(0, 5), ordered=st.booleans(), words=texts_of_letters)
def test_near_marks_exactly_the_words_of_pairs_within_the_distance(
    left: str, right: str, distance: int, ordered: bool, words: list[str]
):
    positions = positions_of(words)
    found = pair_up(
        find_side_by_side([left], positions), find_side_by_side([right], positions), distance, ordered=ordered
    )

    assert positions_marked(found) == {
        position
        for pair in combinations(range(len(words)), 2)
        if pair[1] - pair[0] <= distance
        and (
            [words[at] for at in pair] == [left, right] or (not ordered and [words[at] for at in pair] == [right, left])
        )
        for position in pair
    }


fields = st.sampled_from([None, None, "title", "summary", "body", "author"])
words = st.sampled_from(
    ["kim", "putin", "Kim", "prime", "minister", "putin-kim", "putinkim", "U.S.", "café", "北京", "👩", "…", "<b>"]
)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
sequences = st.builds(Word, words, fields) | st.builds(Phrase, phrases, fields, slops)
leaves = (
    sequences
    | st.builds(Near, sequences, sequences, st.integers(1, 4), st.booleans())
    | st.sampled_from([Everything(), Nothing(), DateRange()])
)


def _branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    groups = st.lists(children, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(And, groups)
        | st.builds(Or, groups)
        | st.builds(Not, children)
        | st.builds(Boosted, children, st.just(2.0))
    )


# One term asked for in two ways.
loose_words = st.builds(lambda text, slop: Or((Word(text), Phrase(text, slop=slop), Word("minister"))), words, slops)
trees = st.recursive(leaves | loose_words, _branches, max_leaves=6)

joins = st.sampled_from(
    [" ", " ", " ", ", ", ". ", ".\n\n", "\n", "-", "。", "” ", " “", "</mark>", "&amp;", "\x1b[31m", "\x00"]
)
pieces = words | st.sampled_from(["the", "said", "Mr.", "e\u0301", "\u202e", "👨\u200d👩\u200d👧", "x" * 50])
texts = st.lists(st.tuples(pieces, joins), max_size=40).map(lambda pairs: "".join(a + b for a, b in pairs))
wild_texts = texts | st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
articles = st.builds(
    lambda title, summary, body: Article(title=title, summary=summary, body=body + " Kim"),
    wild_texts,
    wild_texts,
    wild_texts,
)

# Of what makes a sentence end, or not.
newspaper_pieces = st.sampled_from(
    ["Mr", "Kim", "the U.S", "5 p.m", "No", "Inc", "3", "e.g", "J", "said", "Ende", "д-р", "x" * 30, "…", "?", "."]
)
newspaper_joins = st.sampled_from(
    [". ", ".", " ", ".\n", "\n", "\n\n", '." ', "! ", ".) (", ".\u00a0» ", "。", ".\u2003", ", "]
)
newspaper_texts = st.lists(st.tuples(newspaper_pieces, newspaper_joins), min_size=1, max_size=30).map(
    lambda pairs: "".join(a + b for a, b in pairs)
)

# Of what decides where a passage is cut.
cut_pieces = words | st.sampled_from(
    [
        "The",
        "said",
        "Kim",
        "putin",
        "a",
        "ca\u00adfé",
        "e\u0301",
        "İ",
        "ß",
        "👨\u200d👩\u200d👧",
        "ไทย",
        "x" * 45,
        "3.5",
        "(",
    ]
)
cut_joins = st.sampled_from(
    [" ", " ", " ", " ", ", ", "; ", " – ", " - ", "—", ". ", ".\n\n", "\n", "\u00a0", "  ", " “", "\x1c", "。"]
)
cut_texts = st.lists(st.tuples(cut_pieces, cut_joins), min_size=1, max_size=120).map(
    lambda pairs: "".join(a + b for a, b in pairs)
)
newspaper_articles = st.builds(
    lambda title, summary, body: Article(title=title, summary=summary, body=f"{body} Kim"),
    st.sampled_from(["Kim", "", "The prime minister said", "KIM  SAID"]) | cut_texts,
    st.just("") | newspaper_texts,
    cut_texts | newspaper_texts | st.tuples(cut_texts, newspaper_texts, cut_texts).map("".join),
)


# Of what closes, ends, wraps and measures sentences: every character of the rules, and lengths around every limit.
closers = st.text(st.sampled_from("\"'”’»›)]}」』）】〉》“‘«‹\u00a0\u202f\ufe00\ufe01"), max_size=10)
ends = st.builds(
    lambda stop, closing, after: stop + closing + after,
    st.text(st.sampled_from(".!?…。！？｡؟۔।॥።"), min_size=1, max_size=3),
    closers,
    st.sampled_from([" ", "", "\n", " (", " «", ' "']),
)
shortenings = st.sampled_from(
    ["Mr", "Dr", "Sept", "No", "Jan", "Inc", "U.S", "J", "a", "I", "11", "7", "e.g", "févr", "the", "ab"]
)
following_words = st.sampled_from(["The", "Kim", "kim", "5", "Oktober", "August", "x", "In", "д", "Д", "(", "_"])
# The limits of lengths: words before a full stop 24, prose 60, wrapped lines 45 to 100.
sizes = st.integers(1, 120) | st.sampled_from([22, 23, 24, 25, 26, 43, 44, 45, 46, 58, 59, 60, 61, 99, 100, 101, 102])
long_words = sizes.map(lambda size: "x" * size)
lines_of_a_size = sizes.map(lambda size: ("Abc de " * 20)[: size - 1] + "x")
line_ends = st.sampled_from(["\n", "\n", "\nThe ", "\nkim ", "\n\n", ".\n", ". ", "\n  ", "\n5"])
line_texts = st.lists(
    st.tuples(
        st.just("") | long_words | lines_of_a_size | shortenings, ends | line_ends, st.just("") | following_words
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: "".join(map("".join, parts)))

# Of what decides where a cut begins and ends: long sentences with every clause end and all that dangles.
clause_ends = st.sampled_from([", ", "; ", ": ", " – ", " — ", " - ", "– ", "— ", ",\n", "-", " ", " ", " ", " ", " "])
danglers = st.sampled_from(["", "", "", "", "(", "[", "{", "“", "‘", "„", "«", "-", "–"])
cut_words = st.sampled_from(
    ["Kim", "putin", "said", "a", "prime", "minister", "x" * 19, "x" * 39, "x" * 41, "x" * 70, "ca\u00adfé", "北京",
     "ｶﾞ" * 22, "e\u0301" * 30, "👍🏽" * 25, "д" * 45]
)  # fmt: skip
clause_texts = st.lists(st.tuples(danglers, cut_words, clause_ends), min_size=5, max_size=60).map(
    lambda parts: "".join(map("".join, parts))
)
cut_articles = st.builds(
    lambda title, summary, body: Article(title=title, summary=summary, body=f"{body} Kim"),
    st.sampled_from(["Kim", ""]),
    st.just("") | clause_texts | line_texts,
    clause_texts | line_texts | st.tuples(line_texts, clause_texts, newspaper_texts).map("".join),
)

# Of what ranks fragments: short sentences that show one, two or more query terms, at all distances, and repeat.
short_sentences = st.builds(
    lambda before, terms, gaps, after: "".join(
        [
            "Then " * before,
            *[f"{term}{' so' * gap} " for term, gap in zip(terms, gaps, strict=False)],
            "it was" + " so" * after + ". ",
        ]
    ),
    st.integers(0, 3),
    st.lists(st.sampled_from(["Kim", "Putin", "train", "the", "KIM", "hotel"]), min_size=0, max_size=4),
    st.lists(st.integers(0, 14), min_size=4, max_size=4),
    st.integers(0, 6),
)
filler_texts = st.lists(
    short_sentences | st.sampled_from(["Kim came. ", "KIM  came. ", "Nobody saw Kim came. ", "END\n\n"]),
    min_size=1,
    max_size=12,
).map("".join)
filler_articles = st.builds(
    lambda title, summary, body: Article(title=title, summary=summary, body=body),
    st.sampled_from(["", "Kim came.", "kim", "Nobody  saw Kim came. It was."]),
    st.just("") | filler_texts,
    filler_texts,
)
filler_words = st.sampled_from(
    [Word("kim"), Word("putin"), Word("train"), Word("the"), Word("hotel"), Phrase("kim putin")]
)
trees_of_fillers = st.lists(filler_words, min_size=1, max_size=5, unique=True).map(
    lambda leaves: Or(tuple(leaves)) if len(leaves) > 1 else leaves[0]
)


def terms_asked(node: Node) -> set[str]:
    """Every term that a part of the tree that is not excluded asks for in the text."""
    if isinstance(node, (Word, Phrase)):
        in_text = node.field is None or node.field in TEXT_FIELDS
        return {term for path in NONE.paths(node.text) for term in path} if in_text else set()
    if isinstance(node, Near):
        return terms_asked(node.left) | terms_asked(node.right)
    if isinstance(node, (And, Or)):
        return set().union(*(terms_asked(child) for child in node.nodes))
    return terms_asked(node.node) if isinstance(node, Boosted) else set()


@given(tree=trees, article=articles, chars=st.integers(20, 200), count=st.integers(1, 3))
def test_passages_are_slices_of_the_article_and_marks_lie_inside_them(
    tree: Node, article: Article, chars: int, count: int
):
    snippet = Highlighter(tree, NONE, passages=count, passage_chars=chars).snippet(article)

    assert snippet.title.source == article.title
    assert 1 <= len(snippet.passages) <= count
    for passage in (snippet.title, *snippet.passages):
        assert passage.source == getattr(article, passage.field)[passage.start : passage.end]
        edges = [passage.start - 1, *(at for mark in passage.marks for at in (mark.start, mark.end)), passage.end + 1]
        assert edges == sorted(set(edges))
    for passage in snippet.passages:
        assert 0 < len(passage.source) <= chars
        assert passage.source == passage.source.strip()


@given(tree=trees, body=texts, chars=st.integers(20, 60))
def test_neither_a_mark_nor_a_passage_cuts_a_grapheme(tree: Node, body: str, chars: int):
    article = Article(title="Kim", body=body)

    for passage in Highlighter(tree, NONE, passage_chars=chars).snippet(article).passages:
        edges = [passage.start, passage.end, *(at for mark in passage.marks for at in (mark.start, mark.end))]
        assert [grapheme_start(article.body, at) for at in edges] == edges


@given(tree=trees, article=articles, count=st.integers(1, 4))
def test_passages_are_in_reading_order_and_do_not_overlap(tree: Node, article: Article, count: int):
    passages = Highlighter(tree, NONE, passages=count, passage_chars=40).snippet(article).passages
    edges = [(TEXT_FIELDS.index(passage.field), at) for passage in passages for at in (passage.start, passage.end)]

    assert edges == sorted(edges)


@given(tree=trees, article=articles)
def test_every_mark_holds_a_term_that_the_query_asks_for(tree: Node, article: Article):
    snippet = Highlighter(tree, NONE).snippet(article)
    asked = terms_asked(tree)

    for passage in (snippet.title, *snippet.passages):
        tokens = NONE.tokens(getattr(article, passage.field))
        for mark in passage.marks:
            assert any(
                token.term in asked and token.startchar < mark.end and mark.start < token.endchar for token in tokens
            )


@given(tree=trees, article=articles)
def test_an_excluded_tree_marks_nothing(tree: Node, article: Article):
    snippet = Highlighter(Not(tree), NONE).snippet(article)

    assert not any(passage.marks for passage in (snippet.title, *snippet.passages))


@given(tree=trees, article=articles)
def test_the_same_article_gets_the_same_snippet(tree: Node, article: Article):
    highlighter = Highlighter(tree, NONE)

    assert highlighter.snippet(article) == highlighter.snippet(article) == Highlighter(tree, NONE).snippet(article)


@given(tree=trees, article=articles)
def test_html_without_its_marks_is_the_text(tree: Node, article: Article):
    snippet = Highlighter(tree, NONE).snippet(article)

    for shown in (snippet, snippet.title, *snippet.passages):
        assert html.unescape(re.sub("</?mark>", "", shown.html)) == shown.text
        assert not re.search("[<>]", re.sub("<mark>[^<>]*</mark>", "", shown.html))


@given(tree=trees, article=articles)
def test_what_is_printed_holds_no_control_characters_but_the_colours(tree: Node, article: Article):
    snippet = Highlighter(tree, NONE).snippet(article)

    for shown in (snippet, snippet.title):
        uncoloured = re.sub("\x1b\\[1;33m([^\x1b]*)\x1b\\[0m", r"\1", shown.terminal)
        assert uncoloured == shown.text
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", uncoloured)


@given(
    tree=trees | st.lists(sequences, min_size=2, max_size=4).map(tuple).map(Or),
    article=articles | newspaper_articles | cut_articles,
    count=st.integers(1, 4),
    chars=st.integers(20, 200),
)
def test_a_snippet_is_the_one_that_the_oracle_makes(tree: Node, article: Article, count: int, chars: int):
    snippet = Highlighter(tree, ENGLISH, passages=count, passage_chars=chars).snippet(article)

    assert snippet == oracle.snippet(tree, ENGLISH, article, passages=count, passage_chars=chars)


@given(tree=trees_of_fillers, article=filler_articles, count=st.integers(1, 4), chars=st.integers(20, 120))
def test_a_snippet_of_a_text_full_of_matches_is_the_one_that_the_oracle_makes(
    tree: Node, article: Article, count: int, chars: int
):
    snippet = Highlighter(tree, ENGLISH, passages=count, passage_chars=chars).snippet(article)

    assert snippet == oracle.snippet(tree, ENGLISH, article, passages=count, passage_chars=chars)


@given(text=(wild_texts | newspaper_texts | line_texts).filter(str.strip), data=st.data())
def test_sentences_are_those_of_the_oracle_wherever_the_search_for_them_begins(text: str, data: st.DataObject):
    compiled = snippets.Sentences(text, snippet_rules("en"))
    plain = Sentences(text)

    for at in data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=8)):
        sentence = plain.at(at)

        assert compiled.at(at) == sentence
        assert compiled.after(sentence) == plain.after(sentence)
        assert compiled.before(sentence) == plain.before(sentence)


@given(text=(newspaper_texts | line_texts).filter(str.strip))
def test_all_sentences_are_those_of_the_oracle(text: str):
    compiled = snippets.Sentences(text, snippet_rules("en"))
    found = [compiled.at(0)]
    while following := compiled.after(found[-1]):
        found.append(following)

    assert found == split_sentences(text)
