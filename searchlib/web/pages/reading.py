"""The page of an article: its text with everything marked that the query matches, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from html import escape
from typing import Any, Final, NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import FACET_FIELDS, Article
from searchlib.errors import QueryError, UpgradeNeededError
from searchlib.passages import Passage
from searchlib.results import Hit
from searchlib.web.asked import Asked
from searchlib.web.pages.citing import CITATIONS, citation
from searchlib.web.pages.frame import ARTICLE_FIELDS, Frame
from searchlib.web.room import Room

__all__ = ["ArticleView", "article_page", "cite"]

_SIMILAR: Final = 6
# Articles of one instant, among which the one that is read is looked for.
_PEERS: Final = 100
_INSTANT: Final = timedelta(microseconds=1)
#: Marks that have a link of their own above the text; of more, the keys and the text itself are the way.
_LINKED_MARKS: Final = 200


class ValueLinks(NamedTuple):
    """A field of an article, and each of its values with where the articles are that have it."""

    label: str
    values: tuple[tuple[str, str], ...]


class Neighbour(NamedTuple):
    """An article beside the one that is read, and where it is."""

    article: Article
    link: str
    is_copy: bool = False
    shared: float = 0.0


class ArticleView(NamedTuple):
    """What the template of an article's page shows.

    Attributes:
        article: The article.
        title: Its title with marks, its summary and its paragraphs likewise; each mark has a number.
        summary: Its summary.
        paragraphs: Its paragraphs.
        marks: How many marks there are.
        linked_marks: How many of these have a link.
        values: What else is known of it.
        back: Where the hits are.
        earlier: The article before it among those that the query finds, by date.
        later: The one after it.
        similar: Articles like it.
        similar_note: Why there are none.
        citations: How it is cited, and where a file of that is: name, text, address.
        stable: Its address.
        note: What could not be read of the query.
    """

    article: Article
    title: Markup
    summary: Markup
    paragraphs: tuple[Markup, ...]
    marks: int
    linked_marks: int
    values: tuple[ValueLinks, ...]
    back: str
    earlier: Neighbour | None
    later: Neighbour | None
    similar: tuple[Neighbour, ...]
    similar_note: str
    citations: tuple[tuple[str, str, str], ...]
    stable: str
    note: str


async def article_page(room: Room, request: Request) -> Response:
    """The page of an article."""
    return await room.run(_answer, room, request)


async def cite(room: Room, request: Request) -> Response:
    """How an article is cited, as a file."""
    return await room.run(_citation_file, room, request)


def _answer(room: Room, request: Request) -> Response:
    frame = Frame(room, request)
    article_id = request.path_params["id"]
    view = _view(frame, article_id)
    if view is None:
        return frame.filled("missing.html", status=404, what="article", name=article_id)
    return frame.filled("article.html", view=view)


def _citation_file(room: Room, request: Request) -> Response:
    frame = Frame(room, request)
    article_id = request.path_params["id"]
    kind = next((each for each in CITATIONS if each.suffix == request.path_params["kind"]), None)
    article = room.index.get(article_id)
    if kind is None or article is None:
        return frame.filled("missing.html", status=404, what="article", name=article_id)
    text = citation(kind.suffix, article, frame.stable(article_id))
    headers = {"Content-Disposition": f'attachment; filename="article.{kind.suffix}"'}
    return Response(text.encode("utf-8"), media_type=f"{kind.media_type}; charset=utf-8", headers=headers)


def _view(frame: Frame, article_id: str) -> ArticleView | None:
    query, note = frame.asked.q, ""
    try:
        marked = frame.room.index.marked(article_id, query, any=frame.asked.any)
    except QueryError as error:
        marked, note = frame.room.index.marked(article_id, ""), error.problem
    if marked is None:
        return None
    article = marked.article
    numbers = _Numbers()
    title = numbers.marked([marked.title])[0]
    summary = numbers.marked([marked.summary])[0]
    paragraphs = tuple(numbers.marked(marked.paragraphs))
    earlier, later = (None, None) if note else _neighbours(frame, article)
    similar, similar_note = _similar(frame, article)
    stable = frame.stable(article.id)
    return ArticleView(
        article,
        title,
        summary,
        paragraphs,
        numbers.given,
        min(numbers.given, _LINKED_MARKS),
        _values(frame, article),
        frame.address() if frame.asked.parameters() else "",
        earlier,
        later,
        similar,
        similar_note,
        tuple(
            (kind.name, citation(kind.suffix, article, stable), frame.path("cite", kind.suffix, article.id))
            for kind in CITATIONS
        ),
        stable,
        note,
    )


class _Numbers:
    """Writes passages as HTML, and gives each mark a number: its anchor."""

    def __init__(self) -> None:
        self.given = 0

    def marked(self, passages: Iterable[Passage]) -> list[Markup]:
        return [Markup("".join(map(self._piece, passage.pieces()))) for passage in passages]  # noqa: S704

    def _piece(self, piece: tuple[str, bool]) -> str:
        text, is_marked = piece
        if not is_marked:
            return escape(text)
        self.given += 1
        return f'<mark id="m{self.given}" tabindex="-1">{escape(text)}</mark>'


def _values(frame: Frame, article: Article) -> tuple[ValueLinks, ...]:
    rows = []
    for field, attribute in FACET_FIELDS.items():
        held = getattr(article, attribute)
        values = (held,) if isinstance(held, str) else tuple(held)
        # Where one goes from here is all articles with the value, whatever was asked.
        links = tuple((value, frame.address(asked=Asked(chosen={field: (value,)}))) for value in values if value)
        if links:
            rows.append(ValueLinks(ARTICLE_FIELDS[field][0] + ("s" if len(links) > 1 else ""), links))
    return tuple(rows)


def _similar(frame: Frame, article: Article) -> tuple[tuple[Neighbour, ...], str]:
    try:
        found = frame.room.index.similar(article.id, limit=_SIMILAR, timeout_s=frame.room.limits.search_s)
    except UpgradeNeededError:
        return (), "An index of this earlier version does not know similar articles."
    views = [
        Neighbour(each.hit.article, frame.article(each.hit.article.id), each.is_copy, each.shared) for each in found
    ]
    return tuple(views), ""


def _neighbours(frame: Frame, article: Article) -> tuple[Neighbour | None, Neighbour | None]:
    """The articles before and after one by date, among those that the query finds."""
    at = article.published
    if at is None:
        return None, None
    asked, index = frame.asked, frame.room.index
    search: dict[str, Any] = {"snippets": False, "total": "none", "timeout_s": frame.room.limits.search_s}
    try:
        # A page says its query with all that restricts it, so that other dates can be added.
        query = index.search(
            asked.q.strip() or "*",
            chosen=asked.chosen or None,
            limit=0,
            snippets=False,
            timeout_s=frame.room.limits.search_s,
            **asked.restrictions,
        ).query
        at_once_after = at + _INSTANT
    except (QueryError, OverflowError):
        # A date of the address that cannot be read; or the last instant that there is.
        return None, None
    peers = index.search(query, since=at, until=at_once_after, sort="newest", limit=_PEERS, **search).hits
    ids = [hit.article.id for hit in peers]
    rank = ids.index(article.id) if article.id in ids else None
    before = peers[rank + 1 : rank + 2] if rank is not None else ()
    after = peers[rank - 1 : rank] if rank else ()
    before = before or index.search(query, until=at, sort="newest", limit=1, **search).hits
    after = after or index.search(query, since=at_once_after, sort="oldest", limit=1, **search).hits
    return _neighbour(frame, before, article), _neighbour(frame, after, article)


def _neighbour(frame: Frame, hits: tuple[Hit, ...], article: Article) -> Neighbour | None:
    others = [hit.article for hit in hits if hit.article.id != article.id]
    return Neighbour(others[0], frame.article(others[0].id)) if others else None
