"""Pieces of work are done in order, beside their caller or not; after one that fails no other is."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, get_ident

import pytest

from searchlib.index.background import Background


def _wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for another thread; the suite's timeout ends what never comes."""
    while not is_so():
        time.sleep(0.001)


@pytest.fixture(params=[False, True], ids=["here", "beside"])
def background(request):
    background = Background(threaded=request.param)
    yield background
    background.end()


def test_work_is_done_in_order(background):
    done: list[int] = []

    results = [background.do(lambda number=number: done.append(number) or number) for number in range(50)]

    assert [result.result() for result in results] == done == list(range(50))


def test_work_is_done_in_another_thread_only_where_there_is_one():
    assert Background(threaded=False).do(get_ident).result() == get_ident()
    beside = Background(threaded=True)
    assert beside.do(get_ident).result() != get_ident()
    beside.end()


def test_what_fails_is_raised_and_nothing_is_done_after_it(background):
    done: list[str] = []

    def fail() -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        background.do(fail).result()
    with pytest.raises(OSError, match="no space left"):
        background.do(lambda: done.append("after")).result()
    assert done == []


def test_what_is_interrupted_is_not_gone_on_with(background):
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        background.do(interrupted).result()
    with pytest.raises(RuntimeError, match="interrupted"):
        background.do(lambda: None).result()


def test_after_an_interrupt_while_it_waits_nothing_is_done(monkeypatch):
    background, done = Background(threaded=True), []

    def interrupted(timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as waiting:
        waiting.setattr(background._room, "acquire", interrupted)
        with pytest.raises(KeyboardInterrupt):
            background.do(lambda: done.append(1))

    with pytest.raises(RuntimeError, match="interrupted"):
        background.do(lambda: done.append(2))
    background.end()
    assert done == []


def test_where_no_thread_can_be_started_nothing_waits_for_ever(monkeypatch):
    background = Background(threaded=True)

    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(background._executor, "submit", refused)
    for _ in range(20):
        with pytest.raises(RuntimeError, match="can't start new thread"):
            background.do(lambda: None)
    background.end()


def test_who_gives_more_than_is_done_waits():
    background, go = Background(threaded=True), Event()
    given: list[int] = []

    def give() -> None:
        for number in range(20):
            background.do(go.wait)
            given.append(number)

    giver = Background(threaded=True)
    waiting = giver.do(give)
    _wait_until(lambda: len(given) == 4)
    assert not waiting.done()
    go.set()
    waiting.result()
    assert len(given) == 20
    giver.end()
    background.end()


def test_what_waits_at_the_end_is_not_done():
    background, ender, go = Background(threaded=True), Background(threaded=True), Event()
    done: list[int] = []
    background.do(go.wait)
    waiting = [background.do(lambda number=number: done.append(number)) for number in range(3)]

    ended = ender.do(background.end)
    _wait_until(lambda: all(result.cancelled() for result in waiting))
    assert not ended.done()
    go.set()
    ended.result()

    assert done == []
    background.end()
    ender.end()
