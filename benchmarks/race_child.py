"""What must happen in a process of its own, on one core: indexing, whose memory is measured, and a cold start.

    python race_child.py index --engine KEY --directory D --corpus FILE --articles N
    python race_child.py start --engine KEY --directory D --query JSON

Prints one JSON object. `run_child` is the other side.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from corpus import read_articles
from race_engines import Engine, Fields, side
from race_measures import TOP
from race_queries import Query

__all__ = ["ChildError", "Indexed", "Started", "indexed_in_child", "size_bytes", "started_in_child"]

_POLL_S: Final = 0.02
_REPORT_EVERY_S: Final = 10
# What every engine gets of an article.
_FIELDS: Final = ("id", "title", "body", "published")


class ChildError(RuntimeError):
    """A process of the race failed; the message is its last words."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing took, on one core.

    Attributes:
        articles: How many.
        text_bytes: Of titles and bodies, in UTF-8.
        seconds: Wall time without reading the corpus.
        core_seconds: Processor time of all threads without reading the corpus.
        size_bytes: Of all files of the index.
        peak_bytes: Resident memory at its peak, over what reading the corpus takes.
        anonymous_bytes: The same without pages of files, which the system can take back; 0 where it cannot be told.
    """

    articles: int
    text_bytes: int
    seconds: float
    core_seconds: float
    size_bytes: int
    peak_bytes: int
    anonymous_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Started:
    """Opening an index in a fresh process and asking it one query."""

    open_ms: float
    first_query_ms: float


def indexed_in_child(key: str, directory: Path, corpus: Path, articles: int) -> Indexed:
    """Index the first articles of a corpus in a process of its own.

    Raises:
        ChildError: It failed.
    """
    found, anonymous = _run(
        "index", "--engine", key, "--directory", directory, "--corpus", corpus, "--articles", articles
    )
    base = found.pop("baseline_anonymous_bytes")
    return Indexed(**found, anonymous_bytes=max(anonymous - base, 0))


def started_in_child(key: str, directory: Path, query: Query) -> Started:
    """Open an index in a fresh process, and ask it a query.

    Raises:
        ChildError: It failed.
    """
    asked = json.dumps({"kind": query.kind, "words": query.words})
    return Started(**_run("start", "--engine", key, "--directory", directory, "--query", asked)[0])


def size_bytes(directory: Path) -> int:
    """Of all files in a directory, and in those in it."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def _run(*arguments: Any) -> tuple[dict[str, Any], int]:
    """What the child printed, and the most anonymous memory it was seen with."""
    with subprocess.Popen(
        [sys.executable, __file__, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    ) as process:
        anonymous = 0
        while process.poll() is None:
            anonymous = max(anonymous, _status_bytes("RssAnon", process.pid))
            time.sleep(_POLL_S)
        printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise ChildError(f"'race_child.py {arguments[0]}' ended with {process.returncode}; its error is above")
    return json.loads(printed), anonymous


def _status_bytes(name: str, process: int | str = "self") -> int:
    """A line of Linux's status of a process, in bytes; 0 where there is none."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    for line in lines:
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0


def _peak_bytes() -> int:
    # Of this program alone; ru_maxrss would begin with the size of the process that this one was forked from.
    if peak := _status_bytes("VmHWM"):
        return peak
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class _Stream:
    """The articles of a corpus, and what reading them took of this thread."""

    def __init__(self, corpus: Path, count: int, label: str) -> None:
        self._corpus, self._count, self._label = corpus, count, label
        self.seconds = 0.0
        self.articles = self.text_bytes = 0

    def __iter__(self) -> Iterator[Fields]:
        articles = read_articles(self._corpus, self._count)
        began = last = time.monotonic()
        while True:
            # Its own processor time: other threads of the engine may work on the same core meanwhile.
            before = time.thread_time()
            article = next(articles, None)
            fields = {name: article[name] for name in _FIELDS} if article else None
            self.seconds += time.thread_time() - before
            if fields is None:
                return
            self.articles += 1
            self.text_bytes += len(fields["title"].encode()) + len(fields["body"].encode())
            yield fields
            if self.articles % 64 == 0 and (now := time.monotonic()) - last > _REPORT_EVERY_S:
                left_s = (now - began) * (self._count - self.articles) / self.articles
                print(f"{self._label}: {self.articles:,} articles, {left_s:.0f} s left", file=sys.stderr)
                last = now


def _index(engine: Engine, key: str, corpus: Path, articles: int) -> dict[str, Any]:
    for _ in (dry := _Stream(corpus, articles, f"{key}: reading")):
        pass
    baseline, baseline_anonymous = _peak_bytes(), _status_bytes("RssAnon")
    stream = _Stream(corpus, articles, f"{key}: indexing")
    before = _core_seconds()
    began = time.perf_counter()
    engine.index(stream)
    seconds = time.perf_counter() - began
    if stream.articles != dry.articles or not dry.articles:
        raise ChildError(f"{key} took {stream.articles} of {dry.articles} articles")
    return {
        "articles": stream.articles,
        "text_bytes": stream.text_bytes,
        "seconds": seconds - stream.seconds,
        "core_seconds": _core_seconds() - before - stream.seconds,
        "size_bytes": size_bytes(engine.directory),
        "peak_bytes": _peak_bytes() - baseline,
        "baseline_anonymous_bytes": baseline_anonymous,
    }


def _core_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _start(engine: Engine, query: Query) -> dict[str, Any]:
    began = time.perf_counter()
    engine.open()
    opened = time.perf_counter()
    engine.top(engine.prepare(query), TOP)
    asked = time.perf_counter()
    return asdict(Started((opened - began) * 1000, (asked - opened) * 1000))


def _stay_on_one_core() -> None:
    """No engine's background threads get a second core, which would be a second thread."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="One engine's part of the race that needs a process of its own.")
    parser.add_argument("task", choices=("index", "start"))
    parser.add_argument("--engine", required=True)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--query", type=json.loads)
    options = parser.parse_args(arguments)
    _stay_on_one_core()
    engine = side(options.engine).make(options.directory)
    if options.task == "index":
        answer: Mapping[str, Any] = _index(engine, options.engine, options.corpus, options.articles)
    else:
        answer = _start(engine, Query(options.query["kind"], tuple(options.query["words"])))
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
