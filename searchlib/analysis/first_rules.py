"""Words of queries to indexes that were analysed by the first rules, which took letters and digits apart.

These had "A10" as two words side by side. Such an index (schema version 1) is asked for both; it gets no more articles
until it is upgraded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from searchlib.analysis.analyzer import Analyzer

__all__ = ["FirstRulesAnalyzer", "first_rules_analyzer"]

_APART: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


class FirstRulesAnalyzer(Analyzer):
    """As `Analyzer`, and a word of letters and digits also asks for these side by side."""

    def _find_paths(self, text: str) -> tuple[tuple[str, ...], ...]:
        paths = super()._find_paths(text)
        apart = _APART.sub(" ", text)
        return paths if apart == text else tuple(dict.fromkeys((*paths, *super()._find_paths(apart))))


@cache
def first_rules_analyzer(language: str) -> FirstRulesAnalyzer:
    """The analyzer of queries in a language; the same object for the same language.

    Raises:
        SettingError: The code is unknown.
    """
    return FirstRulesAnalyzer(language)
