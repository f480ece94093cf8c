"""What `searchlib doctor` finds: a value, and where something is to be mended what is wrong and what mends it."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.json_form import JsonForm

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding(JsonForm):
    """One thing that was looked at.

    Attributes:
        part: What it is a part of: "program", "extras", "terminal", "settings", "index".
        name: What was looked at.
        value: What was found, in words.
        problem: What is wrong, as a sentence; None where all is well.
        remedy: A command that mends it, to be typed into a shell; None where all is well.
    """

    part: str
    name: str
    value: str
    problem: str | None = None
    remedy: str | None = None
