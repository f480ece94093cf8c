"""An e-mail → one article: newsletters, press releases, articles that were mailed.

The subject is the title, the sender the author, the date the time of publication with the
sender's zone. The text is that of the parts that are shown: plain text where there is some,
else HTML. Attachments are named in `extra`, and not read; a note says so of those that may
hold text. Nothing that a mail links to is fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from typing import Any, BinaryIO, Final, NamedTuple

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.assembly import Unread, assemble, language_code
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.documents.mail_text import header_text, html_text, part_text, plain_text
from searchlib.sources.people.bylines import joined_bylines, read_byline

__all__ = ["article_from_message", "read"]

#: How many lines a mail may have; each is held in memory by the parser.
MAX_LINES: Final = 2_000_000
#: How many parts of a mail are looked at.
MAX_PARTS: Final = 1_000

_APPLE_SIZE: Final = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_MESSAGE_ID: Final = re.compile(r"<?\s*([^\s<>\x00-\x1f\x7f-\x9f]{1,500})\s*>?")
_MOZILLA_STATUS: Final = re.compile(r"[0-9A-Fa-f]{1,8}")
_MOZILLA_EXPUNGED: Final = 0x0008
_LIST_ID: Final = re.compile(r"(?P<name>[^<>]*)<(?P<id>[^<>\s]{1,200})>")
_MAX_LIST_ID_CHARS: Final = 1_000
_ARCHIVED: Final = re.compile(r"<?(https?://[^\s<>]{1,2000})>?")
_ENCRYPTED: Final = re.compile(r"-----BEGIN PGP MESSAGE-----")
_ENCRYPTED_TYPES: Final = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
# Attachments that never hold text of the mail's: pictures, sounds, and what programs add.
_SILENT_TYPES: Final = re.compile(
    r"(?:image|audio|video|font)/|application/(?:pgp-signature|(?:x-)?pkcs7-signature|pgp-keys|ics)|text/(?:calendar|(?:x-)?vcard|directory)"
)
# Plain text that is shorter than the HTML by this factor only says that there is HTML.
_STUB_SHARE: Final = 3


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article that a mail is, or why it is none."""
    yield article_from_message(_without_frame(stream.read(MAX_RECORD_BYTES + 1)), context)


def _without_frame(data: bytes) -> bytes:
    """A mail without what Apple's Mail puts around it in a file .emlx: its size above, a property list below."""
    size = _APPLE_SIZE.match(data)
    return data[size.end() : size.end() + int(size[1])] if size else data


