"""Regular expressions match what those of Python match, as far as they have the same language; the rest is an error."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from work import lines_run

from searchlib.automata import compile_expression
from searchlib.automata.expressions import MAX_NESTING
from searchlib.errors import QueryError

LETTERS = "abcé中𝄞"
SIGNS = ".-]^\\"

literals = st.sampled_from(LETTERS) | st.sampled_from(SIGNS).map(re.escape)
members = literals | st.tuples(st.sampled_from("aé"), st.sampled_from("cz中𝄞")).map(lambda pair: "-".join(sorted(pair)))
classes = st.tuples(st.sampled_from(["", "^"]), st.lists(members, min_size=1, max_size=3)).map(
    lambda parts: f"[{parts[0]}{''.join(parts[1])}]"
)
repetitions = st.sampled_from(["", "", "*", "+", "?", "{2}", "{,2}", "{1,}", "{1,3}", "{0}"])


def larger(smaller):
    """Expressions with others inside."""
    groups = st.lists(smaller, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
    repeated = st.tuples(literals | classes | groups | st.just("."), repetitions).map("".join)
    return st.lists(repeated, max_size=4).map("".join)


expressions = st.recursive(literals | classes, larger, max_leaves=8)


@examples(200)
@given(pattern=expressions, words=st.lists(st.text(LETTERS + SIGNS, max_size=6), max_size=30), data=st.data())
def test_an_expression_matches_whole_words_as_pythons_does(pattern, words, data):
    automaton = compile_expression(pattern)
    expected = re.compile(pattern, re.DOTALL)
    words = [*words, data.draw(st.from_regex(expected, fullmatch=True, alphabet=LETTERS + SIGNS))] if words else words

    assert [automaton.matches(word) for word in words] == [bool(expected.fullmatch(word)) for word in words]


@pytest.mark.parametrize(
    ("pattern", "accepted", "refused"),
    [
        ("mi(ss)+ile", ["missile", "missssile"], ["miile", "missile's", "misssile"]),
        ("kim|jong", ["kim", "jong"], ["kimjong", "ki"]),
        ("", [""], ["a"]),
        ("(|un)known", ["known", "unknown"], ["nknown"]),
        ("[a-c-]+", ["a-c", "-"], ["d"]),
        ("[-a]", ["-", "a"], ["b"]),
        (r"[\]^]", ["]", "^"], ["a", "\\"]),
        ("[^0-9]{2}", ["ab", "中é"], ["a1", "a", "abc"]),
        (r"u\.s\.", ["u.s."], ["uxsx"]),
        (r"a\/b,c-d", ["a/b,c-d"], ["a/b"]),
        (".", ["a", "中", "𝄞", "\n"], ["", "aa"]),
        ("a{2,3}", ["aa", "aaa"], ["a", "aaaa"]),
        ("a{002}", ["aa"], ["a"]),
    ],
)
def test_expressions_by_example(pattern, accepted, refused):
    automaton = compile_expression(pattern)

    assert [word for word in accepted + refused if automaton.matches(word)] == accepted


@pytest.mark.parametrize(
    ("pattern", "problem", "start"),
    [
        ("a(b", "a parenthesis is not closed", 1),
        ("ab)c", "closed that was not opened", 2),
        ("(?:ab)", "(? has no meaning", 0),
        ("a(?=b)", "(? has no meaning", 1),
        ("*a", "repeats what stands before it", 0),
        ("a|+", "repeats what stands before it", 2),
        ("(?", "(? has no meaning", 0),
        ("a**", "cannot be followed by *", 2),
        ("a+?", "cannot be followed by ?", 2),
        ("a{2}{3}", "cannot be followed by {", 4),
        ("^a", "it matches whole words", 0),
        ("a$", "it matches whole words", 1),
        ("a{", "{ begins a repetition", 1),
        ("a{}", "{ begins a repetition", 1),
        ("a{,}", "{ begins a repetition", 1),
        ("a{x}", "{ begins a repetition", 1),
        ("a{1,2", "{ begins a repetition", 1),
        ("a{²}", "{ begins a repetition", 1),
        ("{2}", "has to stand behind", 0),
        ("a}", "has to stand behind", 1),
        ("a]", "has to stand behind", 1),
        ("a{3,2}", "at least 3 and at most 2", 1),
        ("a{1001}", "at most 1,000", 2),
        ("a{1,99999999999999999999}", "at most 1,000", 4),
        ("[ab", "[ is not closed", 0),
        ("x[a-", "[ is not closed", 1),
        ("[]", "has no characters", 0),
        ("[^]", "has no characters", 0),
        ("[c-a]", "c-a is not a range", 1),
        ("[[:alpha:]]", "a class has no class inside", 1),
        (r"\d+", r"\d has no meaning", 0),
        (r"a\1", r"\1 has no meaning", 1),
        (r"[a\w]", r"\w has no meaning", 2),
        ("ab\\", "none follows", 2),
        ("[a\\", "none follows", 2),
    ],
)
def test_what_is_not_of_the_language_is_an_error_where_it_stands(pattern, problem, start):
    with pytest.raises(QueryError) as caught:
        compile_expression(pattern)

    assert problem in caught.value.problem
    assert caught.value.start == start
    assert caught.value.text == pattern


def test_groups_stand_only_so_deep_in_groups():
    assert compile_expression("(" * MAX_NESTING + "a" + ")" * MAX_NESTING).matches("a")
    with pytest.raises(QueryError, match="at most 50 deep") as caught:
        compile_expression("(" * 400 + "a" + ")" * 400)

    assert caught.value.start == MAX_NESTING


def test_what_others_need_exponential_time_for_takes_little():
    pattern = "(a|aa|a?)*" * 20 + "b"

    assert lines_run(lambda: compile_expression(pattern).matches("a" * 200)) < 30_000


def _folded(character):
    return {"ß": "ss", "É": "e", "\u0301": ""}.get(character, character.lower())


@pytest.mark.parametrize(
    ("pattern", "accepted", "refused"),
    [
        ("KIM|Éß+", ["kim", "ess", "essss"], ["KIM", "es", "esss"]),
        ("(a\u0301){2}", ["aa"], ["a", "aaa"]),
        ("[A-C]+", ["abc", "A"], ["d"]),
        ("x[ßÉ]y", ["xssy", "xey", "xßy"], ["xsy"]),
        ("[^A]", ["b", "e"], ["a", "A"]),
        ("[^ß]", ["s", "b"], ["ss", "ß"]),
        (r"E\.", ["e."], ["ex"]),
        ("[\u0301É]", ["e", "\u0301"], [""]),
    ],
)
def test_an_expression_asks_for_what_its_characters_are_in_the_words(pattern, accepted, refused):
    automaton = compile_expression(pattern, fold=_folded)

    assert [word for word in accepted + refused if automaton.matches(word)] == accepted
