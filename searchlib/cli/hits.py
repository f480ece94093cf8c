"""A page of hits, for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from searchlib.article import Article, format_moment
from searchlib.cli.screen import BAR, DIM, HEAD, MARK, Piece, Screen, number, plural
from searchlib.cli.timelines import show_timeline
from searchlib.results import Facet, Hit, Page, Passage, printable

__all__ = ["date_text", "pieces_of", "show_headline", "show_page"]

_INDENT: Final = 4
_GAP: Final = "  "
#: So many values of a facet are shown without second thoughts to who asks for more of them.
_MANY_VALUES: Final = 100
#: No page of hits is asked for by its number that ends behind this one.
_MAX_NUMBERED_HITS: Final = 100_000


def show_page(
    screen: Screen,
    page: Page,
    *,
    later: bool,
    next_page: int | None = None,
    hits: Iterable[Hit] | None = None,
    why: bool = False,
) -> None:
    """Write the hits, the facets, the timeline and the totals.

    Args:
        later: Whether it is not the first page.
        next_page: The number of the page after it; None where that is asked for by its cursor.
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
        # A page by number is asked for in few characters; those far behind are only given by their cursor.
        by_number = next_page is not None and next_page * shown <= _MAX_NUMBERED_HITS
        option = f"--page {next_page}" if by_number else f"--after {page.next}"
        # Not wrapped, so that it can be copied.
        screen.line((f"for the following page add: {option}", DIM), wrap=False)


def date_text(article: Article) -> str:
    """When the article was published, as precisely as is known, in the index's time zone; or "undated"."""
    if article.published is None or article.published_precision is None:
        return "undated"
    if article.published_precision in ("minute", "second"):
        return format_moment(article.published, "minute")[:16].replace("T", " ")
    return format_moment(article.published, article.published_precision)


def show_headline(screen: Screen, article: Article, title: Iterable[Piece]) -> None:
    """Write the date and the title of an article. A long title goes on below its beginning."""
    date = date_text(article)
    screen.line((date, BAR), _GAP, *(title or [("(no title)", DIM)]), hang=len(date + _GAP))


def _show_hit(screen: Screen, hit: Hit, *, why: bool) -> None:
    article = hit.article
    title = hit.snippet.title if hit.snippet else Passage("title", article.title)
    show_headline(screen, article, pieces_of(title, HEAD))
    # What only restricts gives no score.
    score = f"score {hit.score:.2f}" if hit.score else ""
    facts = [article.publisher or article.section, article.place, score, f"id {article.id}"]
    screen.line((" · ".join(printable(fact) for fact in facts if fact), DIM), indent=_INDENT)
    if hit.snippet:
        for passage in hit.snippet.passages:
            screen.line(*pieces_of(passage, ""), indent=_INDENT)
    if why and hit.explanation is not None:
        from searchlib.cli.why import why_lines  # So that a query starts as fast as it can.

        for line in why_lines(hit.explanation):
            screen.line(*line, indent=_INDENT, hang=_INDENT // 2)
    screen.line()


def pieces_of(passage: Passage, style: str) -> list[Piece]:
    """The text of a passage for a screen; what is not marked has a style."""
    return [(text, MARK if marked else style) for text, marked in passage.pieces()]


def _summary(page: Page, shown: int, *, later: bool) -> str:
    if page.total is None:
        return plural(shown, "article")
    if page.total == 0:
        return "no article matches"
    if not shown and later:
        return f"no more of {plural(page.total, 'article')}"
    if shown in (0, page.total):
        return plural(page.total, "article")
    return f"{number(shown)}{' more' if later else ''} of {plural(page.total, 'article')}"


def _show_facet(screen: Screen, facet: Facet) -> None:
    rows = []
    for value in facet:
        rows.append((printable(value.value), value.count))
        rows += [(f"  of these {printable(part.value)}", part.count) for part in value.parts]
    if facet.other_values:
        rows.append((f"({plural(facet.other_values, 'other value')}; {_how_to_see_more(facet)})", facet.other))
    if facet.missing:
        rows.append(("(none)", facet.missing))
    screen.line((facet.field, HEAD))
    width = max((len(number(count)) for _, count in rows), default=0)
    for name, count in rows:
        screen.line((number(count).rjust(width), BAR), _GAP, name, indent=_INDENT, hang=width + len(_GAP))
    screen.line()


def _how_to_see_more(facet: Facet) -> str:
    """The option that shows the values that were left out: all of a few, else many more."""
    shown = len(facet.values)
    values = shown + facet.other_values
    many = max(_MANY_VALUES, 10 * shown)
    return f"--facet-limit {values} shows all" if values <= many else f"--facet-limit {many} shows more"
