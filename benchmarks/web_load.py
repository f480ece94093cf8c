"""The reading room under load: many connections at once for a while, on loopback, and what a page takes by itself.

`searchlib serve` runs as a process of its own. First each page is asked again and again by one client: its time is the
processor time of the server, which other programs on the machine change little. Then many clients ask at once, each the
next as soon as it has an answer, while slow ones take an export a kilobyte at a time. Every answer is checked: its status,
and that its body is whole. It exits with 1 after an error, where the server grew, or where the 99th of a hundred answers
takes more than ten times the median.

    python benchmarks/web_load.py news.index --seconds 120 --connections 200 --slow 20
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import searchlib

FACETS = "section,publisher,place,author,tag"
MAX_PAGE_MS = 50
MAX_SPREAD = 10
# What caches take until they are full comes once.
MAX_GROWTH_MB = 64
WARM_UP_S = 5
TIMED = 40
SLOW_BYTES_PER_S = 1024
SLOW_PIECE = 256
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def addresses_of(index: Path) -> dict[str, str]:
    """Pages by name, with words and an article that the index has."""
    with searchlib.open(index) as opened:
        frequent = [each.text for each in opened.complete("s", limit=3)] or ["the"]
        some = next(iter(opened.search(frequent[0], limit=1)))
    broad, other = frequent[0], frequent[-1]
    article = quote(some.article.id, safe="")
    counted = f"facets={FACETS}&facet_limit=20&by=month"
    return {
        "page: a word": f"/?q={broad}",
        "page: everything": "/?q=",
        "page: one of two words": f"/?q={broad}+{other}&any=1",
        "page: an article": f"/articles/{article}?q={broad}",
        "page: words in context": f"/context?q={broad}",
        "JSON: a word": f"/api/search?q={broad}",
        "JSON: a word, five facets and a timeline": f"/api/search?q={broad}&{counted}",
        "JSON: everything, five facets and a timeline": f"/api/search?q=&{counted}",
        "JSON: one of two words, the newest": f"/api/search?q={broad}+{other}&any=1&sort=newest",
        "JSON: a phrase": f"/api/search?q=%22{quote(some.article.title.split()[0])}+{broad}%22",
        "JSON: an article": f"/api/articles/{article}",
        "JSON: completion": f"/api/complete?q={broad[:3]}",
        "JSON: a timeline with shares": f"/api/timeline?q={broad}&by=month&share=1",
        "a feed": f"/feed.atom?q={broad}",
        "a timeline as SVG": f"/api/timeline.svg?q={broad}&by=month",
    }


@dataclass
class Server:
    """A server that runs, and its processes."""

    port: int
    pids: list[int]

    def processor_s(self) -> float:
        """Processor time until now, in seconds."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids]
        return sum(int(each[11]) + int(each[12]) for each in fields) / _TICKS_PER_S

    def resident_mb(self) -> float:
        """Memory of its own, in megabytes: files of the index that are mapped are not counted."""
        fields = [Path(f"/proc/{pid}/statm").read_text().split() for pid in self.pids]
        return sum(int(each[1]) - int(each[2]) for each in fields) * _PAGE_BYTES / 1e6


@contextmanager
def serving(index: Path, workers: int) -> Iterator[Server]:
    """Within it, an index is served on a port that was free."""
    command = [sys.executable, "-m", "searchlib", "serve", str(index), "--port", "0", "--no-log"]
    running = subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        said = re.search(r"http://[^:]*:(\d+)/", running.stdout.readline())
        assert said, "the server did not start"
        server = Server(int(said[1]), [running.pid])
        if workers > 1:
            time.sleep(3)
            server.pids = [
                int(pid) for pid in Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
            ]
        yield server
    finally:
        running.terminate()
        running.wait(60)


