"""`searchlib merge`: merges an index into one segment."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit
from searchlib.cli.options import index_option
from searchlib.cli.progress import CountBar
from searchlib.cli.screen import Screen, plural, size
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.results import IndexStats

__all__ = ["command"]


@click.command(
    "merge",
    cls=CommandWithExamples,
    examples=(
        "searchlib merge",
        "searchlib merge --index news.index",
        "searchlib merge --upgrade --index news.index",
    ),
)
@click.option(
    "--upgrade", is_flag=True, help="First rewrite what is of an older format, from the articles stored in the index."
)
@index_option
def command(upgrade: bool, index_path: str) -> Exit:
    """Merge an index into one segment, and drop what was deleted.

    Searches go on during the merge and give the same answers after it. They are fastest on one segment.
    It needs about as much free disk space as the index takes up. If it is interrupted, the index stays as it was.
    """
    with embedded.open(index_path) as index:
        before = index.stats()
        if upgrade:
            with CountBar("rewriting", before.articles) as bar:
                rewritten = index.upgrade(progress=bar.advance, threads=2)
            Screen().line(f"{plural(rewritten, 'article')} rewritten in format {index.stats().format}")
        index.merge()
        after = index.stats()
    Screen().line(f"{_sizes(before)} → {_sizes(after)}; {plural(after.articles, 'article')}")
    return Exit.DONE


def _sizes(stats: IndexStats) -> str:
    return f"{plural(stats.segments, 'segment')}, {size(stats.size_bytes)}"
