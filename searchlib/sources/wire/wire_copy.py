"""What agencies print around a story for editors, taken off its text: slugs, stamps, notes, contacts, initials.

Only whole paragraphs at the beginning and the end are judged, and the story keeps one at least. What is taken off is in
the article's `extra` under ``editorial``, as printed, but for what the article says elsewhere: a headline that is
printed again, a byline. Notes to readers ("EDITOR'S NOTE — …", "(Reporting by …)") stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from searchlib.analysis.sentences import has_end
from searchlib.sources.people.agencies import agency_named
from searchlib.sources.people.bylines import Byline, recognise_byline

__all__ = ["WireCopy", "is_head_line", "read_wire_copy", "without_editorial"]

# How many paragraphs from the top a headline is looked for that is printed again, and how long those above it can be.
_MAX_HEAD_PARAGRAPHS: Final = 15
_MAX_HEAD_CHARS: Final = 80
# Contacts, initials and marks are no longer than this.
_MAX_FOOT_CHARS: Final = 160
# Longer paragraphs are the story's, whatever they begin with.
_MAX_NOTE_CHARS: Final = 400


class _Lazy:
    """A pattern that is compiled when it is first needed: most runs read no wire copy."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def match(self, text: str) -> re.Match[str] | None:
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._compiled.fullmatch(text)

    def sub(self, replacement: str, text: str) -> str:
        return self._compiled.sub(replacement, text)


_ORDINAL: Final = r"(?:\d{1,2}(?:st|nd|rd|th|\.)\s*)"
# How often a story was sent, and why again.
_UPDATE_WORD: Final = _Lazy(
    rf"\W*(?:{_ORDINAL}?(?:lead|ld|lede|add|writethru|writethrough|sub)|(?:update|roundup|zusammenfassung|urgent|extra|eil"
    r"|eilmeldung|refile|repeat|rpt|correction|corrected|korrektur|berichtigung|wiederholung|flash|bulletin|snap|alert|kurzfassung"
    rf"|neu|advance|vorschau|überblick|urgente|última hora|amplía|actualiza|lead-all|\(?achtung\)?)\s*\d{{0,2}}|{_ORDINAL}lead roundup)\W*",
    re.IGNORECASE,
)
_NOTE: Final = _Lazy(
    r"\W{0,3}(?:(?:eds|ed note|ednote|editors|note to editors|notes? to (?:the )?desk|attention(?: editors)?|attn(?: editors)?"
    r"|achtung(?: redaktionen)?|hinweis(?: an die redaktion(?:en)?)?|redaktionelle hinweise|anmerkung der redaktion|nota a los (?:editores|clientes)"
    r"|nota per le redazioni|note aux rédactions|avis aux rédactions|rückfragehinweis)\s*[:.–—-]+\s"
    r"|attention\s+-|with (?:(?:ap|afp|epa|dpa) )?(?:photo|picture|video|graphic)s?\W*\Z|ap (?:photo|video|graphic)s?\b)",
    re.IGNORECASE,
)
# Reuters and others say in brackets what a version changes.
_CHANGE: Final = _Lazy(
    r"\((?:adds|updates|recasts|refiles|corrects|repeats|rewrites|releads|changes|restores|removes|deletes|minor edits|new throughout"
    r"|neu|aktualisiert|ergänzt|berichtigt|wiederholung|wiederholt|mit|ajoute|actualise|corrige|amplía|añade|actualiza)\b[^()]*\)",
    re.IGNORECASE,
)
_SLUG: Final = _Lazy(r"[^\s/.!?][^/.!?]{0,40}(?:/[^/.!?]{1,40})*/")
_STAMPED_NOTE: Final = _Lazy(r".*///")
_DAY: Final = _Lazy(
    r"\W*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\W*(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?\W*(?:uhr|h|gmt|utc|cet|cest)?\W*",
    re.IGNORECASE,
)
# Numbers under which services send: "APA0123 5 AI 0234", "bdt0234 4 pl 312 dpa 0456", "APA0123 2012-05-10/12:00".
_STAMP: Final = _Lazy(
    r"[A-Za-z]{3,4}\d{3,4}\s+\d\s+[A-Za-z]{1,3}\s+\d{1,4}(?!\d).{0,60}|[A-Z]{3}\d{4}\s+\d{4}-\d{2}-\d{2}/\d{2}:\d{2}"
    r"|\d{6}\s+(?:GMT\s+)?[A-Z][a-zä]{2}\s+\d{2}"
)

