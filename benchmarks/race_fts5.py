"""SQLite's FTS5 in the race."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from race_engines import MEMORY_MB, Engine, Fields
from race_queries import Query

__all__ = ["ENGINE", "NAME", "Fts5"]

_OPERATORS: Final = {"or": " OR ", "and": " AND ", "not": " NOT ", "term": " ", "phrase": " "}
# Bytes of terms that it collects before it writes a level-0 segment: a part of the budget, the page cache has the rest.
_HASH_BYTES: Final = MEMORY_MB * 1_000_000 // 4


class Fts5(Engine):
    """Articles are numbered by date, so that a date window is a range of rowids and newest first is a walk."""

    note = "articles sorted by date before they are indexed, porter stemmer, optimized into one segment"

    def index(self, articles: Iterable[Fields]) -> None:
        self.directory.mkdir(parents=True)
        connection = self._connect()
        # Nothing is there to lose yet.
        connection.executescript(
            f"""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            ATTACH '{self.directory / "arrivals.db"}' AS arrived;
            PRAGMA arrived.journal_mode = OFF; PRAGMA arrived.synchronous = OFF;
            CREATE TABLE arrived.articles (id TEXT, title TEXT, body TEXT, published INTEGER);
            CREATE TABLE dates (number INTEGER PRIMARY KEY, published INTEGER NOT NULL);
            CREATE VIRTUAL TABLE articles USING fts5(
                id UNINDEXED, title, body, tokenize = 'porter unicode61'
            );
            INSERT INTO articles(articles, rank) VALUES ('hashsize', {_HASH_BYTES});
            """
        )
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO arrived.articles VALUES (?, ?, ?, ?)", map(_row, articles))
        connection.execute("CREATE INDEX arrived.by_date ON articles (published, id)")
        connection.execute(
            "INSERT INTO dates (published) SELECT published FROM arrived.articles ORDER BY published, id"
        )
        connection.execute(
            "INSERT INTO articles (id, title, body) SELECT id, title, body FROM arrived.articles INDEXED BY by_date"
            " ORDER BY published, id"
        )
        connection.execute("CREATE INDEX by_published ON dates (published)")
        connection.execute("INSERT INTO articles(articles) VALUES ('optimize')")
        connection.execute("COMMIT")
        connection.execute("DETACH arrived")
        (self.directory / "arrivals.db").unlink()
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()

    def open(self) -> None:
        self._connection = self._connect()

    def close(self) -> None:
        self._connection.close()

    def prepare(self, query: Query) -> Any:
        text = _OPERATORS[query.kind].join(query.words)
        text = f'"{text}"' if query.kind == "phrase" else text
        if not query.window:
            return "articles MATCH ?", (text,)
        bounds = self._connection.execute(
            "SELECT min(number), max(number) FROM dates WHERE published >= ? AND published < ?",
            [_microseconds(at) for at in query.window],
        ).fetchone()
        return "articles MATCH ? AND rowid BETWEEN ? AND ?", (text, *bounds)

    def top(self, prepared: Any, k: int) -> Sequence[Any]:
        where, values = prepared
        return self._rows(f"SELECT rowid FROM articles WHERE {where} ORDER BY rank LIMIT ?", (*values, k))

    def newest(self, prepared: Any, k: int) -> Sequence[Any]:
        where, values = prepared
        return self._rows(f"SELECT rowid FROM articles WHERE {where} ORDER BY rowid DESC LIMIT ?", (*values, k))

    def total(self, prepared: Any) -> int:
        where, values = prepared
        return int(self._rows(f"SELECT count(*) FROM articles WHERE {where}", values)[0][0])

    def top_and_total(self, prepared: Any, k: int) -> tuple[Sequence[Any], int]:
        return self.top(prepared, k), self.total(prepared)

    def texts(self, text: str, k: int) -> list[tuple[str, str]]:
        return self._rows(
            "SELECT title, snippet(articles, 2, '<b>', '</b>', '…', 32) FROM articles WHERE articles MATCH ?"
            " ORDER BY rank LIMIT ?",
            (text, k),
        )

    def ids(self, hits: Sequence[Any]) -> list[str]:
        return [self._rows("SELECT id FROM articles WHERE rowid = ?", row)[0][0] for row in hits]

    def add(self, article: Fields) -> None:
        article_id, title, body, published = _row(article)
        with self._connection:
            self._connection.execute("BEGIN")
            number = self._connection.execute("INSERT INTO dates (published) VALUES (?)", (published,)).lastrowid
            self._connection.execute(
                "INSERT INTO articles (rowid, id, title, body) VALUES (?, ?, ?, ?)", (number, article_id, title, body)
            )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.directory / "articles.db", isolation_level=None)
        connection.execute(f"PRAGMA cache_size = {-MEMORY_MB * 500}")
        connection.execute("PRAGMA mmap_size = 1000000000000")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()


def _row(article: Fields) -> tuple[str, str, str, int]:
    published = _microseconds(datetime.fromisoformat(article["published"]))
    return article["id"], article["title"], article["body"], published


def _microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000 + at.microsecond


# A build of SQLite without FTS5 cannot take part, and says so as a missing package would.
try:
    sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
except sqlite3.OperationalError as error:
    raise ImportError(f"this Python's SQLite has no FTS5 ({error})") from error

NAME: Final = f"SQLite FTS5 {sqlite3.sqlite_version}"
ENGINE: Final = Fts5
