"""HTML of which results are put together where they show themselves: in a notebook.

No text of an article or a query can be more than text there: whatever is not `Html` yet is escaped, without controls and
without overrides of direction. Nothing is loaded, nothing is run, and no colour is set but by what is around it
(`currentColor`), so that light and dark notebooks show it. Styles stand with the elements, because a notebook has its own
style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NewType, Protocol, TypeAlias

from searchlib.drawing.bars import share_bar_svg
from searchlib.passages import printable

__all__ = [
    "Html",
    "bars",
    "beside",
    "caption",
    "contexts",
    "entry",
    "facts",
    "frame",
    "left_out",
    "marked",
    "picture",
    "prose",
    "quoted",
    "remarks",
    "shown",
    "table",
    "text",
    "tree",
]

#: What is markup already. Only this module makes it, and passages, whose `html` has no markup but marks.
Html = NewType("Html", str)

_QUIET: Final = "opacity:.75;font-size:90%"
_CELL: Final = "text-align:left;vertical-align:top;padding:.1em .8em .1em 0"
_NUMBER: Final = "text-align:right;vertical-align:top;padding:.1em .8em .1em 0;font-variant-numeric:tabular-nums"
_BAR_WIDTH: Final = "160"
_WEB: Final = ("http://", "https://")
# A long article is not shown whole: what a notebook shows, it keeps.
_PROSE_CHARS: Final = 20_000


class Showing(Protocol):
    """What shows itself in a notebook."""

    def _repr_html_(self) -> str: ...


def text(value: str) -> Html:
    """A text on one line, escaped, which has its own direction of writing."""
    return Html(f"<bdi>{escape(printable(value))}</bdi>")


def quoted(value: str) -> Html:
    """A query, or a part of one."""
    return Html(f"<code>{escape(printable(value))}</code>")


def marked(html: str) -> Html:
    """The `html` of a passage or a snippet, which has its own direction of writing."""
    return Html(f"<bdi>{html}</bdi>")


def frame(*parts: Html) -> str:
    """All that is shown of a value."""
    return f'<div class="searchlib" style="max-width:60em">{"".join(parts)}</div>'


def shown(value: Showing) -> Html:
    """A value that shows itself, as a part of another."""
    return Html(value._repr_html_())


def beside(parts: Iterable[Html]) -> Html:
    """Parts side by side, as many as fit."""
    inside = "".join(parts)
    return Html(f'<div style="display:flex;flex-wrap:wrap;gap:0 2em">{inside}</div>' if inside else "")


def caption(*parts: Html | str) -> Html:
    """The line that says what is shown: texts that are ours, and what is markup already."""
    return Html(f'<p style="margin:.4em 0"><strong>{" ".join(part for part in parts if part)}</strong></p>')


def facts(*parts: str | Html) -> Html:
    """What there is to say beside it, in a quiet line; what is empty is left out."""
    line = " · ".join(part for part in parts if part)
    return Html(f'<div style="{_QUIET}">{line}</div>' if line else "")


def remarks(messages: Iterable[str]) -> Html:
    """What there is to say about how a query was read."""
    items = "".join(f"<li>{text(message)}</li>" for message in messages)
    return Html(f'<ul style="{_QUIET};margin:.4em 0">{items}</ul>' if items else "")


def left_out(count: int, what: str) -> Html:
    """Says that there is more than is shown."""
    return facts(f"… and {count:,} more {what}") if count > 0 else Html("")


def entry(title: Html, address: str, said: Html, below: Html) -> Html:
    """An article: its title, which leads to its address on the web; facts; a text."""
    if address.startswith(_WEB):
        title = Html(f'<a href="{escape(printable(address))}" target="_blank" rel="noopener noreferrer">{title}</a>')
    return Html(f'<div style="margin:.7em 0"><strong>{title}</strong>{said}<div>{below}</div></div>')


def bars(name: Html, values: Sequence[tuple[Html, int]], *said: str) -> Html:
    """A bar for each of some values, as long as its count, under a name; what else there is to say below."""
    most = max((count for _, count in values), default=0)
    rows = "".join(
        f'<tr><td style="{_CELL}">{value}</td>'
        f'<td style="{_CELL};opacity:.6">{share_bar_svg(count, most, width=_BAR_WIDTH, height=9)}</td>'
        f'<td style="{_NUMBER}">{count:,}</td></tr>'
        for value, count in values
    )
    body = f'<table style="margin:0;border:none"><tbody>{rows}</tbody></table>' if rows else ""
    return Html(f'<div style="margin:.4em 0"><strong>{name}</strong>{body}{facts(*said)}</div>')


def picture(svg: str, *said: str) -> Html:
    """A drawing that may be wider than the notebook, and what else there is to say."""
    return Html(f'<div style="overflow-x:auto;margin:.4em 0">{svg}</div>{facts(*said)}')


def prose(paragraphs: Sequence[Html]) -> Html:
    """The paragraphs of an article, as many as are shown; how many more there are is said."""
    kept, chars = 0, 0
    while kept < len(paragraphs) and chars < _PROSE_CHARS:
        chars += len(paragraphs[kept])
        kept += 1
    inside = "".join(f'<p style="margin:.5em 0">{each}</p>' for each in paragraphs[:kept])
    return Html(f"{inside}{left_out(len(paragraphs) - kept, 'paragraphs')}")


def contexts(lines: Iterable[tuple[str, str, str, str]]) -> Html:
    """Words in context, aligned: what each stands in, what is before it, itself, and what is behind it."""
    side = "padding:0;white-space:nowrap;border:none;text-align"
    rows = "".join(
        f'<tr><td style="{_CELL};{_QUIET};white-space:nowrap">{text(where)}</td>'
        f'<td style="{side}:right">{text(left)}&nbsp;</td><td style="{side}:center"><mark>{text(match)}</mark></td>'
        f'<td style="{side}:left">&nbsp;{text(right)}</td></tr>'
        for where, left, match, right in lines
    )
    return Html(
        f'<div style="overflow-x:auto"><table style="margin:.4em 0;border:none"><tbody>{rows}</tbody></table></div>'
    )


def tree(label: Html, parts: Sequence[Html]) -> Html:
    """A label, and what it consists of below it."""
    inside = "".join(f"<li>{part}</li>" for part in parts)
    return Html(f'{label}<ul style="margin:0">{inside}</ul>' if parts else label)


Cell: TypeAlias = Html | int | float


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Html:
    """Rows under a head that is ours; numbers stand to the right."""
    names = "".join(f'<th style="{_CELL}">{name}</th>' for name in head)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return Html(
        f'<table style="margin:.4em 0;border:none"><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>'
    )


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return f'<td style="{_CELL}">{value}</td>'
    number = f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
    return f'<td style="{_NUMBER}">{number}</td>'
