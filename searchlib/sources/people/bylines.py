"""The one reader of bylines: who wrote an article, and for which agency.

Every source hands its bylines to `read_byline`. A line of a page may be something else, so
a page asks `recognise_byline` first.

- A name in capitals is cased ("JANE DOE" → "Jane Doe"): one author is one value.
- A news agency is never an author. Several agencies are one value, in their order.
- What a person is ("Political Editor") or where one sits ("in Kyiv", ", Seoul") is no name.
- A house ("BBC News") is the author where it signs alone. Behind a name it is left out.
- "Doe, Jane" is Jane Doe. What cannot be told apart stays one author: "Smith and Sons".
- What never is a name, is none: addresses, numbers, dates, logins, "Admin", "Photo: …".
- Who edited, took the pictures or contributed is no author.
- A byline of which something was left out, and one that names nobody, is kept as printed:
  `assemble` puts it into the article's `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from searchlib.sources.people.agencies import agencies_in, agency_named, without_agencies
from searchlib.sources.people.byline_parts import AROUND, Piece, parts_of, pieces_of, without_times
from searchlib.sources.people.byline_words import (
    BY,
    BY_IS_CHINESE,
    CONTRIBUTED,
    FOR,
    IN,
    NOBODY,
    OTHER_CREDIT,
    PROFESSION_BEFORE,
    PROFESSION_BEHIND,
    ROLE,
    ROLE_ALONE,
    ROLE_AT_END,
    ROLE_BEFORE,
)
from searchlib.sources.people.person_names import NAME_SUFFIX, cased, is_name, looks_like_house

__all__ = [
    "Byline",
    "first_byline",
    "is_organisation",
    "joined_bylines",
    "read_byline",
    "read_bylines",
    "read_party",
    "read_title",
    "recognise_byline",
]


class Byline(NamedTuple):
    """What a byline says.

    Attributes:
        authors: Names, each once.
        agency: The agency; several are joined by a comma; "" for none.
        left_out: The bylines, as printed, of which the two do not hold all: a place, a house, an address. What an
            author is by profession is left out without a word, but for a byline that names nobody.
    """

    authors: tuple[str, ...] = ()
    agency: str = ""
    left_out: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return self != _SAYS_NOTHING

    @property
    def is_signed(self) -> bool:
        """Whether it names anyone."""
        return bool(self.authors or self.agency)


_SAYS_NOTHING: Final = Byline()


# "Source: Xinhua" says no more than "Xinhua".
_CREDIT_WORD: Final = re.compile(r"(?:(?:source|credit|quelle|fuente|fonte|bron)s?|via|copyright|©)?\W*", re.IGNORECASE)
_EMAIL: Final = re.compile(r"<?\b(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}>?")
_EMAIL_THEN_NAME: Final = re.compile(rf"^{_EMAIL.pattern}\s*\((?P<name>[^()]+)\)$")
# An e-mail address, a web address, a handle.
_CONTACT: Final = re.compile(rf"{_EMAIL.pattern}|(?:https?://|www\.)\S+|(?<!\w)@\w{{1,40}}")
# "Jane Doe@janedoe", where a page sets the two in boxes of their own.
_GLUED_HANDLE: Final = re.compile(r"(?<=[^\W\d_])@\w{1,40}$")
_IN_BRACKETS: Final = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{0,100})[)\]]")
_ADDRESS: Final = re.compile(r"\w+://|www\.|@\w")
_NUMBER: Final = re.compile(r"[\W\d_]+")
# A login: "jdadmin", "kei_eno", "rmb8090". A lone small word may be a pen name.
_LOGIN: Final = re.compile(r"(?=[a-z._-]*(?:[\d_]|admin))[a-z\d._-]*[a-z][a-z\d._-]*")
_LEADING_ARTICLE: Final = re.compile(r"^the\s+", re.IGNORECASE)
# Spellings of agencies that are names of people, or their initials.
_ALSO_NAMES: Final = re.compile(r"\b(?:AP|PA|TT|Ansa|Antara|Belga|Lusa|Anadolu|Bloomberg)\b", re.IGNORECASE)
_MAX_PAGE_CHARS: Final = 160
_MAX_USUAL_CHARS: Final = 200
_ORGANISATION: Final = re.compile(r"(?:organi[sz]ation|corporation)$", re.IGNORECASE)
# Longer pieces are kept as they are: no name is that long.
_MAX_PIECE_CHARS: Final = 200


def read_byline(text: str) -> Byline:
    """What a text says that is known to be a byline: "By JANE DOE, Associated Press", "Jane Doe and John Roe".

    A text that names nobody ("Staff Writer", an e-mail address) gives no author. Takes time linear in the length.
    """
    # The same people write day by day.
    return _read_usual(text) if len(text) <= _MAX_USUAL_CHARS else _read(text)


@lru_cache(maxsize=4096)
def _read_usual(text: str) -> Byline:
    return _read(text)


def _read(text: str) -> Byline:
    found: list[Byline] = []
    has_author = False
    for part in parts_of(text):
        # A bar counts as a comma. A semicolon and a line break begin another byline.
        found.append(_read_part(part.text, is_behind_name=has_author and part.follows_bar))
        has_author = has_author or bool(found[-1].authors)
    byline = joined_bylines(found)
    printed = text.strip()
    return byline._replace(left_out=(printed,) if printed and (byline.left_out or not byline.is_signed) else ())


def read_bylines(texts: Iterable[str]) -> Byline:
    """What several bylines say together."""
    return joined_bylines(read_byline(text) for text in texts)


def read_party(name: str) -> Byline:
    """What the name of an organisation says: it is an agency, or an author that is never taken apart."""
    name = " ".join(name.split())
    if agency := agency_named(name):
        return Byline((), agency)
    return Byline((name,) if name else ())


def read_title(text: str) -> Byline:
    """What the title behind an author's name says: it may name an agency. One that is no profession is left out."""
    text = " ".join(text.split())
    agency = agencies_in(text)
    return Byline((), agency, () if agency or not text or ROLE.search(text) else (text,))


