"""Search from many threads of an app while another program adds articles to the same index.

One index object serves all threads. It answers from one commit until `refresh` moves it on
to the latest, so that a search sees no half of what is being written.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = ["measles", '"jon halloran"', '"john hallorann"', "halcyon cranes", "o'brien", "wi-fi", "at&t", "café"]


def add(path: Path, articles: Path) -> None:
    """What the other program does; it could as well be another process."""
    with searchlib.open(path) as index, index.writer() as writer:
        writer.add_all(searchlib.read(articles))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news.index")
        searchlib.create(path, language="en").close()
        add(path, ARTICLES / "kesswick-wire")

        with searchlib.open(path) as index, ThreadPoolExecutor(max_workers=8) as threads:

            def ask(question: str) -> int:
                return index.search(question, limit=3).total

            before = list(threads.map(ask, QUESTIONS))
            add(path, ARTICLES)
            unchanged = list(threads.map(ask, QUESTIONS))
            print(f"refreshed, and something had changed: {index.refresh()}")
            after = list(threads.map(ask, QUESTIONS))

        print(f"{'':18}before  added  refreshed")
        for question, *counts in zip(QUESTIONS, before, unchanged, after, strict=True):
            print(f"{question:18}{counts[0]:6}{counts[1]:7}{counts[2]:11}")


if __name__ == "__main__":
    main()
