"""Tree → plain English: what a query finds, as one would say it to a colleague.

A part of a query is said as what an article has ("the phrase “kim jong un” in the title"), or as what it is ("published in
September 2023"). Things are joined by "and" and "or"; what has both is put in parentheses, so that the sentence has one
reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any, Final, NamedTuple

from searchlib.query.dates import format_range
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
    Value,
    Wildcard,
    Word,
)
from searchlib.query.nodes import Sequence as PhraseOfSides
from searchlib.query.simplify import simplify

__all__ = ["day_text", "in_english", "sentence"]

_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_YEAR: Final = re.compile(r"\d{4}")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FIELDS: Final = {
    "title": "in the title",
    "summary": "in the summary",
    "body": "in the body",
    "lead": "in the title or the first paragraph",
    "author": "as author",
    "section": "as section",
    "publisher": "as publisher",
    "place": "as dateline",
    "agency": "as agency",
    "tag": "as tag",
    "language": "as language",
    "id": "as id",
    "url": "in the URL",
}
_A_FIELD: Final = {
    "author": "an author",
    "agency": "an agency",
    "place": "a dateline",
    "date": "a date",
    "updated": "a date of change",
    "language": "a language",
    "id": "an id",
    "url": "a URL",
}


class _Said(NamedTuple):
    """A part in words.

    Attributes:
        text: The words.
        is_thing: Whether an article has it; else the article is it.
        is_joined: Whether it has an "and" or "or" of its own.
        is_list: Whether it is a list that "any of" begins.
    """

    text: str
    is_thing: bool = True
    is_joined: bool = False
    is_list: bool = False

    @property
    def closed(self) -> str:
        """The words, in parentheses where they are joined."""
        return f"({self.text})" if self.is_joined else self.text

    @property
    def of_articles(self) -> str:
        """The words as they follow "articles"."""
        return f"with {self.text}" if self.is_thing else self.text


def sentence(tree: Node, *, zone: tzinfo | None = None) -> str:
    """What a query finds: "articles with “kim”, published in September 2023".

    Args:
        tree: The query.
        zone: The zone of its days; None for UTC.
    """
    simple = simplify(tree)
    if isinstance(simple, Everything):
        return "every article"
    if isinstance(simple, Nothing):
        return "no article"
    return f"articles {in_english(simple, zone=zone)}"


def in_english(node: Node, *, zone: tzinfo | None = None) -> str:
    """A part of a query as it follows "articles": "with “kim” in the title", "published in 2023"."""
    return _Speaker(zone or timezone.utc).say(simplify(node)).of_articles


def day_text(day: date) -> str:
    """A day: "11 September 2023"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"