def article_from_message(data: bytes, context: Context, record: int | None = None) -> Article | SourceError:
    """The article that a mail is, or why it is none.

    Args:
        data: The mail, from its first header on.
        context: What is read; its mapping may name headers.
        record: Number of the mail in its mailbox, from 1; None for a file of one mail.
    """
    if len(data) > MAX_RECORD_BYTES:
        return context.error(f"the mail is longer than {MAX_RECORD_BYTES:,} bytes, the most that is read", record)
    if data.count(b"\n") > MAX_LINES:
        return context.error(f"the mail has more than {MAX_LINES:,} lines, the most that are read", record)
    try:
        message = BytesParser(policy=compat32).parsebytes(data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"))
        if _is_deleted(message):
            return context.error(
                "the mail was deleted; Thunderbird keeps it in the file until it compacts the folder", record
            )
        found = _Shown(context.encoding)
        found.take(message)
        fields = _fields(message, found, context)
    except RecursionError:
        return context.error("the parts of the mail are nested too deeply", record)
    except _EncryptedError:
        return context.error("the mail is encrypted; save it decrypted first", record)
    return assemble(fields, context, record)


def _is_deleted(message: Message) -> bool:
    status = str(message.get("x-mozilla-status", "")).strip()
    return bool(_MOZILLA_STATUS.fullmatch(status)) and bool(int(status, 16) & _MOZILLA_EXPUNGED)


def _fields(message: Message, found: _Shown, context: Context) -> dict[str, Any]:
    headers = _Headers(message)
    listed = _LIST_ID.search(headers.first("list-id")[:_MAX_LIST_ID_CHARS])
    sender = headers.first("from") or headers.first("sender")
    identifier = _MESSAGE_ID.match(headers.first("message-id"))
    archived = _ARCHIVED.search(headers.first("archived-at"))
    notes = [Unread("text", "", problem) for problem in found.problems]
    if unread := [attachment.name for attachment in found.attachments if not attachment.is_silent]:
        notes.append(
            Unread("attachments", ", ".join(unread), "attachments are not read; save them, and index the files")
        )
    extra = {
        "from": sender,
        "to_list": listed["id"] if listed else "",
        "in_reply_to": headers.first("in-reply-to"),
        "attachments": [attachment.name for attachment in found.attachments],
    }
    fields: dict[str, Any] = {
        "id": identifier[1] if identifier else "",
        "title": headers.first("subject"),
        "body": found.text(),
        "byline": joined_bylines(map(read_byline, _names(headers.raw("from")))),
        "publisher": listed["name"].strip(" \"'") if listed else "",
        "published": headers.first("date"),
        "url": archived[1] if archived else "",
        "language": language_code(headers.first("content-language").partition(",")[0]),
        "tags": [tag for word in headers.first("keywords").split(",") if (tag := word.strip())],
        "unread": notes,
        "extra": {name: value for name, value in extra.items() if value},
    }
    return fields | {field: value for name, field in context.mapping.items() if (value := headers.first(name.lower()))}


class _Headers:
    """The headers of a mail, by name in small letters."""

    def __init__(self, message: Message) -> None:
        self._values: dict[str, str] = {}
        for name, value in message.raw_items():
            self._values.setdefault(name.lower(), str(value))

    def raw(self, name: str) -> str:
        """The first header of this name, as it stands in the mail; "" where there is none."""
        return self._values.get(name, "")

    def first(self, name: str) -> str:
        """The text of the first header of this name; "" where there is none."""
        return header_text(self.raw(name))


def _names(sender: str) -> list[str]:
    """The names of senders; an address without a name is none."""
    # Addresses are taken apart before their names are decoded, which may hold commas.
    return [text for name, _ in getaddresses([sender[:10_000]]) if (text := header_text(name)) and "@" not in text]


class _EncryptedError(Exception):
    """The text of the mail is encrypted."""


class _Attachment(NamedTuple):
    """A part that is not shown as text; `is_silent` says that none can be in it."""

    name: str
    is_silent: bool


class _Shown:
    """What a mail program shows of a mail, part by part.

    Attributes:
        attachments: The parts that are not shown.
        problems: What there is to say of parts that could not be read well.
    """

    def __init__(self, encoding: str | None) -> None:
        self.attachments: list[_Attachment] = []
        self.problems: list[str] = []
        self._encoding = encoding
        self._texts: list[str] = []
        self._parts = 0

    def text(self) -> str:
        """The text of all parts that are shown."""
        return "\n\n".join(filter(None, self._texts))

    def take(self, part: Message) -> None:
        """Take in a part with all that is inside it.

        Raises:
            _EncryptedError: It is encrypted.
        """
        self._parts += 1
        if self._parts > MAX_PARTS:
            return
        kind = part.get_content_type()
        if kind in _ENCRYPTED_TYPES:
            raise _EncryptedError
        if kind.startswith("multipart/"):
            self._take_parts(kind, part)
        elif kind == "message/rfc822" and part.get_content_disposition() != "attachment":
            # Mails in a digest, and one that is passed on, are shown below one another.
            for child in _children(part):
                self._texts.append(header_text(str(child.get("subject", ""))))
                self.take(child)
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            self._texts.append(self._text_of(part))
        elif attachment := _attachment(part):
            self.attachments.append(attachment)

    def _take_parts(self, kind: str, part: Message) -> None:
        if not part.is_multipart():
            self.problems.append("the mail is damaged: its parts cannot be told apart")
            self._texts.append(plain_text(str(part.get_payload())))
        elif kind == "multipart/alternative":
            self._take_alternatives(_children(part))
        elif kind == "multipart/related":
            self._take_related(_children(part))
        else:
            for child in _children(part):
                self.take(child)

    def _take_related(self, parts: list[Message]) -> None:
        # The first part is shown; the others are its pictures.
        for part in parts[:1]:
            self.take(part)
        self.attachments += [found for part in parts[1:] if _is_attached(part) and (found := _attachment(part))]

    def _take_alternatives(self, parts: list[Message]) -> None:
        read: dict[str, _Shown] = {}
        for part in parts:
            form = "plain" if part.get_content_type() == "text/plain" else "rich"
            read[form] = _Shown(self._encoding)
            read[form].take(part)
        plain, rich = read.get("plain"), read.get("rich")
        texts = {form: shown.text() for form, shown in read.items()}
        is_plain = plain is not None and _STUB_SHARE * len(texts["plain"]) >= len(texts.get("rich", ""))
        if chosen := plain if is_plain else rich or plain:
            self._texts += chosen._texts
            self.problems += chosen.problems
        self.attachments += [attachment for shown in read.values() for attachment in shown.attachments]

    def _text_of(self, part: Message) -> str:
        data = part.get_payload(decode=True)
        charset = str(part.get_param("charset") or "")
        text, problem = part_text(data if isinstance(data, bytes) else b"", charset, self._encoding)
        if problem:
            self.problems.append(problem)
        if part.get_content_type() == "text/html":
            return html_text(text)
        if _ENCRYPTED.search(text):
            raise _EncryptedError
        is_flowed = str(part.get_param("format") or "").lower() == "flowed"
        return plain_text(text, is_flowed=is_flowed, drops_spaces=str(part.get_param("delsp") or "").lower() == "yes")


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _file_name(part: Message) -> str:
    try:
        return header_text(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _attachment(part: Message) -> _Attachment | None:
    kind = part.get_content_type()
    name = _file_name(part)
    if not name and kind == "message/rfc822":
        name = next((header_text(str(child.get("subject", ""))) for child in _children(part)), "")
    if not name and _SILENT_TYPES.match(kind):
        return None
    return _Attachment(f"{name} ({kind})" if name else kind, bool(_SILENT_TYPES.match(kind)))
