"""The search page: what was asked and understood, time, values to choose, and the hits."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import FACET_FIELDS
from searchlib.errors import QueryError, SettingError
from searchlib.results import SORTS, Page
from searchlib.web.answers import NOT_KEPT
from searchlib.web.pages.choosing import SHOWN_VALUES, FacetView, facet_views
from searchlib.web.pages.frame import ARTICLE_FIELDS, Frame
from searchlib.web.pages.hits import HitView, hit_views
from searchlib.web.pages.questions import QuestionView, question_views
from searchlib.web.pages.timing import TimeView, time_view, with_timeline
from searchlib.web.pages.understood import (
    Change,
    NoteView,
    changes_that_find,
    did_you_mean,
    explained,
    note_views,
    part_rows,
)
from searchlib.web.room import Room

__all__ = ["SearchView", "hidden_parameters", "search_page"]

EVERYTHING: Final = "*"
_SORT_LABELS: Final = {
    "relevance": "best first",
    "newest": "newest first",
    "oldest": "oldest first",
    "length": "longest first",
    "shortest": "shortest first",
    "title": "title, A–Z",
}
_LIMITS: Final = (10, 20, 50, 100)
#: Pages of hits that have a link on each side of the one that is shown.
_PAGES_BESIDE: Final = 2


class PageLink(NamedTuple):
    """A page of hits: its number, and its address; the one that is shown has none, nor has a gap, which is 0."""

    number: int
    link: str


class SearchView(NamedTuple):
    """What the template of the search page shows, beside what is found.

    Attributes:
        page: What was found.
        sort: The order of the hits.
        sorts: The orders there are, and what they are called.
        limits: How many hits a page may have.
        hits: The hits.
        last: Rank of the last of them.
        is_everything: Whether there is no query, and every article is shown.
        time: The timeline.
        facets: The values to choose.
        chosen: What is chosen: its field, value, and where it is not.
        sentence: What was understood, in words.
        parts: The parts of the query, each with its total.
        more_parts: How many more there are.
        expansions: What its patterns stand for.
        notes: What there is to say of the query and of the address.
        meant: What may have been meant.
        changes: What finds something, where nothing is found.
        pages: Links to pages of hits.
        before: Where the page before is; `after` the next one. Empty without one.
        after: Where the next page is.
        more: Where more of the hits are on one page; empty where there are no more.
        questions: Saved questions, on the first page of all.
    """

    page: Page
    sort: str
    sorts: tuple[tuple[str, str], ...]
    limits: tuple[int, ...]
    hits: list[HitView]
    last: int
    is_everything: bool
    time: TimeView | None
    facets: list[FacetView]
    chosen: list[tuple[str, str, str]]
    sentence: str
    parts: list[Any]
    more_parts: int
    expansions: tuple[Any, ...]
    notes: list[NoteView]
    meant: Change | None
    changes: list[Change]
    pages: list[PageLink]
    before: str
    after: str
    more: str
    questions: list[QuestionView]


async def search_page(room: Room, request: Request) -> Response:
    """The search page."""
    return await room.run(_answer, room, request)


def _answer(room: Room, request: Request) -> Response:
    frame = Frame(room, request)
    try:
        view = _view(frame)
    except (QueryError, SettingError) as error:
        # What was asked stays in the form, to be mended.
        problem = error.without_query
        return frame.filled("search.html", status=400, view=None, problem=problem, hidden=[])
    headers = NOT_KEPT if view.page.partial else None
    return frame.filled("search.html", headers=headers, view=view, problem="", hidden=hidden_parameters(frame))


def hidden_parameters(frame: Frame) -> list[tuple[str, str]]:
    """What of the state the form of the search page has no field for."""
    asked = frame.asked
    given: list[tuple[str, str]] = [("by", asked.by)] if asked.by else []
    given += [("share", "1")] if asked.share else []
    return given + [("with", text) for text in asked.others]


def _view(frame: Frame) -> SearchView:
    asked = frame.asked
    is_everything = not asked.q.strip()
    query = EVERYTHING if is_everything else asked.q
    sort = "newest" if is_everything and asked.sort == "relevance" else asked.sort
    page = with_timeline(
        frame,
        query,
        sort=sort,
        limit=asked.limit,
        page=asked.page,
        chosen=asked.chosen or None,
        facets=tuple(FACET_FIELDS),
        facet_limit=SHOWN_VALUES,
        share=asked.share,
        timeout_s=frame.room.limits.search_s,
        partial=True,
        **asked.restrictions,
    )
    explanation = explained(frame)
    parts, more_parts = part_rows(frame, explanation.tree) if explanation else ([], 0)
    total = page.total or 0
    last = (asked.page - 1) * asked.limit + len(page.hits)
    is_first = is_everything and not (asked.chosen or asked.since or asked.until or asked.page > 1)
    return SearchView(
        page=page,
        sort=sort,
        sorts=tuple((name, _SORT_LABELS.get(name) or f"by {ARTICLE_FIELDS[name][0].lower()}") for name in SORTS),
        limits=tuple(sorted({*_LIMITS, asked.limit})),
        hits=hit_views(frame, page, is_ranked=sort == "relevance"),
        last=last,
        is_everything=is_everything,
        time=time_view(frame, page, asked.q),
        facets=facet_views(frame, page),
        chosen=_chosen(frame),
        sentence=explanation.sentence if explanation else "",
        parts=parts,
        more_parts=more_parts,
        expansions=explanation.expansions if explanation else (),
        notes=note_views(frame, page.diagnostics),
        meant=did_you_mean(frame, page),
        changes=[] if total or page.partial else changes_that_find(frame),
        pages=_pages(frame, total),
        before=frame.address(asked=asked.with_(page=asked.page - 1)) if asked.page > 1 else "",
        after=_page_link(frame, asked.page + 1) if last < total and page.hits else "",
        more=_more(frame, last, total),
        questions=question_views(frame) if is_first else [],
    )


def _chosen(frame: Frame) -> list[tuple[str, str, str]]:
    asked = frame.asked
    return [
        (ARTICLE_FIELDS[field][0], value, frame.address(asked=asked.choosing(field, value)))
        for field, values in asked.chosen.items()
        for value in values
    ]


def _page_link(frame: Frame, number: int) -> str:
    """The address of a page of hits; empty where it is too far."""
    limit = max(frame.asked.limit, 1)
    return frame.address(asked=frame.asked.with_(page=number)) if number * limit <= frame.room.limits.depth else ""


def _pages(frame: Frame, total: int) -> list[PageLink]:
    """The first page, those around the one that is shown, and the last that can be reached."""
    limit = max(frame.asked.limit, 1)
    now = frame.asked.page
    last = min(-(-total // limit), max(1, frame.room.limits.depth // limit))
    shown = {1, last, *range(now - _PAGES_BESIDE, now + _PAGES_BESIDE + 1)}
    links: list[PageLink] = []
    before = 0
    for number in sorted(number for number in shown if 1 <= number <= last):
        if number > before + 1:
            links.append(PageLink(0, ""))
        links.append(PageLink(number, "" if number == now else _page_link(frame, number)))
        before = number
    return links if last > 1 else []


def _more(frame: Frame, last: int, total: int) -> str:
    """Where the hits of this page are, and some more below them; empty where there are no more, or the page is full."""
    asked = frame.asked
    larger = [limit for limit in range(10, frame.room.limits.hits + 1, 10) if limit > asked.limit]
    if asked.page > 1 or last >= total or not larger:
        return ""
    return frame.address(asked=asked.with_(limit=larger[0]))
