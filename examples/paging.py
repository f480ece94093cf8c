"""Walk through everything that a search finds, a page at a time.

`page.next` is a cursor: give it back as `after` and the next page begins where this one
ended. It costs the same for the hundredth page as for the second, and it is plain text,
so that it can stand in a link.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"


def pages(index: searchlib.Index, query: str, *, sort: searchlib.Sort, limit: int) -> Iterator[searchlib.Page]:
    """All pages of a search, in order."""
    cursor = None
    while True:
        page = index.search(query, sort=sort, limit=limit, after=cursor)
        yield page
        if (cursor := page.next) is None:
            return


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder, "news.index")) as index:
        with index.writer() as writer:
            writer.add_all(searchlib.read(ARTICLES))

        for number, page in enumerate(pages(index, "halcyon OR halloran", sort="newest", limit=5), start=1):
            print(f"page {number} of {-(-page.total // 5)}")
            for hit in page:
                print(f"  {hit.article.date_text}  {hit.article.title}")


if __name__ == "__main__":
    main()
