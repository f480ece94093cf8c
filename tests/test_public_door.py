"""The public door: what `import searchlib` offers, and that nobody inside comes in through it."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import searchlib
from searchlib import errors


def test_all_is_sorted_and_every_name_in_it_exists():
    assert searchlib.__all__ == sorted(searchlib.__all__)
    assert all(hasattr(searchlib, name) for name in searchlib.__all__)


def test_every_public_name_of_the_door_is_in_all():
    offered = {
        name
        for name in dir(searchlib)
        if not name.startswith("_") and not inspect.ismodule(getattr(searchlib, name)) and name != "annotations"
    }

    assert offered == set(searchlib.__all__)


def test_every_error_can_be_caught_from_the_door_and_has_the_one_root():
    assert set(errors.__all__) <= set(searchlib.__all__)
    assert all(issubclass(getattr(errors, name), searchlib.SearchlibError) for name in errors.__all__)


def test_every_public_thing_says_what_it_is():
    undocumented = [name for name in searchlib.__all__ if not (getattr(searchlib, name).__doc__ or "").strip()]

    assert undocumented == []


def test_nobody_inside_imports_the_package_root():
    package = Path(searchlib.__file__).parent
    guilty = []
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if "searchlib" in names:
                guilty.append(path.relative_to(package).as_posix())

    assert guilty == []
