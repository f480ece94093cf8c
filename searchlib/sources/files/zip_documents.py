"""Documents that programs keep as zip archives: which one it is, and its parts within bounds.

Office documents, OpenDocument files and e-books are archives of XML. What a part expands to
is bounded by what the archive's directory states, which zipfile holds it to, and the parts
that are read are bounded together: an archive inside a document is never unpacked.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, NamedTuple
from xml.etree.ElementTree import Element

from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.wire.safe_xml import parse_xml

__all__ = ["Found", "Parts", "document_in_zip", "linked_part", "opened_parts"]

#: How much is read of all parts of one document together, in bytes.
MAX_DOCUMENT_BYTES: Final = 4 * MAX_RECORD_BYTES

_MAX_MIMETYPE_BYTES: Final = 200
# Media type in the part "mimetype" → kind.
_KIND_BY_TYPE: Final = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
}
# Folder of an Office document → kind, or what it is instead.
_OFFICE_KINDS: Final = {"word": "docx", "xl": "xlsx"}
_OFFICE_OTHERS: Final = {"ppt": "a presentation", "visio": "a drawing"}
_DAMAGE: Final = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


class Found(NamedTuple):
    """What a program keeps in a zip archive: a kind that can be read, or why it is none; both "" for an archive."""

    kind: str = ""
    problem: str = ""


def document_in_zip(archive: zipfile.ZipFile) -> Found:
    """What the archive is, told by the names of its members and by what "mimetype" says."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return _office_document(names)
    if "mimetype" in names and any(name.startswith("META-INF/") for name in names):
        stated = _mimetype(archive)
        if kind := _KIND_BY_TYPE.get(stated):
            return Found(kind)
        return Found(problem=_unreadable(f"an e-book or OpenDocument file of type {stated[:60]!r}"))
    if "META-INF/container.xml" in names:
        return Found("epub")
    if "META-INF/MANIFEST.MF" in names:
        return Found(problem=_unreadable("a Java program"))
    return Found()


def _office_document(names: set[str]) -> Found:
    folders = {name.partition("/")[0] for name in names}
    if kind := next((kind for folder, kind in _OFFICE_KINDS.items() if folder in folders), ""):
        return Found(kind)
    what = next((f": {what}" for folder, what in _OFFICE_OTHERS.items() if folder in folders), "")
    return Found(problem=_unreadable(f"an Office document{what}"))


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as member:
            return member.read(_MAX_MIMETYPE_BYTES).decode("ascii", "replace").strip()
    except _DAMAGE:
        return ""


def _unreadable(what: str) -> str:
    return f"not a kind of file that can be read (found {what})"


class Parts:
    """The parts of one document, by name.

    Attributes:
        names: What there is.
    """

    def __init__(self, archive: zipfile.ZipFile, context: Context) -> None:
        self.names = frozenset(archive.namelist())
        self._archive = archive
        self._context = context
        self._bytes_left = MAX_DOCUMENT_BYTES

    def read(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            SourceError: There is no such part, or it is damaged, encrypted or too large.
        """
        try:
            size = self._archive.getinfo(name).file_size
        except KeyError:
            raise self._context.error(f"the document has no part {name[:80]!r}") from None
        self._bytes_left -= size
        if size > MAX_RECORD_BYTES or self._bytes_left < 0:
            raise self._context.error(
                f"its part {name[:80]!r} expands to {size:,} bytes; a part may have {MAX_RECORD_BYTES:,}, and all that "
                f"are read {MAX_DOCUMENT_BYTES:,}"
            )
        try:
            return self._archive.read(name)
        except _DAMAGE as error:
            raise self._context.error(f"its part {name[:80]!r} is damaged or encrypted: {error}") from None

    def xml(self, name: str) -> Element:
        """The root element of a part.

        Raises:
            SourceError: As `read` does, or the part is no XML that is safe to read.
        """
        try:
            return parse_xml(self.read(name))
        except ValueError as error:
            raise self._context.error(f"its part {name[:80]!r} cannot be read: {error}") from None

    def optional_xml(self, name: str) -> Element | None:
        """The root element of a part that documents can do without; None where it is not there or cannot be read."""
        try:
            return self.xml(name) if name in self.names else None
        except SourceError:
            return None


@contextmanager
def opened_parts(stream: BinaryIO, context: Context) -> Iterator[Parts]:
    """The parts of a document in a stream that can seek.

    Raises:
        SourceError: It is no zip archive.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise context.error(f"the document is damaged: {error}") from None
    with archive:
        yield Parts(archive, context)


def linked_part(part: str, target: str) -> str:
    """The name of the part that another part's link leads to: ("OEBPS/book.opf", "text/1.xhtml") → "OEBPS/text/1.xhtml"."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
