"""Draw what the command line prints as pictures: `python docs/screenshots/draw.py FOLDER`, or `make screenshots`.

Each command runs in a terminal of 80 columns of its own (a pseudo-terminal; not on Windows), on an index of the sample
articles. What it prints becomes an SVG, in dark and in light. The same articles give the same pictures.
"""

from __future__ import annotations

import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI
from rich.text import Text

COLUMNS = 80
ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "articles"
THEMES = {"dark": MONOKAI, "light": DEFAULT_TERMINAL_THEME}

INDEX = ["index", "articles", "--timezone", "Europe/London"]
#: What moves the cursor and erases lines, and what differs from run to run.
ERASED = re.compile(r"\x1b\[(?:\?25[lh]|\d*[ABCDGJK])")
PROGRESS = re.compile(r"· [\d,]+/s ·")
TIMED = re.compile(r" in [\d.]+ s \([\d,]+ articles/s\)")
#: Name of the picture → the command. The first makes the index, the last is an error.
COMMANDS = {
    "index": INDEX,
    "query": ["query", '"armoured train" summit', "--limit", "3"],
    "facets": ["query", "measles", "--limit", "1", "--facets", "section,publisher", "--timeline", "month"],
    "kwic": ["kwic", "measles", "--limit", "8"],
    "show": ["show", "urqnzof2jmdrxccdo"],
    "error": ["query", "climate NEAR/x summit", "--strict"],
}


def printed(arguments: list[str], folder: str) -> bytes:
    """What a command prints on a terminal of 80 columns, both streams."""
    ours, theirs = pty.openpty()
    settings = {
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "LINES": "40",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", "searchlib", *arguments],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, cwd=folder, env={**kept, **settings},
    ):  # fmt: skip
        os.close(theirs)
        pieces = []
        # Where the other end is closed, Linux has an error and macOS nothing to read.
        try:
            while piece := os.read(ours, 1 << 16):
                pieces.append(piece)
        except OSError:
            pass
        os.close(ours)
    return b"".join(pieces)


def screen_of(output: bytes) -> str:
    """What is on the screen in the end: of a line that was written anew, the last; no time that a load took."""
    lines = output.decode("utf-8").replace("\r\n", "\n").rstrip().split("\n")
    shown = [ERASED.sub("", line.rpartition("\r")[2]) for line in lines]
    return TIMED.sub("", "\n".join(line for line in shown if not PROGRESS.search(line)))


def draw(name: str, arguments: list[str], output: str, folder: Path) -> None:
    """Write the pictures of a command and its output."""
    shown = " ".join(f"'{each}'" if " " in each else each for each in arguments)
    for theme_name, theme in THEMES.items():
        console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
        console.print(Text(f"$ searchlib {shown}", style="bold"))
        console.print(Text.from_ansi(output), soft_wrap=True)
        svg = console.export_svg(title="searchlib", theme=theme, unique_id=f"searchlib-{name}")
        # The fonts of whoever looks are good enough; nothing is loaded from elsewhere.
        svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
        (folder / f"{name}-{theme_name}.svg").write_text(svg, encoding="utf-8")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(ARTICLES, Path(work) / "articles")
        for name, arguments in COMMANDS.items():
            draw(name, arguments, screen_of(printed(arguments, work)), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