# From here on, what is left is for editors.
_NOTEBOOK: Final = _Lazy(
    r"#{1,3}\s*(?:dpa[- ])?(?:notebook|notizblock|redaktionelle\b|editorial\b|note to editors|contacts?|kontakte?|internet)\b.*"
    r"|\W*(?:the following information is not (?:intended )?for publication|die folgenden informationen sind nicht zur veröffentlichung bestimmt"
    r"|not for publication|nicht zur veröffentlichung|no destinado a (?:su )?publicación|non destiné à la publication)\W*",
    re.IGNORECASE,
)
_CONTACT: Final = _Lazy(
    r"\W{0,3}(?:tel|phone|telephone|telefon|fon|fax|tlf|tfno|teléfono|tél|téléphone|mobile?|contacts?|kontakt|contacto|e-?mail"
    r"|rückfragen|rückfragehinweis|newsroom|redaktion)\b[^\n]*(?:@|\d[\d ()/.-]{4,}\d)[^\n]*"
    r"|[\s<(]{0,3}(?:\+|0)[\d\s()/.-]{7,40}|<?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}>?",
    re.IGNORECASE,
)
_INITIAL: Final = r"[a-zà-ÿ]{1,4}\d{0,2}"
_INITIALS: Final = _Lazy(
    rf"\W{{0,2}}(?:{_INITIAL}(?:[/-]{_INITIAL}){{1,6}}|[A-Z]{{2,4}}(?:/[A-Z]{{2,4}}){{1,4}})\W{{0,2}}"
    r"|[A-Z]{2,3}(?:-[A-Z]{2,3})?/[A-Z]\d{2}(?:\s[A-Z]{3,5}){0,3}"
)
# What stands behind an agency's name in a signature: desks in capitals, then initials.
_DESK: Final = _Lazy(rf"[A-Z]{{2,4}}|{_INITIAL}(?:[/-]{_INITIAL}){{0,6}}")
_MAX_SIGNATURE_WORDS: Final = 10
_MAX_AGENCY_WORDS: Final = 5
_END: Final = _Lazy(
    r"#{1,3}|[-–—=\s]*30[-–—=\s]*|\W*(?:end|ends|enditem|fin|schluss|ende|fine|fim)\W*(?:\s[a-z/]{2,12})?|=+\s*[A-Z]\w+|[*_=/\s–—-]+"
    r"|(?:\((?:fotos?|photos?|v[ií]deos?|audios?|graphics?|gráficos?)\)\s?){1,4}",
    re.IGNORECASE,
)
# The same behind the last sentence.
_END_WORDS: Final = _Lazy(r"\s*(?:==+\s*[A-Z]\w+|\((?:Schluss|Ende|END|ENDS|FIN)\)(?:\s+[a-z/]{2,12})?|\s#{2,3})$")
# Routing codes: several of letters and digits in a row of capitals and numbers.
_CODE: Final = _Lazy(r"[A-Z]+\d+[A-Z0-9]*|[A-Z]{2,8}|\d{1,4}")
_MIXED_CODE: Final = _Lazy(r"[A-Z]+\d+")


_MAX_END_CHARS: Final = 40


class WireCopy(NamedTuple):
    """A story as it was sent.

    Attributes:
        body: Its text.
        byline: What a byline above the text, or a signature below it, says.
        editorial: What stood around the text, as printed, in order.
    """

    body: str
    byline: Byline = Byline()
    editorial: tuple[str, ...] = ()


