"""Making segments the next generation of an index, durably and at once; and taking away what no generation uses."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

from searchlib.codec import Origin, PlainDataStorage, segment_to_facts
from searchlib.errors import IndexFormatError
from searchlib.index.deletions import DELETIONS, write_deletions
from searchlib.index.destination import INDEX_NAME
from searchlib.index.durable import sync_directory, sync_file
from searchlib.index.index_log import tell_of_commit, tell_of_sweep
from searchlib.index.ledger import LEDGER, Ledger, write_ledger
from searchlib.index.locks import remove_unpinned
from searchlib.index.manifest import (
    CommittedSegment,
    FileFacts,
    Manifest,
    Settings,
    ledger_identity,
    ledger_name,
    manifests,
    new_index_id,
    origin_after,
    read_manifest,
)
from searchlib.index.segment_files import facts_of_file
from searchlib.index.segments import Segment, format_of

__all__ = ["commit", "first_generation", "sweep"]

_OURS = re.compile(rf"{INDEX_NAME}_\w+\..+|{INDEX_NAME}\.tmp|manifest-\d+\.json\.tmp|{INDEX_NAME}_\w+\.\d+\.del\.tmp")


def first_generation(directory: Path, settings: Settings) -> Manifest:
    """Make an empty index."""
    manifest = Manifest(generation=0, committed=_now(), settings=settings, index_id=new_index_id())
    manifest.write(directory)
    return manifest


def commit(
    directory: Path, last: Manifest, segments: Sequence[Segment], ledger: Callable[[int], Ledger] | None = None
) -> Manifest:
    """Make these segments the generation after `last`; segments with nothing left in them are dropped.

    The order is what makes it atomic: files of segments, then bitmaps and ledger, then the manifest that names them.

    Args:
        directory: The index.
        last: Its generation until now. It has an id of the index, which the files of new segments name.
        segments: What is committed.
        ledger: Gives the ledger of the generation that is committed; None where that of `last` stays.
    """
    started = time.monotonic()
    origin = origin_after(last)
    known = {facts.id: facts for facts in last.segments}
    kept = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
    facts = [_commit_segment(directory, segment, known.get(segment.segid), origin) for segment in kept]
    written = last.ledger if ledger is None else _write_ledger(directory, ledger(origin.generation), origin)
    sync_directory(directory)
    manifest = Manifest(
        generation=origin.generation,
        committed=_now(),
        settings=last.settings,
        segments=tuple(facts),
        index_id=last.index_id,
        ledger=written,
    )
    manifest.write(directory)
    tell_of_commit(directory, manifest, time.monotonic() - started)
    return manifest


def _write_ledger(directory: Path, ledger: Ledger, origin: Origin) -> dict[str, FileFacts]:
    if not len(ledger):
        return {}
    name, identity = ledger_name(origin.generation, LEDGER), ledger_identity(origin)
    write_ledger(directory / name, ledger, identity)
    return {name: facts_of_file(directory / name, identity)}


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _commit_segment(
    directory: Path, segment: Segment, known: CommittedSegment | None, origin: Origin
) -> CommittedSegment:
    if known is not None and known.deleted == segment.deleted_count():
        return known
    identity = origin.identity(segment.segid)
    if known is not None:
        files = {name: facts for name, facts in known.files.items() if name != known.deletions_file}
    else:
        names = _segment_files(directory, segment)
        for name in names:
            sync_file(directory / name)
        files = {name: facts_of_file(directory / name, identity) for name in names}
    deletions_file = None
    if deleted := set(segment.deleted_docs()):
        deletions_file = f"{segment.segment_id()}.{origin.generation}{DELETIONS}"
        write_deletions(directory / deletions_file, deleted, segment.doc_count_all(), identity)
        files[deletions_file] = facts_of_file(directory / deletions_file, identity)
    return CommittedSegment(segment_to_facts(segment), files, deletions_file, len(deleted), format_of(segment))


def _segment_files(directory: Path, segment: Segment) -> list[str]:
    names = segment.list_files(PlainDataStorage(str(directory)))
    return sorted(name for name in names if not name.endswith(DELETIONS))


def sweep(directory: Path) -> None:
    """Take away generations that are over and that nobody reads, and what a crash left behind.

    Only for the holder of the write lock. What cannot be removed now is left for the next time; and while it cannot be
    told which files a generation uses, all are.
    """
    removed: list[str] = []
    with contextlib.suppress(OSError, IndexFormatError):
        last, *older = manifests(directory).values()
        in_use = set(read_manifest(last).files)
        for manifest in older:
            if _remove_unpinned(manifest):
                removed.append(manifest.name)
            else:
                in_use.update(read_manifest(manifest).files)
        for path in sorted(directory.iterdir()):
            if path.name not in in_use and _OURS.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                    removed.append(path.name)
    tell_of_sweep(directory, removed)


def _remove_unpinned(manifest: Path) -> bool:
    """Whether nobody reads this generation; then its manifest is gone."""
    with contextlib.suppress(OSError):
        return remove_unpinned(manifest)
    return False
