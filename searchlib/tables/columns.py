"""The columns that results can be taken as: their names, their types, and how each value is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, Protocol

from searchlib.article import Article, Precision, format_moment
from searchlib.errors import SettingError
from searchlib.json_form import JsonForm
from searchlib.passages import Snippet

__all__ = ["COLUMNS", "DEFAULT_COLUMNS", "Column", "ColumnKind", "Measured", "Row", "choose_columns"]

#: What a column holds: a text; several texts; a number; a whole number; an instant; an object of JSON.
ColumnKind = Literal["text", "texts", "number", "whole", "moment", "object"]


class Row(Protocol):
    """What a row is made of, such as a hit.

    Examples:
        >>> hit = index.search("measles")[0]
        >>> [column.value(hit) for column in searchlib.choose_columns(["id", "section"])]
        ['urqnzof2jmdrxccdo', 'Health']
    """

    @property
    def article(self) -> Article:
        """The article."""
        ...

    @property
    def score(self) -> float:
        """How well it answers the query."""
        ...

    @property
    def snippet(self) -> Snippet | None:
        """Its best passages; None where none were asked for."""
        ...


class Measured(NamedTuple):
    """A row whose article's length is known, which only an index can tell: in words, as `length:` counts them."""

    article: Article
    score: float
    snippet: Snippet | None
    length: int


@dataclass(frozen=True, slots=True)
class Column(JsonForm):
    """One column.

    Attributes:
        name: As it is asked for, and as the header has it.
        kind: What it holds.
        help: What that is, for the reference.
        value: Gives the value of a row: str, tuple of str, float, int, aware datetime or dict, as `kind` says; None for
            none. A text or a list that is empty is no None.
        written: Gives the value as it stands in JSON and CSV; differs from `value` for instants, which are written no
            more precisely than they are known.

    Examples:
        >>> [column.name for column in searchlib.choose_columns(["id", "date"])]
        ['id', 'date']
    """

    name: str
    kind: ColumnKind
    help: str
    value: Callable[[Row], Any]
    written: Callable[[Row], Any]

    def as_dict(self) -> dict[str, Any]:
        """What is said of the column, ready for JSON."""
        return {"name": self.name, "kind": self.kind, "help": self.help}


def choose_columns(names: str | Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names, in this order.

    Args:
        names: A list of names, or a text in which commas separate them. The name of a field in singular ("author",
            "tag") will do.

    Raises:
        SettingError: There is no such column, the same is named twice, or none is named.

    Examples:
        >>> columns = searchlib.choose_columns(["title", "published"])
        >>> [(column.name, column.kind) for column in columns]
        [('title', 'text'), ('published', 'moment')]
    """
    if isinstance(names, str):
        names = [name.strip().lower() for name in names.split(",") if name.strip()]
    if isinstance(names, bytes) or not isinstance(names, Collection):
        raise SettingError("columns", names, "give a list of names")
    if not names:
        raise SettingError("columns", names, f"name some of {', '.join(COLUMNS)}")
    chosen: dict[str, Column] = {}
    for name in names:
        column = COLUMNS.get(_ALIASES.get(name, name)) if isinstance(name, str) else None
        if column is None:
            raise SettingError("columns", name, f"{_nearest(str(name))}the columns there are: {', '.join(COLUMNS)}")
        if column.name in chosen:
            raise SettingError("columns", name, "it is named twice")
        chosen[column.name] = column
    return tuple(chosen.values())


def _nearest(name: str) -> str:
    from difflib import get_close_matches  # Only a mistake needs it.

    near = get_close_matches(name, COLUMNS, 1)
    return f"did you mean {near[0]}? " if near else ""


def _of_article(name: str, kind: ColumnKind, help: str) -> Column:  # noqa: A002 - the attribute's name
    def value(row: Row) -> Any:
        return getattr(row.article, name)

    def written(row: Row) -> Any:
        values = value(row)
        return list(values) if kind == "texts" else values

    return Column(name, kind, help, value, written)


def _of_row(name: str, kind: ColumnKind, help: str, value: Callable[[Row], Any]) -> Column:  # noqa: A002
    return Column(name, kind, help, value, value)


def _moment(name: Literal["published", "updated"], help: str) -> Column:  # noqa: A002
    def value(row: Row) -> datetime | None:
        moment: datetime | None = getattr(row.article, name)
        return moment

    def written(row: Row) -> str | None:
        return _moment_text(value(row), getattr(row.article, f"{name}_precision"))

    return Column(name, "moment", help, value, written)


def _moment_text(moment: datetime | None, precision: Precision | None) -> str | None:
    return None if moment is None or precision is None else format_moment(moment, precision)


def _date(row: Row) -> str | None:
    precision = row.article.published_precision
    return _moment_text(row.article.published, "day" if precision in ("minute", "second") else precision)


def _length(row: Row) -> int:
    if isinstance(row, Measured):
        return row.length
    raise SettingError("columns", "length", "only an index knows lengths; take index.frame, or leave it out")


_ALL: Final = (
    _of_article("id", "text", "the article's id"),
    _of_row("score", "number", "how well the article answers the query", lambda row: row.score),
    _of_row("date", "text", "the day of publication, or the month or year where no more is known", _date),
    _moment("published", "when it was published"),
    _of_article("published_precision", "text", "how precisely that is known: year, month, day, minute or second"),
    _moment("updated", "when it was last changed"),
    _of_article("updated_precision", "text", "how precisely that is known"),
    _of_article("title", "text", "the headline"),
    _of_article("summary", "text", "the standfirst, abstract or teaser"),
    _of_article("body", "text", "the text"),
    _of_article("authors", "texts", "who wrote it"),
    _of_article("section", "text", "where the publisher put it"),
    _of_article("publisher", "text", "who printed it"),
    _of_article("place", "text", "where it was filed from"),
    _of_article("agency", "text", "the news agency it came from"),
    _of_article("tags", "texts", "keywords and topics"),
    _of_article("url", "text", "where it was published"),
    _of_article("language", "text", "the code of its language"),
    _of_row("length", "whole", "how many words it has, in title, summary and body", _length),
    _of_row("snippet", "text", "its best passages", lambda row: row.snippet.text if row.snippet else None),
    _of_row(
        "snippet_html",
        "text",
        "the same, what matched in `<mark>`",
        lambda row: row.snippet.html if row.snippet else None,
    ),
    _of_row("extra", "object", "whatever else is kept of it", lambda row: dict(row.article.extra)),
)

#: Name of each column → the column.
COLUMNS: Final = {column.name: column for column in _ALL}

#: The columns of a table for which none are chosen.
DEFAULT_COLUMNS: Final = (
    "id",
    "score",
    "published",
    "updated",
    "title",
    "summary",
    "authors",
    "section",
    "publisher",
    "place",
    "agency",
    "tags",
    "url",
    "language",
    "snippet",
)

_ALIASES: Final = {"author": "authors", "tag": "tags"}
