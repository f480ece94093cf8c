"""XML from strangers → elements, without anything that XML can do to its reader.

Entities are neither declared nor fetched: a document that declares one is refused, whether
it stands for a word, for a billion of them or for a file. A DOCTYPE by itself is allowed,
since NITF files have one; what it points to is never read. Depth and size are bounded.

What the document states about its encoding is held against its bytes: one that states a single-byte encoding and is
UTF-8 is read as UTF-8, and what states UTF-8 and cannot be is Windows-1252, byte by byte.

Elements are those of `xml.etree.ElementTree`, names as ``{namespace}name``.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element
from xml.parsers import expat

from searchlib.sources.base import MAX_RECORD_BYTES
from searchlib.sources.encodings.decoding import Say, decoder_of
from searchlib.sources.encodings.encoding_names import codecs_of_label, is_shifted

__all__ = ["MAX_DEPTH", "MAX_ELEMENTS", "declared_encoding", "iter_elements", "parse_xml"]

#: How deep elements may be nested; news formats stay below 30.
MAX_DEPTH: Final = 200
#: How many elements and attributes one record may have.
MAX_ELEMENTS: Final = 500_000

_BLOCK_BYTES: Final = 64 * 1024
_MAX_TAG_BYTES: Final = 8 * 1024 * 1024
# An XML declaration is shorter than this.
_DECLARATION_BYTES: Final = 1024

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_ENCODING: Final = re.compile(rb"""<\?xml\s[^>]{0,500}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")


def parse_xml(data: bytes, *, encoding: str | None = None, say: Say | None = None) -> Element:
    """The root element of a whole XML document.

    Args:
        data: The document, at most `MAX_RECORD_BYTES` long.
        encoding: Text encoding; None for the one that the document states, which is UTF-8 where it states none.
        say: Takes what there is to say of the encoding; None where a doubt about it is an error.

    Raises:
        ValueError: The document is not well-formed, declares an entity, or is too large or too deeply nested; the
            message says which, with line and column.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise ValueError(f"the XML document is {len(data):,} bytes long; at most {MAX_RECORD_BYTES:,} are read")
    roots = list(iter_elements(BytesIO(data), None, encoding=encoding, say=say))
    return roots[0]


def iter_elements(
    stream: BinaryIO, names: Collection[str] | None, *, encoding: str | None = None, say: Say | None = None
) -> Iterator[Element]:
    """Yield elements of an XML stream, each as soon as it is closed, holding no more than one of them.

    Args:
        stream: The document. What is well-formed up to where it breaks off is yielded before the error.
        names: Local names of the elements to yield; those inside one another stay inside. Where the document has
            none of them, its outermost element is yielded; None yields that in any case.
        encoding: As in `parse_xml`; so is `say`.

    Raises:
        ValueError: As `parse_xml` does; the size limits hold for each element yielded.
    """
    reader = _Reader(names)
    block = stream.read(_BLOCK_BYTES)
    decode = _decoder(block, encoding, say)
    while block:
        reader.feed(decode(block, False))
        yield from reader.take()
        block = stream.read(_BLOCK_BYTES)
    reader.feed(decode(b"", True), final=True)
    yield from reader.take()


def declared_encoding(data: bytes) -> str | None:
    """Name of the encoding that a byte order mark or the XML declaration states; None where neither does.

    Raises:
        ValueError: The declaration names an encoding that is not read here.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    found = _ENCODING.match(data[:_DECLARATION_BYTES].lstrip())
    return _known_encoding(found[1].decode("ascii")) if found else None


def _known_encoding(name: str) -> str:
    if known := codecs_of_label(name):
        return known[0]
    with suppress(LookupError):
        # The declaration was found in single bytes; so the file is not in double bytes, whatever it states.
        if codecs.lookup(name).name.startswith(("utf-16", "utf-32")):
            return "utf-8"
    raise ValueError(f"the XML is in the encoding {name!r}, which is not known; convert the file to UTF-8")


