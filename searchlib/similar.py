"""Articles like one: frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from searchlib.json_form import JsonForm, json_form
from searchlib.one_line import number_of, one_line, quoted
from searchlib.results import Hit

__all__ = ["SimilarArticle", "SimilarArticles"]

# As many a notebook shows.
_SHOWN_ARTICLES: Final = 20


@dataclass(frozen=True, slots=True)
class SimilarArticle(JsonForm):
    """An article like another.

    Attributes:
        hit: The article; its score adds up over the words that both have.
        shared: Which share of the runs of five words of the shorter of the two the other one has too, 0 to 1.
        is_copy: Whether it is the same story, printed again or nearly so.

    Examples:
        >>> similar = index.similar("kw-2023-1010-nursery").articles[0]
        >>> similar.hit.article.title, similar.is_copy
        ('County orders 10,000 measles doses as outbreak spreads', False)
    """

    hit: Hit[None]
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

    def __repr__(self) -> str:
        copy = "a copy" if self.is_copy else f"shares {self.shared:.0%}"
        return one_line(self, f"{quoted(self.hit.article.title)} {quoted(self.hit.article.id, 24)}", copy)


@dataclass(frozen=True, slots=True)
class SimilarArticles(JsonForm):
    """Articles like one, the most like first. Iterating gives them.

    Attributes:
        articles: Which they are.
        words: The words of the article that were searched, the most telling first.

    Examples:
        >>> similar = index.similar("kw-2023-1010-nursery", limit=3)
        >>> len(similar), similar.words[0]
        (3, 'nursery')
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

    def __repr__(self) -> str:
        words = " ".join([quoted(word, 20) for word in self.words[:3]])
        return one_line(self, number_of(len(self.articles), "article"), f"by {words}" if words else "")

    def _repr_html_(self) -> str:
        """The articles, and how much they share, for a notebook."""
        from searchlib.drawing import markup  # Imported late, because no search needs it.

        def entry(each: SimilarArticle) -> markup.Html:
            shares = f"shares {each.shared:.0%}" if each.shared else ""
            return markup.Html(f"{markup.shown(each.hit)}{markup.facts('a copy' if each.is_copy else shares)}")

        return markup.frame(
            markup.caption(number_of(len(self.articles), "article"), "like one, by its most telling words"),
            markup.facts(*[markup.text(word) for word in self.words]),
            *[entry(each) for each in self.articles[:_SHOWN_ARTICLES]],
            markup.left_out(len(self.articles) - _SHOWN_ARTICLES, "articles"),
        )
