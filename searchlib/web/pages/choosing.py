"""Facets as they are shown: values to choose, several at a time, with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from searchlib.article import FACET_FIELDS
from searchlib.drawing import share_bar_svg
from searchlib.results import Facet, Page
from searchlib.web.pages.frame import ARTICLE_FIELDS, Frame

__all__ = ["SHOWN_VALUES", "ChoiceView", "FacetView", "facet_views", "value_views"]

#: Values of a facet beside the hits; a page of its own has the others.
SHOWN_VALUES: Final = 7


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value that can be chosen.

    Attributes:
        value: As an address has it; empty for articles without any.
        label: As it is shown.
        count: How many of the articles found have it; None where it is not among the most frequent.
        bar: How many that is, drawn.
        is_chosen: Whether it is chosen.
    """

    value: str
    label: str
    count: int | None
    bar: Markup
    is_chosen: bool


class FacetView(NamedTuple):
    """The values of a field.

    Attributes:
        field: The field.
        label: Its name.
        choices: Values, those chosen and the most frequent.
        others: How many values there are besides.
        others_label: What they are called.
        all_link: The page that has all of them.
        clear_link: Where nothing is chosen in the field; empty where nothing is.
    """

    field: str
    label: str
    choices: tuple[ChoiceView, ...]
    others: int
    others_label: str
    all_link: str
    clear_link: str


def facet_views(frame: Frame, page: Page) -> list[FacetView]:
    """The facets that have a value, or in which something is chosen."""
    views = []
    for field in FACET_FIELDS:
        facet = page.facets.get(field)
        chosen = frame.asked.chosen.get(field, ())
        if facet is None or not (len(facet.values) or chosen):
            continue
        choices = value_views(facet, chosen)
        views.append(
            FacetView(
                field,
                ARTICLE_FIELDS[field][0],
                choices,
                facet.other_values,
                ARTICLE_FIELDS[field][1],
                frame.address("values", field),
                frame.address(asked=frame.asked.with_(chosen=_without(frame, field))) if chosen else "",
            )
        )
    return views


def value_views(facet: Facet, chosen: Sequence[str]) -> tuple[ChoiceView, ...]:
    """The values of a facet, the most frequent first, then those chosen that are not among them, then no value at all."""
    found = list(facet.values)
    most = max([each.count for each in found] + [facet.missing if found else 0, 1])
    # An address may have another spelling of a value than the index.
    left = {each.casefold(): each for each in chosen}
    views = []
    for each in found:
        written = left.pop(each.value.casefold(), None)
        views.append(
            ChoiceView(written or each.value, each.value, each.count, _bar(each.count, most), written is not None)
        )
    is_none_chosen = left.pop("", None) is not None
    views += [ChoiceView(value, value, None, Markup(), True) for value in left.values()]
    if facet.missing or is_none_chosen:
        views.append(ChoiceView("", "none", facet.missing, _bar(facet.missing, most), is_none_chosen))
    return tuple(views)


def _bar(count: int, most: int) -> Markup:
    return Markup(share_bar_svg(count, most, height=2))  # noqa: S704 - numbers only


def _without(frame: Frame, field: str) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in frame.asked.chosen.items() if name != field}
