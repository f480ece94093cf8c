"""What a writer is told in any order is what is found after, however many segments and threads it takes."""

from __future__ import annotations

import contextlib
import random

import pytest

import searchlib
from searchlib.article import Article
from searchlib.codec import CODECS, PlainDataStorage
from searchlib.index import Settings
from searchlib.index.building import Builders
from searchlib.index.destination import SegmentDestination
from searchlib.index.snapshot import schema_of

native_building = pytest.importorskip("searchlib.index.native_building", reason="the kernels are not compiled")


@pytest.fixture(params=[1, 2, 5], ids="threads={}".format)
def threads(request) -> int:
    return request.param


@pytest.fixture
def many_segments(monkeypatch):
    """Every few articles are full."""
    monkeypatch.setattr(native_building, "_BATCH_ARTICLES", 3)
    monkeypatch.setattr(native_building, "_BUDGET_SHARE", 1e-6)


def _article(number: int, edition: int) -> Article:
    return Article(
        id=f"a{number}",
        title=f"Edition {edition}",
        body=f"kim word{number % 7} new{edition} " + " ".join(f"w{number}x{k}" for k in range(20)),
        section="World" if number % 2 else "",
        tags=[f"t{number % 3}", "kim"],
        published=f"2023-09-{number % 28 + 1:02}",
    )


@pytest.mark.usefixtures("many_segments")
@pytest.mark.parametrize("seed", range(3))
def test_articles_added_replaced_and_deleted_in_any_order(tmp_path, threads, seed):
    chance = random.Random(seed)
    expected: dict[str, Article] = {}
    with searchlib.create(tmp_path / "index", codec="native") as index:
        for _ in range(3):
            with index.writer(threads=threads) as writer:
                for edition in range(150):
                    article = _article(chance.randrange(60), edition)
                    if chance.random() < 0.8:
                        assert writer.add(article) == (article.id in expected)
                        expected[article.id] = article.in_zone(searchlib.index.zone_of(index.settings))
                    else:
                        assert writer.delete(article.id) == (expected.pop(article.id, None) is not None)
            assert {article.id: article for article in index.articles()} == expected
            assert index.search("kim", limit=0).total == len(expected)
            assert index.search("tag:t1", limit=0).total == sum("t1" in one.tags for one in expected.values())
            assert index.verify() == []


@pytest.mark.usefixtures("many_segments")
def test_a_writer_with_threads_can_be_searched_before_it_commits(tmp_path, threads):
    with searchlib.create(tmp_path / "index", codec="native") as index, index.writer(threads=threads) as writer:
        writer.add_all(_article(number, 0) for number in range(20))

        assert writer.delete_by_query("word3") == 3
        writer.add(_article(3, 1))
    with searchlib.open(tmp_path / "index") as index:
        assert index.search("kim", limit=0).total == 18


def test_the_files_are_those_of_one_thread(tmp_path):
    sizes = []
    for threads in (1, 2):
        with searchlib.create(tmp_path / str(threads), codec="native") as index:
            with index.writer(threads=threads) as writer:
                writer.add_all(_article(number, 0) for number in range(500))
            sizes.append(sorted((path.suffix, path.stat().st_size) for path in index.path.glob("s_*")))
    assert sizes[0] == sizes[1]


@pytest.mark.usefixtures("many_segments")
def test_what_fails_in_a_thread_is_raised_and_leaves_the_last_commit(tmp_path, monkeypatch, threads):
    from searchlib.codec.native.compression import Compressor

    with searchlib.create(tmp_path / "index", codec="native") as index:
        with index.writer() as writer:
            writer.add(_article(0, 0))

        def fail(self, blocks):
            raise OSError("no space left")

        with monkeypatch.context() as failing:
            failing.setattr(Compressor, "compress", fail)
            with pytest.raises(OSError, match="no space left"), index.writer(threads=threads) as writer:
                for number in range(1, 1000):
                    writer.add(_article(number, 0))
        assert [article.id for article in index.articles()] == ["a0"]
        with index.writer(threads=threads) as writer:
            writer.add_all(_article(number, 0) for number in range(1, 10))
        assert index.search("kim", limit=0).total == 10
        assert len({path.name.split(".")[0] for path in index.path.glob("s_*")}) == index.stats().segments


