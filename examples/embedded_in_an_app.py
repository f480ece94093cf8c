"""Search from many threads of an app while another thread adds articles.

One index object serves all threads. A search sees the last commit that the index was
refreshed to, from beginning to end, whatever is being written meanwhile.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = ["measles", '"jon halloran"', '"john hallorann"', "halcyon cranes", "o'brien", "wi-fi", "at&t", "café"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = searchlib.create(Path(folder, "news.index"), language="en")
        with index.writer() as writer:
            writer.add_all(searchlib.read(ARTICLES / "kesswick-wire"))
        index.refresh()

        def ask(question: str) -> int:
            return index.search(question, limit=3).total

        with ThreadPoolExecutor(max_workers=8) as threads:
            before = list(threads.map(ask, QUESTIONS))
            with index.writer() as writer:
                writer.add_all(searchlib.read(ARTICLES))
                during = list(threads.map(ask, QUESTIONS))  # answered from the commit before
            print(f"refreshed, and something had changed: {index.refresh()}")
            after = list(threads.map(ask, QUESTIONS))

        print(f"{'':18}before during after")
        for question, *counts in zip(QUESTIONS, before, during, after, strict=True):
            print(f"{question:18}{counts[0]:6}{counts[1]:7}{counts[2]:6}")
        index.close()


if __name__ == "__main__":
    main()
