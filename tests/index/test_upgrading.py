"""Indexes of older formats are rewritten from their stored articles: whole or not at all, and the same afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from formats.freeze import HERE, answers, make
from whoosh.writing import CLEAR

import searchlib
from searchlib.article import Article
from searchlib.codec import FORMAT
from searchlib.errors import SettingError, UpgradeNeededError
from searchlib.index import manifest, upgrading, writer
from searchlib.index.manifest import last_manifest, read_manifest
from searchlib.index.segments import knows_lengths
from searchlib.index.snapshot import open_snapshot
from searchlib.query import DateRange, Has, LengthRange, Not
from searchlib.schema import LENGTH, SCHEMA_VERSION, UNDATED, UPDATED
from searchlib.searching.plan import plan

OLD = sorted(path.stem for path in HERE.glob("format-[12]-*.zip"))


def _unpacked(name: str, directory: Path) -> Path:
    """A frozen index of an older format whose schema is the current one, so that articles may be added to it."""
    with zipfile.ZipFile(HERE / f"{name}.zip") as archive:
        archive.extractall(directory)
    path = directory / last_manifest(directory)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["settings"]["schema"] = SCHEMA_VERSION
    content["crc32"] = manifest._checksum({name: value for name, value in content.items() if name != "crc32"})
    path.write_text(json.dumps(content), encoding="utf-8")
    return directory


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return _unpacked(request.param, tmp_path / "old")


@pytest.fixture
def old_native(tmp_path: Path) -> Path:
    return _unpacked("format-2-native", tmp_path / "old")


def _articles(index: searchlib.Index) -> dict[str, Article]:
    return {article.id: article for article in index.articles()}


def _formats(directory: Path) -> list[int]:
    return [segment.format for segment in read_manifest(last_manifest(directory)).segments]


def _rebuilt(index: searchlib.Index) -> list[object]:
    """The answers of an index that is made now of the same articles.

    Until deleted articles are gone they count in the rarity of words, so that scores differ.
    """
    directory = index.path.with_name(f"{index.path.name} again")
    shutil.rmtree(directory, ignore_errors=True)
    settings = index.settings
    with searchlib.create(directory, timezone=settings.timezone, codec=settings.codec) as again:
        with again.writer() as adding:
            adding.add_all(index.articles())
        return answers(again)


def test_an_upgraded_index_is_the_one_that_it_was(old):
    with searchlib.open(old) as index:
        right, articles, version = _rebuilt(index), _articles(index), index.stats().format

        count = index.upgrade()

        assert (version in (1, 2), index.stats().format) == (True, FORMAT)
        assert count == len(articles)
        assert _articles(index) == articles
        assert answers(index) == right
        assert index.verify() == []
    assert set(_formats(old)) == {FORMAT}


def test_an_index_that_is_open_stays_as_it_is_until_it_is_refreshed(old_native):
    with searchlib.open(old_native) as reading:
        before, right = answers(reading), _rebuilt(reading)
        with searchlib.open(old_native) as index:
            index.upgrade()

        assert answers(reading) == before
        assert reading.refresh()
        assert answers(reading) == right


def test_nothing_is_done_twice(old):
    with searchlib.open(old) as index:
        index.upgrade()
        generation = index.generation

        assert index.upgrade() == 0
        assert index.generation == generation


def test_an_index_made_now_needs_no_upgrade(tmp_path):
    with searchlib.create(tmp_path / "index") as index:
        assert index.upgrade() == 0
        assert index.generation == 0


def test_progress_counts_every_article(old):
    seen: list[int] = []
    with searchlib.open(old) as index:
        count = index.upgrade(progress=seen.append)

    assert seen == list(range(1, count + 1))


def test_progress_is_something_to_call(old_native):
    with searchlib.open(old_native) as index, pytest.raises(SettingError, match="progress"):
        index.upgrade(progress=3)


@pytest.mark.parametrize("threads", [1, 2])
def test_where_memory_is_full_a_segment_is_written(old_native, monkeypatch, threads):
    monkeypatch.setattr("searchlib.index.native_building._BUDGET_SHARE", 0.02)
    monkeypatch.setattr("searchlib.index.native_building._BATCH_ARTICLES", 64)
    with searchlib.open(old_native) as index:
        right = _rebuilt(index)

        index.upgrade(memory_mb=1, threads=threads)

        # With memory enough there is one. How many there are depends on when a thread notices that memory is full.
        assert index.stats().segments > 1
        assert answers(index) == right


# --- beside segments of older formats -----------------------------------------------------------------------------------


def test_a_writer_puts_segments_of_this_format_beside_older_ones(old):
    version = read_manifest(last_manifest(old)).format
    with searchlib.open(old) as index:
        with index.writer() as adding:
            adding.add(Article(id="later", title="A later harbour report"))
            adding.delete("h9")
        found = read_manifest(last_manifest(old))

        assert [segment.format for segment in found.segments] == [version, version, FORMAT]
        assert (found.format, found.index_id is not None) == (FORMAT, True)
        assert index.stats().format == version
        assert index.get("later")
        assert index.get("h9") is None
        assert index.verify() == []
        # The bitmap of an older segment is a file of this format.
        generations = {name: facts.generation for name, facts in found.files.items()}
        assert {generations[name] for name in generations if name.endswith(".3.del")} == {3}
        index.upgrade()
        assert (index.get("later") is not None, index.get("h9")) == (True, None)
        assert index.stats().deleted == 0


def test_only_what_is_older_is_rewritten(old_native):
    with searchlib.open(old_native) as index:
        with index.writer() as adding:
            adding.add(Article(id="later", title="A later harbour report"))
        later = read_manifest(last_manifest(old_native)).segments[-1].id

        index.upgrade()

        assert later in [segment.id for segment in read_manifest(last_manifest(old_native)).segments]


def test_the_id_of_an_index_stays(old_native):
    ids = set()
    with searchlib.open(old_native) as index:
        for number in range(3):
            with index.writer() as adding:
                adding.add(Article(id=f"later{number}", title="A later harbour report"))
            ids.add(read_manifest(last_manifest(old_native)).index_id)
        index.upgrade()
        ids.add(read_manifest(last_manifest(old_native)).index_id)

    assert len(ids) == 1


def test_a_commit_never_rewrites_older_segments_unasked(old_native):
    with searchlib.open(old_native) as index:
        ids = {segment.id for segment in read_manifest(last_manifest(old_native)).segments}
        with index.writer() as adding:
            # Nearly all of one is deleted: of a segment of this format that is reason to merge it.
            for number in range(290):
                adding.delete(f"h{number}")

        assert ids == {segment.id for segment in read_manifest(last_manifest(old_native)).segments}


@pytest.mark.parametrize("options", [{}, {"optimize": True}], ids=str)
def test_a_writer_of_whooshs_puts_its_segments_beside_older_ones(old, options):
    version = read_manifest(last_manifest(old)).format
    with searchlib.open(old) as index:
        adding = index.whoosh.writer()
        adding.add_document(id="later", title="A later harbour report")
        adding.delete_by_term("id", "h9")
        adding.commit(**options)
        index.refresh()

        assert sorted(_formats(old)) == [version, version, FORMAT]
        assert (index.get("later") is not None, index.get("h9")) == (True, None)
        assert index.verify() == []
        index.upgrade()
        assert (index.get("later") is not None, index.get("h9")) == (True, None)


def test_a_writer_of_whooshs_clears_older_segments_too(old_native):
    with searchlib.open(old_native) as index:
        adding = index.whoosh.writer()
        adding.add_document(id="later", title="A later harbour report")
        adding.commit(mergetype=CLEAR)
        index.refresh()

        assert list(_articles(index)) == ["later"]


def test_merging_rewrites_older_segments(old):
    with searchlib.open(old) as index:
        right = _rebuilt(index)
        with index.writer() as adding:
            adding.add(Article(id="later", title="Something else"))
        index.merge()

        assert _formats(old) == [FORMAT]
        with index.writer() as adding:
            adding.delete("later")
        index.merge()
        assert answers(index) == right


# --- failures ---------------------------------------------------------------------------------------------------------


class _PowerCut(BaseException):
    """What no code catches."""


def _fail_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Let the step-th call that makes something durable fail, and all after it."""
    calls = iter(range(1, 10_000))
    for module, name in ((os, "fsync"), (os, "replace")):
        real = getattr(module, name)

        def failing(*arguments: Any, real: Any = real) -> Any:
            if next(calls) >= step:
                raise _PowerCut
            return real(*arguments)

        monkeypatch.setattr(module, name, failing)


