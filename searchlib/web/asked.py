"""The state that an address holds: what is asked, which articles are chosen, in which order and which page of them.

One form for pages, API, exports and feeds, so that what one reader shares is what another sees:

    q                 the query; `with`, repeated, further queries to compare it with
    since, until      dates
    any               1: one of the words is enough
    section, publisher, place, author, tag, agency, language    values that are chosen, each repeated; empty for no value
    sort, limit, page the order, and which of the hits
    by                unit of the timeline: day, week, month, year
    share             1: what share of all articles was found

What is as if it were not said is not in an address. What cannot be read is a `ParameterError`, or, for pages, is left out
and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from searchlib.article import FACET_FIELDS
from searchlib.counted import TIMELINE_UNITS
from searchlib.results import SORTS, Sort, TimelineUnit
from searchlib.web.limits import Limits
from searchlib.web.parameters import ParameterError, Parameters

__all__ = ["Asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked.

    Attributes:
        q: The query.
        since: A date as written; empty for none.
        until: Likewise.
        any: Whether one of the words is enough.
        chosen: By field of a facet, the values chosen in it, in the order of the address.
        sort: The order of hits.
        limit: Hits of a page.
        page: Number of the page, from 1.
        by: Unit of the timeline; None for whatever fits.
        share: Whether the timeline says shares.
        others: Further queries, to compare the first with: `with` in the address.
        notes: What of the address could not be read, and was left out.
    """

    q: str = ""
    since: str = ""
    until: str = ""
    any: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    limit: int = 10
    page: int = 1
    by: TimelineUnit | None = None
    share: bool = False
    others: tuple[str, ...] = ()
    notes: tuple[ParameterError, ...] = ()

    @classmethod
    def read(cls, parameters: QueryParams, limits: Limits, *, lenient: bool = False) -> Asked:
        """What the parameters of an address ask; names that are not of it are passed over.

        Args:
            parameters: `Request.query_params`.
            limits: What may be asked.
            lenient: Whether what cannot be read is left out and noted (`notes`), instead of raising.

        Raises:
            ParameterError: A parameter cannot have its value.
        """
        reading = Parameters(parameters, limits, lenient=lenient)
        chosen = {name: reading.texts(name) for name in FACET_FIELDS if name in parameters}
        reading.check(
            sum(map(len, chosen.values())) <= limits.chosen, "chosen", "", f"choose at most {limits.chosen} values"
        )
        limit = reading.number("limit", 10, 0, limits.hits)
        asked = cls(
            q=reading.text("q"),
            since=reading.text("since"),
            until=reading.text("until"),
            any=reading.flag("any"),
            chosen=chosen if sum(map(len, chosen.values())) <= limits.chosen else {},
            sort=cast(Sort, reading.choice("sort", SORTS, "relevance")),
            limit=limit,
            page=reading.number("page", 1, 1, max(1, limits.depth // max(1, limit))),
            by=cast("TimelineUnit | None", reading.choice("by", TIMELINE_UNITS, None)),
            share=reading.flag("share"),
            others=tuple(text for text in reading.texts("with", limits.compared - 1) if text.strip()),
        )
        return replace(asked, notes=tuple(reading.notes)) if reading.notes else asked

    @property
    def restrictions(self) -> dict[str, Any]:
        """Arguments of an engine that say which articles are meant, beside the query and what is chosen."""
        return {"since": self.since or None, "until": self.until or None, "any": self.any}

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that an address of it has, in one order: equal states have equal addresses."""
        given: list[tuple[str, str]] = [(name, getattr(self, name)) for name in ("q", "since", "until")]
        given = [(name, value) for name, value in given if value]
        if self.any:
            given.append(("any", "1"))
        given += [(name, value) for name in FACET_FIELDS for value in self.chosen.get(name, ())]
        for name, usual in (("sort", "relevance"), ("limit", 10), ("page", 1), ("by", None)):
            if (value := getattr(self, name)) != usual:
                given.append((name, str(value)))
        if self.share:
            given.append(("share", "1"))
        return given + [("with", text) for text in self.others]

    def address(self, path: str, **changes: Any) -> str:
        """The address of this state, with some changes: ``asked.address("/search", page=2)``.

        A change of what is asked goes back to the first page, unless it says which.

        Args:
            path: A path, root path included.
            changes: Attributes by name.
        """
        state = self.with_(**changes) if changes else self
        query = urlencode(state.parameters())
        return f"{path}?{query}" if query else path

    def with_(self, **changes: Any) -> Asked:
        """The state with some changes; on its first page, unless they say which."""
        return replace(self, **{"page": 1, **changes})

    def choosing(self, name: str, value: str) -> Asked:
        """With a value of a facet chosen, or, if it is already, no longer chosen."""
        values = self.chosen.get(name, ())
        values = tuple(each for each in values if each != value) if value in values else (*values, value)
        chosen = {**self.chosen, name: values}
        return self.with_(chosen={field: each for field, each in chosen.items() if each})
