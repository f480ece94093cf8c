"""What an office document says of itself → fields of its article.

Programs fill these properties in without asking: a title may be that of the template, an
author the name of a computer, and a date is when the file was made, which is not when the
article was published. So a title counts only where the text begins with it or is silent, an
author only where it is a name, and dates go to `extra`, unless the user maps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

from searchlib.sources.assembly import language_code
from searchlib.sources.base import Context
from searchlib.sources.people.bylines import Byline, read_byline
from searchlib.sources.records.field_names import field_of, plain_name
from searchlib.sources.web_pages.page_metadata import same_text
from searchlib.sources.wire.xml_text import line_of, local_name

__all__ = ["document_fields", "is_plausible_title", "sound_byline", "take_title"]

_MAX_TITLE_CHARS: Final = 250
# What programs and templates are called, and names of files.
_NO_TITLE: Final = re.compile(
    r"(?:microsoft word|word document|powerpoint|untitled|unbenannt|sans titre|sin título|senza titolo|document\d*|dokument\d*"
    r"|slide \d+|layout \d+|print|printmgr file|full page photo|scan\w*|image|page \d+|title|titel|titre)\b.{0,4}|microsoft word - .*"
    r"|.*\.(?:docx?|dotx?|odt|rtf|txt|pdf|indd|qxd|qxp|pages|tex|dvi|html?|pptx?|xlsx?|pmd|tif|jpe?g)|[\w.-]*[\d_][\w.-]*|[^a-z]?[\W\d_]*",
    re.IGNORECASE,
)
_NO_AUTHOR: Final = re.compile(
    r".*\b(?:user|admin\w*|owner|default|microsoft|windows|office|openxml|libreoffice|python-docx|scanner|unknown|author|test|pc|computer|staff)\b.*",
    re.IGNORECASE,
)


def is_plausible_title(text: str) -> bool:
    """Whether a title that a program may have filled in can be one: it is no file's name, and no template's."""
    return 3 <= len(text) <= _MAX_TITLE_CHARS and not _NO_TITLE.fullmatch(text)


def sound_byline(text: str) -> Byline:
    """The authors that a document's properties name, where these are names: of two words or more, and no program."""
    text = text.strip()
    if not text or _NO_AUTHOR.fullmatch(text):
        return Byline()
    byline = read_byline(text)
    names = tuple(name for name in byline.authors if " " in name or not name.isascii())
    return Byline(names, byline.agency)


def document_fields(core: Element | None, custom: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The fields that a document's properties give.

    Args:
        core: The properties that each document has: Dublin Core and some more; None where there are none.
        custom: What a newsroom adds, by name; names that are known for a field are that field.
        context: Its mapping may name properties.
    """
    stated: dict[str, str] = {}
    for item in () if core is None else core:
        stated.setdefault(local_name(item), line_of(item))
    fields: dict[str, Any] = {
        "title": stated.get("title", ""),
        "byline": sound_byline(stated.get("creator", "") or stated.get("initial-creator", "")),
        "tags": _words(stated.get("keywords", "") or stated.get("keyword", "")),
        "summary": stated.get("description", "")
        if len(stated.get("description", "")) > len(stated.get("title", ""))
        else "",
        "language": language_code(stated.get("language")),
    }
    extra = {
        "created": stated.get("created") or stated.get("creation-date"),
        "modified": stated.get("modified") or stated.get("date"),
        "creator": stated.get("creator") if not fields["byline"] else "",
        **custom,
    }
    for name, value in {**stated, **custom}.items():
        if name in custom and (known := field_of(name, context.mapping)) and known.field != "body":
            fields[known.field] = _words(value) if known.field == "tags" else value
        elif field := _mapped(name, context):
            fields[field] = _words(value) if field == "tags" else value
    fields["extra"] = {name: value for name, value in extra.items() if value}
    return fields


def _words(text: str) -> list[str]:
    return [word for part in re.split("[,;]", text) if (word := part.strip())]


def _mapped(name: str, context: Context) -> str:
    plain = plain_name(name)
    return next((field for mapped, field in context.mapping.items() if plain_name(mapped) == plain), "")


def take_title(fields: dict[str, Any], paragraphs: Sequence[str], marked: str) -> None:
    """Put in title and body: the title is what the document marks as such, else the property that it bears out.

    Args:
        fields: Those of the properties; their title may be a template's.
        paragraphs: The text; a first paragraph that is the title is dropped from it.
        marked: The first text that is in a title's or in the highest heading's style; "" where none is.
    """
    stated = fields.get("title", "")
    first = paragraphs[0] if paragraphs else ""
    if marked:
        title = marked
    elif same_text(stated, first):
        title = first
    else:
        title = stated if is_plausible_title(stated) else ""
    is_printed = bool(first) and same_text(title, first)
    fields["title"] = " ".join(title.split())
    fields["body"] = "\n\n".join(paragraphs[1:] if is_printed else paragraphs)
    if stated and not same_text(stated, title):
        fields["extra"] = {**fields.get("extra", {}), "title_property": stated}
