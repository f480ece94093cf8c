"""Count what was found by publisher, place and tag, then narrow the search to one of the values."""

import tempfile
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder, "news.index")) as index:
        with index.writer() as writer:
            writer.add_all(searchlib.read(ARTICLES))

        page = index.search("port OR chip", facets=["publisher", "place", "tag"], limit=0)
        print(f"port OR chip: {page.total} articles")
        for facet in page.facets.values():
            print(f"\nby {facet.field} ({facet.missing} have none)")
            for value in facet.values[:5]:
                print(f"  {value.count:3}  {value.value}")

        narrowed = index.search('(port OR chip) publisher:"Kesswick Wire"', sort="newest", limit=3)
        print(f"\nfrom Kesswick Wire: {narrowed.total}, the newest being")
        for hit in narrowed:
            print(f"  {hit.article.date_text}  {hit.article.title}")


if __name__ == "__main__":
    main()
