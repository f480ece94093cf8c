"""An index's life on disk: its manifest, its writer, its segments, and who may touch them when.

It knows which files are the index and keeps them whole. What stands in them is the
codec's, what is looked up in them is for `searching`.

    manifest      which files are the index: one JSON file a generation
    snapshot      one generation, open for reading
    writer        adds, deletes, commits
    commit        the order of writing that makes a commit atomic; sweeping
    building      new segments and merged ones, by the codec of an index
    destination   where a new segment goes
    merging       which segments become one
    segments      opening them, and finding articles in them
    ledger        which files were read, and what they were like
    origins       which articles came from a file
    files_read    files that are read: what they have again, and what they have no longer
    background    jobs in order, in threads of their own
    arguments     checks of arguments
    verify        checks files against the manifest
    whoosh_index  the same index behind Whoosh's interface

What writes, and what speaks Whoosh, is imported from its own module: a search starts faster without.
"""

from searchlib.index.commit import first_generation
from searchlib.index.locks import LOCK_FILES, WriteLock, pin, readers_of
from searchlib.index.manifest import (
    DEFAULT_FALLBACK,
    CommittedSegment,
    FileFacts,
    Manifest,
    Settings,
    last_manifest,
    manifest_name,
    manifests,
    read_manifest,
)
from searchlib.index.snapshot import Snapshot, analyzers_of, open_snapshot, zone_of
from searchlib.index.verify import verify

__all__ = [
    "DEFAULT_FALLBACK",
    "LOCK_FILES",
    "CommittedSegment",
    "FileFacts",
    "Manifest",
    "Settings",
    "Snapshot",
    "WriteLock",
    "analyzers_of",
    "first_generation",
    "last_manifest",
    "manifest_name",
    "manifests",
    "open_snapshot",
    "pin",
    "read_manifest",
    "readers_of",
    "verify",
    "zone_of",
]
