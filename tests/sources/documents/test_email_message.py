"""E-mails: what of a mail becomes which field of its article, and which mails are none."""

from __future__ import annotations

import io
import socket
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.sources import Reading, read
from searchlib.sources.base import Context
from searchlib.sources.documents.email_message import article_from_message

TEXT = (
    "The ferry will sail again from next week, the harbour authority said.\n\nPassengers had waited since November.\n"
)


def mail(text: str = TEXT, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Jane Doe <jane@post.example>")
    message["To"] = "desk@post.example"
    message["Date"] = headers.pop("date", "Mon, 11 Sep 2023 23:30:00 -0400")
    message["Subject"] = headers.pop("subject", "Ferry line reopens")
    message["Message-ID"] = "<a1@post.example>"
    # Setting the content drops headers about another content.
    message.set_content(text)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def reading(data: bytes | EmailMessage, **how: object) -> Reading:
    return read(io.BytesIO(data if isinstance(data, bytes) else data.as_bytes()), **how)


def article(data: bytes | EmailMessage, **how: object) -> Article:
    return next(reading(data, **how))


def reason(data: bytes | EmailMessage) -> str:
    found = reading(data)

    assert list(found) == []
    return found.rejects[0].reason


def test_headers_are_fields_of_the_article() -> None:
    found = article(
        mail(Archived_At="<https://lists.post.example/1>", Keywords="ferries, harbour", Content_Language="en-GB")
    )

    assert (found.id, found.title, found.authors) == ("a1@post.example", "Ferry line reopens", ("Jane Doe",))
    assert (found.url, found.tags, found.language) == ("https://lists.post.example/1", ("ferries", "harbour"), "en-gb")
    assert found.extra["from"] == "Jane Doe <jane@post.example>"


def test_the_date_keeps_the_senders_zone() -> None:
    found = article(mail())

    assert found.as_dict()["published"] == "2023-09-12T03:30:00+00:00"
    assert found.published_offset == timedelta(hours=-4)


def test_headers_are_no_text() -> None:
    assert article(mail()).body == TEXT.strip()


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?utf-8?q?F=C3=A4hre?= =?utf-8?q?_l=C3=A4uft?= aus", "Fähre läuft aus"),
        (b"=?ISO-2022-JP?B?GyRCJVUlJyVqITwbKEI=?=", "フェリー"),
        # A character that is broken between two words.
        (b"=?utf-8?b?44OV44Kn44Oq4w==?=\r\n =?utf-8?b?g7w=?=", "フェリー"),
        (b"=?iso-8859-1?q?Smart_=93quotes=94?=", "Smart “quotes”"),
        ("Fähre".encode(), "Fähre"),
        ("Fähre".encode("latin-1"), "Fähre"),
        (b"=?no-such-charset?q?Ferry?= reopens", "Ferry reopens"),
        (b"=?utf-8?b?!!!?= reopens", "reopens"),
        (b"a very\r\n long subject", "a very long subject"),
    ],
)
def test_a_subject_is_decoded(raw: bytes, subject: str) -> None:
    assert article(b"Subject: " + raw + b"\r\nMessage-ID: <1@x>\r\n\r\nThe ferry sails.").title.endswith(subject)


@pytest.mark.parametrize(
    ("sender", "authors"),
    [
        ("Jane Doe <jane@post.example>", ("Jane Doe",)),
        ("jane@post.example", ()),
        ('"jane@post.example" <jane@post.example>', ()),
        ("=?utf-8?q?J=C3=B6rg_M=C3=BCller?= <j@post.example>", ("Jörg Müller",)),
        ("Jane Doe <jane@x.example>, John Roe <john@x.example>", ("Jane Doe", "John Roe")),
    ],
)
def test_authors_are_names_and_never_addresses(sender: str, authors: tuple[str, ...]) -> None:
    data = f"From: {sender}\r\nSubject: Ferry\r\nMessage-ID: <1@x>\r\n\r\nThe ferry sails.".encode()

    assert article(data).authors == authors


def test_a_list_is_the_publisher() -> None:
    found = article(mail(List_Id='"The Harbour Letter" <letter.harbour.example>'))

    assert (found.publisher, found.extra["to_list"]) == ("The Harbour Letter", "letter.harbour.example")


def test_plain_text_goes_before_html() -> None:
    message = mail()
    message.add_alternative(
        "<p>The <b>HTML</b> of it, which says the same about the ferry as the text does.</p>", subtype="html"
    )

    assert article(message).body == TEXT.strip()


