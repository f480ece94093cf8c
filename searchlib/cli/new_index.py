"""The index of a load: the existing one, or one made for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from searchlib.analysis import AUTO
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.errors import IndexLockedError

__all__ = ["open_or_create"]


@contextmanager
def open_or_create(
    path: str, *, language: str | None, timezone: str | None, fallback_language: str | None = None
) -> Iterator[Engine]:
    """The index at `path`, made if there is none. If it was made here and gets no commit, it is removed again.

    Args:
        language: The language of a new index; None for "auto". If one is given, an existing index must have it.
        timezone: Likewise; None for "UTC".
        fallback_language: Likewise, of articles in a new index whose language is not known; None for "en".

    Raises:
        click.ClickException: The index has another language or time zone.
    """
    if embedded.exists(path):
        with embedded.open(path) as index:
            _check(index, "language", language)
            _check(index, "timezone", timezone)
            _check(index, "fallback-language", fallback_language)
            yield index
        return
    had_folder = os.path.isdir(path)
    with embedded.create(
        path, language=language or AUTO, timezone=timezone or "UTC", fallback_language=fallback_language or "en"
    ) as index:
        try:
            yield index
        finally:
            unused = _is_unused(index)
            index.close()
            if unused:
                _take_away(Path(path), keep_folder=had_folder)


def _check(index: Engine, setting: str, asked: str | None) -> None:
    if asked is None:
        return
    stats = index.stats()
    has = {
        "language": stats.language,
        "timezone": stats.timezone,
        "fallback-language": stats.fallback_language or stats.language,
    }[setting]
    if asked.casefold() != has.casefold():
        raise click.ClickException(
            f"{stats.path} has the {setting} {has!r}, and an index keeps it; leave out --{setting}, "
            "or make another index with --index"
        )


def _is_unused(index: Engine) -> bool:
    try:
        # The lock is taken, because another load may be filling the same index.
        with index.writer(timeout_s=0):
            index.refresh()
            return index.generation == 0
    except IndexLockedError:
        return False


def _take_away(directory: Path, *, keep_folder: bool) -> None:
    for file in directory.iterdir():
        file.unlink()
    if not keep_folder:
        directory.rmdir()
