"""What a shell completes from the index: names and values of fields in a query, ids of articles, saved questions.

Completion never writes a message and never fails: where something is wrong, nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from searchlib.article import FACET_FIELDS

__all__ = ["complete_choices", "complete_ids", "complete_query"]

_MAX_VALUES: Final = 50
_MAX_IDS: Final = 30
# So many of the newest articles are looked at for ids that begin as asked.
_ARTICLES_FOR_IDS: Final = 1000
# What is before the last word of a query: quoted texts, words, spaces and brackets; then signs before the word.
_BEFORE_WORD: Final = re.compile(r'(?:(?:[^\s"()]|"[^"]*")*[\s()])*[-+]?')
_NEEDS_QUOTES: Final = re.compile(r"[^\w.-]|^-|^(?:AND|OR|NOT|NEAR|PRE)$")
_DATES: Final = (
    "today",
    "yesterday",
    '"last week"',
    '"this week"',
    '"last month"',
    '"this month"',
    "7d",
    '"last 30 days"',
)
_Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _quiet(complete: Callable[[click.Context, str], Iterable[str]]) -> _Complete:
    """A callback of click that offers nothing where something fails."""

    def offered(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return [CompletionItem(text) for text in complete(ctx, incomplete)]
        except Exception:
            # Whatever it is, the command itself will say it, in a better place than between two key strokes.
            return []

    return offered


@_quiet
def complete_query(ctx: click.Context, incomplete: str) -> Iterator[str]:
    """The last word of a query: names of fields, then their values; ``@``: saved questions."""
    if incomplete.startswith("@"):
        yield from _questions(ctx, incomplete)
        return
    found = _BEFORE_WORD.match(incomplete)
    assert found is not None, "it may be empty"
    before, word = found[0], incomplete[found.end() :]
    name, colon, beginning = word.partition(":")
    if colon:
        yield from (f"{before}{name}:{value}" for value in _values(ctx, name.lower(), beginning))
        return
    names = [field for field in _field_names() if field.startswith(name.lower())] if name or not before else []
    if len(names) == 1:
        # Not its name alone: a shell takes what is complete for the end of the word.
        values = [f"{before}{names[0]}:{value}" for value in _values(ctx, names[0], "")]
        yield from values or [f"{before}{names[0]}:"]
        return
    yield from (f"{before}{field}:" for field in names)


@_quiet
def complete_choices(ctx: click.Context, incomplete: str) -> Iterator[str]:
    """``FIELD=VALUE``, as ``--choose`` takes it."""
    name, equals, beginning = incomplete.partition("=")
    if not equals:
        yield from (f"{field}=" for field in FACET_FIELDS if field.startswith(name.lower()))
    elif name.lower() in FACET_FIELDS:
        yield from (f"{name}={value}" for value in _facet_values(ctx, name.lower(), beginning))


@_quiet
def complete_ids(ctx: click.Context, incomplete: str) -> Iterator[str]:
    """Ids of the newest articles that begin so."""
    given = {str(each) for each in ctx.params.get("article_ids") or ()}
    with _index(ctx) as index:
        page = index.search("*", sort="newest", limit=_ARTICLES_FOR_IDS if incomplete else _MAX_IDS, snippets=False)
        ids = [hit.article.id for hit in page.hits]
    yield from [each for each in ids if each.startswith(incomplete) and each not in given][:_MAX_IDS]


def _index(ctx: click.Context) -> Any:
    from searchlib.engines import embedded  # What completes options needs no engine.

    return embedded.open(ctx.params["index_path"])


def _field_names() -> list[str]:
    from searchlib.query import SEARCH_FIELDS
    from searchlib.query.fields import RESTRICTIONS

    return [*SEARCH_FIELDS, *RESTRICTIONS]


def _values(ctx: click.Context, name: str, beginning: str) -> Iterator[str]:
    """Values of a field that begin so, as they are written in a query."""
    from searchlib.query.fields import DATE_FIELDS, FIELD_NAMES

    field = FIELD_NAMES.get(name)
    if field in FACET_FIELDS:
        exact = "=" if beginning.startswith("=") else ""
        plain = beginning.removeprefix("=").replace('"', "")
        for value in _facet_values(ctx, field, plain):
            if '"' not in value and "\\" not in value:
                is_quoted = exact or '"' in beginning or _NEEDS_QUOTES.search(value)
                yield f'{exact}"{value}"' if is_quoted else value
    elif field in DATE_FIELDS:
        yield from (date for date in _DATES if date.startswith(beginning))
    elif field == "has":
        yield from (each for each in ("summary", "url", "date", *FACET_FIELDS) if each.startswith(beginning))


def _facet_values(ctx: click.Context, field: str, beginning: str) -> list[str]:
    with _index(ctx) as index:
        page = index.search(
            "*",
            limit=0,
            snippets=False,
            facets=[field],
            facet_limit=_MAX_VALUES,
            facet_prefix={field: beginning} if beginning else None,
        )
        return [each.value for each in page.facets[field].values if each.value.isprintable()]


def _questions(ctx: click.Context, incomplete: str) -> Iterator[str]:
    from searchlib.cli.saved import load_questions

    for name in load_questions(ctx.params.get("questions_path")):
        if f"@{name}".startswith(incomplete):
            yield f"@{name}"
