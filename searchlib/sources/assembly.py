"""Fields as a source found them → an article, or why there is none.

The last step of every source. Dates are read with the user's order of day and month, and
the defaults of a run are filled in here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from searchlib.article import AmbiguousDateError, Article, Moment, Note, only_order, read_date
from searchlib.article.zones import zone_doubt
from searchlib.errors import ArticleError, SourceError
from searchlib.sources.base import Context
from searchlib.sources.date_orders import UndecidedDateError, usual_order
from searchlib.sources.people.agencies import closing_agency
from searchlib.sources.people.bylines import Byline, first_byline, read_byline
from searchlib.sources.people.datelines import Dateline, leading_dateline

__all__ = ["Unread", "assemble", "language_code", "merged", "shown", "unread_dateline"]

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_DATES: Final = ("published", "updated")
_MAX_SHOWN_CHARS: Final = 1000
_MAX_NAMES: Final = 8


class Unread(NamedTuple):
    """A value that a source could not read, and goes on without."""

    field: str
    value: str
    reason: str


def assemble(
    fields: Mapping[str, Any],
    context: Context,
    record: int | None,
    *,
    is_as_stated: bool = False,
    columns: Mapping[str, str] | None = None,
    is_last_try: bool = False,
) -> Article | SourceError:
    """An article of these fields, or a `SourceError` that says which of them cannot be.

    Every source ends here, so that one article gives one value, and one id, wherever it comes from. The id is
    derived last, when the defaults of the run are in their fields: it is the id that `Article` derives of all that
    it is given. So the copies that two papers print of one story stay two, though only a default names the papers.

    A date that cannot be read does not cost the article: it goes in without it, with a note, and the date as printed
    is in `extra` as ``published_as_printed`` or ``updated_as_printed``. Where the user wants dates to be strict, the
    record is no article.

    Args:
        fields: Names of an article's fields → values; empty values count as missing. Dates as the source has them, or
            as `Moment` has them, with ``published_precision``.
            ``byline`` and ``dateline`` are what these say; an agency is that of the field, the dateline, the byline
            or the end of the text, in this order. Where there is no dateline, the text is looked at for one.
            A byline of which something was left out, or that names nobody, is in `extra` as ``byline``, as printed.
            ``unread`` lists values (`Unread`) that the source could not read.
            ``origin`` is where an article came from that an index had; it counts where what is read is no file.
        context: What is read; its defaults stand in for what is missing still.
        record: Number of the record in its file, from 1; None where the file is one article.
        is_as_stated: Whether nothing is to be read out of the text: the fields are an article's own.
        columns: "published" and "updated" → the names that all records of the file have for them; None where the
            file is one article, or of several publishers.
        is_last_try: Whether a date of unknown order waits for no other of its column: it was held back already.
    """
    found: dict[str, Any] = {name: value for name, value in fields.items() if value}
    unread: list[Unread] = found.pop("unread", [])
    if not is_as_stated:
        _read_people_and_place(found)
    try:
        for value in unread if context.strict_dates else ():
            if value.field.endswith(_DATE_LABELS):
                raise ArticleError(value.field, value.reason)
        found, more = _with_dates(found, context, columns, may_wait=not is_last_try)
        stated = found.pop("origin", None)
        # What was exported to a file comes from that file now; what comes through a pipe, from where it came before.
        article = Article(**found, origin=context.origin(record) or stated)
    except _WaitingError as waiting:
        again = partial(assemble, fields, context, record, is_as_stated=is_as_stated, columns=columns, is_last_try=True)
        return UndecidedDateError(context, record, waiting.column, again)
    except ArticleError as error:
        return context.error(str(error), record)
    if unread or more:
        context.notes.extend(Note(context.name, record, *value) for value in (*unread, *more))
    return article


_DATE_LABELS: Final = ("published", "updated", "(published)", "(updated)")


class _WaitingError(Exception):
    """The order of a date's numbers is not known yet."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def unread_dateline(text: str, dateline: Dateline | None) -> list[Unread]:
    """What there is to say of a dateline: nothing, where it was read, is but a date, or there is none."""
    if dateline is not None or not text or _is_readable_date(text):
        return []
    return [Unread("dateline", text, "it names neither a place nor an agency")]


def _read_people_and_place(found: dict[str, Any]) -> None:
    byline, dateline, body = found.pop("byline", Byline()), found.pop("dateline", None), found.get("body", "")
    if isinstance(printed := found.get("authors"), str):
        # What the user mapped by hand.
        byline = read_byline(printed)
        del found["authors"]
    if dateline is None and "place" not in found:
        dateline = leading_dateline(body.partition("\n\n")[0])
    if byline.left_out:
        found["extra"] = {"byline": "; ".join(byline.left_out), **found.get("extra", {})}
    dateline = dateline or Dateline()
    agency = dateline.agency or byline.agency
    if not agency and "agency" not in found and (closing := closing_agency(body.rpartition("\n\n")[2])):
        agency = closing[0]
    read = ("authors", byline.authors), ("place", dateline.place), ("agency", agency), ("published", dateline.published)
    for name, value in read:
        if value:
            found.setdefault(name, value)


