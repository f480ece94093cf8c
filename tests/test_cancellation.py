"""Stopping a search from another thread: blocks, threads, and blocks in blocks."""

from __future__ import annotations

import threading
from contextvars import copy_context

import pytest

from searchlib.cancellation import Cancellation, check_cancelled, current_cancellation
from searchlib.errors import SearchCancelledError


def test_outside_of_every_block_nothing_is_cancelled():
    Cancellation().cancel()

    check_cancelled()
    assert current_cancellation() is None


def test_what_another_thread_cancels_is_cancelled_in_the_block_and_stays_so():
    cancellation = Cancellation()
    with cancellation:
        check_cancelled()
        other = threading.Thread(target=cancellation.cancel)
        other.start()
        other.join()
        with pytest.raises(SearchCancelledError):
            check_cancelled()

    assert cancellation.is_cancelled
    check_cancelled()
    with cancellation, pytest.raises(SearchCancelledError):
        check_cancelled()


def test_an_outer_block_cancels_what_is_inside_and_an_inner_one_not_what_is_outside():
    outer, inner = Cancellation(), Cancellation()
    with outer:
        with inner:
            inner.cancel()
            with pytest.raises(SearchCancelledError):
                check_cancelled()
        check_cancelled()
        with Cancellation() as another:
            outer.cancel()
            with pytest.raises(SearchCancelledError):
                check_cancelled()

    assert (inner.is_cancelled, another.is_cancelled) == (True, True)


def test_what_begins_within_a_cancelled_block_is_cancelled_from_the_start():
    with Cancellation() as outer:
        outer.cancel()
        with Cancellation(), pytest.raises(SearchCancelledError):
            check_cancelled()


def test_a_block_that_ended_is_not_cancelled_with_the_one_around_it():
    inner = Cancellation()
    with Cancellation() as outer:
        with inner:
            pass
        outer.cancel()

    assert not inner.is_cancelled


def test_one_holds_for_several_threads_at_once_and_within_itself():
    cancellation = Cancellation()
    both = threading.Barrier(2)
    seen = []

    def work():
        with cancellation, cancellation:
            both.wait()
            cancellation.cancel()
            both.wait()
            seen.append(current_cancellation())
        seen.append(current_cancellation())

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, seen)) == ["<searchlib.Cancellation cancelled>"] * 2 + ["None"] * 2


def test_another_thread_has_no_part_in_a_block_but_in_a_copy_of_its_context():
    seen = []
    with Cancellation() as cancellation:
        plain = threading.Thread(target=lambda: seen.append(current_cancellation()))
        copied = threading.Thread(target=copy_context().run, args=(lambda: seen.append(current_cancellation()),))
        for thread in (plain, copied):
            thread.start()
            thread.join()

    assert seen == [None, cancellation]


def test_it_says_what_it_is():
    assert repr(Cancellation()) == "<searchlib.Cancellation not cancelled>"
