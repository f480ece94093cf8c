"""`searchlib why-not`: says why a query does not find an article."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit, is_unreadable, tell_of_diagnostics
from searchlib.cli.index_values import complete_ids, complete_query
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, json_option, query_text
from searchlib.cli.screen import BAR, DIM, HEAD, Screen, plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.explanations import WhyNot
from searchlib.results import printable

__all__ = ["command"]

_INDENT = 4


@click.command(
    "why-not",
    cls=CommandWithExamples,
    examples=(
        "searchlib why-not urn:example:1 kim putin --since 2023-09",
        "searchlib why-not urn:example:1 '\"armoured train\"' --json | jq .relaxations",
    ),
)
@click.argument("article_id", metavar="ID", shell_complete=complete_ids)
@click.argument("query", nargs=-1, required=True, shell_complete=complete_query)
@click.option("--since", metavar="DATE", help="As of 'searchlib query'.")
@click.option("--until", metavar="DATE", help="As of 'searchlib query'.")
@click.option("--any", is_flag=True, help="As of 'searchlib query'.")
@json_option
@index_option
def command(
    article_id: str,
    query: tuple[str, ...],
    since: str | None,
    until: str | None,
    any: bool,  # noqa: A002 - the word users say
    as_json: bool,
    index_path: str,
) -> Exit:
    """Say why a query does not find an article.

    It prints which parts of the query keep the article out and what the article has instead, then
    queries that differ little from this one and find it, those that find the fewest articles first.

    Ends with 1 when no such query is known, and the article is not found; with 2 when a date or another
    part of the query that restricts cannot be read.
    """
    text = query_text(query)
    with embedded.open(index_path) as index:
        found = index.why_not(article_id, text, since=since, until=until, any=any)
    if as_json:
        write_object(found.as_dict())
        tell_of_diagnostics(found.diagnostics, text, unreadable_only=True)
    else:
        tell_of_diagnostics(found.diagnostics, text)
        _show(Screen(), found)
    if is_unreadable(found.diagnostics):
        return Exit.ERROR
    return Exit.DONE if found.found or found.relaxations else Exit.NOTHING


def _show(screen: Screen, found: WhyNot) -> None:
    screen.line((printable(found.query), BAR))
    if found.found:
        rank = "" if found.rank is None else f", as number {found.rank:,} by relevance"
        screen.line((f"finds {printable(found.article_id)} among {plural(found.total, 'article')}{rank}", HEAD))
        return
    screen.line((f"finds {plural(found.total, 'article')}, and not {printable(found.article_id)}:", HEAD))
    for part in found.excluding:
        instead = f" ({printable(part.instead)})" if part.instead else ""
        screen.line((printable(part.text), BAR), f": {printable(part.reason)}", (instead, DIM), indent=_INDENT)
    screen.line()
    if not found.relaxations:
        screen.line("no query near this one finds it")
        return
    screen.line(("these find it:", HEAD))
    for each in found.relaxations:
        screen.line((printable(each.query), BAR), wrap=False, indent=_INDENT)
        screen.line((f"{plural(each.total, 'article')} · {printable(each.change)}", DIM), indent=2 * _INDENT)
