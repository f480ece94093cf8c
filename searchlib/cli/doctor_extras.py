"""The extras of searchlib as `searchlib doctor` shows them: what each gives, and whether it is installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

from searchlib.cli.findings import Finding

__all__ = ["EXTRAS", "extra_findings", "installed_version"]

#: Extra → what it gives. Those for developers of searchlib are not among them.
EXTRAS: Final = {
    "html": "web pages",
    "feeds": "RSS and Atom",
    "warc": "web archives",
    "pdf": "PDF",
    "markdown": "the front matter of Markdown",
    "xlsx": "Excel",
    "languages": "an index of many languages",
    "pandas": "DataFrames",
    "arrow": "Parquet and Arrow",
    "plot": "timelines as pictures",
    "watch": "searchlib watch",
    "web": "searchlib serve",
    "mcp": "searchlib mcp",
    "langchain": "a retriever for LangChain",
    "llama-index": "a retriever for LlamaIndex",
    "haystack": "a document store for Haystack",
    "django-haystack": "a backend of django-haystack",
    "datasette": "a plugin for Datasette",
}

_REQUIREMENT: Final = re.compile(
    r"""(?P<name>[\w.-]+)(?:\[.*?\])?(?P<bounds>[^;]*);.*\bextra\s*==\s*["'](?P<extra>[\w-]+)"""
)
_LEAST: Final = re.compile(r">=\s*([\d.]+)")


def installed_version(name: str) -> str | None:
    """The version of a distribution; None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def extra_findings(required: Iterable[str] | None = None) -> Iterator[Finding]:
    """What each extra gives, and whether it is installed. One that is missing is no problem; one that is too old is.

    Args:
        required: Requirements as the metadata of a distribution has them; those of searchlib if None.
    """
    needed: dict[str, list[tuple[str, str]]] = {name: [] for name in EXTRAS}
    for line in _own_requirements() if required is None else required:
        if (found := _REQUIREMENT.match(line)) and found["extra"] in needed:
            needed[found["extra"]].append((found["name"], found["bounds"]))
    for extra, requirements in needed.items():
        if requirements:
            yield _finding(extra, requirements)


def _own_requirements() -> list[str]:
    try:
        return requires("searchlib") or []
    except PackageNotFoundError:
        return []


def _finding(extra: str, requirements: list[tuple[str, str]]) -> Finding:
    gives = EXTRAS[extra]
    installed = {name: installed_version(name) for name, _ in requirements}
    pip = f"pip install 'searchlib[{extra}]'"
    missing = [name for name, found in installed.items() if found is None]
    if missing:
        return Finding("extras", extra, f"not installed: {gives}; {pip}")
    versions = ", ".join(f"{name} {found}" for name, found in installed.items())
    old = [f"{name} {bounds.strip()}" for name, bounds in requirements if _is_older(installed[name] or "", bounds)]
    problem = f"{gives}: searchlib needs {', '.join(old)}, and {versions} is installed." if old else None
    return Finding("extras", extra, f"{gives}: {versions}", problem, f"{pip} --upgrade" if old else None)


def _is_older(found: str, bounds: str) -> bool:
    least = _LEAST.search(bounds)
    return least is not None and _numbers(found) < _numbers(least[1])


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers that a version begins with: those of "2.10.0rc1" are 2, 10, 0. Trailing zeros mean nothing."""
    begun = re.match(r"[\d.]*", text)
    numbers = [int(part) for part in begun[0].split(".") if part] if begun else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
