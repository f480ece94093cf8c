"""Kinds of text that are told by the shape of their first lines: mail, mailboxes, front matter, lists of addresses."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["shape_of"]

# The head of a mail and front matter are shorter than this.
_MAX_SHAPE_CHARS: Final = 64 * 1024

_HEADER: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,75}):")
# Programs write these, and no person does.
_MAIL_HEADERS: Final = frozenset({
    "delivered-to", "dkim-signature", "message-id", "mime-version", "received", "return-path", "x-mailer",
    "x-original-to", "x-received",
})  # fmt: skip
_SAVED_PAGE: Final = re.compile(r"^snapshot-content-location:|^from:\s*<?saved by", re.IGNORECASE | re.MULTILINE)
# Apple's Mail writes the number of bytes above a mail.
_APPLE_SIZE: Final = re.compile(r"\d{1,10}[ \t]*\r?\n")
_ENVELOPE: Final = re.compile(r"From \S+@?\S*\s+\S.*\d{4}.*\r?\n(?:>From .*\r?\n)*[!-9;-~]{1,76}:")
_FRONT_MATTER: Final = re.compile(
    r"(?P<fence>---|\+\+\+|;;;)[ \t]*\r?\n(?P<inside>(?:.*\r?\n)*?)(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
# A line inside the fences of front matter: a name and a value, a comment, the line before or what belongs to it.
_SETTING: Final = re.compile(r"[\w.\"' -]{1,80}\s*[:=]|\s|#|-\s|[\[\]{}(),\"']|\Z")
_NAMED_SETTING: Final = re.compile(r"[\w\"'][\w.\"' -]{0,79}\s*[:=]")
_ADDRESS: Final = re.compile(r"(?:https?|feed)://\S+", re.IGNORECASE)
_LISTS: Final = re.compile(r"#|(?:https?|feed)://", re.IGNORECASE)
_SHORTCUT: Final = "[InternetShortcut]"
_BOOKMARKS: Final = re.compile(r"<!DOCTYPE NETSCAPE-Bookmark-file", re.IGNORECASE)


def shape_of(text: str) -> str:
    """The kind that the shape of a text's beginning tells: "mbox", "email", "markdown" or "addresses"; "" where none.

    Args:
        text: The beginning of the file; it may break off anywhere.
    """
    text = text[:_MAX_SHAPE_CHARS].lstrip("\ufeff\r\n\t ")
    if (size := _APPLE_SIZE.match(text)) and _is_mail(text[size.end() :]):
        return "email"
    if _ENVELOPE.match(text):
        return "mbox"
    if _is_mail(text):
        return "email"
    if _has_front_matter(text):
        return "markdown"
    if text.startswith(_SHORTCUT) or _BOOKMARKS.match(text) or _is_address_list(text):
        return "addresses"
    return ""


def _is_mail(text: str) -> bool:
    if not _HEADER.match(text):
        return False
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    names: set[str] = set()
    for line in head.splitlines():
        if line[:1] in (" ", "\t"):
            continue
        header = _HEADER.match(line)
        if header is None:
            return False
        names.add(header[1].lower())
    # A page that a browser saved is in the form of a mail too.
    if _SAVED_PAGE.search(head):
        return False
    return bool(names & _MAIL_HEADERS) and bool(names & {"from", "subject", "date", "to", "content-type"})


def _has_front_matter(text: str) -> bool:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return False
    lines = found["inside"].splitlines()
    return any(map(_NAMED_SETTING.match, lines)) and all(map(_SETTING.match, lines))


def _is_address_list(text: str) -> bool:
    if not _LISTS.match(text):
        return False
    lines = [line.strip() for line in text.splitlines()]
    # The last line may break off, which leaves the beginning of an address.
    listed = [line for line in lines if line and not line.startswith("#")]
    return bool(listed) and all(map(_ADDRESS.fullmatch, listed))
