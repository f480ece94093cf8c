"""Records of Factiva, whose fields have names of two letters → the same records with names that are known.

The letters mean these fields only together: a record is Factiva's if it has HD (headline) and LP or TD, the first
paragraphs and the rest of the text. All others keep their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

__all__ = ["is_factiva", "known_name", "with_known_names"]

_NAMES: Final = {
    "HD": "headline", "PD": "publication date", "SN": "publication name", "BY": "byline", "LA": "language", "AN": "article id",
    "SE": "section", "CLM": "column", "CR": "credit", "WC": "word count", "CO": "companies", "IN": "industries",
    "NS": "news subjects", "RE": "regions", "PG": "page", "ED": "edition", "SC": "source code", "PUB": "publisher name",
    "CY": "copyright", "ET": "time",
}  # fmt: skip
_TEXT: Final = ("LP", "TD")
_LANGUAGES: Final = {
    "arabic": "ar", "bulgarian": "bg", "chinese": "zh", "chinese - simplified": "zh", "chinese - traditional": "zh",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko", "malay": "ms",
    "norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "slovak": "sk",
    "spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip


def is_factiva(names: Iterable[object]) -> bool:
    """Whether these are the names of a record of Factiva's."""
    present = {name.strip().upper() for name in names if isinstance(name, str)}
    return "HD" in present and not present.isdisjoint(_TEXT)


def known_name(name: str) -> str:
    """What a column of Factiva's is called elsewhere; the name itself where it is none of Factiva's."""
    code = name.strip().upper()
    return "body" if code in _TEXT else _NAMES.get(code, name)


def with_known_names(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of Factiva's under names that are known, first paragraphs and text as its body."""
    known: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for name, value in record.items():
        code = str(name).strip().upper()
        if code in _TEXT and isinstance(value, str):
            texts[code] = value.strip()
        elif code == "LA" and isinstance(value, str):
            known["language"] = _LANGUAGES.get(value.strip().lower(), value)
        else:
            known[known_name(str(name))] = value
    body = [texts[code] for code in _TEXT if texts.get(code)]
    return {**known, "body": "\n\n".join(body)} if body else known
