"""What a load came to: lines for people, or one object for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from searchlib.cli.known_files import KnownFiles
from searchlib.cli.load import Load
from searchlib.cli.rejects import Notes, Rejects
from searchlib.cli.screen import number, plural
from searchlib.json_form import json_form
from searchlib.sources import Reading

__all__ = [
    "closing_line",
    "counts_of",
    "file_lines",
    "reading_object",
    "summary_object",
    "unchanged_line",
    "unmapped_lines",
]


def closing_line(load: Load, rejects: Rejects, notes: Notes, seconds: float) -> str:
    """How many articles came in, how many records did not, and how fast."""
    speed = f" ({number(load.committed / seconds)} articles/s)" if load.committed else ""
    return f"{counts_of(load, rejects, notes)} in {seconds:.1f} s{speed}"


def counts_of(load: Load, rejects: Rejects, notes: Notes) -> str:
    """How many articles came in, and how many records did not."""
    counts = {"kept": load.kept, "deleted": load.deleted, "noted": notes.count}
    more = "".join(f", {verb} {number(count)}" for verb, count in counts.items() if count)
    return f"added {number(load.added)}, replaced {number(load.replaced)}, rejected {number(rejects.count)}{more}"


def unchanged_line(readings: Sequence[Reading], known: KnownFiles) -> list[str]:
    """How many files were not read because they have not changed; nothing where all were."""
    count = sum(reading.files_unchanged for reading in readings)
    if not count:
        return []
    rejects = f", {plural(known.rejects, 'record')} of them no article" if known.rejects else ""
    verb = "has" if count == 1 else "have"
    return [f"{plural(count, 'file')} {verb} not changed{rejects}; --all-files reads them again"]


def unmapped_lines(readings: Sequence[Reading]) -> list[str]:
    """What --map names and no file has. Nothing where files were not read again, which may have it."""
    if any(reading.files_unchanged for reading in readings) or not sum(reading.files_done for reading in readings):
        return []
    missing = dict(readings[0].unmapped)
    near: dict[str, list[str]] = {name: [] for name in missing}
    for reading in readings:
        missing = {name: field for name, field in missing.items() if name in reading.unmapped}
        for name, names in reading.unmapped.items():
            near.setdefault(name, []).extend(names)
    return [
        f"nothing that was read has a column {name!r}, which --map names"
        + (f"; the nearest are {', '.join(map(repr, dict.fromkeys(near[name])))}" if near[name] else "")
        for name in missing
    ]


def file_lines(readings: Sequence[Reading]) -> list[str]:
    """Of several files, how many of which kinds were read; and what was passed over."""
    said: list[str] = []
    if (done := sum(reading.files_done for reading in readings)) > 1:
        kinds = ", ".join(f"{kind} {number(count)}" for kind, count in _kinds(readings).most_common())
        said.append(f"read {plural(done, 'file')}" + (f": {kinds}" if kinds else ""))
    passed = _passed_over(readings)
    counts = (
        plural(passed["hidden_files"], "hidden file"),
        plural(passed["hidden_folders"], "hidden folder"),
        plural(passed["links"], "link") + " to folders",
        f"{number(passed['left_out'])} by --include and --exclude",
        plural(passed["beside_pages"], "folder") + " beside pages",
        f"{number(passed['indexes'])} of searchlib's indexes",
    )
    if over := [count for count, name in zip(counts, passed, strict=True) if passed[name]]:
        said.append(f"passed over {', '.join(over)}")
    return said


def summary_object(
    load: Load, readings: Sequence[Reading], rejects: Rejects, notes: Notes, seconds: float
) -> dict[str, Any]:
    """All of it as an object of JSON."""
    return {
        "added": load.added,
        "replaced": load.replaced,
        "kept": load.kept,
        "deleted": load.deleted,
        "generation": load.generation,
        "languages": json_form(load.languages),
        **reading_object(readings, rejects, notes, seconds),
    }


def reading_object(readings: Sequence[Reading], rejects: Rejects, notes: Notes, seconds: float) -> dict[str, Any]:
    """What came of reading, as an object of JSON: causes with how often they were, the most frequent first."""
    return {
        "rejected": rejects.count,
        "noted": notes.count,
        "files": sum(reading.files_done for reading in readings),
        "unchanged_files": sum(reading.files_unchanged for reading in readings),
        "kinds": dict(_kinds(readings).most_common()),
        "passed_over": dict(_passed_over(readings)),
        "rejects": rejects.objects(),
        "notes": notes.objects(),
        "seconds": round(seconds, 3),
    }


def _kinds(readings: Sequence[Reading]) -> Counter[str]:
    return sum((reading.kinds for reading in readings), Counter())


def _passed_over(readings: Sequence[Reading]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        passed = reading.passed_over.as_dict()
        counts.update({**passed, "beside_pages": len(passed["beside_pages"])})
    return counts
