"""A page of hits, from a tree and the snapshot that is searched for it."""

from __future__ import annotations

from collections.abc import Mapping
from sys import modules
from time import monotonic
from typing import Any, Literal

from searchlib.diagnostics import Diagnostic
from searchlib.engines.base import Sort
from searchlib.engines.choices import queries_of_facets, restricted
from searchlib.engines.queries import insist_on_none
from searchlib.engines.query_log import is_told, tell_of_search
from searchlib.engines.snippet_maker import SnippetMaker
from searchlib.errors import EngineError
from searchlib.index import Snapshot, analyzers_of, zone_of
from searchlib.query import Node, render
from searchlib.results import Page
from searchlib.searching import Counting, Deadline, Searcher

__all__ = ["in_order", "page_of"]


def page_of(
    lent: tuple[Snapshot, Searcher],
    tree: Node,
    diagnostics: tuple[Diagnostic, ...],
    *,
    sort: Sort,
    limit: int,
    after: str | None,
    skip: int = 0,
    counting: Counting,
    choices: Mapping[str, Node] | None = None,
    snippets: bool,
    count: bool,
    deadline: Deadline,
    expand: Literal["no", "to rank", "to find"] = "no",
    strict_for: str | Node | None = None,
    slow_s: float | None = None,
) -> Page[Any]:
    """The page that a snapshot has for a tree.

    Args:
        lent: The snapshot and its searcher.
        tree: The query, dates included.
        diagnostics: The parser's.
        sort: As of `Index.search`; so is what follows.
        counting: What to count besides.
        choices: By field, the query that finds what is chosen there, as of `read_chosen`.
        count: Whether to count all that match.
        deadline: When to give up, or to end with what there is.
        expand: Whether words of the first results are added to the query, and whether they only rank what it finds.
        strict_for: The query as it was given, if a doubt about it is an error.
        slow_s: As of `OpenedIndex`.

    Raises:
        QueryError: There is a doubt.
    """
    snapshot, searcher = lent
    # Where nobody can listen, the time is not looked at: that takes as long as some parts of a search.
    started = monotonic() if "logging" in modules else None
    settings = snapshot.manifest.settings
    expansion = None
    if expand != "no":
        tree, expansion = searcher.expanded(tree, widen=expand == "to find", deadline=deadline)
    if choices:
        counting = counting._replace(queries=queries_of_facets(tree, choices, counting.facets))
        tree = restricted(tree, choices)
    snippet_of = SnippetMaker(tree, searcher.analyzer, analyzers_of(settings).of) if snippets else None
    try:
        found = searcher.search(
            tree,
            sort=sort,
            limit=limit,
            after=after,
            skip=skip,
            counting=counting,
            count=count,
            deadline=deadline,
            snippet_of=snippet_of,
        )
    except EngineError as error:
        if started is not None and is_told(took := monotonic() - started, slow_s):
            tell_of_search("search", tree, snapshot, took_s=took, slow_s=slow_s, error=error)
        raise
    if started is not None and is_told(took := monotonic() - started, slow_s):
        tell_of_search("search", tree, snapshot, took_s=took, slow_s=slow_s, total=found.total)
    if strict_for is not None:
        insist_on_none(found.diagnostics, strict_for)
    return Page(
        hits=found.hits,
        query=lambda: render(tree, zone=zone_of(settings)),
        total=found.total,
        undated=found.undated,
        imprecise=found.imprecise,
        facets=found.facets,
        timeline=found.timeline,
        diagnostics=in_order(
            diagnostics + found.diagnostics + found.notes + (_of_time(deadline) if found.partial else ())
        ),
        next=found.next,
        expansion=expansion,
        partial=found.partial,
    )


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Diagnostics in the order of the query's text."""
    return tuple(sorted(diagnostics, key=lambda said: said.start)) if diagnostics else ()


def _of_time(deadline: Deadline) -> tuple[Diagnostic, ...]:
    after = f"{deadline.timeout_s:g} s"
    said = f"the search had no more time after {after}: hits, total and counts are of what was found until then"
    return (Diagnostic(said, 0, 0),)
