"""The whole way in a dozen lines: make an index, put a folder of articles into it, ask, print what was found."""

import tempfile
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder, "news.index")) as index:
        with index.writer() as writer:
            report = writer.add_all(searchlib.read(ARTICLES))
        print(f"{report.added} articles in, {report.replaced} of them corrected on the way")

        page = index.search('"armoured train" marshal', limit=3)
        print(f"{page.total} articles found; the best {len(page)}:")
        for hit in page:
            print(f"\n{hit.score:.2f}  {hit.article.date_text}  {hit.article.title}")
            print(f"    {hit.snippet.text}")


if __name__ == "__main__":
    main()