class Client:
    """One connection, which is kept."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    async def get(self, address: str) -> tuple[int, bytes]:
        """Status and body; whatever is not whole raises."""
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n".encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        if length:
            return int(head.split(b" ", 2)[1]), await self._reader.readexactly(int(length[1]))
        body = b""
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            body += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readexactly(2)
        return int(head.split(b" ", 2)[1]), body

    async def take_slowly(self, address: str, until: float) -> int:
        """Take an answer a few bytes at a time, until some moment. Returns how many bytes there were."""
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        taken = 0
        while time.monotonic() < until and (piece := await self._reader.read(SLOW_PIECE)):
            taken += len(piece)
            await asyncio.sleep(SLOW_PIECE / SLOW_BYTES_PER_S)
        self._writer.close()
        return taken

    def close(self) -> None:
        self._writer.close()


@dataclass
class Load:
    """What became of many requests."""

    times_ms: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    slowly_taken: int = 0

    def percentile(self, percent: float) -> float:
        ordered = sorted(self.times_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


async def time_pages(server: Server, addresses: dict[str, str]) -> dict[str, float]:
    """The processor time of each page, in milliseconds, the mean of several; pages that are not there are left out."""
    client = Client(server.port)
    await client.open()
    times = {}
    for name, address in addresses.items():
        status, body = await client.get(address)
        if status == 404:
            continue
        assert status == 200, f"{address}: {status} {body[:200]!r}"
        for _ in range(3):
            await client.get(address)
        before = server.processor_s()
        for _ in range(TIMED):
            await client.get(address)
        times[f"{name} ({len(body):,} bytes)"] = (server.processor_s() - before) * 1000 / TIMED
    client.close()
    return times


async def press(server: Server, addresses: Sequence[str], connections: int, slow: int, seconds: float) -> Load:
    """Ask from so many connections at once, for so long."""
    load = Load()
    until = time.monotonic() + seconds

    async def ask(number: int) -> None:
        client = Client(server.port)
        await client.open()
        try:
            while time.monotonic() < until:
                began = time.monotonic()
                status, _ = await client.get(addresses[number % len(addresses)])
                load.times_ms.append((time.monotonic() - began) * 1000)
                load.statuses[status] += 1
                number += 7
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            load.failures[type(error).__name__] += 1
        finally:
            client.close()

    async def crawl() -> None:
        client = Client(server.port)
        await client.open()
        try:
            load.slowly_taken += await client.take_slowly("/api/export?format=jsonl", until)
        except OSError as error:
            load.failures[f"slow: {type(error).__name__}"] += 1

    await asyncio.gather(*(ask(number) for number in range(connections)), *(crawl() for _ in range(slow)))
    return load


def report(load: Load, seconds: float, grown_mb: float) -> bool:
    """Print what became of it. Returns whether it is as it should be."""
    spread = load.percentile(99) / load.percentile(50)
    wrong = {status: count for status, count in load.statuses.items() if status != 200}
    print(f"{len(load.times_ms):,} answers, {len(load.times_ms) / seconds:,.0f} a second")
    print(f"median {load.percentile(50):.0f} ms, p99 {load.percentile(99):.0f} ms, {spread:.1f} times; "
          f"longest {max(load.times_ms):.0f} ms")  # fmt: skip
    print(f"other statuses {wrong or 'none'}, failures {dict(load.failures) or 'none'}; "
          f"slow clients took {load.slowly_taken:,} bytes; the server grew by {grown_mb:.1f} MB")  # fmt: skip
    return not wrong and not load.failures and spread <= MAX_SPREAD and grown_mb <= MAX_GROWTH_MB


async def measure(server: Server, addresses: dict[str, str], options: argparse.Namespace) -> bool:
    if not options.no_pages:
        times = await time_pages(server, addresses)
        for name, took in times.items():
            print(f"{took:7.2f} ms  {name}{'  TOO LONG' if took > MAX_PAGE_MS else ''}")
        print(flush=True)
        is_fast = max(times.values()) <= MAX_PAGE_MS
    else:
        is_fast = True
    client = Client(server.port)
    await client.open()
    present = [address for address in addresses.values() if (await client.get(address))[0] == 200]
    client.close()
    await press(server, present, options.connections, 0, min(WARM_UP_S, options.seconds))
    before = server.resident_mb()
    load = await press(server, present, options.connections, options.slow, options.seconds)
    return report(load, options.seconds, server.resident_mb() - before) and is_fast


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument(
        "--slow", type=int, default=3, help="clients that take an export slowly, of which few may at a time"
    )
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--no-pages", action="store_true", help="do not time each page by itself")
    options = parser.parse_args()
    print(f"{options.index}, {options.connections} connections for {options.seconds:g} s, {options.slow} slow ones, "
          f"{options.workers} process(es), {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    with serving(options.index, options.workers) as server:
        return 0 if asyncio.run(measure(server, addresses_of(options.index), options)) else 1


if __name__ == "__main__":
    sys.exit(main())
