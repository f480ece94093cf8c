"""SQLite databases: which rows are articles, and that a stranger's file can do nothing but be read."""

from __future__ import annotations

import gzip
import io
import socket
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.errors import SettingError
from searchlib.sources import Reading, read
from searchlib.sources.records import database as module

ARTICLES = "CREATE TABLE articles (headline TEXT, story TEXT, pub_date TEXT); INSERT INTO articles VALUES ('Ferry', 'It sails.', '2023-09-11'), ('Fog', 'It was foggy.', '2023-09-12');"


def database(path: Path, sql: str = ARTICLES) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def titles(source: object, **how: object) -> list[str]:
    return [article.title for article in read(source, **how)]


def reason(found: Reading) -> str:
    assert list(found) == []
    return found.rejects[0].reason


def test_the_only_table_with_text_is_read(path: Path) -> None:
    database(path, ARTICLES + "CREATE TABLE users (name TEXT, mail TEXT); CREATE TABLE seen (id INTEGER);")
    reading = read(path)
    found = list(reading)

    assert [(article.title, article.body, article.as_dict()["published"]) for article in found] == [
        ("Ferry", "It sails.", "2023-09-11"),
        ("Fog", "It was foggy.", "2023-09-12"),
    ]
    assert [article.origin and article.origin.record for article in found] == [1, 2]
    assert [(note.field, note.value, "users, seen" in note.reason) for note in reading.notes] == [
        ("table", "articles", True)
    ]


def test_of_several_tables_one_has_to_be_named(path: Path) -> None:
    database(
        path, ARTICLES + "CREATE TABLE drafts (title TEXT, body TEXT); INSERT INTO drafts VALUES ('Draft', 'Soon.');"
    )

    found = reason(read(path))

    assert "say which table has the articles, e.g. --table 'articles'" in found
    assert "articles (headline, story, pub_date); drafts (title, body)" in found
    assert titles(path, table="drafts") == ["Draft"]
    assert titles(path, table="ARTICLES") == ["Ferry", "Fog"]


def test_a_table_that_there_is_not_is_said_with_those_that_there_are(path: Path) -> None:
    assert "no table 'news'; it has articles (headline, story, pub_date)" in reason(read(database(path), table="news"))


def test_a_query_gives_the_rows(path: Path) -> None:
    sql = "SELECT upper(headline) AS title, story AS body FROM articles ORDER BY pub_date DESC"

    assert titles(database(path), sql=sql) == ["FOG", "FERRY"]


def test_names_are_mapped(path: Path) -> None:
    database(path, "CREATE TABLE t (kop TEXT, tekst TEXT); INSERT INTO t VALUES ('Veer', 'Het vaart.');")

    assert titles(path, mapping={"kop": "title", "tekst": "body"}) == ["Veer"]


def test_a_view_is_a_table(path: Path) -> None:
    database(path, ARTICLES + "CREATE VIEW late AS SELECT * FROM articles WHERE pub_date > '2023-09-11';")

    assert titles(path, table="late") == ["Fog"]


def test_a_full_text_table_is_a_table(path: Path) -> None:
    database(
        path, "CREATE VIRTUAL TABLE pages USING fts5(title, body); INSERT INTO pages VALUES ('Ferry', 'It sails.');"
    )

    assert titles(path) == ["Ferry"]


def test_names_of_tables_and_columns_are_quoted(path: Path) -> None:
    database(
        path,
        'CREATE TABLE "a ""b; DROP" ("title" TEXT, "my body" TEXT); INSERT INTO "a ""b; DROP" VALUES (\'T\', \'B\');',
    )

    assert titles(path, table='a "b; DROP') == ["T"]


@pytest.mark.parametrize("name", ["news.db", "a b?c#d%20.db"])
def test_the_file_is_not_written_nor_its_neighbours(tmp_path: Path, name: str) -> None:
    path = database(tmp_path / name)
    before = path.read_bytes()

    assert titles(path) == ["Ferry", "Fog"]
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert path.read_bytes() == before


