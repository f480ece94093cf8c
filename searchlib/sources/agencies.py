"""News agencies and the ways in which newspapers print their names: a table, and how to look a name up."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["AGENCY", "agencies_in", "agency_named", "without_agencies"]

# Name in an article's `agency` → every spelling in print. Case counts: "AP" is an agency, "ap" is not.
_SPELLINGS: Final = {
    "AAP": ("AAP", "Australian Associated Press"),
    "Adnkronos": ("Adnkronos", "AdnKronos"),
    "AFP": ("AFP", "afp", "Agence France-Presse", "Agence France Presse", "AFP News"),
    "Anadolu": ("Anadolu Agency", "Anadolu Ajansı", "Anadolu"),
    "ANI": ("ANI", "Asian News International"),
    "ANP": ("ANP",),
    "ANSA": ("ANSA", "Ansa"),
    "Antara": ("ANTARA", "Antara"),
    "AP": ("AP", "The Associated Press", "Associated Press", "ASSOCIATED PRESS"),
    "APA": ("APA", "Austria Presse Agentur"),
    "Belga": ("Belga", "BELGA"),
    "Bernama": ("Bernama", "BERNAMA"),
    "Bloomberg": ("Bloomberg", "BLOOMBERG", "Bloomberg News"),
    "ČTK": ("ČTK", "CTK"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur", "dpa-AFX", "dpa-infocom"),
    "EFE": ("EFE", "Agencia EFE"),
    "epd": ("epd", "Evangelischer Pressedienst"),
    "Europa Press": ("Europa Press", "EUROPA PRESS"),
    "IANS": ("IANS", "Indo-Asian News Service"),
    "Interfax": ("Interfax", "INTERFAX", "Interfax-Ukraine"),
    "IRNA": ("IRNA",),
    "Jiji Press": ("Jiji", "JIJI", "Jiji Press"),
    "KCNA": ("KCNA", "Korean Central News Agency"),
    "Keystone-SDA": ("Keystone-SDA", "sda", "SDA"),
    "KNA": ("KNA",),
    "Kyodo": ("Kyodo", "KYODO", "Kyodo News"),
    "Lusa": ("Lusa", "LUSA", "Agência Lusa"),
    "MTI": ("MTI",),
    "NAN": ("NAN", "News Agency of Nigeria"),
    "NTB": ("NTB",),
    "PA": ("PA", "PA Media", "Press Association"),
    "PAP": ("PAP", "Polska Agencja Prasowa"),
    "PTI": ("PTI", "Press Trust of India"),
    "Reuters": ("Reuters", "REUTERS", "Thomson Reuters"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости", "RIA"),
    "Ritzau": ("Ritzau", "RITZAU"),
    "TASS": ("TASS", "ТАСС", "ITAR-TASS"),
    "Télam": ("Télam", "Telam"),
    "The Canadian Press": ("The Canadian Press", "Canadian Press", "THE CANADIAN PRESS"),
    "TT": ("TT",),
    "Ukrinform": ("Ukrinform",),
    "UPI": ("UPI", "United Press International"),
    "Xinhua": ("Xinhua", "XINHUA", "Xinhua News Agency", "新华社"),
    "Yonhap": ("Yonhap", "YONHAP", "Yonhap News Agency"),
}
_NAMES: Final = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}

_ONE: Final = "|".join(re.escape(spelling) for spelling in sorted(_NAMES, key=len, reverse=True))
#: Pattern of one agency, or of several that share a story ("AFP/Reuters", "AP and dpa"), as a group-free text.
AGENCY: Final = rf"(?:{_ONE})(?:(?:\s?[/,&+]\s?|\s(?:and|und|et|y|e)\s)(?:{_ONE}))*(?!\w)"
_EACH: Final = re.compile(rf"(?<!\w)(?:{_ONE})(?!\w)")


def agency_named(text: str) -> str:
    """The agency that this text is a spelling of; "" where it is none."""
    return _NAMES.get(" ".join(text.split()), "")


def agencies_in(text: str) -> str:
    """The agencies that this text names, in its order, as one value: "AFP", "AFP, Reuters"; "" for none."""
    return ", ".join(dict.fromkeys(_NAMES[match.group()] for match in _EACH.finditer(" ".join(text.split()))))


def without_agencies(text: str) -> str:
    """The text without the agencies that it names."""
    return _EACH.sub("", text)
