"""What an index suggests: completions of what is typed, and other spellings of a query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from searchlib.engines.opened import OpenedIndex
from searchlib.engines.query_log import Timed
from searchlib.errors import SettingError
from searchlib.index import Snapshot, zone_of
from searchlib.index.arguments import check_whole
from searchlib.query import Everything, Node, all_of, render
from searchlib.searching import Searcher
from searchlib.suggestions import Completion, Suggestion

if TYPE_CHECKING:
    from searchlib.searching.printed_words import PrintedWords

__all__ = ["Suggesting"]

_MAX_COMPLETIONS: Final = 100


class Suggesting(OpenedIndex):
    """What helps to write a query."""

    def complete(self, text: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """Words that begin as the text ends, each behind the rest of the text, those in most articles first.

        "vladiv" gives words; "kim jo" gives phrases: words that begin with "jo" and stand right behind "kim". Words are
        as printed, case and accents folded. How often frequent words stand together is an estimate, and marked so.

        Args:
            text: What was typed so far. Nothing completes a text that ends with a space.
            limit: How many to give at most, 1 to 100.

        Raises:
            SettingError: An argument is of another type, or outside its range.
            UpgradeNeededError: A part of the index does not know which words were printed.

        Examples:
            >>> [each.text for each in index.complete("measles out")]
            ['measles outbreak']
        """
        if not isinstance(text, str):
            raise SettingError("text", text, "give the text that was typed so far")
        check_whole("limit", limit, 1, _MAX_COMPLETIONS)
        with self._lent() as (snapshot, searcher), snapshot.checked():
            return searcher.completer.complete(text, limit)

    def suggest(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        now: datetime | None = None,
    ) -> Suggestion | None:
        """The query with misspelt words corrected; None if nothing is misspelt, or it would find no more articles.

        Words are corrected that the index does not know or hardly knows, by words that it knows; fields other than
        those of the text, patterns, exact words and what is excluded stay as they are.

        Args:
            query: A text in the query language, or a tree, as `search` takes it.
            since: As of `search`; it restricts what is counted, and is no part of the query that is suggested.
            until: Likewise.
            any: Whether one of the words is enough.
            now: The instant that "today" in the query is relative to; None for the time of the clock.

        Raises:
            QueryError: A date cannot be read.
            SettingError: An argument is of another type.
            UpgradeNeededError: A part of the index does not know which words were printed.

        Examples:
            >>> index.suggest("measels nursery").query
            'measles nursery'
        """
        from searchlib.searching.corrected_trees import corrected  # Imported late, because few searches need it.
        from searchlib.searching.spelling import Speller

        tree, _ = self._read(query, either=any, since=None, until=None, now=now, strict=False)
        dates, _ = self._read(Everything(), either=False, since=since, until=until, now=now, strict=False)
        with (
            self._words("A suggestion") as (snapshot, searcher, words),
            Timed("suggestion", tree, snapshot, self.slow_s),
        ):
            fixed, corrections = corrected(tree, Speller(words, searcher.analyzer, searcher.count))
            if not corrections:
                return None
            before, total = (searcher.search(all_of((each, dates)), limit=0).total or 0 for each in (tree, fixed))
        if total <= before:
            return None
        return Suggestion(render(fixed, zone=zone_of(self.settings)), total, corrections)

    @contextmanager
    def _words(self, feature: str) -> Iterator[tuple[Snapshot, Searcher, PrintedWords]]:
        """A snapshot, its searcher and its printed words, for this thread."""
        from searchlib.searching.printed_words import printed_words_of

        with self._lent() as (snapshot, searcher), snapshot.checked():
            yield snapshot, searcher, printed_words_of(snapshot, feature)