def _decoder(first_block: bytes, encoding: str | None, say: Say | None) -> Callable[[bytes, bool], str]:
    """What decodes block after block. What is stated is not believed against what the bytes are."""
    name = encoding or declared_encoding(first_block) or "utf-8"
    is_fixed = encoding is not None or any(first_block.startswith(mark) for mark, _ in _BOMS) or is_shifted(name)
    decoder = codecs.getincrementaldecoder(name)("strict") if is_fixed else None

    def decode(block: bytes, final: bool) -> str:
        nonlocal decoder
        try:
            if decoder is None:
                if block.isascii():
                    return block.decode("ascii")
                decoder = decoder_of(block, [name], say)
            return decoder.decode(block, final)
        except UnicodeDecodeError as error:
            raise ValueError(
                f"the XML is not in its encoding, {name} ({error.reason}); name the one it is in"
            ) from None
        except ValueError as error:
            raise ValueError(f"the XML is not in its encoding, {name} ({error}); name the one it is in") from None

    return decode


class _Reader:
    """Feeds expat, builds elements from what it reports, and hands out records as they close."""

    def __init__(self, names: Collection[str] | None) -> None:
        self._names = names
        self._open: list[Element] = []
        self._text: list[str] = []
        self._ready: list[Element] = []
        self._any_record = False
        self._record_depth = 0
        self._record_start = 0
        # Bytes of the records handed out. All other bytes fed are still held.
        self._released_bytes = 0
        self._fed_bytes = 0
        self._elements_inside = 0
        self._elements_outside = 0
        parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        # Default attributes of a DOCTYPE would be repeated at each element.
        parser.specified_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._skipped_entity
        self._parser = parser

    def feed(self, text: str, *, final: bool = False) -> None:
        if not self._fed_bytes:
            # Feeds and hand-made files often begin with a blank line, which XML forbids before its declaration.
            text = text.lstrip("\ufeff \t\r\n")
        if not text and not final:
            return
        data = text.encode("utf-8")
        self._fed_bytes += len(data)
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, str(error))
            raise ValueError(
                f"the XML is not well-formed at line {error.lineno}, column {error.offset + 1}: {reason}"
            ) from None
        self._check_bytes()

    def take(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _check_bytes(self) -> None:
        held = self._fed_bytes - (self._record_start if self._record_depth else self._released_bytes)
        if held > MAX_RECORD_BYTES:
            raise ValueError(f"one record of the XML is longer than {MAX_RECORD_BYTES:,} bytes{self._where()}")
        # Some versions of expat read a tag from its beginning again whenever more of it arrives.
        if self._fed_bytes - max(0, self._parser.CurrentByteIndex) > _MAX_TAG_BYTES:
            raise ValueError(f"one tag or comment of the XML is longer than {_MAX_TAG_BYTES:,} bytes{self._where()}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._place_text()
        element = Element(_qualified(name), {_qualified(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)
        if not self._record_depth and self._is_record(name):
            self._record_depth = len(self._open)
            self._record_start = self._parser.CurrentByteIndex
            self._elements_inside = 0
        if self._record_depth:
            self._elements_inside += 1 + len(attributes)
        else:
            self._elements_outside += 1 + len(attributes)
        if len(self._open) > MAX_DEPTH:
            raise ValueError(f"the XML is nested more than {MAX_DEPTH} elements deep{self._where()}")
        if max(self._elements_inside, self._elements_outside) > MAX_ELEMENTS:
            raise ValueError(
                f"one record of the XML has more than {MAX_ELEMENTS:,} elements and attributes{self._where()}"
            )

    def _is_record(self, name: str) -> bool:
        return self._names is not None and name.rpartition("}")[2] in self._names

    def _end(self, name: str) -> None:
        self._place_text()
        depth = len(self._open)
        element = self._open.pop()
        if depth == self._record_depth:
            self._record_depth = 0
            self._released_bytes += self._parser.CurrentByteIndex - self._record_start
            if self._open:
                del self._open[-1][-1]
        elif depth > 1 or self._any_record:
            return
        self._any_record = True
        self._ready.append(element)

    def _place_text(self) -> None:
        if self._text and self._open:
            parent, text = self._open[-1], "".join(self._text)
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + text
            else:
                parent.text = (parent.text or "") + text
        self._text.clear()

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise ValueError(
            f"the XML declares the entity {name!r}{self._where()}; entities are not expanded, "
            "so write what it stands for and remove the declaration"
        )

    def _skipped_entity(self, name: str, is_parameter: bool) -> None:
        # Only in a document whose DOCTYPE points to definitions, which are not read: in practice, HTML's names.
        if is_parameter:
            return
        text = html.entities.html5.get(f"{name};")
        if text is None:
            raise ValueError(f"the XML uses the entity {name!r}{self._where()}, which it does not declare")
        self._text.append(text)

    def _where(self) -> str:
        return f" at line {self._parser.CurrentLineNumber}"


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name
