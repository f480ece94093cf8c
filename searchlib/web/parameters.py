"""Reads the parameters of an address. Each error names its parameter."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.datastructures import QueryParams

from searchlib.errors import SettingError
from searchlib.web.limits import Limits

__all__ = ["ParameterError", "Parameters"]

_YES: Final = ("1", "true", "yes", "on")
_NO: Final = ("0", "false", "no", "off")
_SHOWN_CHARS: Final = 80
_DIGITS: Final = 9


class ParameterError(SettingError):
    """A parameter of an address cannot have this value.

    Attributes:
        setting: The parameter.
        value: What was given.
        remedy: What to give instead.
    """

    def __init__(self, parameter: str, value: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(parameter, value if len(value) <= _SHOWN_CHARS else value[:_SHOWN_CHARS] + "…", remedy)


class Parameters:
    """Reads parameters, and raises what is wrong with them, or keeps it.

    Args:
        parameters: `Request.query_params`.
        limits: What may be asked.
        lenient: Whether what cannot be read is left out and noted, instead of raising.

    Attributes:
        notes: What could not be read.
    """

    def __init__(self, parameters: QueryParams, limits: Limits, *, lenient: bool = False) -> None:
        self._parameters = parameters
        self._limits = limits
        self._lenient = lenient
        self.notes: list[ParameterError] = []

    def check(self, is_right: bool, name: str, value: str, remedy: str) -> bool:
        """Whether a value can be; what is wrong with it is raised, or noted."""
        if not is_right:
            error = ParameterError(name, value, remedy)
            if not self._lenient:
                raise error
            self.notes.append(error)
        return is_right

    def text(self, name: str) -> str:
        """The value of a parameter; empty for none."""
        values = self.texts(name, 1)
        return values[0] if values else ""

    def texts(self, name: str, most: int | None = None) -> tuple[str, ...]:
        """The values of a parameter, each once, in the order of the address."""
        values = tuple(dict.fromkeys(self._parameters.getlist(name)))
        if most is not None and not self.check(
            len(values) <= most, name, str(len(values)), f"give it at most {most} times"
        ):
            values = values[:most]
        remedy = f"give at most {self._limits.query_chars:,} characters"
        return tuple(each for each in values if self.check(len(each) <= self._limits.query_chars, name, each, remedy))

    def flag(self, name: str, usual: bool = False) -> bool:
        """Whether a parameter says yes; `usual` where it says nothing."""
        value = self._parameters.get(name, "").lower()
        if not value:
            return usual
        return self.check(value in (*_YES, *_NO), name, value, "give 1 or 0") and value in _YES

    def choice(self, name: str, choices: Collection[str], usual: str | None) -> str | None:
        """The value of a parameter, one of some; `usual` for none."""
        value = self._parameters.get(name, "")
        remedy = f"give one of {', '.join(choices)}"
        return value if value and self.check(value in choices, name, value, remedy) else usual

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """The number that a parameter is; `usual` for none."""
        value = self._parameters.get(name, "")
        read = _whole(value, least, most) if value else usual
        self.check(read is not None, name, value, f"give a whole number, {least:,} to {most:,}")
        return usual if read is None else read


def _whole(text: str, least: int, most: int) -> int | None:
    """The whole number that a text is, in ASCII digits; None if it is none, or not within the limits."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return int(text) if is_number and least <= int(text) <= most else None
