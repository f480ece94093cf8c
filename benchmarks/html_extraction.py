"""How well the text of HTML pages is found, measured as the article-extraction-benchmark does.

Run it with ``python benchmarks/html_extraction.py [FOLDER]``. The folder holds gzipped pages and
``ground-truth.json`` (id → url, body); it is ``articles/html`` of $SEARCHLIB_SHARED when left out.

A text is the multiset of its shingles: four words (``\\w+``, case kept) in a row, or all of a shorter text. A page's
true and false positives and false negatives are divided by their sum, so that each page weighs the same. Precision
and recall are means over the pages (precision over those with any text found), F1 is their harmonic mean.
Source: github.com/scrapinghub/article-extraction-benchmark, evaluate.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.web_page import article_from_html

SHINGLE_WORDS = 4
WORD = re.compile(r"\w+")


class Page(NamedTuple):
    name: str
    url: str
    html: bytes
    body: str


class Counts(NamedTuple):
    """True positives, false positives and false negatives of one page; they add up to 1."""

    found: float
    wrong: float
    missed: float


class Quality(NamedTuple):
    f1: float
    precision: float
    recall: float


def pages(folder: Path, *, every: int = 1) -> Iterator[Page]:
    """Every so many of the pages that the ground truth names, in its order."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name in list(truth)[::every]:
        html = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        yield Page(name, truth[name]["url"], html, truth[name]["body"])


def compare(expected: str, found: str) -> Counts:
    true, ours = shingles(expected), shingles(found)
    counts = [(true & ours).total(), (ours - true).total(), (true - ours).total()]
    return Counts(*(count / (sum(counts) or 1) for count in counts))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1)))


def quality(counts: list[Counts]) -> Quality:
    precision = statistics.mean(c.found / (c.found + c.wrong) for c in counts if c.found + c.wrong)
    recall = statistics.mean(c.found / (c.found + c.missed) for c in counts if c.found + c.missed)
    return Quality(2 * precision * recall / (precision + recall), precision, recall)


def read_article(page: Page) -> Article | None:
    try:
        return article_from_html(page.html, Context(page.name), url=page.url)
    except SourceError as error:
        print(error)
        return None


def plain_trafilatura(page: Page, **options: Any) -> str:
    import trafilatura

    return trafilatura.extract(page.html, url=page.url, **options) or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(os.environ.get("SEARCHLIB_SHARED", "../shared"), "articles/html")
    )
    sample = list(pages(parser.parse_args().folder))
    plain_trafilatura(sample[0])  # so that nobody's time holds the loading of libraries

    articles: list[Article | None] = []

    def ours(page: Page) -> str:
        articles.append(read_article(page))
        return articles[-1].body if articles[-1] else ""

    variants: dict[str, Callable[[Page], str]] = {
        "searchlib": ours,
        "trafilatura": plain_trafilatura,
        "trafilatura, no comments": lambda page: plain_trafilatura(page, include_comments=False),
        "trafilatura, precision": lambda page: plain_trafilatura(page, include_comments=False, favor_precision=True),
    }
    print(f"{len(sample)} pages, one run\n{'':26}{'F1':>8}{'precision':>11}{'recall':>8}{'empty':>7}{'pages/s':>9}")
    for name, extract in variants.items():
        started = time.perf_counter()
        texts = [extract(page) for page in sample]
        seconds = time.perf_counter() - started
        f1, precision, recall = quality([compare(page.body, text) for page, text in zip(sample, texts, strict=True)])
        empty = sum(not text for text in texts)
        print(f"{name:26}{f1:8.4f}{precision:11.4f}{recall:8.4f}{empty:7}{len(sample) / seconds:9.1f}")
    found = [article for article in articles if article]
    for field in ("title", "published", "updated", "authors", "section", "publisher", "language"):
        print(f"{field:12}{sum(bool(getattr(article, field)) for article in found):4} of {len(sample)} pages")
    to_the_minute = sum(article.published_precision in ("minute", "second") for article in found)
    print(f"{'with time':12}{to_the_minute:4} of {len(sample)} pages")


if __name__ == "__main__":
    main()
