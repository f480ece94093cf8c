"""Words in context: every occurrence on a line, aligned, and the words that stand near it."""

from __future__ import annotations

from typing import Final, NamedTuple, cast

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import format_moment
from searchlib.concordance import Collocate, Concordance, ConcordanceLine, ContextSort
from searchlib.errors import QueryError, SettingError, UpgradeNeededError
from searchlib.web.pages.frame import Frame
from searchlib.web.pages.understood import NoteView, note_views
from searchlib.web.parameters import Parameters
from searchlib.web.room import Room

__all__ = ["context_page"]

_ORDERS: Final[dict[ContextSort, str]] = {
    "date": "newest first",
    "left": "by the word before",
    "right": "by the word behind",
    "relevance": "best article first",
}
_LINES: Final = (50, 100, 250, 500)
_USUAL_LINES: Final = 100
# Every occurrence of an article is looked up in its text, half a millisecond an article: more of them are read when asked for.
_ARTICLES: Final = (100, 1_000, 5_000)
_WIDTH: Final = 80
_NEAR: Final = 5
_COLLOCATES: Final = 40
#: What can stand beside NEAR.
_CAN_BE_NEAR: Final = ("word", "phrase", "exact", "pattern", "fuzzy")


class LineView(NamedTuple):
    """A line, and where its article is."""

    line: ConcordanceLine
    date: str
    link: str


class CollocateView(NamedTuple):
    """A word that stands near, and where the articles are in which it does."""

    word: Collocate
    link: str


class ContextView(NamedTuple):
    """What was found: everything, its lines, and its neighbours."""

    found: Concordance
    lines: list[LineView]
    collocates: list[CollocateView]


async def context_page(room: Room, request: Request) -> Response:
    """The page of words in context."""
    return await room.run(_answer, room, request)


def _answer(room: Room, request: Request) -> Response:
    frame = Frame(room, request)
    given = Parameters(request.query_params, room.limits, lenient=True)
    order = cast(ContextSort, given.choice("order", tuple(_ORDERS), "date"))
    most = min(_LINES[-1], room.limits.contexts)
    lines = given.number("lines", min(_USUAL_LINES, most), 1, most)
    articles = given.number(
        "articles", min(_ARTICLES[0], room.limits.context_articles), 1, room.limits.context_articles
    )
    view, problem = None, ""
    if frame.asked.q.strip():
        try:
            view = _view(frame, order, lines, articles)
        except (QueryError, SettingError) as error:
            problem = error.without_query
        except UpgradeNeededError:
            problem = "An index of this earlier version does not know words in context."
    return frame.filled(
        "context.html",
        status=400 if problem else 200,
        view=view,
        problem=problem,
        notes=[
            *(NoteView(str(note)) for note in given.notes),
            *note_views(frame, view.found.diagnostics if view else (), "context"),
        ],
        order=order,
        orders=[(name, label, _address(frame, name, lines, articles)) for name, label in _ORDERS.items()],
        more_lines=[(each, _address(frame, order, each, articles)) for each in _LINES if lines < each <= most],
        more_articles=[(each, _address(frame, order, lines, each)) for each in _more_articles(view, articles, room)],
        # A page of contexts is about a query and its dates; the rest of the state goes back to the search page.
        hidden=[each for each in frame.asked.parameters() if each[0] not in ("q", "since", "until", "any")],
    )


def _more_articles(view: ContextView | None, articles: int, room: Room) -> list[int]:
    """How many articles can be read besides: each more than are read, the last one as many as match, or as may be."""
    if view is None or view.found.articles_read >= view.found.articles:
        return []
    most = min(view.found.articles, room.limits.context_articles)
    return sorted({each for each in _ARTICLES if articles < each < most} | ({most} if most > articles else set()))


def _address(frame: Frame, order: str, lines: int, articles: int) -> str:
    more = {"order": order} if order != "date" else {}
    if lines != _USUAL_LINES:
        more["lines"] = str(lines)
    if articles != _ARTICLES[0]:
        more["articles"] = str(articles)
    return frame.address("context", asked=None, **more)


def _view(frame: Frame, order: ContextSort, lines: int, articles: int) -> ContextView:
    asked, limits = frame.asked, frame.room.limits
    index = frame.room.index
    found = index.concordance(
        asked.q,
        width=_WIDTH,
        sort=order,
        limit=lines,
        context_words=_NEAR,
        collocates=_COLLOCATES,
        max_articles=articles,
        chosen=asked.chosen or None,
        timeout_s=limits.search_s,
        **asked.restrictions,
    )
    rows = [
        LineView(line, _date(line), frame.address("articles", line.article_id) + _TEXT_ANCHOR) for line in found.lines
    ]
    can_be_near = bool(found.collocates) and _kind(frame) in _CAN_BE_NEAR
    neighbours = [CollocateView(each, _near(frame, each.word, can_be_near=can_be_near)) for each in found.collocates]
    return ContextView(found, rows, neighbours)


def _kind(frame: Frame) -> str:
    asked = frame.asked
    return frame.room.index.explain(asked.q, any=asked.any, timeout_s=frame.room.limits.search_s).tree.kind


_TEXT_ANCHOR: Final = "#m1"


def _date(line: ConcordanceLine) -> str:
    precision = line.published_precision
    if line.published is None or precision is None:
        return ""
    return format_moment(line.published, "day" if precision in ("minute", "second") else precision)


def _near(frame: Frame, word: str, *, can_be_near: bool) -> str:
    """The address of the search for the query with a word near it, or, where NEAR cannot join them, beside it."""
    exact = f'="{word}"'
    query = f"{frame.asked.q} NEAR/{_NEAR} {exact}" if can_be_near else f"({frame.asked.q}) {exact}"
    return frame.address(asked=frame.asked.with_(q=query, sort="relevance"))
