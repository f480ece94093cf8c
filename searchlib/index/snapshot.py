"""One generation of an index, open for reading: it stays as it is, whatever is committed meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timezone, tzinfo
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

from whoosh.fields import Schema
from whoosh.reading import SegmentReader

from searchlib.analysis import ArticleAnalyzers
from searchlib.article import Article
from searchlib.codec import PlainDataStorage
from searchlib.codec.identity import FORMAT, PRINTED_WORDS_FORMAT
from searchlib.errors import UpgradeNeededError
from searchlib.index.ledger import Ledger, ledger_of
from searchlib.index.locks import pin
from searchlib.index.manifest import Manifest, Settings, last_manifest, read_manifest
from searchlib.index.segments import (
    docnums_of,
    format_of,
    knows_lengths,
    knows_printed_words,
    load_segments,
    open_readers,
    stored_fields_of,
)
from searchlib.index.verify import checked
from searchlib.schema import DETECTED, ID, LANGUAGE, article_from_stored, build_schema

__all__ = ["Snapshot", "analyzers_of", "open_snapshot", "pin_last", "schema_of", "zone_of"]

_PIN_RETRIES: Final = 100


def zone_of(settings: Settings) -> tzinfo:
    """The time zone that an index's days are days in."""
    return timezone.utc if settings.timezone == "UTC" else ZoneInfo(settings.timezone)


@lru_cache(maxsize=64)
def _analyzers(language: str, fallback: str) -> ArticleAnalyzers:
    return ArticleAnalyzers(language, fallback)


def analyzers_of(settings: Settings) -> ArticleAnalyzers:
    """The analyzers of an index's articles.

    Raises:
        SettingError: The code of a language is unknown.
    """
    return _analyzers(settings.language, settings.fallback_language)


def schema_of(settings: Settings) -> Schema:
    """The Whoosh schema that an index was made with."""
    return build_schema(analyzers_of(settings), zone_of(settings), settings.weights, printed=settings.codec == "whoosh")