@pytest.mark.usefixtures("many_segments")
def test_an_exception_in_the_with_block_forgets_all(tmp_path, threads):
    with searchlib.create(tmp_path / "index", codec="native") as index:
        with pytest.raises(KeyError), index.writer(threads=threads) as writer:
            writer.add_all(_article(number, 0) for number in range(100))
            raise KeyError
        assert index.stats().articles == 0
        assert list(index.path.glob("s_*")) == []


@pytest.mark.usefixtures("many_segments")
def test_who_goes_on_after_an_interrupt_commits_nothing(tmp_path, monkeypatch, threads):
    with searchlib.create(tmp_path / "index", codec="native") as index:
        with index.writer() as writer:
            writer.add(_article(0, 0))
        real, interrupts = native_building.NativeBuilder.hand_on, iter([False] * 5 + [True])

        def interrupted_once(builder):
            if next(interrupts, False):
                builder._invert(_interrupt)
            real(builder)

        writer = index.writer(threads=threads)
        with monkeypatch.context() as interrupting:
            interrupting.setattr(native_building.NativeBuilder, "hand_on", interrupted_once)
            for number in range(100):
                with contextlib.suppress(KeyboardInterrupt, RuntimeError):
                    writer.add(_article(number, 1))
        with pytest.raises((KeyboardInterrupt, RuntimeError)):
            writer.commit()

        assert [article.title for article in index.articles()] == ["Edition 0"]
        with index.writer(threads=threads) as writer:
            writer.add(_article(0, 2))
        assert [article.title for article in index.articles()] == ["Edition 2"]


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_an_article_that_is_lost_on_its_way_is_noticed(tmp_path):
    with searchlib.create(tmp_path / "index", codec="native") as index:
        writer = index.writer()
        writer.add(_article(0, 0))
        writer._builder._batch.clear()
        writer._builder._handed_on = 1

        with pytest.raises(RuntimeError, match="interrupted"):
            writer.commit()
        assert index.stats().articles == 0
        assert list(index.path.glob("s_*")) == []


class _Recorded:
    """A builder whose jobs and whose end are listed."""

    def __init__(self, builders, jobs: list[str], fail: bool) -> None:
        self._builders, self._jobs, self._fail = builders, jobs, fail

    def hand_on(self) -> None:
        self._builders._inverting.do(self._invert)
        self._builders._storing.do(lambda: self._jobs.append("stored"))

    def finish(self):
        self._jobs.append("written")
        return ["segment"]

    def _invert(self) -> None:
        if self._fail:
            raise OSError("no space left")
        self._jobs.append("inverted")


@pytest.mark.parametrize("threads", [1, 2])
def test_a_segment_is_written_when_its_articles_are_inverted_and_stored(tmp_path, threads):
    builders, jobs = _builders(tmp_path, threads), []

    assert builders.finish(_Recorded(builders, jobs, fail=False)).result(60) == ["segment"]
    assert (sorted(jobs[:2]), jobs[2:]) == (["inverted", "stored"], ["written"])
    builders.end()


@pytest.mark.parametrize("threads", [1, 2])
def test_no_segment_is_written_of_articles_that_could_not_be_inverted(tmp_path, threads):
    builders, jobs = _builders(tmp_path, threads), []

    with pytest.raises(OSError, match="no space left"):
        builders.finish(_Recorded(builders, jobs, fail=True)).result(60)
    builders.end()
    assert "written" not in jobs


def _builders(folder, threads: int) -> Builders:
    settings = Settings(codec="native")
    storage = PlainDataStorage(str(folder))
    return Builders(SegmentDestination(storage, schema_of(settings), settings, CODECS["native"]()), 64, threads)
