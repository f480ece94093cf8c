"""The one reader of datelines: where an article was filed from, when, and by which agency.

`read_dateline` reads a text that a source says is a dateline; `leading_dateline` finds the
one that a paragraph begins with. Both read it alike: "SEOUL, Sept 11 (Reuters) - ",
"NEW YORK, (AFP) -", "Kyiv, Ukraine –", "LONDON/PARIS —", "(Reuters) -".

The place stays as it is printed. What stands in brackets is the agency if it is known, or
if it looks like one: "(CNN)", "(Harbour News)". A date without a year is no publication.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from searchlib.sources.page_texts.printed_dates import MONTH, date_at, is_month
from searchlib.sources.people.agencies import AGENCY, agencies_in, agency_named

__all__ = ["Dateline", "leading_dateline", "read_dateline"]


class Dateline(NamedTuple):
    """What a dateline says, "" for each thing that it does not, and the text behind it."""

    place: str = ""
    agency: str = ""
    published: str = ""
    rest: str = ""


_SMALL: Final = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITALS: Final = rf"(?:{_SMALL}['’])?{_SMALL}{{2,}}(?:[-'’./]{_SMALL}*)*"
_PLACE_WORD: Final = rf"(?:(?:[A-Z]\.){{2,}}|{_SMALL}[^\W\d_]*\.?(?:[-'’/][^\W\d_]+)*|de|del|la|le|el|of|the|sur|am|an der|bei|do|da|and|upon)"
_REGION: Final = rf"(?:,\s*{_PLACE_WORD}(?:\s+{_PLACE_WORD}){{0,3}})"
_WEEKDAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today)(?!\w)"
# Some wires write "Marc 3", "Janaury 9" and, with a letter for a figure, "April l"; Russian ones, "11 сентября".
_LIKE_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.?"
_LOOSE_DAY: Final = rf"{_LIKE_MONTH}\s?\d{{1,2}}(?!\d)|{_LIKE_MONTH}\s(?:l\d?|\d[lo])(?!\w)|\d{{1,2}}\s+[а-я]{{3,8}}"
_DAY: Final = (
    rf"(?:(?:\s*,|\s)\s*-*\s*\(?(?P<day>(?:{MONTH}\s*\d{{1,2}}(?!\d)(?:st|nd|rd|th)?|\d{{1,2}}\.?\s+(?:de\s+)?{MONTH}"
    rf"|\d{{1,2}}\.\d{{1,2}}\.?|{_LOOSE_DAY}|{_WEEKDAY})(?:,?\s+(?:de\s+)?\d{{4}})?)\)?,?)?"
)
_CREDIT: Final = (
    rf"(?:[,.]?\s*\((?P<credit>[^()]{{2,40}})\)|[,.]?\s*(?:(?P<slash>/)|,\s)(?P<named>{AGENCY})(?(slash)/))?"
)
_DASH: Final = r"\s*(?:--+|[—–―]|(?<=\s)-(?=\s)|(?<=\))\.?\s?-(?=\s))\s*"
_JOINT: Final = r"(?:[ ]|\s?(?:&|,?\s(?:and|AND|und|et|y)\s)\s?)"
_LOUD: Final = re.compile(
    rf"(?P<place>{_CAPITALS}(?:{_JOINT}{_CAPITALS}){{0,4}}{_REGION}{{0,2}}?)(?i:{_DAY}){_CREDIT}"
    rf"(?:,?{_DASH}|\s*[:|]\s+|(?<=/)\.\s*)"
)
_QUIET: Final = re.compile(
    rf"(?P<place>{_PLACE_WORD}(?:\s+{_PLACE_WORD}){{0,3}}?(?P<region>{_REGION}{{0,2}}?))(?i:{_DAY}){_CREDIT}"
    rf"(?P<mark>,?{_DASH}|\s*\|\s+|(?<=/)\.\s*|(?<=\)):\s+)"
)
_CREDIT_ALONE: Final = re.compile(rf"(?P<bracket>\()?(?P<credit>{AGENCY})(?(bracket)\))(?:{_DASH}|\s*[:|]\s+)")
# Wires misprint places ("****LONDON", "st paul", "N.Y,."): before a day, a field may have them.
_MISPRINTED: Final = rf"\W*(?P<place>[^()\d]{{2,80}}?)(?i:{_DAY[:-1]}){_CREDIT}(?:[\s,-]+(?P<rest>.*))?"
# They misprint days, too: "Narch 2", "Apri l7", "March 215". A place in capitals and a comma make these a day.
_MISPRINTED_DAY: Final = re.compile(
    rf"(?P<place>{_CAPITALS}(?:{_JOINT}{_CAPITALS}){{0,4}}{_REGION}{{0,2}}?)\s?,\s*[A-Za-z]{{3,9}}[.,]?\s*[\dlO]{{1,3}}(?:\s*-)?"
)
# Words in capitals before a dash or a colon that are no places.
_LABELS: Final = (
    "BREAKING|BREAKING NEWS|UPDATE|UPDATED|EXCLUSIVE|ANALYSIS|OPINION|COMMENT|COMMENTARY|EDITORIAL|EXPLAINER"
    "|EXPLAINED|FACTBOX|TIMELINE|INTERVIEW|REVIEW|PROFILE|FEATURE|FOCUS|INSIGHT|LIVE|LIVE UPDATES|WATCH|READ|SEE"
    "|VIDEO|AUDIO|PHOTO|PHOTOS|PICTURES|PODCAST|LISTEN|QUIZ|POLL|FACT CHECK|CORRECTION|CLARIFICATION|NOTE"
    "|EDITOR'S NOTE|EDITOR’S NOTE|WARNING|ALERT|URGENT|FLASH|JUST IN|DEVELOPING|SPOILER|SPONSORED|ADVERTISEMENT"
    "|DISCLAIMER|EILMELDUNG|EIL|KOMMENTAR|ANALYSE|MEINUNG|EN DIRECT|DIRECT|OPINIÓN|ANÁLISIS|ENTREVISTA"
    "|ÚLTIMA HORA|Q|A|QUESTION|ANSWER|NATO|UNESCO|UNICEF|OPEC|ASEAN|BRICS|FIFA|UEFA|NASA|COVID|AIDS|CEO|GDP|FBI"
    "|CIA|IMF|WHO|WTO|BBC|CNN|EU|UN|NAME|TITLE|SUMMARY|ABSTRACT|BACKGROUND|OBJECTIVE|OBJECTIVES|METHODS|RESULTS"
    "|CONCLUSION|CONCLUSIONS|CONTACT|SOURCE|SOURCES|WHAT|WHEN|WHERE|WHY|HOW|DATE|TIME|LOCATION|PLACE|TOPIC"
    "|TOPICS|TLDR|SPOILERS"
)
_LABELS_IN_CAPITALS: Final = frozenset(_LABELS.split("|"))
# What an agency that is not in the table looks like, and countries in brackets that look like one.
_LIKE_AGENCY: Final = re.compile(
    r"[A-Z]{3,8}|[A-Z]\w+(?:\s\w+){0,3}\s(?:News|Press|Agency|Wire|Service|Media)(?:\s\w+)?"
)
_COUNTRIES: Final = frozenset({"USA", "UAE", "DRC", "GMT", "UTC"})
# What wire services put before a dateline.
_SERVICE_WORD: Final = re.compile(
    r"(?:rpt|repeat|repeating|corrected|correction|update \d*|urgent)\s*[-–—:]+\s*", re.IGNORECASE
)
# One of these ends every dateline that a text begins with.
_MARK: Final = re.compile(r"[—–―:|]|--|/\.|\s-\s|\)\.?\s?-")
_YEAR: Final = re.compile(r"\d{4}")
_MAX_DATELINE_CHARS: Final = 300


@lru_cache(maxsize=4096)
def read_dateline(text: str) -> Dateline | None:
    """What a text says that a source calls a dateline; None where it names neither a place nor an agency.

    It may end without a dash ("SUNBURY, Pa., Oct 19"), and run on into the article: that is its `rest`.
    """
    if len(text) > _MAX_DATELINE_CHARS:
        return None
    line = " ".join(text.split())
    if word := _SERVICE_WORD.match(line):
        line = line[word.end() :]
    # A dash ends the line that has none of its own.
    for candidate in (f"{_unended(line)} — ", f"{line} — "):
        match = _LOUD.match(candidate) or _QUIET.match(candidate)
        if match and (found := _from_match(match, candidate)) and _may_be_place(found.place, match["day"]):
            return found._replace(rest=found.rest.strip(" -–—"))
        if match := _CREDIT_ALONE.match(candidate):
            return Dateline("", agencies_in(match[0]), "", candidate[match.end() :].strip(" -–—"))
    if line.startswith("-"):
        return None
    if match := _compiled(_MISPRINTED).fullmatch(line):
        return _from_match(match, "")._replace(rest=match["rest"] or "")
    match = _MISPRINTED_DAY.fullmatch(line)
    return Dateline(match["place"]) if match and _may_be_place(match["place"], None) else None


def leading_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with ("SEOUL, Sept 11 (Reuters) - "); None where it has none.

    A place in capitals needs a dash, a colon or a bar behind it. One in ordinary letters ("Kyiv, Ukraine –")
    may be the beginning of a sentence: it takes a region, a day or an agency as well, or no second dash.
    """
    if not _MARK.search(paragraph, 0, _MAX_DATELINE_CHARS):
        return None
    if match := _LOUD.match(paragraph):
        town = match["place"].split(",")[0]
        is_place = _JOINT_WORDS.sub("", town).isupper() and town not in _LABELS_IN_CAPITALS
        # Five words in capitals and a full stop are a sentence.
        is_sentence = town.endswith(".") and len(town.split()) > 2
        if is_place and not is_sentence and not agency_named(town):
            return _from_match(match, paragraph)
    elif (match := _QUIET.match(paragraph)) and _is_quiet_dateline(match, paragraph):
        return _from_match(match, paragraph)
    if match := _CREDIT_ALONE.match(paragraph):
        return Dateline("", agencies_in(match["credit"]), "", paragraph[match.end() :])
    return None


