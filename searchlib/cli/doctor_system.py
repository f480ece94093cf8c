"""How the installation is, for `searchlib doctor`: the program, its extras, the terminal, settings from outside."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from searchlib.cli.doctor_extras import extra_findings, installed_version
from searchlib.cli.findings import Finding

__all__ = ["system_findings"]

# Distributions that install a package `whoosh`: the first is the maintained one, and the only one that is needed.
_WHOOSH: Final = ("whoosh3", "Whoosh", "Whoosh-Reloaded")
# Programs that whoosh3 brings along with its package.
_OF_WHOOSH: Final = ("whoosh", "whoosh-mcp")
_SETTINGS: Final = ("SEARCHLIB_INDEX", "SEARCHLIB_QUESTIONS", "SEARCHLIB_DEBUG", "NO_COLOR", "FORCE_COLOR")
# Of several writing systems: an encoding that lacks one of them shows it as escapes.
_LETTERS: Final = "éЖ金"
_UTF8: Final = "set PYTHONUTF8=1" if os.name == "nt" else "export LC_ALL=C.UTF-8"


def system_findings() -> Iterator[Finding]:
    """All but the index."""
    yield from _program()
    yield from extra_findings()
    yield from _terminal()
    yield from _settings()
    yield from _programs()


def _program() -> Iterator[Finding]:
    from searchlib.engines.embedded import DEFAULT_CODEC, FORMAT
    from searchlib.kernels import KERNELS

    package = Path(__file__).parents[1]
    yield Finding("program", "searchlib", f"{installed_version('searchlib') or 'not installed'}, in {package}")
    yield Finding("program", "python", f"{platform.python_version()} ({sys.implementation.name}), {sys.executable}")
    yield Finding("program", "system", f"{platform.platform()}, {_processor()}")
    yield Finding("program", "kernels", f"{len(KERNELS)} compiled modules, all there")
    yield Finding("program", "codec", f"{DEFAULT_CODEC}, index format {FORMAT}")
    yield _whoosh()
    yield Finding("program", "sqlite", _sqlite())


def _processor() -> str:
    """Kind of processor, cores, and whether it has the instructions that some kernels are compiled for too."""
    words = [platform.machine() or "unknown processor", f"{os.cpu_count() or 1} cores"]
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").split()
    except OSError:
        flags = []
    return ", ".join([*words, "AVX2"] if "avx2" in flags else words)


def _whoosh() -> Finding:
    found = {name: version for name in _WHOOSH if (version := installed_version(name))}
    value = ", ".join(f"{name} {version}" for name, version in found.items()) or "not installed"
    others = [name for name in found if name != _WHOOSH[0]]
    if not others:
        return Finding("program", "whoosh", value)
    return Finding(
        "program",
        "whoosh",
        value,
        f"{' and '.join(found)} install the same package 'whoosh', over each other. searchlib needs {_WHOOSH[0]}.",
        f"pip uninstall -y {' '.join(others)} && pip install --force-reinstall {_WHOOSH[0]}",
    )


def _sqlite() -> str:
    try:
        import sqlite3
    except ImportError:
        return "not in this Python: tables of SQLite are not read"
    return sqlite3.sqlite_version


def _terminal() -> Iterator[Finding]:
    encoding = sys.stdout.encoding or "unknown"
    problem = None
    try:
        _LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        problem = (
            f"Standard output is written in {encoding}, which lacks letters: those are shown as escapes (\\u91d1)."
        )
    yield Finding("terminal", "encoding", encoding, problem, _UTF8 if problem else None)
    yield Finding("terminal", "locale", f"{locale.setlocale(locale.LC_CTYPE)}, files in {sys.getfilesystemencoding()}")
    size = shutil.get_terminal_size()
    is_terminal = sys.stdout.isatty()
    yield Finding("terminal", "output", f"{size.columns} columns, {size.lines} lines" if is_terminal else "no terminal")


def _settings() -> Iterator[Finding]:
    for name in _SETTINGS:
        value = os.environ.get(name)
        if value is None:
            continue
        problem = remedy = None
        # Whether there is an index is said with the index.
        if name == "SEARCHLIB_QUESTIONS" and not os.path.isfile(value):
            problem = f"${name} names {value}, and there is no such file."
            remedy = f"set {name}=" if os.name == "nt" else f"unset {name}"
        yield Finding("settings", f"${name}", value or "empty", problem, remedy)


def _programs() -> Iterator[Finding]:
    """What stands on the PATH."""
    own = shutil.which("searchlib")
    yield Finding("programs", "searchlib", own or f"not on the PATH; '{sys.executable} -m searchlib' is the same")
    for name in _OF_WHOOSH:
        if path := shutil.which(name):
            yield Finding("programs", name, f"{path}; {_WHOOSH[0]} installs it, and searchlib does not use it")
