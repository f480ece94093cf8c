"""A vocabulary for tests of plans: a few words, and sets of articles that say what was asked."""

from __future__ import annotations

from searchlib.searching.clauses import Among
from searchlib.searching.vocabulary import Expansion, MatchedTerm, most_frequent

#: Of each term its printed words, and in how many articles each is.
TERMS = {
    "kim": {"kim": 4},
    "jong": {"jong": 2},
    "un": {"un": 2},
    "jongun": {"jong-un": 2},
    "train": {"train": 2, "trains": 1},
    "visit": {"visited": 3, "visits": 3, "": 1},
    "visitor": {"visitor": 0},
}
KEYWORDS = {"author": {"jane": 2, "janet": 1, "oneal": 1}, "id": {"A-1": 1, "b": 1}, "language": {"de": 1}}


class Words:
    """The words above.

    Args:
        limit: At most so many words of an expansion, whatever the plan allows.
        knows_printed: Whether the index knows printed words.
    """

    def __init__(self, *, limit: int | None = None, knows_printed: bool = True) -> None:
        self._limit = limit
        self._knows_printed = knows_printed

    @staticmethod
    def among(*asked) -> Among:
        """The set of the articles that this was asked of."""
        return Among((repr(asked).encode(),))

    def insist_on_words_as_printed(self, feature):
        if not self._knows_printed:
            raise LookupError(feature)

    def printed_words(self, automaton, limit, check=None):
        words = [
            (count, word) for own in TERMS.values() for word, count in own.items() if word and automaton.matches(word)
        ]
        kept = sorted(words, key=lambda each: -each[0])[: min(limit, self._limit or limit)]
        names = {word for _, word in kept}
        terms = [
            MatchedTerm(term, tuple(word for word in own if word in names), own.keys() <= names)
            for term, own in TERMS.items()
            if own.keys() & names
        ]
        return Expansion(tuple(terms), len(kept), len(words), sum(count for count, _ in kept), most_frequent(kept))

    def terms(self, field, automaton, limit, check=None):
        words = [(count, word) for word, count in KEYWORDS[field].items() if automaton.matches(word)]
        terms = tuple(MatchedTerm(word, (), True) for _, word in words)
        return Expansion(terms, len(words), len(words), sum(count for count, _ in words), most_frequent(words))

    def with_value(self, field, text, check=None):
        return self.among("value", field, text)

    def with_any_value(self, field, check=None):
        return self.among("any", field)

    def with_number(self, column, low, high, check=None):
        return self.among("number", column, low, high)
