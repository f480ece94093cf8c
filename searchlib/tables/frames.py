"""Rows as a DataFrame of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from searchlib.errors import MissingExtraError
from searchlib.tables.columns import Column, Row

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_of"]


def frame_of(rows: Iterable[Row], columns: Sequence[Column], zone: tzinfo | None = None) -> pd.DataFrame:
    """A DataFrame with a row for each of `rows`.

    Args:
        rows: In order.
        columns: Which columns, in order.
        zone: The time zone of instants; None for that of the first one, or UTC where there is none.

    Returns:
        Texts are strings, with "" for none; several texts a list; an object a dict; scores float64; lengths int64;
        instants ``datetime64[us, zone]``, NaT for none. A month or a year is its first instant.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError("pandas", "a DataFrame") from None
    values: list[list[Any]] = [[] for _ in columns]
    makers = [(column.value, kept.append) for column, kept in zip(columns, values, strict=True)]
    for row in rows:
        for value, keep in makers:
            keep(value(row))
    series = {column.name: _series(column, kept, zone, pd) for column, kept in zip(columns, values, strict=True)}
    return pd.DataFrame(series, columns=[column.name for column in columns])


def _series(column: Column, values: list[Any], zone: tzinfo | None, pd: Any) -> Any:
    if column.kind == "moment":
        zone = zone or next((value.tzinfo for value in values if value is not None), None)
        series = pd.Series(pd.to_datetime(values, utc=True)).astype("datetime64[us, UTC]")
        return series if zone is None else series.dt.tz_convert(zone)
    if column.kind == "texts":
        return pd.Series([list(value) for value in values], dtype=object)
    if column.kind == "number":
        return pd.Series(values, dtype="float64")
    if column.kind == "whole":
        return pd.Series(values, dtype="int64")
    if column.kind == "object":
        return pd.Series(values, dtype=object)
    return pd.Series(values, dtype="str")
