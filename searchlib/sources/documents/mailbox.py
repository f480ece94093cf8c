"""Mailboxes in the form mbox → articles: each mail is a record.

A mail begins with a line "From sender date" behind an empty line. Of the four dialects of
mbox, none can be told from the file, so ">From" at the beginning of a line loses one sign
in all of them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.documents.email_message import article_from_message

__all__ = ["read"]

_ENVELOPE: Final = re.compile(rb"From \S+ .*\d{4}|From -")
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_LINE_BYTES: Final = 1024 * 1024


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield the article of each mail; records are the mails, from 1."""
    number = 0
    for number, mail in enumerate(_mails(stream), start=1):
        yield article_from_message(_QUOTED_FROM.sub(rb"\1", mail), context, number)
    if not number:
        yield context.error("there are no mails in the mailbox")


def _mails(stream: BinaryIO) -> Iterator[bytes]:
    """Each mail without its envelope; of one that is too long, one byte more than may be read."""
    mail = bytearray()
    is_open, follows_blank = False, True
    while line := stream.readline(_LINE_BYTES):
        if not is_open:
            line = line.removeprefix(codecs.BOM_UTF8)
        if follows_blank and line.startswith(b"From ") and _ENVELOPE.match(line):
            if is_open:
                yield bytes(mail)
            mail, is_open = bytearray(), True
        else:
            is_open = is_open or not line.isspace()
            mail += line[: MAX_RECORD_BYTES + 1 - len(mail)]
        follows_blank = line in (b"\n", b"\r\n")
    if is_open:
        yield bytes(mail)
