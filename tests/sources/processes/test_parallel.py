"""Reading in several processes: the same as in one, whatever becomes of the processes."""

from __future__ import annotations

import bz2
import gc
import gzip
import json
import logging
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from processes import own_signals
from profiles import examples

from searchlib.article import ArticleOrigin
from searchlib.errors import SettingError
from searchlib.sources import FileDone, read
from searchlib.sources.processes import blocks, parallel, pool, worker

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no workers on Windows")

#: How long a process may take to be gone: far longer than any does on a busy machine.
PATIENCE_S = 100
PAGE = "<html><head><title>{title}</title></head><body><article>{text}</article></body></html>"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is enough for several processes, and a file of some kilobytes is cut."""
    monkeypatch.setattr(parallel, "_ENOUGH_WORK_BYTES", 1)
    monkeypatch.setattr(parallel, "MIN_CUT_BYTES", 2000)
    monkeypatch.setattr(blocks, "_BLOCK_BYTES", 700)


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes workers do something where they come upon a file of a name with "poison" in it."""

    def poison(what: str) -> None:
        patch = f"""
import os, signal, sys, time
import searchlib.sources.one_file as one_file
import searchlib.sources.processes.blocks as blocks
whole, block = one_file.FileUnit.results, blocks.Block.results
def poisoned(results):
    def of(unit, *args):
        if "poison" in unit.found.name:
            {what}
        return results(unit, *args)
    return of
one_file.FileUnit.results, blocks.Block.results = poisoned(whole), poisoned(block)
serve()
"""
        monkeypatch.setattr(pool, "_PROGRAM", pool._PROGRAM.replace("\nserve()\n", patch))

    return poison


def everything(source: Any, **options: Any) -> dict[str, Any]:
    """All that a reading says, in order."""
    told: list[tuple[str, Any]] = []
    reading = read(
        source,
        on_reject=lambda reject: told.append(("reject", str(reject))),
        on_note=lambda note: told.append(("note", str(note))),
        on_file=lambda done: told.append(("file", done)),
        **options,
    )
    for article in reading:
        told.append(("article", article.as_dict()))  # noqa: PERF401 - the calls in between are in order with them
    return {
        "told": told,
        "rejects": [str(reject) for reject in reading.rejects],
        "notes": [str(note) for note in reading.notes],
        "counts": (reading.files_done, reading.files_unchanged, reading.bytes_done, reading.bytes_total),
        "kinds": dict(reading.kinds),
        "passed over": reading.passed_over,
    }


def lines(*records: dict[str, Any] | str) -> bytes:
    return b"".join((each if isinstance(each, str) else json.dumps(each)).encode() + b"\n" for each in records)


def many(count: int, first: int = 0, **fields: Any) -> list[dict[str, Any]]:
    return [
        {"id": f"n{n}", "title": f"Ferry {n}", "body": "It sails. " * 8, **fields} for n in range(first, first + count)
    ]


