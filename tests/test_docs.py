"""What README.md and docs/*.md show is run, so that it cannot go stale.

The blocks of one page are run in order of appearance, in a fresh folder that holds copies
of the sample articles as ``examples/articles`` and ``articles``, and is the home folder:

- ``python`` blocks share one namespace. Where the next block is a ``text`` block, it is
  exactly what the Python block prints.
- In ``console`` blocks, lines that begin with ``$ searchlib`` are run by the shell (pipes
  work) and must end with exit code 0; ``console exit=1`` expects that code from each of its
  commands. Other lines are what a command prints, or other programs, and are not looked at.
- A block whose language is followed by ``no-run`` is left alone.

docs/cli.md is not among the pages: it is generated from the help texts, shows usage lines
instead of commands, and has a test of its own.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import searchlib

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted(page for page in (ROOT / "docs").glob("*.md") if page.name != "cli.md")]

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: what its fence says, its text, and the line of the page on which the text begins."""

    info: list[str]
    text: str
    line: int


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_works(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not page.exists():
        pytest.skip(f"{page.name} is not written yet")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "examples" / "articles", tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SEARCHLIB_INDEX", raising=False)

    blocks = [*_blocks(page.read_text(encoding="utf-8")), Block([], "", 0)]
    namespace: dict[str, Any] = {"__name__": page.stem}
    for block, following in pairwise(blocks):
        if "no-run" in block.info:
            continue
        if block.info[:1] == ["python"]:
            _run_python(block, page, namespace)
            printed = capsys.readouterr().out
            if following.info[:1] == ["text"]:
                assert printed == following.text, f"{page.name}, line {block.line}"
        elif block.info[:1] == ["console"]:
            _run_console(block, page)
    # A short page need not say how to close what it opened.
    for value in namespace.values():
        if isinstance(value, searchlib.Index):
            value.close()


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "examples" / "README.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    if not page.exists():
        pytest.skip(f"{page.name} is not written yet")
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_guide_has_code_to_run() -> None:
    blocks = list(_blocks((ROOT / "docs" / "guide.md").read_text(encoding="utf-8")))

    assert len([block for block in blocks if block.info[:1] == ["python"]]) >= 10
    assert len([command for block in blocks for command in _commands(block)]) >= 10


def test_a_block_is_found_with_its_line() -> None:
    page = "# Title\n\n```python\nx = 1\n```\n\n```console exit=1\n$ searchlib query x\nnothing\n```\n"

    assert list(_blocks(page)) == [
        Block(["python"], "x = 1\n", 4),
        Block(["console", "exit=1"], "$ searchlib query x\nnothing\n", 8),
    ]


def _blocks(page: str) -> Iterator[Block]:
    for match in _FENCE.finditer(page):
        yield Block(match["info"].split(), match["text"], page.count("\n", 0, match.start("text")) + 1)


def _commands(block: Block) -> list[str]:
    return re.findall(r"^\$ (searchlib .*)$", block.text, re.MULTILINE)


def _run_python(block: Block, page: Path, namespace: dict[str, Any]) -> None:
    # Empty lines in front, so that a traceback names the line of the page.
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
    exec(code, namespace)


def _run_console(block: Block, page: Path) -> None:
    expected = next((int(word.removeprefix("exit=")) for word in block.info if word.startswith("exit=")), 0)
    for command in _commands(block):
        # The searchlib of this very Python, whichever is first on the path.
        program = f'searchlib() {{ {shlex.quote(sys.executable)} -m searchlib "$@"; }}\n{command}'
        run = subprocess.run(
            ["sh", "-c", program],
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        assert run.returncode == expected, f"{page.name}, line {block.line}: {command}\n{run.stdout}{run.stderr}"
