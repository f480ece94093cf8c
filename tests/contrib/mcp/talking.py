"""What comes back from a tool."""

from __future__ import annotations

from typing import Any

__all__ = ["ToolFailedError", "answer_of"]


class ToolFailedError(Exception):
    """A tool answered with an error."""


def answer_of(result: Any) -> Any:
    """The structured answer of a tool, or its error."""
    if result.is_error:
        raise ToolFailedError(result.content[0].text)
    return result.structured_content