# Each step rewrites the index; Whoosh has three times as many files, and takes longer for each.
@pytest.mark.parametrize(("codec", "steps"), [("native", range(1, 60)), ("whoosh", range(2, 80, 7))])
def test_a_crash_at_any_step_leaves_the_old_index_or_the_upgraded_one(tmp_path, monkeypatch, codec, steps):
    whole = _unpacked(f"format-2-{codec}", tmp_path / "whole")
    with searchlib.open(whole) as index:
        right = _articles(index)
    outcomes = set()
    for step in steps:
        directory = tmp_path / f"step{step}"
        shutil.copytree(whole, directory)
        with monkeypatch.context() as patched:
            _fail_at(patched, step)
            try:
                with searchlib.open(directory) as index:
                    index.upgrade()
                failed = False
            except _PowerCut:
                failed = True
        with searchlib.open(directory) as again:
            assert again.verify() == []
            assert _articles(again) == right
            outcomes.add((failed, again.stats().format))
            # What the crash left is swept, and nothing stands in the way of another try.
            again.upgrade()
            assert _articles(again) == right
        if not failed:
            break

    assert {(True, 2), (False, FORMAT)} <= outcomes


def test_an_interrupted_upgrade_leaves_nothing_behind(old):
    names = {path.name for path in old.iterdir()}

    def interrupt(count: int) -> None:
        if count == 250:
            raise KeyboardInterrupt

    with searchlib.open(old) as index:
        before = answers(index)
        with pytest.raises(KeyboardInterrupt):
            index.upgrade(progress=interrupt)

        assert answers(index) == before
    assert {path.name for path in old.iterdir()} - {"write.lock"} == names - {"write.lock"}


