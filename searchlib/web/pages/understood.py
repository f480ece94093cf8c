"""What of a query was understood, and what may have been meant instead: in words, with totals, as links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from searchlib.diagnostics import Diagnostic
from searchlib.errors import SearchTimeoutError, UpgradeNeededError
from searchlib.explanations import ExplainedPart, QueryExplanation
from searchlib.results import Page
from searchlib.web.asked import Asked
from searchlib.web.pages.frame import Frame

__all__ = ["Change", "NoteView", "PartRow", "changes_that_find", "did_you_mean", "explained", "note_views", "part_rows"]

#: A query that finds so many articles is taken to be spelt as it was meant.
_ENOUGH: Final = 3
_MOST_PARTS: Final = 100
_DEEPEST: Final = 8


class PartRow(NamedTuple):
    """A part of a query: how deep it stands in the others, what it is, how many articles match it, where these are."""

    depth: int
    kind: str
    text: str
    total: int | None
    link: str


class Change(NamedTuple):
    """Another query: what is different, how many articles it finds, and where."""

    text: str
    total: int
    link: str


class NoteView(NamedTuple):
    """A remark, and, where it is known, the query that may have been meant, and where it is asked."""

    text: str
    suggested: str = ""
    link: str = ""


def note_views(frame: Frame, diagnostics: Iterable[Diagnostic], *page: str) -> list[NoteView]:
    """What there is to say of the address and of the query.

    Args:
        frame: The request.
        diagnostics: Remarks on the query, as it was asked.
        page: Segments of the page on which it is asked; none for the search page.
    """
    asked = frame.asked
    notes = [NoteView(str(note)) for note in asked.notes]
    for each in diagnostics:
        suggested = each.suggested(asked.q)
        if suggested is None:
            notes.append(NoteView(each.message))
        else:
            notes.append(NoteView(each.message, suggested, frame.address(*page, asked=asked.with_(q=suggested))))
    return notes


def explained(frame: Frame) -> QueryExplanation | None:
    """What the query means; None where there is no query, an earlier version does not know, or it takes too long."""
    asked = frame.asked
    if not asked.q.strip():
        return None
    try:
        return frame.room.index.explain(asked.q, timeout_s=frame.room.limits.search_s, **asked.restrictions)
    except (UpgradeNeededError, SearchTimeoutError):
        return None


def part_rows(frame: Frame, tree: ExplainedPart) -> tuple[list[PartRow], int]:
    """The parts of a query, a row each, and how many more there are."""
    rows: list[PartRow] = []
    more = 0
    for depth, part in _walk(tree, 0):
        if len(rows) >= _MOST_PARTS:
            more += 1
            continue
        link = frame.address(asked=Asked(q=part.text)) if part.total is not None and part.kind != "not" else ""
        rows.append(PartRow(min(depth, _DEEPEST), part.kind, part.text, part.total, link))
    return rows, more


def _walk(tree: ExplainedPart, depth: int) -> Iterator[tuple[int, ExplainedPart]]:
    left = [(depth, tree)]
    while left:
        at, part = left.pop()
        yield at, part
        left += [(at + 1, each) for each in reversed(part.parts)]


def did_you_mean(frame: Frame, page: Page) -> Change | None:
    """The query with its misspelt words corrected, where it finds nearly nothing."""
    asked = frame.asked
    if not asked.q.strip() or page.total is None or page.total >= _ENOUGH:
        return None
    try:
        found = frame.room.index.suggest(asked.q, **asked.restrictions)
    except UpgradeNeededError:
        return None
    if found is None:
        return None
    return Change(found.query, found.total, frame.address(asked=asked.with_(q=found.query)))


def changes_that_find(frame: Frame) -> list[Change]:
    """What can be left out of a question that finds nothing, so that it finds something."""
    asked = frame.asked
    tried: list[tuple[str, Asked]] = []
    if asked.chosen:
        tried.append(("without the values that are chosen", asked.with_(chosen={})))
    if asked.since or asked.until:
        tried.append(("at any time", asked.with_(since="", until="")))
        if asked.chosen:
            tried.append(
                ("at any time, without the values that are chosen", asked.with_(since="", until="", chosen={}))
            )
    if asked.q.strip() and not asked.any:
        tried.append(("with any of the words", asked.with_(any=True)))
    changes = []
    for text, other in tried:
        total = frame.room.index.search(
            other.q.strip() or "*",
            chosen=other.chosen or None,
            limit=0,
            snippets=False,
            timeout_s=frame.room.limits.search_s,
            partial=True,
            **other.restrictions,
        ).total
        if total:
            changes.append(Change(text, total, frame.address(asked=other)))
    return changes
