"""What an agency says of an item's use → why the item is no article: it was cancelled, or is withheld.

IPTC's publishing status is "usable", "withheld" or "canceled" in ninjs, NewsML-G2 and NewsML 1 alike.
"""

from __future__ import annotations

from typing import Final

__all__ = ["why_not_usable"]

_REASONS: Final = {
    "canceled": "the agency has cancelled the item; if an earlier version is in the index, delete it",
    "withheld": "the agency withholds the item until further notice",
}
_SPELLINGS: Final = {"cancelled": "canceled", "killed": "canceled", "recalled": "canceled"}


def why_not_usable(status: str) -> str:
    """Why an item of this status is no article; "" where it may be used.

    Args:
        status: As the item has it, with or without the scheme of its code: "Canceled", "stat:canceled".
    """
    code = status.rpartition(":")[2].strip().lower()
    return _REASONS.get(_SPELLINGS.get(code, code), "")