def first_byline(found: Iterable[Byline]) -> Byline:
    """The first of these that names anyone, with what those before it leave out."""
    read: list[Byline] = []
    for byline in found:
        read.append(byline)
        if byline.is_signed:
            break
    return joined_bylines(read)


def is_organisation(kind: str) -> bool:
    """Whether a type, as JSON-LD and NewsML-G2 name it, is one of organisations: "NewsMediaOrganization"."""
    return bool(_ORGANISATION.search(kind))


def recognise_byline(line: str, *, is_name_enough: bool = False) -> Byline | None:
    """What a line of a page says that is a byline; None where it is none.

    Args:
        line: "By Jane Doe and John Roe", "Jane Doe in Seoul", "Reuters".
        is_name_enough: Whether a bare "Jane Doe" counts: where the line stands beside the date, it does.
    """
    if len(line) > _MAX_PAGE_CHARS:
        return None
    line = line.strip(" \t|,·•–—-")
    if agency := agency_named(line):
        return Byline((), agency)
    by = BY.match(line)
    located = IN.search(line)
    if not (by or is_name_enough or (located and is_name(line[: located.start()])) or _is_signed_by_profession(line)):
        return None
    found = read_byline(line.rstrip(".:"))
    if not all(map(is_name, found.authors)):
        return None
    # "By March 31" is a sentence; "By jane@post.example" is a byline that names nobody.
    return found if found.is_signed or (by and not any(map(str.isdigit, line))) else None


def _is_signed_by_profession(line: str) -> bool:
    """Whether a line is signed as those of Korea and China are: "홍길동 기자 hong@post.example", "本报记者 张三"."""
    bare = _IN_BRACKETS.sub("", _EMAIL.sub("", line)).strip()
    name = PROFESSION_BEFORE.sub("", PROFESSION_BEHIND.sub("", bare), count=1)
    return name != bare and is_name(name.strip())


def joined_bylines(found: Iterable[Byline]) -> Byline:
    """What these say together, each name and agency once."""
    parts = list(found)
    authors = dict.fromkeys(name for part in parts for name in part.authors)
    agencies = dict.fromkeys(name for part in parts for name in part.agency.split(", ") if name)
    left_out = dict.fromkeys(text for part in parts for text in part.left_out)
    return Byline(tuple(authors), ", ".join(agencies), tuple(left_out))