class _Speaker:
    """Says nodes.

    Args:
        zone: The zone of days.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def say(self, node: Node) -> _Said:
        """A node in words."""
        return _SAYINGS[type(node)](self, node)

    def _all(self, node: And) -> _Said:
        parts = [self.say(each) for each in node.nodes]
        things = [part for part in parts if part.is_thing]
        others = [part.text for part in parts if not part.is_thing]
        said = [part.closed for part in things]
        if said and things[-1].is_list:
            # Nothing follows that its "or" could reach.
            said[-1] = things[-1].text
        with_things = _joined(said, "and")
        if not others:
            return _Said(with_things, is_joined=True)
        return _Said(", ".join([f"with {with_things}", *others] if things else others), False, is_joined=True)

    def _any(self, node: Or) -> _Said:
        parts = [self.say(each) for each in node.nodes]
        if all(part.is_thing for part in parts):
            return _Said(f"any of {_joined([part.closed for part in parts], 'or')}", is_joined=True, is_list=True)
        return _Said(f"that are {_joined([f'({part.of_articles})' for part in parts], 'or')}", False, is_joined=True)

    def _not(self, node: Not) -> _Said:
        inner = self.say(node.node)
        return _Said(f"without {inner.closed}" if inner.is_thing else f"that are not ({inner.text})", False)

    def _boosted(self, node: Boosted) -> _Said:
        inner = self.say(node.node)
        return _Said(f"{inner.closed} (counted {node.factor:g} times)", inner.is_thing)

    def _word(self, node: Word) -> _Said:
        if node.field == "language":
            return _Said(f"in the language “{node.text}”", False)
        return _Said(_in_field(f"“{node.text}”", node.field))

    def _phrase(self, node: Phrase) -> _Said:
        return _Said(_in_field(f"the phrase “{node.text}”{_with_slop(node.slop)}", node.field))

    def _exact(self, node: Exact) -> _Said:
        kind = "word" if len(node.text.split()) == 1 else "words"
        return _Said(_in_field(f"the exact {kind} “{node.text}”{_with_slop(node.slop)}", node.field))

    def _wildcard(self, node: Wildcard) -> _Said:
        return _Said(_in_field(f"a word like “{node.text}”", node.field))

    def _expression(self, node: Expression) -> _Said:
        return _Said(_in_field(f"a word that matches /{node.text}/", node.field))

    def _fuzzy(self, node: Fuzzy) -> _Said:
        letters = "one letter" if node.distance == 1 else f"{node.distance} letters"
        return _Said(_in_field(f"a word spelt like “{node.text}” ({letters} may differ)", node.field))

    def _sequence(self, node: PhraseOfSides) -> _Said:
        sides = " then ".join(self.say(each).closed for each in node.nodes)
        return _Said(f"{sides} side by side{_with_slop(node.slop)}", is_joined=True)

    def _near(self, node: Near) -> _Said:
        left, right = self.say(node.left).closed, self.say(node.right).closed
        words = "1 word" if node.distance == 1 else f"{node.distance} words"
        where = f"within {words} of" if node.unit == "word" else f"in the same {node.unit} as"
        if node.negated:
            after = " after it" if node.ordered else ""
            return _Said(f"{left} that is not {where} {right}{after}", is_joined=True)
        return _Said(f"{left} {where} {right}{', in this order' if node.ordered else ''}", is_joined=True)

    def _at_least(self, node: AtLeast) -> _Said:
        return _Said(f"{self.say(node.node).closed} at least {node.count} times")

    def _value(self, node: Value) -> _Said:
        return _Said(f"exactly “{node.text}” {_FIELDS[node.field] if node.field != 'url' else 'as URL'}")

    def _has(self, node: Has) -> _Said:
        return _Said(_A_FIELD.get(node.field, f"a {node.field}"))

    def _length(self, node: LengthRange) -> _Said:
        low, high = node.at_least, node.at_most
        if low is None or high is None:
            side = f"at most {high:,}" if low is None else f"at least {low:,}"
            return _Said(f"of {side} words", False)
        return _Said(f"of {low:,} words" if low == high else f"of {low:,} to {high:,} words", False)

    def _dates(self, node: DateRange) -> _Said:
        verb = "published" if node.field == "published" else "updated"
        if node.since is None and node.until is None:
            return _Said("a date" if verb == "published" else "a date of change")
        name = format_range(node, self._zone)
        if found := _named_period(name):
            return _Said(f"{verb} {found}", False)
        since = "" if node.since is None else f" from {self._from(node.since)}"
        until = "" if node.until is None else f" {self._until(node.until)}"
        return _Said(verb + since + until, False)

    def _from(self, instant: datetime) -> str:
        local = _local(instant, self._zone)
        return day_text(local) if _is_midnight(local) else f"{day_text(local)} {local:%H:%M:%S%z}"

    def _until(self, instant: datetime) -> str:
        local = _local(instant, self._zone)
        if _is_midnight(local) and local.date() > date.min:
            return f"until {day_text(local.date() - timedelta(days=1))}"
        return f"before {day_text(local)} {local:%H:%M:%S%z}"


_SAYINGS: Final[dict[type, Callable[[_Speaker, Any], _Said]]] = {
    And: _Speaker._all,
    Or: _Speaker._any,
    Not: _Speaker._not,
    Boosted: _Speaker._boosted,
    Word: _Speaker._word,
    Phrase: _Speaker._phrase,
    Exact: _Speaker._exact,
    Wildcard: _Speaker._wildcard,
    Expression: _Speaker._expression,
    Fuzzy: _Speaker._fuzzy,
    PhraseOfSides: _Speaker._sequence,
    Near: _Speaker._near,
    AtLeast: _Speaker._at_least,
    Value: _Speaker._value,
    Has: _Speaker._has,
    LengthRange: _Speaker._length,
    DateRange: _Speaker._dates,
    Everything: lambda speaker, node: _Said("that are any articles", False),
    Nothing: lambda speaker, node: _Said("that are no articles", False),
}


def _joined(parts: Sequence[str], word: str) -> str:
    """Parts as a list: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _in_field(text: str, field: str | None) -> str:
    return text if field is None else f"{text} {_FIELDS[field]}"


def _with_slop(slop: int) -> str:
    if not slop:
        return ""
    return f" with at most {slop} other {'word' if slop == 1 else 'words'} among them"


def _named_period(name: str) -> str:
    """A whole year, month or day in words; "" for any other range."""
    if _YEAR.fullmatch(name):
        return f"in {name}"
    if month := _MONTH.fullmatch(name):
        return f"in {_MONTHS[int(month[2]) - 1]} {month[1]}"
    if day := _DAY.fullmatch(name):
        return f"on {int(day[3])} {_MONTHS[int(day[2]) - 1]} {day[1]}"
    return ""


def _local(instant: datetime, zone: tzinfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:
        # Next to the years 1 and 9999 a zone would leave them.
        return instant


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