def test_a_damaged_article_is_named_and_the_index_stays(old_native):
    (path,) = [each for each in old_native.glob("*.sto") if each.stat().st_size > 10_000]
    data = bytearray(path.read_bytes())
    data[9000] ^= 1
    path.write_bytes(data)
    with searchlib.open(old_native) as index, pytest.raises(searchlib.IndexCorruptError, match=re.escape(path.name)):
        index.upgrade()

    assert _formats(old_native) == [2, 2]


def test_memory_does_not_grow_with_the_index(tmp_path, monkeypatch):
    """Python's own: what is not given back while articles go through. Postings have their budget."""
    monkeypatch.setattr("searchlib.index.native_building._BUDGET_SHARE", 0.2)
    monkeypatch.setattr(writer, "FORMAT", FORMAT + 1)
    peaks = []
    for times in (1, 4):
        directory = tmp_path / str(times)
        with searchlib.create(directory) as index:
            with index.writer() as adding:
                for number in range(500 * times):
                    adding.add(Article(id=str(number), title=f"report {number}", body="The harbour was calm. " * 40))
            tracemalloc.start()
            index.upgrade(memory_mb=1)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    assert peaks[1] < 1.5 * peaks[0] + 120 * 1500


# --- questions and schemas ----------------------------------------------------------------------------------------------


def test_a_question_that_an_older_format_cannot_answer_says_what_to_do(old_native):
    snapshot = open_snapshot(old_native)
    with pytest.raises(UpgradeNeededError) as raised:
        snapshot.insist_on_words_as_printed("an exact word")
    snapshot.close()

    assert snapshot.formats == (2, 2)
    assert (raised.value.feature, raised.value.found, raised.value.needed) == ("an exact word", 2, 3)
    assert f"searchlib merge --upgrade --index {old_native}" in str(raised.value)


def test_after_an_upgrade_it_can_be_answered(old_native):
    with searchlib.open(old_native) as index:
        index.upgrade()
    snapshot = open_snapshot(old_native)
    snapshot.insist_on_words_as_printed("an exact word")
    snapshot.close()

    assert snapshot.words_as_printed


def test_what_was_written_through_whoosh_does_not_know_printed_words_until_it_is_upgraded(tmp_path: Path):
    with searchlib.create(tmp_path / "index", codec="native") as index:
        with index.writer() as ours:
            ours.add(Article(id="1", title="Visits"))
        theirs = index.whoosh.writer()
        theirs.add_document(id="2", title="Visited", text="Visited")
        theirs.commit()
        assert _knows_words(tmp_path / "index") == (
            False,
            "has parts of format 3, written by an earlier version or through Whoosh",
        )
        index.merge()
        assert _knows_words(tmp_path / "index")[0] is False
        assert index.upgrade() == 2

        assert _knows_words(tmp_path / "index") == (True, None)
        assert index.upgrade() == 0


