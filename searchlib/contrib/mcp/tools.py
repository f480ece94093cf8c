"""What the tools of the server do: each asks the index, and answers in a shape of `answers`."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Concatenate, Final, Literal, ParamSpec, TypeVar, cast

import anyio
import anyio.to_thread
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent
from pydantic import Field

from searchlib.aio import AsyncIndex
from searchlib.article import Article
from searchlib.contrib.mcp import answers, parts
from searchlib.contrib.mcp.quotes import MAX_QUOTE_CHARS, find_alike, find_verbatim, nearest
from searchlib.counted import TIMELINE_UNITS, TimelineUnit
from searchlib.errors import SearchlibError
from searchlib.json_form import json_text
from searchlib.results import CharacterRange, Page
from searchlib.results import Timeline as CountedTimeline

__all__ = ["Tools"]

P = ParamSpec("P")
T = TypeVar("T", bound=Mapping[str, Any])

TextField = Literal["title", "summary", "body"]
FacetField = Literal["section", "publisher", "place", "author", "tag", "agency", "language"]

_FIELDS: Final[tuple[TextField, ...]] = ("title", "summary", "body")
_WORD: Final = re.compile(r"\w+")
# Characters of a text are counted in fewer figures than these.
_OFFSET: Final = re.compile(r"[0-9]{1,12}")
_MAX_PERIODS: Final = 400
_MAX_MATCHES: Final = 50
_MAX_OCCURRENCES: Final = 10
_MAX_REASONS: Final = 10
_MAX_CHANGES: Final = 10
_FACET_VALUES: Final = 20
_COLLOCATES: Final = 20
#: How many articles a concordance reads: some tenths of a second.
_MAX_ARTICLES: Final = 1_000
_SHOWN_CHARS: Final = 300
_MAX_ADVICE_CHARS: Final = 1_000

QueryText = Annotated[str, Field(max_length=2_000, description="In the query language; * for everything")]
ArticleId = Annotated[str, Field(max_length=1_000, description="The id that a tool gave")]
Since = Annotated[str | None, Field(max_length=100, description="Published from this day, month or year on: 2023-09")]
Until = Annotated[str | None, Field(max_length=100, description="Published up to this day, month or year, included")]
AnyWord = Annotated[bool, Field(description="Whether one of the words is enough")]
Cursor = Annotated[str | None, Field(max_length=10_000, description="next_cursor of the answer before")]


def answering(
    method: Callable[Concatenate[Tools, P], Awaitable[T]],
) -> Callable[Concatenate[Tools, P], Awaitable[CallToolResult]]:
    """Make a tool of a method: over the last commit, within its time, with errors that say what to do.

    The answer is given as it is, and as one line of JSON without characters that control a terminal.
    """

    @functools.wraps(method)
    async def tool(self: Tools, /, *args: P.args, **kwargs: P.kwargs) -> CallToolResult:
        try:
            with anyio.fail_after(self.timeout_s):
                await self.index.refresh()
                answer = await method(self, *args, **kwargs)
        except TimeoutError:
            raise ToolError(
                f"it took longer than {self.timeout_s:g} s; ask for less: fewer patterns, a phrase, a shorter period"
            ) from None
        except SearchlibError as error:
            raise ToolError(_advice(error)) from error
        return CallToolResult(
            content=[TextContent(type="text", text=json_text(answer))],
            structured_content=cast("dict[str, Any]", answer),
        )

    return tool


def _advice(error: SearchlibError) -> str:
    """What went wrong and what to do, without characters that control a terminal."""
    return json_text(parts.cut(error.without_query, _MAX_ADVICE_CHARS))[1:-1]


class Tools:
    """The tools over one index.

    Args:
        index: What they ask.
        timeout_s: How long each may take, in seconds.
    """

    def __init__(self, index: AsyncIndex, *, timeout_s: float) -> None:
        self.index = index
        self.timeout_s = timeout_s

    @answering
    async def search(
        self,
        query: QueryText,
        since: Since = None,
        until: Until = None,
        any_word: AnyWord = False,
        sort: Annotated[Literal["relevance", "newest", "oldest"], Field(description="Order")] = "relevance",
        facets: Annotated[list[FacetField], Field(max_length=7, description="Count all that match by these")] = [],  # noqa: B006
        limit: Annotated[int, Field(ge=1, le=25, description="Articles to give")] = 10,
        cursor: Cursor = None,
    ) -> answers.Found:
        """Find articles, with the passages that match, verbatim and with their ranges."""
        page = await self.index.search(
            query,
            since=since,
            until=until,
            any=any_word,
            sort=sort,
            limit=limit,
            after=cursor,
            facets=facets,
            facet_limit=_FACET_VALUES if facets else None,
        )
        suggestion = None
        if not page.total and cursor is None:
            found = await self.index.suggest(query, since=since, until=until, any=any_word)
            suggestion = None if found is None else found.query
        notes = parts.notes_of(page.diagnostics)
        if page.undated:
            notes.append(f"{page.undated} articles match but for their dates, because they have none")
        return {
            "query": page.query,
            "total": page.total or 0,
            "articles": [parts.found_article(hit) for hit in page],
            "facets": [parts.facet_of(facet) for facet in page.facets.values()],
            "did_you_mean": suggestion,
            "next_cursor": page.next,
            "notes": notes,
        }

    @answering
    async def read_article(
        self,
        article_id: ArticleId,
        field: Annotated[TextField, Field(description="Which of its texts")] = "body",
        start: Annotated[int, Field(ge=0, description="First character")] = 0,
        end: Annotated[int | None, Field(ge=0, description="Character after the last; null for all that fits")] = None,
        query: Annotated[str | None, Field(max_length=2_000, description="Give the matches of this too")] = None,
        cursor: Cursor = None,
    ) -> answers.ArticlePart:
        """Read an article, or the part of it between two characters; a long one comes in several parts."""
        article = await self._article(article_id)
        if cursor is not None:
            field, start, end = _read_cursor(cursor)
        text, notes = parts.text_of(article, field), list[str]()
        wanted = len(text) if end is None else min(end, len(text))
        if start > wanted:
            raise ToolError(f"the {field} has {len(text)} characters: start and end must lie in it, start first")
        stop = parts.part_end(text, start, wanted)
        if not text:
            there = [name for name in _FIELDS if parts.text_of(article, name)]
            notes.append(f"the article has no {field}; it has {' and '.join(there)}")
        if stop < wanted:
            notes.append(f"{wanted - stop} characters more follow; go on with next_cursor")
        matches: list[answers.Quote] = []
        if query is not None:
            matches = await self._matches(article, query, field, CharacterRange(start, stop), notes)
        return {
            "article": parts.source_of(article),
            "summary": parts.cut(article.summary, 1_000),
            "part": {"field": field, "start": start, "end": stop, "text": text[start:stop]},
            "field_length": len(text),
            "matches": matches,
            "next_cursor": None if stop >= wanted else f"{field}:{stop}:{wanted}",
            "notes": notes,
        }

    @answering
    async def timeline(
        self,
        query: QueryText,
        unit: Annotated[TimelineUnit, Field(description="How long a period is")] = "month",
        since: Since = None,
        until: Until = None,
        any_word: AnyWord = False,
    ) -> answers.Timeline:
        """Count the articles that match by day, week, month or year."""
        notes: list[str] = []
        page, line, used = await self._counted(query, unit, notes, since=since, until=until, any=any_word)
        periods = [bucket for bucket in line if bucket.count]
        if len(periods) > _MAX_PERIODS:
            notes.append(f"the last {_MAX_PERIODS} of {len(periods)} periods are given; narrow with since and until")
        if line.imprecise:
            notes.append(f"{line.imprecise} articles are dated too roughly for a period")
        return {
            "query": page.query,
            "total": page.total or 0,
            "unit": used,
            "periods": [
                {"start": f"{one.start:%Y-%m-%d}", "end": f"{one.end:%Y-%m-%d}", "count": one.count}
                for one in periods[-_MAX_PERIODS:]
            ],
            "undated": line.undated,
            "notes": [*notes, *parts.notes_of(page.diagnostics)],
        }

    @answering
    async def concordance(
        self,
        query: QueryText,
        sort: Annotated[Literal["date", "relevance", "left", "right"], Field(description="Order of lines")] = "date",
        since: Since = None,
        until: Until = None,
        any_word: AnyWord = False,
        width: Annotated[int, Field(ge=10, le=200, description="Characters on each side")] = 60,
        limit: Annotated[int, Field(ge=1, le=100, description="Lines to give")] = 30,
    ) -> answers.Contexts:
        """Show every occurrence of what matches between what stands left and right of it, and which words are near."""
        found = await self.index.concordance(
            query,
            width=width,
            sort=sort,
            limit=limit,
            since=since,
            until=until,
            any=any_word,
            collocates=_COLLOCATES,
            max_articles=_MAX_ARTICLES,
        )
        articles = {line.article_id: await self.index.get(line.article_id) for line in found}
        lines: list[answers.ContextLine] = []
        for line in found:
            article = articles[line.article_id]
            if article is None:
                continue
            quote = parts.quote_of(article, line.field, CharacterRange(line.start, line.end))
            # Another call may show a later commit by now, in which the article is another one.
            if not _says(line.match, quote["text"]):
                continue
            lines.append(
                {
                    "article_id": line.article_id,
                    "date": article.date_text,
                    "left": line.left,
                    "quote": quote,
                    "right": line.right,
                }
            )
        notes = parts.notes_of(found.diagnostics)
        if found.occurrences > len(lines):
            notes.append(f"{len(lines)} of {found.occurrences} occurrences are given; narrow the query for the others")
        return {
            "occurrences": found.occurrences,
            "articles": found.articles,
            "lines": lines,
            "collocates": [{"word": each.word, "count": each.count} for each in found.collocates],
            "notes": notes,
        }

    @answering
    async def why_not(
        self,
        article_id: ArticleId,
        query: QueryText,
        since: Since = None,
        until: Until = None,
        any_word: AnyWord = False,
    ) -> answers.WhyNotFound:
        """Say why a query does not find an article, and which queries near it do."""
        found = await self.index.why_not(article_id, query, since=since, until=until, any=any_word)
        notes = parts.notes_of(found.diagnostics)
        for name, values in (("parts", found.excluding), ("queries", found.relaxations)):
            if len(values) > _MAX_REASONS:
                notes.append(f"{len(values) - _MAX_REASONS} more {name} are left out")
        return {
            "query": found.query,
            "found": found.found,
            "rank": found.rank,
            "excluding": [
                {"part": each.text, "reason": each.reason, "instead": each.instead}
                for each in found.excluding[:_MAX_REASONS]
            ],
            "relaxations": [
                {"query": each.query, "total": each.total, "change": each.change}
                for each in found.relaxations[:_MAX_REASONS]
            ],
            "notes": notes,
        }

    @answering
    async def similar(
        self,
        article_id: ArticleId,
        since: Since = None,
        until: Until = None,
        limit: Annotated[int, Field(ge=1, le=25, description="Articles to give")] = 10,
    ) -> answers.Similar:
        """Find articles like one, and copies of it."""
        found = await self.index.similar(article_id, since=since, until=until, limit=limit)
        return {
            "articles": [
                {**parts.found_article(each.hit), "is_copy": each.is_copy, "shared": round(each.shared, 3)}
                for each in found
            ],
            "words": list(found.words),
            "notes": [],
        }

    @answering
    async def complete(
        self,
        text: Annotated[str, Field(max_length=500, description="The beginning of a word or phrase")],
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> answers.Completions:
        """Give the words and phrases of the archive that begin as a text ends: how a name is spelt here."""
        found = await self.index.complete(text, limit=limit)
        return {"completions": [{"text": each.text, "articles": each.doc_freq} for each in found]}

    @answering
    async def check_quote(
        self,
        article_id: ArticleId,
        quote: Annotated[str, Field(min_length=1, max_length=MAX_QUOTE_CHARS, description="The quotation")],
        field: Annotated[TextField | None, Field(description="Where it is said to stand; null for anywhere")] = None,
        start: Annotated[int | None, Field(ge=0)] = None,
        end: Annotated[int | None, Field(ge=0)] = None,
    ) -> answers.CheckedQuote:
        """Say whether a quotation stands in an article: verbatim, with which differences, or what comes nearest."""
        article = await self._article(article_id)
        # Python's own work, which is not for the event loop.
        return await anyio.to_thread.run_sync(_checked, article, quote, field, start, end)

    @answering
    async def contents(self) -> answers.Contents:
        """Say what the archive holds: how many articles, of which time, languages and publishers."""
        stats = await self.index.stats()
        page = await self.index.search(
            "*", limit=0, snippets=False, facets=["publisher", "section"], facet_limit=_FACET_VALUES
        )
        publishers, sections = (parts.facet_of(page.facets[name]) for name in ("publisher", "section"))
        notes = [
            f"{each['other_values']} more {each['field']}s are left out; search with facets, narrowed, counts them"
            for each in (publishers, sections)
            if each["other_values"]
        ]
        return {
            "articles": stats.articles,
            "earliest": None if stats.earliest is None else f"{stats.earliest:%Y-%m-%d}",
            "latest": None if stats.latest is None else f"{stats.latest:%Y-%m-%d}",
            "undated": stats.undated,
            "languages": [{"value": each.code, "count": each.articles} for each in stats.languages],
            "publishers": publishers["values"],
            "sections": sections["values"],
            "timezone": stats.timezone,
            "generation": stats.generation,
            "notes": notes,
        }

    async def _article(self, article_id: str) -> Article:
        article = await self.index.get(article_id)
        if article is None:
            raise ToolError(f"there is no article with the id {json.dumps(article_id)}; search gives the ids there are")
        return article

    async def _counted(
        self, query: str, unit: TimelineUnit, notes: list[str], **asked: Any
    ) -> tuple[Page, CountedTimeline, TimelineUnit]:
        """The timeline of a query by a unit that makes no more periods than may be; by years where all make more."""
        while True:
            page = await self.index.search(query, limit=0, timeline=unit, snippets=False, **asked)
            assert page.timeline is not None
            count = sum(1 for bucket in page.timeline if bucket.count)
            if count <= _MAX_PERIODS or unit == TIMELINE_UNITS[-1]:
                return page, page.timeline, unit
            notes.append(f"by {unit} there are {count} periods, more than {_MAX_PERIODS}; longer ones are given")
            unit = TIMELINE_UNITS[TIMELINE_UNITS.index(unit) + 1]

    async def _matches(
        self, article: Article, query: str, field: TextField, part: CharacterRange, notes: list[str]
    ) -> list[answers.Quote]:
        marked = await self.index.marked(article.id, query)
        if marked is None:
            return []
        notes += parts.notes_of(marked.diagnostics)
        marks = {"title": marked.title, "summary": marked.summary, "body": marked.body}[field].marks
        inside = [mark for mark in marks if part.start <= mark.start and mark.end <= part.end]
        if len(inside) > _MAX_MATCHES:
            notes.append(f"the first {_MAX_MATCHES} of {len(inside)} matches in this part are given")
        return [parts.quote_of(article, field, mark) for mark in inside[:_MAX_MATCHES]]


def _says(match: str, text: str) -> bool:
    """Whether an occurrence, which stands on one line, begins with the words of a text."""
    words = _WORD.findall(text)
    return bool(words) and _WORD.findall(match)[: len(words)] == words


def _read_cursor(cursor: str) -> tuple[TextField, int, int]:
    field, _, rest = cursor.partition(":")
    start, _, end = rest.partition(":")
    if field not in _FIELDS or not (_OFFSET.fullmatch(start) and _OFFSET.fullmatch(end)):
        raise ToolError("cursor is not one that read_article gave; leave it out to begin at the beginning")
    return field, int(start), int(end)


def _checked(
    article: Article, quote: str, field: TextField | None, start: int | None, end: int | None
) -> answers.CheckedQuote:
    """What `check_quote` answers."""
    fields = _FIELDS if field is None else (field, *(each for each in _FIELDS if each != field))
    texts = {each: parts.text_of(article, each) for each in fields}
    ranges = [(each, piece) for each, text in texts.items() for piece in find_verbatim(text, quote)]
    verdict, differences, notes = "verbatim", list[str](), list[str]()
    if not ranges:
        alike = {each: found for each, text in texts.items() if (found := find_alike(text, quote))}
        ranges = [(each, piece) for each, found in alike.items() for piece in found.ranges]
        verdict = "alike" if ranges else "absent"
        differences = list(next(iter(alike.values())).differences) if alike else []
    if len(ranges) > _MAX_OCCURRENCES:
        notes.append(f"the first {_MAX_OCCURRENCES} of {len(ranges)} occurrences are given")
    as_claimed = None
    if field is not None and start is not None and end is not None:
        there = texts[field][start:end]
        as_claimed = there == quote
        if not as_claimed:
            shown = json_text(parts.cut(there, _SHOWN_CHARS))
            notes.append(f"at {field} {start}-{end} stands {shown}")
    return {
        "verdict": verdict,
        "as_claimed": as_claimed,
        "occurrences": [parts.quote_of(article, each, piece) for each, piece in ranges[:_MAX_OCCURRENCES]],
        "differences": differences,
        "nearest": None if ranges else _nearest(article, texts, quote),
        "article": parts.source_of(article),
        "notes": notes,
    }


def _nearest(article: Article, texts: Mapping[TextField, str], quote: str) -> answers.Nearest | None:
    found = [(each, near) for each, text in texts.items() if (near := nearest(text, quote))]
    if not found:
        return None
    field, best = max(found, key=lambda one: one[1].similarity)
    changes = [
        f"{json_text(theirs)} is {json_text(ours)} in the article"
        if theirs and ours
        else f"{json_text(theirs)} is not in the article"
        if theirs
        else f"{json_text(ours)} is left out"
        for theirs, ours in best.changes
    ]
    if len(changes) > _MAX_CHANGES:
        changes[_MAX_CHANGES:] = [f"and {len(changes) - _MAX_CHANGES} more"]
    return {
        **parts.quote_of(article, field, best.range),
        "similarity": round(best.similarity, 3),
        "changes": changes,
    }
