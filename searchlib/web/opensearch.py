"""What lets a browser search the index from its address bar: an OpenSearch description, and suggestions while one types."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from searchlib.web.addresses import absolute
from searchlib.web.answers import json_answer
from searchlib.web.parameters import Parameters
from searchlib.web.room import Room

__all__ = ["description", "suggestions"]

_MEDIA: Final = "application/opensearchdescription+xml"
_SUGGESTIONS: Final = "application/x-suggestions+json"
_NAME_CHARS: Final = 16
_DESCRIPTION_CHARS: Final = 1024
_SUGGESTED: Final = 8


def description(room: Room, request: Request) -> Response:
    """How a browser searches here."""
    search = absolute(request, room.path(request))
    urls = (
        ("text/html", "results", f"{search}?q={{searchTerms}}"),
        ("application/atom+xml", "results", f"{absolute(request, room.path(request, 'feed.atom'))}?q={{searchTerms}}"),
        (_SUGGESTIONS, "suggestions", f"{absolute(request, room.path(request, 'suggestions'))}?q={{searchTerms}}"),
        (_MEDIA, "self", absolute(request, room.path(request, "opensearch.xml"))),
    )
    links = "".join(
        f'<Url type="{media}" rel="{relation}" template={quoteattr(template)}/>' for media, relation, template in urls
    )
    title = "".join(char for char in room.title if char.isprintable())
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(title[:_NAME_CHARS])}</ShortName>"
        f"<Description>{escape(f'Search the articles of {title}'[:_DESCRIPTION_CHARS])}</Description>"
        f"<InputEncoding>UTF-8</InputEncoding>{links}</OpenSearchDescription>"
    )
    return Response(text.encode("utf-8"), media_type=_MEDIA)


def suggestions(room: Room, request: Request) -> Response:
    """What a query that is being typed may become, as browsers want it: the text, and completions of it."""
    text = Parameters(request.query_params, room.limits).text("q")
    found = room.index.complete(text, limit=_SUGGESTED)
    counts = ["1 article" if each.doc_freq == 1 else f"{each.doc_freq:,} articles" for each in found]
    return json_answer([text, [each.text for each in found], counts], media_type=_SUGGESTIONS)
