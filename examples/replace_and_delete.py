"""Correct an article by adding it again, delete one by its id and many by a query, and undo by raising."""

import tempfile
from pathlib import Path

import searchlib
from searchlib import Article


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, searchlib.create(Path(folder, "news.index")) as index:
        with index.writer() as writer:
            writer.add(Article(id="1", title="Ferry late by an hour", published="2023-07-03", section="Local"))
            writer.add(Article(id="2", title="Ferry late again", published="2023-07-04", section="Local"))
            writer.add(Article(id="3", title="Harbour café reopens", published="2023-07-05", section="Culture"))

        with index.writer() as writer:
            replaced = writer.add(Article(id="1", title="Ferry early by an hour", published="2023-07-03"))
        print(f"the first one was replaced: {replaced}; it now says {index['1'].title!r}")

        with index.writer() as writer:
            print(f"deleted by id: {writer.delete('3')}; by a query: {writer.delete_by_query('ferry again')}")
        print(f"left: {[hit.article.title for hit in index.search('*')]}")

        try:
            with index.writer() as writer:
                writer.delete_by_query("*")
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            print(f"a writer that is interrupted changes nothing: {index.search('*').total} article is still there")


if __name__ == "__main__":
    main()
