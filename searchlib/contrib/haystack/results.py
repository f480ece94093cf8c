"""Articles → results of haystack, with the fields as they were indexed."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from haystack.constants import DJANGO_CT, DJANGO_ID, ID

from searchlib.article import Article
from searchlib.json_form import json_form
from searchlib.passages import Passage
from searchlib.results import Hit

__all__ = ["highlighted", "result_of", "stored", "stored_fields"]

#: What of an article's `extra` the fields of its document are.
FIELDS: Final = "haystack"


def stored(prepared: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a prepared document, ready for JSON."""
    return {name: json_form(value) if _is_plain(value) else str(value) for name, value in prepared.items()}


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool, date, list, tuple, dict))


def stored_fields(article: Article) -> Mapping[str, Any]:
    """The fields of the document that an article was made of; none of another article."""
    kept = article.extra.get(FIELDS)
    return kept if isinstance(kept, Mapping) else {}


def result_of(hit: Hit, unified_index: Any, *, result_class: Any, more: Mapping[str, Any]) -> Any:
    """The result for a hit; None where its model is not indexed any more."""
    kept = stored_fields(hit.article)
    app_label, _, model_name = str(kept.get(DJANGO_CT, "")).partition(".")
    try:
        model = apps.get_model(app_label, model_name)
    except (LookupError, ValueError):
        return None
    if model not in unified_index.get_indexed_models():
        return None
    index = unified_index.get_index(model)
    by_name = {field.index_fieldname: (name, field) for name, field in index.fields.items()}
    values: dict[str, Any] = {}
    for name, value in kept.items():
        if name in (DJANGO_CT, DJANGO_ID):
            continue
        own_name, field = by_name.get(name, (name, None))
        if field is None:
            values[name] = value
        elif field.stored:
            values[own_name] = _converted(field, value)
    values[ID] = hit.article.id
    return result_class(app_label, model_name, kept[DJANGO_ID], hit.score, **values, **more)


def _converted(field: Any, value: Any) -> Any:
    if isinstance(value, str) and field.field_type == "datetime":
        # Haystack's own reading of a text leaves out the zone and what is below a second.
        return datetime.fromisoformat(value)
    return field.convert(value)


def highlighted(hit: Hit, content_field: str, options: Any) -> dict[str, list[str]]:
    """The passages of a hit in HTML, what matched in ``<em>``, or in the ``pre_tags`` and ``post_tags`` of the options."""
    before, after = "<em>", "</em>"
    if isinstance(options, Mapping):
        before = (options.get("pre_tags") or [before])[0]
        after = (options.get("post_tags") or [after])[0]
    passages = () if hit.snippet is None else hit.snippet.passages
    return {content_field: [_marked(passage, before, after) for passage in passages]}


def _marked(passage: Passage, before: str, after: str) -> str:
    pieces = [(html.escape(piece), is_mark) for piece, is_mark in passage.pieces()]
    return "".join(f"{before}{piece}{after}" if is_mark else piece for piece, is_mark in pieces)
