"""What bytes are read as, and the text of a whole file or record of them.

An encoding that the user names is taken at its word. Otherwise, in this order: a byte order mark; the zero bytes of
UTF-16 and UTF-32; UTF-8 where the bytes are UTF-8; the label that came with the text, where the text fits it; what the
bytes look like (`encoding_guess`). UTF-8 with some bytes of another encoding in it, which creep in by copying, is UTF-8
in which these are Windows-1252. What is guessed, replaced or left out is noted: zero bytes are no text and are left out,
and where a byte in a thousand at most cannot be text, U+FFFD stands for it. More is an error, never a guess.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from searchlib.article import Note
from searchlib.sources.base import Context
from searchlib.sources.encodings.encoding_guess import (
    FEW_BYTES,
    bom_encoding,
    guess_encoding,
    has_odd_letters,
    is_mojibake,
    sample_of,
    unicode_of,
    utf8_balance,
)
from searchlib.sources.encodings.encoding_names import codec_of, codecs_of_label, fits, is_shifted, shown_name

__all__ = [
    "BOM",
    "NEVER_RAISING",
    "OR_WINDOWS_1252",
    "Decision",
    "Say",
    "as_utf8",
    "count_of_bytes",
    "decide",
    "decode",
    "decode_head",
    "decoder_of",
    "describe",
    "may_be_shifted",
    "noting",
    "text_of",
]

BOM: Final = "\ufeff"
# One byte in so many may be lost to U+FFFD.
_BYTES_PER_LOSS: Final = 1000
_ZEROS: Final = re.compile("\0+")
# More often than that, zero bytes in the middle mean that there is no text.
_CHARS_PER_ZERO: Final = 100
_SHIFT: Final = b"\x1b$"
# Chinese in HZ is ASCII: two letters for a character, between signs.
_HZ: Final = re.compile(rb"~\{(?:[!-w][!-~]){2,}~\}")
_SHIFTED: Final = ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_ext", "iso2022_kr")
# What is left of a UTF-8 character that was cut in two, and no accented letter with the quote or space after it.
_CUT: Final = re.compile(
    rb"[\xe0-\xef][\x80\x81\x83\x86-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]?"
)

#: Takes what there is to say of the encoding of a text: its name, and why it may be wrong.
Say = Callable[[str, str], None]


class Decision(NamedTuple):
    """What a text is read as, how errors are handled, and why that may be wrong ("" where it is not)."""

    codec: str
    errors: str = "strict"
    doubt: str = ""


def _from_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = error.object[error.start : error.end]
    if _CUT.fullmatch(run):
        return "\ufffd", error.end
    try:
        return run.decode("windows-1252"), error.end
    except UnicodeDecodeError as other:
        position = error.start + other.start
        reason = "neither UTF-8 nor Windows-1252"
        raise UnicodeDecodeError(error.encoding, error.object, position, position + 1, reason) from None


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Each byte as half a surrogate pair, U+DC00 and its value: what no text holds."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


def _from_windows_1252_or_escaped(error: UnicodeError) -> tuple[str, int]:
    try:
        return _from_windows_1252(error)
    except UnicodeDecodeError:
        return _escaped(error)


def _from_windows_1252_or_lost(error: UnicodeError) -> tuple[str, int]:
    try:
        return _from_windows_1252(error)
    except UnicodeDecodeError as other:
        # What stands before the byte that is nothing is still a text.
        before = other.object[error.start : other.start] if isinstance(error, UnicodeDecodeError) else b""
        return before.decode("windows-1252") + "\ufffd", other.end


OR_WINDOWS_1252: Final = "searchlib.or-windows-1252"
_ESCAPED: Final = "searchlib.escaped"
_OR_WINDOWS_1252_OR_ESCAPED: Final = "searchlib.or-windows-1252-or-escaped"
_OR_WINDOWS_1252_OR_LOST: Final = "searchlib.or-windows-1252-or-lost"
codecs.register_error(OR_WINDOWS_1252, _from_windows_1252)
codecs.register_error(_OR_WINDOWS_1252_OR_LOST, _from_windows_1252_or_lost)
codecs.register_error(_ESCAPED, _escaped)
codecs.register_error(_OR_WINDOWS_1252_OR_ESCAPED, _from_windows_1252_or_escaped)
NEVER_RAISING: Final = {"strict": _ESCAPED, OR_WINDOWS_1252: _OR_WINDOWS_1252_OR_ESCAPED}
_ESCAPES: Final = re.compile("[\udc00-\udcff]")


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of these bytes, without a word about what is guessed.

    Args:
        data: A whole file or record.
        encoding: The encoding, where the user named one; None to detect it.

    Raises:
        ValueError: More bytes than may be lost cannot be text; the message names the first and its offset. Or there are
            zero bytes all over.
    """
    return _decoded(data, encoding, (), lambda name, reason: None)


