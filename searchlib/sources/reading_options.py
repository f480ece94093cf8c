"""What tells whether a file would be read as it was read before."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from typing import Final

from searchlib.sources.base import Context

__all__ = ["SOURCES_VERSION", "options_of", "options_with_extras"]

#: Version of what the sources make of a file. It is raised where one makes other articles of the same bytes; then every
#: file is read again, though it has not changed.
SOURCES_VERSION: Final = 1

_DISTRIBUTION: Final = re.compile(r"[A-Za-z0-9._-]+")


def options_of(context: Context, kind: str | None) -> str:
    """Sixteen hexadecimal digits that differ where a file gives other articles: by its options, or by this version."""
    options = {
        "version": SOURCES_VERSION,
        "kind": kind,
        "mapping": sorted(context.mapping.items()),
        "defaults": sorted((name, str(value)) for name, value in context.defaults.items()),
        "date_order": context.date_order,
        "encoding": context.encoding,
        "strict_dates": context.strict_dates,
        "table": context.table,
        "sql": context.sql,
    }
    return hashlib.blake2b(json.dumps(options).encode("ascii"), digest_size=8).hexdigest()


def options_with_extras(options: str) -> str:
    """The same of a file of which not all could be read: it also differs where other extras are installed.

    So a page that was no article for lack of an extra is read again once the extra is there.
    """
    return hashlib.blake2b(f"{options} {_installed_extras()}".encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def _installed_extras() -> str:
    """The names and versions of the distributions that extras of this package ask for and that are installed."""
    try:
        asked_for = metadata.requires("searchlib") or []
    except metadata.PackageNotFoundError:
        return ""
    found = set()
    for requirement in asked_for:
        if "extra ==" in requirement and (name := _DISTRIBUTION.match(requirement)):
            with suppress(metadata.PackageNotFoundError):
                found.add(f"{name[0]} {metadata.version(name[0])}")
    return ", ".join(sorted(found))
