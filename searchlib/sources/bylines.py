"""The one reader of bylines: who wrote an article, and for which agency.

Every source hands its bylines to `read_byline`. A line of a page may be something else, so
a page asks `recognise_byline` first.

- A name in capitals is cased ("JANE DOE" → "Jane Doe"): one author is one value.
- A news agency is never an author. Several agencies are one value, in their order.
- What a person is ("Political Editor") or where one sits ("in Kyiv", ", Seoul") is no name.
- A house ("BBC News") is the author where it signs alone. Behind a name it is left out.
- What cannot be told apart stays one author: "Smith and Sons", "Doe, Jane".
- A byline of which something was left out, and one that names nobody, is kept as printed:
  `assemble` puts it into the article's `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from searchlib.sources.agencies import agencies_in, agency_named, without_agencies

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


_PARTICLE: Final = r"(?:de|del|della|der|den|di|da|do|dos|du|la|le|van|von|vom|zu|bin|bint|al|el|ibn|ter|ten|y|e)"
_NAME_WORD: Final = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Rev)\.|(?:[A-Z]\.){1,3}|(?:[OoDd]['’]|Mc|Mac|al-|Al-)?[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*)"
_NAME: Final = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_NAME_WORD}){{1,4}}(?:, [A-Z]\S{{1,4}})?")
_IN_PLACE: Final = re.compile(
    rf"(?P<name>{_NAME.pattern})\s+(?:in|à|en|aus|em)\s+(?P<place>{_NAME_WORD}(?:,?\s+{_NAME_WORD}){{0,3}})"
)
_FOR: Final = re.compile(r"\s+(?:for|via|für|pour|para|per|voor)\s+")
# "Von", "Par" and "Di" are names, too: a byline has two more words after them.
_BY: Final = re.compile(
    r"(?:(?:(?:written|reported|reporting|story|text|article|analysis|opinion|review|report|interview|commentary) )?by[:\s]\s*(?=\S)"
    r"|(?:von|par|por|di|door)\s+(?=(?-i:[^\W\d_a-zß-öø-ÿ])\S*\s+\S)"
    # A second line of the same byline.
    r"|(?:and|und|et)\s+(?=(?-i:[^\W\d_a-zß-öø-ÿ])))",
    re.IGNORECASE,
)
# Who is named behind these is no author.
_OTHER_CREDIT: Final = re.compile(
    r"\b(?:edit(?:ing|ed)|photo\w*|pictures?|illustrat\w+|videos?|graphics?|compiled|translated)\s+by\b.*",
    re.IGNORECASE,
)
# "Source: Xinhua" says no more than "Xinhua".
_CREDIT_WORD: Final = re.compile(r"(?:(?:source|credit|quelle|fuente|fonte|bron)s?|via|copyright|©)?\W*", re.IGNORECASE)
# What stands between semicolons, line breaks and bars.
_PART: Final = re.compile(r"(?:[;\n]|(?P<bar>[|•·]))*(?P<part>[^;|\n•·]+)")
_AND: Final = re.compile(
    r",?\s+(?P<word>and|und|et|with|mit|avec|y|e|en)\s+|\s*(?P<sign>&|(?<!:)/(?!/))\s*", re.IGNORECASE
)
# "Ortega y Gasset" is one name; "en" is "and" in Dutch alone.
_AND_BETWEEN_NAMES_ONLY: Final = frozenset({"y", "e", "en"})
_DUTCH_BY: Final = re.compile(r"door\s", re.IGNORECASE)
_EMAIL: Final = re.compile(r"<?\b(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}>?")
_EMAIL_THEN_NAME: Final = re.compile(rf"^{_EMAIL.pattern}\s*\((?P<name>[^()]+)\)$")
_IN_BRACKETS: Final = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{0,100})[)\]]")
_ADDRESS: Final = re.compile(r"\w+://|www\.|@\w")
_NAME_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|md|m\.d|phd|ph\.d)\.?", re.IGNORECASE)

_ROLE_NOUN: Final = (
    r"(?:analysts?|bureau|chief|columnists?|contributors?|correspondents?|critics?|desk|editors?(?:-at-large)?|editorial|freelance(?:r|rs)?"
    r"|photographers?|producers?|reporters?|staff|team|writers?|agenc(?:y|ies)|newsroom|wire|reports"
    r"|redaktion|korrespondent\w*|redakteur\w*|journalist\w*|correspondan\w+|corresponsal|redacción|redação|redazione|inviat[oa])"
)
_ROLE_WORD: Final = (
    r"(?:our|from|the|own|senior|special|staff|foreign|political|national|international|local|security|defen[cs]e|business|economics?"
    r"|financial|sports?|science|health|technology|legal|world|city|night|managing|deputy|assistant|associate|news|web|online|service|at|to)"
)
_ROLE: Final = re.compile(rf"\b{_ROLE_NOUN}(?!\w)", re.IGNORECASE)
_ROLE_ALONE: Final = re.compile(
    rf"(?:(?:{_ROLE_WORD}|{_ROLE_NOUN})\s+)*(?:{_ROLE_NOUN}|news service|news)", re.IGNORECASE
)
# Of one person: "Jane Doe Staff Writer". "Harbour Post Staff" is a house.
_PROFESSION_AT_END: Final = re.compile(
    rf"(?:\s+(?:{_ROLE_WORD}|{_ROLE_NOUN}))*\s+(?:analyst|columnist|contributor|correspondent|critic|editor|photographer|reporter|writer)$",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    r"The\s.*|.*\b(?:news|press|media|business|times|tribune|herald|journal|gazette|insider|magazine|radio|television|tv|service"
    r"|international|online|network|group|inc|ltd|llc|\w+\.(?:com|org|net|de|fr|uk))\.?",
    re.IGNORECASE,
)
# Spellings of agencies that are names of people, or their initials.
_ALSO_NAMES: Final = re.compile(r"\b(?:AP|PA|TT|Ansa|Antara|Belga|Lusa|Anadolu|Bloomberg)\b", re.IGNORECASE)
_SMALL_IN_NAMES: Final = frozenset({"DE", "DEL", "DELLA", "DER", "DEN", "DI", "DA", "DO", "DOS", "DU", "LA", "VAN", "VON", "ZU", "BIN", "IBN"})  # fmt: skip
_NUMERAL: Final = re.compile(r"II|III|IV")
_INITIALS: Final = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2}")
_MAX_PAGE_CHARS: Final = 160
_ORGANISATION: Final = re.compile(r"(?:organi[sz]ation|corporation)$", re.IGNORECASE)
# Longer pieces are kept as they are: no name is that long.
_MAX_PIECE_CHARS: Final = 200
_AROUND: Final = " ,:–—-"


def read_byline(text: str) -> Byline:
    """What a text says that is known to be a byline: "By JANE DOE, Associated Press", "Jane Doe and John Roe".

    A text that names nobody ("Staff Writer", an e-mail address) gives no author. Takes time linear in the length.
    """
    found: list[Byline] = []
    has_author = False
    for match in _PART.finditer(text):
        # A bar counts as a comma. A semicolon and a line break begin another byline.
        is_behind_name = has_author and bool(match["bar"])
        found.append(_read_part(" ".join(match["part"].split()), is_behind_name=is_behind_name))
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
    return Byline((), agency, () if agency or not text or _ROLE.search(text) else (text,))


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
    by = _BY.match(line)
    located = _IN_PLACE.fullmatch(line)
    if not (by or is_name_enough or (located and _is_name(located["name"]))):
        return None
    found = read_byline(line.rstrip(".:"))
    if not all(map(_is_name, found.authors)):
        return None
    return found if by or found.is_signed else None


def joined_bylines(found: Iterable[Byline]) -> Byline:
    """What these say together, each name and agency once."""
    parts = list(found)
    authors = dict.fromkeys(name for part in parts for name in part.authors)
    agencies = dict.fromkeys(name for part in parts for name in part.agency.split(", ") if name)
    left_out = dict.fromkeys(text for part in parts for text in part.left_out)
    return Byline(tuple(authors), ", ".join(agencies), tuple(left_out))


class _Piece(NamedTuple):
    """A part of a byline between two of its separators; `follows_comma` tells that a comma stands before it."""

    text: str
    follows_comma: bool


def _read_part(part: str, *, is_behind_name: bool) -> Byline:
    if agency := agency_named(part):
        return Byline((), agency)
    whole, part = part, _OTHER_CREDIT.sub("", part)
    left_out = () if part == whole and not _EMAIL.search(part) else (whole,)
    # Nothing but an address may stand behind "By".
    if by := _BY.match(part):
        part = part[by.end() :]
    # As RSS has it: jane@post.example (Jane Doe).
    part = _EMAIL_THEN_NAME.sub(r"\g<name>", part)
    part, in_brackets = _without_brackets(_EMAIL.sub("", part))
    if not by and (by := _BY.match(part)):
        part = part[by.end() :]
    text = part.strip(_AROUND)
    found = [in_brackets, Byline(left_out=left_out)]
    authors: list[str] = []
    for piece in _pieces(text, by[0] if by else ""):
        if authors and piece.follows_comma and _NAME_SUFFIX.fullmatch(piece.text):
            authors[-1] += f", {piece.text}"
            continue
        is_behind_bar = is_behind_name and not authors
        said = _read_piece(
            piece._replace(follows_comma=piece.follows_comma or is_behind_bar),
            has_author=bool(authors) or is_behind_name,
        )
        authors += said.authors
        found.append(said)
    return joined_bylines(found)._replace(authors=tuple(map(_cased, authors)))


def _without_brackets(text: str) -> tuple[str, Byline]:
    """The text without its brackets, and what they say; brackets that belong to a sentence stay."""
    agencies: list[str] = []
    left_out: list[str] = []
    for match in _IN_BRACKETS.finditer(text):
        agencies.append(agencies_in(match["inside"]))
        if match["inside"].strip() and not agencies[-1]:
            left_out.append(match[0])
    plain = _IN_BRACKETS.sub(
        lambda match: match[0] if match["inside"][:1].islower() and not agencies_in(match["inside"]) else "", text
    )
    return plain, Byline((), ", ".join(filter(None, agencies)), tuple(left_out))


def _pieces(text: str, by: str) -> Iterator[_Piece]:
    for group in _groups(text, by):
        parts = [tidied for part in group.split(",") if (tidied := _tidied(part))]
        if len(parts) > 1 and not any(" " in part or agency_named(part) for part in parts):
            # "Doe, Jane" is one person.
            yield _Piece(", ".join(parts), False)
            continue
        if any(part[0].islower() and not _ROLE.search(part) and not agency_named(part) for part in parts[1:]):
            # A sentence, and no list of names.
            yield _Piece(group.strip(_AROUND), False)
            continue
        yield from (_Piece(part, number > 0) for number, part in enumerate(parts))


def _tidied(part: str) -> str:
    part = part.strip(_AROUND)
    return part if _NAME_SUFFIX.fullmatch(part) else part.rstrip(".")


def _groups(text: str, by: str) -> Iterator[str]:
    """The text between one "and" and the next, where these stand between authors and not inside a name."""
    start = 0
    for match in _AND.finditer(text):
        left = text[max(start, match.start() - _MAX_PIECE_CHARS) : match.start()].rpartition(",")[2]
        right = text[match.end() : match.end() + _MAX_PIECE_CHARS].partition(",")[0]
        if _is_between_authors(match, left, right, by):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _is_between_authors(match: re.Match[str], left: str, right: str, by: str) -> bool:
    word = (match["word"] or "").lower()
    right = _AND.split(right, maxsplit=1)[0]
    if word == "en" and not _DUTCH_BY.match(by):
        return False
    if agency_named(left) or agency_named(right):
        return True
    are_names = " " in left.strip() and " " in right.strip()
    return are_names or (bool(by) and word not in _AND_BETWEEN_NAMES_ONLY)


def _read_piece(piece: _Piece, *, has_author: bool) -> Byline:
    text = piece.text
    if agency := agency_named(text) or agency_named(re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)):
        return Byline((), agency)
    if len(text) > _MAX_PIECE_CHARS:
        return Byline((text,))
    if not text or _ADDRESS.match(text):
        return Byline(left_out=(text,) if text else ())
    if located := _IN_PLACE.fullmatch(text):
        return Byline((located["name"],), "", (text,))
    if served := _FOR.search(text):
        agency = agencies_in(text[served.end() :])
        if has_author and _HOUSE.fullmatch(text[: served.start()]):
            return Byline((), agency, (text,))
        return Byline((text[: served.start()],), agency, () if agency else (text,))
    if agency := agencies_in(text):
        rest = " ".join(without_agencies(text).split())
        if _ROLE.search(rest) or _ROLE_ALONE.fullmatch(rest):
            return Byline((), agency)
        if not _ALSO_NAMES.search(text) or (piece.follows_comma and has_author):
            is_person = _is_name(rest) and not piece.follows_comma
            is_whole = is_person or _CREDIT_WORD.fullmatch(rest)
            return Byline((rest,) if is_person else (), agency, () if is_whole else (text,))
    if _ROLE_ALONE.fullmatch(text) or (has_author and _ROLE.search(text)):
        return Byline()
    is_behind_name = has_author and piece.follows_comma and text[0].isupper()
    if is_behind_name and (" " not in text or _HOUSE.fullmatch(text)):
        return Byline(left_out=(text,))
    name = _PROFESSION_AT_END.sub("", text)
    return Byline((name if _is_name(name) and not _HOUSE.fullmatch(name) else text,))


def _is_name(text: str) -> bool:
    # The patterns know the small letters of western Europe only.
    words = text.split()
    return bool(_NAME.fullmatch(text)) and all(
        word[0].isupper() or word[:2] in ("d'", "d’", "o'", "o’") or re.fullmatch(rf"{_PARTICLE}|al-.*", word)
        for word in words
    )


def _cased(name: str) -> str:
    """The name as names are written, where it is printed in capitals. A house, and a lone word, stay as they are."""
    words = name.split()
    if len(words) < 2 or not name.isupper() or not _is_name(name) or _HOUSE.fullmatch(name):
        return name
    last = len(words) - 1
    return " ".join(
        _cased_word(word, is_inner=0 < number < last, is_first=not number) for number, word in enumerate(words)
    )


def _cased_word(word: str, *, is_inner: bool, is_first: bool) -> str:
    if is_inner and word in _SMALL_IN_NAMES:
        return word.lower()
    # "Ng" is a family name, "JD" are initials.
    if _NUMERAL.fullmatch(word) or (is_first and _INITIALS.fullmatch(word)):
        return word
    return re.sub(r"^Mc([a-z])", lambda match: f"Mc{match[1].upper()}", word.title())
