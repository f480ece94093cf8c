"""What a load came to, and what an index holds: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from searchlib.article import Note
from searchlib.article.language_counts import LanguageCount, LanguageReport
from searchlib.errors import SourceError
from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line, days_line, number_of, one_line, quoted, some

__all__ = ["AddReport", "EndedFile", "FileRecord", "IndexStats"]

# As many rejects and notes a notebook shows.
_SHOWN_REJECTS: Final = 20


@dataclass(frozen=True, slots=True)
class AddReport(JsonForm):
    """What became of the articles given to a writer.

    Attributes:
        added: How many are new.
        replaced: How many replaced an article with the same id.
        rejects: The records that are no articles, each with where and why.
        notes: What articles went in without, such as a date that could not be read, each with where and why.
        languages: What became of those that name no language; None in an index of one language.
        deleted: How many went because the file that they came from was read again and has them no longer.
        unchanged_files: How many files were passed over because they have not changed since they were read.
        kept: How many were not added, because the version of the article that is there stays.

    Examples:
        >>> with index.writer() as writer:
        ...     report = writer.add_all(searchlib.read([{"title": "Fog"}, {"title": ""}]))
        >>> report.added, report.failed
        (1, 1)
    """

    added: int
    replaced: int
    rejects: tuple[SourceError, ...] = ()
    notes: tuple[Note, ...] = ()
    languages: LanguageReport | None = None
    deleted: int = 0
    unchanged_files: int = 0
    kept: int = 0

    @property
    def failed(self) -> int:
        """How many records are no articles."""
        return len(self.rejects)

    def as_dict(self) -> dict[str, Any]:
        """The report ready for JSON, "failed" among its numbers."""
        return {**JsonForm.as_dict(self), "failed": self.failed}

    def __repr__(self) -> str:
        counts = {"rejected": self.failed, "deleted": self.deleted, "kept": self.kept, "notes": len(self.notes)}
        others = [some(count, name) for name, count in counts.items()]
        unchanged = f"{number_of(self.unchanged_files, 'file')} unchanged" if self.unchanged_files else ""
        return one_line(self, f"{self.added:,} added", f"{self.replaced:,} replaced", *others, unchanged)

    def _repr_html_(self) -> str:
        """The numbers, and the first rejects and notes, for a notebook."""
        from searchlib.drawing import markup

        said = [str(each) for each in (*self.rejects, *self.notes)]
        return markup.frame(
            markup.caption(markup.text(repr(self).split(" ", 1)[1].removesuffix(">"))),
            markup.remarks(said[:_SHOWN_REJECTS]),
            markup.left_out(len(said) - _SHOWN_REJECTS, "rejects and notes"),
        )


@dataclass(frozen=True, slots=True)
class EndedFile(JsonForm):
    """What a file that was read again came to.

    Attributes:
        deleted: How many articles went because the file has them no longer.
        kept: How many it did not give again stay, because not all of it could be read.
        notes: What there is to say of it.

    Examples:
        >>> searchlib.EndedFile(deleted=2).kept
        0
    """

    deleted: int = 0
    kept: int = 0
    notes: tuple[Note, ...] = ()

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class FileRecord(JsonForm):
    """A file that articles were read from, as the index remembers it.

    Attributes:
        file: Its absolute path; where the system takes large and small letters for the same, in small ones.
        size: Its length in bytes when it was read.
        modified_ns: When it had been changed last, in nanoseconds since 1970.
        digest: BLAKE2b of its content, 16 bytes; empty where it changed while it was read.
        articles: How many articles it gave.
        rejects: How many records of it are no articles.
        generation: The commit that it was read for.
        options: Tells how it was read (`Reading.options`).
        is_whole: Whether all of it could be read.
        is_recent: Whether it was changed so shortly before it was read that its time does not tell a later change.
        is_due: Whether it is to be read again, whatever it looks like.

    Examples:
        >>> record = next(index.files())
        >>> record.articles, record.is_whole
        (3, True)
    """

    file: str
    size: int
    modified_ns: int
    digest: bytes
    articles: int
    rejects: int
    generation: int
    options: str
    is_whole: bool = True
    is_recent: bool = False
    is_due: bool = False

    def __repr__(self) -> str:
        articles = number_of(self.articles, "article")
        return one_line(self, quoted(self.file, 70), articles, some(self.rejects, "rejected"))


@dataclass(frozen=True, slots=True)
class IndexStats(JsonForm):
    """What an index holds.

    Attributes:
        path: Where it is.
        codec: The name of the codec that wrote it.
        language: Code of the language it is analysed in; "auto" for each article's own.
        timezone: Name of its time zone.
        articles: How many articles it answers with.
        deleted: How many deleted or replaced ones still take up room; merging drops them.
        undated: How many of its articles have no date.
        earliest: The first date among them, in the index's time zone; None where none is dated.
        latest: The last date.
        segments: Number of segments.
        generation: Number of commits that led here.
        size_bytes: Bytes on disk of what the current generation uses.
        committed: When the current generation was committed, aware.
        format: The lowest format of its parts; `Index.upgrade` rewrites those below the current one.
        languages: The languages of its articles, the most frequent first.
        fallback_language: What articles of no known language are read in; None in an index of one language.
        files: How many files it remembers having read.

    Examples:
        >>> stats = index.stats()
        >>> stats.articles, stats.codec, stats.timezone
        (50, 'native', 'UTC')
    """

    path: str
    codec: str
    language: str
    timezone: str
    articles: int
    deleted: int
    undated: int
    earliest: datetime | None
    latest: datetime | None
    segments: int
    generation: int
    size_bytes: int
    committed: datetime
    format: int
    languages: tuple[LanguageCount, ...] = ()
    fallback_language: str | None = None
    files: int = 0

    def __repr__(self) -> str:
        articles, segments = number_of(self.articles, "article"), number_of(self.segments, "segment")
        days = days_line(self.earliest, self.latest) if self.earliest and self.latest else ""
        return one_line(self, quoted(self.path), articles, days, segments, f"{self.size_bytes:,} bytes")

    def _repr_html_(self) -> str:
        """What the index holds, as a table, for a notebook."""
        from searchlib.drawing import markup

        days = days_line(self.earliest, self.latest) if self.earliest and self.latest else ""
        languages = ", ".join([f"{each.code or 'unknown'} {each.articles:,}" for each in self.languages])
        settings = f"codec {self.codec}, language {self.language}, time zone {self.timezone}"
        rows: list[tuple[str, str | int]] = [
            ("articles", self.articles), ("deleted", self.deleted), ("undated", self.undated), ("published", days),
            ("languages", languages), ("files", self.files), ("segments", self.segments), ("commits", self.generation),
            ("bytes", self.size_bytes), ("last commit", f"{self.committed:%Y-%m-%d %H:%M %Z}"), ("made with", settings),
        ]  # fmt: skip
        cells = [
            (markup.text(name), markup.text(value if isinstance(value, str) else f"{value:,}")) for name, value in rows
        ]
        return markup.frame(markup.caption(markup.quoted(self.path)), markup.table(("", ""), cells))
