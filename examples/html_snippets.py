"""Write a page of results for a browser, with what matched marked.

`.html` of a title or a snippet is escaped already and holds no markup but <mark>;
everything else that comes from an article or from the user must be escaped as usual.
"""

import sys
import tempfile
from html import escape
from pathlib import Path

import searchlib

ARTICLES = Path(__file__).parent / "articles"


def result_page(page: searchlib.Page, question: str) -> str:
    """A complete HTML page of these hits."""
    items = "\n".join(
        f"<li><h2>{hit.snippet.title.html}</h2>\n<p><small>{escape(hit.article.publisher)}, "
        f"{hit.article.date_text}</small></p>\n<p>{hit.snippet.html}</p></li>"
        for hit in page
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{escape(question)}</title>\n'
        f"<p>{page.total} articles for <b>{escape(question)}</b></p>\n<ol>\n{items}\n</ol>\n</html>"
    )


def main() -> None:
    question = '"r&d centre" <b>łódź</b>'
    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder, "news.index")) as index:
        with index.writer() as writer:
            writer.add_all(searchlib.read(ARTICLES))
        html = result_page(index.search(question, any=True, limit=4), question)
    sys.stdout.buffer.write(f"{html}\n".encode())


if __name__ == "__main__":
    main()
