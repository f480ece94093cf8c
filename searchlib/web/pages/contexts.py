"""Words in context: every occurrence on a line, aligned, and the words that stand near it."""

from __future__ import annotations

from typing import Final, NamedTuple, cast

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import format_moment
from searchlib.concordance import Collocate, Concordance, ConcordanceLine, ContextSort
from searchlib.errors import QueryError, SettingError, UpgradeNeededError
from searchlib.web.pages.frame import Frame
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
    view, problem, notes = None, "", [str(note) for note in (*frame.asked.notes, *given.notes)]
    if frame.asked.q.strip():
        try:
            view = _view(frame, order, lines)
            notes += [each.message for each in view.found.diagnostics]
        except (QueryError, SettingError) as error:
            problem = error.problem if isinstance(error, QueryError) else str(error)
        except UpgradeNeededError:
            problem = "An index of this earlier version does not know words in context."
    return frame.filled(
        "context.html",
        status=400 if problem else 200,
        view=view,
        problem=problem,
        notes=notes,
        order=order,
        orders=[(name, label, _ordered(frame, name, lines)) for name, label in _ORDERS.items()],
        lines=lines,
        line_counts=sorted({each for each in _LINES if each <= most} | {lines}),
        # A page of contexts is about a query and its dates; the rest of the state goes back to the search page.
        hidden=[each for each in frame.asked.parameters() if each[0] not in ("q", "since", "until", "any")],
    )


def _ordered(frame: Frame, order: str, lines: int) -> str:
    more = {"order": order} if order != "date" else {}
    if lines != _USUAL_LINES:
        more["lines"] = str(lines)
    return frame.address("context", asked=None, **more)


def _view(frame: Frame, order: ContextSort, lines: int) -> ContextView:
    asked, limits = frame.asked, frame.room.limits
    index = frame.room.index
    found = index.concordance(
        asked.q,
        width=_WIDTH,
        sort=order,
        limit=lines,
        context_words=_NEAR,
        collocates=_COLLOCATES,
        max_articles=limits.context_articles,
        chosen=asked.chosen or None,
        timeout_s=limits.search_s,
        **asked.restrictions,
    )
    rows = [
        LineView(line, _date(line), frame.address("articles", line.article_id) + _TEXT_ANCHOR) for line in found.lines
    ]
    can_be_near = bool(found.collocates) and index.explain(asked.q, any=asked.any).tree.kind in _CAN_BE_NEAR
    neighbours = [CollocateView(each, _near(frame, each.word, can_be_near=can_be_near)) for each in found.collocates]
    return ContextView(found, rows, neighbours)


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
