"""Every example of docs/query-language.md is read as the page says."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from searchlib.query import (
    MAX_AT_LEAST,
    MAX_BOOST,
    MAX_DIAGNOSTICS,
    MAX_DISTANCE,
    MAX_EXPANSION,
    MAX_PATTERN_CHARS,
    MAX_QUERY_CHARS,
    MAX_QUERY_CLAUSES,
    MAX_QUERY_DEPTH,
    MIN_BOOST,
    SEARCH_FIELDS,
    ParsedQuery,
    parse,
    render,
)

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")
ZONE = ZoneInfo("Asia/Singapore")
NOW = datetime(2023, 9, 13, 12, 0, tzinfo=ZONE)


class Example(NamedTuple):
    section: str
    header: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def query(self) -> str:
        return self.cells[0].strip("`")


def cells_of(row: str) -> tuple[str, ...]:
    # A bar inside a cell is written \| in Markdown.
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1])


def examples() -> list[Example]:
    found: list[Example] = []
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        title = section.split("\n", 1)[0]
        for table in re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE):
            header, _, *rows = table.splitlines()
            found += [Example(title, cells_of(header), cells_of(row)) for row in rows]
    return found


EXAMPLES = examples()


def read(example: Example) -> ParsedQuery:
    return parse(example.query, zone=ZONE, now=NOW, any="any=True" in example.header[0])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_an_example_is_read_as_the_page_says(example: Example):
    assert render(read(example).tree, zone=ZONE) == example.cells[1].strip("`")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_an_example_is_reported_where_the_page_says_so_and_only_there(example: Example):
    messages = " ".join(diagnostic.message for diagnostic in read(example).diagnostics)

    if example.header[-1] == "reported":
        assert example.cells[2] in messages
    elif "reported" in example.cells[-1] or "did you mean" in example.cells[-1]:
        assert messages
    else:
        assert messages == ""


@pytest.mark.parametrize(
    ("example", "alias"),
    [
        (example, alias)
        for example in EXAMPLES
        if example.header[-1] == "also"
        for alias in re.findall(r"`(\w+):`", example.cells[-1])
    ],
)
def test_a_field_has_the_other_names_that_the_page_gives(example: Example, alias: str):
    other = alias + example.query[example.query.index(":") :]

    assert parse(other, zone=ZONE, now=NOW).tree == read(example).tree


def test_the_page_shows_every_field():
    shown = {example.query.split(":")[0] for example in EXAMPLES if example.header[-1] == "also"}

    assert shown == set(SEARCH_FIELDS)


@pytest.mark.parametrize(
    "limit",
    [
        f"{MAX_QUERY_CHARS:,} characters",
        f"{MAX_QUERY_CLAUSES:,} words",
        f"the {MAX_EXPANSION:,} most frequent words",
        f"most {MAX_PATTERN_CHARS} characters",
        f"(up to {MAX_AT_LEAST})",
        f"{MAX_QUERY_DEPTH} parentheses",
        f"(1 to {MAX_DISTANCE})",
        f"from {MIN_BOOST:g} to {MAX_BOOST:g}",
        f"first {MAX_DIAGNOSTICS - 1} are given",
    ],
)
def test_the_page_states_the_limits(limit: str):
    assert limit in PAGE
