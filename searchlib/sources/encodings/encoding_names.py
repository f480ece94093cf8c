"""Labels of text encodings → the codecs that read what they are written on.

A label means what browsers take it for (WHATWG Encoding, as the library webencodings has it): "latin1" and "ascii" are
windows-1252, "gb2312" is gb18030, "shift_jis" is cp932, "euc-kr" is cp949. Where a codec of Python's has fewer letters
than browsers read under the label, another stands behind it.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final

import webencodings

__all__ = ["codec_of", "codecs_of_label", "encoding_problem", "fits", "is_shifted", "shown_name"]

# Codec → what reads the letters that it lacks (①, ㈱ and rare ideographs).
_WIDER: Final = {"euc_jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_2004", "cp932": "shift_jis_2004"}
# A page or declaration that could be read as ASCII is not in these, whatever it says.
_NOT_IN_ASCII: Final = ("utf-16", "utf-32", "utf-7")
# Encodings of text, each decoded in linear time. Python has others (punycode, unicode_escape) that a file has no
# business to ask for.
_TEXT_CODEC: Final = re.compile(
    r"ascii|big5\w*|cp\d+|euc_\w+|gb\w+|hz|iso2022_\w+|iso8859-\d+|johab|koi8-\w|kz1048|mac-\w+|ptcp154|shift_jis\w*"
    r"|tis-620|utf-(?:8|16|32)(?:-[bl]e|-sig)?"
)
# Where browsers read more than Python does under the same name, and nothing else differently.
_SUPERSETS: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_WINDOWS: Final = re.compile(r"cp(125\d|874)")


@lru_cache(maxsize=256)
def codecs_of_label(label: str) -> tuple[str, ...]:
    """The codecs to try for a label, in this order; none where the label names no encoding of single bytes and ASCII."""
    known = webencodings.lookup(label)
    if known is not None:
        name = known.codec_info.name
    else:
        try:
            name = codecs.lookup(label.strip()).name
        except (LookupError, UnicodeError, ValueError):
            return ()
        name = _SUPERSETS.get(name, name)
    if not _TEXT_CODEC.fullmatch(name) or name.startswith(_NOT_IN_ASCII):
        return ()
    return (name, _WIDER[name]) if name in _WIDER else (name,)


def codec_of(name: str) -> str:
    """The codec of an encoding that the user named, with the letters that browsers read under the name."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return name
    return _SUPERSETS.get(codec, name)


def encoding_problem(name: str) -> str:
    """Why this is no name of a text encoding; empty where it is one."""
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return f"there is no text encoding {name!r}; write for example utf-8, windows-1252 or utf-16"
    return ""


def is_shifted(codec: str) -> bool:
    """Whether text in this encoding is ASCII bytes, some of which stand for other letters."""
    return codec.startswith(("iso2022", "hz"))


def shown_name(codec: str) -> str:
    """The name that people know a codec by, and `encoding` takes."""
    return _WINDOWS.sub(r"windows-\1", codec)


def fits(data: bytes, codec: str, *, is_whole: bool = True) -> bool:
    """Whether bytes are text in this encoding.

    Args:
        data: The bytes.
        codec: The encoding.
        is_whole: Whether a character must be whole at the end.
    """
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(data, final=is_whole)
    except (UnicodeError, ValueError):
        return False
    return True
