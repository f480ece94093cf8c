"""How an article is cited: plain, BibTeX, RIS. Whatever its fields hold, the files stay well-formed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from searchlib.article import Article
from searchlib.results import printable

__all__ = ["CITATIONS", "Citation", "citation"]


class Citation(NamedTuple):
    """A form in which an article is cited.

    Attributes:
        name: What people call it.
        suffix: Of its files, and in addresses.
        media_type: Of its files.
    """

    name: str
    suffix: str
    media_type: str


#: The forms there are.
CITATIONS: Final = (
    Citation("Plain", "txt", "text/plain"),
    Citation("BibTeX", "bib", "application/x-bibtex"),
    Citation("RIS", "ris", "application/x-research-info-systems"),
)

# What BibTeX and LaTeX take for signs. Braces that do not match would end the field.
_BIBTEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BIBTEX_SIGN: Final = re.compile("[" + re.escape("".join(_BIBTEX)) + "]")
# An address is taken as it is, so that what would end the field is percent-encoded.
_URL_SIGN: Final = re.compile(r"[\\{}\s]")
_KEY_CHARS: Final = re.compile(r"[^a-z0-9]+")
_MAX_KEY_WORD: Final = 20


def citation(suffix: str, article: Article, address: str) -> str:
    """An article as it is cited in one of `CITATIONS`.

    Args:
        suffix: Which.
        article: The article.
        address: Where it is read here, which stands for its own address where it has none.
    """
    return _WRITERS[suffix](article, article.url or address)


def _plain(article: Article, address: str) -> str:
    authors = _list_of(article.authors)
    title = f"“{printable(article.title)}”" if article.title else ""
    parts = (authors, title, printable(article.publisher or article.agency), article.date_text, printable(address))
    return f"{', '.join(part for part in parts if part)}."


def _list_of(authors: tuple[str, ...]) -> str:
    names = [printable(name) for name in authors]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _bibtex(article: Article, address: str) -> str:
    fields: dict[str, str] = {
        "title": _escaped(article.title),
        # " and " joins names: one that has it inside is kept together by braces.
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in article.authors),
        "journal": _escaped(article.publisher or article.agency),
        "year": "" if article.published is None else f"{article.published.year:04}",
        "month": str(article.published.month) if _has(article, "month") and article.published else "",
        "day": str(article.published.day) if _has(article, "day") and article.published else "",
        "url": _URL_SIGN.sub(lambda found: _percent(found[0]), printable(address)),
        "langid": article.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return _BIBTEX_SIGN.sub(lambda found: _BIBTEX[found[0]], printable(text))


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))


def _key(article: Article) -> str:
    """A key that names the article and nothing else: its first author or publisher, its year, and its id."""
    names = [*article.authors[:1], article.publisher, "article"]
    word = next(filter(None, (_ascii(name.split()[-1]) if name.split() else "" for name in names)))
    year = f"{article.published.year:04}" if article.published else ""
    return f"{word[:_MAX_KEY_WORD]}{year}-{_ascii(article.id) or 'id'}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return _KEY_CHARS.sub("", plain)


def _ris(article: Article, address: str) -> str:
    lines = [("TY", "NEWS"), ("TI", article.title), *(("AU", name) for name in article.authors)]
    if article.published is not None:
        month = f"{article.published.month:02}" if _has(article, "month") else ""
        day = f"{article.published.day:02}" if _has(article, "day") else ""
        lines += [("PY", f"{article.published.year:04}"), ("DA", f"{article.published.year:04}/{month}/{day}")]
    lines += [
        ("T2", article.publisher or article.agency),
        ("CY", article.place),
        ("AB", article.summary),
        *(("KW", tag) for tag in article.tags),
        ("LA", article.language),
        ("UR", address),
        ("ID", article.id),
    ]
    # One line each: a text with a line end could write a tag of its own.
    written = [f"{tag}  - {printable(value)}" for tag, value in lines if value.strip()]
    return "\r\n".join([*written, "ER  - ", ""])


def _has(article: Article, precision: str) -> bool:
    """Whether the month or the day of an article is known."""
    less: dict[str, tuple[str, ...]] = {"month": ("year",), "day": ("year", "month")}
    return article.published_precision is not None and article.published_precision not in less[precision]


_WRITERS: Final[dict[str, Callable[[Article, str], str]]] = {"txt": _plain, "bib": _bibtex, "ris": _ris}
