"""What any engine promises of files: a changed one replaces what came from it, an unchanged one is passed over."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from searchlib.article import Article, ArticleOrigin
from searchlib.engines.embedded import Index
from searchlib.engines.embedded import open as open_index
from searchlib.errors import IndexCorruptError, SourceError
from searchlib.results import AddReport
from searchlib.sources import FileDone, read

LONG_AGO_S = 1_600_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def _put(path: Path, *titles: str, at: int = LONG_AGO_S) -> None:
    """Write articles without an address of their own: what tells them is their text."""
    path.write_text("".join(json.dumps({"title": title}) + "\n" for title in titles), encoding="utf-8")
    os.utime(path, (at, at))


def _load(index: Index, source, **options) -> AddReport:
    with index.writer() as writer:
        return writer.add_all(read(source, is_unchanged=index.is_unchanged, **options))


def _titles(index: Index) -> list[str]:
    return sorted(article.title for article in index.articles())


def test_a_changed_file_replaces_what_came_from_it(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _put(folder / "b.jsonl", "Three")
    _load(index, folder)
    _put(folder / "a.jsonl", "One", "Two corrected", at=LONG_AGO_S + 60)

    report = _load(index, folder)

    assert _titles(index) == ["One", "Three", "Two corrected"]
    assert (report.added, report.replaced, report.deleted, report.unchanged_files) == (1, 1, 1, 1)


def test_an_article_says_where_it_came_from(make_index, folder):
    index = make_index(Article(id="by hand", title="Four"))
    _put(folder / "a.jsonl", "One", "Two")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("may/1.jsonl", '{"title": "Three"}\n')
    _load(index, folder)

    origins = {article.title: article.origin for article in index.articles()}

    a, b = str(folder / "a.jsonl"), str(folder / "b.zip")
    assert origins["One"] == ArticleOrigin(a, record=1)
    assert origins["Two"] == ArticleOrigin(a, record=2)
    assert origins["Three"] == ArticleOrigin(b, "may/1.jsonl", 1)
    assert origins["Four"] is None
    (hit,) = index.search("Three")
    assert hit.article.origin == origins["Three"]
    assert index.get(hit.article.id).as_dict()["origin"] == {"file": b, "member": "may/1.jsonl", "record": 1}


def test_the_index_remembers_the_files(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    (folder / "b.jsonl").write_text('{"title": "Three"}\n{"title": ""}\n')
    _load(index, folder)

    first, second = index.files()

    assert (first.file, first.size, first.articles, first.rejects) == (str(folder / "a.jsonl"), 34, 2, 0)
    assert (second.articles, second.rejects, second.generation) == (1, 1, index.generation)
    assert first.modified_ns == LONG_AGO_S * 10**9
    assert index.file(folder / "b.jsonl") == second
    assert index.file(folder / "c.jsonl") is None
    assert list(index.files(folder)) == [first, second]
    assert list(index.files(folder / "a.jsonl")) == [first]
    assert list(index.files(folder.parent / "elsewhere")) == []
    assert index.stats().files == 2


def test_what_was_rejected_is_not_read_again_either(make_index, folder):
    index = make_index()
    (folder / "a.html").write_bytes(b"")
    (folder / "b.jsonl").write_text('{"title": ""}\n{"title": "One"}\n')
    os.utime(folder / "a.html", (LONG_AGO_S, LONG_AGO_S))
    assert _load(index, folder).failed == 2

    report = _load(index, folder)

    assert (report.unchanged_files, report.failed) == (2, 0)
    assert [(record.articles, record.rejects, record.is_whole) for record in index.files()] == [
        (0, 1, False),
        (1, 1, True),
    ]


def test_a_file_read_otherwise_is_read_again(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One")
    _load(index, folder)

    assert _load(index, folder, defaults={"section": "World"}).unchanged_files == 0
    assert _load(index, folder, defaults={"section": "World"}).unchanged_files == 1
    assert _load(index, folder, defaults={"section": "World"}, kind="jsonl").unchanged_files == 0
    assert [article.section for article in index.articles()] == ["World"]


def test_a_file_with_another_time_and_the_same_content_is_unchanged(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One")
    _load(index, folder)
    _put(folder / "a.jsonl", "One", at=LONG_AGO_S + 60)

    assert _load(index, folder).unchanged_files == 1


def test_a_change_within_the_clocks_grain_is_seen(make_index, folder):
    index = make_index()
    file = folder / "a.jsonl"
    file.write_text('{"title": "Odd"}\n')
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    _load(index, folder)
    file.write_text('{"title": "New"}\n')
    os.utime(file, ns=times)

    assert _load(index, folder).unchanged_files == 0
    assert _titles(index) == ["New"]


def test_a_file_that_changes_while_it_is_read_is_read_again(make_index, folder):
    index = make_index()
    file = folder / "a.jsonl"
    _put(file, "One", "Two")
    with index.writer() as writer:
        for article in (reading := read(folder, on_file=lambda done: writer.end_file(done, options=reading.options))):
            writer.add(article)
            _put(file, "One", "Too", at=LONG_AGO_S + 60)

    assert index.file(file).is_due
    assert _load(index, folder).unchanged_files == 0
    assert _titles(index) == ["One", "Too"]


def test_a_file_that_cannot_be_read_whole_loses_nothing_and_that_is_said(make_index, folder):
    index = make_index()
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.jsonl", '{"title": "One"}\n')
        archive.writestr("2.jsonl", '{"title": "Two"}\n')
    _load(index, folder)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.jsonl", '{"title": "One"}\n')
        archive.writestr("2.jsonl", "")

    report = _load(index, folder)

    assert _titles(index) == ["One", "Two"]
    assert report.deleted == 0
    assert [(note.source, note.value) for note in report.notes] == [(str(file), "1 article")]
    assert "stays in the index" in report.notes[0].reason

    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.jsonl", '{"title": "One"}\n')

    assert _load(index, folder).deleted == 1
    assert _titles(index) == ["One"]


class _FailingFile(io.RawIOBase):
    """A file of which the disk gives no more after its first line."""

    def __init__(self, path: str) -> None:
        self._lines = Path(path).read_bytes().splitlines(keepends=True)

    def read(self, size: int = -1) -> bytes:
        if not self._lines:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        line = self._lines[0]
        self._lines = []
        return line


def test_a_file_that_the_disk_would_not_give_once_is_read_again(make_index, folder, monkeypatch):
    index = make_index()
    file = folder / "a.jsonl"
    _put(file, "One", "Two")
    with monkeypatch.context() as patch:
        patch.setattr("searchlib.sources.one_file.open", lambda path, *_, **__: _FailingFile(path), raising=False)
        report = _load(index, folder)

    assert report.failed == 1
    assert os.strerror(errno.EIO) in report.rejects[0].reason

    report = _load(index, folder)

    assert (report.unchanged_files, report.failed) == (0, 0)
    assert _titles(index) == ["One", "Two"]
    assert _load(index, folder).unchanged_files == 1


@pytest.mark.parametrize("text", ["", "[]", "no article"], ids=["empty", "an empty list", "no JSON"])
def test_a_file_that_was_emptied_or_is_no_article_any_more_loses_nothing_and_that_is_said(make_index, folder, text):
    index = make_index()
    (folder / "a.json").write_text('[{"title": "One"}]')
    _load(index, folder)
    (folder / "a.json").write_text(text)

    report = _load(index, folder, kind="json")

    assert (report.deleted, report.failed, len(report.notes)) == (0, 1, 1)
    assert _titles(index) == ["One"]


def test_a_record_that_cannot_be_read_any_more_keeps_its_article_and_that_is_said(make_index, folder):
    index = make_index()
    file = folder / "a.jsonl"
    _put(file, "One", "Two")
    _load(index, folder)
    file.write_text('{"title": "One"}\n{"tit')

    report = _load(index, folder)

    assert (report.replaced, report.deleted, report.failed, len(report.notes)) == (1, 0, 1, 1)
    assert _titles(index) == ["One", "Two"]

    file.write_text('{"title": "Three"}\n{"tit')

    assert _load(index, folder).deleted == 2
    assert _titles(index) == ["Three"]


@pytest.mark.parametrize("every", [1, 2, 3, 5])
def test_a_load_of_several_commits_replaces_as_one_does(make_index, folder, every):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two", "Three", "Four")
    _put(folder / "b.jsonl", "Five", "Six")
    _load(index, folder)
    _put(folder / "a.jsonl", "Zero", "One", "Three", "Seven", at=LONG_AGO_S + 60)

    assert _load_by_steps(index, folder, every).deleted == 2
    assert _titles(index) == ["Five", "One", "Seven", "Six", "Three", "Zero"]
    assert [record.is_due for record in index.files()] == [False, False]
    assert index.verify() == []


def test_a_load_that_ends_between_its_commits_is_made_good_by_the_next(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two", "Three")
    _load(index, folder)
    _put(folder / "a.jsonl", "Zero", "One", "Four", at=LONG_AGO_S + 60)
    with index.writer() as writer:
        writer.add(next(read(folder)))

    assert index.file(folder / "a.jsonl").is_due
    assert _titles(index) == ["One", "Three", "Two", "Zero"]

    with open_index(index.path) as later:
        report = _load(later, folder)

        assert (report.deleted, _titles(later)) == (2, ["Four", "One", "Zero"])


def test_a_load_that_fails_leaves_files_as_they_were(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _load(index, folder)
    before = list(index.files())
    _put(folder / "a.jsonl", "Three", at=LONG_AGO_S + 60)

    with pytest.raises(KeyError), index.writer() as writer:
        writer.add_all(read(folder))
        raise KeyError

    assert list(index.files()) == before
    assert _load(index, folder).deleted == 2
    assert _titles(index) == ["Three"]


def test_a_file_read_twice_by_one_writer_has_what_it_had_last(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    with index.writer() as writer:
        writer.add_all(read(folder))
        _put(folder / "a.jsonl", "Two", "Three", at=LONG_AGO_S + 60)

        report = writer.add_all(read(folder))

    assert (report.added, report.replaced, report.deleted) == (1, 1, 1)
    assert _titles(index) == ["Three", "Two"]


def test_articles_added_by_hand_are_of_no_file_and_stay(make_index, folder):
    index = make_index(Article(id="by hand", title="Four"))
    _put(folder / "a.jsonl", "One")
    _load(index, folder)
    _put(folder / "a.jsonl", "Two", at=LONG_AGO_S + 60)
    _load(index, folder)

    assert _titles(index) == ["Four", "Two"]


def _load_by_steps(index: Index, source: Path, every: int) -> AddReport:
    """Load with a commit after each `every` articles; the report has how many were deleted in all."""
    deleted = 0
    done: list[FileDone] = []
    reading = read(source, on_file=done.append, is_unchanged=index.is_unchanged)
    articles, is_over = iter(reading), False
    while not is_over:
        with index.writer() as writer:
            for _ in range(every):
                article = next(articles, None)
                while done:
                    deleted += writer.end_file(done.pop(), options=reading.options).deleted
                if is_over := article is None:
                    break
                writer.add(article)
    return AddReport(0, 0, deleted=deleted)


def test_prune_takes_what_is_no_longer_there(make_index, folder):
    index = make_index()
    (folder / "b").mkdir()
    for name in ("a.jsonl", "b/c.jsonl", "b/d.jsonl", "e.jsonl"):
        _put(folder / name, f"One of {name}", f"Two of {name}")
    _load(index, folder)
    for name in ("a.jsonl", "b/c.jsonl", "b/d.jsonl"):
        (folder / name).unlink()

    with index.writer() as writer:
        assert writer.prune(folder / "b", even_if_empty=True) == 4

    assert _titles(index) == ["One of a.jsonl", "One of e.jsonl", "Two of a.jsonl", "Two of e.jsonl"]
    with index.writer() as writer:
        assert writer.prune(folder) == 2
        assert writer.prune(folder) == 0
    assert [record.file for record in index.files()] == [str(folder / "e.jsonl")]
    assert _titles(index) == ["One of e.jsonl", "Two of e.jsonl"]
    assert index.verify() == []


def test_one_file_is_pruned_by_its_name(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One")
    _put(folder / "b.jsonl", "Two")
    _load(index, folder)
    with index.writer() as writer:
        assert writer.prune(folder / "a.jsonl") == 0
    (folder / "a.jsonl").unlink()

    with index.writer() as writer:
        assert writer.prune(folder / "a.jsonl") == 1

    assert _titles(index) == ["Two"]


@pytest.mark.parametrize("what", ["missing", "empty", "unreadable", "a file"])
def test_a_folder_that_cannot_be_seen_empties_no_index(make_index, folder, monkeypatch, what):
    index = make_index()
    _put(folder / "a.jsonl", "One")
    _load(index, folder)
    (folder / "a.jsonl").unlink()
    if what in ("missing", "a file"):
        folder.rmdir()
    if what == "a file":
        folder.write_text("")
    if what == "unreadable":

        def refuse(path):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "scandir", refuse)

    with index.writer() as writer, pytest.raises(SourceError, match="nothing was deleted"):
        writer.prune(folder)

    assert _titles(index) == ["One"]
    assert len(list(index.files())) == 1


def test_a_file_that_cannot_be_asked_for_is_not_pruned(make_index, folder, monkeypatch):
    index = make_index()
    _put(folder / "a.jsonl", "One")
    _put(folder / "b.jsonl", "Two")
    _load(index, folder)
    (folder / "a.jsonl").unlink()
    ask = os.lstat

    def refuse(path, **options):
        if str(path).endswith("a.jsonl"):
            raise PermissionError(13, "Permission denied")
        return ask(path, **options)

    monkeypatch.setattr(os, "lstat", refuse)

    with index.writer() as writer:
        assert writer.prune(folder) == 0


def test_a_link_whose_target_is_gone_is_not_pruned(make_index, folder):
    index = make_index()
    target = folder.parent / "target.jsonl"
    _put(target, "One")
    (folder / "link.jsonl").symlink_to(target)
    _load(index, folder)
    target.unlink()

    with index.writer() as writer:
        assert writer.prune(folder) == 0
    assert [record.file for record in index.files()] == [str(folder / "link.jsonl")]


def test_a_file_that_became_a_folder_is_pruned(make_index, folder):
    index = make_index()
    _put(folder / "a", "One")
    _load(index, folder)
    (folder / "a").unlink()
    (folder / "a").mkdir()

    with index.writer() as writer:
        assert writer.prune(folder) == 1


def test_a_renamed_file_keeps_its_articles(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _load(index, folder)
    (folder / "a.jsonl").rename(folder / "b.jsonl")

    report = _load(index, folder)
    with index.writer() as writer:
        pruned = writer.prune(folder)

    assert (report.added, report.replaced, pruned) == (0, 2, 0)
    assert {article.origin.file for article in index.articles()} == {str(folder / "b.jsonl")}
    assert [record.file for record in index.files()] == [str(folder / "b.jsonl")]


def test_an_article_that_moved_to_another_file_moves_in_the_index(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _put(folder / "b.jsonl", "Three")
    _load(index, folder)
    _put(folder / "a.jsonl", "One", at=LONG_AGO_S + 60)
    _put(folder / "b.jsonl", "Three", "Two", at=LONG_AGO_S + 60)

    _load(index, folder)

    assert {article.title: Path(article.origin.file).name for article in index.articles()} == {
        "One": "a.jsonl",
        "Two": "b.jsonl",
        "Three": "b.jsonl",
    }


@pytest.mark.parametrize("commits", [1, 2], ids=["in one commit", "in two commits"])
def test_an_article_of_two_files_stays_as_long_as_one_has_it(make_index, folder, commits):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Both")
    _put(folder / "b.jsonl", "Two", "Both")
    for source in [folder] if commits == 1 else [folder / "a.jsonl", folder / "b.jsonl"]:
        _load(index, source)
    assert index.search("both").hits[0].article.origin.file == str(folder / "b.jsonl")
    _put(folder / "b.jsonl", "Two", at=LONG_AGO_S + 60)

    report = _load(index, folder)

    assert report.deleted == 1
    assert [(note.source, "next run" in note.reason) for note in report.notes] == [(str(folder / "a.jsonl"), True)]
    assert _load(index, folder).unchanged_files == 1
    assert _titles(index) == ["Both", "One", "Two"]
    assert _load(index, folder).unchanged_files == 2


def test_an_article_of_a_file_that_is_gone_comes_back_from_the_other(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Both")
    _put(folder / "b.jsonl", "Two", "Both")
    _load(index, folder)
    (folder / "b.jsonl").unlink()

    with index.writer() as writer:
        assert writer.prune(folder) == 2
    report = _load(index, folder)

    assert (report.added, report.replaced) == (1, 1)
    assert _titles(index) == ["Both", "One"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="paths are Unicode there")
def test_a_path_that_is_no_utf_8_is_a_path_like_others(make_index, folder):
    index = make_index()
    file = folder / "caf\udce9.jsonl"
    _put(file, "One", "Two")
    _load(index, folder)
    assert next(index.articles()).origin.file == str(file)
    assert [record.file for record in index.files(folder)] == [str(file)]
    assert _load(index, folder).unchanged_files == 1
    _put(file, "One", at=LONG_AGO_S + 60)
    assert _load(index, folder).deleted == 1
    file.unlink()
    _put(folder / "b.jsonl", "Three")

    with index.writer() as writer:
        assert writer.prune(folder) == 1


def test_large_and_small_letters_are_one_where_the_system_says_so(make_index, folder, monkeypatch):
    monkeypatch.setattr(os.path, "normcase", str.lower)
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    reading = read(folder)
    with index.writer() as writer:
        writer.add_all(reading)
    file = str(folder / "a.jsonl").upper()

    assert index.file(file) is not None
    with index.writer() as writer:
        writer.add(Article(title="One", origin=ArticleOrigin(file)))
        assert writer.end_file(FileDone(file, 1, 2, 1, 0, is_whole=True)).deleted == 1
    assert _titles(index) == ["One"]
    assert len(list(index.files())) == 1


def test_a_link_is_a_file_of_its_own(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One")
    (folder / "b.jsonl").symlink_to(folder / "a.jsonl")
    report = _load(index, folder)

    assert (report.added, report.replaced) == (1, 1)
    assert len(list(index.files())) == 2
    _put(folder / "a.jsonl", "Two", at=LONG_AGO_S + 60)
    _load(index, folder)

    assert _titles(index) == ["Two"]


def test_what_an_index_remembers_of_files_outlives_merging_upgrading_and_other_commits(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _load(index, folder)
    before = list(index.files())

    with index.writer() as writer:
        writer.add(Article(title="Three"))
    index.merge()
    index.upgrade()
    writer = index.whoosh.writer()
    writer.add_document(id="9", body="added by a program")
    writer.commit()
    index.refresh()

    assert list(index.files()) == before
    assert [path.name for path in index.path.glob("*.fil")] == ["s_ledger.1.fil"]
    copied = shutil.copytree(index.path, folder.parent / "copy")
    with open_index(copied) as copy:
        assert list(copy.files()) == before


def test_an_index_whose_ledger_is_gone_says_so(make_index, folder):
    index = make_index()
    _put(folder / "a.jsonl", "One", "Two")
    _load(index, folder)
    (ledger,) = index.path.glob("*.fil")
    data = bytearray(ledger.read_bytes())
    data[70] ^= 1
    ledger.write_bytes(data)

    assert [Path(problem.file).name for problem in index.verify()] == [ledger.name]
    with open_index(index.path) as again, pytest.raises(IndexCorruptError, match=ledger.name):
        again.file("/a")
    with pytest.raises(IndexCorruptError, match=ledger.name), open_index(index.path) as again:
        _load(again, folder)

    ledger.write_bytes(b"")
    with pytest.raises(IndexCorruptError, match=ledger.name):
        open_index(index.path)


def test_articles_that_are_added_without_files_write_no_ledger(make_index):
    index = make_index(Article(id="1", title="One"))

    assert list(index.files()) == []
    assert not list(index.path.glob("*.fil"))


def test_a_file_whose_articles_were_merged_into_one_segment_is_replaced_still(make_index, folder):
    index = make_index()
    for number in range(12):
        _put(folder / f"{number}.jsonl", f"One {number}", f"Two {number}")
        _load(index, folder)
    index.merge()
    _put(folder / "5.jsonl", "Three", at=LONG_AGO_S + 60)

    assert _load(index, folder).deleted == 2
    assert len(_titles(index)) == 23