_JOINT_WORDS: Final = re.compile(r"\s(?:and|und|et|y)\s")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled where it is first needed: most runs meet no misprint."""
    return re.compile(pattern)


def _unended(line: str) -> str:
    """The line without a dash, a colon or commas at its end."""
    return (line[:-1] if line.endswith(":") else line.rstrip("-–—―")).rstrip(" ,")


def _may_be_place(place: str, day: str | None) -> bool:
    """Whether each word is written as names are; "de", "la", "and" may stand among them."""
    words = place.split()
    if len(place) < 2 or is_month(place) or place in _LABELS_IN_CAPITALS or agency_named(place):
        return False
    return bool(day) or all(word[0].isupper() or not word[0].isalpha() or len(word) < 4 for word in words)


def _is_quiet_dateline(match: re.Match[str], paragraph: str) -> bool:
    rest = paragraph[match.end() :]
    if (
        not rest
        or rest[0].islower()
        or not match["place"][0].isupper()
        or match["place"].upper() in _LABELS_IN_CAPITALS
    ):
        return False
    if match["credit"]:
        return bool(agencies_in(match["credit"])) or bool(match["region"])
    if match["named"] or match["day"] or match["region"]:
        return True
    sentence = re.split(r"[.!?]\s", rest, maxsplit=1)[0]
    if match["mark"].strip()[0] in ",|" or len(match["place"].split()) > 2:
        return False
    return not re.search(r"\s[–—-]+\s|—", sentence)


def _from_match(match: re.Match[str], text: str) -> Dateline:
    day = match["day"]
    date = date_at(day, 0) if day and _YEAR.search(day) else None
    agency = _credited(match["credit"] or match["named"] or "")
    return Dateline(match["place"].strip(" ,"), agency, date.text if date else "", text[match.end() :])


def _credited(credit: str) -> str:
    known = agencies_in(credit)
    return known or (credit if _LIKE_AGENCY.fullmatch(credit) and credit not in _COUNTRIES else "")
