"""Headers and bodies of mails → text: encoded words, charsets, broken lines, the markup of newsletters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

from searchlib.sources.documents.text_lines import unwrapped
from searchlib.sources.encodings.decoding import decode
from searchlib.sources.web_pages.furniture import is_furniture
from searchlib.sources.web_pages.markup import strip_markup

__all__ = ["header_text", "html_text", "part_text", "plain_text"]

# A run of encoded words: the space between two of them does not count.
_ENCODED_WORDS: Final = re.compile(
    r"=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=(?:\s*=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=)*", re.IGNORECASE
)
_MAX_HEADER_CHARS: Final = 20_000
# What mail programs write for a charset → what they mean, as browsers take it.
_MEANT: Final = {
    "iso8859-1": "windows-1252", "ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "windows-1254", "iso8859-11": "cp874",
}  # fmt: skip
_LABELS: Final = {
    "ks_c_5601-1987": "cp949", "x-sjis": "cp932", "x-gbk": "gb18030", "cp-850": "cp850", "x-mac-roman": "mac-roman",
    "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8",
}  # fmt: skip
# Bytes of these are ASCII, so that they pass for UTF-8.
_SHIFTED: Final = ("iso2022", "hz", "utf-7")

# A hidden element: the first line that mail programs show of a newsletter, and what pads it.
_HIDDEN: Final = re.compile(
    r"<(?P<tag>div|span|p|td|preheader)\b[^<>]{0,2000}?display\s*:\s*none[^<>]{0,2000}>[^<]*</(?P=tag)\s*>",
    re.IGNORECASE,
)
_PADDING: Final = re.compile("[\u034f\u200b-\u200f\u2007\u2060\ufeff\u00ad]")
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
_MAIL_FURNITURE: Final = re.compile(
    r"\W*(?:(?:click here to )?(?:view|read|open|see)(?: (?:this|it|the))?(?: (?:e-?mail|message|newsletter|version))? (?:in|on) (?:your |a |the )?(?:web ?)?browser"
    r"|(?:trouble|having trouble|problems) (?:viewing|reading) this.{0,60}|(?:click here to )?unsubscribe(?: (?:here|from .{0,60}|at any time|now))?"
    r"|(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?|profile|settings)|forward to a friend|add us to your address book"
    r"|you (?:are|were|have) (?:receiving|sent|received) this (?:e-?mail|newsletter|message).{0,200}|this (?:e-?mail|newsletter|message) was sent to .{0,200}"
    r"|(?:newsletter |e-?mail )?(?:im browser (?:ansehen|öffnen|lesen)|abbestellen|abmelden)|se d[ée]sinscrire|se d[ée]sabonner|voir dans le navigateur"
    r"|darse de baja|ver en (?:el|tu) navegador|cancelar (?:a )?(?:inscri[çc][ãa]o|suscripci[óo]n)|ver no navegador|annulla l[’']iscrizione|disiscriviti"
    r"|visualizza nel browser|uitschrijven|afmelden|bekijk in (?:je|uw) browser)\W*(?:https?://\S+)?\W*",
    re.IGNORECASE,
)
_PGP_HEAD: Final = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:\w+: .*\r?\n)*\r?\n")
_PGP_SIGNATURE: Final = ("-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----")
# Longer lines are no furniture, and what is hidden is not looked for in longer bodies: neither takes quadratic time then.
_MAX_FURNITURE_CHARS: Final = 400
_MAX_HIDING_CHARS: Final = 1_000_000


def header_text(raw: str) -> str:
    """The value of a header on one line, its encoded words decoded; bytes that are not ASCII are read as text is."""
    raw = raw[:_MAX_HEADER_CHARS]
    data = raw.encode("utf-8", "surrogateescape")
    value = raw if data.isascii() else _or_replaced(data)
    return " ".join(_PADDING.sub("", _ENCODED_WORDS.sub(_decoded_words, value)).split())


def _decoded_words(found: re.Match[str]) -> str:
    try:
        pieces = decode_header(found[0])
    except (HeaderParseError, ValueError):
        return found[0]
    return "".join(
        piece if isinstance(piece, str) else part_text(piece, (charset or "").partition("*")[0])[0]
        for piece, charset in pieces
    )


def part_text(data: bytes, charset: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of bytes in a declared charset, and what there is to say of it: "" where all of it could be read.

    What is valid UTF-8 is read as UTF-8: text in another charset hardly ever is, and a wrong label is common.

    Args:
        data: The bytes.
        charset: What the mail says that they are in; "" where it does not.
        encoding: What the user says, which goes before all else.
    """
    declared = "" if encoding else _codec(charset)
    names = [declared, "utf-8"] if declared.startswith(_SHIFTED) else ["utf-8", declared]
    for name in [encoding] if encoding else filter(None, names):
        if (text := _strictly(data, name)) is not None:
            return text.replace("\0", ""), ""
    try:
        # The declaration is wrong; without one, this is what is done with any text.
        problem = f"the text is not in the charset that it declares, {declared}; say --encoding" if declared else ""
        return decode(data, encoding).replace("\0", ""), problem
    except ValueError as error:
        return data.decode(encoding or declared or "utf-8", "replace").replace("\0", ""), str(error)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _codec(label: str) -> str:
    label = label.strip(" \"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        b"".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return _MEANT.get(name, name)


def _or_replaced(data: bytes) -> str:
    try:
        return decode(data)
    except ValueError:
        return data.decode("utf-8", "replace")


def plain_text(text: str, *, is_flowed: bool = False, drops_spaces: bool = False) -> str:
    """The paragraphs of a body of plain text; lines that were broken at a width are joined.

    Args:
        text: The body.
        is_flowed: Whether it is "format=flowed" (RFC 3676): a space at its end says that a line was broken.
        drops_spaces: With that, "delsp=yes": that space is none of the text's.
    """
    text = _without_signature(_PGP_HEAD.sub("", text, count=1))
    lines = list(_unflowed(text.splitlines(), drops_spaces)) if is_flowed else text.splitlines()
    joined = "\n".join(" ".join(line.split()) for line in lines) if is_flowed else unwrapped(lines)
    return _tidied(joined)


def _without_signature(text: str) -> str:
    begin, end = _PGP_SIGNATURE
    head, found, signature = text.rpartition(begin)
    return head + signature.partition(end)[2] if found and end in signature else text


def _unflowed(lines: list[str], drops_spaces: bool) -> Iterator[str]:
    held: str | None = None
    for line in lines:
        line = line.removeprefix(" ") if line.startswith((" >", " From ", "  ")) else line
        whole = line if held is None else held + line
        # "-- " begins a signature, and is not broken.
        if line.endswith(" ") and line != "-- ":
            held = whole[:-1] if drops_spaces else whole
            continue
        held = None
        yield whole
    if held is not None:
        yield held


def html_text(html: str) -> str:
    """The paragraphs of a body of HTML, as they are shown: without its hidden first lines, and its links to manage it."""
    shown = _HIDDEN.sub("", html) if len(html) <= _MAX_HIDING_CHARS else html
    return _tidied(strip_markup(shown))


def _tidied(text: str) -> str:
    paragraphs = (
        "\n".join(line for line in paragraph.split("\n") if line.strip() and not _is_furniture(line))
        for paragraph in _BLANK_LINES.split(_PADDING.sub("", text))
    )
    return "\n\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs)))


def _is_furniture(line: str) -> bool:
    line = line.strip().removeprefix("- ")
    if len(line) > _MAX_FURNITURE_CHARS:
        return False
    return bool(_MAIL_FURNITURE.fullmatch(line)) or is_furniture(line)
