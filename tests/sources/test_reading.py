"""`read`: every way in, and that nothing one file holds ends the reading of the others."""

from __future__ import annotations

import builtins
import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import timezone
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib.article import Article, ArticleOrigin
from searchlib.errors import ArticleError, SettingError, SourceError
from searchlib.sources import KINDS, FileDone, read
from searchlib.sources.kinds import source_of

LINES = (
    b'{"title": "Ferry delayed", "body": "Fog held the ferry."}\n{"title": "Fair opens", "body": "Rain or shine."}\n'
)


class Pipe(io.RawIOBase):
    """A stream that can be read once, from front to back, in small pieces."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._rest.read(min(len(buffer), 7))
        buffer[: len(data)] = data
        return len(data)


def titles(source: Any, **options: Any) -> list[str]:
    return [article.title for article in read(source, **options)]


def reasons(source: Any, **options: Any) -> list[str]:
    reading = read(source, **options)
    list(reading)
    return [reject.reason for reject in reading.rejects]


def test_a_file_is_read_by_its_path(tmp_path: Path):
    path = tmp_path / "news.jsonl"
    path.write_bytes(LINES)

    assert titles(path) == titles(str(path)) == ["Ferry delayed", "Fair opens"]


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(tmp_path: Path):
    for name in ("b/2.json", "b/1.json", "a.json", "c.json", ".hidden.json", ".git/x.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"title": name, "body": "text"}))

    assert titles(tmp_path) == ["a.json", "b/1.json", "b/2.json", "c.json"]


def test_links_to_folders_are_not_followed(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"title": "once"}')
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)

    assert titles(tmp_path) == ["once"]


def test_a_path_where_there_is_nothing_is_an_error_at_once(tmp_path: Path):
    with pytest.raises(SourceError, match="there is no such file or folder"):
        read(tmp_path / "missing.json")


def test_several_paths_are_read_one_after_another(tmp_path: Path):
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(json.dumps({"title": name}))

    assert titles([tmp_path / "b.json", str(tmp_path / "a.json")]) == ["b", "a"]


def test_a_missing_path_among_several_is_a_reject(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"title": "a"}')
    reading = read([tmp_path / "missing.json", tmp_path / "a.json"])

    assert [article.title for article in reading] == ["a"]
    assert [reject.source for reject in reading.rejects] == [str(tmp_path / "missing.json")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_stream_that_cannot_seek_is_read(pack: Any):
    assert titles(Pipe(pack(LINES))) == ["Ferry delayed", "Fair opens"]


def test_a_zip_archive_is_read_from_a_stream_that_cannot_seek():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.jsonl", LINES)

    assert titles(Pipe(data.getvalue())) == ["Ferry delayed", "Fair opens"]


def test_a_stream_of_text_is_refused():
    with pytest.raises(TypeError, match="stream of bytes"):
        read(io.StringIO("{}"))  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [b"{}", 7, None])
def test_what_is_no_source_is_refused(source: Any):
    with pytest.raises(TypeError, match="expected a path"):
        read(source)


def test_mappings_are_read_as_records_one_at_a_time():
    asked: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(3):
            asked.append(number)
            yield {"headline": f"Row {number}", "text": "body"}

    reading = read(rows())

    assert next(reading).title == "Row 0"
    assert asked == [0]


def test_a_bad_mapping_is_reported_with_its_number():
    reading = read([{"title": "one"}, {"colour": "red"}, 7, {"title": "four"}])  # type: ignore[list-item]

    assert [article.title for article in reading] == ["one", "four"]
    assert [reject.record for reject in reading.rejects] == [2, 3]


def test_an_error_of_the_callers_own_iterator_is_the_callers():
    def rows() -> Iterator[dict[str, str]]:
        yield {"title": "one"}
        raise KeyError("the database went away")

    reading = read(rows())
    next(reading)

    with pytest.raises(KeyError):
        next(reading)


def test_rejects_are_collected_and_handed_over_as_they_occur():
    told: list[SourceError] = []
    reading = read(io.BytesIO(b'{"title": "a"}\nnonsense\n{"title": "b"}\n'), kind="jsonl", on_reject=told.append)
    next(reading)
    assert told == []

    next(reading)

    assert told == reading.rejects
    assert told[0].record == 2


def test_what_the_reject_handler_raises_is_not_swallowed():
    def handler(reject: SourceError) -> None:
        raise LookupError("stop")

    with pytest.raises(LookupError, match="stop"):
        list(read(io.BytesIO(b"nonsense"), kind="jsonl", on_reject=handler))


def test_progress_adds_up_over_files(tmp_path: Path):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LINES))
    reading = read(tmp_path)
    total = sum(path.stat().st_size for path in tmp_path.iterdir())

    assert (reading.bytes_total, reading.bytes_done, reading.files_done) == (total, 0, 0)
    assert len(list(reading)) == 4
    assert (reading.bytes_done, reading.files_done) == (total, 2)


def test_progress_inside_a_zip_archive_is_made_member_by_member(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10):
            archive.writestr(f"{number}.jsonl", LINES + b" " * 500_000)
    reading = read(path)
    done = [reading.bytes_done for _ in reading]

    assert done == sorted(done)
    assert done[0] < 1_500_000
    assert reading.bytes_done == reading.bytes_total == path.stat().st_size


def test_the_size_of_a_pipe_is_not_known():
    assert read(Pipe(LINES)).bytes_total is None
    assert read(io.BytesIO(LINES)).bytes_total == len(LINES)


def test_a_long_file_is_read_as_it_is_asked_for(tmp_path: Path):
    path = tmp_path / "long.jsonl"
    path.write_bytes(LINES * 100_000)
    reading = read(path)

    assert len(list(islice(reading, 10))) == 10
    assert reading.bytes_done < 2_000_000 < path.stat().st_size


def test_an_empty_file_says_so(tmp_path: Path):
    (tmp_path / "empty.json").touch()

    assert reasons(tmp_path) == ["the file is empty"]


def test_a_file_that_may_not_be_read_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.json").write_text('{"title": "a"}')
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(builtins, "open", refuse)

    assert reasons(tmp_path) == ["it cannot be opened: Permission denied"]


def test_a_folder_that_may_not_be_listed_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a").mkdir()
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)

    assert reasons(tmp_path) == ["the folder cannot be listed: Permission denied"]


def test_a_broken_link_is_a_reject(tmp_path: Path):
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere.json")

    assert reasons(tmp_path) == ["it cannot be opened: No such file or directory"]


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="needs descriptors as paths")
def test_a_pipe_is_no_file_that_could_be_read_again():
    """The path of what a shell substitutes is that of something else next time."""
    end, begin = os.pipe()
    os.write(begin, LINES)
    os.close(begin)
    done: list[FileDone] = []
    try:
        articles = list(read(f"/dev/fd/{end}", on_file=done.append))
    finally:
        os.close(end)

    assert [article.origin for article in articles] == [None, None]
    assert done == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_in_a_folder_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    assert reasons(tmp_path) == ["it is no regular file"]


def test_a_library_that_trips_ends_its_file_and_not_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def trip(*_: Any) -> Iterator[Article]:
        raise IndexError("list index out of range")
        yield

    (tmp_path / "a.html").write_text("<html></html>")
    (tmp_path / "b.json").write_text('{"title": "b"}')
    monkeypatch.setattr(
        "searchlib.sources.one_file.source_of", lambda kind: trip if kind == "html" else source_of(kind)
    )
    reading = read(tmp_path)

    assert [article.title for article in reading] == ["b"]
    assert reading.rejects[0].reason == "reading it failed with IndexError: list index out of range"


def test_a_named_kind_wins_over_what_the_file_looks_like(tmp_path: Path):
    path = tmp_path / "export.csv"
    path.write_bytes(LINES)

    assert titles(path, kind="jsonl") == ["Ferry delayed", "Fair opens"]


def test_a_kind_that_there_is_not_is_an_error_that_lists_those_there_are():
    with pytest.raises(SourceError, match=f"there is no kind 'pptx'; there are {', '.join(KINDS)}"):
        read(io.BytesIO(LINES), kind="pptx")


def test_an_encoding_that_there_is_not_is_an_error():
    with pytest.raises(SourceError, match="there is no text encoding 'utf-9'"):
        read(io.BytesIO(LINES), encoding="utf-9")


def test_a_mapping_to_a_field_that_there_is_not_is_an_error_that_lists_those_there_are():
    with pytest.raises(ArticleError, match=r"titel: 'headline' cannot be mapped to it; an article has id, title, body"):
        read(io.BytesIO(LINES), mapping={"headline": "titel"})


def test_defaults_stand_in_for_what_an_article_does_not_have():
    records = [{"title": "a", "publisher": "Own"}, {"title": "b"}]

    articles = list(read(records, defaults={"publisher": "Given", "language": "en", "published": "2020-05"}))

    assert [article.publisher for article in articles] == ["Own", "Given"]
    assert {article.language for article in articles} == {"en"}
    assert articles[0].published_precision == "month"


@pytest.mark.parametrize("defaults", [{"titel": "x"}, {"language": "not a code"}, {"published": "soon"}])
def test_a_default_that_an_article_cannot_have_is_an_error(defaults: dict[str, str]):
    with pytest.raises(ArticleError):
        read(io.BytesIO(LINES), defaults=defaults)


def test_the_order_of_day_and_month_is_as_given():
    record = [{"title": "a", "date": "05/06/2023"}]

    assert next(read(record)).published is None
    assert next(read(record, date_order="mdy")).published.month == 5
    assert next(read(record, date_order="dmy")).published.month == 6
    assert next(read(record, day_first=True)).published.month == 6


def test_an_order_of_dates_that_there_is_not_is_an_error():
    with pytest.raises(SourceError, match="there are dmy, mdy, ymd"):
        read([], date_order="dym")


def test_notes_are_in_the_reading_and_told_as_they_occur():
    told = []
    reading = read([{"title": "a"}, {"title": "b", "date": "soon"}], on_note=told.append)

    assert [article.title for article in reading] == ["a", "b"]
    assert [(note.source, note.record, note.field) for note in reading.notes] == [("<records>", 2, "date (published)")]
    assert told == reading.notes


def test_articles_that_were_exported_come_back_equal():
    articles = [
        Article(
            id="1", title="A", body="<p>as it is</p>", authors=["Doe, Jane and Co"], tags=["a, b"], place="X, May 3"
        ),
        Article(url="https://news.example/1", title="B", published="2023-09", updated="2023-09-11T02:00+09:00"),
        Article(title="C &amp; D", language="pt-BR", extra={"headline": "kept", "n": [1, {"x": None}]}),
    ]

    assert list(read([article.as_dict() for article in articles])) == articles


text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
articles_of_any_text = st.builds(
    Article,
    title=text.map(lambda value: f"t{value}"),
    body=text,
    summary=text,
    authors=st.lists(text, max_size=3),
    section=text,
    place=text,
    tags=st.lists(text, max_size=3),
    published=st.one_of(st.none(), st.dates(), st.datetimes(timezones=st.just(timezone.utc))),
    extra=st.dictionaries(text, st.one_of(st.none(), st.booleans(), st.integers(), text, st.lists(text))),
)


@given(articles=st.lists(articles_of_any_text, min_size=1, max_size=4))
def test_any_articles_come_back_equal_from_json_lines(articles: list[Article]):
    lines = "".join(json.dumps(article.as_dict()) + "\n" for article in articles)

    assert list(read(io.BytesIO(lines.encode()), kind="jsonl")) == articles


BEGINNINGS = [b"", b"{", b"[", b"<", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"PK\x03\x04", b"BZh91AY&SY", b"\x28\xb5\x2f\xfd",
              b"\xff\xfe", b"title,text\n", b"<?xml ", b"<rss>", b"<html>", b"filedesc://x 1 1 text/plain 3\n"]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=300))
def test_no_bytes_whatever_make_reading_raise(beginning: bytes, rest: bytes):
    reading = read(io.BytesIO(beginning + rest))
    found = list(reading)

    assert found or reading.rejects


def test_real_reuters_articles_stream(shared: Path):
    reading = read(shared / "corpus" / "reuters21578.jsonl.gz")
    articles = list(islice(reading, 2000))

    assert len({article.id for article in articles}) == 2000
    assert reading.rejects == []
    assert articles[0].place == "SALVADOR"
    assert articles[0].tags == ("cocoa",)
    assert articles[0].as_dict()["published"] == "1987-02-26T15:01:01"
    assert articles[0].extra["places"] == ["el-salvador", "usa", "uruguay"]
    assert sum(bool(article.place) for article in articles) > 1960


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", 5),
        ("kind", ["json"]),
        ("encoding", b"utf-8"),
        ("mapping", "title"),
        ("mapping", [("a", "title")]),
        ("mapping", {"a": 5}),
        ("mapping", {5: "title"}),
        ("defaults", "publisher"),
        ("defaults", {5: "x"}),
        ("day_first", "yes"),
        ("day_first", None),
        ("exclude", 5),
        ("exclude", "folder"),
        ("exclude", [5]),
        ("on_reject", []),
    ],
)
def test_an_argument_of_another_type_is_named(tmp_path, name, value):
    with pytest.raises(SettingError) as raised:
        read(tmp_path, **{name: value})

    assert raised.value.setting == name


def test_each_file_is_told_of_when_all_of_it_was_taken(tmp_path):
    good, mixed, bad = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.jsonl"
    good.write_text('{"title": "One"}\n{"title": "Two"}\n')
    mixed.write_text('{"title": "Three"}\n{"title": ""}\n')
    bad.write_bytes(b"")
    told, taken = [], []

    for article in read(tmp_path, on_file=lambda done: told.append((done, len(taken)))):
        taken.append(article)  # noqa: PERF402 - the calls in between see how many there are

    assert [article.origin for article in taken] == [
        ArticleOrigin(str(good), record=1),
        ArticleOrigin(str(good), record=2),
        ArticleOrigin(str(mixed), record=1),
    ]
    assert told == [
        (FileDone(str(good), good.stat().st_size, good.stat().st_mtime_ns, 2, 0, True), 2),
        (FileDone(str(mixed), mixed.stat().st_size, mixed.stat().st_mtime_ns, 1, 1, True), 3),
        (FileDone(str(bad), 0, bad.stat().st_mtime_ns, 0, 1, False), 3),
    ]


def test_what_has_not_changed_is_passed_over(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text(f'{{"title": "{name}"}}\n')

    asked = []

    def is_unchanged(path, status, *, options):
        asked.append(options)
        return path.name == "a.jsonl" and status.st_size > 0

    reading = read(tmp_path, is_unchanged=is_unchanged)

    assert [article.title for article in reading] == ["b"]
    assert asked == [reading.options] * 2
    assert (reading.files_done, reading.files_unchanged) == (1, 1)
    assert reading.bytes_done == reading.bytes_total


def test_an_article_of_an_archive_says_which_member_it_was(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("may/1.jsonl", '{"title": "One"}\n')

    (article,) = read(tmp_path)

    assert article.origin == ArticleOrigin(str(tmp_path / "a.zip"), "may/1.jsonl", 1)
    assert next(read([{"title": "One"}])).origin is None


def test_a_file_that_memory_was_short_for_is_read_again_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.json").write_text('{"title": "A"}')
    (tmp_path / "b.jsonl").write_bytes(LINES)

    def short_of_memory(kind: str):
        def fail(stream: Any, context: Any) -> Iterator[Article]:
            yield Article(title="first")
            raise MemoryError

        return fail if kind == "json" else source_of(kind)

    monkeypatch.setattr("searchlib.sources.one_file.source_of", short_of_memory)
    done: list[FileDone] = []
    reading = read(tmp_path, on_file=done.append)

    assert len(list(reading)) >= 1
    assert any("MemoryError" in reject.reason for reject in reading.rejects)
    assert next((os.path.basename(file.file), file.has_failed) for file in done) == ("a.json", True)
