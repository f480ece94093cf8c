"""PDFs, built for a test: lines of Helvetica at places of a page."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Put(NamedTuple):
    """A line of text: its left end and its base line in points, and the size of the type."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 10


def column(text: str, *, top: float = 700, x: float = 72, size: float = 10, leading: float = 12) -> list[Put]:
    """Lines below one another; an empty one is a gap."""
    return [Put(line, x, top - number * leading, size) for number, line in enumerate(text.split("\n")) if line]


def content_of(lines: Sequence[Put]) -> bytes:
    """What draws these lines."""
    drawn = []
    for line in lines:
        text = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn.append(b"BT /F1 %.1f Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET" % (line.size, line.x, line.y, text))
    return b"\n".join(drawn)


def stream(data: bytes, *, extra: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


def pdf(pages: Sequence[Sequence[Put]], info: Mapping[str, str] | None = None, *, raw: Sequence[bytes] = ()) -> bytes:
    """A PDF of these pages, with these properties; `raw` are the streams of further pages."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for content in [*(stream(content_of(page)) for page in pages), *raw]:
        objects.append(content)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    trailer = b""
    if info:
        values = b" ".join(
            b"/%s <%s>" % (name.encode(), ("\ufeff" + value).encode("utf-16-be").hex().encode())
            for name, value in info.items()
        )
        objects.append(b"<< %s >>" % values)
        trailer = b" /Info %d 0 R" % len(objects)
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, xref)
    return bytes(out)
