"""The names that the fields of an article go by in the wild: a table, and how a name is looked up in it.

Case and punctuation do not count: "pub_date", "pubDate" and "Pub-Date" are one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from searchlib.sources.records.translated_names import TRANSLATED_NAMES

__all__ = [
    "ARTICLE_FIELDS",
    "FIELD_NAMES",
    "TEXT_FIELDS",
    "Recognised",
    "are_columns",
    "field_of",
    "looks_like_header",
    "plain_name",
]

#: The fields of an article that a name can be mapped to.
ARTICLE_FIELDS: Final = (
    "id", "title", "body", "summary", "authors", "section", "publisher", "place", "agency", "tags", "url", "language",
    "published", "updated",
)  # fmt: skip

#: The fields that hold text: an article has one of them at least.
TEXT_FIELDS: Final = frozenset({"title", "body", "summary"})

# Field → its names without punctuation, the one to be believed first where a record has several.
_NAMES: Final = {
    "id": "id guid uuid articleid docid documentid storyid newsid itemid recordid identifier urn uri pk",
    "title": "headline title headlinetext articletitle newstitle webtitle pagetitle hed heading dctitle ogtitle name",
    "body": "body articlebody bodytext fulltext maintext articletext fullcontent content articlecontent contenttext "
    "text storytext storybody contenthtml bodyhtml articlehtml html contentencoded article story leadparagraph",
    "summary": "summary abstract standfirst description lead lede deck dek subtitle subheadline subhead trailtext "
    "teaser excerpt snippet metadescription ogdescription dcdescription",
    "authors": "authors author byline by writtenby writer writers reporter reporters journalist journalists "
    "authorname authornames creator creators dccreator contributors contributor",
    "section": "section sectionname articlesection category categoryname desk newsdesk ressort rubric department",
    "publisher": "publisher newspaper publication publicationname publishername outlet newsoutlet sitename "
    "ogsitename source sourcename provider providername dcpublisher",
    "place": "place dateline located location contentlocation locationcreated city",
    "agency": "agency newsagency agencyname wireservice wire",
    "tags": "tags keywords topics subjects hashtags labels categories newskeywords keyword tag topic subject dcsubject",
    "url": "url link weburl articleurl canonicalurl permalink sourceurl newsurl pageurl webpage href "
    "mainentityofpage ogurl externalurl shorturl",
    "language": "language lang inlanguage languagecode langcode dclanguage locale",
    "published": "published datepublished publishedat publisheddate publishdate pubdate publicationdate "
    "datepublication publicationtime publishedtime publishtime publishedon articlepublishedtime webpublicationdate "
    "firstpublished firstpublicationdate releasedate dateofpublication date datetime dcdate issued posted postedat "
    "postdate timestamp created createdat createddate createdtime datecreated creationdate "
    "loaddate",
    "updated": "updated updatedat updateddate dateupdated lastupdated updatedtime lastupdate modified modifiedat "
    "datemodified modifieddate lastmodified modifiedtime articlemodifiedtime",
}  # fmt: skip


class Recognised(NamedTuple):
    """What a name stands for: a field, and its rank among the field's names, 0 for the one believed first."""

    field: str
    rank: int


_PUNCTUATION: Final = re.compile(r"[\W_]+")
_MAX_HEADER_CHARS: Final = 4000


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """The name without case and punctuation."""
    return _PUNCTUATION.sub("", name.casefold())


def _fields_by_name() -> dict[str, Recognised]:
    fields: dict[str, Recognised] = {}
    for field, names in _NAMES.items():
        for rank, name in enumerate((*names.split(), *TRANSLATED_NAMES.get(field, "").split())):
            # What one language calls so may be something else in English, which comes first.
            fields.setdefault(plain_name(name), Recognised(field, rank))
    return fields


#: Name without case and punctuation → what it stands for.
FIELD_NAMES: Final = _fields_by_name()


def field_of(name: str, mapping: Mapping[str, str]) -> Recognised | None:
    """What a name stands for; the user's mapping comes before all recognition. None where it is not known."""
    plain = plain_name(name)
    if mapping:
        for rank, (mapped, field) in enumerate(mapping.items(), start=-len(mapping)):
            if mapped == name or plain_name(mapped) == plain:
                return Recognised(field, rank)
    return FIELD_NAMES.get(plain)


def looks_like_header(text: str) -> bool:
    """Whether a text begins with a row of known column names, a text's among them; Excel's line sep=; may come first."""
    lines = text[:_MAX_HEADER_CHARS].lstrip().split("\n", 2)
    line = lines[1] if len(lines) > 1 and lines[0].strip('"').lower().startswith("sep=") else lines[0]
    return any(are_columns(line.split(delimiter), {}) for delimiter in ",;\t|")


def are_columns(cells: Iterable[str], mapping: Mapping[str, str]) -> bool:
    """Whether these are the names of columns: of several fields, a text's among them, and half of them known."""
    known = [field_of(cell, mapping) for cell in cells]
    fields = {found.field for found in known if found}
    return len(fields) > 1 and bool(fields & TEXT_FIELDS) and 2 * len(fields) >= len(known)
