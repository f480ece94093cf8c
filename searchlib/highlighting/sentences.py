"""The rules of sentences, by the habits of newspapers. The kernels split texts by them (``kernels/snippets/sentences.h``).

A full stop ends no sentence after "Mr", "Sept" or an initial, in "U.S. officials" and in
"3.5 million"; where it could be either ("in the U.S. The …"), the next word decides. In
doubt two sentences stay one: a passage that is too long is cut with an ellipsis, but one
that ends after "Mr." looks broken.
"""

from __future__ import annotations

import re
from typing import Any, Final

__all__ = ["BEFORE_NUMBERS", "GERMAN_MONTHS", "RULES", "SHORTENED", "STARTERS"]

# What lacks a full stop and is shorter is a heading, a date line or an item of a list.
_MIN_PROSE_CHARS: Final = 60
# A line as mail and agencies' wires wrap it; shorter and longer ones end where their author ended them.
_WRAPPED_LINE_CHARS: Final = range(45, 101)

# German and Danish close with the marks that others open with; where no space follows, those can only open.
_UNSPACED_CLOSERS: Final = "\"'”’»›)]}」』）】〉》"
_CLOSERS: Final = f"{_UNSPACED_CLOSERS}“‘«‹"
_SPACED: Final = ".!?…"
_UNSPACED: Final = "。！？｡؟۔।॥።။"
_MAX_TAIL_CHARS: Final = 8
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w&'’.-]*\w)?\Z")
_NEXT = re.compile(r"\s+[^\w\s]*(\w+)?")
_MAX_WORD_CHARS: Final = 24


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Followed by a name, or by anything at all: these end a sentence only where the next word begins one.
SHORTENED: Final = _words(
    """
    mr mrs ms mx dr drs prof gen sen rep gov lt col sgt cpl capt cmdr maj adm brig rev hon pres supt insp det pfc
    messrs mme mlle mgr st ste mt ft jr sr inc corp co ltd llc plc bros dept est assn univ intl natl govt approx
    vs cf al ed eds etc eg ie viz ave blvd rd hwy
    hr fr frl dipl ing bzw ca usw inkl evtl ggf sog vgl sra srta dra ud uds sig dott avv
    """
)
# Followed by a number, unless they end the sentence.
BEFORE_NUMBERS: Final = _words(
    """
    no nos nr num p pp pg vol art fig sec ch par ver
    jan feb mar apr jun jul aug sep sept oct nov dec okt dez janv févr avr juil déc ene abr ago dic
    """
)
GERMAN_MONTHS: Final = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert"
)
# Words that begin sentences, and hardly ever names or titles.
STARTERS: Final = _words(
    """
    the a an he she it they we i you this that these those his her its their our my in on at to for from by with as of
    and but or so yet if when while after before since although though because however meanwhile there here what who
    why how where now then also not some many most several both all each one two three another such under over during
    according despite earlier later last police officials
    der die das er sie es wir ein eine im am auf bei nach mit und aber auch doch für
    le les il elle ils elles un une ce cette mais dans selon pour
    """
)


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    """Whether a sentence ends with the full stops from `stop` on, closing quotes up to `end` included."""
    following = _NEXT.match(text, end)
    word = following.group(1) if following else None
    if following is None or word is None or following.group().count("\n") > 1:
        return True
    if word[0].islower():
        return False
    if text[stop:end] != ".":
        return True
    before = _WORD_BEFORE.search(text[max(0, stop - _MAX_WORD_CHARS) : stop].rpartition(" ")[2])
    return before is None or _ends_after(before.group().casefold(), word.casefold())


def _ends_after(before: str, following: str) -> bool:
    """Whether a full stop between these two words ends a sentence; both in lower case."""
    if before.isdecimal() and len(before) <= 2:
        return following not in GERMAN_MONTHS
    if before in BEFORE_NUMBERS:
        return not following[0].isdecimal()
    if len(before) == 1 or "." in before or before in SHORTENED:
        return following in STARTERS
    return True


#: All this for the kernels' `SnippetRules`.
RULES: Final[dict[str, Any]] = {
    "spaced": _SPACED,
    "unspaced": _UNSPACED,
    "spaced_closers": _CLOSERS,
    "unspaced_closers": _UNSPACED_CLOSERS,
    "prose_chars": _MIN_PROSE_CHARS,
    "tail_chars": _MAX_TAIL_CHARS,
    "wrapped_chars": (_WRAPPED_LINE_CHARS.start, _WRAPPED_LINE_CHARS.stop - 1),
    "word_chars": _MAX_WORD_CHARS,
    "shortened": SHORTENED | BEFORE_NUMBERS,
    "ends_sentence": _ends_sentence,
}
