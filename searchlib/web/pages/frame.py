"""What all pages share: how a template is filled, how numbers and dates are written, and where links lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from searchlib.article import Article, format_moment
from searchlib.results import printable
from searchlib.web.addresses import absolute, is_link
from searchlib.web.asked import Asked
from searchlib.web.room import Room

__all__ = ["ARTICLE_FIELDS", "Frame", "prepare"]

#: What the fields of facets are called on a page: of one article, and of many.
ARTICLE_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "section": ("Section", "sections"),
    "publisher": ("Publisher", "publishers"),
    "place": ("Place", "places"),
    "author": ("Author", "authors"),
    "tag": ("Tag", "tags"),
    "agency": ("Agency", "agencies"),
    "language": ("Language", "languages"),
}

_WITH_TIME: Final = ("minute", "second")


class Frame:
    """One request of a room, for the pages that answer it.

    Attributes:
        room: The room.
        request: The request.
        asked: What its address asks; what cannot be read is in its notes.
    """

    def __init__(self, room: Room, request: Request) -> None:
        self.room = room
        self.request = request
        self.asked = Asked.read(request.query_params, room.limits, lenient=True)

    @property
    def home(self) -> str:
        """The path of the search page."""
        return self.room.path(self.request, "")

    def path(self, *segments: str) -> str:
        """The path of another page."""
        return self.room.path(self.request, *segments)

    def address(self, *segments: str, asked: Asked | None = None, **more: str) -> str:
        """The address of a page that asks the same, or what is `asked`.

        Args:
            segments: The page; none for the search page.
            asked: What it asks.
            more: Parameters of its own.
        """
        state = asked or self.asked
        path = self.path(*segments) if segments else self.home
        given = urlencode([*state.parameters(), *more.items()])
        return f"{path}?{given}" if given else path

    def article(self, article_id: str) -> str:
        """The address of an article, marked by the query."""
        return self.address("articles", article_id)

    def stable(self, article_id: str) -> str:
        """The address of an article to cite: whole, and without what was searched for."""
        return absolute(self.request, self.path("articles", article_id))

    def static(self, name: str) -> str:
        """The address of a style sheet, a script or a picture."""
        return self.room.static(self.request, name)

    def filled(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> Response:
        """A template filled with values, as an answer."""
        text = self.room.templates.get_template(template).render(frame=self, room=self.room, asked=self.asked, **values)
        return HTMLResponse(text, status_code=status, headers=dict(headers or {}))


def prepare(room: Room) -> None:
    """Give the templates of a room the words that they use."""
    room.templates.filters.update(number=_number, count=_count, moment=_moment, printable=printable)
    room.templates.tests["web_address"] = is_link
    room.templates.globals["fields"] = ARTICLE_FIELDS


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _count(value: int, one: str, many: str = "") -> str:
    """A number and what it counts."""
    return f"1 {one}" if value == 1 else f"{value:,} {many or one + 's'}"


def _moment(article: Article) -> str:
    """When an article was published, as precisely as it is known, with the zone of the clock."""
    published, precision = article.published, article.published_precision
    if published is None or precision is None:
        return "no date"
    if precision not in _WITH_TIME:
        return article.date_text
    return f"{format_moment(published, 'day')}, {published:%H:%M} {published.tzname() or ''}".strip()
