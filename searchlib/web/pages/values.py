"""All values of a field among the articles found, or those that begin as was asked."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from searchlib.article import FACET_FIELDS
from searchlib.errors import QueryError, SettingError
from searchlib.web.answers import NOT_KEPT
from searchlib.web.pages.choosing import value_views
from searchlib.web.pages.frame import ARTICLE_FIELDS, Frame
from searchlib.web.room import Room

__all__ = ["values_page"]


async def values_page(room: Room, request: Request) -> Response:
    """The page of the values of a field."""
    return await room.run(_answer, room, request)


def _answer(room: Room, request: Request) -> Response:
    frame = Frame(room, request)
    field = request.path_params["field"]
    if field not in FACET_FIELDS:
        return frame.filled("missing.html", status=404, what="field", name=field)
    asked = frame.asked
    begins = request.query_params.get("begins", "")[: room.limits.query_chars]
    facet, problem, status, headers = None, "", 200, None
    try:
        page = room.index.search(
            asked.q.strip() or "*",
            chosen=asked.chosen or None,
            facets=(field,),
            facet_limit=room.limits.facet_values,
            facet_prefix={field: begins} if begins.strip() else None,
            limit=0,
            snippets=False,
            timeout_s=room.limits.search_s,
            partial=True,
            **asked.restrictions,
        )
        facet = page.facets.get(field)
        if page.partial:
            problem, headers = "The time for this search was over before every value was counted.", NOT_KEPT
    except (QueryError, SettingError) as error:
        problem, status = error.without_query, 400
    chosen = asked.chosen.get(field, ())
    choices = value_views(facet, chosen) if facet else ()
    if begins.strip():
        # No value begins with nothing.
        choices = tuple(each for each in choices if each.value or each.is_chosen)
    others = {name: values for name, values in asked.chosen.items() if name != field}
    return frame.filled(
        "values.html",
        status=status,
        headers=headers,
        field=field,
        label=ARTICLE_FIELDS[field][0],
        plural=ARTICLE_FIELDS[field][1],
        begins=begins,
        problem=problem,
        facet=facet,
        choices=choices,
        # What the form that chooses keeps; the form that looks for values keeps what is chosen too.
        kept=asked.with_(chosen=others).parameters(),
        hidden=asked.parameters(),
    )
