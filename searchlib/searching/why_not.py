"""Why a query does not find an article: what keeps it out, what it has instead, and queries near it that find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, Final

from searchlib.article import format_moment
from searchlib.explanations import ExcludingPart, Relaxation, WhyNot
from searchlib.query import (
    AtLeast,
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
    Value,
    Wildcard,
    Word,
    parse,
    render,
    simplify,
)
from searchlib.query import Sequence as PhraseOfSides
from searchlib.query.english import day_text
from searchlib.schema import ID, KEYWORD_FIELDS
from searchlib.searching.clauses import All, Clause, Term
from searchlib.searching.one_article import OneArticle
from searchlib.searching.plan import Planned
from searchlib.searching.planned_parts import PlannedPart, planned_parts
from searchlib.searching.relaxations import Relaxer, nearest, smallest

__all__ = ["why_not"]

_MAX_RELAXATIONS: Final = 8
_MAX_REASONS: Final = 3
_FAR: Final = 1 << 20


def why_not(
    tree: Node,
    one: OneArticle,
    *,
    plan: Callable[[Node], Planned],
    count: Callable[[Clause], int],
    rank: Callable[[Node], int | None],
    zone: tzinfo,
    now: datetime,
) -> WhyNot:
    """Why a query does not find an article, without diagnostics.

    Args:
        tree: The query.
        one: The article.
        plan: Plans a tree.
        count: Counts the articles of a clause.
        rank: Where the article is among the hits of a tree, from 1; None if it is not among the first.
        zone: The index's time zone.
        now: The instant at which relaxed queries are read.
    """
    planned = plan(tree)
    total = count(planned.clause)
    if count(_with_id(planned.clause, one)):
        return WhyNot(one.article.id, render(tree, zone=zone), True, rank(tree), total)
    holds = lru_cache(maxsize=4096)(lambda node: one.holds(plan(node).clause))
    excluding = tuple(_Reasons(one, holds, zone).of(planned_parts(tree, planned)))
    relaxed: dict[str, Relaxation] = {}
    for change in Relaxer(one, holds, zone).changes(tree):
        if len(relaxed) == _MAX_RELAXATIONS or change.node is None or isinstance(simplify(change.node), Everything):
            continue
        text = render(change.node, zone=zone)
        if text in relaxed:
            continue
        # What is told is what the text finds, and the index has the last word on that.
        clause = plan(parse(text, zone=zone, now=now).tree).clause
        if count(_with_id(clause, one)):
            relaxed[text] = Relaxation(text, change.text, count(clause))
    ordered = sorted(relaxed.values(), key=lambda each: each.total)
    return WhyNot(one.article.id, render(tree, zone=zone), False, None, total, excluding, tuple(ordered))


def _with_id(clause: Clause, one: OneArticle) -> Clause:
    return All((clause, Term(ID, one.article.id, 0.0)))


class _Reasons:
    """Says what of a query an article does not meet.

    Args:
        one: The article.
        holds: Whether it meets a part by itself.
        zone: The time zone of days.
    """

    def __init__(self, one: OneArticle, holds: Callable[[Node], bool], zone: tzinfo) -> None:
        self._one = one
        self._holds = holds
        self._zone = zone

    def of(self, part: PlannedPart) -> Iterator[ExcludingPart]:
        """The parts of a part that keep the article out."""
        node = part.node
        text = render(node, zone=self._zone)
        if part.clause is None:
            yield ExcludingPart(text, "there is no word to search for in it")
        elif self._one.holds(part.clause):
            return
        elif isinstance(node, Not):
            yield ExcludingPart(text, *self._of_excluded(part.parts[0]))
        elif isinstance(node, Or):
            inner = [reason for each in part.parts for reason in self.of(each)][:_MAX_REASONS]
            instead = "; ".join(f"{each.text}: {each.instead}" for each in inner if each.instead)
            yield ExcludingPart(text, "it meets none of these", instead)
        elif part.parts:
            for each in part.parts:
                yield from self.of(each)
        else:
            yield ExcludingPart(text, *_REASONS.get(type(node), _Reasons._other)(self, node))

    def _of_excluded(self, part: PlannedPart) -> tuple[str, str]:
        held = [leaf.clause for leaf in part.leaves() if leaf.clause is not None and self._one.holds(leaf.clause)]
        printed = [
            text for clause in held if (found := self._one.ranked(clause)) for text in self._one.printed(found.ranges)
        ]
        return "it has what is excluded", ", ".join(f"“{text}”" for text in printed[:_MAX_REASONS])

    def _other(self, _: Node) -> tuple[str, str]:
        return "it does not match", ""

    def _nothing(self, _: Nothing) -> tuple[str, str]:
        return "nothing matches this", ""

    def _missing(self, node: Word | Phrase | Exact | Fuzzy) -> tuple[str, str]:
        """The words of a part that are not in the article."""
        if node.field in KEYWORD_FIELDS:
            return f"“{node.text}” is not its {node.field}", self._values(node.field)
        if node.field == "id":
            return f"its id is not “{node.text}”", self._one.article.id
        words = node.text.split() or [node.text]
        missing = [word for word in words if not self._holds(Word(word, node.field))]
        where = "" if node.field is None else f" in the {node.field}"
        if not missing:
            return self._apart(node, where)
        near = [each for word in missing[:_MAX_REASONS] if (each := nearest(self._one, word, node.field))]
        instead = f"nearest: {', '.join(f'“{each}”' for each in near)}" if near else ""
        if node.field is not None and self._holds(Word(missing[0])):
            instead = f"“{missing[0]}” is elsewhere in the text"
        return f"it does not have {', '.join(f'“{word}”' for word in missing)}{where}", instead

    def _apart(self, node: Word | Phrase | Exact | Fuzzy, where: str) -> tuple[str, str]:
        if isinstance(node, Exact):
            any_form = Word(node.text, node.field)
            if len(node.text.split()) == 1 and self._holds(any_form):
                return f"it does not have exactly “{node.text}”{where}", "another form of the word"
        if isinstance(node, (Phrase, Exact)):
            slop = smallest(lambda slop: self._holds(type(node)(node.text, node.field, slop)), node.slop + 1, _FAR)
            if slop is not None:
                others = "1 other word" if slop == 1 else f"{slop:,} other words"
                together = "so near one another" if node.slop else "side by side"
                return f"the words do not stand {together}{where}", f"with {others} among them"
            return f"the words do not stand in this order within one text{where}", ""
        return f"it does not have “{node.text}”{where}", ""

    def _pattern(self, node: Wildcard | Expression) -> tuple[str, str]:
        where = "" if node.field is None else f" in the {node.field}"
        return f"no word{where} matches “{node.text}”", self._values(node.field) if node.field in KEYWORD_FIELDS else ""

    def _near(self, node: Near) -> tuple[str, str]:
        lacking = [side for side in (node.left, node.right) if not self._holds(side)]
        if lacking and not (node.negated and self._holds(node.left)):
            said = " and ".join(render(side, zone=self._zone) for side in lacking)
            nearest_words = [each for side in lacking if isinstance(side, Word) and (each := self._missing(side)[1])]
            return f"it does not have {said}", "; ".join(nearest_words)
        if node.negated:
            return "what it must not stand near is always near it", ""
        apart = "so near" if node.unit == "word" else f"in one {node.unit}"
        for ordered in (True, False) if node.ordered else (False,):
            distance = self._distance(node, ordered=ordered)
            if distance is not None:
                order = "" if ordered == node.ordered else ", in the other order"
                words = "1 word" if distance == 1 else f"{distance:,} words"
                return f"the two do not stand {apart}", f"{words} apart{order}"
        return "the two do not stand in one text", ""

    def _distance(self, node: Near, *, ordered: bool) -> int | None:
        return smallest(lambda distance: self._holds(Near(node.left, node.right, distance, ordered)), 1, _FAR)

    def _sequence(self, node: PhraseOfSides) -> tuple[str, str]:
        missing = [render(side, zone=self._zone) for side in node.nodes if not self._holds(side)]
        if missing:
            return f"it does not have {', '.join(missing)}", ""
        slop = smallest(lambda slop: self._holds(PhraseOfSides(node.nodes, slop)), node.slop + 1, _FAR)
        others = "" if slop is None else f"with {slop:,} other {'word' if slop == 1 else 'words'} among them"
        return "the parts do not stand side by side", others

    def _at_least(self, node: AtLeast) -> tuple[str, str]:
        if not self._holds(node.node):
            return "it does not occur", ""
        most = next((count for count in range(node.count - 1, 1, -1) if self._holds(AtLeast(node.node, count))), 1)
        return f"it occurs less than {node.count} times", "once" if most == 1 else f"{most:,} times"

    def _value(self, node: Value) -> tuple[str, str]:
        return f"“{node.text}” is not a value of its {node.field}", self._values(node.field)

    def _has(self, node: Has) -> tuple[str, str]:
        return f"it has no {node.field}", ""

    def _length(self, _: LengthRange) -> tuple[str, str]:
        return "its length is another", f"{sum(self._one.text.lengths):,} words"

    def _dates(self, node: DateRange) -> tuple[str, str]:
        article = self._one.article
        is_published = node.field == "published"
        at = article.published if is_published else article.updated
        precision = article.published_precision if is_published else article.updated_precision
        verb = "published" if is_published else "updated"
        if at is None or precision is None:
            return f"it does not say when it was {verb}", "no date"
        local = at.astimezone(self._zone)
        exact = precision in ("month", "year")
        return f"it was not {verb} then", f"{verb} {format_moment(local, precision) if exact else day_text(local)}"

    def _values(self, field: str | None) -> str:
        value = getattr(self._one.article, KEYWORD_FIELDS[field or ""])
        values = [value] if isinstance(value, str) else list(value)
        return f"{field}: {'; '.join(values)}" if any(values) else f"no {field}"


_REASONS: Final[dict[type[Node], Callable[[_Reasons, Any], tuple[str, str]]]] = {
    Word: _Reasons._missing,
    Phrase: _Reasons._missing,
    Exact: _Reasons._missing,
    Fuzzy: _Reasons._missing,
    Wildcard: _Reasons._pattern,
    Expression: _Reasons._pattern,
    Near: _Reasons._near,
    PhraseOfSides: _Reasons._sequence,
    AtLeast: _Reasons._at_least,
    Value: _Reasons._value,
    Has: _Reasons._has,
    LengthRange: _Reasons._length,
    DateRange: _Reasons._dates,
    Nothing: _Reasons._nothing,
}
