"""What is longer than the screen goes through the user's pager, and nothing else does."""

from __future__ import annotations

import sys

import pytest

from searchlib.cli.pager import write_paged

LONG = "line\n" * 100


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """Standard streams that pass for a terminal of 24 lines."""
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setattr("searchlib.cli.pager._on_terminal", lambda: True)
    return capfd


def through(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("PAGER", f'{sys.executable} -c "{script}"')


def test_a_long_text_goes_through_the_pager(terminal, monkeypatch):
    through(monkeypatch, "import sys; print(len(sys.stdin.read()))")

    write_paged(LONG)

    assert terminal.readouterr().out == "500\n"


def test_less_is_told_to_show_colours_and_to_leave_what_it_showed(terminal, monkeypatch):
    monkeypatch.delenv("LESS", raising=False)
    through(monkeypatch, "import os; print(os.environ['LESS'])")
    write_paged(LONG)
    monkeypatch.setenv("LESS", "mine")
    write_paged(LONG)

    assert terminal.readouterr().out == "FRX\nmine\n"


@pytest.mark.parametrize("pager", ["", "cat"])
def test_who_wants_no_pager_has_none(terminal, monkeypatch, pager):
    monkeypatch.setenv("PAGER", pager)

    write_paged(LONG)

    assert terminal.readouterr().out == LONG


def test_what_fits_the_screen_is_printed(terminal, monkeypatch):
    through(monkeypatch, "raise SystemExit(3)")

    write_paged("line\n" * 23)

    assert terminal.readouterr().out == "line\n" * 23


@pytest.mark.parametrize(("stream", "term"), [("stdin", "xterm"), ("stdout", "xterm"), (None, "dumb")])
def test_without_a_terminal_that_can_page_it_is_printed(capfd, monkeypatch, stream, term):
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", term)
    for each in ("stdin", "stdout"):
        monkeypatch.setattr(getattr(sys, each), "isatty", lambda name=each: name != stream, raising=False)
    through(monkeypatch, "raise SystemExit(3)")

    write_paged(LONG)

    assert capfd.readouterr().out == LONG


def test_who_leaves_the_pager_early_makes_no_error(terminal, monkeypatch):
    through(monkeypatch, "import sys; print(sys.stdin.readline())")

    write_paged("line\n" * 1_000_000)

    assert terminal.readouterr() == ("line\n\n", "")


def test_a_pager_that_cannot_be_started_is_said_and_the_text_printed(terminal, monkeypatch):
    monkeypatch.setenv("PAGER", "no-such-pager")

    write_paged(LONG)

    out, err = terminal.readouterr()
    assert out == LONG
    assert "'no-such-pager'" in err
    assert "could not be started" in err
