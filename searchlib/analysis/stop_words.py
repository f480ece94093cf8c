"""Stop words: so common that they should count little in ranking. They are indexed like any other word.

The list is English function words without those that print the same as a word that means something ("us" is U.S.,
"may" a month). docs/performance.md has what it gains. Other languages have no list, because none was measured.
"""

from __future__ import annotations

from typing import Final

__all__ = ["STOP_WORDS"]

_ENGLISH: Final = """
    a about above after again against all am an and any are as at be because been before being below between both but
    by can could did do does doing down during each few for from further had has have having he her here hers herself
    him himself his how i if in into is it its itself me more most my myself no nor not of off on once only or other
    our ours ourselves out over own same she should so some such than that the their theirs them themselves then there
    these they this those through to too under until up very was we were what when where which while who whom why will
    with would you your yours yourself yourselves
"""

#: Codes of languages → their stop words, folded.
STOP_WORDS: Final[dict[str, frozenset[str]]] = {"en": frozenset(_ENGLISH.split())}
