"""`searchlib similar`: articles like one."""

from __future__ import annotations

from typing import Any

import click

from searchlib.cli.failures import Exit
from searchlib.cli.hits import show_headline
from searchlib.cli.index_values import complete_ids
from searchlib.cli.machine import write_object
from searchlib.cli.options import dates_options, index_option, json_option
from searchlib.cli.screen import DIM, HEAD, MARK, Screen, plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.results import printable
from searchlib.similar import SimilarArticle, SimilarArticles

__all__ = ["command"]

_INDENT = 4


@click.command(
    "similar",
    cls=CommandWithExamples,
    examples=(
        "searchlib similar urn:example:1",
        "searchlib similar urn:example:1 --since 2023-09-11 --limit 3",
        "searchlib similar urn:example:1 --json | jq -r '.articles[] | select(.is_copy) | .article.id'",
    ),
)
@click.argument("article_id", metavar="ID", shell_complete=complete_ids)
@dates_options
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="How many articles to print at most.",
)
@click.option("--timeout-s", metavar="S", type=click.FloatRange(min=0, min_open=True), help="Give up after S seconds.")
@json_option
@index_option
def command(article_id: str, as_json: bool, index_path: str, **asked: Any) -> Exit:
    """Give the articles that are most like one.

    The ID is what 'searchlib query' prints with each hit. The most telling words of the article are
    searched. An article that shares half of the other's runs of five words is said to be a copy.

    Ends with 1 when no article is like it.
    """
    with embedded.open(index_path) as index:
        found = index.similar(article_id, **asked)
    if as_json:
        write_object(found.as_dict())
    else:
        _show(Screen(), found)
    return Exit.DONE if len(found) else Exit.NOTHING


def _show(screen: Screen, found: SimilarArticles) -> None:
    for each in found:
        _show_article(screen, each)
    if found.words:
        screen.line(("searched for: ", DIM), (printable(", ".join(found.words)), DIM))
    copies = sum(each.is_copy for each in found)
    screen.line((plural(len(found), "article") + (f", {copies} of them copies" if copies else ""), HEAD))


def _show_article(screen: Screen, each: SimilarArticle) -> None:
    article = each.hit.article
    copy = [("  a copy", MARK)] if each.is_copy else []
    title = (printable(article.title), HEAD) if article.title else ("(no title)", DIM)
    show_headline(screen, article, [title, *copy])
    shared = f"shares {each.shared:.0%} of its runs of words" if each.shared else ""
    facts = [article.publisher or article.section, article.place, shared, f"id {article.id}"]
    screen.line((" · ".join(printable(fact) for fact in facts if fact), DIM), indent=_INDENT)
