"""Why a query does not find an article: what excludes it, and queries near this one that find it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import Article
from searchlib.errors import ArticleError, QueryError, SettingError, UpgradeNeededError
from searchlib.explanations import Relaxation, WhyNot
from searchlib.web.pages.frame import Frame
from searchlib.web.pages.understood import NoteView, note_views
from searchlib.web.room import Room

__all__ = ["why_not_page"]


class RelaxationView(NamedTuple):
    """A query that finds the article, and where."""

    relaxation: Relaxation
    link: str


class WhyNotView(NamedTuple):
    """What is said of an article: the article, where it is read, what keeps it out, what finds it, values that it lacks."""

    article: Article
    link: str
    found: WhyNot
    relaxations: list[RelaxationView]
    search_link: str


async def why_not_page(room: Room, request: Request) -> Response:
    """The page that says why an article is not found."""
    return await room.run(_answer, room, request)


def _answer(room: Room, request: Request) -> Response:
    frame = Frame(room, request)
    written = request.query_params.get("article", "").strip()
    view, problem, status = None, "", 200
    notes = note_views(frame, ())
    if written:
        article = _article(frame, written[: room.limits.query_chars])
        if article is None:
            problem, status = f"There is no article with the id or address “{written[:200]}”.", 404
        elif not frame.asked.q.strip():
            notes.append(NoteView("There is no query yet; write one to see why it does not find the article."))
        else:
            try:
                view = _view(frame, article)
                notes += [NoteView(each.message) for each in view.found.diagnostics]
            except (QueryError, SettingError) as error:
                problem, status = error.without_query, 400
            except UpgradeNeededError:
                problem, status = "An index of this earlier version does not know why an article is not found.", 501
    return frame.filled("why_not.html", status=status, view=view, problem=problem, notes=notes, written=written)


def _article(frame: Frame, written: str) -> Article | None:
    """The article that is meant by an id, the address of its page here, or where it was published."""
    index = frame.room.index
    try:
        if article := index.get(written):
            return article
        parts = urlsplit(written)
    except (SettingError, ValueError):
        return None
    ours = frame.path("articles") + "/"
    if parts.path.startswith(ours) and (article := index.get(unquote(parts.path.removeprefix(ours)))):
        return article
    if not parts.netloc:
        return None
    try:
        # The id that an article has of its address.
        if article := index.get(Article(title=written, url=written).id):
            return article
    except ArticleError:
        return None
    quoted = written.replace("\\", "\\\\").replace('"', '\\"')
    hits = index.search(
        f'url:="{quoted}"', limit=1, snippets=False, total="none", timeout_s=frame.room.limits.search_s
    ).hits
    return hits[0].article if hits else None


def _view(frame: Frame, article: Article) -> WhyNotView:
    asked, index = frame.asked, frame.room.index
    query, restrictions = asked.q, asked.restrictions
    timeout_s = frame.room.limits.search_s
    if asked.chosen:
        found_in = index.search(
            query, chosen=asked.chosen, limit=0, snippets=False, timeout_s=timeout_s, **restrictions
        )
        query, restrictions = found_in.query, {}
    found = index.why_not(article.id, query, timeout_s=timeout_s, **restrictions)
    # A relaxed query says its dates and values itself.
    bare = asked.with_(since="", until="", any=False, chosen={})
    relaxations = [RelaxationView(each, frame.address(asked=bare.with_(q=each.query))) for each in found.relaxations]
    return WhyNotView(article, frame.article(article.id), found, relaxations, frame.address())
