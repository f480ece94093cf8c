"""Languages by code and by name: what `Article.language` and ``lang:`` may say, in one form.

A code is a BCP 47 tag: a language, and parts such as a script or a region (``fr-ca``). A language has the shortest code
of ISO 639: "de", not "deu" or "ger"; and the one in force: "he", not "iw". Parts stay as they are given.

Source: ISO 639-1 and 639-2; RFC 5646 (BCP 47); the names are English and the language's own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

__all__ = ["UNDETERMINED", "LanguageAsked", "base_of", "canonical_code", "codes_above", "language_asked"]

#: The code of a language that nobody knows.
UNDETERMINED: Final = "und"

# Code, the codes of ISO 639-2 and codes out of force, then names.
_LANGUAGES: Final = """
    af afr Afrikaans|am amh Amharic|ar ara Arabic العربية|az aze Azerbaijani|be bel Belarusian беларуская
    bg bul Bulgarian български|bn ben Bengali Bangla বাংলা|bs bos Bosnian bosanski|ca cat Catalan Valencian català
    cs ces cze Czech čeština|cy cym wel Welsh Cymraeg|da dan Danish dansk|de deu ger German Deutsch
    el ell gre Greek ελληνικά|en eng English|eo epo Esperanto|es spa Spanish Castilian español castellano
    et est Estonian eesti|eu eus baq Basque euskara|fa fas per Persian Farsi فارسی|fi fin Finnish suomi
    fr fra fre French français|ga gle Irish Gaeilge|gl glg Galician galego|gu guj Gujarati|he heb iw Hebrew עברית
    hi hin Hindi हिन्दी|hr hrv Croatian hrvatski|hu hun Hungarian magyar|hy hye arm Armenian հայերեն
    id ind in Indonesian|is isl ice Icelandic íslenska|it ita Italian italiano|ja jpn Japanese 日本語
    ka kat geo Georgian ქართული|kk kaz Kazakh|km khm Khmer|kn kan Kannada|ko kor Korean 한국어|ku kur Kurdish
    lo lao Lao|lt lit Lithuanian lietuvių|lv lav Latvian latviešu|mk mkd mac Macedonian македонски|ml mal Malayalam
    mn mon Mongolian|mr mar Marathi|ms msa may Malay|my mya bur Burmese|nb nob Bokmål|ne nep Nepali नेपाली
    nl nld dut Dutch Flemish Nederlands|nn nno Nynorsk|no nor Norwegian norsk|pa pan Punjabi|pl pol Polish polski
    ps pus Pashto|pt por Portuguese português|ro ron rum mo mol Romanian Moldavian română|ru rus Russian русский
    si sin Sinhala|sk slk slo Slovak slovenčina|sl slv Slovenian Slovene slovenščina|so som Somali
    sq sqi alb Albanian shqip|sr srp sh scc Serbian српски srpski|sv swe Swedish svenska|sw swa Swahili Kiswahili
    ta tam Tamil தமிழ்|te tel Telugu|th tha Thai ไทย|tl tgl Tagalog fil Filipino|tr tur Turkish Türkçe
    uk ukr Ukrainian українська|ur urd Urdu اردو|uz uzb Uzbek|vi vie Vietnamese|yi yid ji Yiddish ייִדיש
    zh zho chi Chinese Mandarin 中文|zu zul Zulu
