"""`searchlib verify`: checks every file of an index against what was committed."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit, tell
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, json_option
from searchlib.cli.progress import CountBar
from searchlib.cli.screen import Screen, plural, size
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.errors import IndexCorruptError
from searchlib.results import IndexStats

__all__ = ["command"]


@click.command(
    "verify",
    cls=CommandWithExamples,
    examples=(
        "searchlib verify",
        "searchlib verify --index news.index",
        "searchlib verify --json | jq -r '.problems[].file'",
    ),
)
@json_option
@index_option
def command(as_json: bool, index_path: str) -> Exit:
    """Check every file of an index against what was committed.

    The whole index is read once: lengths, checksums, and that each file is the one it is taken for.
    Searches and loads may go on meanwhile.

    Ends with 0 when all is well, 2 when anything is damaged.
    """
    stats, problems = _checked(index_path)
    if as_json:
        found = [{"file": each.file, "expected": each.expected, "got": each.got} for each in problems]
        write_object({"index": index_path, "articles": stats.articles if stats else None, "problems": found})
    if problems:
        _tell(problems, index_path)
        return Exit.ERROR
    if stats and not as_json:
        Screen().line(
            f"all is well: {plural(stats.articles, 'article')} in {plural(stats.segments, 'segment')}, "
            f"{size(stats.size_bytes)}, as they were committed"
        )
    return Exit.DONE


def _checked(index_path: str) -> tuple[IndexStats | None, list[IndexCorruptError]]:
    """What the index holds, if that can be told, and what is damaged."""
    try:
        with embedded.open(index_path) as index:
            stats = _stats(index)
            with CountBar("reading", stats.size_bytes if stats else 0, noun="bytes") as bar:
                return stats, index.verify(progress=bar.advance)
    except IndexCorruptError as error:
        # It cannot even be opened.
        return None, [error]


def _stats(index: Engine) -> IndexStats | None:
    try:
        return index.stats()
    except IndexCorruptError:
        return None


def _tell(problems: list[IndexCorruptError], index_path: str) -> None:
    for each in problems:
        tell(f"{each.file}: expected {each.expected}, found {each.got}")
    files = plural(len(problems), "file is", "files are")
    tell(
        f"{files} not as committed. Restore {index_path} from a backup, or make it anew: "
        f"'searchlib index FILES --index OTHER' from the articles' files. 'searchlib export -o rescued.jsonl' "
        f"writes what can still be read; it ends at the first article that cannot"
    )
