"""Which language a text is in, for articles that name none. A library tells: eldc, of the extra ``languages``.

docs/decisions/0010-detecting-languages.md says which libraries there are, and how well each does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from searchlib.errors import MissingExtraError

__all__ = ["MIN_CONFIDENCE", "Detector"]

#: A text is in the language of the highest score where that is at least so high. Scores are from 0 to 1; texts in
#: languages that the library does not know get some 0.4.
MIN_CONFIDENCE: Final = 0.65
# A shorter text has to convince the library too: its scores are high for names as well.
_LONG_ENOUGH_CHARS: Final = 100
# How much of a text is looked at.
_LOOKED_AT_CHARS: Final = 1000
# The library does not tell Malay from Indonesian, which are written alike.
_INDONESIAN_OR_MALAY: Final = {"ms": "id"}


class Detector:
    """Detects the language of texts. Safe to use from several threads.

    Raises:
        MissingExtraError: The library is not installed.
    """

    def __init__(self) -> None:
        self._detect = _library()

    def language_of(self, *texts: str) -> str:
        """The code of the language that the texts of one article are in; "" where that is not sure.

        The first thousand characters are looked at, in the order of the texts.
        """
        text = _beginning(texts)
        if not text:
            return ""
        found = self._detect(text)
        code: str = found.language
        is_sure = found.reliable or (len(text) >= _LONG_ENOUGH_CHARS and found.scores.get(code, 0.0) >= MIN_CONFIDENCE)
        return _INDONESIAN_OR_MALAY.get(code, code) if is_sure else ""


def _beginning(texts: tuple[str, ...]) -> str:
    """The first characters of the texts, put together."""
    beginning = ""
    for text in texts:
        room = _LOOKED_AT_CHARS - len(beginning)
        if room <= 0:
            break
        if text:
            beginning += f"{text[:room]} "
    # In capitals, words look foreign.
    return beginning.lower() if beginning.isupper() else beginning


def _library() -> Callable[[str], Any]:
    try:
        import eldc
    except ImportError:
        raise MissingExtraError("languages", "telling which language an article is in") from None
    eldc.init()
    detect: Callable[[str], Any] = eldc.instance().detect_details
    return detect
