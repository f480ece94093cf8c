"""What other libraries read in a web page: the same fields by each, for `html_extraction`.

A library that is not installed is left out, and said so. ``pip install -e '.[bench-html]'`` has
them all. A page at which a library raises is one in which it finds nothing; each kind of error is printed once.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Found(NamedTuple):
    """What a library finds in a page; "" and () where it finds nothing. The day is as in 2019-11-20."""

    body: str = ""
    title: str = ""
    day: str = ""
    authors: tuple[str, ...] = ()


Reader = Callable[[bytes, str], Found]


def peers() -> Iterator[tuple[str, Reader]]:
    """Each library that is installed, by the name of how it is used."""
    readers: tuple[tuple[str, str, Reader], ...] = (
        ("trafilatura", "trafilatura", lambda html, url: _trafilatura(html, url)),
        ("trafilatura, precise", "trafilatura", lambda html, url: _trafilatura(html, url, favor_precision=True)),
        ("newspaper4k", "newspaper", _newspaper),
        ("goose3", "goose3", _goose),
    )
    for name, module, reader in readers:
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed, and left out")
        else:
            yield name, _guarded(name, reader)


def _guarded(name: str, reader: Reader) -> Reader:
    errors: set[str] = set()

    def read(html: bytes, url: str) -> Found:
        try:
            return reader(html, url)
        except Exception as error:
            kind = type(error).__name__
            if kind not in errors:
                print(f"{name} raises {kind}: {str(error)[:100]}")
                errors.add(kind)
            return Found()

    return read


def _trafilatura(html: bytes, url: str, **options: Any) -> Found:
    import trafilatura

    found: Any = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True, **options)
    if found is None:
        return Found()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Found(found.text or "", found.title or "", (found.date or "")[:10], authors)


def _newspaper(html: bytes, url: str) -> Found:
    import newspaper

    article = newspaper.Article(url)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    return Found(article.text, article.title or "", day, tuple(article.authors))


def _goose(html: bytes, url: str) -> Found:
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as goose:
        article = goose.extract(url=url, raw_html=html.decode("utf-8", "replace"))
    day = article.publish_datetime_utc.date().isoformat() if article.publish_datetime_utc else ""
    return Found(article.cleaned_text or "", article.title or "", day, tuple(article.authors or ()))