class Snapshot:
    """The readers of one generation.

    Whoosh's codec: for one thread at a time, because its readers share the current offset of a file. Native codec: for
    any number of threads.

    Attributes:
        directory: The index.
        manifest: The generation.
        schema: What its documents consist of.
        zone: The time zone of its days.
        readers: A Whoosh reader of each segment.
    """

    def __init__(self, directory: Path, manifest: Manifest, readers: list[SegmentReader], pinned: Any = None) -> None:
        self.directory = directory
        self.manifest = manifest
        self.schema = schema_of(manifest.settings)
        self.zone = zone_of(manifest.settings)
        self.readers = readers
        self._pinned = pinned
        self._checked = checked(directory, manifest)
        self._ids: dict[int, Any] = {}

    @cached_property
    def formats(self) -> tuple[int, ...]:
        """The format that each segment was written in."""
        return tuple(format_of(reader.segment()) for reader in self.readers)

    @cached_property
    def words_as_printed(self) -> bool:
        """Whether all segments know which words were printed, and where sentences end."""
        return all(map(knows_printed_words, self.readers))

    def insist_on_words_as_printed(self, feature: str) -> None:
        """Raise an error where a segment is too old for a question, or was written by a program that does not keep them.

        Args:
            feature: What was asked, as it begins a sentence: "an exact word", "a pattern".

        Raises:
            UpgradeNeededError: A segment does not know which words were printed; it says what to do.
        """
        if not self.words_as_printed:
            raise UpgradeNeededError(str(self.directory), feature, found=min(self.formats), needed=PRINTED_WORDS_FORMAT)

    def insist_on_lengths(self, feature: str) -> None:
        """Raise an error where a segment does not know the exact lengths of articles, and when they were last changed.

        Args:
            feature: What was asked, as it begins a sentence: "a question about lengths".

        Raises:
            UpgradeNeededError: An earlier version wrote a segment; it says what to do.
        """
        if not all(map(knows_lengths, self.readers)):
            raise UpgradeNeededError(str(self.directory), feature, found=min(self.formats), needed=FORMAT)

    @cached_property
    def ledger(self) -> Ledger:
        """Which files were read; an empty one where none was."""
        with self.checked():
            return ledger_of(self.directory, self.manifest)

    @property
    def count(self) -> int:
        """How many articles there are."""
        return sum(reader.doc_count() for reader in self.readers)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of its articles, by code, without regions; `UNDETERMINED` where one names none.

        Deleted articles count until a merge drops them. An index of one language does not say who names none.
        """
        terms = {term for reader in self.readers for term in reader.field_terms(LANGUAGE)}
        return frozenset(term for term in terms if "-" not in term and DETECTED not in term)

    def article(self, segment: int, docnum: int) -> Article:
        """The article that is `docnum` in a segment."""
        return self.article_readers[segment](docnum)

    @cached_property
    def article_readers(self) -> list[Callable[[int], Article]]:
        """For each segment what reads an article of it, by docnum; a native one's also after the snapshot was closed."""
        return [self._new_article_reader(reader) for reader in self.readers]

    def _new_article_reader(self, reader: SegmentReader) -> Callable[[int], Article]:
        zone, around = self.zone, self._checked
        stored_fields = stored_fields_of(reader)

        def read(docnum: int) -> Article:
            with around:
                return article_from_stored(stored_fields(docnum), zone)

        return read

    def article_id(self, segment: int, docnum: int) -> str:
        """The id of the article that is `docnum` in a segment, without reading all of it."""
        column = self._ids.get(segment)
        if column is None:
            column = self._ids[segment] = self.readers[segment].column_reader(ID)
        return str(column[docnum])

    def find(self, article_id: str) -> tuple[int, int] | None:
        """Where an article is, as (segment, docnum); None where it is not."""
        with self.checked():
            for segment, reader in enumerate(self.readers):
                for docnum in docnums_of(reader, article_id):
                    return segment, docnum
        return None

    def articles(self) -> Iterator[Article]:
        """All articles, segment by segment."""
        for segment, reader in enumerate(self.readers):
            for docnum in range(reader.doc_count_all()):
                if not reader.is_deleted(docnum):
                    yield self.article(segment, docnum)

    def checked(self) -> AbstractContextManager[None]:
        """Around reading: what fails because files are damaged is an `IndexCorruptError`."""
        return self._checked

    def close(self) -> None:
        """Let go of the files; the generation may be swept."""
        for reader in self.readers:
            if not reader.is_closed:
                reader.close()
        if self._pinned is not None:
            self._pinned.close()


def open_snapshot(directory: Path, generation: Path | None = None) -> Snapshot:
    """Open the last generation, or one that another snapshot keeps.

    Args:
        directory: The index.
        generation: The manifest of that other snapshot; None for the last.

    Raises:
        IndexNotFoundError: There is no index.
        IndexFormatError: It is damaged, or of a format that this version does not read.
    """
    path, pinned = pin_last(directory) if generation is None else (generation, pin(generation))
    try:
        manifest = read_manifest(path)
        with checked(directory, manifest):
            segments = load_segments(directory, manifest)
            readers = open_readers(PlainDataStorage(str(directory)), schema_of(manifest.settings), segments)
        return Snapshot(directory, manifest, readers, pinned)
    except BaseException:
        pinned.close()
        raise


def pin_last(directory: Path) -> tuple[Path, IO[bytes]]:
    """The manifest of the last generation, and the file that keeps the generation until it is closed.

    Raises:
        IndexNotFoundError: There is no index.
    """
    for _ in range(_PIN_RETRIES):
        path = last_manifest(directory)
        # A writer that swept it meanwhile has committed a later one.
        with contextlib.suppress(FileNotFoundError):
            return path, pin(path)
    raise AssertionError("commits follow one another faster than a file is opened")
