"""In which order the numbers of a date stand: what a column, a language and a country tell of it.

05/06/2023 is 5 June to most of the world and May 6 to the United States. `usual_order` knows where a publisher's
language or country leaves no doubt; `settled` holds back the records of a file until one of their column tells.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar
from urllib.parse import urlsplit

from searchlib.article import DateOrder
from searchlib.errors import SourceError
from searchlib.sources.base import Context

__all__ = ["UndecidedDateError", "settled", "usual_order"]

#: So many records are held back at most, until one of them tells the order of a column.
MAX_HELD: Final = 10_000

# By CLDR's short dates. English has no one order; East Asia, Hungary and Lithuania have the year first.
_DAY_FIRST_LANGUAGES: Final = frozenset(
    [
        "ar",
        "bg",
        "bn",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "et",
        "fi",
        "fr",
        "gl",
        "gu",
        "he",
        "hi",
        "hr",
        "id",
        "is",
        "it",
        "kn",
        "lv",
        "mk",
        "ml",
        "mr",
        "ms",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "ta",
        "te",
        "th",
        "tr",
        "uk",
        "ur",
        "vi",
    ]
)
_MONTH_FIRST_COUNTRIES: Final = frozenset(["us", "ph", "pr", "gu", "as", "mp", "fm", "mh", "pw"])
# Canada and South Africa print all three orders; the others have the year first.
_UNDECIDED_COUNTRIES: Final = frozenset(["ca", "za", "cn", "jp", "kr", "kp", "tw", "hu", "lt", "mn", "ir", "se"])
# Endings of addresses that are no country's, or sold to all the world.
_NO_COUNTRIES: Final = frozenset(
    ["ai", "co", "fm", "io", "me", "tv", "ws", "cc", "to", "ly", "gg", "am", "la", "nu", "sh", "st", "su", "eu"]
)
_US_ENDINGS: Final = ("gov", "mil")


class UndecidedDateError(SourceError):
    """A record whose date waits for another of its column to tell the order of its numbers.

    Attributes:
        column: The name that the record has for the date.
        settle: Makes the article with what is known by then.
    """

    def __init__(self, context: Context, record: int | None, column: str, settle: Callable[[], object]) -> None:
        super().__init__(context.name, f"{column}: the order of day and month is not known", record=record)
        self.column = column
        self.settle = settle
        self.is_known: Callable[[str], bool] = context.orders.is_known


_Result = TypeVar("_Result")


def settled(results: Iterable[_Result], *, on_undecided: Callable[[str], object] | None = None) -> Iterator[_Result]:
    """The results in their order, each whose date was undecided made anew when its column tells, or at the end.

    Args:
        results: Articles and errors, those that are undecided among them.
        on_undecided: Is given each column that a date waited for to the end.
    """
    held: deque[_Result] = deque()
    for result in results:
        if not held and not isinstance(result, UndecidedDateError):
            yield result
            continue
        held.append(result)
        while held and (len(held) > MAX_HELD or _is_ready(held[0])):
            yield _final(held.popleft())
    while held:
        if on_undecided and isinstance(held[0], UndecidedDateError) and not _is_ready(held[0]):
            on_undecided(held[0].column)
        yield _final(held.popleft())


def _is_ready(result: object) -> bool:
    return not isinstance(result, UndecidedDateError) or result.is_known(result.column)


def _final(result: _Result) -> _Result:
    return result.settle() if isinstance(result, UndecidedDateError) else result  # type: ignore[return-value]


def usual_order(language: str, url: str) -> DateOrder | None:
    """The order that a publisher of this language at this address has; None where there is doubt.

    The country counts before the language: it is that of the address, else that in the language's code.
    """
    code, _, region = language.lower().replace("_", "-").partition("-")
    country = _country_of(url) or region.rpartition("-")[2]
    if country in _MONTH_FIRST_COUNTRIES:
        return "mdy"
    if country in _UNDECIDED_COUNTRIES:
        return None
    if len(country) == 2 and country.isalpha():
        return "dmy"
    return "dmy" if code in _DAY_FIRST_LANGUAGES else None


def _country_of(url: str) -> str:
    try:
        ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return ""
    if ending in _US_ENDINGS:
        return "us"
    if ending == "uk":
        return "gb"
    return ending if len(ending) == 2 and ending.isalpha() and ending not in _NO_COUNTRIES else ""
