"""When two texts are one text, set in two ways."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["same_text", "text_key"]

_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")


def same_text(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits in the same order, and any at all."""
    key = text_key(one)
    return bool(key) and key == text_key(other)


def text_key(text: str) -> str:
    """The letters and digits of a text, case folded: what is the same in two ways of setting it."""
    return _NOT_ALPHANUMERIC.sub("", text.casefold())