def _with_dates(
    found: dict[str, Any], context: Context, columns: Mapping[str, str] | None, *, may_wait: bool
) -> tuple[dict[str, Any], list[Unread]]:
    """The fields with the defaults for those that are missing, and with their dates read; and the dates that are not."""
    if context.defaults:
        for name in _DATES:
            if name in found and name in context.defaults and not _is_date(found[name]):
                del found[name]
        found = {name: value for name, value in context.defaults.items() if value} | found
    unread: list[Unread] = []
    for name in _DATES:
        value = found.get(name)
        if value is None or (type(value) is datetime and f"{name}_precision" in found):
            continue
        column = columns.get(name, name) if columns is not None else None
        try:
            moment = _read(value, found, context, column, may_wait=may_wait)
        except ValueError as error:
            label, printed = _label(name, column), shown(value)
            if context.strict_dates:
                raise ArticleError(label, str(error)) from None
            unread.append(Unread(label, printed, str(error)))
            found["extra"] = {**found.get("extra", {}), f"{name}_as_printed": printed}
            moment = None
        if moment is None:
            if isinstance(value, (Mapping, list, tuple)) and (names := _names_in(value)):
                reason = f"none of its names is known to have a date: {names}; say --map, e.g. --map {column or name}.NAME={name}"
                unread.append(Unread(_label(name, column), shown(value), reason))
            del found[name]
            continue
        if type(value) is str and (doubt := zone_doubt(value)):
            unread.append(Unread(_label(name, column), value, doubt))
        found[name], found[f"{name}_precision"] = moment
        if column is not None and type(value) is str and (told := _told(value, column, name, context)):
            unread.append(told)
    return found, unread


def _names_in(value: object) -> str:
    """The names of a mapping that a date stands in, or of one in a list; "" where there are none."""
    while isinstance(value, (list, tuple)):
        value = next(iter(value), None)
    return ", ".join(map(repr, list(value)[:_MAX_NAMES])) if isinstance(value, Mapping) and any(value.values()) else ""


def _is_date(value: object) -> bool:
    try:
        return read_date(value) is not None
    except ValueError:
        # Meant to be one: no default takes its place.
        return True


def _is_readable_date(text: str) -> bool:
    try:
        return read_date(text) is not None
    except ValueError:
        return False


def shown(value: object) -> str:
    """A value as a note has it."""
    try:
        return str(value)[:_MAX_SHOWN_CHARS]
    except ValueError:
        # Python refuses to print an integer of some thousands of digits.
        return f"a {type(value).__name__}"


def _label(field: str, column: str | None) -> str:
    return field if column in (None, field) else f"{column} ({field})"


def _read(
    value: object, found: Mapping[str, Any], context: Context, column: str | None, *, may_wait: bool
) -> Moment | None:
    """The moment that a value is; a date whose order is not known is read in that of its column, else of its house.

    Raises:
        _WaitingError: A value of the same column may still tell.
        ValueError: It is no date, or its order remains unknown.
    """
    order = context.date_order
    try:
        return read_date(value, order=order)
    except AmbiguousDateError:
        if order is not None:
            raise
        if may_wait and column is not None and not context.orders.is_known(column):
            raise _WaitingError(column) from None
        order = context.orders.of(column) if column is not None else None
        order = order or usual_order(str(found.get("language", "")), str(found.get("url", "")))
        return read_date(value, order=order)


def _told(value: str, column: str, name: str, context: Context) -> Unread | None:
    """Take in what a date tells of the order of its column; what there is to say where it contradicts others."""
    # ISO 8601 has its fifth character in common, and most dates are in it.
    if value[4:5] == "-" or context.date_order is not None or (order := only_order(value)) is None:
        return None
    before = context.orders.of(column)
    if context.orders.tell(column, order) or before is None:
        return None
    words = {"dmy": "the day", "mdy": "the month", "ymd": "the year"}
    reason = f"it begins with {words[order]}, and earlier dates of its column with {words[before]}; say --date-order"
    return Unread(_label(name, column), value, reason)


def merged(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of all parts that have a value; where several do, the first counts: of bylines, the first signed one."""
    fields: dict[str, Any] = {}
    for part in parts:
        fields.update((name, value) for name, value in part.items() if value and name not in fields)
    if "byline" in fields:
        fields["byline"] = first_byline(part["byline"] for part in parts if "byline" in part)
    if "unread" in fields:
        fields["unread"] = [value for part in parts for value in part.get("unread", ())]
    return fields


def language_code(text: str | None) -> str:
    """The text where it is a language code, else ""; producers also write "English" and "n/a" there."""
    code = (text or "").strip()
    return code if _LANGUAGE.fullmatch(code) else ""
