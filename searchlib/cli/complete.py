"""`searchlib complete`: the words and phrases of an index that begin as a text does."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, json_option
from searchlib.cli.screen import BAR, Screen, number
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.json_form import json_form
from searchlib.results import printable

__all__ = ["command"]


@click.command(
    "complete",
    cls=CommandWithExamples,
    examples=(
        "searchlib complete vladiv",
        "searchlib complete 'prime mi' --limit 5",
        "searchlib complete kor --json | jq -r '.completions[].text'",
    ),
)
@click.argument("text")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, 100), default=10, show_default=True, help="How many at most."
)
@json_option
@index_option
def command(text: str, limit: int, as_json: bool, index_path: str) -> Exit:
    """Give the words and phrases of an index that begin as a text does.

    The last word of TEXT is completed; words before it have to stand right before. Each line has the number of articles
    that have the word or phrase, most first. A number with ~ before it is an estimate.

    Ends with 1 when nothing begins so.
    """
    with embedded.open(index_path) as index:
        found = index.complete(text, limit=limit)
    if as_json:
        write_object({"completions": json_form(found)})
        return Exit.DONE if found else Exit.NOTHING
    screen = Screen()
    numbers = [f"{'~' if each.is_estimate else ''}{number(each.doc_freq)}" for each in found]
    width = max(map(len, numbers), default=0)
    for each, shown in zip(found, numbers, strict=True):
        screen.line((shown.rjust(width), BAR), "  ", printable(each.text))
    return Exit.DONE if found else Exit.NOTHING
