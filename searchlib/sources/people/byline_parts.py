"""A byline taken apart: its parts between bars and semicolons, and the pieces between its commas and "and"s.

This knows where one name ends and the next begins. What a piece is, a name, a house or a profession, `bylines` says.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from searchlib.article import month_named, weekday_named
from searchlib.sources.people.agencies import agency_named
from searchlib.sources.people.byline_words import (
    CERTAIN_JOINERS,
    DATE_WORDS,
    FOR,
    IN,
    JOINER,
    NOBODY,
    PROFESSION_BEHIND,
    ROLE,
    ROLE_ALONE,
    ROLE_AT_END,
)
from searchlib.sources.people.person_names import NAME_SUFFIX, PARTICLES, is_name, is_name_word, looks_like_house

__all__ = ["AROUND", "Part", "Piece", "parts_of", "pieces_of", "tidied", "without_times"]

#: What may stand around a piece and is none of it.
AROUND: Final = " ,:–—-"
_MAX_ENTITY_ROUNDS: Final = 3
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
# Longer pieces are kept as they are: no name is that long.
_MAX_PIECE_CHARS: Final = 200
# Signs of East Asia and of the Arabic script → those that mean the same here. A dot between Chinese or Japanese
# characters is inside of a name; elsewhere it parts names.
_SIGNS: Final = str.maketrans({"、": ",", "，": ",", "،": ",", "；": ";", "؛": ";", "：": ":", "｜": "|", "（": "(", "）": ")", "　": " ", "\u00a0": " ", "＆": "&", "／": "/", "＝": "=", "∙": "·", "‧": "·"})  # fmt: skip
_INNER_DOT: Final = re.compile(r"(?<=[\u3041-\u9fff])[·•](?=[\u3041-\u9fff])")
# Korean for "text and pictures".
_TEXT_AND_PICTURES: Final = re.compile(r"(?:글|사진|취재|영상)\s?[·/&,]\s?(?:글|사진|취재|영상)\s?[=:]?")
# What stands between semicolons, line breaks and bars.
_PART: Final = re.compile(r"(?:[;\n]|(?P<bar>[|•·]))*(?P<part>[^;|\n•·]+)")
# "Jane A.", "Martin Bell Jr."
_KEEPS_STOP: Final = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|jr|sr)\.$", re.IGNORECASE)
_DASH: Final = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*(?=[^\W\d_])")
_SENTENCE_END: Final = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=\S)")
# "Ortega y Gasset" is one name; "en" is "and" in Dutch and Afrikaans alone.
_DUTCH_BY: Final = re.compile(r"(?:door|tekst)\b", re.IGNORECASE)
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]{2,4}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")

_DIGITS: Final = re.compile(r"\d")
_CLOCK: Final = re.compile(
    r"(?<![\w.])(?:\d{1,2}[:.]\d{2}(?!\d)|\d{4}-\d{2}-\d{2}|\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}[./年년]|\d{1,2}\s?[ap]\.?m\b|\d+\s?(?:(?-i:min(?:utes?)?|Min)\b|hour|hr|day|week|month|year|sec|h\b|std|tag|jour|hora|dia|día|ore|uur|час|мин|дн|分|時|小时)\w*)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_DAY_NUMBER: Final = re.compile(
    r"(?<![\w.])\d{1,2}(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:de|of|del))?\s+(?P<month>[^\W\d_]{3,12})", re.IGNORECASE
)
_BEFORE_DATE: Final = re.compile(
    r"(?:[\s,:/|–—-]+(?:on|am|vom|le|el|den|il|op|em|at|um|à|den|på|dne|di|la|du|of))?[\s,:/|–—-]*$", re.IGNORECASE
)
_MAX_BEFORE_DATE_CHARS: Final = 20
_BY_IN_LINE: Final = re.compile(r"\b(?:by|von|par|por|door)\s+(?=(?-i:[^\W\d_a-z])).*", re.IGNORECASE)


class Part(NamedTuple):
    """A byline between two bars, semicolons or lines; `follows_bar` tells which of these stands before it."""

    text: str
    follows_bar: bool


class Piece(NamedTuple):
    """A part of a byline between two of its separators; `follows_comma` tells that a comma stands before it."""

    text: str
    follows_comma: bool


def parts_of(text: str) -> Iterator[Part]:
    """What stands between the semicolons, line breaks and bars of a byline, its entities decoded."""
    for _ in range(_MAX_ENTITY_ROUNDS if "&" in text else 0):
        # Content management systems encode what is encoded: "O&amp;#039;Connor".
        text = _REFERENCE.sub(lambda found: html.unescape(found[0]), text)
    text = _INNER_DOT.sub("・", _TEXT_AND_PICTURES.sub("글:", text.translate(_SIGNS)))
    for match in _PART.finditer(text):
        yield Part(" ".join(match["part"].split()), bool(match["bar"]))


def without_times(part: str) -> str:
    """The part without a date or a time of day, and what stands behind it: "By Jane Doe Nov 19, 2019 6:46 pm ET"."""
    if not _DIGITS.search(part):
        return part
    starts = [match.start() for match in (_CLOCK.search(part), _day_in(part)) if match]
    if not starts:
        return part
    start = min(starts)
    for word in _WORD.finditer(part, 0, start):
        if month_named(word[0].rstrip(".")) or (weekday_named(word[0].rstrip(".")) and start - word.end() < 20):
            start = word.start()
            break
    if label := DATE_WORDS.search(part, 0, start):
        start = label.start()
    cut = max(0, start - _MAX_BEFORE_DATE_CHARS)
    if before := part[:cut] + _BEFORE_DATE.sub("", part[cut:start]):
        return before
    by = _BY_IN_LINE.search(part, start)
    return by[0] if by else ""


def _day_in(part: str) -> re.Match[str] | None:
    for match in _DAY_NUMBER.finditer(part):
        if month_named(match["month"]):
            return match
    for word in _WORD.finditer(part):
        if month_named(word[0].rstrip(".")) and re.match(r"\s*\d{1,2}(?!\d)", part[word.end() :]):
            return word
    return None


def pieces_of(text: str, by: str, *, is_chinese: bool = False) -> Iterator[Piece]:
    """The pieces of a part, in order: names, and what stands between them.

    Args:
        text: The part, without its "By" and its brackets.
        by: The word for "by" that stood before it; "" for none.
        is_chinese: Whether names follow each other with nothing but spaces between them.
    """
    text = _with_commas(text)
    if (names := _east_asian_names(text, is_chinese=is_chinese)) is not None:
        yield from (Piece(name, False) for name in names)
        return
    for group in _groups(text, by):
        parts = [tidied(part) for part in group.split(",") if tidied(part)]
        if (inverted := _inverted(parts)) is not None:
            yield Piece(inverted, False)
            continue
        if any(_is_of_sentence(part) for part in parts[1:]):
            # A sentence, and no list of names.
            yield Piece(group.strip(AROUND), False)
            continue
        yield from (Piece(part, number > 0) for number, part in enumerate(parts))


def _is_of_sentence(part: str) -> bool:
    return part[0].islower() and not (ROLE.search(part) or agency_named(part) or IN.match(f" {part}"))


def tidied(part: str) -> str:
    """The part without what stands around a name."""
    part = part.strip(AROUND)
    return part if NAME_SUFFIX.fullmatch(part) or _KEEPS_STOP.search(part) else part.rstrip(".")


def _with_commas(text: str) -> str:
    """The text with a comma for a dash or a full stop that parts a name from what its bearer is."""
    for pattern in (_DASH, _SENTENCE_END):
        text = pattern.sub(lambda match: ", " if is_name(_name_before(match)) else match[0], text)
    return text


def _name_before(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _MAX_PIECE_CHARS) : match.start()].rpartition(",")[2]
    start = max((joiner.end() for joiner in JOINER.finditer(before)), default=0)
    return before[start:].strip(AROUND)


def _east_asian_names(text: str, *, is_chinese: bool) -> list[str] | None:
    """Names with only spaces between: "홍길동 김철수 기자", "记者 张三 李四"; None where the text is no such list."""
    bare = PROFESSION_BEHIND.sub("", text)
    words = bare.split()
    if len(words) < 2:
        return None
    is_korean = bare != text and all(_HANGUL.fullmatch(word) and len(word) == 3 for word in words)
    return words if is_korean or (is_chinese and all(map(_HAN.fullmatch, words))) else None


def _inverted(parts: list[str]) -> str | None:
    """The one person that "Doe, Jane" is, as "Jane Doe"; None where the parts are something else.

    Three and more lone words are kept together as they are printed: nobody knows what they are.
    """
    if len(parts) < 2 or any(map(_stands_alone, parts)):
        return None
    if len(parts) == 2:
        family, given = (part.split() for part in parts)
        is_family = len([word for word in family if word.lower() not in PARTICLES]) == 1 and is_name_word(family[-1])
        # "Doe, Jane A."; a second whole word would be a house or a place.
        is_given = (
            given[0][0].isupper() and is_name_word(given[0]) and all(len(word.strip(".")) == 1 for word in given[1:])
        )
        is_house = looks_like_house(parts[1]) or (
            given[0].isupper() != family[-1].isupper() and len(given[0].strip(".")) > 1
        )
        if is_family and is_given and not NAME_SUFFIX.fullmatch(parts[1]) and not is_house:
            return f"{parts[1]} {parts[0]}"
    return ", ".join(parts) if not any(" " in part for part in parts) else None


def _stands_alone(part: str) -> bool:
    is_whole_name = " " not in part and is_name(part)
    return is_whole_name or bool(agency_named(part) or ROLE_ALONE.fullmatch(part))


def _groups(text: str, by: str) -> Iterator[str]:
    """The text between one "and" and the next, where these stand between authors and not inside a name."""
    start = 0
    for match in JOINER.finditer(text):
        left = text[max(start, match.start() - _MAX_PIECE_CHARS) : match.start()]
        right = text[match.end() : match.end() + _MAX_PIECE_CHARS]
        if _is_between_authors(match, left, right, by):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _is_between_authors(match: re.Match[str], left: str, right: str, by: str) -> bool:
    word = match["word"] or ""
    is_loud = (left + right).isupper()
    if word and not word.islower() and word.upper() != word.lower() and not (is_loud and len(word) > 1):
        # "John A Smith", "Sandy Dan Bell".
        return False
    word = word.lower()
    right = _first_piece(right)
    if agency_named(right.strip(AROUND)) or agency_named(left.rpartition(",")[2].strip(AROUND)):
        return True
    if word == "en" and not _DUTCH_BY.match(by):
        return False
    before, after = _bare(left.rpartition(",")[2]), _bare(right)
    if "," in left and not _is_person(before):
        # "Jane Doe, Harbour Post, and John Roe": the house belongs to the name before it.
        before = _bare(left.partition(",")[0])
    are_names = _is_person(before) and _is_person(after)
    if are_names or not word or word not in CERTAIN_JOINERS:
        return are_names
    if (_is_person(before) and after.casefold() in NOBODY) or (_is_person(after) and before.casefold() in NOBODY):
        return True
    # A byline that says so may name someone by one name.
    return bool(by) and any(map(_is_person, (before, after))) and all(map(_is_word_or_person, (before, after)))


def _first_piece(text: str) -> str:
    piece = text.partition(",")[0]
    # Up to the next "and" between two names; one inside a name is none.
    for match in JOINER.finditer(piece):
        if " " in piece[: match.start()].strip() or not match["word"] or match["word"].lower() in CERTAIN_JOINERS:
            return piece[: match.start()]
    return piece


def _bare(text: str) -> str:
    """The name that a piece begins with, without where its bearer is, and as what."""
    text = text.strip(AROUND)
    for pattern in (IN, FOR):
        if (match := pattern.search(text)) and is_name(text[: match.start()]):
            text = text[: match.start()]
    return ROLE_AT_END.sub("", PROFESSION_BEHIND.sub("", text)).strip(AROUND)


def _is_person(name: str) -> bool:
    return is_name(name) and not looks_like_house(name)


def _is_word_or_person(name: str) -> bool:
    return _is_person(name) or (" " not in name and is_name_word(name) and not looks_like_house(name))
