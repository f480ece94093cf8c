"""Sizes that keep the house easy to move into, and tests that are where one looks for them."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import searchlib

PACKAGE = Path(searchlib.__file__).parent
TESTS = Path(__file__).resolve().parent
FILES = sorted(PACKAGE.rglob("*.py"))
#: All that people write, where the sources are and not only what is installed of them.
SOURCES = sorted(path for suffix in ("py", "pyx", "pxd", "pxi", "h", "c") for path in PACKAGE.rglob(f"*.{suffix}"))

MAX_FILE_LINES = 500
MAX_MEDIAN_LINES = 200
MAX_FUNCTION_LINES = 80
USUAL_FUNCTION_LINES = 40

#: Packages of which each module has a test file of its name, at the same place below `tests`.
MIRRORED = ("automata", "codec", "index", "query", "searching")
#: So short a module can be tested with what uses it.
SHORT_LINES = 60
#: Modules that are tested elsewhere, and where.
TESTED_ELSEWHERE = {
    # Each side is the other's test: what one writes, the other reads.
    "codec/native/documents.py": "contract/test_whoosh_programs.py",
    "codec/native/readers.py": "contract/test_whoosh_programs.py",
    "codec/native/whoosh_compat/vectors.py": "contract/test_whoosh_programs.py",
    "index/replacing.py": "contract/test_replacing.py",
    "codec/whoosh3.py": "contract/test_hostile_files.py",
    # What an index is made of, which only a whole index shows.
    "codec/native/output.py": "index/test_native_building.py",
    "index/arguments.py": "engines/test_arguments.py",
    "index/file_writing.py": "contract/test_files_read.py",
    "index/building.py": "index/test_native_building.py",
    "index/native_merging.py": "contract/test_writing.py",
    "index/verify.py": "index/test_segment_files.py",
    "index/snapshot.py": "contract/test_writing.py",
    "index/whoosh_building.py": "contract/test_writing.py",
    "index/whoosh_reader.py": "test_text_field.py",
    "index/writer.py": "contract/test_writing.py",
    # Numbers, each of which is tested where it is kept to.
    "query/limits.py": "query/test_parser.py",
    # What they say is checked against what the index finds.
    "searching/explain.py": "contract/test_explaining.py",
    "searching/why_not.py": "contract/test_explaining.py",
    # Both answers are compared with brute force, and with each other.
    "searching/found.py": "contract/test_searching.py",
    "searching/kernel_answer.py": "engines/test_against_oracle.py",
    "searching/kernel_segment.py": "engines/test_against_oracle.py",
    "searching/search.py": "contract/test_searching.py",
}


def _lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


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
    lines = {path.relative_to(PACKAGE).as_posix(): _lines_of(path) for path in SOURCES}

    assert {name: count for name, count in lines.items() if count > MAX_FILE_LINES} == {}
    assert median(lines.values()) <= MAX_MEDIAN_LINES


def test_functions_are_short_and_nearly_all_fit_a_screen():
    lengths = _function_lengths()
    long = [name for name, count in lengths.items() if count > USUAL_FUNCTION_LINES]

    assert {name: count for name, count in lengths.items() if count > MAX_FUNCTION_LINES} == {}
    assert len(long) <= len(lengths) / 20, long


def test_a_module_has_a_test_file_of_its_name_where_one_looks_for_it():
    modules = [path for name in MIRRORED for path in sorted((PACKAGE / name).rglob("*.py"))]
    names = [
        path.relative_to(PACKAGE).as_posix()
        for path in modules
        if path.name != "__init__.py" and _lines_of(path) > SHORT_LINES
    ]
    tested = {name for name in names if (TESTS / name).with_name(f"test_{Path(name).name}").exists()}

    assert {name for name in names if name not in tested} <= TESTED_ELSEWHERE.keys()
    assert [name for name, where in TESTED_ELSEWHERE.items() if not (TESTS / where).exists()] == []
    assert [name for name in TESTED_ELSEWHERE if not (PACKAGE / name).exists() or name in tested] == []


def test_a_test_file_of_a_mirrored_package_is_named_after_a_module():
    pages = {"query/test_docs.py"}  # Of docs/query-language.md.
    found = [path for name in MIRRORED for path in sorted((TESTS / name).rglob("test_*.py"))]
    names = {path.relative_to(TESTS).as_posix() for path in found} - pages

    assert {
        name for name in names if not (PACKAGE / name).with_name(Path(name).name.removeprefix("test_")).exists()
    } == set()


def _names_in(path: Path) -> set[str]:
    """Names, attributes and keywords that a file uses."""
    used: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            used.add(node.id)
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            used.add(node.arg)
    return used


def test_only_the_profile_says_how_many_random_examples_there_are():
    files = {path.relative_to(TESTS).as_posix(): _names_in(path) for path in TESTS.rglob("*.py")}

    assert {name for name, used in files.items() if "max_examples" in used} == {"profiles.py"}


def test_no_test_measures_time():
    clocks = {"perf_counter", "perf_counter_ns", "process_time", "monotonic_ns", "thread_time"}

    assert {path.name: used for path in TESTS.rglob("*.py") if (used := _names_in(path) & clocks)} == {}