def fill(folder: Path) -> None:
    """A folder of everything that there is, and of what is wrong with it."""
    files: dict[str, bytes] = {
        "a.jsonl": lines(*many(60), "{broken", *many(40, 100), "", {"id": "empty"}, '{"title": "last, without end"}'),
        "b.jsonl.gz": gzip.compress(lines(*many(90, 200, published="soon"))),
        "c.jsonl.gz": gzip.compress(random.Random(5).randbytes(3) + lines(*many(400, 300)), 1)[:-3000],
        "d.csv": b'title,body\nOne,text\n"Two,never closed\nThree,text\n',
        "e.html": PAGE.format(title="Page", text="<p>A long sentence about a ferry, which sails.</p>" * 20).encode(),
        "f.bin": b"\0\1\2" * 2000,
        "g.json": json.dumps(many(3, 900)).encode(),
        "h.empty": b"",
        "i.jsonl": "\ufeff".encode() + lines(*many(80, 1000)),
        "j.jsonl": lines(*many(50, 1100)).decode().encode("utf-16"),
        "k.jsonl": lines(*many(30, 1200)) + b'{"title": "caf\xe9"}\n{"title": "\x81"}\n' + lines(*many(30, 1300)),
        "l.jsonl.bz2": bz2.compress(lines(*many(70, 1400))),
        "m.jsonl": b'{"title": "' + b"long " * 5000 + b'"}\n' + lines(*many(30, 1500)),
        "n.txt": b"A headline\n\nA first paragraph of text, with a sentence in it.\n",
        "sub/o.jsonl": lines(*many(5, 1600)),
        ".hidden": b"{}",
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    with zipfile.ZipFile(folder / "p.zip", "w") as archive:
        archive.writestr("1.jsonl", lines(*many(80, 1700)))
        archive.writestr("2.bin", b"\0\0")
    (folder / "q.link").symlink_to(folder / "nowhere")
    (folder / "r").symlink_to(folder, target_is_directory=True)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("options", [{}, {"encoding": "utf-8"}, {"kind": "jsonl"}, {"exclude_globs": ["*.gz"]}])
def test_a_hostile_folder_is_the_same_for_any_number_of_processes(tmp_path: Path, options: dict[str, Any]):
    fill(tmp_path)
    alone = everything(tmp_path, **options)

    assert len(alone["told"]) > 100
    assert everything(tmp_path, jobs=2, **options) == alone
    assert everything(tmp_path, jobs=3, **options) == alone


dates = st.sampled_from(["2023-05-06", "05/06/2023", "25/06/2023", "06/25/2023", "5/6/2023", "2023/05/06", "soon", ""])


@pytest.mark.usefixtures("eager")
@settings(examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(st.tuples(dates, dates, st.integers(1, 40)), min_size=1, max_size=8))
def test_what_the_dates_of_one_block_tell_holds_for_the_others(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str, int]]
):
    folder = tmp_path_factory.mktemp("dates")
    for name in "ab":
        records = [
            {"title": f"T{place} {number}", "date": date, "updated": updated}
            for place, (date, updated, count) in enumerate(parts)
            for number in range(count)
        ]
        (folder / f"{name}.jsonl").write_bytes(lines(*records))

    assert everything(folder, jobs=2) == everything(folder)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(
    "after",
    [
        "Москва и Киев, переговоры продолжаются".encode("cp1251"),
        "Le café de l'été à Orléans".encode("cp1252"),
        "\u6771\u4eac\u306e\u65b0\u805e".encode("iso2022_jp"),
        b"a zero \0 byte",
        b"\x81\x8d",
    ],
)
@pytest.mark.parametrize("before", ["ASCII", "\u041a\u0438\u0457\u0432"])
def test_bytes_of_another_encoding_are_read_alike_wherever_they_come(tmp_path: Path, before: str, after: bytes):
    odd = b"".join(b'{"title": "' + after + b' %d"}\n' % number for number in range(20))
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_bytes(
            json.dumps({"title": before}, ensure_ascii=False).encode()
            + b"\n"
            + lines(*many(40))
            + odd
            + lines(*many(40, 50))
        )

    assert everything(tmp_path, jobs=2) == everything(tmp_path)


@pytest.mark.usefixtures("eager")
def test_a_column_that_is_not_used_is_told_once_by_all_processes(tmp_path: Path):
    for name in "abcdef":
        (tmp_path / f"{name}.jsonl").write_bytes(
            lines(*(each | {"titel_": "x", "datum_x": "2020-05-06"} for each in many(60, kopf="", heading_x=1)))
        )
    alone = everything(tmp_path)

    assert 0 < len(alone["notes"]) < 6
    assert everything(tmp_path, jobs=3) == alone


