"""Tables: the characters that sentences end with, and what may stand around them.

Unicode's sentence terminals (UAX #29, ``Sentence_Break`` STerm and ATerm, version 15) are all here; so are the bars of
Burmese and Tibetan, which Unicode does not count. ``kernels/sentences/rules.h`` says what the classes mean.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CHARACTERS"]

# Marks of direction and joining, and those that say how a character is drawn: they stand on either side.
_INVISIBLE: Final = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
    "\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f"
)

_BARS: Final = (
    "\u3002\uff01\uff1f\uff61\ufe12\ufe15\ufe16"  # Han, kana
    "\u0964\u0965"  # Devanagari and its neighbours
    "\u061d\u061e\u061f\u06d4\u0700\u0701\u0702"  # Arabic, Urdu, Syriac
    "\u0589\u1362\u1367\u1368"  # Armenian, Ethiopic
    "\u104b\u17d4\u17d5\u17da\u0f0d\u0f0e\u0f0f\u0f10\u0f11"  # Burmese, Khmer, Tibetan
    "\u07f9\u0837\u0839\u083d\u083e\u166e\u1735\u1736\u1803\u1809\u1944\u1945\u1aa8\u1aa9\u1aaa\u1aab"
    "\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d\u1b7e\u1c3b\u1c3c\u1c7e\u1c7f\u2cf9\u2cfa\u2cfb\u2e3c"
    "\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d\uaa5e\uaa5f\uaaf0\uaaf1\uabeb"
    "\U00010a56\U00010a57\U00010f55\U00010f56\U00010f57\U00010f58\U00010f59\U00010f86\U00010f87\U00010f88\U00010f89"
    "\U00011047\U00011048\U000110be\U000110bf\U000110c0\U000110c1\U00011141\U00011142\U00011143\U000111c5\U000111c6"
    "\U000111cd\U000111de\U000111df\U00011238\U00011239\U0001123b\U0001123c\U000112a9\U0001144b\U0001144c\U000115c2"
    "\U000115c3\U00011641\U00011642\U0001173c\U0001173d\U0001173e\U00011944\U00011946\U00011a42\U00011a43\U00011a9b"
    "\U00011a9c\U00011c41\U00011c42\U00011ef7\U00011ef8\U00011f43\U00011f44\U00016a6e\U00016a6f\U00016af5\U00016b37"
    "\U00016b38\U00016b44\U00016e98\U0001bc9f"
)

#: Class → characters, of every language.
CHARACTERS: Final = {
    "full_stops": ".\uff0e\ufe52\u2024",
    "ellipses": "\u2026\u2025",
    # The Greek question mark, and those that are joined or turned.
    "questions": "?!\u203c\u203d\u2047\u2048\u2049\u2e2e\u2e18\u2e53\u2e54\ufe56\ufe57\u037e",
    "bars": _BARS,
    "doubled_bars": "\u1361",
    "line_breaks": "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
    # German, Danish and Swedish close with marks that others open with.
    "closers": "\"'\u201d\u2019\u00bb\u203a)]}\u201c\u2018\u00ab\u2039\u300d\u300f\uff09\u3011\u3009\u300b\u3015\uff5d\uff3d"
    f"\u3017\u3019\u301b\u301e\u301f\uff02\uff07{_INVISIBLE}",
    "openers": "\"'\u201c\u2018\u201e\u201a\u201d\u2019\u00ab\u2039\u00bb\u203a([{\u300c\u300e\uff08\u3010\u3008\u300a\u3014"
    f"\u00bf\u00a1-\u2013\u2014\u2022{_INVISIBLE}",
    "footnotes": "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u2020\u2021",
    # Commas and dashes of Chinese, and the particles of Japanese that say who said what was quoted.
    "resumers": ",;:\uff0c\uff1b\uff1a\u3001\u2014\u2013\u2500\u300d\u300f\u3068\u3063\u306a\u306e\u3092\u304c\u306f\u306b\u3067\u3082"
    "\u3078\u3084\u304b",
}
