"""The kinds of files that can be read, and which of them a file is: by its content, then by its name.

`KINDS` is the whole list. A source's module is imported when the first file of its kind is
read, so that a command which reads none pays for none.
"""

from __future__ import annotations

import importlib
import json
import re
from typing import Final, cast

from searchlib.sources.base import Source
from searchlib.sources.documents.text_shapes import shape_of
from searchlib.sources.encodings.decoding import bom_encoding, decode_head, unicode_of
from searchlib.sources.records.field_names import looks_like_header
from searchlib.sources.wire.wire_messages import begins_messages

__all__ = ["HEAD_BYTES", "KINDS", "detect_kind", "is_web_archive", "source_of"]

#: How much of a file its kind is told by.
HEAD_BYTES: Final = 64 * 1024

# Kind → (module, function) of its source.
_SOURCES: Final = {
    "addresses": ("documents.address_list", "read"),
    "csv": ("records.table", "read"),
    "docx": ("documents.docx", "read"),
    "email": ("documents.email_message", "read"),
    "epub": ("documents.epub", "read"),
    "feed": ("feed", "read"),
    "html": ("web_pages.web_page", "read"),
    "iptc7901": ("wire.iptc7901", "read"),
    "json": ("records.json_records", "read"),
    "jsonl": ("records.json_records", "read_by_line"),
    "markdown": ("documents.markdown", "read"),
    "mbox": ("documents.mailbox", "read"),
    "mhtml": ("web_pages.saved_page", "read_mhtml"),
    "newsml": ("wire.newsml", "read"),
    "newsml1": ("wire.newsml1", "read"),
    "ninjs": ("wire.ninjs", "read"),
    "nitf": ("wire.nitf", "read"),
    "odt": ("documents.odt", "read"),
    "parquet": ("records.parquet", "read"),
    "pdf": ("documents.pdf", "read"),
    "savedpage": ("web_pages.saved_page", "read_html"),
    "sqlite": ("records.database", "read"),
    "text": ("page_texts.page_text", "read"),
    "tsv": ("records.table", "read"),
    "warc": ("web_pages.web_archive", "read"),
    "webarchive": ("web_pages.saved_page", "read_webarchive"),
    "xlsx": ("records.workbook", "read"),
}
#: The kinds of files that can be read, by the names that users give them, in alphabetical order.
KINDS: Final = tuple(_SOURCES)

_KIND_BY_ENDING: Final = {
    "arc": "warc", "atom": "feed", "csv": "csv", "eml": "email", "emlx": "email", "htm": "html", "html": "html", "json": "json", "jsonl": "jsonl",
    "markdown": "markdown", "mbox": "mbox", "md": "markdown", "mdown": "markdown", "mht": "mhtml", "mhtml": "mhtml", "mkd": "markdown",
    "ndjson": "jsonl", "nitf": "nitf", "rdf": "feed", "rss": "feed", "shtml": "html", "tab": "tsv", "tsv": "tsv",
    "warc": "warc", "webarchive": "webarchive", "xhtml": "html",
}  # fmt: skip
# These are text, and never articles.
_CODE_ENDINGS: Final = frozenset({
    "bat", "c", "cfg", "conf", "cpp", "css", "go", "h", "ini", "ipynb", "java", "js", "lock", "log", "map", "mjs", "php",
    "ps1", "py", "rb", "rs", "scss", "sh", "sql", "svg", "toml", "ts", "yaml", "yml",
})  # fmt: skip

_KIND_BY_ROOT: Final = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "nitf": "nitf", "html": "html",
    "catalogitem": "newsml", "conceptitem": "newsml", "contentmeta": "newsml", "contentset": "newsml",
    "groupset": "newsml", "knowledgeitem": "newsml", "newsitem": "newsml", "newsmessage": "newsml",
    "newsml": "newsml1", "packageitem": "newsml", "planningitem": "newsml",
    "opml": "addresses", "sitemapindex": "addresses", "urlset": "addresses",
}  # fmt: skip
_HTML_TAGS: Final = frozenset({
    "a", "abbr", "article", "aside", "b", "blockquote", "body", "br", "center", "div", "em", "figure", "font", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "i", "iframe", "img", "li", "link", "main", "meta",
    "nav", "noscript", "ol", "p", "pre", "script", "section", "small", "span", "strong", "style", "table", "title", "tr",
    "ul",
})  # fmt: skip

