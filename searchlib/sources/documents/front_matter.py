"""The settings at the top of a Markdown file: YAML, TOML, JSON, or lines as Pelican has them.

Hugo, Jekyll, Obsidian and their kin write YAML between lines of "---", Hugo TOML between
"+++" as well, and JSON in braces. Pelican writes "Title: …" lines without fences. All values
of YAML are taken as they are printed: "NO" is Norway, and "2023-09-11" the text that dates
are read from. Aliases are refused, since a few lines of them stand for billions of values.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from importlib import import_module
from typing import Any, Final, NamedTuple

from searchlib.errors import MissingExtraError
from searchlib.sources.records.field_names import field_of

__all__ = ["MAX_CHARS", "FrontMatter", "split_front_matter"]

#: The longest front matter that is read, in characters.
MAX_CHARS: Final = 64 * 1024

# The parser takes quadratic time to go deeper.
_MAX_BRACKETS: Final = 50

_FENCED: Final = re.compile(
    r"(?P<fence>---|\+\+\+|;;;)[ \t]*\n(?P<inside>(?:.*\n)*?)(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)"
)
_HEAD_LINE: Final = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}):[ \t]*(?P<value>.*)")
_SETTING: Final = re.compile(r"(?P<name>[\w.-]+)\s*:\s*(?P<value>.*)")


class FrontMatter(NamedTuple):
    """What stands at the top of a file, and what follows.

    Attributes:
        settings: Names → values, as JSON has them.
        text: The rest of the file.
        problem: Why some of it could not be read; "" where all could.
    """

    settings: dict[str, Any]
    text: str
    problem: str = ""


def split_front_matter(text: str) -> FrontMatter:
    """The settings at the top of a text, and the rest; no settings where there are none.

    Settings that are not well-formed are read line by line, and a problem says so.

    Raises:
        MissingExtraError: The settings are YAML, and PyYAML is not installed.
    """
    fenced = _FENCED.match(text, 0, MAX_CHARS)
    if fenced and (read := _READERS.get(fenced["fence"])):
        return _read(read, fenced["inside"], text[fenced.end() :])
    if text.startswith("{") and (found := _json_head(text)):
        return found
    return _pelican_head(text)


def _read(read: Callable[[str], Any], inside: str, rest: str) -> FrontMatter:
    try:
        settings = read(inside)
    except (ValueError, RecursionError) as error:
        problem = f"the front matter is not well-formed ({error}), so its simple lines are read"
        return FrontMatter(_simple_lines(inside), rest, problem)
    if settings is None:
        return FrontMatter({}, rest)
    if not isinstance(settings, dict):
        return FrontMatter({}, rest, "the front matter holds no names and values")
    return FrontMatter({str(name): value for name, value in settings.items()}, rest)


def _simple_lines(inside: str) -> dict[str, str]:
    found = (_SETTING.fullmatch(line) for line in inside.splitlines())
    return {match["name"]: match["value"].strip().strip("\"'") for match in found if match and match["value"].strip()}


def _yaml(text: str) -> Any:
    try:
        import yaml
    except ImportError as error:
        raise MissingExtraError("markdown", "Reading the YAML front matter of Markdown") from error
    try:
        depth = 0
        for token in yaml.scan(text, Loader=yaml.BaseLoader):
            depth += isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken))
            depth -= isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken))
            if isinstance(token, yaml.AliasToken) or depth > _MAX_BRACKETS:
                raise ValueError("it has aliases or too many brackets inside one another, which are not read")
        # The loader that makes texts, lists and mappings, and nothing else: safer than the safe one.
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(f"{getattr(error, 'problem', None) or error}{where}") from None


def _toml(text: str) -> Any:
    # The standard library has it from Python 3.11 on; tomli is the same, for 3.10.
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    return _plain(toml.loads(text))


def _plain(value: Any) -> Any:
    """A value of TOML as JSON has it; dates as ISO 8601."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime, clock)) else value


_READERS: Final[dict[str, Callable[[str], Any]]] = {"---": _yaml, "+++": _toml, ";;;": json.loads}


def _json_head(text: str) -> FrontMatter | None:
    try:
        settings, end = json.JSONDecoder().raw_decode(text[:MAX_CHARS])
    except (ValueError, RecursionError):
        return None
    return FrontMatter(settings, text[end:]) if isinstance(settings, dict) else None


def _pelican_head(text: str) -> FrontMatter:
    """Lines "Name: value" up to an empty line, of which the first has a name that is known; none where one is not so."""
    head, _, rest = text[:MAX_CHARS].partition("\n\n")
    settings: dict[str, str] = {}
    name = ""
    for line in head.split("\n"):
        found = _HEAD_LINE.fullmatch(line)
        if found:
            name = found["name"]
            settings[name] = found["value"].strip()
        elif name and line[:1] in (" ", "\t"):
            settings[name] += f" {line.strip()}"
        else:
            return FrontMatter({}, text)
    first = next(iter(settings), "")
    if not first or field_of(first, {}) is None:
        return FrontMatter({}, text)
    return FrontMatter(settings, text[len(head) :] if rest or len(text) > len(head) else "")
