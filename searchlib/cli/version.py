"""What `searchlib --version` prints."""

from __future__ import annotations

import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from searchlib.engines.embedded import DEFAULT_CODEC, FORMAT

__all__ = ["version_line"]

# The names of Whoosh's distributions; the first is the maintained one.
_WHOOSH = ("whoosh3", "Whoosh", "whoosh-reloaded")


def version_line() -> str:
    """The versions of searchlib, Python and Whoosh, and the format and codec of new indexes."""
    return (
        f"searchlib {_version_of('searchlib')} "
        f"(index format {FORMAT}, Python {platform.python_version()}, Whoosh {_version_of(*_WHOOSH)}, codec {DEFAULT_CODEC}"
        f"{'' if DEFAULT_CODEC == 'native' else ', because the kernels of the faster one were not compiled'})"
    )


def _version_of(*names: str) -> str:
    for name in names:
        with suppress(PackageNotFoundError):
            return version(name)
    return "of an unknown version"
