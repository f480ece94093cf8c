"""A bar that says what share of a whole something is."""

from __future__ import annotations

from typing import Final

__all__ = ["share_bar_svg"]

_PERCENT: Final = 100


def share_bar_svg(count: int, whole: int, *, width: str = "100%", height: int = 4) -> str:
    """A bar as long as `count` is beside `whole`, as SVG; it is decoration beside a number, and no screen reader reads it.

    Args:
        count: The number that stands beside the bar, >= 0.
        whole: The number of a full bar; of 0 the bar is empty.
        width: Of a full bar: a number of pixels, or a percentage of what is around it.
        height: In pixels.
    """
    percent = min(_PERCENT, _PERCENT * count / whole) if whole > 0 else 0
    return (
        f'<svg class="share-bar" width="{width}" height="{height}" aria-hidden="true" focusable="false">'
        f'<rect width="{percent:.1f}%" height="{height}" fill="currentColor"/></svg>'
    )