def test_what_an_earlier_version_wrote_by_whooshs_codec_does_not_know_printed_words_until_it_is_upgraded(tmp_path):
    directory = _unpacked("format-3-whoosh", tmp_path / "old")
    with searchlib.open(directory) as index:
        assert _knows_words(directory) == (
            False,
            "has parts of format 3, written by an earlier version or through Whoosh",
        )
        with index.writer() as adding:
            adding.add(Article(id="new", title="New"))
        assert _knows_words(directory)[0] is False
        count, before = index.stats().articles, [answer["total"] for answer in answers(index)]
        assert index.upgrade() == count - 1

        assert _knows_words(directory) == (True, None)
        # Scores may differ: what was deleted counts until the upgrade drops it.
        assert [answer["total"] for answer in answers(index)] == before
        assert index.upgrade() == 0


def _knows_words(directory: Path) -> tuple[bool, str | None]:
    """Whether an index knows words as printed, and what it says if not."""
    snapshot = open_snapshot(directory)
    said = None
    try:
        snapshot.insist_on_words_as_printed("an exact word")
    except UpgradeNeededError as error:
        found = re.search("has parts of format 3, written by an earlier version or through Whoosh", str(error))
        said = found and found.group()
    finally:
        snapshot.close()
    return snapshot.words_as_printed, said


@pytest.fixture
def of_an_older_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose schema is one below the current one."""
    make(tmp_path / "index", "native")
    for module in (manifest, upgrading, writer):
        monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return tmp_path / "index"


def test_an_index_of_an_older_schema_is_read_and_deleted_from(of_an_older_schema):
    with searchlib.open(of_an_older_schema) as index:
        with index.writer() as deleting:
            assert deleting.delete("h1")

        assert index.get("h1") is None
        assert index.search("harbour").total > 0


def test_articles_of_two_schemas_are_never_in_one_index(of_an_older_schema):
    with searchlib.open(of_an_older_schema) as index:
        with (
            pytest.raises(UpgradeNeededError, match=f"Adding articles needs schema {SCHEMA_VERSION + 1}"),
            index.writer() as adding,
        ):
            adding.add(Article(id="new", title="New"))
        with pytest.raises(UpgradeNeededError, match=f"Adding articles needs schema {SCHEMA_VERSION + 1}"):
            index.whoosh.writer()
        # The lock was let go of.
        index.upgrade()


def test_an_upgrade_rewrites_all_of_an_older_schema(of_an_older_schema):
    with searchlib.open(of_an_older_schema) as index:
        articles = _articles(index)

        assert index.upgrade() == len(articles)

        assert index.settings.schema == SCHEMA_VERSION + 1
        assert _articles(index) == articles
        with index.writer() as adding:
            adding.add(Article(id="new", title="New"))


def test_merging_an_older_schema_upgrades_it(of_an_older_schema):
    with searchlib.open(of_an_older_schema) as index:
        index.merge()

        assert (index.settings.schema, index.stats().segments) == (SCHEMA_VERSION + 1, 1)


@pytest.mark.parametrize("codec", ["native", "whoosh"])
def test_an_upgrade_keeps_which_languages_were_detected(tmp_path, monkeypatch, codec):
    pytest.importorskip("eldc")
    text = "Die Regierung hat am Montag in Berlin beschlossen, die Preise für Strom und Gas nicht weiter zu erhöhen."
    with searchlib.create(tmp_path / "index", language="auto", codec=codec) as index:
        with index.writer() as adding:
            adding.add(Article(id="detected", title="Strom", body=text))
            adding.add(Article(id="given", title="Gas", body=text, language="de"))
        languages = index.stats().languages
        for module in (manifest, upgrading, writer):
            monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)

        index.upgrade()

        assert [(each.code, each.articles, each.detected) for each in languages] == [("de", 2, 1)]
        assert index.stats().languages == languages


@pytest.fixture(params=sorted(path.stem for path in HERE.glob("format-3-*.zip")))
def without_lengths(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A frozen index of the current format and schema, whose segments know no exact lengths."""
    with zipfile.ZipFile(HERE / f"{request.param}.zip") as archive:
        archive.extractall(tmp_path / "old")
    return tmp_path / "old"


