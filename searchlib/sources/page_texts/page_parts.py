"""What the lines of a head say, once it is known which of them is the headline and where the text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from searchlib.sources.page_texts.head_words import SOURCE_LABELS
from searchlib.sources.page_texts.page_dates import Dates
from searchlib.sources.page_texts.page_head import Reading
from searchlib.sources.page_texts.page_kinds import Kind, Line, is_tag_heading, word_count
from searchlib.sources.page_texts.page_lines import cased_section, is_home
from searchlib.sources.people.agencies import agencies_in, closing_agency
from searchlib.sources.people.bylines import Byline, recognise_byline
from searchlib.sources.people.datelines import leading_dateline

__all__ = ["HeadParts", "head_parts"]

# What is no part of a headline, and says nothing of the article.
_SILENT: Final = frozenset({Kind.SHARE, Kind.FURNITURE, Kind.RELATED, Kind.ASIDE, Kind.BREADCRUMB, Kind.SECTION})
_BULLET: Final = re.compile(r"^[•·▪●‣*–—-]\s*")
_SOURCE_LINE: Final = re.compile(rf"\W*(?:{SOURCE_LABELS})\s*[:：]\s*(?P<names>.{{1,80}})", re.IGNORECASE)
# Behind a name: "BBC News, Leeds", "Staff Writer", "Radio Nord".
_HOUSE: Final = re.compile(
    r"\b(?:news|times|post|tribune|herald|press|radio|tv|reporter|correspondent|editor|writer|staff|bureau|redak\w+|journalist\w*)\b",
    re.IGNORECASE,
)
# "Ms. Doe is a writer in Port Alder."
_ABOUT: Final = re.compile(r"\b(?:is an?|are|writes|covers|reported from|ist|est|es una?|è)\b")
_MAX_KICKERS: Final = 1
_MAX_BULLETS: Final = 5
_MAX_SHOWN_CHARS: Final = 200
_MAX_TRAIL: Final = 3


@dataclass
class HeadParts:
    """What the head of a page says; "" and [] for what it does not."""

    title: str = ""
    section: str = ""
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    agency: str = ""
    byline_left_out: list[str] = field(default_factory=list)
    place: str = ""
    published: str = ""
    updated: str = ""
    tags: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    rival: str = ""
    is_date_sure: bool = True
    undated: str = ""
    kickers: list[str] = field(default_factory=list)

    def section_among(self, tags: list[str]) -> str:
        """The section that the head names; else the line above the headline that is one of the tags below the text."""
        folded = {tag.casefold() for tag in tags}
        return self.section or next((cased_section(line) for line in self.kickers if line.casefold() in folded), "")

    def notes(self) -> list[tuple[str, str, str]]:
        """Field, value and reason of what was guessed or left out."""
        found: list[tuple[str, str, str]] = []
        if self.rival:
            reason = f"the headline was chosen among close rivals; another line that may be it: {_cut(self.rival)!r}"
            found.append(("title", self.title, reason))
        if self.published and not self.is_date_sure:
            reason = "the date stands without a label or a time zone, and is taken for that of publication"
            found.append(("published", self.published, reason))
        if self.undated and not (self.published or self.updated):
            found.append(("published", self.undated, "the time counts from a day that the page does not name"))
        if self.left_out:
            lines = "1 line" if len(self.left_out) == 1 else f"{len(self.left_out)} lines"
            verb = "was" if len(self.left_out) == 1 else "were"
            shown = _cut("; ".join(self.left_out))
            found.append(("extra.head", shown, f"{lines} above the text {verb} left out: {shown}"))
        return found


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN_CHARS else f"{text[:_MAX_SHOWN_CHARS]}…"


def head_parts(lines: list[Line], reading: Reading) -> HeadParts:
    """What the head says, of which these are the first lines of the page."""
    parts = HeadParts(title="" if reading.title is None else lines[reading.title].text)
    if reading.rival is not None:
        parts.rival = lines[reading.rival].text
    taker = _Taker(lines, reading, parts)
    taker.take()
    return parts


class _Taker:
    """Reads the lines of one head, those below the headline first: what is printed there is on the article."""

    def __init__(self, lines: list[Line], reading: Reading, parts: HeadParts) -> None:
        self._lines, self._reading, self._parts = lines, reading, parts
        self._folded_title = parts.title.casefold()
        self._left_out: dict[int, str] = {}
        self._names: list[tuple[int, Byline]] = []
        # What the line before is, where it is but a label of dates.
        self._label = ""

    def take(self) -> None:
        """Fill in the parts."""
        title = -1 if self._reading.title is None else self._reading.title
        below = range(title + 1, self._reading.text)
        self._take_tags(below)
        standfirst = self._take_standfirst(below)
        for number in below:
            if number not in standfirst and number not in self._tagged:
                self._take_line(number, is_below=True)
        self._take_names(below)
        for number in range(max(title, 0)):
            self._take_line(number, is_below=False)
        self._take_section(title)
        self._parts.left_out = [self._left_out[number] for number in sorted(self._left_out)]

    def _take_tags(self, below: range) -> None:
        self._tagged: set[int] = set()
        for number in below:
            line = self._lines[number]
            is_heading = line.kind is Kind.FURNITURE and is_tag_heading(line.text)
            is_below_tag = number - 1 in self._tagged and line.block == self._lines[number - 1].block
            if is_heading:
                self._tagged.add(number)
            elif is_below_tag and line.kind in (Kind.SHORT, Kind.SECTION):
                self._tagged.add(number)
                self._parts.tags.append(line.text)

    def _take_standfirst(self, below: range) -> set[int]:
        """Numbers of the lines that are the standfirst: right below the headline, or the only sentence of the head."""
        numbers = [number for number in below if self._lines[number].text.casefold() != self._folded_title]
        if not numbers:
            return set()
        first = numbers[0]
        if self._may_be_standfirst(first):
            found = [first]
            for number in numbers[1:_MAX_BULLETS]:
                if number != found[-1] + 1 or self._lines[number].block != self._lines[first].block:
                    break
                if not self._may_be_standfirst(number) or len(self._lines[first].text) > _MAX_SHOWN_CHARS:
                    break
                found.append(number)
        else:
            sentences = (Kind.SENTENCE, Kind.PROSE)
            found = [
                number for number in numbers if self._lines[number].kind in sentences and not self._is_on_author(number)
            ][:1]
        if found:
            self._parts.standfirst = "\n".join(_BULLET.sub("", self._lines[number].text) for number in found)
        return set(found)

    def _may_be_standfirst(self, number: int) -> bool:
        line = self._lines[number]
        is_name = line.byline is not None and bool(line.byline.authors)
        return line.kind in (Kind.PLAIN, Kind.SENTENCE, Kind.PROSE) and not is_name

    def _is_on_author(self, number: int) -> bool:
        above = self._lines[number - 1]
        return (
            above.kind is Kind.BYLINE
            and above.block == self._lines[number].block
            and bool(_ABOUT.search(self._lines[number].text))
        )

    def _take_line(self, number: int, *, is_below: bool) -> None:
        line, parts = self._lines[number], self._parts
        if line.text.casefold() == self._folded_title or (
            line.holds_title and self._folded_title in line.text.casefold()
        ):
            return
        if line.dates is not None:
            self._keep_dates(line.dates)
            if line.dates.house:
                self._left_out[number] = line.dates.house
        elif line.kind is Kind.BYLINE and line.byline is not None and is_below:
            self._keep_byline(line.byline)
        elif (match := _SOURCE_LINE.fullmatch(line.text)) or closing_agency(line.text):
            agency = agencies_in(match["names"] if match else line.text)
            parts.agency = parts.agency or agency
            if not agency:
                self._left_out[number] = line.text
        elif line.kind in _SILENT:
            return
        elif is_below and line.byline is not None and line.byline.agency and not line.byline.authors:
            self._keep_byline(line.byline)
        elif is_below and line.byline is not None and line.byline.authors and word_count(line.text) <= 8:
            self._names.append((number, line.byline))
            self._left_out[number] = line.text
        else:
            self._left_out[number] = line.text

    def _keep_dates(self, dates: Dates) -> None:
        parts = self._parts
        label, self._label = self._label, dates.label
        if label and dates.published and not dates.updated:
            # "Updated", and on the next line the date.
            is_update = label == "updated"
            day = dates.published
            dates = dates._replace(published="" if is_update else day, updated=day if is_update else "", is_sure=True)
        if dates.published and not parts.published:
            parts.published, parts.is_date_sure = dates.published, dates.is_sure
        parts.updated = parts.updated or dates.updated
        parts.undated = parts.undated or dates.undated
        if not dates.lead:
            return
        if (found := recognise_byline(dates.lead, is_name_enough=True)) is not None:
            if not self._is_place(dates.lead):
                self._keep_byline(found)
        elif found_agency := closing_agency(dates.lead):
            parts.agency = parts.agency or found_agency[0]
        if self._is_place(dates.lead):
            parts.place = parts.place or dates.lead

    @staticmethod
    def _is_place(lead: str) -> bool:
        dateline = leading_dateline(f"{lead} — Text.") if lead.isupper() and len(lead.split()) <= 2 else None
        return dateline is not None and dateline.place == lead

    def _keep_byline(self, byline: Byline) -> None:
        parts = self._parts
        parts.authors += byline.authors
        parts.agency = parts.agency or byline.agency
        parts.byline_left_out += byline.left_out

    def _take_names(self, below: range) -> None:
        """Take bare names for authors where no line says "By": beside the dates, above a house, or above the text."""
        for number, byline in self._names:
            if self._parts.authors:
                if set(byline.authors) <= set(self._parts.authors):
                    # The name again, beside its own byline.
                    self._left_out.pop(number, None)
                continue
            house = self._house_below(number, below)
            beside = [self._lines[near] for near in (number - 1, number + 1) if near in below]
            if house or number + 1 == self._reading.text or any(line.dates is not None for line in beside):
                self._keep_byline(byline)
                self._left_out.pop(number, None)
            if house:
                self._left_out.pop(number + 1, None)
                self._parts.byline_left_out.append(f"{self._lines[number].text}, {house}")

    def _house_below(self, number: int, below: range) -> str:
        """The house, or what the author is, on the line below a name; "" for none."""
        line = self._lines[number + 1] if number + 1 in below else None
        is_house = line is not None and line.kind in (Kind.SHORT, Kind.PLAIN) and _HOUSE.search(line.text)
        return line.text if line is not None and is_house else ""

    def _take_section(self, title: int) -> None:
        """The section: of a breadcrumb, else the line above the headline that names one."""
        above = self._lines[: max(title, 0)]
        crumbs = [
            line.section for line in self._lines[: self._reading.text] if line.kind is Kind.BREADCRUMB and line.section
        ]
        if crumbs:
            self._parts.section = crumbs[0]
            return
        for number in range(len(above) - 1, -1, -1):
            line = above[number]
            if line.kind is Kind.SECTION:
                self._parts.section = cased_section(self._top_of_trail(number))
                return
            if (line.kind in _SILENT and not is_home(line.text)) or line.kind in (Kind.DATES, Kind.CAPTION):
                continue
            self._parts.kickers.append(line.text)
            # A kicker is in capitals, or of some words; a single one is an entry of a menu.
            is_kicker = line.text.isupper() or word_count(line.text) > 2 or line.copies > 1
            if len(self._parts.kickers) > _MAX_KICKERS or not is_kicker:
                break
        named_again = [line for line in reversed(above) if line.kind is Kind.SECTION and line.copies > 1]
        if named_again and not self._parts.section:
            self._parts.section = cased_section(named_again[0].text)

    def _top_of_trail(self, number: int) -> str:
        """The first name of a trail that begins with the front page, one name a line; else this line's.

        "" for one of a menu: many sections, none of which is named again.
        """
        first = number
        while first and self._lines[first - 1].kind is Kind.SECTION:
            first -= 1
        if first and is_home(self._lines[first - 1].text) and number - first < _MAX_TRAIL:
            return self._lines[first].text
        is_of_menu = number - first >= _MAX_TRAIL and self._lines[number].copies == 1
        return "" if is_of_menu else self._lines[number].text
