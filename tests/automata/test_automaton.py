"""What holds for every automaton: the words it accepts, its tables, and how large it may get."""

from __future__ import annotations

import pytest

from searchlib.automata import (
    MAX_PATTERN_LENGTH,
    MAX_STATES,
    compile_expression,
    compile_fuzzy,
    compile_prefix,
    compile_wildcard,
)
from searchlib.errors import QueryError

#: One of each kind, with something that each can come to.
EXAMPLES = [
    compile_prefix("né"),
    compile_wildcard("*k?rea𝄞"),
    compile_expression("mi(ss)+ile|[^a-zé]{2,4}"),
    compile_fuzzy("zelensky", 2),
    compile_fuzzy("中國中國", 1, prefix_length=1),
]


@pytest.mark.parametrize("automaton", EXAMPLES)
def test_tables_fit_each_other(automaton):
    assert automaton.starts[0] == 0
    assert list(automaton.starts) == sorted(set(automaton.starts))
    assert len(automaton.starts) == len(automaton.range_classes)
    assert set(automaton.range_classes) <= set(range(automaton.class_count))
    assert len(automaton.next_states) == automaton.state_count * automaton.class_count
    assert set(automaton.next_states) <= set(range(automaton.state_count))


@pytest.mark.parametrize("automaton", EXAMPLES)
def test_from_every_state_but_the_dead_one_some_word_is_accepted(automaton):
    before = {state: set() for state in range(automaton.state_count)}
    for at, state in enumerate(automaton.next_states):
        before[state].add(at // automaton.class_count)
    live = new = {state for state, accepts in enumerate(automaton.accepting) if accepts}
    while new:
        new = {earlier for state in new for earlier in before[state]} - live
        live = live | new

    assert live == set(range(1, automaton.state_count))


def test_no_word_has_a_lone_surrogate():
    assert not compile_wildcard("*").matches("a\ud800")
    assert not compile_expression("[^a]").matches("\udfff")
    assert not compile_fuzzy("ab", 1).matches("a\udc80")


@pytest.mark.parametrize("compiled", [compile_prefix, compile_wildcard, compile_expression])
@pytest.mark.parametrize("pattern", ["\ud800", "a\udfffb"])
def test_a_pattern_with_a_lone_surrogate_is_refused(compiled, pattern):
    with pytest.raises(QueryError, match=r"U\+D[8F].. is a lone surrogate") as caught:
        compiled(pattern)

    assert caught.value.start == pattern.index(max(pattern))


@pytest.mark.parametrize(
    "compiled", [compile_prefix, compile_wildcard, compile_expression, lambda w: compile_fuzzy(w, 1)]
)
def test_a_pattern_that_is_too_long_is_refused(compiled):
    with pytest.raises(QueryError, match="at most 1,000 characters; this one has 1,001"):
        compiled("a" * (MAX_PATTERN_LENGTH + 1))


# A state for each way that the last twenty characters can be; and fewer states, with hundreds of classes of characters.
@pytest.mark.parametrize("pattern", ["(a|b)*a(a|b){20}", "(a|b)*a(a|b){10}" + "".join(map(chr, range(0x4E00, 0x5100)))])
def test_a_pattern_that_takes_too_much_room_is_refused(pattern):
    with pytest.raises(QueryError, match=f"more than {MAX_STATES:,} states, or 1,000,000 cells"):
        compile_expression(pattern)


def test_a_fuzzy_word_that_takes_too_much_room_is_refused():
    with pytest.raises(QueryError, match="too complex"):
        compile_fuzzy("".join(chr(0x4E00 + n) for n in range(900)), 2)
