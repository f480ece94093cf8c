"""`searchlib stats`: says what an index holds."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, json_option
from searchlib.cli.screen import DIM, Screen, number, size
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.results import IndexStats, printable

__all__ = ["command"]


@click.command(
    "stats",
    cls=CommandWithExamples,
    examples=(
        "searchlib stats",
        "searchlib stats --index news.index --json | jq .articles",
    ),
)
@json_option
@index_option
def command(as_json: bool, index_path: str) -> Exit:
    """Say what an index holds."""
    with embedded.open(index_path) as index:
        stats = index.stats()
    if as_json:
        write_object(stats.as_dict())
    else:
        screen = Screen()
        rows = _rows(stats)
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            screen.line((name.ljust(width), DIM), "  ", printable(value), hang=width + 2)
    return Exit.DONE


def _language(stats: IndexStats) -> str:
    if stats.fallback_language is None:
        return stats.language
    return f"each article's own, else {stats.fallback_language}"


def _languages(stats: IndexStats) -> list[tuple[str, str]]:
    """The languages of the articles, where each is analysed in its own."""
    if stats.fallback_language is None or not stats.languages:
        return []
    counts = []
    for each in stats.languages:
        detected = f" ({number(each.detected)} detected)" if each.detected else ""
        counts.append(f"{each.code or 'not known'} {number(each.articles)}{detected}")
    return [("languages", ", ".join(counts))]


def _rows(stats: IndexStats) -> list[tuple[str, str]]:
    dates = "none"
    if stats.earliest and stats.latest:
        dates = f"{stats.earliest.date()} to {stats.latest.date()}"
    return [
        ("index", stats.path),
        ("articles", number(stats.articles)),
        *([("files", f"{number(stats.files)} read")] if stats.files else []),
        ("undated", number(stats.undated)),
        ("dates", dates),
        ("language", _language(stats)),
        *_languages(stats),
        ("time zone", stats.timezone),
        ("size", size(stats.size_bytes)),
        ("segments", number(stats.segments)),
        ("deleted", f"{number(stats.deleted)} still taking up room" if stats.deleted else "0"),
        ("generation", number(stats.generation)),
        ("committed", f"{stats.committed:%Y-%m-%d %H:%M:%S %z}"),
        ("codec", stats.codec),
        ("format", _format(stats.format)),
    ]


def _format(version: int) -> str:
    if version == embedded.FORMAT:
        return str(version)
    return f"{version}; 'searchlib merge --upgrade' rewrites it in format {embedded.FORMAT}"
