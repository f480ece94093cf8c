"""`searchlib export`: writes articles as JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from searchlib.article import Article
from searchlib.cli.failures import Exit, tell
from searchlib.cli.options import index_option
from searchlib.cli.output_file import replacing
from searchlib.cli.screen import plural
from searchlib.cli.streams import write_utf8
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.json_form import json_text

__all__ = ["command"]


@click.command(
    "export",
    cls=CommandWithExamples,
    examples=(
        "searchlib export -o articles.jsonl.gz",
        "searchlib export --query 'section:world date:2023' | jq -r .title",
        "searchlib export | searchlib index - --index copy.index",
    ),
)
@click.option("--query", metavar="QUERY", help="Only what this query finds, the oldest first.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    default="-",
    help="Write to this file, compressed where its name ends in .gz or .zst; else to standard output.",
)
@index_option
def command(query: str | None, output: str, index_path: str) -> Exit:
    """Write articles as JSON Lines, which 'index' reads back.

    Each line is one article with all its fields. The file is replaced when the export is complete:
    an export that was interrupted leaves what was there before.

    Ends with 1 when there was no article to write.
    """
    with embedded.open(index_path) as index:
        articles = index.articles() if query is None else (hit.article for hit in index.scan(query, strict=True))
        if output == "-":
            write_utf8()
            count = _write_lines(articles, lambda line: sys.stdout.write(line))
        else:
            with replacing(output) as file:
                count = _write_lines(articles, lambda line: file.write(line.encode("utf-8")))
            tell(f"wrote {plural(count, 'article')} to {output}")
    return Exit.DONE if count else Exit.NOTHING


def _write_lines(articles: Iterable[Article], write: Callable[[str], Any]) -> int:
    count = 0
    for article in articles:
        write(json_text(article.as_dict()) + "\n")
        count += 1
    return count
