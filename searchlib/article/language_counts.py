"""What there is to say about the languages of many articles: of a load, and of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line, number_of, one_line

__all__ = ["LanguageCount", "LanguageReport"]


@dataclass(frozen=True, slots=True)
class LanguageReport(JsonForm):
    """What became of articles that name no language, in an index where each is analysed in its own.

    Attributes:
        detected: How many are in a language by their text, by its code, the most frequent first.
        unsure: How many have a text that does not say; they are analysed in the `fallback`.
        fallback: Code of that language.
        is_missing_extra: Whether none was detected because the library for it is not installed.

    Examples:
        >>> report = searchlib.LanguageReport({"de": 12, "en": 3}, unsure=1, fallback="en")
        >>> print(report)
        language detected: de 12, en 3; unsure 1 → en
    """

    detected: Mapping[str, int]
    unsure: int
    fallback: str
    is_missing_extra: bool = False

    def __add__(self, other: LanguageReport) -> LanguageReport:
        """Both together."""
        counts = Counter(self.detected) + Counter(other.detected)
        return LanguageReport(
            dict(counts.most_common()),
            self.unsure + other.unsure,
            self.fallback,
            self.is_missing_extra or other.is_missing_extra,
        )

    def __str__(self) -> str:
        """One line for people; "" where every article names its language."""
        if self.is_missing_extra:
            return (
                f"no language was detected, so {self.unsure:,} that name none are read as {self.fallback!r}; "
                "pip install 'searchlib[languages]' and add them again"
            )
        found = ", ".join(f"{code} {count:,}" for code, count in self.detected.items())
        unsure = f"unsure {self.unsure:,} → {self.fallback}" if self.unsure else ""
        parts = "; ".join(part for part in (found, unsure) if part)
        return f"language detected: {parts}" if parts else ""

    def __repr__(self) -> str:
        detected = f"{number_of(sum(self.detected.values()), 'article')} detected in {number_of(len(self.detected), 'language')}"
        return one_line(self, detected, f"{self.unsure:,} unsure")


@dataclass(frozen=True, slots=True)
class LanguageCount(JsonForm):
    """How many articles of an index are in a language.

    Attributes:
        code: The language, without region; "" for those that name none and of which none was detected.
        articles: How many are in it.
        detected: Of how many of them it was detected. The others name it.

    Examples:
        >>> [(each.code, each.articles) for each in index.stats().languages][:2]
        [('en', 35), ('de', 2)]
    """

    code: str
    articles: int
    detected: int = 0

    __repr__ = attributes_line
