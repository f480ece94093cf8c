"""Saved questions: queries with a name, and with parameters, in a small TOML file.

    [visits]
    description = "Who visited whom"
    query = 'visit {who} NOT {without}'
    since = "2023"
    sort = "newest"
    facets = ["section"]
    columns = ["date", "title"]

    [visits.parameters]
    without = "train"
    who = { description = "a name" }

A table is a question; its name is the table's. ``{who}`` is a parameter, in the query or its dates. It needs a value
each time, or has a default, which is a text of its own. What stands for it in the query is a phrase, or, inside
quotation marks, words of theirs: no sign of it is read as an operator. Only of a parameter with ``raw = true`` the value
is a piece of the query language.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from searchlib.article import FACET_FIELDS
from searchlib.counted import TIMELINE_UNITS
from searchlib.errors import SettingError
from searchlib.json_form import JsonForm
from searchlib.query.signs import QUOTES
from searchlib.results import SORTS
from searchlib.tables import choose_columns

__all__ = ["Parameter", "Question", "choose", "load"]

_NAME: Final = re.compile(r"[A-Za-z0-9][\w-]*")
_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z][\w-]*)\}")
# What is a sign of the query language inside a phrase, or of another system's. Signs that belong to words stay: C++,
# AT&T, U.S., don't, jong-un.
_SIGNS: Final = re.compile(rf"[{QUOTES}()\[\]{{}}|*?~=^/\\!$%<>:\x00-\x1f]")
# OR, NOT, NEAR: operators are in capitals, and for finding words case does not matter.
_CAPITALS: Final = re.compile(r"(?<![\w&.])[A-Z]{2,}(?![\w&.])")


@dataclass(frozen=True, slots=True)
class Parameter(JsonForm):
    """A part of a question that is filled in when it is asked.

    Attributes:
        default: Its value where none is given; None if one has to be.
        description: What it is, for people.
        raw: Whether its value is a piece of the query language, and not words.
    """

    default: str | None = None
    description: str = ""
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Question(JsonForm):
    """A question with a name.

    Attributes:
        name: Its name.
        query: In the query language, with ``{name}`` for parameters.
        description: What it is, for people.
        options: What else there is to say to `Index.search`: "since", "until", "any", "sort", "limit", "facets",
            "timeline"; only what the file has.
        columns: Names of columns, to be written; None for the usual ones.
        parameters: Name → parameter, in the order in which they are needed.
    """

    name: str
    query: str
    description: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def filled(self, **values: str) -> dict[str, Any]:
        """The arguments of `Index.search` that ask it: ``index.search(**question.filled(who="Kim"))``.

        Args:
            values: Value of each parameter; those with a default may be left out.

        Raises:
            SettingError: A parameter has no value, or one without a word in it; or there is no such parameter.
        """
        for name in values:
            if name not in self.parameters:
                raise SettingError(name, values[name], f"{self.name} has no such parameter; {self._parameters()}")
        known = {name: self._value(name, parameter, values) for name, parameter in self.parameters.items()}
        dates = {
            name: _PLACEHOLDER.sub(lambda match: known[match[1]], self.options[name])
            for name in ("since", "until")
            if name in self.options
        }
        return {**self.options, **dates, "query": self._query(known)}

    def _value(self, name: str, parameter: Parameter, values: Mapping[str, str]) -> str:
        value = values.get(name, parameter.default)
        if value is None:
            raise SettingError(name, None, f"the question {self.name} needs it: --set {name}=…, or {name}=… in Python")
        if not isinstance(value, str) or not (value if parameter.raw else _words(value)).strip():
            raise SettingError(name, value, "give a text with a word in it")
        return value

    def _query(self, values: Mapping[str, str]) -> str:
        pieces: list[str] = []
        is_quoted = False
        end = 0
        for match in _PLACEHOLDER.finditer(self.query):
            between = self.query[end : match.start()]
            pieces.append(between)
            is_quoted ^= sum(between.count(quote) for quote in QUOTES) % 2 == 1
            value = values[match[1]]
            if not self.parameters[match[1]].raw:
                value = _words(value) if is_quoted else f'"{_words(value)}"'
            pieces.append(value)
            end = match.end()
        return "".join(pieces) + self.query[end:]

    def _parameters(self) -> str:
        return f"those of it: {', '.join(self.parameters)}" if self.parameters else "it has none"


def load(path: str | os.PathLike[str]) -> dict[str, Question]:
    """The questions of a file by name, in its order.

    Raises:
        OSError: It cannot be read.
        SettingError: It is no TOML, or has what no question has; it says where.
    """
    path = Path(path)
    try:
        tables = _read_toml(path)
    except (ValueError, RecursionError) as error:  # TOML's own error is a ValueError, as is that of UTF-8.
        raise SettingError("questions", str(path), f"it is no TOML: {error}") from None
    return {name: _question(path, name, table) for name, table in tables.items()}


def choose(questions: Mapping[str, Question], name: str) -> Question:
    """The question of this name.

    Raises:
        SettingError: There is none; it names the nearest.
    """
    if name in questions:
        return questions[name]
    hint = _nearest(name, questions)
    there_are = f"the questions there are: {', '.join(questions)}" if questions else "the file has none"
    raise SettingError("question", name, f"{hint}{there_are}")


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # Only a mistake needs it.

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}? " if near else ""


def _read_toml(path: Path) -> dict[str, Any]:
    # The standard library has it from Python 3.11 on; tomli is the same, for 3.10.
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    with path.open("rb") as file:
        tables: dict[str, Any] = toml.load(file)
        return tables


def _question(path: Path, name: str, table: Any) -> Question:
    where = f"{path}, [{name}]"
    if not isinstance(table, dict):
        raise SettingError("questions", str(path), f"{name} stands outside of a question; begin one with [name]")
    if not _NAME.fullmatch(name):
        raise SettingError("questions", name, f"{path}: a name is letters, digits, - and _, without spaces")
    known = ("query", "description", *_CHECKS, "columns", "parameters")
    for key in table:
        if key not in known:
            remedy = f"{_nearest(key, known)}a question has {', '.join(known)}"
            raise SettingError(f"{where}: {key}", table[key], remedy)
    query, description = (_text(where, key, table.get(key, "")) for key in ("query", "description"))
    if not query.strip():
        raise SettingError(f"{where}: query", query, "write what to search for")
    options = {key: _checked(where, key, table[key]) for key in _CHECKS if key in table}
    columns = None
    if "columns" in table:
        columns = tuple(column.name for column in choose_columns(table["columns"]))
    texts = (query, *(options.get(key, "") for key in ("since", "until")))
    parameters = _parameters(where, table.get("parameters", {}), texts)
    return Question(name, query, description, options, columns, parameters)


def _parameters(where: str, declared: Any, texts: Iterable[str]) -> dict[str, Parameter]:
    if not isinstance(declared, dict):
        raise SettingError(f"{where}: parameters", declared, "give a table of names")
    used = dict.fromkeys(name for text in texts for name in _PLACEHOLDER.findall(text))
    for name in declared:
        if name not in used:
            raise SettingError(f"{where}: parameters", name, f"{{{name}}} stands nowhere in the query or its dates")
    return {name: _parameter(f"{where}: {name}", declared.get(name, {})) for name in used}


def _parameter(where: str, given: Any) -> Parameter:
    if isinstance(given, str):
        return Parameter(default=given)
    kinds = {"default": str, "description": str, "raw": bool}
    if not isinstance(given, dict) or any(not isinstance(given[key], kinds.get(key, ())) for key in given):
        raise SettingError(where, given, 'give its default, or { default = "…", description = "…", raw = true }')
    return Parameter(**given)


_CHECKS: Final[dict[str, tuple[str, Any]]] = {
    "since": ("give a date in quotation marks", lambda value: isinstance(value, str)),
    "until": ("give a date in quotation marks", lambda value: isinstance(value, str)),
    "any": ("give true or false", lambda value: isinstance(value, bool)),
    "plain": ("give true or false", lambda value: isinstance(value, bool)),
    "expand": ("give true or false", lambda value: isinstance(value, bool)),
    "sort": (f"choose one of {', '.join(SORTS)}", lambda value: value in SORTS),
    "limit": ("give a whole number from 0", lambda value: type(value) is int and value >= 0),
    "facets": (
        f"give a list of {', '.join(FACET_FIELDS)}",
        lambda value: isinstance(value, list) and all(each in tuple(FACET_FIELDS) for each in value),
    ),
    "timeline": (f"choose one of {', '.join(TIMELINE_UNITS)}", lambda value: value in TIMELINE_UNITS),
}


def _checked(where: str, key: str, value: Any) -> Any:
    remedy, can_be = _CHECKS[key]
    if not can_be(value):
        raise SettingError(f"{where}: {key}", value, remedy)
    return tuple(value) if key == "facets" else value


def _text(where: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise SettingError(f"{where}: {key}", value, "give a text in quotation marks")
    return value


def _words(value: str) -> str:
    """The words of a value, without what is a sign of the query language."""
    words = " ".join(_SIGNS.sub(" ", value).split())
    return _CAPITALS.sub(lambda match: match[0].lower(), words)
