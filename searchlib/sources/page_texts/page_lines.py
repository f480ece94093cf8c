"""The lines of a copied page that say something about the article: breadcrumb and dates.

Each function judges one line, or the beginning or end of one, and gives what it says;
`page_text` knows where on a page each may stand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from searchlib.sources.page_texts.head_words import SECTIONS, one_of

__all__ = ["breadcrumb", "cased_section", "is_generic", "is_home", "is_known_section"]

_HOME: Final = re.compile(
    r"home|homepage|home page|front page|frontpage|start|startseite|accueil|à la une|inicio|portada|início|capa"
    r"|voorpagina|hjem|hem|forside|etusivu|strona główna|domů|főoldal|acasă|главная|головна|ana sayfa|anasayfa|haberler|αρχική|الرئيسية"
    r"|ראשי|صفحه نخست|होम|हिंदी समाचार|hindi news|首页|首頁|トップ|ホーム|홈|beranda|trang chủ|หน้าแรก",
    re.IGNORECASE,
)
_SECTION: Final = one_of(SECTIONS)
# Rungs that name no section.
_GENERIC: Final = re.compile(
    r"news|latest|latest news|top news|all news|articles|article|stories|breaking news|nachrichten|aktuell"
    r"|actualités|actualité|noticias|notícias|notizie|nieuws|nyheter|nyheder|uutiset|wiadomości|zprávy|hírek|știri|новости|новини|haberler|haber"
    r"|ειδήσεις|أخبار|الأخبار|خبریں|समाचार|新闻|新聞|正文|ニュース|新着|뉴스|최신기사|berita|tin tức|mới nhất|ข่าว",
    re.IGNORECASE,
)
_ACRONYMS: Final = frozenset({"us", "u.s.", "uk", "u.k.", "eu", "un", "tv"})
_RUNG: Final = re.compile(r"\s*(?:>+|›|»|→|▸|/|\||·|•|::)\s*")
_MAX_RUNG_WORDS: Final = 4
_MAX_SECTION_CHARS: Final = 40
_MAX_TRAIL_CHARS: Final = 60


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
    if len(rungs) == 1 and is_first and is_known_section(line):
        return _section_among(rungs)
    if len(rungs) == 1 or (is_home(trail.split()[0]) and not is_home(rungs[0])):
        return _bare_breadcrumb(" ".join(rungs) if len(rungs) == 1 else trail, ends_with_title=ends_with_title)
    if not (is_home(rungs[0]) or _is_trail(trail, rungs, ends_with_title=ends_with_title)):
        return None
    if len(rungs[-1].split()) > _MAX_RUNG_WORDS:
        rungs = rungs[:-1]
    return _section_among(rungs)


def _is_trail(trail: str, rungs: list[str], *, ends_with_title: bool) -> bool:
    """Whether rungs of which the first is no front page are those of a breadcrumb."""
    if all(_is_known(rung) for rung in rungs):
        return True
    if any(len(rung.split()) > _MAX_RUNG_WORDS for rung in rungs):
        return False
    # "News|Drought": nothing but a breadcrumb stands behind what names all articles.
    is_known_once = any(is_known_section(rung) for rung in rungs)
    is_short = len(trail) <= _MAX_TRAIL_CHARS
    is_by_form = ">" in trail or (is_known_section(rungs[0]) and all(len(rung.split()) <= 2 for rung in rungs))
    return ends_with_title or (is_short and (is_generic(rungs[0]) or (is_known_once and is_by_form)))


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
            if len(words) >= size and (_is_known(name) or (rungs and size == 1 and "/" in name)):
                rungs.append(name)
                words = words[size:]
                break
        else:
            return None
    return rungs


def is_known_section(name: str) -> bool:
    """Whether the text is the name of a section, in full, and nothing else."""
    return len(name) <= _MAX_SECTION_CHARS and bool(_sections().fullmatch(name))


def is_generic(name: str) -> bool:
    """Whether the text names all articles of a site: "News", "Latest"."""
    return bool(_GENERIC.fullmatch(name))


def is_home(name: str) -> bool:
    """Whether the text names the front page of a site."""
    return bool(_HOME.fullmatch(name))


@cache
def _sections() -> re.Pattern[str]:
    return re.compile(_SECTION, re.IGNORECASE)


def _is_known(name: str) -> bool:
    return is_known_section(name) or is_generic(name)


def _section_among(rungs: list[str]) -> str:
    rungs = [rung for rung in rungs if not _HOME.fullmatch(rung)]
    named = [rung for rung in rungs if not _GENERIC.fullmatch(rung)] or rungs
    known = [rung for rung in named if is_known_section(rung)] or named
    return cased_section(known[0]) if known else ""


def cased_section(section: str) -> str:
    """The name of a section as names are written, where it is printed in one case."""
    if section.islower() or section.isupper():
        return " ".join(word.upper() if word.lower() in _ACRONYMS else word.capitalize() for word in section.split())
    return section