def _knows_lengths(index: searchlib.Index) -> list[bool]:
    with index._lent() as (snapshot, _):
        return [knows_lengths(reader) for reader in snapshot.readers]


def test_an_index_without_exact_lengths_is_searched_and_added_to(without_lengths):
    with searchlib.open(without_lengths) as index:
        total, segments = index.search("harbour").total, _knows_lengths(index)
        with index.writer() as writer:
            writer.add(Article(id="later", title="A later harbour report", updated="2025-01-01"))

        assert set(segments) == {False}
        assert index.search("harbour").total == total + 1
        assert sorted(_knows_lengths(index)) == [*segments, True]


@pytest.mark.parametrize("tree", [LengthRange(5), DateRange(field="updated"), Has("updated"), Not(Has("body"))])
def test_a_question_of_lengths_says_what_to_do_and_is_answered_after_it(without_lengths, tree):
    with searchlib.open(without_lengths) as index, index._lent() as (_, searcher):
        with pytest.raises(UpgradeNeededError, match="merge --upgrade"):
            plan(tree, searcher.analyzer, searcher._vocabulary)
        count = index.upgrade()

        with index._lent() as (_, searcher):
            plan(tree, searcher.analyzer, searcher._vocabulary)
        assert count == len(_articles(index))
        assert set(_knows_lengths(index)) == {True}
        assert index.upgrade() == 0


def test_merging_rewrites_segments_without_lengths(without_lengths):
    with searchlib.open(without_lengths) as index:
        index.merge()

        assert _knows_lengths(index) == [True]


def test_commits_merge_no_segment_without_lengths_with_others(without_lengths):
    with searchlib.open(without_lengths) as index:
        before = len(_knows_lengths(index))
        for number in range(12):
            with index.writer() as writer:
                writer.add(Article(id=f"n{number}", body="A new harbour."))
        known = _knows_lengths(index)

        assert known.count(False) == before
        assert 0 < known.count(True) < 12


def test_whooshs_writer_merges_no_segment_without_lengths(without_lengths):
    with searchlib.open(without_lengths) as index:
        before = len(_knows_lengths(index))
        writer = index.whoosh.writer()
        writer.add_document(id="w", title="Written by Whoosh", body="A harbour.")
        writer.commit(optimize=True)
        index.refresh()

        assert sorted(_knows_lengths(index)) == [False] * before + [True]


@pytest.mark.parametrize("codec", ["native", "whoosh"])
def test_merges_keep_lengths_and_updates(tmp_path, codec):
    with searchlib.create(tmp_path / "index", codec=codec) as index:
        for number in (2, 0, 1):
            with index.writer() as writer:
                body = "word " * number
                updated = "2023" if number else None
                published = f"202{number}"
                writer.add(Article(id=str(number), title="T", body=body, updated=updated, published=published))
                writer.add(Article(id=f"gone{number}", title="T"))
        writer = index.whoosh.writer()
        writer.add_document(id="w", title="By Whoosh", text="a b c", updated="2023-01-01T00:00:00Z")
        writer.commit(merge=False)
        index.refresh()
        with index.writer() as writer:
            for number in range(3):
                writer.delete(f"gone{number}")
            writer.merge()

        with index._lent() as (snapshot, _):
            (reader,) = snapshot.readers
            columns = [reader.column_reader(name, translate=False) for name in (LENGTH, UPDATED)]
            found = {
                snapshot.article_id(0, docnum): (columns[0][docnum], columns[1][docnum] != UNDATED)
                for docnum in range(reader.doc_count_all())
                if not reader.is_deleted(docnum)
            }

    assert found == {"0": (1, False), "1": (2, True), "2": (3, True), "w": (3, True)}


@pytest.mark.parametrize("sort", ["length", "shortest"])
def test_sorting_by_length_says_what_to_do_and_works_after_it(without_lengths, sort):
    with searchlib.open(without_lengths) as index:
        with pytest.raises(UpgradeNeededError, match="merge --upgrade"):
            index.search("harbour", sort=sort)
        assert len(index.search("harbour", sort="title")) == 10
        index.upgrade()

        assert len(index.search("harbour", sort=sort)) == 10
