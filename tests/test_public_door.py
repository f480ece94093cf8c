"""The public door: what `import searchlib` offers, and that nobody inside comes in through it."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import inspect
import re
from pathlib import Path
from typing import Literal, get_origin

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
    # A Literal can have no docstring; it is what it lists.
    things = {name: getattr(searchlib, name) for name in searchlib.__all__}
    said = {name: thing for name, thing in things.items() if get_origin(thing) is not Literal}
    undocumented = [name for name, thing in said.items() if not (thing.__doc__ or "").strip()]

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


def _signatures() -> dict[str, set[str]]:
    """Every name in the signature or type of a public function, method, property or attribute → where it stands.

    An index and a reading are made by functions: their constructors are nobody's to call.
    """
    named: dict[str, set[str]] = {}
    for name in searchlib.__all__:
        thing = getattr(searchlib, name)
        members = {"": thing} if inspect.isfunction(thing) else {}
        if inspect.isclass(thing):
            members = {
                each: value.fget if isinstance(value, property) else value
                for each, value in inspect.getmembers(thing)
                if not each.startswith("_") or (each == "__init__" and name not in MADE_BY_FUNCTIONS)
            }
            for each, annotation in inspect.get_annotations(thing).items():
                if not each.startswith("_"):
                    _note(named, annotation, f"{name}.{each}")
        for each, value in members.items():
            if inspect.isfunction(value) and value.__module__.startswith("searchlib"):
                for annotation in inspect.get_annotations(value).values():
                    _note(named, annotation, f"{name}.{each}")
    return named


MADE_BY_FUNCTIONS = ("ArticleWriter", "Index", "Reading", "Scan", "WhooshIndex")


def _note(named: dict[str, set[str]], annotation: object, where: str) -> None:
    for name in re.findall(r"[A-Za-z_]\w*", annotation if isinstance(annotation, str) else repr(annotation)):
        named.setdefault(name, set()).add(where)


def test_every_type_of_ours_in_a_public_signature_can_be_imported_from_the_door():
    ours = {
        name
        for path in Path(searchlib.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _defined(node)
    }
    named = _signatures()

    assert "Index.search" in named["Node"]
    missing = {name: sorted(where) for name, where in named.items() if name in ours and name not in searchlib.__all__}
    assert {name: where for name, where in missing.items() if not _is_of_python(name)} == {}


def _is_of_python(name: str) -> bool:
    return hasattr(builtins, name) or hasattr(collections.abc, name)


def _defined(node: ast.AST) -> list[str]:
    """Names of public classes and types that a statement defines."""
    if isinstance(node, ast.ClassDef):
        return [] if node.name.startswith("_") else [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [
        each.id for each in targets if isinstance(each, ast.Name) and each.id[0].isupper() and not each.id.isupper()
    ]
