"""Narrow a search to some days, and draw how a story ran over the months.

The index has a time zone: it says where a day begins, and with it what `since`, `until`
and the bars of a timeline mean.
"""

import tempfile
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        searchlib.create(Path(folder, "news.index"), timezone="Europe/London") as index,
    ):
        with index.writer() as writer:
            writer.add_all(searchlib.read(ARTICLES))

        # Both days are included. A query can say the same itself: measles date:2023-10-17..2023-10-31
        page = index.search("measles", since="2023-10-17", until="2023-10-31", sort="oldest")
        print(f"measles, second half of October: {page.total}")
        for hit in page:
            print(f"  {hit.article.date_text}  {hit.article.title}")

        page = index.search('"port ellery" strike', timeline="month", limit=0)
        print(f"\nthe strike by month ({page.total} articles, {page.timeline.undated} without a date):")
        for bucket in page.timeline:
            print(f"  {bucket.start:%Y-%m}  {'#' * bucket.count} {bucket.count}")


if __name__ == "__main__":
    main()
