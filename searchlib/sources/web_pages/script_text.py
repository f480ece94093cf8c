"""The text of an article that a page holds only in the data of its scripts.

Frameworks send a page's data beside its markup, or instead of it: Next.js, Nuxt, Arc's
Fusion, states of stores. What is plain there is read: markup or paragraphs under a name,
or a list of paragraphs. What is packed (arguments of functions, numbers that point to
values) is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from searchlib.analysis.sentences import has_end
from searchlib.sources.web_pages.loose_json import assigned_values, loose_values
from searchlib.sources.web_pages.stated_text import plain_stated_text
from searchlib.sources.web_pages.text_keys import same_text, text_key

__all__ = ["Script", "page_scripts", "script_text"]

_MIN_SCRIPT_CHARS: Final = 500
_MAX_SCRIPT_CHARS: Final = 4_000_000
_MAX_VALUES: Final = 100_000
_MIN_TEXT_CHARS: Final = 300
_MIN_PARAGRAPHS: Final = 2
_MIN_PARAGRAPH_LETTERS: Final = 50
# A text beside the page's title is worth this many without one.
_TITLED_WORTH: Final = 5
# Names under which a text is.
_TEXT_NAMES: Final = re.compile(
    r"(?:article|story|post|page)?_?(?:body|content|text|html)(?:_?(?:html|text|body|content|rendered))?|rendered",
    re.IGNORECASE,
)
_PARAGRAPH_NAMES: Final = ("content", "text", "html", "value", "body", "paragraph", "data")
_PARAGRAPH_TYPES: Final = re.compile(
    r"text|raw_html|html|p|paragraph|paragraphs?block|header|heading|h[2-4]|subtitle|core/(?:paragraph|heading)",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"</p>|<br ?/?>|</div>")
_NEXT_PIECE: Final = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")


class Script(NamedTuple):
    """A script of a page: its type, in lower case, and its text."""

    kind: str
    text: str


def page_scripts(tree: Any) -> list[Script]:
    """All scripts of a page that have a text, in its order."""
    return [Script((script.get("type") or "").lower(), script.text) for script in tree.iter("script") if script.text]


def script_text(scripts: Iterable[Script], title: str) -> str:
    """The paragraphs of the longest text in the data of a page's scripts, an empty line between them; "" without one.

    A text that stands beside the page's title goes before others.
    """
    best, most = "", 0
    for value in _data(scripts):
        for text, is_titled in _texts(value, title):
            worth = _running_letters(text) * (_TITLED_WORTH if is_titled else 1)
            if worth > most:
                best, most = text, worth
    return best


def _data(scripts: Iterable[Script]) -> Iterator[object]:
    pieces: list[str] = []
    for script in scripts:
        if not _MIN_SCRIPT_CHARS <= len(script.text) <= _MAX_SCRIPT_CHARS or "ld+json" in script.kind:
            continue
        if match := _NEXT_PIECE.search(script.text):
            pieces += _next_pieces(script.text[match.end() :])
        elif "json" in script.kind:
            yield from loose_values(script.text)
        elif "{" in script.text:
            yield from assigned_values(script.text)
    yield {"html": [{"html": piece} for piece in pieces]}


def _next_pieces(text: str) -> list[str]:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return []
    # Beside markup, which is plain, the pieces hold references to code.
    pieces = [piece for piece in value if isinstance(piece, str)] if isinstance(value, list) else []
    return [piece for piece in pieces if piece.lstrip().startswith("<") and _MARKUP.search(piece)]


def _texts(data: object, title: str) -> Iterator[tuple[str, bool]]:
    """The texts in some data, and whether each stands beside the title."""
    waiting: list[tuple[object, bool]] = [(data, False)]
    for _ in range(_MAX_VALUES):
        if not waiting:
            return
        value, is_titled = waiting.pop()
        if isinstance(value, list):
            if text := _joined(value):
                yield text, is_titled
            waiting.extend((item, is_titled) for item in value if isinstance(item, (dict, list)))
        elif isinstance(value, dict):
            is_titled = any(isinstance(item, str) and same_text(item, title) for item in value.values())
            for name, item in value.items():
                if isinstance(item, (dict, list)):
                    waiting.append((item, is_titled))
                elif _is_text(name, item):
                    yield plain_stated_text(item), is_titled


def _is_text(name: str, value: object) -> bool:
    if not isinstance(value, str) or len(value) < _MIN_TEXT_CHARS:
        return False
    return bool(_MARKUP.search(value)) or bool(_TEXT_NAMES.fullmatch(name) and " " in value and has_end(value.strip()))


def _joined(items: list[Any]) -> str:
    paragraphs = [text for item in items if isinstance(item, dict) and (text := _paragraph(item))]
    return "\n\n".join(paragraphs) if len(paragraphs) >= _MIN_PARAGRAPHS else ""


def _paragraph(item: Mapping[str, Any]) -> str:
    kind = item.get("type") or item.get("kind") or item.get("blockType") or item.get("__typename") or "text"
    if not isinstance(kind, str) or not _PARAGRAPH_TYPES.fullmatch(kind):
        return ""
    value = next((item[name] for name in _PARAGRAPH_NAMES if isinstance(item.get(name), str)), "")
    return plain_stated_text(value)


def _running_letters(text: str) -> int:
    counts = ((line, len(text_key(line))) for line in text.split("\n"))
    return sum(count for line, count in counts if count >= _MIN_PARAGRAPH_LETTERS or has_end(line))
