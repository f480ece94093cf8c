"""The text of an article as a page states it for machines (JSON-LD's ``articleBody``), made plain.

Systems put there what they have at hand: markup that was escaped once more, the text twice,
the words of two paragraphs glued together.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.sources.web_pages.markup import strip_markup

__all__ = ["plain_stated_text"]

# Markup that is there after markup was taken out was escaped.
_ESCAPED_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|img|figure)\b[^<>]*>", re.IGNORECASE
)
# How many characters at the beginning of a text tell that it begins again.
_BEGINNING_CHARS: Final = 80
# How much of a text its second copy may lack.
_MAX_COPY_LOSS: Final = 0.1
_LINE_BREAKS: Final = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_MIN_PARAGRAPHS: Final = 2


def plain_stated_text(value: str) -> str:
    """The paragraphs of a stated text, an empty line between them; "" where it holds no text.

    Where nothing but single line breaks part the paragraphs, each line is a paragraph.
    """
    text = strip_markup(_with_paragraphs(value))
    if _ESCAPED_TAG.search(text):
        text = strip_markup(_with_paragraphs(text))
    return _without_copy(text)


def _with_paragraphs(value: str) -> str:
    text = value.strip()
    if _ESCAPED_TAG.search(text) or "\n\n" in _LINE_BREAKS.sub("\n", text):
        return text
    lines = _LINE_BREAKS.split(text)
    return "\n\n".join(lines) if len(lines) >= _MIN_PARAGRAPHS else text


def _without_copy(text: str) -> str:
    """The text once, where it stands there twice."""
    again = text.find(text[:_BEGINNING_CHARS], _BEGINNING_CHARS) if len(text) > 2 * _BEGINNING_CHARS else -1
    if again < 0:
        return text
    # The second copy may be cut, or have its paragraphs set apart otherwise; its words are the same.
    original, copy = text[:again].split(), text[again:].split()
    length = int((1 - _MAX_COPY_LOSS) * len(original))
    return text[:again].rstrip() if original[:length] == copy[:length] else text
