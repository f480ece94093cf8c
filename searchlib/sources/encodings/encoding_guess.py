"""Bytes that no mark and no valid UTF-8 tells of → the encoding that they are in, and how sure that is.

UTF-16 and UTF-32 are found by the zero bytes in them. Everything else is chardet's, which compares with models of
languages; docs/decisions/0013 says why. What is looked at is bounded, however long the text is.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from searchlib.sources.encodings.encoding_names import fits

__all__ = [
    "FEW_BYTES",
    "Balance",
    "Guess",
    "bom_encoding",
    "guess_encoding",
    "has_odd_letters",
    "is_mojibake",
    "sample_of",
    "unicode_of",
    "utf8_balance",
]

# The UTF-32 mark begins with the UTF-16 one, so it comes first.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What texts are kept in, the likelier ones first. The old DOS encodings of the West, Hebrew in visual order and others
# that no newsroom wrote in for decades would only win short texts by accident.
_CANDIDATES: Final = (
    "cp1252", "cp1251", "gb18030", "cp932", "cp949", "big5hkscs", "euc_jis_2004", "cp1250", "cp1254", "cp1253", "cp1256",
    "cp1255", "cp1257", "cp1258", "cp874", "koi8-r", "koi8-u", "mac-roman", "iso8859-2", "iso8859-15", "iso8859-5",
    "iso8859-6", "iso8859-7", "iso8859-13", "cp866",
)  # fmt: skip
# chardet has one name for what Python has two codecs for; the first reads what the other reads but for rare letters.
_CODECS: Final = {"euc_jis_2004": ("euc_jp", "euc_jis_2004")}
# A second that is as close as this, in shares of the first, may as well be right: all wrong guesses measured were
# closer (docs/decisions/0013).
_CLOSE: Final = 0.02
# So many bytes tell apart what is closer.
_MANY_BYTES: Final = 20
# Within this, the likelier encoding is taken.
_EQUAL: Final = 0.0001
_EQUAL_OF_FEW: Final = 0.006
# What a word has in it where the text is in the standard's encoding and not in Microsoft's of the same letters.
_TELLTALES: Final = {
    "cp1253": (re.compile("¶[α-ωά-ώ]"), "iso8859-7"),
    "cp1252": (re.compile("(?:[a-zà-ÿ]|\\b)½[a-zà-ÿ]"), "iso8859-15"),
}
#: Fewer bytes that are not ASCII tell too little, whatever the distance.
FEW_BYTES: Final = 3
_WINDOW_BYTES: Final = 16 * 1024
_WINDOWS: Final = 3
# No piece is longer on either side of its bytes that are not ASCII.
_PIECE_BYTES: Final = 4 * 1024
_UNICODE_BYTES: Final = 64 * 1024

_HIGH: Final = re.compile(rb"[\x80-\xff]")
_HIGH_BYTES: Final = bytes(range(0x80, 0x100))
# No encoding of several bytes has these inside a character.
_MARK: Final = re.compile(rb'[\n\r"<>]')
_MARKS: Final = (b"\n", b"\r", b'"', b"<", b">")
# chardet believes a declaration in the text; here labels have been weighed before.
_LABEL: Final = re.compile(rb"charset|encoding", re.IGNORECASE)

# In a wrong byte order there are hardly any of these, in the right one some in every line.
_SEPARATORS: Final = re.compile(r'[ \n\r\t,.;:"{}<>0-9、。，।؟،　]')
_LEAST_SEPARATORS: Final = 0.01
_NO_TEXT: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
_ALLOWED_CONTROLS: Final = "\t\n\r\f\x1b"
_MAX_NO_TEXT: Final = 0.01

_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_ESCAPED_ALONE: Final = re.compile("(?<![^\\x00-\\x7f])[\udc80-\udcff](?![^\\x00-\\x7f])")
_MOJIBAKE_CHARS: Final = 20_000
_LEAST_WORDS: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


_C1_CONTROL: Final = re.compile("[\x80-\x84\x86-\x9f]")
# Names of firms have a capital inside, and a few texts a few of them.
_CAPITAL_INSIDE: Final = re.compile("[à-öø-ÿа-џ][À-ÖØ-ÞЀ-Я]")
_MOST_CAPITALS: Final = 0.05
# Nor do signs stand inside of words, but where letters of a DOS, Mac or Baltic encoding are read as another's.
_SIGN_INSIDE: Final = re.compile("[^\\W\\d_][†‡‰‹›„ƒ™•¢£¤¥¦§¨©¬±²³¶¹º»«¼½¾×÷]+[^\\W\\d_]")
_MOST_SIGNS: Final = 0.03


class Guess(NamedTuple):
    """What bytes may be in.

    Attributes:
        codec: The encoding.
        is_sure: Whether no other is nearly as likely.
    """

    codec: str
    is_sure: bool


def bom_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning states; None without one."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def unicode_of(head: bytes) -> str | None:
    """The Unicode encoding of two or four bytes that a text without a mark is in; None where it is in none.

    Args:
        head: How the text begins, at best some thousand bytes of it.
    """
    if b"\0" not in head or head.startswith(codecs.BOM_UTF8):
        return None
    head = head[:_UNICODE_BYTES]
    scores = {name: _unicode_score(head, name) for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _LEAST_SEPARATORS else None


def _unicode_score(head: bytes, name: str) -> float:
    """The share of separators in the text that this would be; 0 where it would be none."""
    unit = 4 if name.startswith("utf-32") else 2
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(head[: len(head) // unit * unit])
    except UnicodeError:
        return 0.0
    counts = Counter(text)
    wrong = sum(
        count
        for char, count in counts.items()
        if unicodedata.category(char) in _NO_TEXT and char not in _ALLOWED_CONTROLS
    )
    if not text or wrong > _MAX_NO_TEXT * len(text):
        return 0.0
    return sum(count for char, count in counts.items() if _SEPARATORS.match(char)) / len(text)


def sample_of(data: bytes) -> bytes:
    """What tells of the encoding of a text: pieces that are not all ASCII, from its beginning, middle and end."""
    return b"\n".join(_telling_pieces(data))


def _telling_pieces(data: bytes) -> Iterator[bytes]:
    at = 0
    for part in range(_WINDOWS):
        found = _HIGH.search(data, max(at, len(data) * part // _WINDOWS))
        left = _WINDOW_BYTES
        while found and left > 0:
            # Neither end may cut a character in two.
            start = max(
                at, max(data.rfind(mark, max(at, found.start() - _PIECE_BYTES), found.start()) for mark in _MARKS) + 1
            )
            end_mark = _MARK.search(data, found.end(), found.end() + _PIECE_BYTES)
            at = end_mark.start() if end_mark else min(len(data), found.end() + _PIECE_BYTES)
            yield data[start:at]
            left -= at - start
            found = _HIGH.search(data, at)


class Balance(NamedTuple):
    """How many bytes of a text that are not ASCII are UTF-8, how many are not, and how many of these stand alone."""

    right: int
    wrong: int
    alone: int

    @property
    def is_utf8(self) -> bool:
        """Whether the text is UTF-8 with bytes of Western Europe in it: such stand alone among ASCII letters.

        Text in other encodings has some UTF-8 by accident, more of it the shorter it is.
        """
        right, wrong = self.right, self.wrong
        if right >= 8 * wrong:
            return right > 0
        is_enough = right >= 2 * wrong or (right >= 4 and right >= wrong) or (right >= 20 and 10 * right >= wrong)
        return is_enough and 2 * self.alone >= wrong


def utf8_balance(sample: bytes) -> Balance:
    """How much of a sample is UTF-8."""
    text = sample.decode("utf-8", "surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    alone = len(_ESCAPED_ALONE.findall(text)) if wrong else 0
    return Balance(_high_count(sample) - wrong, wrong, alone)


def guess_encoding(sample: bytes) -> Guess | None:
    """The encoding of a text that is not UTF-8; None where it fits none.

    Args:
        sample: What `sample_of` gives, some of it no ASCII.
    """
    import chardet

    found = chardet.detect_all(
        _LABEL.sub(lambda label: b"x" * len(label[0]), sample),
        ignore_threshold=True,
        include_encodings=_CANDIDATES,
        compat_names=False,
        max_bytes=len(sample),
    )
    scores = {name: each["confidence"] for each in found if (name := str(each["encoding"])) in _CANDIDATES}
    if not scores:
        return None
    best = max(scores.values())
    count = _high_count(sample)
    is_enough = count >= FEW_BYTES
    equal = best * (1 - (_EQUAL if is_enough else _EQUAL_OF_FEW))
    first = next(name for name in _CANDIDATES if scores.get(name, 0.0) >= equal)
    codec = next((name for name in _CODECS.get(first, (first,)) if fits(sample, name, is_whole=False)), None)
    if codec is None:
        return None
    text = sample.decode(codec, "replace")
    if codec in _TELLTALES and _TELLTALES[codec][0].search(text):
        return Guess(_TELLTALES[codec][1], True)
    others = [
        name
        for name in _CANDIDATES
        if scores.get(name, 0.0) >= best * (1 - (_CLOSE if count < _MANY_BYTES else _EQUAL))
    ]
    same = [name for name in others if sample.decode(name, "replace") == text]
    # Of encodings that have the same letters for these bytes, the likeliest may have to read others later.
    return Guess(codec if codec not in _CANDIDATES else same[0], is_enough and len(same) == len(others))


def is_mojibake(text: str) -> bool:
    """Whether a text cannot be what was written: its words are all accents, or half in another script.

    That is what Cyrillic, Greek or Arabic looks like when it is read in an encoding of Western Europe, and the other
    way round.
    """
    words = [word for word in _WORD.findall(text[:_MOJIBAKE_CHARS]) if not word.isascii()]
    if len(words) < _LEAST_WORDS:
        return False
    odd = sum(_is_odd(word) for word in words)
    return odd > len(words) / 2


def has_odd_letters(text: str) -> bool:
    """Whether a text has what few texts have and wrong guesses do: control characters, capitals and signs inside of words.

    Mac and DOS encodings have letters where Windows' and ISO's of the same script have these.
    """
    text = text[:_MOJIBAKE_CHARS]
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    capitals = sum(_CAPITAL_INSIDE.search(word) is not None for word in words)
    signs = len(_SIGN_INSIDE.findall(text))
    return (
        _C1_CONTROL.search(text) is not None
        or (capitals > 1 and capitals > len(words) * _MOST_CAPITALS)
        or (signs > 1 and signs > len(words) * _MOST_SIGNS)
    )


def _is_odd(word: str) -> bool:
    ascii_letters = sum(char < "\x80" for char in word)
    if any("\u0370" <= char < "\u0700" for char in word):
        return ascii_letters > 0
    return not ascii_letters and all(char < "\u0250" for char in word)


def _high_count(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH_BYTES))
