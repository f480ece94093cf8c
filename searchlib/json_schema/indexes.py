"""Schemas of what an index holds, what it is made of, and what became of a load."""

from __future__ import annotations

from typing import Final

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

SCHEMAS: Final[dict[str, Schema]] = {
    "AddReport": record(
        "What became of the articles given to a writer.",
        {
            "added": whole("How many are new."),
            "replaced": whole("How many replaced an article with the same id."),
            "rejects": list_of("Error", "The records that are no articles; each is a SourceError."),
            "notes": list_of("Note", "What articles went in without."),
            "languages": or_null(ref("LanguageReport", "Of those that name no language; null in an index of one.")),
            "deleted": whole("How many went because their file has them no longer."),
            "unchanged_files": whole("How many files were passed over because they have not changed."),
            "kept": whole("How many were not added, because the version that is there stays."),
            "failed": whole("How many records are no articles."),
        },
    ),
    "LanguageReport": record(
        "What became of articles that name no language.",
        {
            "detected": mapping_of("integer", "How many are in a language by their text, by its code."),
            "unsure": whole("How many have a text that does not say."),
            "fallback": text("Code of the language that these are analysed in."),
            "is_missing_extra": flag("Whether none was detected because the library for it is not installed."),
        },
    ),
    "EndedFile": record(
        "What a file that was read again came to.",
        {
            "deleted": whole("How many articles went because the file has them no longer."),
            "kept": whole("How many it did not give again stay, because not all of it could be read."),
            "notes": list_of("Note", "What there is to say of it."),
        },
    ),
    "FileDone": record(
        "A file that was read to its end.",
        {
            "file": text("Its absolute path."),
            "size": whole("Its length in bytes when it was opened."),
            "modified_ns": whole("When it was last changed before that, in nanoseconds since 1970."),
            "articles": whole("How many articles it gave."),
            "rejects": whole("How many records of it are no articles."),
            "is_whole": flag("Whether all of it could be read."),
            "opened_ns": whole("When it was opened, in nanoseconds since 1970; 0 where that is not known."),
            "has_failed": flag("Whether what could not be read may be read another time, though the file is the same."),
        },
    ),
    "FileRecord": record(
        "A file that articles were read from, as the index remembers it.",
        {
            "file": text("Its absolute path."),
            "size": whole("Its length in bytes when it was read."),
            "modified_ns": whole("When it had been changed last, in nanoseconds since 1970."),
            "digest": text("BLAKE2b of its content, in hexadecimal; empty where it changed while it was read."),
            "articles": whole("How many articles it gave."),
            "rejects": whole("How many records of it are no articles."),
            "generation": whole("The commit that it was read for."),
            "options": text("Tells how it was read."),
            "is_whole": flag("Whether all of it could be read."),
            "is_recent": flag("Whether it was changed so shortly before that its time does not tell a later change."),
            "is_due": flag("Whether it is to be read again, whatever it looks like."),
        },
    ),
    "PassedOver": record(
        "What a walk through folders did not give.",
        {
            "hidden_files": whole("How many files whose names begin with a dot."),
            "hidden_folders": whole("How many such folders."),
            "links": whole("How many links to folders."),
            "left_out": whole("How many files and folders by the patterns of their names."),
            "beside_pages": list_of("Skipped", "The folders that a browser saved beside a page."),
            "indexes": whole("How many folders that hold an index."),
        },
    ),
    "Skipped": record(
        "A folder that a browser saved beside a page.",
        {
            "folder": text("Its path."),
            "page": text("The page that it belongs to."),
            "files": whole("How many files are in it."),
        },
    ),
    "IndexStats": record(
        "What an index holds.",
        {
            "path": text("Where it is."),
            "codec": text("The name of the codec that wrote it."),
            "language": text('Code of the language it is analysed in; "auto" for each article\'s own.'),
            "timezone": text("Name of its time zone."),
            "articles": whole("How many articles it answers with."),
            "deleted": whole("How many deleted or replaced ones still take up room."),
            "undated": whole("How many of its articles have no date."),
            "earliest": or_null(text("The first date among them, ISO 8601 in the index's time zone.")),
            "latest": or_null(text("The last date.")),
            "segments": whole("Number of segments."),
            "generation": whole("Number of commits that led here."),
            "size_bytes": whole("Bytes on disk of what the current generation uses."),
            "committed": text("When that was committed, ISO 8601."),
            "format": whole("The lowest format of its parts."),
            "languages": list_of("LanguageCount", "The languages of its articles, the most frequent first."),
            "fallback_language": or_null(text("What articles of no known language are read in.")),
            "files": whole("How many files it remembers having read."),
        },
    ),
    "LanguageCount": record(
        "How many articles of an index are in a language.",
        {
            "code": text('The language, without region; "" for those of none.'),
            "articles": whole("How many are in it."),
            "detected": whole("Of how many of them it was detected."),
        },
    ),
    "Settings": record(
        "What an index is made with, for good.",
        {
            "codec": text("Name of its codec."),
            "language": text("Code of the language that its text is analysed in."),
            "timezone": text("IANA name of the zone that its days are days in."),
            "weights": ref("Weights", "How its text is ranked."),
            "schema": whole("Version of the schema."),
            "fallback_language": text('With "auto", the language of articles of no known language.'),
            "addresses": whole("Version of the rules by which two addresses are one."),
        },
    ),
    "Weights": record(
        "How text is ranked.",
        {
            "title": number("How many times a word of the title counts."),
            "summary": number("How many times a word of the summary counts."),
            "k1": number("How fast repeated occurrences stop counting."),
            "b": number("Share of length normalisation, 0 to 1."),
        },
    ),
    "Manifest": record(
        "One generation of an index.",
        {
            "generation": whole("Its number."),
            "committed": text("When it was committed, ISO 8601."),
            "settings": ref("Settings", "What the index was made with."),
            "segments": list_of("CommittedSegment", "Its segments."),
            "index_id": or_null(text("What every file of the index names; null in formats 1 and 2.")),
            "format": whole("The format of the manifest."),
            "ledger": mapping_of("FileFacts", "The file that says which files were read, by name."),
        },
    ),
    "CommittedSegment": record(
        "One segment as a generation has it.",
        {
            "codec_facts": mapping_of({}, "What its codec must know of it."),
            "files": mapping_of("FileFacts", "Every file of it, by name."),
            "deletions_file": or_null(text("Name of the file of deletions; null where nothing is deleted.")),
            "deleted": whole("How many articles are deleted from it."),
            "format": whole("The format that it was written in."),
        },
    ),
    "FileFacts": record(
        "A file of an index.",
        {
            "bytes": whole("How long it is."),
            "crc32": text("CRC-32 of its content, in hexadecimal."),
            "generation": or_null(whole("The generation that it was written for; null in formats 1 and 2.")),
        },
    ),
    "Question": record(
        "A question with a name.",
        {
            "name": text("Its name."),
            "query": text("In the query language, with {name} for parameters."),
            "description": text("What it is, for people."),
            "options": mapping_of({}, "What else there is to say to a search: dates, order, facets."),
            "columns": or_null(list_of("string", "Columns to be written; null for the usual ones.")),
            "parameters": mapping_of("Parameter", "By name, in the order in which they are needed."),
        },
    ),
    "Parameter": record(
        "A part of a question that is filled in when it is asked.",
        {
            "default": or_null(text("Its value where none is given; null if one has to be.")),
            "description": text("What it is, for people."),
            "raw": flag("Whether its value is a piece of the query language, and not words."),
        },
    ),
    "Column": record(
        "A column that results can be taken as.",
        {
            "name": text("As it is asked for."),
            "kind": text('What it holds: "text", "texts", "number", "whole", "moment" or "object".'),
            "help": text("What that is."),
        },
    ),
}
