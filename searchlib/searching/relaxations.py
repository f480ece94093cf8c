"""A part of a query that an article does not meet → parts near it that the article meets, the nearest first.

Every part that is given holds for the article, by `OneArticle`. It may be far from what was meant, so each says what is
different. The last one leaves the part out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final, NamedTuple

from searchlib.query import (
    MAX_DISTANCE,
    TEXT_REGIONS,
    And,
    AtLeast,
    Boosted,
    DateRange,
    Exact,
    Expression,
    Fuzzy,
    LengthRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Unit,
    Value,
    Wildcard,
    Word,
    all_of,
    any_of,
    render,
)
from searchlib.query import Sequence as PhraseOfSides
from searchlib.query.english import day_text
from searchlib.schema import KEYWORD_FIELDS
from searchlib.searching.one_article import OneArticle

__all__ = ["Change", "Relaxer", "nearest", "smallest"]

_MAX_CHANGES: Final = 8
_REGIONS: Final = {"title": (0,), "summary": (1,), "body": (2,), "lead": (0, 2), None: (0, 1, 2)}
_MAX_LOOKUPS: Final = 64
_MIN_LIKENESS: Final = 0.6
_Words = Word | Phrase | Exact | Wildcard | Expression | Fuzzy


class Change(NamedTuple):
    """What to ask instead of a part, None for nothing, and what is different."""

    node: Node | None
    text: str


class Relaxer:
    """Finds what an article meets near a part that it does not meet.

    Args:
        one: The article.
        holds: Whether it meets a part by itself.
        zone: The time zone of days.
    """

    def __init__(self, one: OneArticle, holds: Callable[[Node], bool], zone: tzinfo) -> None:
        self._one = one
        self._holds = holds
        self._zone = zone
        # A search for the nearest of all words of a long article takes some milliseconds.
        self._lookups_left = _MAX_LOOKUPS

    def changes(self, node: Node) -> list[Change]:
        """The changes to a part which the article does not meet, the mildest first; at most eight."""
        if self._holds(node):
            return [Change(node, "")]
        found: dict[Node | None, Change] = {}
        for change in self._proposed(node):
            if change.node not in found and (change.node is None or self._holds(change.node)):
                found[change.node] = change
        kept = list(islice(found.values(), _MAX_CHANGES - 1))
        return [*(each for each in kept if each.node is not None), self._left_out(node)]

    def _left_out(self, node: Node) -> Change:
        return Change(None, f"without {render(node, zone=self._zone)}")

    def _proposed(self, node: Node) -> Iterator[Change]:
        """Changes that may hold."""
        propose = _PROPOSALS.get(type(node))
        if propose is not None:
            yield from propose(self, node)

    # --- what joins parts

    def _all(self, node: And) -> Iterator[Change]:
        own = [self.changes(each) for each in node.nodes]
        lacking = [at for at, changes in enumerate(own) if changes[0].text]
        for chosen in _choices(own, lacking):
            kept = [each.node for each in chosen if each.node is not None]
            yield Change(all_of(kept) if kept else None, "; ".join(each.text for each in chosen if each.text))
        if len(lacking) > 1:
            kept = [each for at, each in enumerate(node.nodes) if at not in lacking]
            texts = "; ".join(self._left_out(node.nodes[at]).text for at in lacking)
            yield Change(all_of(kept) if kept else None, texts)
        words = [each for each in node.nodes if not isinstance(each, (Not, *_CONDITIONS))]
        if len(words) > 1:
            others = [each for each in node.nodes if each not in words]
            yield Change(all_of([any_of(words), *others]), "any of the words instead of all")

    def _any(self, node: Or) -> Iterator[Change]:
        for at, each in enumerate(node.nodes):
            for change in self.changes(each)[:2]:
                if change.node is not None:
                    yield Change(any_of([*node.nodes[:at], change.node, *node.nodes[at + 1 :]]), change.text)

    def _not(self, node: Not) -> Iterator[Change]:
        if isinstance(node.node, Or):
            met = [each for each in node.node.nodes if self._holds(each)]
            left = [each for each in node.node.nodes if each not in met]
            if left:
                yield Change(Not(any_of(left)), "; ".join(self._left_out(Not(each)).text for each in met))

    def _boosted(self, node: Boosted) -> Iterator[Change]:
        for change in self.changes(node.node):
            yield change if change.node is None else Change(Boosted(change.node, node.factor), change.text)

    # --- words

    def _elsewhere(self, node: _Words) -> Iterator[Change]:
        """The same in all of the text."""
        if node.field is not None:
            yield Change(replace(node, field=None), f"anywhere in the text instead of in the {node.field}")

    def _word(self, node: Word) -> Iterator[Change]:
        yield from self._respelt(node)
        yield from self._elsewhere(node)

    def _respelt(self, node: Word | Phrase | Exact | Fuzzy) -> Iterator[Change]:
        """With words that are not in the article as the nearest ones that are."""
        if node.field == "language":
            if self._one.article.language:
                code = self._one.article.language
                yield Change(Word(code, "language"), f"the language {code} instead of {node.text}")
            return
        words, texts = node.text.split(), []
        for at, word in enumerate(words):
            if not self._lookups_left or self._holds(Word(word, node.field)):
                continue
            self._lookups_left -= 1
            if near := nearest(self._one, word, node.field):
                words[at] = near
                texts.append(f"“{near}” instead of “{word}”")
        if texts:
            respelt = " ".join(words)
            changed = Word(respelt, node.field) if isinstance(node, Fuzzy) else replace(node, text=respelt)
            yield Change(changed, ", ".join(texts))

    def _phrase(self, node: Phrase) -> Iterator[Change]:
        yield from self._looser(node)
        yield from self._respelt(node)
        yield from self._elsewhere(node)
        words = [Word(word, node.field) for word in node.text.split()]
        if len(words) == 2:
            yield from self._near_words(words[0], words[1])
        if len(words) > 1:
            yield Change(all_of(words), "the words anywhere instead of the phrase")

    def _exact(self, node: Exact) -> Iterator[Change]:
        is_word = len(node.text.split()) == 1
        any_form = Word(node.text, node.field) if is_word else Phrase(node.text, node.field, node.slop)
        yield Change(any_form, f"any form of “{node.text}” instead of exactly this")
        yield from self._looser(node)
        yield from self._respelt(node)
        yield from self._elsewhere(node)

    def _pattern(self, node: Wildcard | Expression) -> Iterator[Change]:
        yield from self._elsewhere(node)

    def _fuzzy(self, node: Fuzzy) -> Iterator[Change]:
        if node.distance == 1:
            yield Change(replace(node, distance=2), "two letters may differ instead of one")
        yield from self._respelt(node)
        yield from self._elsewhere(node)

    def _looser(self, node: Phrase | Exact | PhraseOfSides) -> Iterator[Change]:
        """With as many other words among its own as the article has."""
        slop = smallest(lambda slop: self._holds(replace(node, slop=slop)), node.slop + 1, MAX_DISTANCE)
        if slop is not None:
            others = "1 other word" if slop == 1 else f"{slop} other words"
            yield Change(replace(node, slop=slop), f"{others} may stand inside the phrase")

    # --- what stands near what

    def _near_words(self, left: Node, right: Node, start: int = 1) -> Iterator[Change]:
        for ordered in (True, False):
            distance = self._smallest_distance(left, right, start, ordered=ordered)
            if distance is not None:
                order = "in this order" if ordered else "in any order"
                yield Change(Near(left, right, distance, ordered), f"within {_words(distance)}, {order}")

    def _smallest_distance(self, left: Node, right: Node, start: int, *, ordered: bool) -> int | None:
        return smallest(lambda distance: self._holds(Near(left, right, distance, ordered)), start, MAX_DISTANCE)

    def _near(self, node: Near) -> Iterator[Change]:
        left, right = node.left, node.right
        if node.negated:
            yield Change(left, f"with or without {render(right, zone=self._zone)} near it")
            return
        if node.unit == "word":
            yield Change(replace(node, ordered=False), "in any order")
            for change in self._near_words(left, right, node.distance):
                if isinstance(change.node, Near) and (change.node.ordered == node.ordered or not change.node.ordered):
                    yield change
        units: tuple[Unit, ...] = ("sentence", "paragraph") if node.unit == "sentence" else ("paragraph",)
        for ordered in (node.ordered, False):
            for unit in units if node.unit != "word" else ():
                order = ", in any order" if ordered != node.ordered else ""
                yield Change(Near(left, right, 0, ordered, unit), f"in the same {unit}{order}")
        if node.unit != "word":
            yield from self._near_words(left, right)
        yield from self._with_sides(node, (left, right), lambda sides: replace(node, left=sides[0], right=sides[1]))
        yield Change(all_of((left, right)), "both anywhere instead of near one another")

    def _sequence(self, node: PhraseOfSides) -> Iterator[Change]:
        yield from self._looser(node)
        yield from self._with_sides(node, node.nodes, lambda sides: replace(node, nodes=tuple(sides)))
        yield Change(all_of(node.nodes), "the parts anywhere instead of side by side")

    def _with_sides(
        self, node: Node, sides: Sequence[Node], join: Callable[[Sequence[Node]], Node]
    ) -> Iterator[Change]:
        """With the mildest change of each side that is not there."""
        chosen = [self.changes(each)[0] for each in sides]
        changed = [each.node for each in chosen if isinstance(each.node, _SIDES)]
        if len(changed) == len(sides) and any(each.text for each in chosen):
            yield Change(join(changed), "; ".join(each.text for each in chosen if each.text))

    def _at_least(self, node: AtLeast) -> Iterator[Change]:
        for count in range(min(node.count, 100) - 1, 1, -1):
            if self._holds(replace(node, count=count)):
                yield Change(replace(node, count=count), f"at least {count} times instead of {node.count}")
                break
        for change in self.changes(node.node)[:2]:
            if change.node is not None:
                yield Change(change.node, change.text or f"once instead of {node.count} times")

    # --- what is no word

    def _value(self, node: Value) -> Iterator[Change]:
        value = getattr(self._one.article, KEYWORD_FIELDS[node.field])
        values = [value] if isinstance(value, str) and value else list(value)
        for each in get_close_matches(node.text, values, len(values) or 1, 0.0):
            yield Change(Value(each, node.field), f"{node.field} “{each}” instead of “{node.text}”")
        yield Change(Phrase(node.text, node.field), f"“{node.text}” as words of the {node.field}")

    def _length(self, node: LengthRange) -> Iterator[Change]:
        length = sum(self._one.text.lengths)
        low = None if node.at_least is None else min(node.at_least, length)
        high = None if node.at_most is None else max(node.at_most, length)
        side = "up to" if high == length else "from"
        yield Change(LengthRange(low, high), f"lengths {side} its {_words(length)}")

    def _dates(self, node: DateRange) -> Iterator[Change]:
        article = self._one.article
        at = article.published if node.field == "published" else article.updated
        if at is not None:
            since, until = day_of(at, self._zone)
            wider = replace(
                node,
                since=None if node.since is None else min(node.since, since),
                until=None if node.until is None else max(node.until, until),
            )
            side = "from" if wider.since != node.since else "until"
            yield Change(wider, f"dates {side} its own, {day_text(at.astimezone(self._zone))}")


_CONDITIONS: Final = (DateRange, LengthRange, Value)
_SIDES: Final = (Word, Phrase, Exact, Wildcard, Expression, Fuzzy, PhraseOfSides, Near, Or)
_PROPOSALS: Final[dict[type[Node], Callable[[Relaxer, Any], Iterator[Change]]]] = {
    And: Relaxer._all,
    Or: Relaxer._any,
    Not: Relaxer._not,
    Boosted: Relaxer._boosted,
    Word: Relaxer._word,
    Phrase: Relaxer._phrase,
    Exact: Relaxer._exact,
    Wildcard: Relaxer._pattern,
    Expression: Relaxer._pattern,
    Fuzzy: Relaxer._fuzzy,
    PhraseOfSides: Relaxer._sequence,
    Near: Relaxer._near,
    AtLeast: Relaxer._at_least,
    Value: Relaxer._value,
    LengthRange: Relaxer._length,
    DateRange: Relaxer._dates,
}


def _choices(own: Sequence[Sequence[Change]], lacking: Sequence[int]) -> Iterator[list[Change]]:
    """A change of each part: the mildest of all, then of one part after the other the next ones."""
    mildest = [changes[0] for changes in own]
    yield mildest
    for number in range(1, _MAX_CHANGES):
        for at in lacking:
            if number < len(own[at]):
                yield [*mildest[:at], own[at][number], *mildest[at + 1 :]]


def smallest(holds: Callable[[int], bool], low: int, high: int) -> int | None:
    """The smallest number in [low, high] for which something holds that holds for all greater ones too; None if none."""
    if low > high or not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def nearest(one: OneArticle, word: str, field: str | None) -> str:
    """The word of an article that is spelt most like another, case and accents folded; "" if none is like it.

    Args:
        one: The article.
        word: The other.
        field: The field whose words are looked at; None for all of the text.
    """
    if field is None or field in TEXT_REGIONS:
        tokens = [token for region in _REGIONS[field] for token in one.text.tokens[region]]
        words = dict.fromkeys(token.printed for token in tokens if token.printed)
    else:
        words = dict.fromkeys(one.words_of_field(field))
    found = get_close_matches(word.casefold(), list(words), 1, _MIN_LIKENESS)
    return found[0] if found and found[0] != word.casefold() else ""


def day_of(instant: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """When the day of an instant begins and ends in a zone, in UTC; next to the year 9999 it ends with the instant."""
    try:
        midnight = instant.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight.astimezone(timezone.utc), (midnight + timedelta(days=1)).astimezone(timezone.utc)
    except OverflowError:
        return instant, instant + timedelta.resolution


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count:,} words"