def text_of(data: bytes, context: Context, *, record: int | None = None, labels: Sequence[str] = ()) -> str:
    """The text of these bytes; what is guessed, replaced or left out is noted.

    Args:
        data: A whole file or record.
        context: What is read; the encoding that it names goes before all else.
        record: Number of the record that the bytes are, from 1; None for a whole file.
        labels: What the text or who sent it says that it is in, the one to be believed first. None of them is
            believed against what the bytes are.

    Raises:
        ValueError: As `decode` does.
    """
    return _decoded(data, context.encoding, labels, noting(context, record))


def noting(context: Context, record: int | None = None) -> Say:
    """What notes the encoding of what is read, or of one record of it."""

    def say(name: str, reason: str) -> None:
        context.notes.append(Note(context.name, record, "encoding", name, reason))

    return say


def _decoded(data: bytes, encoding: str | None, labels: Sequence[str], say: Say) -> str:
    name = encoding or bom_encoding(data) or unicode_of(data)
    if name in (None, "utf-8") and not encoding and not may_be_shifted(data, labels):
        try:
            return _without_zeros(data.decode("utf-8").removeprefix(BOM), say)
        except UnicodeDecodeError:
            pass
    if name is None or (name == "utf-8" and not encoding):
        decision = decide(data, ["utf-8"] if name else labels, is_whole=True)
    else:
        decision = Decision(codec_of(name))
    try:
        text = data.decode(decision.codec, decision.errors).removeprefix(BOM)
        if encoding:
            # UTF-7 and a few other encodings can hold half a surrogate pair.
            text.encode("utf-8")
    except UnicodeError as error:
        if encoding or not (text := _with_losses(data, decision, error, say)):
            raise ValueError(describe(error, encoding or shown_name(decision.codec))) from None
    if decision.doubt:
        say(shown_name(decision.codec), decision.doubt)
    return _without_zeros(text, say)


def may_be_shifted(data: bytes, labels: Sequence[str]) -> bool:
    """Whether bytes that are ASCII may stand for other letters."""
    return (
        _SHIFT in data
        or _HZ.search(data) is not None
        or any(is_shifted(codec) for label in labels for codec in codecs_of_label(label))
    )


def _with_losses(data: bytes, decision: Decision, error: UnicodeError, say: Say) -> str:
    """The text with U+FFFD for what cannot be text; "" where that is too much of it."""
    text = data.decode(decision.codec, NEVER_RAISING[decision.errors]).removeprefix(BOM)
    text, count = _ESCAPES.subn("\ufffd", text)
    if count * _BYTES_PER_LOSS > len(data):
        return ""
    name = shown_name(decision.codec)
    say(name, f"{count_of_bytes(count)} cannot be text; U+FFFD stands there. The first: {describe(error, name)}")
    return text


def count_of_bytes(count: int) -> str:
    """A count with its noun."""
    return "1 byte" if count == 1 else f"{count:,} bytes"


def _without_zeros(text: str, say: Say) -> str:
    if "\0" not in text:
        return text
    # Where a disk was full or a program died, many stand in a row.
    if len(_ZEROS.findall(text)) * _CHARS_PER_ZERO > len(text):
        raise ValueError("it is not text: it holds zero bytes")
    say("", f"{count_of_bytes(text.count(chr(0)))} of zero are left out")
    return text.replace("\0", "")


