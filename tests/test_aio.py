"""An index that is awaited: it answers as the index does, and what is cancelled has stopped."""

from __future__ import annotations

import asyncio
import inspect
import threading

import pytest

import searchlib
from searchlib import aio
from searchlib.article import Article
from searchlib.cancellation import Cancellation
from searchlib.engines.base import Engine, Writer
from searchlib.errors import (
    EngineUnavailableError,
    IndexLockedError,
    IndexNotFoundError,
    QueryError,
    SearchCancelledError,
    SettingError,
)
from searchlib.searching import Deadline

ARTICLES = [Article(id=str(n), title="Kim", body="kim putin " * 9, published="2023") for n in range(100, 400)]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("aio") / "news.index"
    with searchlib.create(path) as index, index.writer() as writer:
        writer.add_all(ARTICLES)
    return path


def run(path, work, **options):
    """What `work` returns, given an index that is awaited; and the index is closed."""

    async def main():
        async with await aio.open(path, **options) as index:
            return await asyncio.wait_for(work(index), 60)

    return asyncio.run(main())


ASKED = {
    "search": ("kim",),
    "complete": ("put",),
    "suggest": ("kmi putin",),
    "similar": ("100",),
    "explain": ("kim putin",),
    "why_not": ("100", "oil"),
    "concordance": ("kim",),
    "get": ("100",),
    "marked": ("100", "kim"),
    "file": ("nowhere.txt",),
    "stats": (),
    "refresh": (),
    "verify": (),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_awaited_is_what_the_index_answers(path, name):
    with searchlib.open(path) as index:
        expected = getattr(index, name)(*ASKED[name])

    assert run(path, lambda index: getattr(index, name)(*ASKED[name])) == expected


def test_queries_are_compared(path):
    assert run(path, lambda index: index.compare(["kim", "oil"], by="year")).buckets[0].counts == (300, 0)


def test_every_method_of_the_protocol_can_be_awaited_with_its_own_signature():
    # Of methods with overloads a protocol has no signature; what keeps to the protocol has it.
    sides = [(Engine, searchlib.Index, aio.AsyncIndex), (Writer, Writer, aio.AsyncWriter)]
    for engine, made, awaited in sides:
        names = [name for name, value in vars(engine).items() if not name.startswith("_") and inspect.isfunction(value)]
        missing = [name for name in names if not hasattr(awaited, name)]

        # Rows are made of hits that are there already.
        assert set(missing) <= {"rows"}
        for name in set(names) - set(missing) - {"writer"}:
            signed = engine if getattr(engine, name).__name__ == name else made
            ours, theirs = (inspect.signature(getattr(each, name)) for each in (awaited, signed))
            assert list(ours.parameters) == list(theirs.parameters), name
            assert getattr(awaited, name).__doc__, name


def test_many_tasks_search_at_once_in_a_bounded_number_of_threads(path, monkeypatch):
    names = set()
    search = searchlib.Index.search

    def seen(self, *arguments, **options):
        names.add(threading.current_thread().name)
        return search(self, *arguments, **options)

    monkeypatch.setattr(searchlib.Index, "search", seen)

    async def work(index):
        return await asyncio.gather(*(index.search("kim", limit=n) for n in range(50)))

    pages = run(path, work, threads=2)

    assert [len(page) for page in pages] == list(range(50))
    assert 1 <= len(names) <= 2


def test_the_event_loop_runs_on_while_an_index_is_searched(path, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    search = searchlib.Index.search

    def waiting(self, *arguments, **options):
        begun.set()
        assert go_on.wait(60)
        return search(self, *arguments, **options)

    monkeypatch.setattr(searchlib.Index, "search", waiting)

    async def work(index):
        task = asyncio.create_task(index.search("kim"))
        while not begun.is_set():
            await asyncio.sleep(0)
        go_on.set()
        return await task

    assert run(path, work).total == 300


def _held(monkeypatch, look, number=1):
    """Hold a search at one of its looks at the clock until it is cancelled, and have that look see nothing.

    Returns an event, set when it is held, and the arguments of each look.
    """
    reached, looks = threading.Event(), []
    original = getattr(Deadline, look)

    def held(self, *arguments):
        looks.append(arguments)
        if len(looks) != number:
            return original(self, *arguments)
        reached.set()
        while not self.cancellation.is_cancelled:
            threading.Event().wait(0.001)
        return False

    monkeypatch.setattr(Deadline, look, held)
    return reached, looks


@pytest.mark.parametrize("way", ["cancel", "timeout"])
def test_a_cancelled_task_has_stopped_its_search_in_the_kernels(path, monkeypatch, way):
    reached, looks = _held(monkeypatch, "stop")

    async def work(index):
        if way == "timeout":
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(index.search("kim", limit=300), 0.5)
        else:
            task = asyncio.create_task(index.search("kim", limit=300))
            while not reached.is_set():
                await asyncio.sleep(0.001)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        # The look before the first window saw nothing. Then the kernels said that it is over, and nobody looked again.
        seen = list(looks)
        monkeypatch.undo()
        return seen, (await index.search("kim", limit=1)).total

    assert run(path, work, threads=1) == ([(), (True,)], 300)


def test_a_task_cancelled_in_the_line_asks_nothing(path, monkeypatch):
    reached, looks = _held(monkeypatch, "stop")

    async def work(index):
        first = asyncio.create_task(index.search("kim"))
        while not reached.is_set():
            await asyncio.sleep(0.001)
        second = asyncio.create_task(index.search("putin"))
        await asyncio.sleep(0)
        for task in (second, first):
            task.cancel()
        return await asyncio.gather(first, second, return_exceptions=True)

    assert [type(each) for each in run(path, work, threads=1)] == [asyncio.CancelledError] * 2
    assert len(looks) == 2


def test_a_task_cancelled_twice_still_waits_for_its_thread(path, monkeypatch):
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def verify(self):
        begun.set()
        assert go_on.wait(60)
        ended.append(True)
        return []

    monkeypatch.setattr(searchlib.Index, "verify", verify)

    async def work(index):
        task = asyncio.create_task(index.verify())
        while not begun.is_set():
            await asyncio.sleep(0.001)
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0.01)
        assert not task.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        return list(ended)

    assert run(path, work) == [True]


def test_a_cancellation_around_the_task_cancels_what_it_awaits(path):
    async def work(index):
        with Cancellation() as cancellation:
            cancellation.cancel()
            with pytest.raises(SearchCancelledError):
                await index.search("kim")
        return await index.count()

    assert run(path, work) == 300


def test_a_scan_gives_every_hit_and_says_before_how_many(path):
    async def work(index):
        async with index.scan("kim") as scan:
            return scan.total, scan.query, scan.diagnostics, [hit.article.id async for hit in scan]

    total, query, diagnostics, ids = run(path, work)

    assert (total, query, diagnostics) == (300, "kim", ())
    assert ids == [article.id for article in ARTICLES]


def test_a_scan_that_has_not_begun_knows_nothing_and_one_that_is_over_still_does(path):
    async def work(index):
        scan = index.scan("kim", snippets=True)
        with pytest.raises(EngineUnavailableError, match="async with"):
            _ = scan.total
        first = await scan.__anext__()
        await scan.aclose()
        rest = [hit async for hit in scan]
        return first.snippet.text[:3], rest, scan.total

    assert run(path, work) == ("kim", [], 300)


def test_a_cancelled_scan_is_over(path, monkeypatch):
    reached, looks = _held(monkeypatch, "check", 80)

    async def work(index):
        scan = index.scan("kim")
        first = [await scan.__anext__() for _ in range(64)]
        task = asyncio.create_task(scan.__anext__())
        while not reached.is_set():
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(first), [hit async for hit in scan], len(looks)

    assert run(path, work) == (64, [], 81)


def test_what_a_scan_raises_its_first_hit_does(path):
    async def work(index):
        with pytest.raises(QueryError):
            async for _ in index.scan("date:nonsense", strict=True):
                pass
        with pytest.raises(SettingError):
            async with index.scan(5):
                pass
        return True

    assert run(path, work)


def test_what_comes_before_an_error_is_given_first(path):
    def queries():
        yield "kim"
        yield "putin"
        raise OSError("the file of queries ended")

    async def work(index):
        totals = []
        with pytest.raises(OSError, match="of queries"):
            async for row in index.search_many(queries()):
                totals.append(row.page.total)  # noqa: PERF401
        return totals

    assert run(path, work) == [300, 300]


def test_many_queries_have_a_row_each_also_with_threads_of_their_own(path):
    async def work(index):
        return [row.page.total async for row in index.search_many(["kim", "oil"] * 50, threads=2)]

    assert run(path, work) == [300, 0] * 50


def test_all_articles_and_files_are_given(path):
    async def work(index):
        return {article.id async for article in index.articles()}, [file async for file in index.files()]

    assert run(path, work) == ({article.id for article in ARTICLES}, [])


def test_an_index_is_made_filled_merged_and_read(tmp_path):
    async def work(index):
        async with index.writer() as writer:
            assert await writer.add(ARTICLES[0]) is False
            report = await writer.add_all(ARTICLES[1:9])
            assert await writer.delete("101") is True
            assert await writer.delete_by_query("id:102") == 1
        async with index.writer() as writer:
            await writer.add(ARTICLES[20])
        await index.merge()
        return report.added, await index.count(), (await index.search("kim")).total, index.generation

    assert run(tmp_path / "new.index", work, create=True) == (8, 8, 8, 3)


def test_articles_come_from_async_sources_too(tmp_path):
    threads = set()

    async def articles():
        for article in ARTICLES[:5]:
            await asyncio.sleep(0)
            threads.add(threading.current_thread())
            yield article

    counts = []

    async def work(index):
        async with index.writer() as writer:
            report = await writer.add_all(articles(), progress=counts.append)
        return report.added, await index.count()

    assert run(tmp_path / "new.index", work, create=True) == (5, 5)
    assert counts == [1, 2, 3, 4, 5]
    assert threads == {threading.main_thread()}


def test_an_exception_and_a_cancellation_in_the_block_of_a_writer_discard_everything(tmp_path):
    async def work(index):
        with pytest.raises(ZeroDivisionError):
            async with index.writer() as writer:
                await writer.add(ARTICLES[0])
                raise ZeroDivisionError

        async def endless():
            yield ARTICLES[1]
            begun.set()
            await asyncio.sleep(3600)

        async def write():
            async with index.writer() as writer:
                await writer.add_all(endless())

        begun = asyncio.Event()
        task = asyncio.create_task(write())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with index.writer(timeout_s=0) as writer:
            await writer.add(ARTICLES[2])
        return [article.id async for article in index.articles()]

    assert run(tmp_path / "new.index", work, create=True) == ["102"]


def test_a_task_that_waits_for_the_writers_lock_can_be_cancelled(path):
    async def work(index):
        async with index.writer():
            with pytest.raises(IndexLockedError):
                async with index.writer(timeout_s=0):
                    pass
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(index.writer(timeout_s=3600).__aenter__(), 0.1)
        return await index.count()

    assert run(path, work) == 300


def test_the_progress_of_what_cannot_be_called_is_refused(path):
    async def work(index):
        async with index.writer() as writer:
            with pytest.raises(SettingError):
                await writer.add_all([], progress=5)
        with pytest.raises(EngineUnavailableError):
            await writer.add(ARTICLES[0])
        with pytest.raises(EngineUnavailableError, match="async with"):
            await index.writer().add(ARTICLES[0])
        return True

    assert run(path, work)


def test_closing_waits_for_what_runs_and_lets_nothing_more_in(path, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def verify(self):
        begun.set()
        assert go_on.wait(60)
        return self.path.name

    monkeypatch.setattr(searchlib.Index, "verify", verify)

    async def work(index):
        running = asyncio.create_task(index.verify())
        while not begun.is_set():
            await asyncio.sleep(0.001)
        closing = [asyncio.create_task(index.close()) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(EngineUnavailableError, match=r"aio\.open"):
            await index.search("kim")
        assert not any(task.done() for task in closing)
        go_on.set()
        await asyncio.gather(*closing)
        return await running

    assert run(path, work) == "news.index"


def test_an_index_that_is_not_there_is_said_and_threads_are_a_number(tmp_path, path):
    with pytest.raises(IndexNotFoundError):
        asyncio.run(aio.open(tmp_path / "none"))
    for threads in (0, 65, 1.5, True, "4"):
        with pytest.raises(SettingError, match="threads"):
            asyncio.run(aio.open(path, threads=threads))


def test_an_index_is_opened_as_by_the_library(tmp_path):
    async def work(index):
        return index.engine.settings.language, index.zone.key, repr(index)

    language, zone, said = run(tmp_path / "a", work, create=True, language="de", timezone="Asia/Singapore")

    assert (language, zone) == ("de", "Asia/Singapore")
    assert said.startswith("<searchlib.aio.AsyncIndex of <searchlib.Index")