_BINARY_PLIST: Final = b"bplist00"
# First bytes → kind, of kinds that are no text.
_KIND_BY_MAGIC: Final = (
    (b"%PDF-", "pdf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
)
# First bytes → what the file is. Longer beginnings stand before the shorter ones that they contain.
_BINARIES: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, a video or an image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or a video"),
    (b"fLaC", "a sound"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office document, or a mail of Outlook; save it as .docx or .eml"),
    (b"{\\rtf", "an RTF document"),
    (_BINARY_PLIST, "a property list"),
    (b"\x37\x7f\x06\x82", "the write-ahead log of an SQLite database"),
    (b"\x37\x7f\x06\x83", "the write-ahead log of an SQLite database"),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "the journal of an SQLite database"),
    (b"ARROW1", "an Arrow file; write it as Parquet"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
)
_TAR_MAGIC, _TAR_OFFSET = b"ustar", 257
_DUCKDB_MAGIC, _DUCKDB_OFFSET = b"DUCK", 8
_MP4_MAGIC, _MP4_OFFSET = b"ftyp", 4

_EMPTY_LINE: Final = re.compile(rb"\r?\n\r?\n")
_MAX_HEADER_BYTES: Final = 8192
_MHTML_TYPE: Final = re.compile(
    rb"\A(?=[A-Za-z-]{2,40}:)(?:[^\n]*\n)*?content-type:\s*(?:multipart/related|text/html)\b", re.IGNORECASE
)
_SAVED: Final = re.compile(rb"^(?:snapshot-content-location:|from:[^\n]{0,20}saved by\b)", re.IGNORECASE | re.MULTILINE)
_SENT: Final = re.compile(
    rb"^(?:to|cc|bcc|received|delivered-to|return-path|message-id|reply-to|list-id|dkim-signature):",
    re.IGNORECASE | re.MULTILINE,
)
# In a comment at the beginning of a page: what SingleFile, and what browsers put there.
_SAVED_PAGE: Final = re.compile(r"<!--\s*(?:Page saved with SingleFile|saved from url=\()", re.IGNORECASE)
_MAX_COMMENT_CHARS: Final = 4096

_BEFORE_ROOT: Final = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
# Some publishers put their feed into a page.
_ATOM: Final = re.compile(r"<feed\s[^<>]*http://www\.w3\.org/2005/Atom")
_FEED: Final = re.compile(r"<\?xml[^>]*>\s*<(?:rss|feed|rdf:RDF)[\s>]")
_PAGE: Final = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_JSON_START: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[\]{\"\d-])")
_JSON_FEED: Final = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_ZEROS: Final = re.compile(rb"\0{2,}")
_CONTROL_BYTES: Final = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
# So many controls, or this share of the bytes, may stand in a file that is known for text by its structure.
_FEW_CONTROLS: Final = 3
_MAX_CONTROLS: Final = 0.01
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def source_of(kind: str) -> Source:
    """What reads files of this kind.

    Raises:
        KeyError: There is no such kind.
    """
    module, function = _SOURCES[kind]
    return cast("Source", getattr(importlib.import_module(f"searchlib.sources.{module}"), function))


def is_web_archive(head: bytes) -> bool:
    """Whether a file that begins like this is a WARC or ARC, not compressed."""
    return head.startswith((b"WARC/", b"filedesc://"))


def detect_kind(head: bytes, name: str, *, encoding: str | None = None) -> str:
    """The kind of a file.

    Args:
        head: Its first `HEAD_BYTES`; all of it where it is shorter.
        name: Its name without the endings of compression.
        encoding: Its text encoding, where the user named one.

    Raises:
        ValueError: It is none of `KINDS`; the message says what it is.
    """
    if not head:
        raise ValueError("the file is empty")
    # The only gzip that reaches this point is that of web archives: see `containers`.
    if is_web_archive(head) or head.startswith(b"\x1f\x8b"):
        return "warc"
    if begins_messages(head):
        return "iptc7901"
    if _is_mhtml(head):
        return "mhtml"
    if head.startswith(_BINARY_PLIST) and (b"WebMainResource" in head or name.lower().endswith(".webarchive")):
        return "webarchive"
    if kind := next((kind for magic, kind in _KIND_BY_MAGIC if head.startswith(magic)), ""):
        return kind
    if what := _binary(head, encoding):
        raise _unreadable(what)
    text = decode_head(head, encoding)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return _kind_of_text(text, ending)


def _is_mhtml(head: bytes) -> bool:
    """Whether a file begins like a page that was saved as a message; one that was sent is e-mail."""
    header = head[:_MAX_HEADER_BYTES].lstrip()
    # Nearly all files begin with another sign, or have no such line.
    if not header[:1].isalpha() or b"content-type:" not in header.lower():
        return False
    header = _EMPTY_LINE.split(header, maxsplit=1)[0]
    if not _MHTML_TYPE.search(header):
        return False
    return bool(_SAVED.search(header)) or (b"mime-version:" in header.lower() and not _SENT.search(header))


def _unreadable(what: str) -> ValueError:
    return ValueError(f"not a kind of file that can be read (found {what})")


def _binary(head: bytes, encoding: str | None) -> str:
    """What a file that is no text is; empty for text."""
    for magic, what in _BINARIES:
        if head.startswith(magic):
            return what
    if head.startswith(_TAR_MAGIC, _TAR_OFFSET):
        return "a tar archive; unpack it first"
    if head.startswith(_DUCKDB_MAGIC, _DUCKDB_OFFSET):
        return "a DuckDB database; export the table: COPY articles TO 'articles.parquet'"
    if head.startswith(_MP4_MAGIC, _MP4_OFFSET):
        return "a video"
    if b"\0" in head and not encoding and bom_encoding(head) in (None, "utf-8") and not unicode_of(head):
        # Text may be damaged at a place or padded; what is no text has such bytes everywhere.
        text = _ZEROS.sub(b"\0", head).strip(b"\0")
        controls = len(text) - len(text.translate(None, _CONTROL_BYTES))
        if controls > max(_FEW_CONTROLS, len(text) * _MAX_CONTROLS) or not text:
            return "binary data"
    return ""


def _kind_of_text(text: str, ending: str) -> str:
    named = _KIND_BY_ENDING.get(ending, "")
    start = text.lstrip()[:1]
    kind = ""
    if not start:
        raise ValueError("the file holds nothing but white space")
    if ending not in _CODE_ENDINGS and (kind := shape_of(text)) and (kind, named) != ("markdown", "html"):
        return kind
    if start == "<":
        kind = _kind_of_markup(text, named)
    elif start in "{[" and (_JSON_START.match(text) or named in ("json", "jsonl")):
        kind = _kind_of_json(text, named)
    elif named == "email":
        # Its text may be a page, a feed or a table.
        kind = named
    elif _FEED.search(text[:1024]):
        kind = "feed"
    elif _PAGE.search(text[:1024]):
        kind = "html"
    elif ending not in _CODE_ENDINGS and looks_like_header(text):
        kind = "csv"
    if kind or named:
        return kind or named
    if ending in _CODE_ENDINGS:
        raise _unreadable(f"a .{ending} file: code, settings or a log")
    if len(_CONTROLS.findall(text)) > len(text) // 100:
        raise _unreadable("binary data")
    return "text"


def _kind_of_markup(text: str, named: str) -> str:
    text = text.lstrip()
    at = 0
    while found := _BEFORE_ROOT.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    tag = root[1].lower() if root else ""
    if tag == "html" and _ATOM.search(text):
        return "feed"
    if tag == "html" and _SAVED_PAGE.search(text, 0, _MAX_COMMENT_CHARS):
        return "savedpage"
    if tag == "plist" and "WebMainResource" in text:
        return "webarchive"
    if kind := _KIND_BY_ROOT.get(tag):
        # NewsML 1 and NewsML-G2 both have items, in capitals and without.
        return "newsml1" if root and root[1] == "NewsItem" else kind
    if tag in _HTML_TAGS or _PAGE.search(text):
        return "html"
    if named or not root or not (text[:at].startswith("<?xml") or f"</{root[1]}" in text):
        return named
    raise _unreadable(f"XML whose outermost element is <{root[1][:40]}>")


def _kind_of_json(text: str, named: str) -> str:
    if _JSON_FEED.search(text):
        return "feed"
    if text.lstrip().startswith("["):
        return "json"
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    if named == "jsonl" or _are_objects(lines):
        return "jsonl"
    # Items of ninjs are known one by one, wherever they stand: see `json_records`.
    return "json"


def _are_objects(lines: list[str]) -> bool:
    """Whether these lines, of which the last may be cut off, begin as JSON Lines do."""
    if len(lines) < 2 or not lines[1].startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False
