"""How well HTML pages are read: their text as the article-extraction-benchmark measures it, titles, days, authors.

Run it with ``python benchmarks/html_extraction.py [FOLDER]``. The folder holds gzipped pages and
``ground-truth.json`` (id → url, body); it is ``articles/html`` of $SEARCHLIB_SHARED when left out.
What the pages print as title and day of publication is in ``html_truth.json``, and who signs them in
``html_authors.json``, both beside this file; benchmarks/README.md says how they were made.
Pages are told apart by the last bit of their names: rules may be written while reading those of the first half.

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
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from html_peers import Found, peers

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.web_pages.web_page import article_from_html

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


class Truth(NamedTuple):
    """What a page prints: its title, the days it may be said to be of, and who signs it; None where that is unread.

    A page that is of one day at its publisher's and of the next in UTC has both.
    """

    title: str
    days: tuple[str, ...]
    authors: tuple[str, ...] | None


def truths(folder: Path = Path(__file__).parent) -> dict[str, Truth]:
    """The truth of each page, by its name."""
    printed = json.loads((folder / "html_truth.json").read_text("utf-8"))
    file = folder / "html_authors.json"
    authors = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return {
        name: Truth(page["title"], tuple(page["dates"]), tuple(authors[name]) if name in authors else None)
        for name, page in printed.items()
    }


def ours(html: bytes, url: str) -> Found:
    article = read_article(Page(url, url, html, ""))
    if article is None:
        return Found()
    day = article.as_dict().get("published", "")[:10]
    return Found(article.body, article.title, day, article.authors)


def words_of(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def title_score(found: list[Found], expected: list[Truth]) -> float:
    """Share of the titles that have the printed words in their order."""
    return statistics.mean(
        words_of(one.title) == words_of(truth.title) for one, truth in zip(found, expected, strict=True)
    )


def day_score(found: list[Found], expected: list[Truth]) -> float:
    """Share of the days that are right, of the pages that are known to have one."""
    return statistics.mean(one.day in truth.days for one, truth in zip(found, expected, strict=True) if truth.days)


def author_score(found: list[Found], expected: list[Truth]) -> float | None:
    """F1 over all persons of all pages; None where nobody is known."""
    counts: Counter[str] = Counter()
    for one, truth in zip(found, expected, strict=True):
        if truth.authors is not None:
            names, right = set(map(words_of, one.authors)), set(map(words_of, truth.authors))
            counts.update(found=len(names & right), all=len(names) + len(right))
    return 2 * counts["found"] / counts["all"] if counts["all"] else None


def report(name: str, sample: list[Page], found: list[Found], expected: list[Truth]) -> str:
    f1, precision, recall = quality([compare(page.body, one.body) for page, one in zip(sample, found, strict=True)])
    authors = author_score(found, expected)
    fields = f"{title_score(found, expected):8.3f}{day_score(found, expected):7.3f}"
    people = "      -" if authors is None else f"{authors:7.3f}"
    return f"{name:26}{f1:8.4f}{precision:11.4f}{recall:8.4f}{fields}{people}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(os.environ.get("SEARCHLIB_SHARED", "../shared"), "articles/html")
    )
    sample = list(pages(parser.parse_args().folder))
    expected = [truths()[page.name] for page in sample]
    halves = {"all pages": (0, 1), "first half": (0,), "second half": (1,)}
    print(f"{len(sample)} pages, one run; pages/s with the time of loading left out")
    print(f"{'':26}{'F1':>8}{'precision':>11}{'recall':>8}{'title':>8}{'day':>7}{'author':>7}{'pages/s':>9}")
    for name, read in (("searchlib", ours), *peers()):
        read(sample[0].html, sample[0].url)
        started = time.perf_counter()
        found = [read(page.html, page.url) for page in sample]
        speed = len(sample) / (time.perf_counter() - started)
        for half, numbers in halves.items() if name == "searchlib" else [("all pages", (0, 1))]:
            kept = [at for at, page in enumerate(sample) if int(page.name, 16) % 2 in numbers]
            part = [[rows[at] for at in kept] for rows in (sample, found, expected)]
            label = name if half == "all pages" else f"  {half}"
            print(report(label, *part) + (f"{speed:9.1f}" if half == "all pages" else ""))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
