"""Sizes that keep the house easy to move into: of files, and of functions."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import searchlib

PACKAGE = Path(searchlib.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

MAX_FILE_LINES = 500
MAX_MEDIAN_LINES = 200
MAX_FUNCTION_LINES = 80
USUAL_FUNCTION_LINES = 40


def _function_lengths() -> dict[str, int]:
    """Lines of each function's body, its docstring not counted."""
    lengths = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                name = f"{path.relative_to(PACKAGE).as_posix()}:{node.name}"
                lengths[name] = (node.end_lineno or 0) - body[0].lineno + 1
    return lengths


def test_no_file_is_longer_than_a_newcomer_reads_in_one_sitting():
    lines = {path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}

    assert {name: count for name, count in lines.items() if count > MAX_FILE_LINES} == {}
    assert median(lines.values()) <= MAX_MEDIAN_LINES


def test_functions_are_short_and_nearly_all_fit_a_screen():
    lengths = _function_lengths()
    long = [name for name, count in lengths.items() if count > USUAL_FUNCTION_LINES]

    assert {name: count for name, count in lengths.items() if count > MAX_FUNCTION_LINES} == {}
    assert len(long) <= len(lengths) / 20, long
