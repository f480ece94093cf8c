"""`searchlib show`: shows articles in full."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import click

from searchlib.article import Article, format_moment
from searchlib.cli.failures import Exit, is_unreadable, tell, tell_of_diagnostics
from searchlib.cli.hits import date_text, pieces_of
from searchlib.cli.index_values import complete_ids, complete_query
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option
from searchlib.cli.pager import write_paged
from searchlib.cli.screen import DIM, HEAD, Screen
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.json_form import json_form, json_text
from searchlib.results import CharacterRange, MarkedArticle, Passage, printable

__all__ = ["command"]

_INDENT: Final = 4
_RULE: Final = "─" * 20
# In the order in which they are shown; the text comes last.
_FACTS: Final = ("authors", "publisher", "section", "place", "agency", "tags", "language", "url", "updated", "id")


@click.command(
    "show",
    cls=CommandWithExamples,
    examples=(
        "searchlib show urn:example:1",
        "searchlib show urn:example:1 urn:example:2 --no-pager",
        "searchlib show urn:example:1 --query '\"armoured train\"'",
        "searchlib show urn:example:1 --json | jq -r .body",
    ),
)
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_ids)
@click.option("--query", metavar="QUERY", shell_complete=complete_query, help="Mark what this query matches.")
@click.option("--any", is_flag=True, help="With --query, articles match with any of its words, instead of all.")
@click.option("--no-pager", is_flag=True, help="Print also what is longer than the screen, instead of calling $PAGER.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each article, each on its line.")
@index_option
def command(
    article_ids: tuple[str, ...],
    query: str | None,
    any: bool,  # noqa: A002 - the word users say
    no_pager: bool,
    as_json: bool,
    index_path: str,
) -> Exit:
    """Show articles in full.

    An ID is what 'searchlib query' prints with each hit. On a terminal, what is longer than the screen
    goes through $PAGER, or less. With --query and --json, the marks are "title", "summary" and "body" as
    passages beside the "article".

    Ends with 1 when there is no article with one of the ids; the others are shown. Ends with 2 when a date
    or another part of the query that restricts cannot be read.
    """
    if any and query is None:
        raise click.UsageError("--any is about the words of --query", click.get_current_context())
    missing: list[str] = []
    shown: list[MarkedArticle] = []
    with embedded.open(index_path) as index:
        for article_id in dict.fromkeys(article_ids):
            found = _marked(index, article_id, query, any=any)
            if found is None:
                missing.append(article_id)
            else:
                shown.append(found)
    code = Exit.NOTHING if missing else Exit.DONE
    if query is not None and shown:
        # They are the same for each article.
        diagnostics = shown[0].diagnostics
        tell_of_diagnostics(diagnostics, query)
        code = Exit.ERROR if is_unreadable(diagnostics) else code
    _write(shown, marked=query is not None, as_json=as_json, paged=not no_pager)
    if query is not None and code is not Exit.ERROR:
        _tell_unmarked(shown, query)
    for article_id in missing:
        tell(f"there is no article with the id {article_id!r} in {index_path}; 'searchlib query' prints ids")
    return code


def _marked(index: Engine, article_id: str, query: str | None, *, any: bool) -> MarkedArticle | None:  # noqa: A002
    if query is not None:
        return index.marked(article_id, query, any=any)
    article = index.get(article_id)
    if article is None:
        return None
    title, summary, body = (Passage(field, getattr(article, field)) for field in ("title", "summary", "body"))
    return MarkedArticle(article, title, summary, body)


def _write(shown: Sequence[MarkedArticle], *, marked: bool, as_json: bool, paged: bool) -> None:
    if as_json:
        for each in shown:
            write_object(_marked_object(each) if marked else each.article.as_dict())
        return
    lines: list[str] = []
    screen = Screen(lines.append)
    for number, each in enumerate(shown):
        if number:
            screen.line()
            screen.line((_RULE, DIM))
            screen.line()
        _show(screen, each)
    if paged:
        write_paged("".join(lines))
    else:
        sys.stdout.write("".join(lines))


def _marked_object(shown: MarkedArticle) -> dict[str, Any]:
    passages = {name: getattr(shown, name).as_dict() for name in ("title", "summary", "body")}
    return {"article": shown.article.as_dict(), **passages, "diagnostics": json_form(shown.diagnostics)}


def _tell_unmarked(shown: Iterable[MarkedArticle], query: str) -> None:
    for each in shown:
        if not len(each):
            remedy = shlex.join(["searchlib", "why-not", each.article.id, query])
            tell(f"nothing in {each.article.id!r} is marked; '{remedy}' says why, if the query does not find it")


def _local_text(article: Article) -> str:
    """When it was published by the publisher's own clock, and its offset; "" where that is the index's time."""
    local = article.published_locally
    if local is None or article.published is None or article.published_offset in (None, article.published.utcoffset()):
        return ""
    return format_moment(local, "minute").replace("T", " ")


def _show(screen: Screen, shown: MarkedArticle) -> None:
    article = shown.article
    if article.title:
        screen.line(*pieces_of(shown.title, HEAD))
    screen.line(date_text(article))
    if local := _local_text(article):
        screen.line(("by the publisher's clock: ", DIM), local)
    fields = article.as_dict()
    for name in _FACTS:
        if value := fields.get(name):
            text = printable(value if isinstance(value, str) else "; ".join(value))
            # An address and an id are not wrapped, so that they can be copied.
            screen.line((f"{name}: ", DIM), text, hang=_INDENT, wrap=name not in ("url", "id"))
    for name, value in article.extra.items():
        text = printable(value if isinstance(value, str) else json_text(value))
        screen.line((f"{printable(name)}: ", DIM), text, hang=_INDENT)
    for passage in (shown.summary, shown.body):
        if not passage.source:
            continue
        screen.line()
        for paragraph in _paragraphs(passage):
            screen.line(*pieces_of(paragraph, ""))


def _paragraphs(passage: Passage) -> Iterator[Passage]:
    """The lines of a text, empty ones too."""
    start = passage.start
    for line in passage.source.split("\n"):
        end = start + len(line)
        marks = tuple(
            CharacterRange(max(mark.start, start), min(mark.end, end))
            for mark in passage.marks
            if mark.start < end and mark.end > start
        )
        yield Passage(passage.field, line, start, marks)
        start = end + 1
