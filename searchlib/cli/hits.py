"""A page of hits, for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from searchlib.article import Article, format_moment
from searchlib.cli.screen import BAR, DIM, HEAD, MARK, Piece, Screen, number, plural
from searchlib.cli.timelines import show_timeline
from searchlib.results import Facet, Hit, Page, Passage, printable

__all__ = ["date_text", "show_page"]

_INDENT: Final = 4


def show_page(screen: Screen, page: Page, *, later: bool, hits: Iterable[Hit] | None = None, why: bool = False) -> None:
    """Write the hits, the facets, the timeline and the totals.

    Args:
        later: Whether it is not the first page.
        hits: Every hit, where the page has none of them; they are written as they come.
        why: Whether each is explained.
    """
    shown = 0
    for hit in page if hits is None else hits:
        _show_hit(screen, hit, why=why)
        shown += 1
    for facet in page.facets.values() if page.total else ():
        _show_facet(screen, facet)
    if page.timeline is not None and page.total:
        show_timeline(screen, page.timeline)
    screen.line((_summary(page, shown, later=later), HEAD))
    if page.undated:
        verb, pronoun = ("matches", "it") if page.undated == 1 else ("match", "them")
        undated = f"{plural(page.undated, 'article')} without a date {verb} otherwise; the dates leave {pronoun} out"
        screen.line((undated, DIM))
    if page.imprecise:
        verb = "is" if page.imprecise == 1 else "are"
        imprecise = (
            f"{number(page.imprecise)} of these {verb} dated a month or a year that is only partly within the dates"
        )
        screen.line((imprecise, DIM))
    if page.next is not None:
        # Not wrapped, so that it can be copied.
        screen.line((f"for the following page add: --after {page.next}", DIM), wrap=False)


def date_text(article: Article) -> str:
    """When the article was published, as precisely as is known, in the index's time zone; or "undated"."""
    if article.published is None or article.published_precision is None:
        return "undated"
    if article.published_precision in ("minute", "second"):
        return format_moment(article.published, "minute")[:16].replace("T", " ")
    return format_moment(article.published, article.published_precision)


def _show_hit(screen: Screen, hit: Hit, *, why: bool) -> None:
    article = hit.article
    title = hit.snippet.title if hit.snippet else Passage("title", article.title)
    screen.line((date_text(article), BAR), "  ", *(_pieces(title, HEAD) or [("(no title)", DIM)]))
    facts = [article.publisher or article.section, article.place, f"score {hit.score:.2f}", f"id {article.id}"]
    screen.line((" · ".join(printable(fact) for fact in facts if fact), DIM), indent=_INDENT)
    if hit.snippet:
        for passage in hit.snippet.passages:
            screen.line(*_pieces(passage, ""), indent=_INDENT)
    if why and hit.explanation is not None:
        from searchlib.cli.why import why_lines  # So that a query starts as fast as it can.

        for line in why_lines(hit.explanation):
            screen.line(*line, indent=_INDENT)
    screen.line()


def _pieces(passage: Passage, style: str) -> list[Piece]:
    return [(text, MARK if marked else style) for text, marked in passage.pieces()]


def _summary(page: Page, shown: int, *, later: bool) -> str:
    if page.total is None:
        return plural(shown, "article")
    if page.total == 0:
        return "no article matches"
    if shown == page.total:
        return plural(page.total, "article")
    return f"{number(shown)}{' more' if later else ''} of {plural(page.total, 'article')}"


def _show_facet(screen: Screen, facet: Facet) -> None:
    rows = []
    for value in facet:
        rows.append((printable(value.value), value.count))
        rows += [(f"  of these {printable(part.value)}", part.count) for part in value.parts]
    if facet.other_values:
        rows.append((f"({plural(facet.other_values, 'other value')})", facet.other))
    if facet.missing:
        rows.append(("(none)", facet.missing))
    screen.line((facet.field, HEAD))
    width = max((len(number(count)) for _, count in rows), default=0)
    for name, count in rows:
        screen.line((number(count).rjust(width), BAR), "  ", name, indent=_INDENT)
    screen.line()
