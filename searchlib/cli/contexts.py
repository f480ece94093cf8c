"""A concordance for people: lines aligned by the match, and the neighbours below."""

from __future__ import annotations

from typing import Final

from searchlib.article import format_moment
from searchlib.cli.screen import BAR, DIM, HEAD, MARK, Screen, number, plural
from searchlib.concordance import Collocate, Concordance, ConcordanceLine
from searchlib.results import printable

__all__ = ["show_concordance", "text_columns"]

_DATE_COLUMNS: Final = len("2023-09-11")
_PIPED_COLUMNS: Final = 60
_MIN_COLUMNS: Final = 10
# Longer ids are cut on a terminal; on one that is no wider than this, to fewer columns.
_MAX_ID_COLUMNS: Final = 20
_NARROW_COLUMNS: Final = 72
_NARROW_ID_COLUMNS: Final = 12
# A longer match takes room from its right context.
_USUAL_MATCH_COLUMNS: Final = 12


def text_columns(screen: Screen) -> int:
    """How many characters of context on each side may be shown, where nobody says how many."""
    return screen.columns or _PIPED_COLUMNS


def show_concordance(screen: Screen, found: Concordance) -> None:
    """Write the lines, what they are of, and the neighbours."""
    ids = [_shown_id(screen, line) for line in found]
    room = _room(screen, ids)
    lefts = [line.left if room is None else _last_cells(line.left, room) for line in found]
    width = max(map(_cells, lefts), default=0)
    for line, left, shown_id in zip(found, lefts, ids, strict=True):
        match, right = line.match, line.right
        if room is not None:
            spare = 2 * room + _USUAL_MATCH_COLUMNS - width
            match = _first_cells(match, spare)
            right = _first_cells(right, max(0, spare - _cells(match)))
        screen.line(
            (_date(line).ljust(_DATE_COLUMNS), BAR),
            "  " + " " * (width - _cells(left)) + left,
            (match, MARK),
            right,
            (f"  {shown_id}", DIM),
            wrap=False,
        )
    if found.lines:
        screen.line()
    if found.collocates:
        _show_collocates(screen, found.collocates)
    screen.line((_summary(found), HEAD))


def _summary(found: Concordance) -> str:
    if not found.articles:
        return "no article matches"
    occurrences = plural(found.occurrences, "occurrence")
    if len(found) < found.occurrences:
        occurrences = f"{number(len(found))} of {occurrences}"
    read = plural(found.articles, "article")
    if found.articles_read < found.articles:
        read = f"{number(found.articles_read)} of {read}"
    return f"{occurrences} in {read}"


def _show_collocates(screen: Screen, collocates: tuple[Collocate, ...]) -> None:
    rows = [("near", "before", "behind", "in all", "G²", "neighbour")]
    rows += [
        (
            number(each.count),
            number(each.left),
            number(each.right),
            number(each.total),
            f"{each.score:,.1f}",
            printable(each.word),
        )
        for each in collocates
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for position, (*counts, word) in enumerate(rows):
        line = "  ".join(count.rjust(width) for count, width in zip(counts, widths, strict=True))
        screen.line((line, BAR if position else DIM), "  ", (word, "" if position else DIM), wrap=False)
    screen.line()


def _date(line: ConcordanceLine) -> str:
    if line.published is None or line.published_precision is None:
        return "undated"
    return format_moment(line.published, line.published_precision)[:_DATE_COLUMNS]


def _shown_id(screen: Screen, line: ConcordanceLine) -> str:
    shown = printable(line.article_id)
    if screen.columns is None:
        return shown
    room = _MAX_ID_COLUMNS if screen.columns > _NARROW_COLUMNS else _NARROW_ID_COLUMNS
    return shown if _cells(shown) <= room else _cut(shown, room - 1) + "…"


def _room(screen: Screen, ids: list[str]) -> int | None:
    """Columns for the context on one side; None for any number."""
    if screen.columns is None:
        return None
    taken = _DATE_COLUMNS + 4 + max(map(_cells, ids), default=0) + _USUAL_MATCH_COLUMNS
    return max(_MIN_COLUMNS, (screen.columns - taken) // 2)


def _cells(text: str) -> int:
    """How many columns a text takes: wide characters two, accents none."""
    from rich.cells import cell_len  # Imported late: rich takes long, and output for programs needs none of it.

    return cell_len(text)


def _first_cells(text: str, room: int) -> str:
    """As many of the first words as fit; of a text without spaces, as many characters."""
    if _cells(text) <= room:
        return text
    kept = _cut(text, room)
    end = kept.rfind(" ", 1)
    return kept if end < 0 or text[len(kept)] == " " else kept[:end]


def _last_cells(text: str, room: int) -> str:
    """As many of the last words as fit; of a text without spaces, as many characters."""
    if _cells(text) <= room:
        return text
    start = len(text)
    while start and _cells(text[start - 1 :]) <= room:
        start -= 1
    # An accent, or what is joined to a character before it, does not stand alone.
    while start < len(text) and not _cells(text[start]):
        start += 1
    if text[start - 1] == " ":
        return text[start:]
    begin = text.find(" ", start, len(text) - 1)
    return text[start:] if begin < 0 else text[begin + 1 :]


def _cut(text: str, room: int) -> str:
    """As many of the first characters as fit, each with its accents."""
    end = 0
    while end < len(text) and _cells(text[: end + 1]) <= room:
        end += 1
    return text[:end]