@pytest.mark.usefixtures("eager")
def test_more_columns_than_are_told_of_are_the_same_for_any_number_of_processes(tmp_path: Path):
    for file in range(4):
        records = [{"title": "T", **{f"published_{file}_{n}_{m}": "2020-05-06" for m in range(20)}} for n in range(20)]
        (tmp_path / f"{file}.jsonl").write_bytes(lines(*records))
    alone = everything(tmp_path)

    assert len(alone["notes"]) > 100
    assert everything(tmp_path, jobs=2) == alone


@pytest.mark.usefixtures("eager")
def test_a_date_that_only_the_last_block_tells_of_holds_for_the_first(tmp_path: Path):
    records = [{"title": f"T{number}", "date": "05/06/2023"} for number in range(300)]
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(lines(*records, {"title": "last", "date": "06/25/2023"}))

    assert {article.published.month for article in list(read(tmp_path, jobs=2))[:300]} == {5}


@pytest.mark.usefixtures("eager")
def test_functions_are_called_in_this_process_and_what_they_raise_is_the_callers(tmp_path: Path):
    fill(tmp_path)

    def stop(_: object) -> None:
        raise LookupError("stop")

    with pytest.raises(LookupError, match="stop"):
        list(read(tmp_path, jobs=2, on_reject=stop))


@pytest.mark.usefixtures("eager")
def test_what_has_not_changed_is_passed_over(tmp_path: Path):
    fill(tmp_path)
    options = {"is_unchanged": lambda path, _, options: path.name < "i"}

    assert everything(tmp_path, jobs=2, **options) == everything(tmp_path, **options)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "was killed (SIGKILL)"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "was killed (SIGSEGV)"),
        ("os._exit(3)", "ended by itself, with code 3"),
    ],
)
def test_a_worker_that_dies_is_one_reject_and_the_rest_goes_on(
    tmp_path: Path, poisoned: Callable[[str], None], what: str, how: str
):
    for number in range(12):
        (tmp_path / f"{number:02}.json").write_text(json.dumps({"title": f"T{number}"}))
    (tmp_path / "05 poison.json").write_text('{"title": "poison"}')
    poisoned(what)
    done: list[FileDone] = []

    reading = read(tmp_path, jobs=2, on_file=done.append)

    assert [article.title for article in reading] == [f"T{number}" for number in range(12)]
    assert [str(reject) for reject in reading.rejects] == [
        f"{tmp_path / '05 poison.json'}: the process that read it {how}"
    ]
    assert [file.file for file in done if file.has_failed] == [str(tmp_path / "05 poison.json")]


@pytest.mark.usefixtures("eager")
def test_a_block_of_which_the_worker_dies_says_which_lines_it_was(tmp_path: Path, poisoned: Callable[[str], None]):
    (tmp_path / "poison.jsonl").write_bytes(lines(*many(20), *many(1, 500), *many(20, 600)))
    (tmp_path / "z.jsonl").write_bytes(lines(*many(3, 700)))
    poisoned('unit.data.count(b"n500") and os.kill(os.getpid(), signal.SIGKILL)')
    done: list[FileDone] = []

    reading = read(tmp_path, jobs=2, on_file=done.append)
    articles = list(reading)

    assert "the process that read it was killed (SIGKILL); lines " in reading.rejects[0].reason
    assert len(reading.rejects) == 1
    assert [file.has_failed for file in done] == [True, False]
    assert {"n0", "n619", "n700"} <= {article.id for article in articles}
    assert "n500" not in {article.id for article in articles}
    assert [article.origin for article in articles if article.id == "n619"] == [
        ArticleOrigin(str(tmp_path / "poison.jsonl"), record=41)
    ]


@pytest.mark.usefixtures("eager")
def test_where_no_process_can_be_started_this_one_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    fill(tmp_path)
    alone = everything(tmp_path)
    monkeypatch.setattr(pool, "_PROGRAM", "raise SystemExit(1)")

    with caplog.at_level(logging.WARNING, "searchlib.sources"):
        assert everything(tmp_path, jobs=2) == alone
    assert "a process that reads files ended by itself, with code 1 before it had begun" in caplog.text