def test_a_stream_and_an_archive_are_read(path: Path, tmp_path: Path) -> None:
    data = database(path).read_bytes()
    packed = tmp_path / "news.db.gz"
    packed.write_bytes(gzip.compress(data))

    assert titles(io.BytesIO(data)) == ["Ferry", "Fog"]
    assert titles(packed) == ["Ferry", "Fog"]


def test_changes_in_the_log_are_said(path: Path) -> None:
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.executescript(ARTICLES)
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.execute("INSERT INTO articles VALUES ('New', 'Text', '')")
    writer.commit()
    found = read(path)

    assert [article.title for article in found] == ["Ferry", "Fog"]
    assert "wal_checkpoint" in found.notes[0].reason
    writer.close()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM articles",
        "ATTACH 'other.db' AS other",
        "PRAGMA writable_schema = ON",
        "CREATE TEMP TABLE t (a)",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x.so')",
        "SELECT 1; SELECT 2",
        "nonsense",
    ],
)
def test_sql_that_does_more_than_read_is_refused(path: Path, sql: str) -> None:
    found = reason(read(database(path), sql=sql))

    assert "SQL does more than read" in found or "cannot be read" in found
    assert titles(path) == ["Ferry", "Fog"]


def test_rows_without_end_are_taken_for_a_bomb(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ALWAYS_ALLOWED_BYTES", 1000)
    monkeypatch.setattr(module, "MAX_EXPANDED_BYTES", 0)
    database(
        path,
        "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT 'a' AS title, 'b' || x AS body FROM c;",
    )
    found = read(path)

    assert 100 < len(list(found)) < 1000
    assert "taken for a bomb" in found.rejects[0].reason


def test_a_row_that_never_comes_is_not_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS_FOR_A_ROW", 0.05)
    database(
        path,
        "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT 'a' AS title, count(*) AS body FROM c;",
    )

    assert "took longer" in reason(read(path))


def test_columns_of_bytes_and_numbers_do_no_harm(path: Path) -> None:
    database(
        path,
        "CREATE TABLE t (title, body, published, picture, vector); INSERT INTO t VALUES ('Ferry', X'4974207361696C732E', 1694390400, X'FFD8FF', 0.5);",
    )
    found = next(read(path))

    assert (found.body, found.as_dict()["published"]) == ("It sails.", "2023-09-11T00:00:00+00:00")
    assert found.extra == {"vector": 0.5}


def test_text_that_is_no_utf8_is_read(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (title TEXT, body TEXT)")
    connection.execute("INSERT INTO t VALUES (CAST(? AS TEXT), 'x')", ("Fähre".encode("cp1252"),))
    connection.commit()
    connection.close()

    assert titles(path) == ["Fähre"]


@pytest.mark.parametrize(
    "sql",
    ["SELECT 1;", "CREATE TABLE t (a); INSERT INTO t VALUES (1);", "CREATE TABLE articles (title TEXT, body TEXT);"],
)
def test_a_database_without_articles_is_a_reject(path: Path, sql: str) -> None:
    database(path, "PRAGMA user_version = 1;" + sql)

    assert reason(read(path))


@pytest.mark.parametrize("data", [b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_header_alone_is_a_reject(data: bytes) -> None:
    assert "cannot be read" in reason(read(io.BytesIO(data)))


@given(at=st.integers(16, 12_000), junk=st.binary(min_size=1, max_size=40))
@examples(40)
def test_damage_anywhere_is_articles_or_a_reject(
    at: int, junk: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = database(
        tmp_path_factory.mktemp("db") / "news.db", ARTICLES + "CREATE TABLE other (id INTEGER PRIMARY KEY, x TEXT);"
    )
    data = bytearray(path.read_bytes())
    data[at : at + len(junk)] = junk
    found = read(io.BytesIO(bytes(data)))
    list(found)

    assert not any("failed with" in reject.reason for reject in found.rejects)


def test_a_table_and_a_query_are_not_both_given(path: Path) -> None:
    with pytest.raises(SettingError, match="a table or a query"):
        read(path, table="articles", sql="SELECT 1")
    with pytest.raises(SettingError, match="table"):
        read(path, table=3)


def test_no_socket_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)

    assert titles(database(path)) == ["Ferry", "Fog"]