def test_html_goes_before_plain_text_that_only_points_to_it() -> None:
    message = mail("View this email in your browser.")
    message.add_alternative(f"<html><body><p>{TEXT * 3}</p></body></html>", subtype="html")

    assert article(message).body.startswith("The ferry will sail again")


def test_a_newsletter_is_its_shown_text() -> None:
    message = mail("")
    message.set_content(
        '<html><head><style>p {color: red}</style></head><body><div style="display:none">Preview &zwnj;&nbsp;</div>'
        "<table><tr><td>View this email in your browser</td></tr><tr><td><h1>Ferry</h1><p>The ferry will sail.</p></td></tr>"
        '<tr><td><img src="https://x.example/pixel.gif"></td></tr><tr><td><a href="https://x.example">Unsubscribe</a></td></tr></table></body></html>',
        subtype="html",
    )

    assert article(message).body == "Ferry\n\nThe ferry will sail."


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Fährplan.pdf")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png")
    found = reading(message)
    one = next(found)

    assert one.extra["attachments"] == ["Fährplan.pdf (application/pdf)", "logo.png (image/png)"]
    assert one.body == TEXT.strip()
    assert [(note.field, note.value) for note in found.notes] == [("attachments", "Fährplan.pdf (application/pdf)")]


def test_pictures_of_a_newsletter_are_neither_text_nor_attachments() -> None:
    message = mail("")
    message.set_content("<p>The ferry will sail again.</p>", subtype="html")
    message.add_related(b"x", maintype="image", subtype="png", cid="<1>")

    found = article(message)

    assert (found.body, found.extra.get("attachments")) == ("The ferry will sail again.", None)


def passed_on(disposition: str) -> bytes:
    return (
        b"Subject: Fwd\r\nMessage-ID: <2@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\n"
        b"Content-Type: message/rfc822\r\nContent-Disposition: " + disposition.encode() + b"\r\n\r\n"
        b"Subject: Ferry\r\n\r\nThe ferry sails.\r\n--b--\r\n"
    )


def test_a_mail_that_is_passed_on_is_text_where_it_is_shown() -> None:
    shown, attached = article(passed_on("inline")), article(passed_on("attachment"))

    assert (shown.title, shown.body) == ("Fwd", "See below.\n\nFerry\n\nThe ferry sails.")
    assert (attached.body, attached.extra["attachments"]) == ("See below.", ["Ferry (message/rfc822)"])


def test_a_mail_whose_parts_cannot_be_told_apart_says_so() -> None:
    found = reading(
        b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/alternative;\r\n\r\nThe ferry sails.\r\n"
    )

    assert next(found).body == "The ferry sails."
    assert "cannot be told apart" in found.notes[0].reason


def test_text_files_that_are_attached_are_not_the_text() -> None:
    message = mail()
    message.add_attachment("Other text.", filename="notes.txt")

    assert article(message).body == TEXT.strip()


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "La façade “neuve” du port est prête."),
        ("gb2312", "渡輪將於下週恢復航行。"),
        ("koi8-r", "Паром снова выйдет в море."),
        ("ks_c_5601-1987", "여객선이 다음 주에 다시 운항합니다."),
        ("shift_jis", "フェリーは来週再開する①。"),
        ("iso-2022-jp", "フェリーは来週再開する。"),
        ("us-ascii", "Fähre fährt wieder."),
        ("", "Fähre fährt wieder."),
    ],
)
def test_each_part_is_read_in_its_charset(charset: str, text: str) -> None:
    codec = {
        "iso-8859-1": "cp1252",
        "gb2312": "gb18030",
        "ks_c_5601-1987": "cp949",
        "shift_jis": "cp932",
        "": "utf-8",
        "us-ascii": "utf-8",
    }
    head = f"Subject: Ferry\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset={charset or 'utf-8'}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"

    assert article(head.encode() + text.encode(codec.get(charset, charset))).body == text


def test_a_charset_that_does_not_fit_is_said() -> None:
    found = reading(
        b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=gb18030\r\n\r\nF\xe4hre \xff\xff"
    )

    assert (next(found).body[0], [note.field for note in found.notes]) == ("F", ["text"])


def test_lines_that_a_program_broke_are_joined() -> None:
    text = (
        "The ferry will sail again from next week, the harbour authority said on\n"
        "Monday, after a winter of repairs that cost more than had been planned\n"
        "for.\n\n- one point\n- another point\n\nRegards\nJane"
    )

    assert article(mail(text)).body == (
        "The ferry will sail again from next week, the harbour authority said on Monday, after a winter of repairs that "
        "cost more than had been planned for.\n\n- one point\n- another point\n\nRegards\nJane"
    )


