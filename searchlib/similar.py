"""Articles like one: frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from searchlib.json_form import JsonForm, json_form
from searchlib.results import Hit

__all__ = ["SimilarArticle", "SimilarArticles"]


@dataclass(frozen=True, slots=True)
class SimilarArticle(JsonForm):
    """An article like another.

    Attributes:
        hit: The article; its score adds up over the words that both have.
        shared: Which share of the runs of five words of the shorter of the two the other one has too, 0 to 1.
        is_copy: Whether it is the same story, printed again or nearly so.
    """

    hit: Hit
    shared: float
    is_copy: bool

    def as_dict(self) -> dict[str, Any]:
        """It ready for JSON; the article under "article"."""
        return {
            "score": self.hit.score,
            "shared": self.shared,
            "is_copy": self.is_copy,
            "article": self.hit.article.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class SimilarArticles(JsonForm):
    """Articles like one, the most like first. Iterating gives them.

    Attributes:
        articles: Which they are.
        words: The words of the article that were searched, the most telling first.
    """

    articles: tuple[SimilarArticle, ...]
    words: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The articles ready for JSON, and the words that were searched."""
        return {"words": list(self.words), "articles": json_form(self.articles)}

    def __iter__(self) -> Iterator[SimilarArticle]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)
