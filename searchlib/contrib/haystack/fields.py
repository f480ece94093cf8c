"""Fields of haystack's search indexes → what an article has of them, and lookups of one field → trees.

The document field is the body. A field named "title" is the title. Every other field is put into words of the carrier
(`searchlib.contrib.field_words`): a text word by word, and each whole value that is short into the tags, as "name: value",
where facets count it. Fields named as those of articles ("author", "section", "pub_date") fill these too, so that other
programs which open the index know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Final, Literal

from searchlib.contrib import field_words
from searchlib.contrib.field_words import CARRIER, marked
from searchlib.query import Fuzzy, Node, Nothing, Phrase, Value, Wildcard, Word, all_of

__all__ = ["OWN_FIELDS", "IndexedField", "Kind", "tag_of"]

Kind = Literal["body", "title", "text", "prefix", "infix", "number", "date", "boolean", "key", "id"]

#: Names of fields → the field of an article that they fill.
OWN_FIELDS: Final = {
    "author": "authors",
    "authors": "authors",
    "section": "section",
    "publisher": "publisher",
    "place": "place",
    "url": "url",
    "language": "language",
    "published": "published",
    "pub_date": "published",
    "publish_date": "published",
    "date": "published",
    "updated": "updated",
    "modified": "updated",
}

# A longer value is not counted by facets.
_MAX_TAG_CHARS: Final = 256
_WORD: Final = re.compile(r"[^\W_]+")
# What is no value.
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], ())
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PATTERN: Final = re.compile(r"[^\W_*?]*[*?][^\s]*|[^\W_]+")


def tag_of(name: str, value: Any) -> str:
    """The tag that says that a field has a value."""
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return f"{name}: {' '.join(text.split())}"


@dataclass(frozen=True, slots=True)
class IndexedField:
    """A field of search indexes, as an article has it.

    Attributes:
        name: Its name in the index.
        kind: "body" and "title" are these parts of an article, "text" is searched by words, "prefix" and "infix" by the
            beginnings and the parts of words, "number", "date" and "boolean" are compared, "key" is compared as a whole, and
            "id" is the article's id.
        whole: Whether a lookup without more means whole values: of lists and of fields that facets are made of.
    """

    name: str
    kind: Kind
    whole: bool = False

    def words(self, value: Any, zone: tzinfo) -> Iterator[str]:
        """The words of the carrier that a value comes to, in order."""
        if self.kind in ("body", "id") or value in _EMPTY:
            return
        yield marked(self.name, "p")
        for each in value if isinstance(value, (list, tuple)) else (value,):
            yield from self._words_of_one(each, zone)

    def _words_of_one(self, value: Any, zone: tzinfo) -> Iterator[str]:
        if self.kind == "number":
            value = _number(value)
        yield from list(field_words.words_of(self.name, value, zone))[1:]
        if self.kind in ("text", "prefix", "infix"):
            # Between two values stands what no phrase is made of.
            yield marked(self.name, "s")
            yield from (marked(self.name, "w", word) for word in _WORD.findall(str(value)))

    def tags(self, value: Any) -> Iterator[str]:
        """The tags that a value comes to, which facets count and whole values are looked up by."""
        if self.kind in ("body", "id", "prefix", "infix") or value in _EMPTY:
            return
        for each in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(each, date):
                each = each.isoformat()
            tag = tag_of(self.name, each)
            if len(tag) <= _MAX_TAG_CHARS:
                yield tag

    @property
    def has_words(self) -> bool:
        """Whether a lookup without more means words of the field, and not whole values."""
        return not self.whole and self.kind in ("body", "title", "text", "prefix", "infix")

    def plain(self, text: str, zone: tzinfo) -> Node:
        """Articles with these words in the field, in whatever order, or with this value of it."""
        if self.kind == "body":
            return all_of([Word(word) for word in text.split()])
        if self.kind == "title":
            return all_of([Word(word, "title") for word in text.split()])
        if self.kind in ("prefix", "infix"):
            before = "*" if self.kind == "infix" else ""
            words = _WORD.findall(text)
            return all_of([Wildcard(marked(self.name, "w", f"{before}{word}*"), CARRIER) for word in words])
        if self.whole or self.kind != "text":
            return self.value(text, zone)
        return all_of([Word(marked(self.name, "w", word), CARRIER) for word in _WORD.findall(text)])

    def phrase(self, text: str, zone: tzinfo) -> Node:
        """Articles with these words side by side in the field, or with this value of it."""
        if self.kind in ("body", "title"):
            return Phrase(text, None if self.kind == "body" else "title")
        if self.whole or self.kind not in ("text", "prefix", "infix"):
            return self.value(text, zone)
        words = [marked(self.name, "w", word) for word in _WORD.findall(text)]
        if not words:
            return Nothing()
        return Phrase(" ".join(words), CARRIER) if len(words) > 1 else Word(words[0], CARRIER)

    def value(self, text: str, zone: tzinfo) -> Node:
        """Articles with this as a whole value of the field; texts in whatever case and accents."""
        if self.kind == "id":
            return Word(text, "id")
        if self.kind == "body":
            return Phrase(text)
        if self.kind == "boolean":
            return field_words.equals(self.name, text.strip().lower() in ("true", "1", "yes", "on"), zone)
        if self.kind == "date" and _DAY.fullmatch(text):
            following = date.fromisoformat(text) + timedelta(days=1)
            return self.between(text, following.isoformat(), zone, with_high=False)
        if self.kind in ("number", "date"):
            return self.between(text, text, zone)
        if self.kind == "key" or len(tag_of(self.name, text)) > _MAX_TAG_CHARS:
            return field_words.equals(self.name, text, zone)
        return Value(tag_of(self.name, text), "tag")

    def pattern(self, text: str) -> Node:
        """Articles with words that match a pattern (``*``, ``?``) in the field.

        Raises:
            ValueError: The field has no words.
        """
        field = {"body": None, "title": "title", "id": "id"}.get(self.kind, CARRIER)
        if self.kind in ("number", "date", "boolean"):
            raise ValueError(f"{self.name} has no words; compare its values")
        if field != CARRIER:
            return all_of([Wildcard(word, field) if _has_sign(word) else Word(word, field) for word in text.split()])
        words = _PATTERN.findall(text.casefold())
        nodes = [
            Wildcard(marked(self.name, "w", word), CARRIER)
            if _has_sign(word)
            else Word(marked(self.name, "w", word), CARRIER)
            for word in words
        ]
        return all_of(nodes) if nodes else Nothing()

    def fuzzy(self, text: str, distance: int) -> Node:
        """Articles with words at most so many letters away in the field.

        Raises:
            ValueError: The field has no words.
        """
        if self.kind in ("body", "title"):
            return Fuzzy(text, None if self.kind == "body" else "title", distance)
        if self.kind in ("number", "date", "boolean", "id"):
            raise ValueError(f"{self.name} has no words; compare its values")
        return all_of([Fuzzy(marked(self.name, "w", word), CARRIER, distance) for word in _WORD.findall(text)])

    def between(
        self, low: str | None, high: str | None, zone: tzinfo, *, with_low: bool = True, with_high: bool = True
    ) -> Node:
        """Articles with a number or date from one bound to another; a day is its first moment.

        Raises:
            ValueError: The field has neither, or a bound is neither.
        """
        if self.kind not in ("number", "date"):
            raise ValueError(f"only numbers and dates have an order; {self.name} is neither")
        first, last = (None if text is None else self._bound(text, zone) for text in (low, high))
        return field_words.in_range(self.name, first, last, zone, with_low=with_low, with_high=with_high)

    def _bound(self, text: str, zone: tzinfo) -> Any:
        if self.kind == "number":
            return _number(text)
        moment = _moment(text)
        if field_words.instant(moment, zone) is None:
            raise ValueError(f"{text!r} is no date in ISO 8601")
        return moment

    def present(self) -> Node:
        """Articles with a value in the field."""
        return field_words.has(self.name)


def _has_sign(word: str) -> bool:
    return "*" in word or "?" in word


def _number(value: Any) -> Any:
    """A number as Python has it; a decimal as a float.

    Raises:
        ValueError: It is none.
    """
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        text = value.strip()
        return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)
    return value


def _moment(text: str) -> str | datetime:
    """A text of a date; of one in Whoosh's form, as ``20090717003000``, the instant."""
    if re.fullmatch(r"\d{14}", text):
        return datetime.strptime(text, "%Y%m%d%H%M%S")
    return text.replace(" ", "T", 1)