def decide(data: bytes, labels: Sequence[str], *, is_whole: bool, has_utf8: bool = False) -> Decision:
    """What bytes without a mark are read as.

    Args:
        data: The text, or a part of it.
        labels: As `text_of` has them.
        is_whole: Whether it ends with a whole character.
        has_utf8: Whether other parts of the text are UTF-8.
    """
    stated = [(label, codec) for label in labels for codec in codecs_of_label(label)]
    shifted = [codec for _, codec in stated if is_shifted(codec)]
    for codec in (*shifted, *(_SHIFTED if _SHIFT in data else ()), *(("hz",) if _HZ.search(data) else ())):
        if data.isascii() and fits(data, codec, is_whole=is_whole):
            return Decision(codec)
    if fits(data, "utf-8", is_whole=is_whole):
        return as_utf8(is_whole=True)
    sample = sample_of(data)
    balance = utf8_balance(sample)
    if balance.is_utf8:
        return as_utf8(is_whole=False)
    doubted = ""
    for label, codec in stated:
        if codec != "utf-8" and fits(data, codec, is_whole=is_whole):
            if not is_mojibake(sample.decode(codec, "replace")):
                return Decision(codec)
            doubted = label
    guess = guess_encoding(sample)
    count = balance.right + balance.wrong
    is_stray = count < FEW_BYTES and not fits(sample, "cp1252")
    if guess is None or (not guess.is_sure and (has_utf8 or is_stray)):
        return as_utf8(is_whole=False)
    name = shown_name(guess.codec)
    doubt = f"it says {doubted!r}, which its words do not look like" if doubted else ""
    if not guess.is_sure:
        doubt = f"the encoding is a guess, because {count_of_bytes(count)} of other letters than ASCII may be others as well"
    elif not doubt and has_odd_letters(sample.decode(guess.codec, "replace")):
        doubt = "the encoding is a guess, because some of its words do not look like words in it"
    return Decision(
        guess.codec, doubt=doubt and f"{doubt}; it is read as {name}: say --encoding {name}, or the right one"
    )


def as_utf8(*, is_whole: bool) -> Decision:
    """UTF-8; where not all of it is, with bytes of Windows-1252 in it."""
    doubt = "" if is_whole else "bytes in it that are not UTF-8 are read as windows-1252"
    return Decision("utf-8", OR_WINDOWS_1252, doubt)


def decode_head(head: bytes, encoding: str | None = None) -> str:
    """The text that a file begins with, as far as it can be told; nothing is said, and nothing raised.

    Args:
        head: The first bytes of the file.
        encoding: The encoding, where the user named one; None to detect it.
    """
    name = encoding or bom_encoding(head) or unicode_of(head)
    if name is None and not fits(head, "utf-8", is_whole=False):
        decision = decide(head, (), is_whole=False)
        return head.decode(decision.codec, "replace" if decision.errors == "strict" else _OR_WINDOWS_1252_OR_ESCAPED)
    return head.decode(codec_of(name or "utf-8"), "replace").removeprefix(BOM)


def decoder_of(block: bytes, labels: Sequence[str], say: Say | None) -> codecs.IncrementalDecoder:
    """What decodes a text of which this is the part with the first bytes that are not ASCII.

    What states that it is UTF-8, and is neither that nor surely anything else, is read as UTF-8 with bytes of Windows-1252.

    Args:
        block: The part, at best some thousand bytes.
        labels: As `text_of` has them.
        say: Takes what there is to say; None where nobody listens, and a doubt is an error.

    Raises:
        ValueError: The encoding is not sure, and nobody listens.
    """
    decision = decide(block, labels, is_whole=False)
    balance = utf8_balance(sample_of(block)) if "utf-8" in labels and decision.codec != "utf-8" else None
    if balance is not None and balance.right >= balance.wrong:
        decision = as_utf8(is_whole=False)
    if not decision.doubt:
        return codecs.getincrementaldecoder(decision.codec)("strict")
    if say is None:
        raise ValueError(decision.doubt)
    say(shown_name(decision.codec), decision.doubt)
    errors = _OR_WINDOWS_1252_OR_LOST if decision.errors == OR_WINDOWS_1252 else "replace"
    return codecs.getincrementaldecoder(decision.codec)(errors)


def describe(error: UnicodeError, encoding: str, base: int = 0) -> str:
    """What cannot be text, in words; the bytes that were decoded begin at offset `base`."""
    if not isinstance(error, UnicodeDecodeError):
        return f"the text is not {encoding}: it holds half a surrogate pair"
    what = f"byte 0x{error.object[error.start]:02x} at offset {base + error.start:,}"
    if error.reason == "neither UTF-8 nor Windows-1252":
        return f"{what} is neither UTF-8 nor Windows-1252; name the encoding that it is in"
    return f"{what} is not {encoding} ({error.reason})"
