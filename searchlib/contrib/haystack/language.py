"""Query text with fields of search indexes in it → tree.

It is searchlib's language, and in it

    name:word  name:"side by side"  name:="whole value"  name:wor*  name:word~2  name:(a OR "b c")  name:*
    views:3  views:>=3  views:3..9  pub_date:>="2009-02-25 10:00"  pub_date:2009..  also [3 TO 9], [3 TO *], {3 TO}

A clause of such a field is taken out of the text, a word that nobody writes put in its place, and the rest read by the
parser of the query language. In the tree, the clause stands in the place of that word.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone, tzinfo
from typing import Final, NamedTuple

from searchlib.contrib.haystack.fields import IndexedField
from searchlib.query import And, Boosted, Node, Not, Or, Word, all_of, any_of, parse

__all__ = ["CONTENT", "FieldLanguage"]

#: The field of a text that names none.
CONTENT: Final = "content"

_PLACEHOLDER: Final = "qzfieldqz"
_NAME: Final = re.compile(r"(?<![\w\\:])([A-Za-z_]\w*):")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"?')
_BARE: Final = re.compile(r'(?:[^\s()\\"^]|\\.)+')
_BRACKETS: Final = re.compile(r"([\[{])\s*(.*?)\s*\bTO\b\s*(.*?)\s*([\]}])", re.IGNORECASE)
_SIGN: Final = re.compile(r"(>=|<=|>|<|=)?")
_FUZZY: Final = re.compile(r"(.+)~([12]?)")
_SPACE_OR_JOINT: Final = re.compile(r"\s+|AND\b|OR\b|NOT\b|[|+^-][\d.]*")

_log = logging.getLogger(__name__)


class _Operand(NamedTuple):
    """A value as it was written: its text, whether it stood between quotation marks, and where it ends."""

    text: str
    quoted: bool
    end: int


@dataclass
class FieldLanguage:
    """Reads query text.

    Attributes:
        fields: By name, the fields of the search indexes.
        zone: The zone of dates that name none.
        texts_between: The trees of values of a field of texts that lie between two bounds, as the index has them.
    """

    fields: Mapping[str, IndexedField]
    zone: tzinfo
    texts_between: Callable[[IndexedField, str | None, str | None, bool, bool], Node]
    _clauses: dict[str, Node] = field(default_factory=dict)

    def tree(self, text: str) -> Node:
        """The tree of a text.

        Raises:
            ValueError: A clause of a field cannot be; the message says why.
        """
        self._clauses = {}
        parsed = parse(self._rewritten(text), zone=self.zone, now=datetime.now(timezone.utc))
        for diagnostic in parsed.diagnostics:
            _log.debug("query %r: %s", text, diagnostic.message)
        return self._with_clauses(parsed.tree)

    def words(self, text: str) -> str:
        """The text without its clauses of fields."""
        self._clauses = {}
        return re.sub(rf"{_PLACEHOLDER}\d+(?:\^[\d.]+)?", " ", self._rewritten(text))

    def _with_clauses(self, node: Node) -> Node:
        if isinstance(node, Word):
            return self._clauses.get(node.text, node)
        if isinstance(node, And):
            return all_of([self._with_clauses(each) for each in node.nodes])
        if isinstance(node, Or):
            return any_of([self._with_clauses(each) for each in node.nodes])
        if isinstance(node, Not):
            return Not(self._with_clauses(node.node))
        return Boosted(self._with_clauses(node.node), node.factor) if isinstance(node, Boosted) else node

    def _placed(self, node: Node) -> str:
        word = f"{_PLACEHOLDER}{len(self._clauses)}"
        self._clauses[word] = node
        return word

    def _rewritten(self, text: str) -> str:
        """The text with a placeholder for each clause of a field."""
        pieces = []
        offset = 0
        while offset < len(text):
            if named := _NAME.match(text, offset):
                indexed = self.fields.get(named[1])
                if named[1] == CONTENT:
                    offset = named.end()
                    continue
                if indexed is not None and named.end() < len(text) and not text[named.end()].isspace():
                    clause, offset = self._clause(indexed, text, named.end())
                    pieces.append(clause)
                    continue
            skipped = _QUOTED.match(text, offset)
            end = skipped.end() if skipped else offset + (2 if text[offset] == "\\" else 1)
            pieces.append(text[offset:end])
            offset = end
        return "".join(pieces)

    def _clause(self, indexed: IndexedField, text: str, offset: int) -> tuple[str, int]:
        """What stands in the place of a field's clause, and where it ends."""
        if text[offset] == "(":
            end = _closing(text, offset)
            return f"({self._group(indexed, text[offset + 1 : end])})", end + 1
        if brackets := _BRACKETS.match(text, offset):
            opening, low, high, closing = brackets.groups()
            bounds = [None if bound in ("", "*") else _unescaped(bound.strip("\"'")) for bound in (low, high)]
            node = self._between(indexed, bounds[0], bounds[1], opening == "[", closing == "]")
            return self._placed(node), brackets.end()
        node, end = self._value(indexed, text, offset)
        return self._placed(node), end

    def _group(self, indexed: IndexedField, text: str) -> str:
        """The inside of parentheses behind a field: each word and phrase in it is of the field."""
        pieces: list[str] = []
        alternatives: list[Node] = []
        offset = 0
        only_alternatives = True
        while offset < len(text):
            joint = _SPACE_OR_JOINT.match(text, offset)
            if joint and (
                joint[0].isspace() or not joint[0][0].isalpha() or not text[joint.end() : joint.end() + 1].isalnum()
            ):
                only_alternatives = only_alternatives and (joint[0].isspace() or joint[0] in ("OR", "|"))
                pieces.append(joint[0])
                offset = joint.end()
            elif text[offset] in "()":
                only_alternatives = False
                pieces.append(text[offset])
                offset += 1
            else:
                node, offset = self._value(indexed, text, offset)
                alternatives.append(node)
                pieces.append(self._placed(node))
        if only_alternatives and len(alternatives) - 1 == sum(piece in ("OR", "|") for piece in pieces) > 0:
            # One clause, however many values there are.
            return self._placed(any_of(alternatives))
        return "".join(pieces)

    def _value(self, indexed: IndexedField, text: str, offset: int) -> tuple[Node, int]:
        """The tree of one value of a field, and where it ends."""
        sign = _SIGN.match(text, offset)
        assert sign is not None, "no sign is one too"
        operand = _operand(text, sign.end())
        value, end = operand.text, operand.end
        if sign[1] in (">", ">=", "<", "<="):
            is_low = sign[1][0] == ">"
            low, high = (value, None) if is_low else (None, value)
            return self._between(indexed, low, high, sign[1] != ">", sign[1] != "<"), end
        if operand.quoted:
            if text.startswith("..", end):
                other = _operand(text, end + 2)
                return self._between(indexed, value or None, other.text or None, True, True), other.end
            return (indexed.value if sign[1] else indexed.phrase)(value, self.zone), end
        if sign[1]:
            return indexed.value(value, self.zone), end
        return self._bare(indexed, value), end

    def _bare(self, indexed: IndexedField, value: str) -> Node:
        if value == "*":
            return indexed.present()
        if indexed.kind != "key" and ".." in value and indexed.kind in ("number", "date", "text"):
            low, _, high = value.partition("..")
            return self._between(indexed, low or None, high or None, True, True)
        if indexed.kind in ("body", "title", "text", "prefix", "infix") and (fuzzy := _FUZZY.fullmatch(value)):
            return indexed.fuzzy(_unescaped(fuzzy[1]), int(fuzzy[2] or 1))
        if re.search(r"(?<!\\)[*?]", value):
            return indexed.pattern(value)
        return indexed.plain(_unescaped(value), self.zone)

    def _between(
        self, indexed: IndexedField, low: str | None, high: str | None, with_low: bool, with_high: bool
    ) -> Node:
        if low is None and high is None:
            return indexed.present()
        if indexed.kind in ("number", "date"):
            return indexed.between(low, high, self.zone, with_low=with_low, with_high=with_high)
        return self.texts_between(indexed, low, high, with_low, with_high)


def _operand(text: str, offset: int) -> _Operand:
    if quoted := _QUOTED.match(text, offset):
        return _Operand(_unescaped(quoted[1]), True, quoted.end())
    bare = _BARE.match(text, offset)
    return _Operand(bare[0], False, bare.end()) if bare else _Operand("", False, max(offset, offset + 1))


def _closing(text: str, opening: int) -> int:
    """Where the parenthesis ends that begins at an offset; the end of the text where it does not."""
    depth, offset = 0, opening
    while offset < len(text):
        if quoted := _QUOTED.match(text, offset):
            offset = quoted.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[offset], 0)
        if depth == 0:
            return offset
        offset += 2 if text[offset] == "\\" else 1
    return len(text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
