"""`searchlib delete`: deletes articles, by id or by query."""

from __future__ import annotations

import sys

import click

from searchlib.cli.failures import Exit, tell
from searchlib.cli.index_values import complete_ids, complete_query
from searchlib.cli.options import index_option
from searchlib.cli.screen import Screen, plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.engines.base import Engine

__all__ = ["command"]


@click.command(
    "delete",
    cls=CommandWithExamples,
    examples=(
        "searchlib delete urn:example:1 urn:example:2",
        "searchlib delete --query 'publisher:\"The Daily Example\" until:1999'",
        "searchlib delete --query 'tag:test' --yes",
    ),
)
@click.argument("article_ids", metavar="[ID]...", nargs=-1, shell_complete=complete_ids)
@click.option("--query", metavar="QUERY", shell_complete=complete_query, help="Delete what this query finds.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@index_option
@click.pass_context
def command(ctx: click.Context, article_ids: tuple[str, ...], query: str | None, yes: bool, index_path: str) -> Exit:
    """Delete articles, by id or by query.

    The query must be readable exactly as it is written. The articles that it finds are counted, and you
    confirm before they are deleted.

    Ends with 1 when nothing was deleted.
    """
    if bool(article_ids) == (query is not None):
        raise click.UsageError("Give the ids of articles, or --query", ctx)
    with embedded.open(index_path) as index:
        if query is None:
            deleted = _delete_ids(index, article_ids)
        elif query.strip():
            deleted = _delete_found(index, query, yes=yes)
        else:
            raise click.ClickException("an empty query finds every article; if you mean that, write --query '*'")
    Screen().line(f"deleted {plural(deleted, 'article')}")
    return Exit.DONE if deleted else Exit.NOTHING


def _delete_ids(index: Engine, article_ids: tuple[str, ...]) -> int:
    with index.writer() as writer:
        missing = [article_id for article_id in dict.fromkeys(article_ids) if not writer.delete(article_id)]
    for article_id in missing:
        tell(f"there is no article with the id {article_id!r}")
    return len(set(article_ids)) - len(missing)


def _delete_found(index: Engine, query: str, *, yes: bool) -> int:
    found = index.search(query, limit=0, snippets=False, strict=True).total or 0
    if not (found and _confirmed(found, yes=yes)):
        return 0
    with index.writer() as writer:
        return writer.delete_by_query(query)


def _confirmed(found: int, *, yes: bool) -> bool:
    if yes:
        return True
    if not _on_terminal():
        raise click.ClickException(
            f"the query finds {plural(found, 'article')}, and there is no terminal to confirm on; add --yes to delete"
        )
    return click.confirm(f"Delete {plural(found, 'article')} that the query finds?", err=True)


def _on_terminal() -> bool:
    return sys.stdin.isatty()
