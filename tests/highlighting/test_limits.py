"""The kernels and the oracle at every limit: lengths one by one, and every character that decides something.

Random texts seldom stand exactly on a limit. Here they are swept over it.
"""

from __future__ import annotations

import pytest
from highlighting import oracle
from highlighting.oracle.sentences import split_sentences

from searchlib.analysis import analyzer_for
from searchlib.article import Article
from searchlib.highlighting import Highlighter
from searchlib.highlighting.highlighter import snippet_rules
from searchlib.kernels.snippets import Sentences
from searchlib.query.nodes import And, Node, Or, Word

ENGLISH = analyzer_for("en")
KIM_OR_PUTIN = Or((Word("kim"), Word("putin")))


def assert_same(tree: Node, body: str, *, passages: int = 1, chars: int = 60) -> None:
    article = Article(body=body)
    snippet = Highlighter(tree, ENGLISH, passages=passages, passage_chars=chars).snippet(article)

    assert snippet == oracle.snippet(tree, ENGLISH, article, passages=passages, passage_chars=chars)


def assert_same_sentences(text: str) -> None:
    compiled = Sentences(text, snippet_rules("en"))
    found = [compiled.at(0)]
    while following := compiled.after(found[-1]):
        found.append(following)

    assert found == split_sentences(text)


@pytest.mark.parametrize("mark", [*",;:–—", " –", " —", " -", "-", "!", "·"], ids=ascii)
def test_a_cut_passage_begins_after_the_same_clauses(mark: str):
    for before in range(5, 45):
        assert_same(Word("kim"), "word " * 20 + "x" * 7 + f"{mark} " + "so " * (before // 3) + "Kim " + "then " * 40)
        assert_same(Word("kim"), "word " * 20 + f"word{mark} " + "x" * before + " Kim " + "then " * 40)


@pytest.mark.parametrize("mark", [*" \t\n,;:–—-([{“‘„«", *"»”’)]}.!", "…"], ids=ascii)
def test_a_cut_passage_ends_without_the_same_dangling_characters(mark: str):
    for length in range(20, 70):
        assert_same(Word("kim"), "Kim " + "x" * (length // 2) + f" y {mark} " + "so " * 60, chars=length)
        assert_same(Word("kim"), "Kim " + "x" * (length // 2) + f" y{mark}{mark} {mark}z " + "so " * 60, chars=length)


@pytest.mark.parametrize("unit", ["x", "e\u0301", "\u00ad", "ca\u00adfe", "д", "👍🏽", "กำ", "ｶﾞ"], ids=ascii)
def test_a_long_word_is_cut_at_the_same_offset(unit: str):
    for length in range(30, 50):
        word = (unit * length)[:length]
        for chars in (*range(50, 58), 61):
            assert_same(Word("kim"), f"Kim so it was {word} " + "so " * 60, chars=chars)
            assert_same(Word("kim"), "so " * 60 + f"{word} Kim " + f"{unit * 60} " * 3, chars=chars)


def test_a_mark_that_a_cut_would_tear_is_kept_whole_at_the_same_offsets():
    for length in range(1, 40):
        for chars in (40, 41, 60):
            assert_same(KIM_OR_PUTIN, "so " * 30 + "Kim" + " " + "x" * length + " putin " + "so " * 60, chars=chars)
            assert_same(Word("北京大学"), "他" * length + "北京大学" + "他" * 60, chars=chars)
            assert_same(Word("北京大学"), "他" * 60 + "北京大学" * 2 + "他" * length + "北京大学", chars=chars)


def test_marks_that_touch_are_one():
    for text in ("北京大学", "他北京大学他", "北京 大学", "北京大学北京"):
        assert_same(Or((Word("北京"), Word("大学"))), text)


@pytest.mark.parametrize("before", ["", "a ", "a.", "a-", "9", "(", "д"])
@pytest.mark.parametrize("following", ["Kim", "The", "Д", "5", "(Kim"])
def test_of_the_word_before_a_full_stop_as_much_is_looked_at(before: str, following: str):
    for length in range(20, 28):
        for word in ("x" * length, "X." + "x" * (length - 2), "x" * (length - 3) + ".mr", "x-" * (length // 2) + "mr"):
            assert_same_sentences(f"So {before}{word}. {following} left.")


@pytest.mark.parametrize("first", ["Nobody", "The", "nobody", "5"])
def test_lines_and_headings_have_the_same_lengths(first: str):
    for length in range(1, 130):
        line = ("ab " * 50)[: length - 1] + "x"
        assert_same_sentences(f"{line}\n{first} came\n\n{line}\n{line}.")


@pytest.mark.parametrize("closer", [*"\"'”’»›)]}」』）】〉》“‘«‹", "\u00a0»", "\u202f›", "\u00a0”", "*"], ids=ascii)
@pytest.mark.parametrize("end", [*".!?…。！？｡؟۔।॥።", "。\ufe00", "。\ufe01", "。\ufe02", "*"], ids=ascii)
def test_the_same_characters_end_and_close_sentences(end: str, closer: str):
    for number in range(12):
        assert_same_sentences(
            f"He left{end}{closer * number} They came{end}{closer * number}Then\n\nKim{end}{closer * number}"
        )


def test_fragments_of_headings_and_of_sentences_without_a_full_stop_rank_alike():
    for gap in range(16):
        for heading in ("Kim", "So Kim", "And the Kim", "The"):
            for rest in (
                "Putin came by train and nobody saw it.",
                "The end\n\nThe Putin",
                "Kim Putin\n\nKim and Putin came.",
            ):
                body = f"{heading}\n\n{'so ' * gap}{rest}\n\nNobody at all saw Kim there.\n\nThe {'so ' * gap}Putin"
                assert_same(And((Word("kim"), Word("putin"), Word("the"))), body, chars=50)
                assert_same(Or((Word("the"), Word("and"), Word("kim"))), body, chars=50, passages=3)


@pytest.mark.parametrize("before", range(oracle.MAX_OCCURRENCES - 3, oracle.MAX_OCCURRENCES + 2))
def test_as_many_occurrences_of_a_term_are_weighed(before: int):
    assert_same(
        And((Word("kim"), Word("putin"))), "Kim was here. " * before + "Kim met Putin. " + "Kim was there. " * 3
    )


def test_a_query_of_more_terms_than_a_machine_word_has_bits_is_answered():
    words = [f"w{number}x" for number in range(150)]
    body = ". ".join(" ".join(words[start : start + 7]) for start in range(0, 150, 5))

    assert_same(Or(tuple(map(Word, words))), body, passages=4)
    assert_same(Or(tuple(map(Word, words))), body, passages=4, chars=200)