def without_editorial(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an article with what is for editors taken off its text.

    Args:
        fields: As for `assemble`. The paragraphs that the text begins with and that are its title, a tag, its section
            or place, or in `extra` as ``slugline`` or ``genre``, are no text.
    """
    extra: Mapping[str, Any] = fields.get("extra") or {}
    known = [fields.get("title"), fields.get("section"), fields.get("place"), extra.get("slugline"), extra.get("genre")]
    copy = read_wire_copy(fields.get("body") or "", _flat([*known, fields.get("tags")]), byline=fields.get("byline"))
    found = {**fields, "body": copy.body}
    if copy.byline:
        found["byline"] = _with(fields.get("byline"), copy.byline)
    if copy.editorial:
        found["extra"] = {**extra, "editorial": [*extra.get("editorial", ()), *copy.editorial]}
    return found


def read_wire_copy(body: str, known: Iterable[str] = (), *, byline: Byline | None = None) -> WireCopy:
    """A story whose paragraphs are separated by empty lines, and what stood around its text.

    Args:
        body: The text as sent.
        known: What is said elsewhere: the title, which may be printed again, and what stands above it.
        byline: Who is known to have written it; a byline above the text that names others stays.
    """
    paragraphs = body.split("\n\n")
    names = [" ".join(text.split()).casefold() for text in known if text]
    end, closing = _end_of_text(paragraphs)
    start, signed = _start_of_text(paragraphs[:end], names, byline)
    kept = paragraphs[start:end]
    kept[-1] = _without_end_words(kept[-1])
    title = names[0] if names else ""
    head = [paragraph for paragraph in paragraphs[:start] if _plain(paragraph) != title and not _signs(paragraph)]
    return WireCopy("\n\n".join(kept), _with(signed, closing), (*head, *paragraphs[end:]))


def _without_end_words(paragraph: str) -> str:
    # Only the end is looked at, so that a long paragraph costs no more than a short one.
    cut = max(0, len(paragraph) - _MAX_END_CHARS)
    return paragraph[:cut] + _END_WORDS.sub("", paragraph[cut:]) or paragraph


def is_head_line(line: str) -> bool:
    """Whether a line above a story is for editors: how often it was sent, a slug, a stamp, a note."""
    return _is_head(line, ())


def _start_of_text(paragraphs: list[str], names: list[str], byline: Byline | None) -> tuple[int, Byline]:
    """Number of the first paragraph that is text, and what a byline before it says."""
    start = _behind_headline(paragraphs, names[0]) if names else 0
    signed = Byline()
    while start < len(paragraphs) - 1:
        paragraph = paragraphs[start]
        found = _signs(paragraph)
        if found and (byline is None or not byline.authors or set(found.authors) <= set(byline.authors)):
            signed = _with(signed, found)
        elif not _is_head(paragraph, names):
            break
        start += 1
    return start, signed


def _behind_headline(paragraphs: list[str], title: str) -> int:
    """Number of the paragraph behind a headline that is printed again; 0 where none is, or text stands above it."""
    for number, paragraph in enumerate(paragraphs[: min(_MAX_HEAD_PARAGRAPHS, len(paragraphs) - 1)]):
        if _is_one_of(paragraph, (title,)):
            return number + 1
        if not _is_head(paragraph, ()) and (len(paragraph) > _MAX_HEAD_CHARS or has_end(paragraph)):
            break
    return 0


def _is_head(paragraph: str, names: Sequence[str]) -> bool:
    if len(paragraph) > _MAX_NOTE_CHARS:
        return False
    if _is_one_of(paragraph, names) or _is_note(paragraph):
        return True
    if len(paragraph) > _MAX_HEAD_CHARS and not paragraph.endswith("///"):
        return False
    patterns = (_UPDATE_WORD, _SLUG, _STAMPED_NOTE, _DAY, _STAMP)
    return any(pattern.fullmatch(paragraph) for pattern in patterns)


def _is_note(paragraph: str) -> bool:
    return bool(_NOTE.match(paragraph) or _CHANGE.fullmatch(paragraph))


def _signs(paragraph: str) -> Byline | None:
    """What a paragraph says that is nothing but a byline; an agency alone is a credit, and stays."""
    found = recognise_byline(paragraph)
    return found if found and found.authors and not has_end(paragraph) else None


def _end_of_text(paragraphs: list[str]) -> tuple[int, Byline]:
    """Number of the paragraph behind the last one that is text, and what a signature says."""
    end = len(paragraphs)
    for number, paragraph in enumerate(paragraphs[1:], 1):
        # Headings are short, be they lines of their own or, where the source has none, before what follows them.
        if (paragraph[:1] == "#" or len(paragraph) <= _MAX_FOOT_CHARS) and _NOTEBOOK.fullmatch(_first_line(paragraph)):
            end = number
            break
    while end > 1:
        last = paragraphs[end - 1].strip()
        # An agency alone is a credit, and stays; below initials it signs as they do.
        if not _is_foot(last) and not (end > 2 and agency_named(last) and _is_foot(paragraphs[end - 2].strip())):
            break
        end -= 1
    agencies = filter(None, (_signed_agency(foot) or agency_named(foot) for foot in paragraphs[end:]))
    return end, Byline((), next(agencies, ""))


def _first_line(paragraph: str) -> str:
    return paragraph.partition("\n")[0].strip()[:_MAX_NOTE_CHARS]


def _signed_agency(paragraph: str) -> str:
    """The agency that a signature below a story names ("dpa wsz jln npr", "AAP RTV ar"); empty for no signature."""
    words = paragraph[:_MAX_NOTE_CHARS].strip(" \t\n()[].–—-").split(None, _MAX_SIGNATURE_WORDS)
    if not 1 < len(words) <= _MAX_SIGNATURE_WORDS:
        return ""
    for count in range(min(_MAX_AGENCY_WORDS, len(words) - 1), 0, -1):
        if agency := agency_named(" ".join(words[:count])):
            return agency if all(map(_DESK.fullmatch, words[count:])) else ""
    return ""


def _is_foot(paragraph: str) -> bool:
    if len(paragraph) > _MAX_FOOT_CHARS:
        return len(paragraph) <= _MAX_NOTE_CHARS and _is_note(paragraph)
    patterns = (_CONTACT, _INITIALS, _END, _STAMP)
    if any(pattern.fullmatch(paragraph) for pattern in patterns):
        return True
    return bool(_signed_agency(paragraph)) or _is_note(paragraph) or _is_routing(paragraph)


def _is_routing(paragraph: str) -> bool:
    codes = paragraph.split()
    is_all_codes = len(codes) > 3 and all(map(_CODE.fullmatch, codes))
    return is_all_codes and sum(bool(_MIXED_CODE.match(code)) for code in codes) > 1


def _is_one_of(paragraph: str, names: Sequence[str]) -> bool:
    """Whether a paragraph is one of these names, white space and case aside."""
    longest = max(map(len, names), default=0)
    return len(paragraph) <= longest + _MAX_HEAD_CHARS and _plain(paragraph) in names


def _plain(paragraph: str) -> str:
    return " ".join(paragraph.split()).casefold()


def _with(byline: Byline | None, other: Byline) -> Byline:
    if byline is None:
        return other
    return byline._replace(
        authors=tuple(dict.fromkeys((*byline.authors, *other.authors))), agency=byline.agency or other.agency
    )


def _flat(values: Iterable[Any]) -> list[str]:
    """The texts among these values and in the lists among them; the first stays first, though it is empty."""
    found: list[str] = []
    for value in values:
        found += [item for item in value if isinstance(item, str)] if isinstance(value, list) else [str(value or "")]
    return found
