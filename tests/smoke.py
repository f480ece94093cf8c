"""What every wheel must do where it is installed: `python tests/smoke.py`. It needs nothing but searchlib.

It makes an index, searches it, closes and opens it, and shows a snippet: each kernel is used once.
"""

from __future__ import annotations

import tempfile

import searchlib


def main() -> None:
    # Windows removes no file that is open, and hits of a page keep theirs open, to read their article when it is asked for.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with searchlib.create(f"{folder}/news.index") as index, index.writer() as writer:
            writer.add(searchlib.Article(id="a", title="Kim arrives", body="Kim came by armoured train. It rained."))
            writer.add(
                searchlib.Article(id="b", title="Nobody arrives", body="The train was late.", published="2024-01-01")
            )
        with searchlib.open(f"{folder}/news.index") as index, index.writer() as writer:
            writer.delete("b")
            writer.add(searchlib.Article(id="c", title="Летом", body="Поезд приехал. 金正恩访问俄罗斯。"))
        with searchlib.open(f"{folder}/news.index") as index:
            page = index.search('"armoured train" OR 俄罗斯', facets=["publisher"], timeline="month")
            found = {hit.article.id: hit.snippet.html for hit in page}
            if page.total != 2 or set(found) != {"a", "c"} or index.verify():
                raise SystemExit(f"the smoke test found {found}")
            if "<mark>armoured train</mark>" not in found["a"] or "<mark>俄罗斯</mark>" not in found["c"]:
                raise SystemExit(f"the smoke test was shown {found}")
    print(f"{searchlib.__file__}: indexed, searched, shown")


if __name__ == "__main__":
    main()
