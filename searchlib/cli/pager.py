"""A pager for what is longer than the screen, as git has one."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from searchlib.cli.failures import tell

__all__ = ["write_paged"]

# F: what fits the screen is printed as by cat. R: colours are shown. X: the text stays on the screen.
_LESS: Final = "FRX"


def write_paged(text: str) -> None:
    """Write a text to standard output: through $PAGER, else less, where it is longer than the terminal.

    Where $PAGER is empty or "cat", where input or output is no terminal, and where there is no pager, it is only printed.
    """
    command = _command() if _is_longer_than_screen(text) else []
    if not command:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    env = {**os.environ, "LESS": os.environ.get("LESS", _LESS), "LV": os.environ.get("LV", "-c")}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=env)  # noqa: S603 - the user's own, and no shell
    except OSError as error:
        tell(f"$PAGER is {os.environ.get('PAGER', '')!r}, which could not be started: {error.strerror}")
        sys.stdout.write(text)
        return
    assert pager.stdin is not None, "it was asked for"
    with _without_interrupts():
        # Who has seen enough leaves the pager before all is written.
        with contextlib.suppress(BrokenPipeError):
            pager.stdin.write(text.encode("utf-8", "backslashreplace"))
        with contextlib.suppress(BrokenPipeError):
            pager.stdin.close()
        pager.wait()


def _command() -> list[str]:
    """The words of the pager's command; none if nothing pages."""
    named = os.environ.get("PAGER")
    if named is None:
        found = shutil.which("less") or shutil.which("more")
        return [found] if found else []
    words = shlex.split(named, posix=os.name != "nt")
    return [] if words == ["cat"] else words


def _is_longer_than_screen(text: str) -> bool:
    return _on_terminal() and text.count("\n") >= shutil.get_terminal_size().lines


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C is the pager's, which goes on: this process waits for it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
