"""Checks of trees that were not parsed: what no query can mean is found before an engine plans it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from searchlib.query.limits import MAX_AT_LEAST, MAX_BOOST, MAX_TREE_DEPTH, MIN_BOOST
from searchlib.query.nodes import (
    SEARCH_FIELDS,
    VALUE_FIELDS,
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
from searchlib.query.patterns import fault_of_pattern

__all__ = ["find_fault"]

# Positions are numbers of 32 bits.
_MAX_POSITION: Final = 2**32 - 1


def find_fault(tree: Node) -> tuple[object, str] | None:
    """What in a tree cannot be, and what can be instead; None where all can.

    Trees of any depth are walked without recursion.
    """
    if _is_plain_word(tree):
        return None
    waiting: list[tuple[Any, bool, int]] = [(tree, False, 1)]
    levels = 1
    while waiting:
        node, is_side, level = waiting.pop()
        remedy = _fault_of_side(node) if is_side else None
        if remedy := remedy or _fault_of(node):
            return node, remedy
        is_side = is_side or isinstance(node, (Near, Sequence, AtLeast))
        children = _children(node)
        if children and level >= levels:
            levels = level + 1
        # Nearly all nodes are plain words, and no search should wait for its check.
        waiting += [(child, is_side, level + 1) for child in children if not _is_plain_word(child)]
    if levels > MAX_TREE_DEPTH:
        return f"a tree of {levels:,} levels", f"give one of at most {MAX_TREE_DEPTH}"
    return None


def _is_plain_word(node: object) -> bool:
    """Whether it is a word as it has to be, in no field."""
    return type(node) is Word and type(node.text) is str and node.field is None


def _children(node: Any) -> tuple[Any, ...]:
    if isinstance(node, (And, Or, Sequence)):
        return node.nodes
    if isinstance(node, (Not, Boosted, AtLeast)):
        return (node.node,)
    return (node.left, node.right) if isinstance(node, Near) else ()


_PATTERNS: Final = (Wildcard, Expression, Fuzzy)
_WITH_WORDS: Final = (Word, Phrase, Exact, *_PATTERNS)
_SIDES: Final = (*_WITH_WORDS, Sequence, Near, Or, Boosted)


def _fault_of_side(node: Any) -> str | None:
    allowed = isinstance(node, _SIDES)
    return None if allowed else "a side is a word, a phrase, a pattern, a Sequence, a Near, or an Or of those"


def _fault_of(node: Any) -> str | None:
    if isinstance(node, (And, Or)):
        return None if isinstance(node.nodes, tuple) else "its nodes are a tuple"
    if isinstance(node, _WITH_WORDS):
        return _fault_of_words(node)
    for kind, fault in _FAULTS.items():
        if isinstance(node, kind):
            return fault(node)
    return None if isinstance(node, (Not, Everything, Nothing)) else "give nodes of searchlib.query"


def _fault_of_words(node: Word | Phrase | Exact | Wildcard | Expression | Fuzzy) -> str | None:
    if not isinstance(node.text, str):
        return "its text is a text"
    if node.field is not None and node.field not in SEARCH_FIELDS:
        return f"its field is None, or one of {', '.join(SEARCH_FIELDS)}"
    if isinstance(node, (Phrase, Exact)) and not _is_position(node.slop):
        return "its slop is a whole number from 0"
    if isinstance(node, _PATTERNS):
        return _fault_of_pattern(node)
    return None


def _fault_of_pattern(node: Wildcard | Expression | Fuzzy) -> str | None:
    if isinstance(node, Fuzzy) and not (_is_whole(node.distance) and 1 <= node.distance <= 2):
        return "its distance is 1 or 2"
    if not node.text.strip():
        return "its text is not blank"
    return fault_of_pattern(node)


def _fault_of_sequence(node: Sequence) -> str | None:
    if not isinstance(node.nodes, tuple) or len(node.nodes) < 2:
        return "its nodes are a tuple of at least two"
    return None if _is_position(node.slop) else "its slop is a whole number from 0"


def _fault_of_near(node: Near) -> str | None:
    if not _is_position(node.distance):
        return "its distance is a whole number from 0"
    if not isinstance(node.unit, str) or node.unit not in ("word", "sentence", "paragraph"):
        return 'its unit is "word", "sentence" or "paragraph"'
    return None


def _fault_of_at_least(node: AtLeast) -> str | None:
    allowed = _is_whole(node.count) and 1 <= node.count <= MAX_AT_LEAST
    return None if allowed else f"its count is a whole number from 1 to {MAX_AT_LEAST}"


def _fault_of_value(node: Value) -> str | None:
    if not isinstance(node.text, str):
        return "its text is a text"
    return None if node.field in VALUE_FIELDS else f"its field is one of {', '.join(VALUE_FIELDS)}"


def _fault_of_has(node: Has) -> str | None:
    return None if node.field in _FIELDS_TO_HAVE else f"its field is one of {', '.join(_FIELDS_TO_HAVE)}"


def _fault_of_length(node: LengthRange) -> str | None:
    sides = (node.at_least, node.at_most)
    if sides == (None, None) or not all(side is None or _is_position(side) for side in sides):
        return "its sides are whole numbers from 0, or one of them None"
    return None


def _fault_of_boost(node: Boosted) -> str | None:
    weighs = _is_number(node.factor) and MIN_BOOST <= node.factor <= MAX_BOOST
    return None if weighs else f"its factor is a number from {MIN_BOOST:g} to {MAX_BOOST:g}"


def _fault_of_dates(node: DateRange) -> str | None:
    if not isinstance(node.field, str) or node.field not in ("published", "updated"):
        return 'its field is "published" or "updated"'
    allowed = _is_instant(node.since) and _is_instant(node.until)
    return None if allowed else "its dates are datetimes with a time zone, or None"


_FIELDS_TO_HAVE: Final = (*(field for field in SEARCH_FIELDS if field != "lead"), "date", "updated")
_FAULTS: Final[dict[type[Node], Callable[[Any], str | None]]] = {
    Sequence: _fault_of_sequence,
    Near: _fault_of_near,
    AtLeast: _fault_of_at_least,
    Value: _fault_of_value,
    Has: _fault_of_has,
    LengthRange: _fault_of_length,
    Boosted: _fault_of_boost,
    DateRange: _fault_of_dates,
}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_position(value: Any) -> bool:
    return _is_whole(value) and 0 <= value <= _MAX_POSITION


def _is_instant(value: object) -> bool:
    return value is None or (isinstance(value, datetime) and value.tzinfo is not None)
