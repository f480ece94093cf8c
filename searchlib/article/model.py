"""`Article`: what a news article is. A frozen value; building one validates it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from operator import attrgetter
from typing import Any, Final

from searchlib.article.field_values import (
    CLOCK_PRECISIONS,
    NO_DATE,
    NO_OFFSET,
    read_dated,
    read_extra,
    read_identifier,
    read_language,
    read_line,
    read_text,
    read_values,
)
from searchlib.article.moments import (
    Precision,
    date_text,
    format_moment,
    format_offset,
    localize,
    offset_of,
    restore_moment,
)
from searchlib.article.origin import ArticleOrigin
from searchlib.errors import ArticleError
from searchlib.json_form import JsonForm
from searchlib.one_line import one_line, quoted

__all__ = ["FACET_FIELDS", "LIST_FIELDS", "TEXT_FIELDS", "Article"]

#: The fields whose words are searched and ranked, in the order in which they are read.
TEXT_FIELDS: Final = ("title", "summary", "body")
#: The fields that hold several values.
LIST_FIELDS: Final = ("authors", "tags")
#: The fields that results can be counted by, as a query and a facet name them → as an article does.
FACET_FIELDS: Final = {
    "section": "section",
    "publisher": "publisher",
    "place": "place",
    "author": "authors",
    "tag": "tags",
    "agency": "agency",
    "language": "language",
}

_STRING_FIELDS: Final = (
    "id", "title", "body", "summary", "section", "publisher", "place", "agency", "url", "language",
)  # fmt: skip

# The order of `as_dict`; dates, `extra` and `origin` follow.
_IN_ORDER: Final = (
    "id", "title", "summary", "body", "authors", "section", "publisher", "place", "agency", "tags", "url", "language",
)  # fmt: skip

_LAST_YEAR: Final = 9999
# "u" and ten bytes in base 32.
_URL_ID_CHARS: Final = 17


@dataclass(frozen=True, slots=True, init=False, eq=True)
class Article(JsonForm):
    """One news article.

    Args:
        id: A stable name; the same id added again replaces. Derived from the URL where there is one, else from
            the content, when left empty. At most 1,000 characters, none of them control characters.
        title: The headline.
        body: The text, paragraphs separated by an empty line. One of title, summary and body must have text.
        summary: A standfirst, abstract or teaser.
        authors: Names, one value each; one string is one name.
        section: Where the publisher put it: "World", "Business".
        publisher: Who printed it.
        place: The dateline: where it was filed from.
        agency: The news agency it came from.
        tags: Keywords, topics; one value each.
        url: Where it was published.
        language: A BCP 47 code, kept in lower case: "en", "pt-br".
        published: When it was published; kept in UTC where the source named a zone (see `article.dates`).
        updated: When it was last changed; likewise.
        published_precision: How precisely `published` is known; taken from the text where that is given.
        updated_precision: Likewise.
        published_offset: How far east of UTC the publisher's clock was, such as "-05:00"; taken from `published`
            where it is left out. None where the source named no zone, and for a day, month or year.
        updated_offset: Likewise.
        extra: Anything else, JSON-ready; stored, not searched.
        origin: Where it was read from; None where it was not read from a file. It is no part of what the article is:
            articles that differ in nothing else are equal.

    Raises:
        ArticleError: A value is not one that the field can have; it names the field and what was wrong.

    Examples:
        >>> article = Article(id="a1", title="Kim to visit Russia", body="The train left.", published="2023-09-11")
        >>> article
        <Article 'a1' 2023-09-11 'Kim to visit Russia'>
        >>> Article(**article.as_dict()) == article
        True
    """

    id: str
    title: str
    body: str
    summary: str
    authors: tuple[str, ...]
    section: str
    publisher: str
    place: str
    agency: str
    tags: tuple[str, ...]
    url: str
    language: str
    published: datetime | None
    updated: datetime | None
    published_precision: Precision | None
    updated_precision: Precision | None
    published_offset: timedelta | None
    updated_offset: timedelta | None
    extra: Mapping[str, Any]
    origin: ArticleOrigin | None = field(compare=False)

    def __init__(
        self,
        *,
        id: str = "",  # noqa: A002 - the name that users know
        title: str = "",
        body: str = "",
        summary: str = "",
        authors: str | Iterable[str] = (),
        section: str = "",
        publisher: str = "",
        place: str = "",
        agency: str = "",
        tags: str | Iterable[str] = (),
        url: str = "",
        language: str = "",
        published: str | date | datetime | None = None,
        updated: str | date | datetime | None = None,
        published_precision: Precision | None = None,
        updated_precision: Precision | None = None,
        published_offset: str | timedelta | None = None,
        updated_offset: str | timedelta | None = None,
        extra: Mapping[str, Any] | None = None,
        origin: ArticleOrigin | Mapping[str, Any] | None = None,
    ) -> None:
        # Most fields of most articles are empty and need no check.
        _put_title(self, "" if title == "" else read_line("title", title))
        _put_body(self, read_text("body", body).strip())
        _put_summary(self, "" if summary == "" else read_text("summary", summary).strip())
        _put_authors(self, () if authors == () else read_values("authors", authors))
        _put_section(self, "" if section == "" else read_line("section", section))
        _put_publisher(self, "" if publisher == "" else read_line("publisher", publisher))
        _put_place(self, "" if place == "" else read_line("place", place))
        _put_agency(self, "" if agency == "" else read_line("agency", agency))
        _put_tags(self, () if tags == () else read_values("tags", tags))
        _put_url(self, "" if url == "" else read_line("url", url))
        _put_language(self, "" if language == "" else read_language(language))
        instant, precision, offset = (
            NO_DATE if published is None else read_dated("published", published, published_precision, published_offset)
        )
        _put_published(self, instant)
        _put_published_precision(self, precision)
        _put_published_offset(self, offset)
        instant, precision, offset = (
            NO_DATE if updated is None else read_dated("updated", updated, updated_precision, updated_offset)
        )
        _put_updated(self, instant)
        _put_updated_precision(self, precision)
        _put_updated_offset(self, offset)
        _put_extra(self, {} if extra is None else read_extra(extra))
        _put_origin(self, None if origin is None else ArticleOrigin.read(origin))
        if not (self.body or self.title or self.summary):
            raise ArticleError("body", "there is no text: title, summary and body are all empty")
        _put_id(self, read_identifier(id) or _derive_id(self))

    def __hash__(self) -> int:
        return hash((self.id, self.title, self.published))

    def __repr__(self) -> str:
        words = (quoted(self.id, 24), self.date_text, quoted(self.title or self.summary or self.body))
        return one_line(self, " ".join([each for each in words if each]), self.publisher and quoted(self.publisher, 24))

    def _repr_html_(self) -> str:
        """Title, what is known of it, and text, for a notebook."""
        from searchlib.drawing import markup  # Imported late, because no search needs it.

        texts = [self.summary, *self.body.splitlines()]
        text = markup.prose([markup.text(each) for each in texts if each.strip()])
        return markup.frame(markup.entry(markup.text(self.title), self.url, markup.facts(*self.facts_html()), text))

    def facts_html(self) -> tuple[str, ...]:
        """Its day, publisher and other short facts as a page shows them, each escaped; what is not known is left out."""
        from searchlib.drawing import markup

        facts = (
            self.date_text,
            self.publisher,
            self.section,
            self.place,
            ", ".join(self.authors),
            ", ".join(self.tags),
        )
        return tuple([markup.text(each) for each in facts if each])

    def as_dict(self) -> dict[str, Any]:
        """Everything that is set, ready for JSON; ``Article(**article.as_dict())`` is an equal article.

        Dates are ISO 8601 strings at their precision ("2023-09", "2023-09-11T02:00+09:00"). A day stands for itself
        in any zone: of an article that was put `in_zone` it makes one that is equal once it is there too. Where the
        publisher's clock was not that of the date's own zone, ``published_offset`` says how far east of UTC it was.

        Examples:
            >>> Article(id="a1", title="Fog", published="2023-09").as_dict()
            {'id': 'a1', 'title': 'Fog', 'published': '2023-09'}
        """
        fields: dict[str, Any] = {
            name: value for name, value in zip(_IN_ORDER, _values_in_order(self), strict=True) if value
        }
        for name in LIST_FIELDS:
            if name in fields:
                fields[name] = list(fields[name])
        published, updated = self.published, self.updated
        if published and self.published_precision:
            fields["published"] = format_moment(published, self.published_precision)
            if self.published_offset not in (None, published.utcoffset()):
                fields["published_offset"] = format_offset(self.published_offset or NO_OFFSET)
        if updated and self.updated_precision:
            fields["updated"] = format_moment(updated, self.updated_precision)
            if self.updated_offset not in (None, updated.utcoffset()):
                fields["updated_offset"] = format_offset(self.updated_offset or NO_OFFSET)
        if self.extra:
            fields["extra"] = dict(self.extra)
        if self.origin:
            fields["origin"] = self.origin.as_dict()
        return fields

    @property
    def date_text(self) -> str:
        """The day of publication as far as it is known: "2023-09-11", "May 1912", "2023", or "" without a date.

        Examples:
            >>> Article(title="Fog", published="2023-09").date_text
            'September 2023'
        """
        return date_text(self.published, self.published_precision)

    @property
    def earlier_id(self) -> str:
        """The id that version 0.1 derived from its address; "" where its id is not derived from one."""
        if not self.has_id_of_address:
            return ""
        from searchlib.article.addresses import earlier_address_key

        return _digest("u", [earlier_address_key(self.url)])

    @property
    def has_id_of_address(self) -> bool:
        """Whether its id is derived from its address."""
        return bool(self.url) and len(self.id) == _URL_ID_CHARS and self.id == _derive_id(self)

    def with_id_of_content(self) -> Article:
        """The same article with the id that it would have without an address.

        Examples:
            >>> Article(title="Fog", url="https://example.org/fog").with_id_of_content().id[0]
            'c'
        """
        return self._with({"id": _id_of_content(self)})

    @property
    def published_locally(self) -> datetime | None:
        """When it was published by the publisher's own clock; `published` where its zone is not known.

        Examples:
            >>> Article(title="Fog", published="2023-09-13T06:30+09:00").published_locally.isoformat()
            '2023-09-13T06:30:00+09:00'
        """
        return _by_clock(self.published, self.published_offset)

    @property
    def updated_locally(self) -> datetime | None:
        """When it was last changed by the publisher's own clock; `updated` where its zone is not known."""
        return _by_clock(self.updated, self.updated_offset)

    def published_in(self, zone: tzinfo) -> datetime | None:
        """The instant of publication of the article `in_zone`, in whatever zone; the same errors, without the article.

        Raises:
            ArticleError: A date leaves the years 1 to 9999 on the way.
        """
        for value in (self.published, self.updated):
            # Only an instant of the first or last year can leave the years 1 to 9999 in another zone.
            if value is not None and (value.tzinfo is not timezone.utc or not 1 < value.year < _LAST_YEAR):
                return self.in_zone(zone).published
        return self.published

    def in_zone(self, zone: tzinfo) -> Article:
        """The same article with its dates in `zone`; dates that named no zone are taken to be in it.

        Raises:
            ArticleError: A date leaves the years 1 to 9999 on the way.

        Examples:
            >>> from zoneinfo import ZoneInfo
            >>> Article(title="Fog", published="2023-09-13").in_zone(ZoneInfo("Asia/Seoul")).published.isoformat()
            '2023-09-13T00:00:00+09:00'
        """
        dates: dict[str, Any] = {}
        for name in ("published", "updated"):
            value: datetime | None = getattr(self, name)
            if value is None or value.tzinfo is zone:
                continue
            try:
                dates[name] = localize(value, zone)
            except OverflowError:
                raise ArticleError(name, f"{value.isoformat()} is outside the years 1 to 9999 in {zone}") from None
            if getattr(self, f"{name}_offset") is None and getattr(self, f"{name}_precision") in CLOCK_PRECISIONS:
                dates[f"{name}_offset"] = offset_of(dates[name])
        if not dates:
            return self
        return self._with(dates)

    def in_language(self, code: str) -> Article:
        """The same article in the language of a code, whatever it named before; its id stays.

        Raises:
            ArticleError: It is no code of a language.

        Examples:
            >>> Article(title="Nebel").in_language("de").language
            'de'
        """
        return self._with({"language": read_language(code)})

    def _with(self, values: Mapping[str, object]) -> Article:
        """The same article with some values that are ready to be kept. The constructor would put dates in UTC again."""
        other = object.__new__(Article)
        for name, value, put in _SLOTS:
            put(other, values[name] if name in values else value(self))
        return other

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Of articles, pydantic and FastAPI also take what their form in JSON says: what the constructor takes."""
        from searchlib.json_schema.for_pydantic import schema_for

        return schema_for(cls, _article_of)

    @classmethod
    def restored(cls, values: Mapping[str, Any], zone: tzinfo) -> Article:
        """The article that `as_dict` gave these values for, its dates in `zone`; what it was made of is not checked again.

        Raises:
            ArticleError: A value is of a type that the field never has, or is no date.
        """
        article = object.__new__(cls)
        get = values.get
        for name, put in _PUT_STRINGS:
            value = get(name, "")
            if type(value) is not str:
                raise ArticleError(name, f"expected text, got {type(value).__name__}")
            put(article, value)
        for name, put in _PUT_LISTS:
            value = get(name, ())
            # Most articles have none.
            if value != ():
                if type(value) not in (list, tuple) or any(type(item) is not str for item in value):
                    raise ArticleError(name, "expected a list of texts")
                value = tuple(value)
            put(article, value)
        for name, put, put_precision, put_offset in _PUT_MOMENTS:
            instant, precision, offset = _restored(name, values[name], zone) if name in values else NO_DATE
            put(article, instant)
            put_precision(article, precision)
            put_offset(article, offset)
        extra = get("extra") or {}
        if not isinstance(extra, dict):
            raise ArticleError("extra", f"expected a mapping, got {type(extra).__name__}")
        _put_extra(article, extra)
        origin = get("origin")
        _put_origin(article, None if origin is None else ArticleOrigin.read(origin))
        return article


def _article_of(fields: object) -> Article:
    """The article of an object of JSON; what is wrong with it is an `ArticleError`, which is a ValueError."""
    if not isinstance(fields, Mapping):
        raise ArticleError("article", f"expected an object, got {type(fields).__name__}")
    for name in fields:
        if name not in Article.__slots__:
            raise ArticleError(str(name), "an article has no such field")
    return Article(**fields)


# Setters of a frozen value's slots: faster than `object.__setattr__`, which looks each up by name.
_put_id = Article.__dict__["id"].__set__
_put_title = Article.__dict__["title"].__set__
_put_body = Article.__dict__["body"].__set__
_put_summary = Article.__dict__["summary"].__set__
_put_authors = Article.__dict__["authors"].__set__
_put_section = Article.__dict__["section"].__set__
_put_publisher = Article.__dict__["publisher"].__set__
_put_place = Article.__dict__["place"].__set__
_put_agency = Article.__dict__["agency"].__set__
_put_tags = Article.__dict__["tags"].__set__
_put_url = Article.__dict__["url"].__set__
_put_language = Article.__dict__["language"].__set__
_put_published = Article.__dict__["published"].__set__
_put_updated = Article.__dict__["updated"].__set__
_put_published_precision = Article.__dict__["published_precision"].__set__
_put_updated_precision = Article.__dict__["updated_precision"].__set__
_put_published_offset = Article.__dict__["published_offset"].__set__
_put_updated_offset = Article.__dict__["updated_offset"].__set__
_put_extra = Article.__dict__["extra"].__set__
_put_origin = Article.__dict__["origin"].__set__

#: Name, getter and setter of each slot.
_SLOTS: Final = tuple(
    [(name, Article.__dict__[name].__get__, Article.__dict__[name].__set__) for name in Article.__slots__]
)
_PUT_STRINGS: Final = tuple([(name, Article.__dict__[name].__set__) for name in _STRING_FIELDS])
_PUT_LISTS: Final = tuple([(name, Article.__dict__[name].__set__) for name in LIST_FIELDS])
_PUT_MOMENTS: Final = (
    ("published", _put_published, _put_published_precision, _put_published_offset),
    ("updated", _put_updated, _put_updated_precision, _put_updated_offset),
)
_values_in_order = attrgetter(*_IN_ORDER)


def _restored(field: str, text: object, zone: tzinfo) -> tuple[datetime, Precision, timedelta | None]:
    if type(text) is not str:
        raise ArticleError(field, f"expected a date, got {type(text).__name__}")
    try:
        instant, precision = restore_moment(text)
        local = localize(instant, zone)
    except (ValueError, OverflowError) as error:
        raise ArticleError(field, str(error)) from None
    if precision not in CLOCK_PRECISIONS:
        return local, precision, None
    offset = offset_of(instant)
    return local, precision, offset_of(local) if offset is None else offset


def _by_clock(value: datetime | None, offset: timedelta | None) -> datetime | None:
    if value is None or offset is None:
        return value
    try:
        return value.astimezone(timezone(offset))
    except OverflowError:
        # In the first or last hours of the years that there are.
        return value


def _derive_id(article: Article) -> str:
    if article.url:
        from searchlib.article.addresses import address_key  # No search derives an id.

        return _digest("u", [address_key(article.url)])
    return _id_of_content(article)


def _id_of_content(article: Article) -> str:
    published = ""
    if article.published and article.published_precision:
        published = format_moment(article.published, article.published_precision)
    return _digest("c", [article.title, article.summary, article.body, article.publisher, published])


def _digest(kind: str, parts: list[str]) -> str:
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8"), digest_size=10).digest()
    return kind + base64.b32encode(digest).decode("ascii").lower()
