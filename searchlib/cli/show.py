"""`searchlib show`: shows one article in full."""

from __future__ import annotations

from typing import Final

import click

from searchlib.article import Article, format_moment
from searchlib.cli.failures import Exit, tell
from searchlib.cli.hits import date_text
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, json_option
from searchlib.cli.screen import DIM, HEAD, Screen
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.json_form import json_text
from searchlib.results import printable

__all__ = ["command"]

# In the order in which they are shown; the text comes last.
_FACTS: Final = ("authors", "publisher", "section", "place", "agency", "tags", "language", "url", "updated", "id")


@click.command(
    "show",
    cls=CommandWithExamples,
    examples=(
        "searchlib show urn:example:1",
        "searchlib show urn:example:1 --json | jq -r .body",
    ),
)
@click.argument("article_id", metavar="ID")
@json_option
@index_option
def command(article_id: str, as_json: bool, index_path: str) -> Exit:
    """Show one article in full.

    The ID is what 'searchlib query' prints with each hit.

    Ends with 1 when there is no article with this id.
    """
    with embedded.open(index_path) as index:
        article = index.get(article_id)
    if article is None:
        tell(f"there is no article with the id {article_id!r} in {index_path}; 'searchlib query' prints ids")
        return Exit.NOTHING
    if as_json:
        write_object(article.as_dict())
    else:
        _show(Screen(), article)
    return Exit.DONE


def _local_text(article: Article) -> str:
    """When it was published by the publisher's own clock, and its offset; "" where that is the index's time."""
    local = article.published_locally
    if local is None or article.published is None or article.published_offset in (None, article.published.utcoffset()):
        return ""
    return format_moment(local, "minute").replace("T", " ")


def _show(screen: Screen, article: Article) -> None:
    if article.title:
        screen.line((printable(article.title), HEAD))
    screen.line(date_text(article))
    if local := _local_text(article):
        screen.line(("by the publisher's clock: ", DIM), local)
    fields = article.as_dict()
    for name in _FACTS:
        if value := fields.get(name):
            screen.line((f"{name}: ", DIM), printable(value if isinstance(value, str) else "; ".join(value)))
    for name, value in article.extra.items():
        screen.line((f"{printable(name)}: ", DIM), printable(value if isinstance(value, str) else json_text(value)))
    for text in (article.summary, article.body):
        if not text:
            continue
        screen.line()
        for paragraph in text.split("\n"):
            screen.line(printable(paragraph))