def _read_part(part: str, *, is_behind_name: bool) -> Byline:
    if agency := agency_named(part):
        return Byline((), agency)
    if CONTRIBUTED.search(part):
        return Byline(left_out=(part,))
    whole = part
    by = BY.match(part)
    part = part[by.end() :] if by else part
    # As RSS has it: jane@post.example (Jane Doe).
    part = _EMAIL_THEN_NAME.sub(r"\g<name>", part)
    part, in_brackets = _without_brackets(_GLUED_HANDLE.sub("", _CONTACT.sub("", part)))
    is_cut = _CONTACT.search(whole)
    if credit := OTHER_CREDIT.search(part):
        part, is_cut = part[: credit.start()], credit
    left_out = (whole,) if is_cut else ()
    timeless = without_times(part)
    left_out = left_out if timeless == part else (whole,)
    part = timeless
    if not by and (by := BY.match(part)):
        part = part[by.end() :]
    if profession := PROFESSION_BEFORE.match(part):
        part = part[profession.end() :]
    is_chinese = bool(profession or (by and BY_IS_CHINESE.match(by[0])))
    authors: list[str] = []
    has_agency = bool(in_brackets.agency)
    found = [in_brackets, Byline(left_out=left_out)]
    for piece in pieces_of(part.strip(AROUND), by[0] if by else "", is_chinese=is_chinese):
        if authors and piece.follows_comma and NAME_SUFFIX.fullmatch(piece.text):
            authors[-1] += f", {piece.text}"
            continue
        is_behind_bar = is_behind_name and not authors
        said = _read_piece(
            piece._replace(follows_comma=piece.follows_comma or is_behind_bar),
            has_author=bool(authors) or is_behind_name,
            has_agency=has_agency,
        )
        has_agency = has_agency or bool(said.agency)
        authors += said.authors
        found.append(said)
    return joined_bylines(found)._replace(authors=tuple(map(cased, authors)))


def _without_brackets(text: str) -> tuple[str, Byline]:
    """The text without its brackets, and what they say; brackets that belong to a sentence stay."""
    agencies: list[str] = []
    left_out: list[str] = []
    for match in _IN_BRACKETS.finditer(text):
        agencies.append(agencies_in(match["inside"]))
        if match["inside"].strip() and not agencies[-1]:
            left_out.append(match[0])
    plain = _IN_BRACKETS.sub(lambda match: match[0] if _is_of_sentence(match, text) else "", text)
    return plain, Byline((), ", ".join(filter(None, agencies)), tuple(left_out))


def _is_of_sentence(match: re.Match[str], text: str) -> bool:
    inside = match["inside"]
    # "(jd)" behind a name are its bearer's initials.
    return (
        inside[:1].islower()
        and " " in inside
        and not agencies_in(inside)
        and not is_name(text[max(0, match.start() - _MAX_PAGE_CHARS) : match.start()])
    )


def _read_piece(piece: Piece, *, has_author: bool, has_agency: bool) -> Byline:
    text = PROFESSION_BEHIND.sub("", piece.text)
    if agency := agency_named(text) or agency_named(_LEADING_ARTICLE.sub("", text)):
        return Byline((), agency)
    if len(text) > _MAX_PIECE_CHARS:
        return Byline((text,))
    if _is_nobody(text) or (has_author and IN.match(f" {text}")):
        return Byline(left_out=(text,) if text else ())
    if said := _read_elsewhere(text, has_author=has_author):
        return said
    if (role := ROLE_BEFORE.match(text)) and is_name(text[role.end() :]):
        text = text[role.end() :]
    if agency := agencies_in(text):
        rest = " ".join(without_agencies(text).split())
        if ROLE.search(rest) or ROLE_ALONE.fullmatch(rest):
            return Byline((), agency)
        if not _ALSO_NAMES.search(text) or (piece.follows_comma and has_author):
            is_person = is_name(rest) and not piece.follows_comma
            is_whole = is_person or _CREDIT_WORD.fullmatch(rest)
            return Byline((rest,) if is_person else (), agency, () if is_whole else (text,))
    if ROLE_ALONE.fullmatch(text) or (has_author and ROLE.search(text)):
        return Byline()
    is_behind = (has_author or has_agency) and piece.follows_comma and not text[0].islower()
    if is_behind and (not is_name(ROLE_AT_END.sub("", text)) or looks_like_house(text)):
        return Byline(left_out=(text,))
    name = ROLE_AT_END.sub("", text)
    return Byline((name if is_name(name) and not looks_like_house(name) else text,))


def _is_nobody(text: str) -> bool:
    """Whether a piece is an address, a number, a login, or what stands where an author is missing."""
    return bool(_ADDRESS.match(text) or _NUMBER.fullmatch(text) or _LOGIN.fullmatch(text)) or text.casefold() in NOBODY


def _read_elsewhere(text: str, *, has_author: bool) -> Byline | None:
    """What "Jane Doe in Kyiv" and "Jane Doe for The Harbour Post" say; None where a piece says no such thing."""
    if (located := IN.search(text)) and is_name(text[: located.start()]):
        return Byline((text[: located.start()],), "", (text,))
    served = FOR.search(text)
    if served is None:
        return None
    agency = agencies_in(text[served.end() :])
    before = ROLE_AT_END.sub("", text[: served.start()])
    if has_author and (looks_like_house(before) or not is_name(before)):
        return Byline((), agency, (text,))
    return Byline((before,), agency, () if agency else (text,)) if is_name(before) else None