"""

# The other codes of ISO 639-1.
_OTHERS: Final = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "ak",
        "an",
        "as",
        "av",
        "ay",
        "ba",
        "bh",
        "bi",
        "bm",
        "bo",
        "br",
        "ce",
        "ch",
        "co",
        "cr",
        "cu",
        "cv",
        "dv",
        "dz",
        "ee",
        "ff",
        "fj",
        "fo",
        "fy",
        "gd",
        "gn",
        "gv",
        "ha",
        "ho",
        "ht",
        "hz",
        "ia",
        "ie",
        "ig",
        "ii",
        "ik",
        "io",
        "iu",
        "jv",
        "kg",
        "ki",
        "kj",
        "kl",
        "kr",
        "ks",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lu",
        "mg",
        "mh",
        "mi",
        "mt",
        "na",
        "nd",
        "ng",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pi",
        "qu",
        "rm",
        "rn",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "sm",
        "sn",
        "ss",
        "st",
        "su",
        "tg",
        "ti",
        "tk",
        "tn",
        "to",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "ve",
        "vo",
        "wa",
        "wo",
        "xh",
        "yo",
        "za",
    ]
)

# Codes of countries that are taken for their language's, and are no language's.
_COUNTRIES: Final = {"jp": "ja", "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "ua": "uk", "gb": "en", "us": "en"}

# Of these a search for the wider one finds the narrower too.
_WIDER: Final = {"nb": "no", "nn": "no"}

_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")


class LanguageAsked(NamedTuple):
    """What ``lang:`` asks for.

    Attributes:
        code: The code in its one form; None where no language is meant.
        doubt: What to tell the user, or "".
    """

    code: str | None
    doubt: str


def canonical_code(code: str) -> str:
    """The one form of a code: "de-at" for "DEU_AT", "de" for "german"; what is none here stays, in lower case."""
    base, *parts = code.strip().lower().replace("_", "-").split("-")
    if not base:
        return ""
    named = None if parts else _names().get(_folded(base))
    meant = _codes().get(base) or named or _COUNTRIES.get(base, base)
    return "-".join([meant, *parts])


def base_of(code: str) -> str:
    """The language of a code, without region and script: "fr" for "fr-ca"."""
    return canonical_code(code).split("-", 1)[0]


def codes_above(code: str) -> tuple[str, ...]:
    """The codes that a search may ask for to find this one, the widest first, itself the last.

    "zh-hans-cn" is found by "zh", "zh-hans", "zh-cn" and "zh-hans-cn", and "nb-no" by "no" too.
    """
    canonical = canonical_code(code)
    if not canonical:
        return ()
    base, *parts = canonical.split("-")
    wider = [_WIDER[base]] if base in _WIDER else []
    prefixes = ["-".join([base, *parts[:count]]) for count in range(len(parts))]
    singles = [f"{base}-{part}" for part in parts[1:]]
    return tuple(dict.fromkeys([*wider, *prefixes, *singles, canonical]))


def language_asked(text: str) -> LanguageAsked:
    """The language that a code or a name means: "de" for "deu", "German" and "Deutsch"; "pt-br" for "pt_BR"."""
    if (named := _names().get(_folded(text))) is not None:
        return LanguageAsked(named, "")
    code = canonical_code("-".join(text.split()))
    base = code.split("-", 1)[0]
    if not (_TAG.fullmatch(code) and (base in _codes() or base in _OTHERS or len(base) == 3)):
        written = text.strip()[:40]
        return LanguageAsked(
            None, f"{written!r} is no language, so it finds nothing; write a code, as lang:de or lang:pt-br"
        )
    given = re.split("[-_]", text.strip().lower(), maxsplit=1)[0]
    if given in _COUNTRIES:
        return LanguageAsked(code, f"{given!r} is the code of a country; lang:{code} was searched for")
    return LanguageAsked(code, "")


def _folded(text: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFKD", " ".join(text.casefold().split()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _codes() -> dict[str, str]:
    """Every code of a known language → its shortest."""
    return {other: code for code, others, _ in _rows() for other in (code, *others)}


@cache
def _names() -> dict[str, str]:
    """Every name of a known language → its shortest code."""
    return {_folded(name): code for code, _, names in _rows() for name in names}


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    rows = []
    for row in re.split(r"[|\n]", _LANGUAGES.strip()):
        code, *words = row.split()
        others = tuple(word for word in words if word.isascii() and word.islower() and len(word) <= 3)
        rows.append((code, others, tuple(word for word in words if word not in others)))
    return tuple(rows)
