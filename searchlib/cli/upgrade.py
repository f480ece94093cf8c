"""`searchlib upgrade`: rewrites what is of an older format."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit
from searchlib.cli.options import index_option
from searchlib.cli.progress import CountBar
from searchlib.cli.screen import Screen, plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded

__all__ = ["command"]


@click.command(
    "upgrade",
    cls=CommandWithExamples,
    examples=(
        "searchlib upgrade",
        "searchlib upgrade --index news.index",
    ),
)
@index_option
def command(index_path: str) -> Exit:
    """Rewrite what is of an older format, from the articles stored in the index.

    Searches go on meanwhile. It needs about as much free disk space as the index takes up. If it is
    interrupted, the index stays as it was. 'searchlib merge --upgrade' also merges what was rewritten.
    """
    with embedded.open(index_path) as index:
        with CountBar("rewriting", index.stats().articles) as bar:
            rewritten = index.upgrade(progress=bar.advance, threads=2)
        version = index.stats().format
    if rewritten:
        Screen().line(f"{plural(rewritten, 'article')} rewritten in format {version}")
    else:
        Screen().line(f"all is of format {version} already")
    return Exit.DONE
