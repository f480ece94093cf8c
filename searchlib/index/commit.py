"""Making segments the next generation of an index, durably and at once; and taking away what no generation uses."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from searchlib.codec import PlainDataStorage, segment_to_facts
from searchlib.errors import IndexFormatError
from searchlib.index.deletions import pack_deletions
from searchlib.index.destination import INDEX_NAME
from searchlib.index.durable import checksum_file, sync_directory, sync_file, write_durably
from searchlib.index.locks import unpinned
from searchlib.index.manifest import CommittedSegment, FileFacts, Manifest, Settings, manifests, read_manifest
from searchlib.index.segments import Segment

__all__ = ["commit", "first_generation", "sweep"]

_OURS = re.compile(rf"{INDEX_NAME}_\w+\..+|{INDEX_NAME}\.tmp|manifest-\d+\.json\.tmp|{INDEX_NAME}_\w+\.\d+\.del\.tmp")
_DELETIONS_SUFFIX: Final = ".del"


def first_generation(directory: Path, settings: Settings) -> Manifest:
    """Make an empty index."""
    manifest = Manifest(generation=0, committed=_now(), settings=settings)
    manifest.write(directory)
    return manifest


def commit(directory: Path, last: Manifest, segments: Sequence[Segment]) -> Manifest:
    """Make these segments the generation after `last`; segments with nothing left in them are dropped.

    The order is what makes it atomic: files of segments, then bitmaps, then the manifest that names them.
    """
    generation = last.generation + 1
    known = {str(facts.codec_facts["id"]): facts for facts in last.segments}
    kept = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
    facts = [_commit_segment(directory, segment, known.get(segment.segid), generation) for segment in kept]
    sync_directory(directory)
    manifest = Manifest(generation=generation, committed=_now(), settings=last.settings, segments=tuple(facts))
    manifest.write(directory)
    return manifest


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _commit_segment(
    directory: Path, segment: Segment, known: CommittedSegment | None, generation: int
) -> CommittedSegment:
    if known is not None and known.deleted == segment.deleted_count():
        return known
    if known is not None:
        files = {name: facts for name, facts in known.files.items() if name != known.deletions_file}
    else:
        names = _segment_files(directory, segment)
        for name in names:
            sync_file(directory / name)
        files = {name: _file_facts(directory / name) for name in names}
    deletions_file = None
    if deleted := set(segment.deleted_docs()):
        deletions_file = f"{segment.segment_id()}.{generation}{_DELETIONS_SUFFIX}"
        write_durably(directory / deletions_file, pack_deletions(deleted, segment.doc_count_all()))
        files[deletions_file] = _file_facts(directory / deletions_file)
    return CommittedSegment(segment_to_facts(segment), files, deletions_file, len(deleted))


def _segment_files(directory: Path, segment: Segment) -> list[str]:
    names = segment.list_files(PlainDataStorage(str(directory)))
    return sorted(name for name in names if not name.endswith(_DELETIONS_SUFFIX))


def _file_facts(path: Path) -> FileFacts:
    return FileFacts(path.stat().st_size, checksum_file(path))


def sweep(directory: Path) -> None:
    """Take away generations that are over and that nobody reads, and what a crash left behind.

    Only for the holder of the write lock. What cannot be removed now is left for the next time; and while it cannot be
    told which files a generation uses, all are.
    """
    with contextlib.suppress(OSError, IndexFormatError):
        last, *older = manifests(directory).values()
        in_use = set(read_manifest(last).files)
        for manifest in older:
            if not _remove_unpinned(manifest):
                in_use.update(read_manifest(manifest).files)
        for path in list(directory.iterdir()):
            if path.name not in in_use and _OURS.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _remove_unpinned(manifest: Path) -> bool:
    """Whether nobody reads this generation; then its manifest is gone."""
    with contextlib.suppress(OSError), unpinned(manifest) as free:
        if free:
            manifest.unlink()
            return True
    return False
