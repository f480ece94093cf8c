"""Which analyzer an article's text has: the index's one, or that of the language the article is in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from searchlib.analysis.analyzer import Analyzer, analyzer_for
from searchlib.analysis.languages import LANGUAGES
from searchlib.analysis.several import QueryAnalyzer, several
from searchlib.article.language_codes import UNDETERMINED, base_of
from searchlib.errors import SettingError

__all__ = ["AUTO", "ArticleAnalyzers"]

#: The language of an index whose articles are each analysed in their own.
AUTO: Final = "auto"


class ArticleAnalyzers:
    """The analyzers of an index. Safe to use from several threads.

    Args:
        language: The code of a language; or `AUTO`.
        fallback: The language of articles that name none and of which none was detected. For `AUTO` only.

    Attributes:
        is_auto: Whether each article is analysed in its own language.
        fallback: What analyses a text of which nothing is known.

    Raises:
        SettingError: A code is unknown.
    """

    def __init__(self, language: str, fallback: str) -> None:
        self.is_auto = language.lower() == AUTO
        if self.is_auto and fallback.lower() == AUTO:
            raise SettingError("fallback_language", fallback, f"choose one of {', '.join(sorted(LANGUAGES))}")
        self.fallback = analyzer_for(fallback, tagged=True) if self.is_auto else analyzer_for(language)
        self._of: dict[str, Analyzer] = {}

    def of(self, language: str) -> Analyzer:
        """What analyses an article of this language; "" where it is not known.

        Words of a language that `LANGUAGES` does not have are not stemmed.
        """
        if not self.is_auto:
            return self.fallback
        analyzer = self._of.get(language)
        if analyzer is None:
            base = base_of(language)
            if base in ("", UNDETERMINED):
                analyzer = self.fallback
            else:
                analyzer = analyzer_for(base if base in LANGUAGES else "none", tagged=True)
            # No language is thousands of codes, but data can say anything.
            if len(self._of) < len(LANGUAGES) * 10:
                self._of[language] = analyzer
        return analyzer

    def of_query(self, languages: Iterable[str]) -> QueryAnalyzer:
        """What analyses a query over articles of these languages, "" among them for those that name none."""
        if not self.is_auto:
            return self.fallback
        found = dict.fromkeys(map(self.of, sorted(languages))) or {self.fallback: None}
        return several(tuple(found))
