"""The options of `searchlib query`, in groups; each group is a decorator."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import CompletionItem

from searchlib.cli.options import dates_options, in_order, json_option, read_pairs
from searchlib.results import SORTS
from searchlib.tables import COLUMNS

__all__ = ["batch_options", "output_options", "question_options", "questions_option", "search_options"]


def _complete_columns(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    done, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{done}{comma}{name}") for name in COLUMNS if name.startswith(last)]


def _read_limit(_: click.Context, __: click.Parameter, value: str) -> int | None:
    """A number of hits; "all" is None."""
    if value.strip().lower() == "all":
        return None
    if not value.strip().isdecimal():
        raise click.BadParameter(f"{value!r} is neither a number from 0 nor all")
    return int(value)


def _complete_limit(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(each) for each in ("10", "100", "all") if each.startswith(incomplete)]


def _read_hit_number(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    number = int(value) if value.isdecimal() else 0
    if not 1 <= number <= _MAX_HIT:
        raise click.BadParameter(f"{value!r} is no number of a hit; to open the first, put --open behind the query")
    return number


#: So many hits a page has at most.
_MAX_HIT: Final = 100_000


#: What is searched for, in which order, and what is counted.
search_options = in_order(
    dates_options,
    click.option("--any", is_flag=True, help="Articles with any of the words, instead of all."),
    click.option(
        "--plain",
        is_flag=True,
        help="Take the query as a text that was pasted: no sign means anything, and any of its words is enough.",
    ),
    click.option(
        "--expand",
        is_flag=True,
        help="Add words of the first hits to the query; with --any or --plain they find more, else they only rank.",
    ),
    click.option(
        "--sort",
        type=click.Choice(SORTS),
        default="relevance",
        show_default=True,
        help="The order of the hits: length is the longest first; titles and values in the order of the alphabet, articles "
        "without one last.",
    ),
    click.option(
        "-n",
        "--limit",
        metavar="N",
        default="10",
        callback=_read_limit,
        shell_complete=_complete_limit,
        show_default=True,
        help="How many hits to print at most, or all, in the order of --sort; with --batch of each query, 3 if not given.",
    ),
    click.option(
        "--page", metavar="N", type=click.IntRange(min=1), default=1, help="Show the N-th page; each has --limit hits."
    ),
    click.option("--after", metavar="CURSOR", help="Show the page after the one that ended with this cursor."),
)

#: How the results are written, and where to.
output_options = in_order(
    json_option,
    click.option(
        "--jsonl", "as_json_lines", is_flag=True, help="Print one JSON object for each hit, each on its line."
    ),
    click.option("--csv", "as_csv", is_flag=True, help="Print a header and one row of CSV for each hit."),
    click.option(
        "--columns",
        metavar="NAME,…",
        shell_complete=_complete_columns,
        help="Which columns, in order; without a format, the values of a hit on a line, separated by tabs.",
    ),
    click.option(
        "-o",
        "--output",
        "output_path",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        help="Write to this file, in the format of its name: .csv, .jsonl, .json, also .gz or .zst of these; .parquet, "
        ".arrow or .feather.",
    ),
    click.option(
        "--safe-csv/--raw-csv",
        "safe_csv",
        default=None,
        help="Whether cells of CSV that a spreadsheet takes for formulas get an apostrophe; as a rule those of a file do, "
        "and those of standard output do not.",
    ),
    click.option("--count", is_flag=True, help="Print nothing but how many articles match."),
    click.option(
        "-l",
        "--files",
        is_flag=True,
        help="Print nothing but the file that each hit was read from; with --all or --limit all, of every hit.",
    ),
    click.option(
        "--open",
        "open_number",
        metavar="[N]",
        callback=_read_hit_number,
        is_flag=False,
        flag_value="1",
        help="Instead of printing, open the first hit, or the N-th: its address in the browser, else the file that it was "
        "read from in $EDITOR, or in what the system opens it with.",
    ),
    click.option("--no-snippets", is_flag=True, help="Leave out the passages; faster."),
    click.option(
        "--strict", is_flag=True, help="Fail if the query cannot be read as written, instead of noting how it was read."
    ),
    click.option(
        "--timeout-s", metavar="S", type=click.FloatRange(min=0, min_open=True), help="Give up after S seconds."
    ),
    click.option("--partial", is_flag=True, help="Print what was found when the time is over, instead of giving up."),
    click.option(
        "--why", is_flag=True, help="Say below each hit what its score comes from; also with --json and --jsonl."
    ),
    click.option(
        "--explain",
        is_flag=True,
        help="Instead of searching, say in plain English what the query means, with the total of each part.",
    ),
)

#: Every match instead of a page; many queries instead of one.
batch_options = in_order(
    click.option(
        "--all",
        "everything",
        is_flag=True,
        help="Every hit, in order of publication, the oldest first; without a query, every article.",
    ),
    click.option(
        "--batch",
        "batch_path",
        metavar="FILE",
        type=click.Path(dir_okay=False, allow_dash=True),
        help="Ask many queries, a row of CSV or JSON Lines each: those of the lines of FILE, of its column 'query' (or the "
        'first) if it is .csv or .tsv, of "query" if it is .jsonl.',
    ),
    click.option(
        "--phrase", is_flag=True, help="With --batch, take each line as the words of one phrase, without signs."
    ),
)

#: The file that questions are kept in.
questions_option = click.option(
    "--questions",
    "questions_path",
    metavar="FILE",
    envvar="SEARCHLIB_QUESTIONS",
    type=click.Path(dir_okay=False),
    help="The file of saved questions; else $SEARCHLIB_QUESTIONS, else ./questions.toml.",
)

#: Questions that are kept in a file, and their parameters.
question_options = in_order(
    questions_option,
    click.option(
        "--set",
        "parameters",
        metavar="NAME=VALUE",
        multiple=True,
        callback=read_pairs,
        help="A parameter of a saved question; can be given several times.",
    ),
)