def test_workers_run_the_code_of_this_process():
    """Without what an editable install adds to imports: that finds the package wherever it is looked for."""
    program = pool._PROGRAM.replace("\nserve()\n", "\nprint(sys.modules[serve.__module__].__file__)\n")
    command = [sys.executable, "-I", "-S", "-c", program, str(pool._PACKAGE), *sys.path]

    assert subprocess.check_output(command, text=True).strip() == worker.__file__


@pytest.mark.usefixtures("eager")
def test_a_few_small_files_take_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    monkeypatch.setattr(subprocess, "Popen", None)
    for name in "abc":
        (tmp_path / f"{name}.json").write_text(json.dumps({"title": name}))

    assert [article.title for article in read(tmp_path, jobs=8)] == ["a", "b", "c"]


@pytest.mark.parametrize("jobs", [0, -1, 1.5, True, "2", None])
def test_the_number_of_processes_is_a_whole_number_from_1(tmp_path: Path, jobs: Any):
    with pytest.raises(SettingError, match="jobs"):
        read(tmp_path, jobs=jobs)


def children() -> set[int]:
    """The processes that this one has started, those among them that ended and were not waited for."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(status.parent.name))
    return found


needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="needs /proc")


@needs_proc
@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("end", ["close", "with", "forget", "to the end", "error"])
def test_however_a_reading_ends_it_leaves_no_process(tmp_path: Path, end: str):
    fill(tmp_path)
    before = children()
    reading = read(tmp_path, jobs=3)
    next(reading)
    assert children() > before

    if end == "close":
        reading.close()
        reading.close()
        assert list(reading) == []
    elif end == "with":
        with reading:
            pass
    elif end == "to the end":
        list(reading)
    elif end == "error":
        reading._on_reject = lambda _: 1 / 0
        with pytest.raises(ZeroDivisionError):
            list(reading)
        reading.close()
    del reading
    gc.collect()

    assert children() == before


SCRIPT = """
import os, sys, searchlib
from searchlib.sources.processes import parallel
parallel._ENOUGH_WORK_BYTES = 1
for article in searchlib.read(sys.argv[1], jobs=2):
    print(article.title, flush=True)
"""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(processes: set[int]) -> None:
    for _ in range(PATIENCE_S * 20):
        if not any(is_there(process) for process in processes):
            return
        time.sleep(0.05)
    raise AssertionError(f"{processes} are still there")


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a script without a guard, which reads in two processes."""
    path = tmp_path / "script.py"
    path.write_text(SCRIPT)
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> subprocess.Popen[str]:
        with own_signals():
            running = subprocess.Popen(
                [sys.executable, str(path), str(folder)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(Path(pool.__file__).parents[3])},
            )
        started.append(running)
        return running

    yield start
    for running in started:
        running.kill()
        running.communicate()


def test_a_script_needs_no_guard(tmp_path: Path, script: Callable[..., subprocess.Popen[str]]):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in "abcd":
        (folder / f"{name}.json").write_text(json.dumps({"title": name}))

    stdout, stderr = script(folder).communicate(timeout=PATIENCE_S)

    assert (stdout, stderr) == ("a\nb\nc\nd\n", "")


def workers_of(process: int) -> set[int]:
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found.add(int(status.parent.name))
    return found


@needs_proc
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_process_that_is_ended_by_a_signal_leaves_none_behind(
    tmp_path: Path, script: Callable[..., subprocess.Popen[str]], sent: signal.Signals
):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.jsonl").write_bytes(lines(*many(20_000, number * 100_000)))
    running = script(folder)
    assert running.stdout is not None
    running.stdout.readline()
    workers = workers_of(running.pid)
    assert len(workers) == 2

    running.send_signal(sent)
    running.stdout.close()
    running.wait(PATIENCE_S)

    wait_until_gone(workers)
