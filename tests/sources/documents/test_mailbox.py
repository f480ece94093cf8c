"""Mailboxes: where one mail ends and the next begins."""

from __future__ import annotations

import io

import pytest

from searchlib.article import Article
from searchlib.sources import Reading, read
from searchlib.sources.base import Context
from searchlib.sources.documents import mailbox as module

ENVELOPE = b"From jane@post.example Mon Sep 11 23:30:00 2023\n"


def reading(data: bytes) -> Reading:
    return read(io.BytesIO(data))


def mail(subject: str, text: str = "The ferry sails.") -> bytes:
    return f"Subject: {subject}\nMessage-ID: <{subject}@x>\n\n{text}\n\n".encode()


def test_each_mail_is_an_article() -> None:
    found = reading(
        ENVELOPE + mail("one") + ENVELOPE + mail("two") + b"From - Mon Sep 11 23:30:00 2023\n" + mail("three")
    )

    assert [article.title for article in found] == ["one", "two", "three"]


def test_a_line_that_begins_with_from_is_text() -> None:
    text = "We went home.\n>From there we sailed.\n\nFrom here on, it rained.\n>>From quoted."
    found = list(reading(ENVELOPE + mail("one", text) + ENVELOPE + mail("two")))

    assert [article.title for article in found] == ["one", "two"]
    assert found[0].body == "We went home.\nFrom there we sailed.\n\nFrom here on, it rained.\n>From quoted."


def test_line_ends_of_windows_are_line_ends() -> None:
    data = (ENVELOPE + mail("one") + ENVELOPE + mail("two")).replace(b"\n", b"\r\n")

    assert [article.title for article in reading(data)] == ["one", "two"]


def test_one_mail_that_is_too_long_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_RECORD_BYTES", 500)
    monkeypatch.setattr("searchlib.sources.documents.email_message.MAX_RECORD_BYTES", 500)
    data = ENVELOPE + mail("one", "x " * 1000) + ENVELOPE + mail("two")
    found = list(module.read(io.BytesIO(data), Context("box")))

    assert [item.title if isinstance(item, Article) else item.record for item in found] == [1, "two"]


def test_a_record_is_the_number_of_its_mail(tmp_path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(ENVELOPE + mail("one") + ENVELOPE + b"X: 1\n\n\n" + ENVELOPE + mail("three"))
    found = read(path)

    assert [article.origin.record for article in found if article.origin] == [1, 3]
    assert [reject.record for reject in found.rejects] == [2]


def test_a_mark_of_utf_8_before_the_first_envelope_is_no_part_of_it() -> None:
    found = reading(b"\xef\xbb\xbf" + ENVELOPE + mail("one") + ENVELOPE + mail("two"))

    assert [(article.title, article.id) for article in found] == [("one", "one@x"), ("two", "two@x")]
