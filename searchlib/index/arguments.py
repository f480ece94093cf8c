"""Checks of arguments at the public entries: what cannot be is a `SettingError` that names it and says what can."""

from __future__ import annotations

import os
from collections.abc import Collection
from math import isnan
from pathlib import Path
from typing import Any

from searchlib.errors import SettingError

__all__ = ["check_choice", "check_flag", "check_id", "check_number", "check_progress", "check_whole", "path_of"]


def check_number(name: str, value: Any, least: float, remedy: str) -> None:
    """Insist on a number from `least` on; infinity is one, True, nan and what no float can hold are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not _holds(value) or value < least:
        raise SettingError(name, value, remedy)


def _holds(value: float) -> bool:
    """Whether a float can hold this number, and it is one."""
    try:
        return not isnan(value)
    except OverflowError:
        return False


def check_whole(name: str, value: Any, least: int, most: int | None = None) -> None:
    """Insist on a whole number from `least` to `most`, or with no end where that is None."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least or (most is not None and value > most):
        end = "" if most is None else f" to {most:,}"
        raise SettingError(name, value, f"give a whole number from {least}{end}")


def check_progress(value: Any) -> None:
    """Insist on something that can be called, or None."""
    if value is not None and not callable(value):
        raise SettingError("progress", value, "give a function of one number")


def check_flag(name: str, value: Any) -> None:
    """Insist on True or False."""
    if value is not True and value is not False:
        raise SettingError(name, value, "give True or False")


def check_choice(name: str, value: Any, allowed: Collection[str]) -> None:
    """Insist on one of these texts."""
    if not isinstance(value, str) or value not in allowed:
        raise SettingError(name, value, f"choose one of {', '.join(allowed)}")


def check_id(value: Any) -> None:
    """Insist on what can be the id of an article."""
    if not isinstance(value, str):
        raise SettingError("article_id", value, "give an article's id, a text")


def path_of(value: Any) -> Path:
    """The path of an index directory."""
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(path, str) or not _can_be_a_path(path):
        raise SettingError("path", value, "give the path of a directory")
    return Path(path)


def _can_be_a_path(path: str) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
