"""Whole result sets and many queries at once: scans and batches."""

from __future__ import annotations

from datetime import date, datetime

from searchlib.engines.opened import OpenedIndex
from searchlib.engines.queries import insist_on_none
from searchlib.engines.scan import Scan
from searchlib.index import zone_of
from searchlib.index.arguments import check_flag
from searchlib.query import Node, render

__all__ = ["Exporting"]


class Exporting(OpenedIndex):
    """An index of which everything that a query finds can be taken."""

    def scan(
        self,
        query: str | Node,
        *,
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        any: bool = False,  # noqa: A002 - the word users say
        snippets: bool = False,
        now: datetime | None = None,
        strict: bool = False,
    ) -> Scan:
        """Every article that a query finds, as hits in order of publication, in memory that does not grow with them.

        Args:
            query: As of `search`; so are `since`, `until`, `any`, `now` and `strict`.
            snippets: Whether hits have snippets.

        Returns:
            The hits, the oldest first, undated ones last, and their number (`Scan.total`).

        Raises:
            QueryError: A date cannot be read, or `strict` and the query is doubtful.
            SettingError: An argument is outside its range, or of another type.
        """
        for name, flag in (("any", any), ("snippets", snippets), ("strict", strict)):
            check_flag(name, flag)
        tree, diagnostics = self._read(query, either=any, since=since, until=until, now=now, strict=strict)
        scan = Scan(self._enter(), tree, render(tree, zone=zone_of(self.settings)), diagnostics, snippets=snippets)
        if strict:
            try:
                insist_on_none(scan.diagnostics, query)
            except BaseException:
                scan.close()
                raise
        return scan
