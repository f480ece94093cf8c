"""Names of time zones as newsrooms print them → zones.

Of a name with two meanings the one of the English-language press counts: IST is India's, CST North America's, BST
British. An offset beside a name is exact, and goes before it (`printed_date`).
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["ZONE_NAMES", "fixed_zone", "zone_doubt", "zone_named"]

# Hours east of UTC → the names that stand for them.
_OFFSETS_H: Final = {
    0.0: "UTC GMT UT Z WET", 1.0: "WEST BST IRISH CET MEZ WAT", 2.0: "CEST MESZ EET SAST CAT",
    3.0: "EEST MSK МСК TRT EAT IDT", 3.5: "IRST", 4.0: "GST SAMT AZT GET", 4.5: "AFT IRDT",
    5.0: "PKT UZT YEKT MVT TJT", 5.5: "IST SLST", 5.75: "NPT", 6.0: "BDT OMST KGT BTT", 6.5: "MMT",
    7.0: "WIB ICT KRAT NOVT", 8.0: "SGT HKT AWST MYT PHT PHST WITA IRKT ULAT BNT", 9.0: "JST KST WIT YAKT",
    9.5: "ACST", 10.0: "AEST VLAT CHST PGT", 10.5: "ACDT", 11.0: "AEDT MAGT SAKT SBT", 12.0: "NZST PETT FJT",
    13.0: "NZDT TOT", -1.0: "AZOT CVT", -2.0: "FNT BRST", -2.5: "NDT", -3.0: "BRT ART UYT ADT CLST GFT PYST",
    -3.5: "NST", -4.0: "EDT AST CLT BOT VET PYT GYT", -5.0: "EST CDT COT PET ECT", -6.0: "CST MDT", -7.0: "MST PDT",
    -8.0: "PST AKDT", -9.0: "AKST HDT", -10.0: "HST",
}  # fmt: skip
_OFFSETS: Final = {
    name: timedelta(hours=hours) for hours, names in _OFFSETS_H.items() for name in names.split() if name.isalpha()
}
# Names that stand for one offset in winter and another in summer.
_REGIONS: Final = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles", "AKT": "America/Anchorage",
}  # fmt: skip
# Names that the press of several countries prints for times hours apart → as what each is read, and whose else it is.
_SHARED: Final = {
    "IST": ("India's, UTC+05:30", "Israel and Ireland"),
    "CST": ("North America's, UTC-06:00", "China and Cuba"),
    "CDT": ("North America's, UTC-05:00", "Cuba"),
    "AST": ("the Atlantic's, UTC-04:00", "Arabia"),
    "ADT": ("the Atlantic's, UTC-03:00", "Arabia"),
    "ECT": ("Ecuador's, UTC-05:00", "the Eastern Caribbean"),
    "GST": ("the Gulf's, UTC+04:00", "South Georgia"),
    "BDT": ("Bangladesh's, UTC+06:00", "Brunei"),
}
_SHARED_NAME: Final = re.compile(rf"\b(?:{'|'.join(_SHARED)})\b")
_OFFSET: Final = re.compile(r"(?:\d\s*|\b(?:GMT|UTC)\s*|\()[+-]\d{1,2}(?::?\d\d)?\b")
#: All names, for patterns.
ZONE_NAMES: Final = (*_OFFSETS, *_REGIONS)


@lru_cache(maxsize=512)
def zone_named(name: str) -> tzinfo | None:
    """The zone of an abbreviation, or of a name such as Europe/Paris; None where there is none of this name."""
    if "/" in name:
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, ZoneInfoNotFoundError):
            # What is not there, and what is no name at all.
            return None
    upper = name.upper()
    if upper in _REGIONS:
        return ZoneInfo(_REGIONS[upper])
    offset = _OFFSETS.get(upper)
    return None if offset is None else fixed_zone(offset)


def zone_doubt(text: str) -> str:
    """What there is to say of a date that names a zone which several countries have for different times; else ""."""
    found = _SHARED_NAME.search(text)
    if found is None or _OFFSET.search(text):
        return ""
    read_as, others = _SHARED[found[0]]
    return f"{found[0]} is read as {read_as}; {others} may mean their own time by it"


@lru_cache(maxsize=512)
def fixed_zone(offset: timedelta) -> timezone:
    """The zone that is always this far east of UTC.

    Raises:
        ValueError: It is a day or more.
    """
    return timezone(offset) if offset else timezone.utc
