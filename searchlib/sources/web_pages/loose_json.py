"""JSON as it stands in the scripts of web pages: nearly JSON.

Around it are comments and CDATA marks, behind its last item is a comma, several values
stand one after another, quotes are entities or single, quotes in a text are not escaped,
signs are that need not be, or it is put into a variable.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["assigned_values", "loose_values"]

_DECODER: Final = json.JSONDecoder(strict=False)
_AROUND: Final = re.compile(
    r"^(?:\s|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[|<!--|-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;|,)+"
)
# A string of JSON, or what is between strings and is no JSON: a comment, a comma before a bracket.
_STRING_OR_SLIP: Final = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?P<slip>/\*.*?\*/|(?<![:\w])//[^\n]*|,(?=\s*[}\],]))|(?P<word>\bundefined\b|\bNaN\b)',
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:([\"\\/bfnrt]|u[0-9a-fA-F]{4})|(.))", re.DOTALL)
_IN_SINGLE_QUOTES: Final = re.compile(r"\s*[\[{\s]*\{\s*'")
_STRING_IN_EITHER: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'((?:[^\'\\]|\\.)*)\'', re.DOTALL)
# A string up to the first quote that something follows which can follow a string.
_STRING_BY_END: Final = re.compile(r'"((?:[^"\\]|\\.|"(?!\s*[,:}\]]))*)(?:"|\Z)', re.DOTALL)
_BARE_QUOTE: Final = re.compile(r'((?<!\\)(?:\\\\)*)"')
_VALUE_START: Final = re.compile(r'[{\[](?=\s*["{\[\]}])')
_PARSED_STRING: Final = re.compile(r"JSON\.parse\(\s*(?=\")")
_MAX_VALUES: Final = 50
_MAX_STARTS: Final = 8


def loose_values(text: str) -> list[object]:
    """The values in a script that is meant to be JSON; [] where it is not."""
    for candidate in _readings(text):
        if values := list(_values(candidate)):
            return values
    return []


def assigned_values(script: str) -> list[object]:
    """The values that a script puts into variables, or calls functions with: ``window.DATA = {…};``."""
    if match := _PARSED_STRING.search(script):
        try:
            text, _ = _DECODER.raw_decode(script, match.end())
            return loose_values(text) if isinstance(text, str) else []
        except (ValueError, RecursionError):
            return []
    found: list[object] = []
    start, tries = 0, 0
    while tries < _MAX_STARTS and (match := _VALUE_START.search(script, start)):
        tries += 1
        try:
            value, start = _DECODER.raw_decode(script, match.start())
            found.append(value)
        except (ValueError, RecursionError):
            start = match.end()
    return found


def _readings(text: str) -> Iterator[str]:
    """The text, and what it may have been meant to be."""
    yield text
    if _IN_SINGLE_QUOTES.match(text):
        text = _STRING_IN_EITHER.sub(lambda found: found[0] if found[1] is None else _quoted(found[1]), text)
    if slips := _without_slips(text):
        yield slips
        if '"' in slips:
            yield _STRING_BY_END.sub(lambda found: _quoted(found[1]), slips)
    if "&quot;" in text or "&#34;" in text:
        yield html.unescape(text)


def _values(text: str) -> Iterator[object]:
    position = _start(text, 0)
    for _ in range(_MAX_VALUES):
        if position >= len(text):
            return
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield value
        position = _start(text, position)


def _start(text: str, position: int) -> int:
    match = _AROUND.match(text[position : position + 200])
    return position + (match.end() if match else 0)


def _without_slips(text: str) -> str:
    def mended(match: re.Match[str]) -> str:
        if match["slip"] is not None:
            return ""
        return "null" if match["word"] is not None else match[0]

    return _STRING_OR_SLIP.sub(mended, text)


def _quoted(inside: str) -> str:
    """A string of JSON, of what stands between quotes that may be in it too, with escapes that JSON does not have."""
    kept = _ESCAPE.sub(lambda found: found[0] if found[1] else json.dumps(found[2])[1:-1], inside)
    return '"' + _BARE_QUOTE.sub(r"\1\"", kept) + '"'