def test_flowed_text_is_joined() -> None:
    data = b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; format=flowed\r\n\r\nThe ferry \r\nsails \r\nagain.\r\nIt does.\r\n"

    assert article(data).body == "The ferry sails again.\nIt does."


def test_a_signature_of_pgp_is_no_text() -> None:
    text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe ferry sails.\n-----BEGIN PGP SIGNATURE-----\n\niQIz\n-----END PGP SIGNATURE-----\n"

    assert article(mail(text)).body == "The ferry sails."


def test_the_users_mapping_names_headers() -> None:
    assert article(mail(X_Desk="Shipping"), mapping={"X-Desk": "section"}).section == "Shipping"


def test_an_encrypted_mail_says_so() -> None:
    data = b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"

    assert "encrypted" in reason(data)
    assert "encrypted" in reason(mail("-----BEGIN PGP MESSAGE-----\n\nhQIM\n-----END PGP MESSAGE-----\n"))


def test_a_maildir_is_a_folder_of_mails(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "cur" / "1694489400.M1P2.host:2,S").write_bytes(mail().as_bytes())

    assert [found.title for found in read(tmp_path)] == ["Ferry line reopens"]


def nested(depth: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"Subject: F\r\nMessage-ID: <1@x>\r\n" + head + b"\r\n\r\nThe ferry.\r\n"


@pytest.mark.parametrize(
    "data",
    [
        nested(3000),
        b"Subject: F\r\nMessage-ID: <1@x>\r\n\r\n" + b"\n" * 2_100_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\nMessage-ID: <1@x>\r\n\r\n",
        b"From: " + b"(" * 200_000 + b"\r\nMessage-ID: <1@x>\r\n\r\nThe ferry.",
        b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: text/html\r\n\r\n" + b'<div style="display:none">' * 50_000,
        b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; "
        + b"charset*0=u; " * 5_000
        + b"\r\n\r\nThe ferry.",
        b"Subject: F\r\nMessage-ID: <1@x>\r\n\r\nThe ferry.\r\n" + b"-----BEGIN PGP SIGNATURE-----\r\n" * 20_000,
        b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: text/html\r\n\r\n" + b"<div display:none " * 100_000,
        b"Subject: F\r\nMessage-ID: <1@x>\r\nList-Id: " + b"a " * 100_000 + b"\r\n\r\nThe ferry.",
        b"Subject: F\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=unicode_escape\r\n\r\n\\u0041",
    ],
)
def test_a_hostile_mail_is_an_article_or_a_reject(data: bytes) -> None:
    found = reading(data, kind="email")

    assert len(list(found)) + len(found.rejects) == 1
    assert not any("failed with" in reject.reason for reject in found.rejects)


@given(head=st.binary(max_size=300), body=st.binary(max_size=300))
def test_any_bytes_are_an_article_or_a_reject(head: bytes, body: bytes) -> None:
    article_from_message(b"Subject: " + head + b"\r\nContent-Type: " + body[:60] + b"\r\n\r\n" + body, Context("a"))


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    message = mail("")
    message.set_content(
        '<link rel=stylesheet href="https://x.example/a.css"><p>The ferry.</p><img src="https://x.example/a">',
        subtype="html",
    )

    assert article(message).body == "The ferry."


@pytest.mark.parametrize("size_line", [b"%d\n", b"%d      \n"])
def test_the_size_and_the_property_list_of_apples_mail_are_no_text(size_line: bytes) -> None:
    data = mail().as_bytes()
    found = article(size_line % len(data) + data + b'<?xml version="1.0"?>\n<plist><dict/></plist>\n')

    assert (found.title, found.body) == ("Ferry line reopens", TEXT.strip())


def test_a_mark_of_utf_8_before_the_first_header_is_no_part_of_it() -> None:
    found = article(b"\xef\xbb\xbf" + mail().as_bytes(), kind="email")

    assert (found.title, found.authors) == ("Ferry line reopens", ("Jane Doe",))


@pytest.mark.parametrize(("status", "is_deleted"), [("0009", True), ("0008", True), ("0001", False), ("x", False)])
def test_a_mail_that_thunderbird_deleted_is_no_article(status: str, *, is_deleted: bool) -> None:
    found = reading(mail(X_Mozilla_Status=status))

    assert len(list(found)) == (not is_deleted)
    assert ["was deleted" in reject.reason for reject in found.rejects] == [True] * is_deleted
