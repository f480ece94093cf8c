"""Checking the files of a generation against its manifest: headers, lengths and checksums, all of them.

Whoosh's format has no checksums of its own, and Whoosh reads without checking: on damaged bytes it fails in any way
there is, or gives another answer. `verify` finds the damage by reading everything; `checked` asks it after a failure.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from pathlib import Path

from searchlib.cancellation import check_cancelled
from searchlib.codec import CorruptDataError
from searchlib.errors import IndexCorruptError, SearchlibError
from searchlib.index.manifest import CommittedSegment, FileFacts, Manifest
from searchlib.index.segment_files import check_content, files_of

__all__ = ["checked", "verify"]


def verify(
    directory: Path, manifest: Manifest, *, progress: Callable[[int], None] | None = None
) -> list[IndexCorruptError]:
    """What is not as it was committed, a file each; empty where all is well. Reads every byte once.

    Args:
        directory: Of the index.
        manifest: What was committed.
        progress: Is given how many bytes have been read so far, after each file.
    """
    damage: list[IndexCorruptError] = []
    done = 0
    for segment, name, facts in sorted(files_of(manifest), key=itemgetter(1)):
        check_cancelled()
        damage += _damage_of(directory, manifest, segment, name, facts)
        done += facts.bytes
        if progress is not None:
            progress(done)
    return damage


def _damage_of(
    directory: Path, manifest: Manifest, segment: CommittedSegment, name: str, facts: FileFacts
) -> list[IndexCorruptError]:
    try:
        check_content(directory, manifest, segment, name, facts)
    except IndexCorruptError as error:
        return [error]
    except OSError as error:
        expected = f"{facts.bytes:,} bytes with checksum {facts.crc32}"
        got = f"nothing that can be read ({error.strerror})"
        return [IndexCorruptError(str(directory), str(directory / name), expected=expected, got=got)]
    return []


class checked:  # noqa: N801 - it is called like a function
    """Around reading: what fails because a file is not as it was committed is an `IndexCorruptError` that names it.

    A failure on files that are as they were committed is a bug of ours, and passes as it is.
    """

    __slots__ = ("_directory", "_manifest")

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self._directory = directory
        self._manifest = manifest

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, SearchlibError):
            return
        if damage := verify(self._directory, self._manifest):
            raise damage[0] from error
        if isinstance(error, CorruptDataError):
            # Damage that was there when the checksums were taken.
            path = str(self._directory)
            raise IndexCorruptError(path, path, expected="what its codec writes", got=str(error)) from error
