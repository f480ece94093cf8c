"""The lines of a copied page that say something about the article: breadcrumb and dates.

Each function judges one line, or the beginning or end of one, and gives what it says;
`page_text` knows where on a page each may stand.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from searchlib.article import DateRangeError, read_moment, weekday_named
from searchlib.sources.bylines import recognise_byline
from searchlib.sources.furniture import share_words_at
from searchlib.sources.printed_dates import PrintedTime, date_at, joined, time_at

__all__ = [
    "Dates",
    "breadcrumb",
    "dates_line",
]

_HOME: Final = re.compile(
    r"home|homepage|home page|front page|frontpage|start|startseite|accueil|à la une|inicio|portada|início|capa"
    r"|voorpagina|hjem|hem",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"world|international|global|asia|europe|africa|americas|middle east|us|u\.s\.|uk|u\.k\.|eu|china|india"
    r"|singapore|australia|russia|national|nation|local|regional|metro|city|country|region|politics|government"
    r"|elections|policy|law|courts|crime|defence|defense|security|business|economy|economics|markets|finance"
    r"|money|companies|industry|jobs|property|real estate|energy|transport|aviation|motoring|cars|technology"
    r"|tech|science|space|health|medicine|environment|climate|weather|education|society|religion|agriculture"
    r"|food|travel|lifestyle|life|culture|arts|art|entertainment|music|film|movies|tv|television|books|media"
    r"|style|fashion|celebrity|sport|sports|football|soccer|cricket|tennis|opinion|opinions|comment|commentary"
    r"|editorial|editorials|analysis|letters|features|obituaries|people|magazine|weekend|video|live|welt"
    r"|ausland|inland|politik|wirtschaft|panorama|gesellschaft|kultur|wissen|wissenschaft|gesundheit|reise"
    r"|meinung|technik|digital|netzwelt|feuilleton|lokales|unternehmen|monde|france|politique|économie|société"
    r"|sciences|santé|planète|idées|débats|mundo|internacional|españa|política|economía|deportes|cultura"
    r"|sociedad|ciencia|tecnología|salud|opinión|brasil|economia|esportes|ciência|saúde|mondo|esteri|cronaca"
    r"|politica|scienza|salute|buitenland|binnenland|economie|wetenschap|gezondheid|cultuur",
    re.IGNORECASE,
)
# Rungs that name no section.
_GENERIC: Final = re.compile(
    r"news|latest|latest news|top news|all news|articles|article|stories|breaking news|nachrichten|aktuell"
    r"|actualités|actualité|noticias|notícias|notizie|nieuws",
    re.IGNORECASE,
)
_ACRONYMS: Final = frozenset({"us", "u.s.", "uk", "u.k.", "eu", "un", "tv"})
_RUNG: Final = re.compile(r"\s*(?:>+|›|»|→|▸|/|\||·|•|::)\s*")
_MAX_RUNG_WORDS: Final = 4


def breadcrumb(line: str, titles: list[str], *, is_first: bool = False) -> str | None:
    """The section that a breadcrumb names ("" where it names none); None where the line is no breadcrumb.

    Args:
        line: "Home > World > TITLE", "News / Politics", or the same without separators: "Home world TITLE".
        titles: Lines nearby, one of which may be the title that the breadcrumb ends with.
        is_first: Whether the line is the first of the page, above a headline: there a lone "Opinion" is one too.
    """
    folded = line.casefold()
    trail, ends_with_title = line, False
    for title in titles:
        if folded != title.casefold() and folded.endswith(title.casefold()):
            trail, ends_with_title = line[: len(line) - len(title)].rstrip(), True
            break
    rungs = [rung for rung in _RUNG.split(trail) if rung]
    if not rungs:
        return None
    if len(rungs) == 1 and is_first and _SECTION.fullmatch(line):
        return _section_among(rungs)
    if len(rungs) == 1:
        return _bare_breadcrumb(rungs[0], ends_with_title=ends_with_title)
    is_trail = (
        _HOME.fullmatch(rungs[0])
        or (ends_with_title and all(len(rung.split()) <= _MAX_RUNG_WORDS for rung in rungs))
        or all(_is_known(rung) for rung in rungs)
    )
    if not is_trail:
        return None
    if len(rungs[-1].split()) > _MAX_RUNG_WORDS:
        rungs = rungs[:-1]
    return _section_among(rungs)


def _bare_breadcrumb(trail: str, *, ends_with_title: bool) -> str | None:
    words = trail.split()
    if _HOME.fullmatch(words[0]):
        rungs = _known_rungs(words[1:])
        if rungs is not None and (rungs or ends_with_title):
            return _section_among(rungs)
        return " ".join(words[1:]) if ends_with_title and len(words) - 1 <= _MAX_RUNG_WORDS else None
    if ends_with_title and _is_known(trail):
        return _section_among([trail])
    return None


def _known_rungs(words: list[str]) -> list[str] | None:
    # "World Middle East": each rung is the longest known name that the words begin with.
    rungs: list[str] = []
    while words:
        for size in (2, 1):
            name = " ".join(words[:size])
            if len(words) >= size and _is_known(name):
                rungs.append(name)
                words = words[size:]
                break
        else:
            return None
    return rungs


def _is_known(name: str) -> bool:
    return bool(_SECTION.fullmatch(name) or _GENERIC.fullmatch(name))


def _section_among(rungs: list[str]) -> str:
    rungs = [rung for rung in rungs if not _HOME.fullmatch(rung)]
    named = [rung for rung in rungs if not _GENERIC.fullmatch(rung)] or rungs
    if not named:
        return ""
    section = named[0]
    if section.islower() or section.isupper():
        return " ".join(word.upper() if word.lower() in _ACRONYMS else word.capitalize() for word in section.split())
    return section


class Dates(NamedTuple):
    """What a line of dates says, each as `article.read_moment` reads it or "", and what stands before them."""

    published: str
    updated: str
    lead: str


_PUBLISHED: Final = (
    r"(?:first |originally )?(?:published|posted|created|issued|filed|uploaded|added|date)(?: (?:online|date|time))?"
    r"|(?:erstmals )?veröffentlicht|erstellt|publié|publicado|publicada|pubblicato|pubblicata|gepubliceerd|geplaatst|date de publication"
)
_UPDATED: Final = (
    r"(?:last |latest )?(?:updated?|modified|revised|edited)(?: (?:on|date|time))?|last update"
    r"|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|stand|mis à jour|mise à jour|modifié|(?:última )?actualizaci[óo]n|actualizado|actualizada|atualizado|atualizada"
    r"|(?:ultimo )?aggiornamento|aggiornato|modificato|bijgewerkt|gewijzigd"
)
_LABEL: Final = re.compile(rf"(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))(?!\w)", re.IGNORECASE)
_JOINTS: Final = re.compile(
    r"(?:[\s:;,|/·•()\[\]–—-]+|\.(?!\w)"
    r"|(?:on|at|am|the|le|el|il|op|um|à|a las|as|às|alle|om|und|and|local time|hours|hrs|uhr|uur|heures?|horas?|ore)(?!\w)"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?!\w)\.?"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|sexta|feira|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)(?!\w)"
    r"|(?:\d+|an?|one) ?(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month)s? ago|\d+[ -]?min(?:ute)?s?(?: of)?(?: read(?:ing)?)?(?: time)?(?!\w)"
    r"|\d+ min(?:uten|utes)?(?: de)? (?:lesezeit|lecture|lectura)|(?:reading time|lesezeit|tiempo de lectura|temps de lecture))+",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_][^\s\d,;:/()|.]*")
_ASIDE: Final = re.compile(r"[^|•·]+")
_MAX_DATES_CHARS: Final = 250
_MAX_LEAD_WORDS: Final = 8
_AROUND_LEAD: Final = " \t|,·•:;–—-/("


def dates_line(line: str) -> Dates | None:
    """What a line says that holds dates and little else; None for any other line.

    Labels ("Published", "Stand:"), weekdays, times, reading times and share-bar words may stand in it, and
    before all of them a short lead, which may be a byline ("By Jane Doe | 3 May 2024").
    """
    if len(line) > _MAX_DATES_CHARS or not any(char.isdigit() for char in line):
        return None
    for start in _possible_starts(line):
        if found := _read_dates(line, start):
            lead = line[:start].strip(_AROUND_LEAD)
            if _is_lead(lead, line, start):
                return found._replace(lead=found.lead or lead)
            break
    return _dates_of_range(line)


def _dates_of_range(line: str) -> Dates | None:
    """Of a line that is a range of days and nothing else, the range as printed: it is no date, and will be noted."""
    label = _LABEL.match(line)
    printed = line[label.end() if label else 0 :].strip(_AROUND_LEAD)
    try:
        read_moment(printed)
    except DateRangeError:
        return Dates(printed, "", "")
    except ValueError:
        pass
    return None


def _is_lead(lead: str, line: str, end: int) -> bool:
    """Whether what stands before the dates is set apart from them, and not a sentence that ends in a date."""
    if not lead:
        return True
    if not any(char.isalpha() for char in lead):
        # The first day of a range.
        return False
    if len(lead.split()) > _MAX_LEAD_WORDS or (line.endswith(".") and not line.lower().endswith("m.")):
        return False
    is_set_apart = line[:end].rstrip()[-1] in _AROUND_LEAD or _LABEL.match(line, end) is not None
    return is_set_apart or recognise_byline(lead, is_name_enough=True) is not None


def _possible_starts(line: str) -> list[int]:
    words = [0, *(match.end() for match in re.finditer(r"[\s|(,:]+", line))]
    return [
        start
        for start in words[: _MAX_LEAD_WORDS * 2]
        if _LABEL.match(line, start)
        or _JOINTS.match(line, start)
        or share_words_at(line, start) > start
        or date_at(line, start)
        or time_at(line, start)
    ]


def _read_dates(line: str, start: int) -> Dates | None:
    begins_line = start == 0
    dates = {"published": "", "updated": ""}
    kind, day, lead, is_labelled = "published", "", "", False
    clock: PrintedTime | None = None
    while start < len(line):
        if label := _LABEL.match(line, start):
            kind, clock, start = ("published" if label["published"] else "updated"), None, label.end()
            is_labelled = True
        elif date := date_at(line, start):
            day, start = date.text, date.end
            dates[kind] = dates[kind] or joined(day, clock)
        elif time := time_at(line, start):
            clock, start = time, time.end
            if day and (not dates[kind] or dates[kind] == day):
                # A time without a day belongs to the day before it in the line.
                dates[kind] = joined(day, time)
        elif joint := _JOINTS.match(line, start):
            start = joint.end()
        elif (word := _WORD.match(line, start)) and weekday_named(word[0]):
            start = word.end()
        elif (end := share_words_at(line, start)) > start:
            start = end
        elif not lead and (aside := _ASIDE.match(line, start)) and recognise_byline(aside.group()) is not None:
            lead, start = aside.group(), aside.end()
        else:
            return None
    # "Published 2 hours ago" gives no date; it still belongs to no text.
    return Dates(dates["published"], dates["updated"], lead) if day or (is_labelled and begins_line) else None
