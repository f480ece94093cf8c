"""Fields as a source found them → an article, or why there is none.

The last step of every source. Dates are read with the user's order of day and month, and
the defaults of a run are filled in here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from searchlib.article import Article, Moment, is_no_date, read_moment
from searchlib.errors import ArticleError, SourceError
from searchlib.sources.agencies import closing_agency
from searchlib.sources.base import Context
from searchlib.sources.bylines import Byline, first_byline, read_byline
from searchlib.sources.datelines import Dateline, leading_dateline

__all__ = ["assemble", "language_code", "merged"]

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
# "Mon, " in any language; the date says the same without it.
_WEEKDAY: Final = re.compile(r"[^\W\d_]+\.?,\s*")


def assemble(
    fields: Mapping[str, Any], context: Context, record: int | None, *, is_as_stated: bool = False
) -> Article | SourceError:
    """An article of these fields, or a `SourceError` that says which of them cannot be.

    Every source ends here, so that one article gives one value, and one id, wherever it comes from. The id is
    derived last, when the defaults of the run are in their fields: it is the id that `Article` derives of all that
    it is given. So the copies that two papers print of one story stay two, though only a default names the papers.

    A record whose publication date cannot be read is no article, since every search by date would miss it without a
    word. One whose date of change cannot be read is: the date is kept as printed, as ``updated_as_printed`` in
    `extra`.

    Args:
        fields: Names of an article's fields → values; empty values count as missing. Dates as printed, or read.
            ``byline`` and ``dateline`` are what these say; an agency is that of the field, the dateline, the byline
            or the end of the text, in this order. Where there is no dateline, the text is looked at for one.
            A byline of which something was left out, or that names nobody, is in `extra` as ``byline``, as printed.
        context: What is read; its defaults stand in for what is missing still.
        record: Number of the record in its file, from 1; None where the file is one article.
        is_as_stated: Whether nothing is to be read out of the text: the fields are an article's own.
    """
    found: dict[str, Any] = {name: value for name, value in fields.items() if value}
    if not is_as_stated:
        _read_people_and_place(found)
    try:
        return Article(**_with_dates(found, context))
    except ArticleError as error:
        return context.error(str(error), record)


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


def _with_dates(found: dict[str, Any], context: Context) -> dict[str, Any]:
    """The fields with the defaults for those that are missing, and with their dates read."""
    for name in ("published", "updated"):
        if isinstance(text := found.get(name), str) and is_no_date(text):
            del found[name]
    if context.defaults:
        found = {name: value for name, value in context.defaults.items() if value} | found
    if isinstance(text := found.get("published"), str):
        try:
            found["published"], found["published_precision"] = _moment(text, context)
        except ValueError as error:
            raise ArticleError("published", str(error)) from None
    if isinstance(text := found.get("updated"), str):
        try:
            found["updated"], found["updated_precision"] = _moment(text, context)
        except ValueError:
            del found["updated"]
            found["extra"] = {**found.get("extra", {}), "updated_as_printed": text}
    return found


def merged(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of all parts that have a value; where several do, the first counts: of bylines, the first signed one."""
    fields: dict[str, Any] = {}
    for part in parts:
        fields.update((name, value) for name, value in part.items() if value and name not in fields)
    if "byline" in fields:
        fields["byline"] = first_byline(part["byline"] for part in parts if "byline" in part)
    return fields


def language_code(text: str | None) -> str:
    """The text where it is a language code, else ""; producers also write "English" and "n/a" there."""
    code = (text or "").strip()
    return code if _LANGUAGE.fullmatch(code) else ""


def _moment(text: str, context: Context) -> Moment:
    try:
        return read_moment(text, day_first=context.day_first)
    except ValueError:
        without_weekday = _WEEKDAY.sub("", text.strip(), count=1)
        if without_weekday == text.strip():
            raise
        return read_moment(without_weekday, day_first=context.day_first)
