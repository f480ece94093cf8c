"""Schemas of articles, of pieces of them, and of what there is to say about records that are none."""

from __future__ import annotations

from typing import Final

from searchlib.json_schema.shapes import (
    Schema,
    anything,
    flag,
    list_of,
    mapping_of,
    number,
    one_of,
    or_null,
    record,
    ref,
    text,
    whole,
)

__all__ = ["ARTICLE_KEYS", "ERRORS", "SCHEMAS"]

_DATE: Final = "ISO 8601, as precise as is known: 1987, 1987-03, 1987-03-01, 1987-03-01T09:18+00:00"

#: What an article has beside its id.
ARTICLE_KEYS: Final[dict[str, Schema]] = {
    "title?": text("The headline."),
    "summary?": text("The standfirst, abstract or teaser."),
    "body?": text("The text."),
    "authors?": list_of("string", "Who wrote it."),
    "section?": text("Where the publisher put it."),
    "publisher?": text("Who printed it."),
    "place?": text("Where it was filed from."),
    "agency?": text("The news agency it came from."),
    "tags?": list_of("string", "Keywords and topics."),
    "url?": text("Where it was published."),
    "language?": text("The code of its language."),
    "published?": text(f"When it was published: {_DATE}."),
    "published_offset?": text("How far east of UTC the publisher's clock was, where the date has another: -05:00."),
    "updated?": text("When it was last changed; likewise."),
    "updated_offset?": text("Likewise."),
    "extra?": mapping_of({}, "Whatever else is kept of it."),
    "origin?": ref("ArticleOrigin", "Where it was read from."),
}

#: The facts of each kind of error, beside `kind` and `message`.
ERRORS: Final[dict[str, tuple[str, ...]]] = {
    "SearchlibError": (),
    "ArticleError": ("field", "problem"),
    "SourceError": ("source", "record", "reason"),
    "QueryError": ("problem", "text", "start"),
    "IndexStateError": ("path",),
    "IndexNotFoundError": ("path",),
    "IndexExistsError": ("path", "found"),
    "IndexLockedError": ("path", "holder", "waited_s"),
    "IndexFormatError": ("path",),
    "FormatTooOldError": ("path", "found", "oldest"),
    "FormatTooNewError": ("path", "found", "newest"),
    "UpgradeNeededError": ("path", "feature", "found", "needed", "what"),
    "IndexCorruptError": ("path", "file", "expected", "got"),
    "EngineError": (),
    "EngineUnavailableError": (),
    "SearchCancelledError": (),
    "SearchTimeoutError": ("timeout_s",),
    "SettingError": ("setting", "value"),
    "MissingExtraError": ("extra", "purpose"),
}

_RECORD: Final = or_null(whole("Number of the record in its file, from 1; null where the whole file is meant."))

SCHEMAS: Final[dict[str, Schema]] = {
    "Article": record("An article: what of it is set.", {"id": text("A stable name."), **ARTICLE_KEYS}),
    "ArticleOrigin": record(
        "The file that an article was read from.",
        {
            "file": text("Its absolute path."),
            "member?": text('Of an archive, what is in it: "2023.zip!may/1.html".'),
            "record?": whole("Number of the record, from 1."),
        },
    ),
    "Passage": record(
        "A piece of one text of an article, with what matched in it.",
        {
            "field": one_of(("title", "summary", "body"), "Which text."),
            "start": whole("Where it begins in the text, in characters."),
            "end": whole("Where it ends, not included."),
            "source": text("The piece as it stands there."),
            "marks": list_of(
                {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
                "What matched, as [start, end] in characters of the text, not of the piece.",
            ),
            "leading": flag("Whether it begins inside a sentence."),
            "trailing": flag("Whether it ends inside a sentence."),
            "text": text("The piece on one line, without characters that control a terminal."),
            "html": text("The same as escaped HTML, what matched in `<mark>`."),
        },
    ),
    "Snippet": record(
        "What to show of a hit.",
        {
            "title": text("The title as escaped HTML, what matched in `<mark>`."),
            "text": text("The best passages on one line, without marks."),
            "html": text("The same as escaped HTML, what matched in `<mark>`."),
        },
    ),
    "MarkedArticle": record(
        "A whole article, with everything marked that a query matches in it.",
        {
            "article": ref("Article", "The article."),
            "title": ref("Passage", "Its title."),
            "summary": ref("Passage", "Its summary."),
            "body": ref("Passage", "Its body."),
            "diagnostics": list_of("Diagnostic", "Remarks on how the query was read."),
        },
    ),
    "Note": record(
        "One value that an article went in without, or that was guessed, and why.",
        {
            "source": text('What was read: a path, "archive.zip!member".'),
            "record": _RECORD,
            "field": text("The field of the article, with the name that the record has for it."),
            "value": text("The value as the source has it."),
            "reason": text("What is wrong with it."),
        },
    ),
    "Error": record(
        "What went wrong. Of the facts it has those of its kind.",
        {
            "kind": one_of(tuple(ERRORS), "The name of its class."),
            "message": text("What happened, to what, and what to do about it."),
            "field?": text("Name of a field of an article."),
            "problem?": text("What is wrong with a value or a query."),
            "source?": text("What was read."),
            "record?": _RECORD,
            "reason?": text("Why a record is no article."),
            "text?": text("The query as it was given."),
            "start?": or_null(whole("Where in the query, in characters; null if no character can be named.")),
            "path?": text("The index."),
            "found?": anything("What is there: a text, or the number of a format."),
            "holder?": text("Who has locked the index."),
            "waited_s?": number("How long it was waited for, in seconds."),
            "oldest?": whole("The oldest format that is read."),
            "newest?": whole("The newest format that is read."),
            "feature?": text("What was asked for."),
            "needed?": whole("The first format that knows it."),
            "what?": text('What has these numbers: "format" or "schema".'),
            "file?": text("A file of the index."),
            "expected?": text("What was committed."),
            "got?": text("What is there instead."),
            "timeout_s?": number("How long the search was allowed to take, in seconds."),
            "setting?": text("Name of a setting or argument."),
            "value?": anything("What was given for it; as Python writes it where JSON has no such value."),
            "extra?": text("The extra that installs what is missing."),
            "purpose?": text("What it is needed for."),
        },
    ),
}
