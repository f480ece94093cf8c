"""The version of the library, which answers and documents depend on."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

__all__ = ["library_version"]


@cache
def library_version() -> str:
    """The version that is installed; empty where it is not known."""
    try:
        return version("searchlib")
    except PackageNotFoundError:
        return ""
