"""What is counted of all articles found: facets, timelines and comparisons, as frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args, overload

from searchlib.diagnostics import Diagnostic
from searchlib.frozen import Frozen
from searchlib.json_form import JsonForm, JsonMapping, json_form
from searchlib.one_line import attributes_line, days_line, named, number_of, one_line, some
from searchlib.passages import printable

__all__ = [
    "TIMELINE_UNITS",
    "Comparison",
    "ComparisonBucket",
    "Facet",
    "FacetValue",
    "Timeline",
    "TimelineBucket",
    "TimelineUnit",
    "share_of",
]

TimelineUnit = Literal["day", "week", "month", "year"]
#: The units, the shortest first.
TIMELINE_UNITS: Final[tuple[TimelineUnit, ...]] = get_args(TimelineUnit)


class FacetValue(JsonMapping, Frozen):
    """One value of a facet, and how many of the articles found have it, in whatever spelling.

    Attributes:
        value: The value.
        count: How many have it, those with one of its `parts` among them.
        parts: Of a language, its codes with a region or script, the most frequent first; of other fields none.

    Examples:
        >>> index.search("measles", facets=["section"]).facets["section"].values[0]
        FacetValue(value='Health', count=6)
    """

    __slots__ = ("count", "parts", "value")
    __match_args__ = ("value", "count", "parts")
    value: str
    count: int
    parts: tuple[FacetValue, ...]

    def __init__(self, value: str, count: int, parts: tuple[FacetValue, ...] = ()) -> None:
        _set_value(self, value)
        _set_count(self, count)
        _set_parts(self, parts)

    def as_dict(self) -> dict[str, Any]:
        """Value and count, ready for JSON; "parts" only where there are some."""
        parts = {"parts": json_form(self.parts)} if self.parts else {}
        return {"value": self.value, "count": self.count, **parts}


# A facet can have a hundred thousand values: this is how a frozen value is made in the least time.
_set_value, _set_count, _set_parts = (FacetValue.__dict__[name].__set__ for name in ("value", "count", "parts"))


class FacetValues(Sequence[FacetValue]):
    """All values of a facet, as a tuple of them: put in order as far as they are asked for, because there may be many.

    Args:
        count: How many there are.
        first: Gives so many of them, the first ones in their order.
    """

    __slots__ = ("_count", "_first", "_known")

    def __init__(self, count: int, first: Callable[[int], tuple[FacetValue, ...]]) -> None:
        self._count = count
        self._first = first
        self._known: tuple[FacetValue, ...] = ()

    @overload
    def __getitem__(self, rank: int) -> FacetValue: ...
    @overload
    def __getitem__(self, rank: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, rank: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        """The value at a rank, or those of a range of ranks."""
        if isinstance(rank, slice):
            ranks = range(self._count)[rank]
            return tuple([self._until(max(ranks) + 1)[each] for each in ranks]) if ranks else ()
        if not -self._count <= rank < self._count:
            raise IndexError(rank)
        rank %= self._count
        return self._until(rank + 1)[rank]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self._until(self._count))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (tuple, FacetValues)) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{number_of(self._count, 'value')}>"

    def __reduce__(self) -> tuple[type, tuple[tuple[FacetValue, ...]]]:
        return tuple, (tuple(self),)

    def _until(self, end: int) -> tuple[FacetValue, ...]:
        """The first values, at least so many."""
        if end > len(self._known):
            self._known = self._first(min(self._count, max(end * 2, _FEW_VALUES)))
        return self._known


_FEW_VALUES: Final = 64
# As many values of a facet a notebook shows.
_SHOWN_VALUES: Final = 12
_INSTANT: Final = timedelta(microseconds=1)


class Facet(JsonMapping, Frozen):
    """How many of the articles found have each value of a field.

    Where an article has one value at most, the counts of `values`, `other` and `missing` add up to the total.

    Attributes:
        field: "section", "publisher", "place", "author", "tag", "agency" or "language".
        values: The values, each in its commonest spelling, the most frequent first, equal ones in alphabetical order:
            all, or as many as were asked for and only those that begin as was asked.
        missing: How many of the articles found have no value.
        other: How many of the articles found have a value that is not among `values`.
        other_values: How many such values there are.

    Examples:
        >>> facet = index.search("measles", facets=["section"]).facets["section"]
        >>> [(each.value, each.count) for each in facet], facet.missing
        ([('Health', 6), ('Business', 1)], 1)
    """

    __slots__ = ("field", "missing", "other", "other_values", "values")
    __match_args__ = ("field", "values", "missing", "other", "other_values")
    field: str
    values: Sequence[FacetValue]
    missing: int
    other: int
    other_values: int

    def __init__(
        self,
        field: str,
        values: Sequence[FacetValue],
        missing: int,
        other: int = 0,
        other_values: int = 0,
    ) -> None:
        for name, value in zip(
            ("field", "values", "missing", "other", "other_values"),
            (field, values, missing, other, other_values),
            strict=True,
        ):
            object.__setattr__(self, name, value)

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self.values)

    def as_dict(self) -> dict[str, Any]:
        """Values and what is missing, ready for JSON; "other" and "other_values" only where there are other values."""
        others = {"other": self.other, "other_values": self.other_values} if self.other_values else {}
        return {"values": json_form(self.values), "missing": self.missing, **others}

    def __repr__(self) -> str:
        shown = named(((each.value, each.count) for each in self.values), len(self.values))
        others = some(self.other_values, "other values")
        return one_line(self, f"{self.field}: {shown or 'no values'}", others, some(self.missing, "without"))

    def _repr_html_(self) -> str:
        """The first values as bars, for a notebook."""
        from searchlib.drawing import markup  # Imported late, because no search needs it.

        shown = self.values[:_SHOWN_VALUES]
        left, others, missing = len(self.values) - len(shown), self.other_values, self.missing
        return markup.frame(
            markup.bars(
                markup.text(self.field.capitalize()),
                [(markup.text(each.value), each.count) for each in shown],
                some(left, "more values"),
                some(others, "other values"),
                some(missing, "without one"),
            )
        )


class TimelineBucket(JsonMapping, Frozen):
    """One bucket of a timeline: from `start` to `end` (not included), both in the index's time zone.

    Attributes:
        start: When it begins.
        end: When it ends.
        count: How many of the articles found are in it.
        of_all: How many of all articles are in it; None where shares were not asked for.

    Examples:
        >>> bucket = index.search("measles", timeline="month").timeline.buckets[0]
        >>> f"{bucket.start:%B %Y}", bucket.count
        ('October 2023', 4)
    """

    __slots__ = ("count", "end", "of_all", "start")
    __match_args__ = ("start", "end", "count", "of_all")
    start: datetime
    end: datetime
    count: int
    of_all: int | None

    def __init__(self, start: datetime, end: datetime, count: int, of_all: int | None = None) -> None:
        _set_start(self, start)
        _set_end(self, end)
        _set_found(self, count)
        _set_of_all(self, of_all)

    def as_dict(self) -> dict[str, Any]:
        """The bucket ready for JSON, its ends as ISO 8601; "of_all" only where shares were asked for."""
        of_all = {} if self.of_all is None else {"of_all": self.of_all}
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "count": self.count, **of_all}

    @property
    def share(self) -> float | None:
        """The share of all its articles that were found, 0 to 1, 0 where there are none; None where not asked for."""
        return None if self.of_all is None else share_of(self.count, self.of_all)


# A timeline by day has thousands.
_set_start, _set_end, _set_found, _set_of_all = (
    TimelineBucket.__dict__[name].__set__ for name in ("start", "end", "count", "of_all")
)


def _days_of(buckets: Sequence[TimelineBucket] | Sequence[ComparisonBucket]) -> str:
    """From when to when buckets are; "" of none."""
    return days_line(buckets[0].start, buckets[-1].end - _INSTANT) if buckets else ""


def share_of(count: int, whole: int) -> float:
    """A share of a whole, which may be nothing."""
    return count / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Timeline(JsonForm):
    """How many of the articles found were published in each day, week, month or year.

    Attributes:
        unit: Length of a bucket; weeks begin on Monday.
        buckets: From the first article found to the last, without a gap. Where that makes more than 10,000, buckets
            without an article are left out. Empty if no article found has a date.
        undated: How many of the articles found have no date.
        imprecise: How many are dated a month or a year that takes longer than a bucket. They are in no bucket.

    Examples:
        >>> index.search("measles", timeline="month").timeline
        <Timeline by month, 2023-10-01 to 2024-01-31, 8 articles>
        >>> [bucket.count for bucket in index.search("measles", timeline="month").timeline]
        [4, 2, 1, 1]
    """

    unit: TimelineUnit
    buckets: tuple[TimelineBucket, ...]
    undated: int
    imprecise: int = 0

    def __iter__(self) -> Iterator[TimelineBucket]:
        return iter(self.buckets)

    def as_dict(self) -> dict[str, Any]:
        """The timeline ready for JSON."""
        return {
            "unit": self.unit,
            "undated": self.undated,
            "imprecise": self.imprecise,
            "buckets": json_form(self.buckets),
        }

    def __repr__(self) -> str:
        found = number_of(sum(bucket.count for bucket in self.buckets), "article")
        others = some(self.undated, "undated"), some(self.imprecise, "imprecise")
        return one_line(self, f"by {self.unit}", _days_of(self.buckets), found, *others)

    def _repr_html_(self) -> str:
        """The timeline as a picture, for a notebook."""
        from searchlib.drawing import markup, timeline_svg

        others = some(self.undated, "undated"), some(self.imprecise, f"not dated to the {self.unit}")
        return markup.frame(markup.picture(timeline_svg(self, overlay=True), *others))


@dataclass(frozen=True, slots=True)
class ComparisonBucket(JsonForm):
    """One bucket of a comparison: from `start` to `end` (not included), both in the index's time zone.

    Attributes:
        start: When it begins.
        end: When it ends.
        counts: How many of the articles that each query finds are in it.
        of_all: How many of all articles are in it; None where shares were not asked for.

    Examples:
        >>> bucket = index.compare(["measles", "harbour"], by="year").buckets[0]
        >>> bucket.start.year, bucket.counts
        (2023, (7, 11))
    """

    start: datetime
    end: datetime
    counts: tuple[int, ...]
    of_all: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The bucket ready for JSON, its ends as ISO 8601; "of_all" only where shares were asked for."""
        of_all = {} if self.of_all is None else {"of_all": self.of_all}
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "counts": list(self.counts),
            **of_all,
        }

    @property
    def shares(self) -> tuple[float, ...] | None:
        """Of each query the share of all articles of the bucket, 0 to 1; None where not asked for."""
        return None if self.of_all is None else tuple([share_of(count, self.of_all) for count in self.counts])

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Comparison(JsonForm):
    """How many articles each of several queries finds in each day, week, month or year.

    Attributes:
        unit: Length of a bucket; weeks begin on Monday.
        queries: The queries, as they were understood.
        buckets: From the first article that any of them finds to the last, as of a `Timeline`.
        undated: How many of the articles that each finds have no date.
        imprecise: How many of those are dated a month or a year that takes longer than a bucket.
        diagnostics: Of each query, remarks on how it was read.

    Examples:
        >>> comparison = index.compare(["measles", "harbour"], by="year")
        >>> [(bucket.start.year, bucket.counts) for bucket in comparison]
        [(2023, (7, 11)), (2024, (1, 0))]
    """

    unit: TimelineUnit
    queries: tuple[str, ...]
    buckets: tuple[ComparisonBucket, ...]
    undated: tuple[int, ...]
    imprecise: tuple[int, ...]
    diagnostics: tuple[tuple[Diagnostic, ...], ...] = ()

    def __iter__(self) -> Iterator[ComparisonBucket]:
        return iter(self.buckets)

    def as_dict(self) -> dict[str, Any]:
        """The comparison ready for JSON: each query with what is known of it, then the buckets."""
        said = self.diagnostics or ((),) * len(self.queries)
        numbers = zip(self.queries, self.undated, self.imprecise, said, strict=True)
        return {
            "unit": self.unit,
            "queries": [
                {"query": query, "undated": undated, "imprecise": imprecise, "diagnostics": json_form(own)}
                for query, undated, imprecise, own in numbers
            ],
            "buckets": json_form(self.buckets),
        }

    def __repr__(self) -> str:
        totals = [sum(bucket.counts[rank] for bucket in self.buckets) for rank in range(len(self.queries))]
        shown = named(zip(self.queries, totals, strict=True), len(self.queries))
        return one_line(self, f"by {self.unit}", _days_of(self.buckets), shown)

    def _repr_html_(self) -> str:
        """A line for each query, for a notebook; their shares of all articles where these were asked for."""
        from searchlib.drawing import comparison_svg, markup

        messages = [each.message for said in self.diagnostics for each in said]
        undated = [
            f"{markup.quoted(query)} {count:,} undated"
            for query, count in zip(self.queries, self.undated, strict=True)
            if count
        ]
        svg = comparison_svg(self, [printable(query) for query in self.queries], share=True)
        return markup.frame(markup.picture(svg, *undated), markup.remarks(messages))
