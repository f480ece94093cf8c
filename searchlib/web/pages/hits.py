"""Hits as they are shown."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from searchlib.article import Article
from searchlib.errors import IndexCorruptError, UpgradeNeededError
from searchlib.explanations import Explanation
from searchlib.results import Hit, Page
from searchlib.web.pages.frame import Frame

__all__ = ["HitView", "hit_views"]


class HitView(NamedTuple):
    """A hit as a page shows it.

    Attributes:
        rank: Which hit of all it is, from 1.
        article: The article.
        title: Its title with marks; empty where it has none.
        text: Its passages with marks.
        score: Its score; None where nothing ranks.
        link: Where the article is read.
        why_link: Where it is said why it was found, or no longer.
        why: Why it was found; None where that is not asked for.
    """

    rank: int
    article: Article
    title: Markup
    text: Markup
    score: float | None
    link: str
    why_link: str
    why: Explanation | None


def hit_views(frame: Frame, page: Page, *, is_ranked: bool) -> list[HitView]:
    """The hits of a page.

    Args:
        frame: The request; its parameter ``why`` names a hit that is to be explained.
        page: What was found.
        is_ranked: Whether they are in order of their scores.
    """
    asked = frame.asked
    first = (asked.page - 1) * asked.limit + 1
    chosen = frame.request.query_params.get("why", "")
    return [_view(frame, hit, rank, chosen, is_ranked=is_ranked) for rank, hit in enumerate(page.hits, first)]


def _view(frame: Frame, hit: Hit, rank: int, chosen: str, *, is_ranked: bool) -> HitView:
    article = hit.article
    is_chosen = is_ranked and article.id == chosen
    return HitView(
        rank,
        article,
        Markup(hit.snippet.title.html if hit.snippet else ""),  # noqa: S704 - escaped by the passage itself
        Markup(hit.snippet.html if hit.snippet else ""),  # noqa: S704
        hit.score if is_ranked and hit.score > 0 else None,
        frame.article(article.id),
        # A page of a search stays that page when one of its hits is explained.
        (frame.address() if is_chosen else frame.address(why=article.id)) + f"#hit-{rank}",
        _explanation(hit) if is_chosen else None,
    )


def _explanation(hit: Hit) -> Explanation | None:
    try:
        return hit.explanation
    except (UpgradeNeededError, IndexCorruptError):
        return None
