"""The languages of articles that name none: detected, and counted for the report of a run."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from searchlib.analysis import Detector
from searchlib.article import Article
from searchlib.article.language_counts import LanguageReport
from searchlib.errors import MissingExtraError

__all__ = ["ArticleLanguages"]


class ArticleLanguages:
    """Gives articles that name no language the one that their text is in. For one thread.

    Args:
        fallback: The code of the language that the others are analysed in.
    """

    def __init__(self, fallback: str) -> None:
        self._fallback = fallback
        self._detected: Counter[str] = Counter()
        self._unsure = 0

    @cached_property
    def detector(self) -> Detector | None:
        """What detects; None where the library for it is not installed."""
        try:
            return Detector()
        except MissingExtraError:
            return None

    def settle(self, article: Article) -> tuple[Article, bool]:
        """The article as it is to be kept, and whether its language was detected."""
        if article.language:
            return article, False
        detector = self.detector
        code = detector.language_of(article.body, article.summary, article.title) if detector else ""
        if not code:
            self._unsure += 1
            return article, False
        self._detected[code] += 1
        return article.in_language(code), True

    def take_report(self) -> LanguageReport:
        """What was done since the last report."""
        report = LanguageReport(
            detected=dict(self._detected.most_common()),
            unsure=self._unsure,
            fallback=self._fallback,
            is_missing_extra=self._unsure > 0 and self.detector is None,
        )
        self._detected.clear()
        self._unsure = 0
        return report
