"""Files → their articles, read by workers: in the order of the files, with all that reading them here would say.

A file is read by one worker, an archive too. A long file of JSON Lines is cut into blocks, each of which is read by
itself. Where what one block says depends on others it is read here, with what is known by then.
"""

from __future__ import annotations

import contextlib
import logging
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO, Final

from searchlib.article import DateOrder
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.files.streams import Counted
from searchlib.sources.one_file import FileUnit, Found, Result
from searchlib.sources.processes.blocks import MIN_CUT_BYTES, Block, Rest, blocks_of, lines_of, rest_of
from searchlib.sources.processes.pool import Job, Pool
from searchlib.sources.processes.worker import Setup

__all__ = ["FileResults", "ParallelReading", "results_here", "take_enough"]

# A worker is ready after some three tenths of a second, in which a process reads some 3 MB of JSON Lines.
_ENOUGH_WORK_BYTES: Final = 8 * 1024 * 1024
_FILE_WORK_BYTES: Final = 8 * 1024
# Compressed files are longer than they look, and a page takes as long as ten times as much JSON; outer endings first.
_WORK_FACTORS: Final = ((".gz", 3), (".bz2", 4), (".zst", 4), (".zip", 3), (".html", 5), (".htm", 5), (".warc", 5))


class FileResults(Iterable[Result]):
    """What one file gives, once.

    Attributes:
        found: The file.
        done: How many bytes of it were read so far.
        is_opened: Whether it could be opened; known after the last result.
        has_failed: Whether the system could not read it to its end, or killed who read it; known then too.
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        self.done = 0
        self.is_opened = True
        self.has_failed = False
        self.results: Iterator[Result] = iter(())

    def __iter__(self) -> Iterator[Result]:
        return self.results


def take_enough(found: Iterator[Found | SourceError]) -> tuple[list[Found | SourceError], bool]:
    """The first files, until they are so much to read that several processes pay; and whether they came to be."""
    first: list[Found | SourceError] = []
    work = files = 0
    for each in found:
        first.append(each)
        if isinstance(each, Found):
            work += _work_of(each)
            files += 1 if (each.size or 0) < MIN_CUT_BYTES else 2
            if work >= _ENOUGH_WORK_BYTES and files > 1:
                return first, True
    return first, False


def _work_of(found: Found) -> int:
    """How much work a file is, in bytes of JSON Lines that would take as long to read."""
    work = _FILE_WORK_BYTES + (found.size or 0)
    name = found.name.lower()
    for ending, factor in _WORK_FACTORS:
        if name.endswith(ending):
            work *= factor
            name = name.removesuffix(ending)
    return work


def results_here(found: Found, context: Context, kind: str | None) -> FileResults:
    """What a file gives, read in this process."""
    file = FileResults(found)
    file.results = _results_here(FileUnit(found), file, context, kind)
    return file


def _results_here(unit: FileUnit, file: FileResults, context: Context, kind: str | None) -> Iterator[Result]:
    for result in unit.results(context, kind):
        file.done = unit.bytes_done
        yield result
    file.done = unit.bytes_done
    file.is_opened, file.has_failed = unit.is_opened, unit.has_failed


class ParallelReading:
    """Reads files in several processes.

    Args:
        found: The files, and what could not be found, in order.
        context: What is the same for all files; its notes are added to.
        kind: The kind of all files; None to find it out for each.
        jobs: How many processes there may be.
    """

    def __init__(self, found: Iterable[Found | SourceError], context: Context, kind: str | None, *, jobs: int) -> None:
        self._found = found
        self._context = context
        self._kind = kind
        self._cut_files: set[_CutFile] = set()
        setup = Setup(
            replace(context, notes=[], kinds=Counter(), names_told=set(), names_seen=set()),
            kind,
            is_quiet=logging.lastResort is None,
        )
        self._pool = Pool(setup, jobs, self._items())
        self._close_files = weakref.finalize(self, _close_all, self._cut_files)

    def close(self) -> None:
        """End all processes, and forget what they were reading."""
        self._pool.close()
        self._close_files()

    def files(self) -> Iterator[FileResults | SourceError]:
        """Yield each file; its results are to be taken before the next is asked for."""
        while (item := self._pool.next_item()) is not None:
            if isinstance(item, SourceError):
                yield item
                continue
            if isinstance(item, Found):
                yield results_here(item, self._context, self._kind)
                continue
            file = FileResults(item.unit.found if isinstance(item, Job) else item.found)
            file.results = self._whole(item, file) if isinstance(item, Job) else self._cut(item, file)
            yield file

    def _items(self) -> Iterator[Any]:
        for found in self._found:
            if isinstance(found, SourceError) or found.size is None:
                # A pipe is read where it was named.
                yield found
            elif cut := self._cut_of(found):
                yield cut
                for part in cut.parts:
                    if isinstance(part, Block):
                        part.known.update(cut.known)
                    yield part
                    if cut.is_taken:
                        break
            else:
                yield FileUnit(found)

    def _cut_of(self, found: Found) -> _CutFile | None:
        """The file as one that can be cut; None where it is to be read as a whole."""
        if (found.size or 0) < MIN_CUT_BYTES:
            return None
        cut = _CutFile(found)
        with contextlib.suppress(Exception):
            # What is wrong with the file is said by who reads it.
            if cut.open(self._context, self._kind):
                self._cut_files.add(cut)
                return cut
        cut.close()
        return None

    def _whole(self, job: Job, file: FileResults) -> Iterator[Result]:
        yield from self._noted(job, file)
        file.is_opened = job.ended is None or job.ended.is_opened

    def _noted(self, job: Job, file: FileResults) -> Iterator[Result]:
        for told, result in self._pool.entries(job):
            told.tell(self._context)
            file.done = job.bytes_done
            yield result
        if job.ended:
            job.ended.told.tell(self._context)
            self._context.kinds.update(job.ended.kinds)
            self._context.names_seen.update(job.ended.names_seen)
            file.has_failed = file.has_failed or job.ended.has_failed

    def _cut(self, cut: _CutFile, file: FileResults) -> Iterator[Result]:
        is_last = False
        while not is_last:
            item = self._pool.next_item()
            if isinstance(item, Rest):
                yield from item.results(self._context, cut.found, cut.known)
                break
            block = item.unit
            dependence = self._pool.finish(item).dependence
            is_last, file.done = block.is_last, block.bytes_done
            if dependence is None or dependence.holds(block.known, cut.known, is_last=is_last):
                yield from self._noted(item, file)
                cut.known.update(dependence.orders if dependence else {})
                continue
            self._pool.drop(item)
            parts = [block]
            if not is_last and dependence.undecided - cut.known.keys():
                cut.is_taken = is_last = True
                parts += self._pool.take_over(lambda part: isinstance(part, (Block, Rest)))
                yield from rest_of(chain(parts, cut.parts), cut.found).results(self._context, cut.found, cut.known)
            else:
                again = replace(block, known=dict(cut.known))
                yield from again.results(self._context, self._kind)
                cut.known.update(again.dependence.orders if again.dependence else {})
        self._context.kinds["jsonl"] += 1
        file.has_failed = file.has_failed or cut.has_failed
        cut.close()
        self._cut_files.discard(cut)


class _CutFile:
    """A file of JSON Lines that is read in blocks.

    Attributes:
        found: The file.
        parts: Its blocks and what is left of them, to be asked for one by one.
        known: What is known so far of the orders of its dates, by column.
        is_taken: Whether its rest is read here, and no more blocks are to be given out.
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        self.parts: Iterator[Block | Rest] = iter(())
        self.known: dict[str, DateOrder | None] = {}
        self.is_taken = False
        self._stream: BinaryIO | None = None
        self._raw: Counted | None = None

    @property
    def has_failed(self) -> bool:
        """Whether the system could not read it to its end."""
        return self._raw is not None and self._raw.has_failed

    def open(self, context: Context, kind: str | None) -> bool:
        """Open it; whether it can be cut."""
        self._stream = stream = open(self.found.file, "rb", buffering=0)  # noqa: SIM115 - closed after its last block
        self._raw = raw = Counted(stream, self.found.size)
        lines = lines_of(raw, self.found.name, context, kind)
        if lines is None:
            return False
        self.parts = blocks_of(lines, raw, self.found, must_be_utf8=context.encoding is None)
        return True

    def close(self) -> None:
        """Close the file."""
        if self._stream:
            self._stream.close()


def _close_all(files: set[_CutFile]) -> None:
    while files:
        files.pop().close()
