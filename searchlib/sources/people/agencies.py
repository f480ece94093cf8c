"""News agencies: a table of the ways in which newspapers print their names, and where a text names one."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["AGENCY", "agencies_in", "agency_named", "closing_agency", "without_agencies"]

# Name in an article's `agency` → every spelling in print. Case counts: "AP" is an agency, "ap" is not.
_SPELLINGS: Final = {
    "AAP": ("AAP", "Australian Associated Press"),
    "Adnkronos": ("Adnkronos", "AdnKronos"),
    "AFP": (
        "AFP",
        "afp",
        "Agence France-Presse",
        "Agence France Presse",
        "AFP News",
        "法新社",
        "فرانس برس",
        "АФП",
        "A.F.P.",
    ),
    "Agerpres": ("Agerpres", "AGERPRES"),
    "AGI": ("Agenzia Italia",),
    "Agência Brasil": ("Agência Brasil",),
    "AMNA": ("ΑΠΕ-ΜΠΕ", "AMNA"),
    "Anadolu": ("Anadolu Agency", "Anadolu Ajansı", "Anadolu", "وكالة الأناضول", "Анадолу"),
    "ANI": ("ANI", "Asian News International"),
    "ANP": ("ANP",),
    "ANSA": ("ANSA", "Ansa"),
    "Antara": ("ANTARA", "Antara"),
    "AP": ("AP", "The Associated Press", "Associated Press", "ASSOCIATED PRESS", "美联社", "美聯社", "أسوشيتد برس"),
    "APA": ("APA", "Austria Presse Agentur"),
    "APP": ("Associated Press of Pakistan",),
    "Belga": ("Belga", "BELGA"),
    "Bernama": ("Bernama", "BERNAMA"),
    "Bloomberg": ("Bloomberg", "BLOOMBERG", "Bloomberg News"),
    "BNS": ("BNS", "Baltic News Service"),
    "BTA": ("Bulgarian News Agency", "БТА"),
    "Central News Agency": ("中央社", "Central News Agency"),
    "China News Service": ("中新社", "中国新闻网", "China News Service"),
    "ČTK": ("ČTK", "CTK"),
    "DHA": ("Demirören Haber Ajansı",),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur", "dpa-AFX", "dpa-infocom"),
    "EFE": ("EFE", "Agencia EFE"),
    "ELTA": ("ELTA",),
    "epd": ("epd", "Evangelischer Pressedienst"),
    "Estadão Conteúdo": ("Estadão Conteúdo",),
    "Europa Press": ("Europa Press", "EUROPA PRESS"),
    "HINA": ("HINA", "Hina"),
    "IANS": ("IANS", "Indo-Asian News Service"),
    "İHA": ("İhlas Haber Ajansı", "İHA"),
    "Interfax": ("Interfax", "INTERFAX", "Interfax-Ukraine", "Интерфакс", "Интерфакс-Украина"),
    "IRNA": ("IRNA", "ایرنا"),
    "Jiji Press": ("Jiji", "JIJI", "Jiji Press", "時事通信", "時事通信社"),
    "KCNA": ("KCNA", "Korean Central News Agency"),
    "Keystone-SDA": ("Keystone-SDA", "sda", "SDA", "Keystone-ATS"),
    "KNA": ("KNA",),
    "Kyodo": ("Kyodo", "KYODO", "Kyodo News", "共同通信", "共同通信社", "共同社"),
    "LaPresse": ("LaPresse",),
    "LETA": ("LETA",),
    "Lusa": ("Lusa", "LUSA", "Agência Lusa"),
    "Mediafax": ("Mediafax", "MEDIAFAX"),
    "MTI": ("MTI",),
    "NAN": ("NAN", "News Agency of Nigeria"),
    "Newsis": ("뉴시스", "Newsis"),
    "Notimex": ("Notimex",),
    "NTB": ("NTB",),
    "PA": ("PA", "PA Media", "Press Association"),
    "PAP": ("PAP", "Polska Agencja Prasowa"),
    "Prensa Latina": ("Prensa Latina",),
    "PTI": ("PTI", "Press Trust of India", "पीटीआई"),
    "Reuters": ("Reuters", "REUTERS", "Thomson Reuters", "路透社", "ロイター", "로이터", "رويترز", "Рейтер"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости", "RIA"),
    "Ritzau": ("Ritzau", "RITZAU"),
    "STT": ("STT",),
    "Tanjug": ("Tanjug", "Танјуг"),
    "TASR": ("TASR",),
    "TASS": ("TASS", "ТАСС", "ITAR-TASS"),
    "The Canadian Press": ("The Canadian Press", "Canadian Press", "THE CANADIAN PRESS", "La Presse Canadienne"),
    "TT": ("TT",),
    "Télam": ("Télam", "Telam"),
    "Ukrinform": ("Ukrinform", "Укринформ", "Укрінформ"),
    "UNIAN": ("UNIAN", "УНИАН", "УНІАН"),
    "UPI": ("UPI", "United Press International"),
    "VNA": ("TTXVN", "Vietnam News Agency"),
    "WAM": ("Emirates News Agency", "وام"),
    "Xinhua": ("Xinhua", "XINHUA", "Xinhua News Agency", "新华社", "新華社"),
    "Yonhap": ("Yonhap", "YONHAP", "Yonhap News Agency", "연합뉴스"),
}
_NAMES: Final = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
_SPELLED: Final = tuple(_NAMES)

_ONE: Final = "|".join(re.escape(spelling) for spelling in sorted(_NAMES, key=len, reverse=True))
#: Pattern of one agency, or of several that share a story ("AFP/Reuters", "AP and dpa"), as a group-free text.
# The table stands in it once, since it takes long to compile: a separator is one only before another agency.
AGENCY: Final = rf"(?:(?:{_ONE})(?:(?:\s?[/,&+]\s?|\s(?:and|und|et|y|e)\s)(?=\w)|(?!\w)))+(?!\w)"
_EACH: Final = re.compile(rf"(?<!\w)(?:{_ONE})(?!\w)")

_CLOSING_QUOTES: Final = "”\"’'»)"
_SOURCE: Final = r"(?:(?:source|sources|quelle|quellen|fuente|fonte|bron|via|with (?:inputs|agency inputs|reporting) from|credit)s?\s*:?\s*)"
_CLOSING_LINE: Final = re.compile(
    rf"\W*(?:(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*)?)?(?:by\s+)?{_SOURCE}?(?P<agency>{AGENCY})(?:\s*\d{{4}})?\W*",
    re.IGNORECASE,
)
_CLOSING_WORDS: Final = re.compile(
    rf"(?<=[.!?…{_CLOSING_QUOTES}])\s*(?:[—–-]+\s*|(?:©|\(c\))\s*(?:\d{{4}}\s*)?|(?i:{_SOURCE})|\s)[(\[/]?(?P<agency>{AGENCY})[)\]/]?\.?$"
    rf"|\s*\((?P<bracketed>{AGENCY})\)\.?$"
)
_MAX_CLOSING_CHARS: Final = 120


def agency_named(text: str) -> str:
    """The agency that this text is a spelling of; "" where it is none."""
    return _NAMES.get(" ".join(text.split()), "")


def agencies_in(text: str) -> str:
    """The agencies that this text names, in its order, as one value: "AFP", "AFP, Reuters"; "" for none."""
    return ", ".join(dict.fromkeys(_NAMES[match.group()] for match in _EACH.finditer(" ".join(text.split()))))


def without_agencies(text: str) -> str:
    """The text without the agencies that it names."""
    return _EACH.sub("", text)


def closing_agency(paragraph: str) -> tuple[str, str] | None:
    """The agency that a paragraph ends with, and the paragraph without it; None where it ends with none.

    The agency stands behind the last sentence ("… rails. AFP", "… said. — Reuters", "… bekannt. (dpa)") or is
    all there is ("© Agence France-Presse", "Source: Xinhua"). One that the sentence itself ends with stays.
    """
    match = _CLOSING_LINE.fullmatch(paragraph) if len(paragraph) <= _MAX_CLOSING_CHARS else None
    if match and (agency := agencies_in(match["agency"])):
        return agency, ""
    # Only the end is looked at, so that a long paragraph costs no more than a short one.
    cut = max(0, len(paragraph) - _MAX_CLOSING_CHARS)
    if not paragraph[cut:].rstrip(").]/\n").endswith(_SPELLED):
        return None
    if match := _CLOSING_WORDS.search(paragraph, cut):
        return agencies_in(match["agency"] or match["bracketed"]), paragraph[: match.start()].rstrip()
    return None
