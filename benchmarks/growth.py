"""How time grows with the length of hostile texts, and how long a query takes as a process; prints what is too much.

Everything that reads text from outside is to take time in proportion to its length. Each row is one way to provoke
more: a piece, repeated to a length and to four times that length, and how often as long the second takes (the best of
five each, the garbage collector off). Run it on a machine that does nothing else; it exits with 1 where a row grows
more than twice as fast as its text.

    python benchmarks/growth.py
"""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

from searchlib.analysis import Analyzer
from searchlib.errors import SearchlibError
from searchlib.query import parse
from searchlib.sources import read
from searchlib.sources.web_pages.markup import strip_markup
from searchlib.sources.wire.safe_xml import parse_xml

REPEATS = 5
TIMES_LONGER = 4
MAX_GROWTH = 2 * TIMES_LONGER
#: What a query as a process may take from start to end.
MAX_START_S = 0.4

NOW = datetime(2023, 9, 13, tzinfo=timezone.utc)
ANALYZED = ["a", "a-", "a.", "a'", "a&", "1,", "北", "e\u0301", "\u0301", "+", " a", "U.S.-"]
ASKED = [
    "(", ")", "()", '"', "-", "- ", "NOT ", "a:", "title:", "title: ", "title:(", "a* ", "/", "\\", "\\(", "^1", "a^1",
    "~", "(a OR ", "a NEAR/5 ", ".", "a*..", "date:x ", "(-", "/(\\", "AND ", "NOT (", '="', "|", "\ud800", " ",
]  # fmt: skip
MARKED_UP = [
    "<",
    "<a ",
    "<!--",
    "<!-- >",
    "<![",
    "<![ >",
    "<?",
    "</",
    "<a b='",
    "<a<",
    "&#",
    "<script></",
    "<li>",
    "<td>x",
]
XML = ["<a>", "<a b='c' ", "<!--", "<![CDATA[", "<!DOCTYPE a [<!ENTITY x 'y'>"]
RECORDS = [
    "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/gif\r\nContent-Length: 60000000\r\n\r\nGIF\r\n\r\n",
    '{"headline": "a", "byline": "Ana, ',
    "title,text\n",
    "<item><category>c</category>",
]


def main() -> int:
    """Measure all of it; 1 if something takes too long."""
    failed = False
    for kind, piece, work, length in _cases():
        short, long = (_best_s(work, (piece * n)[:n]) for n in (length, TIMES_LONGER * length))
        is_too_much = long > MAX_GROWTH * short and long > 0.05
        failed |= is_too_much
        print(f"{kind:10} {piece[:16]!r:22} {long * 1000:9.1f} ms {long / short:6.1f}x{'  TOO MUCH' * is_too_much}")
    start = _process_s()
    print(f"a query as a process takes {start * 1000:.0f} ms{'  TOO MUCH' * (start > MAX_START_S)}")
    return int(failed or start > MAX_START_S)


def _cases() -> Iterator[tuple[str, str, Callable[[str], object], int]]:
    for piece in ANALYZED:
        yield "analysis", piece, lambda text: Analyzer("en").tokens(text), 20_000
    for piece in ASKED:
        yield "a query", piece, lambda text: parse(text, zone=timezone.utc, now=NOW), 16_000
    for piece in MARKED_UP:
        yield "markup", piece, strip_markup, 150_000
    for piece in XML:
        yield "XML", piece, _parse_xml, 250_000
    for piece in RECORDS:
        yield "a source", piece, lambda text: list(read(io.BytesIO(text.encode()))), 100_000


def _parse_xml(text: str) -> None:
    with suppress(ValueError, SearchlibError):
        parse_xml(text.encode())


def _best_s(work: Callable[[str], object], text: str) -> float:
    best = float("inf")
    gc.disable()
    try:
        for _ in range(REPEATS):
            started = time.process_time()
            work(text)
            best = min(best, time.process_time() - started)
    finally:
        gc.enable()
    return max(best, 1e-6)


def _process_s() -> float:
    """The best time of a query as a process of its own."""
    best = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder) / "news.index")
        source = Path(folder) / "a.jsonl"
        source.write_text('{"id": "1", "title": "Herring"}\n', encoding="utf-8")
        searchlib = [sys.executable, "-m", "searchlib"]
        subprocess.run([*searchlib, "index", str(source), "--index", index], check=True, capture_output=True)
        for _ in range(REPEATS):
            started = time.perf_counter()
            subprocess.run([*searchlib, "query", "herring", "--index", index], check=True, capture_output=True)
            best = min(best, time.perf_counter() - started)
    return best


if __name__ == "__main__":
    sys.exit(main())
