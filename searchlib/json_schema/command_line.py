"""Schemas of what only the command line prints."""

from __future__ import annotations

from typing import Final

from searchlib.json_schema.results import SCHEMAS as RESULTS
from searchlib.json_schema.shapes import (
    Schema,
    flag,
    list_of,
    mapping_of,
    number,
    or_null,
    record,
    ref,
    text,
    whole,
)

__all__ = ["SCHEMAS"]

_COLUMNS: Final[dict[str, Schema]] = {
    "id?": text("The article's id."),
    "score?": number("How well the article answers the query."),
    "date?": or_null(text("The day of publication, or the month or year where no more is known.")),
    "published?": or_null(text("When it was published.")),
    "published_precision?": or_null(text("How precisely that is known.")),
    "updated?": or_null(text("When it was last changed.")),
    "updated_precision?": or_null(text("How precisely that is known.")),
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
    "length?": whole("How many words it has."),
    "snippet?": or_null(text("Its best passages.")),
    "snippet_html?": or_null(text("The same, what matched in `<mark>`.")),
    "extra?": mapping_of({}, "Whatever else is kept of it."),
}
_ROWS: Final = list_of("HitColumns", "In order.")
_PAGE: Final[Schema] = RESULTS["Page"]
_SECONDS: Final = number("How long it took.")

_READING: Final[dict[str, Schema]] = {
    "rejected": whole("How many records are no articles."),
    "noted": whole("How many values articles went in without."),
    "files": whole("How many files were read."),
    "unchanged_files": whole("How many were passed over because they have not changed."),
    "kinds": mapping_of("integer", "How many files of each kind were read."),
    "passed_over": ref("PassedOverCounts", "How many files and folders were passed over for other reasons."),
    "rejects": list_of("RejectCause", "Why records are no articles, the most frequent cause first."),
    "notes": list_of("NoteCause", "What articles went in without, the most frequent cause first."),
    "seconds": _SECONDS,
}
_CAUSE: Final[dict[str, Schema]] = {
    "cause": text('The reason; "…" stands for values in it.'),
    "count": whole("How often it was."),
}

SCHEMAS: Final[dict[str, Schema]] = {
    "HitColumns": record("A hit with the columns that --columns names.", _COLUMNS),
    "PageOfColumns": {
        **_PAGE,
        "description": "What `query --json --columns` prints: a page whose hits have these columns.",
        "properties": {**_PAGE["properties"], "hits": _ROWS},
    },
    "BatchLine": {
        **record(
            "A line of what `query --batch` writes with --jsonl. Other columns of the batch are keys too.",
            {
                "line": whole("The number of the line."),
                "query": or_null(text("The query; null where the line has none.")),
                "total": or_null(whole("How many articles match; null where it could not be asked.")),
                "hits": list_of("HitColumns", "The first hits."),
                "diagnostics": list_of("Diagnostic", "Remarks on how the query was read."),
                "error": or_null(text("Why the line has no total.")),
            },
        ),
        "additionalProperties": True,
    },
    "Completions": record(
        "What `complete --json` prints.", {"completions": list_of("Completion", "The most frequent first.")}
    ),
    "Questions": record(
        "What `questions --json` prints.", {"questions": list_of("Question", "In the order of the file.")}
    ),
    "LoadSummary": record(
        "What `index --json` prints.",
        {
            "added": whole("How many articles are new."),
            "replaced": whole("How many replaced one with the same id."),
            "kept": whole("How many were not added, because the version that is there stays."),
            "deleted": whole("How many went because their file has them no longer."),
            "generation": or_null(whole("The index's, after the load; null where there is no index.")),
            "languages": or_null(ref("LanguageReport", "Of those that name no language; null in an index of one.")),
            **_READING,
        },
    ),
    "DryRun": record(
        "What `index --dry-run --json` prints.",
        {
            "dry_run": flag("True."),
            "added": whole("How many articles the index does not have."),
            "replaced": whole("How many would take the place of another version."),
            "kept": whole("How many would not, because that version stays."),
            "first": list_of("Article", "The first of them, in the order in which they are read."),
            **_READING,
        },
    ),
    "PassedOverCounts": record(
        "How many files and folders were passed over.",
        {
            "hidden_files": whole("Files whose names begin with a dot."),
            "hidden_folders": whole("Such folders."),
            "links": whole("Links to folders."),
            "left_out": whole("By --include and --exclude."),
            "beside_pages": whole("Folders that a browser saved beside a page."),
            "indexes": whole("Folders that hold an index."),
        },
    ),
    "RejectCause": record("A cause of rejects.", {**_CAUSE, "first": ref("Reject", "The first of them.")}),
    "NoteCause": record("A cause of notes.", {**_CAUSE, "first": ref("Note", "The first of them.")}),
    "Reject": record(
        "A line of the file that --rejects names.",
        {
            "source": text("What was read."),
            "record": or_null(whole("Number of the record in its file, from 1; null where the whole file is meant.")),
            "reason": text("What was wrong."),
        },
    ),
}
