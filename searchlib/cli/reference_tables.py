"""What docs/cli.md says of tables, files, batches and saved questions. Its examples are run by the tests."""

from __future__ import annotations

from typing import Final

from searchlib.tables import COLUMNS

__all__ = ["BATCHES", "ENVIRONMENT", "QUESTIONS", "TABLES", "WHY"]

#: Variables of the environment, those that do one thing together → what they do.
ENVIRONMENT: Final = {
    "SEARCHLIB_INDEX": "the index, where `--index` is not given",
    "SEARCHLIB_QUESTIONS": "the file of saved questions, where `--questions` is not given",
    "SEARCHLIB_DEBUG": "`1` shows the traceback of any failure, and what libraries log while they read files",
    "NO_COLOR, FORCE_COLOR": "switch colours off or on",
}

_KINDS: Final = {
    "text": "text",
    "texts": "list of texts",
    "number": "number",
    "whole": "whole number",
    "moment": "instant",
    "object": "object",
}


def _rows() -> str:
    return "\n".join(f"| `{column.name}` | {_KINDS[column.kind]} | {column.help} |" for column in COLUMNS.values())


TABLES: Final = f"""\
## Columns

`--columns` says which columns a table has, in which order, in CSV, JSON Lines, JSON (its `hits`), Arrow and Parquet.
Without a format, each hit is a line of these values, separated by tabs:

```console
$ searchlib query measles --all --columns date,publisher,title
2023-10-10	Kesswick Wire	Three measles cases found in a nursery in Ashgrove
2023-10-17	Kesswick Wire	Correction: measles in Ashgrove, 14 cases confirmed
2023-10-24	Kesswick Wire	Some dockers return to clear medicines from Port Ellery
2023-10-27	Meridian Tribune	County orders 10,000 measles doses as outbreak spreads
2023-11-16		Ten thousandth measles dose goes to a nurse’s son
2023-11-21		Parents queue as Ashgrove schools check vaccination cards
2023-12-19	Meridian Tribune	Measles slows in Ashgrove as shots catch up
2024-01-30	Kesswick Wire	Measles outbreak in Ashgrove is over
$ searchlib query measles --csv --columns date,title,tags --limit 2
date,title,tags
2023-10-17,"Correction: measles in Ashgrove, 14 cases confirmed",measles; correction
2024-01-30,Measles outbreak in Ashgrove is over,measles; public health
$ searchlib query measles --jsonl --columns date,title,length --limit 1
{{"date": "2023-10-17", "title": "Correction: measles in Ashgrove, 14 cases confirmed", "length": 56}}
```

| column | holds | what it is |
|---|---|---|
{_rows()}

In CSV and JSON, instants are ISO 8601 and as precise as is known; in JSON every column is there, `null` where there is no
value. In Arrow, Parquet and DataFrames, instants are timestamps in the index's time zone: a month or a year is its first
instant, and `published_precision` says what is known; `authors` and `tags` are lists; `extra` is JSON (in a DataFrame a
dict). `author` and `tag` will do for `authors` and `tags`.

## Files

`--output FILE` writes to a file, in the format of its name: `.csv`, `.jsonl` (or `.ndjson`) and `.json`, also compressed
as `.csv.gz` or `.csv.zst`; `.parquet`, `.arrow` and `.feather` with `pip install 'searchlib[arrow]'`. With `--csv`,
`--jsonl` or `--json` the name may be any. The file is replaced when it is complete: a failure or Ctrl-C leaves what was
there before.

`--all` writes every hit instead of a page, in order of publication: the oldest first, undated articles last. It takes
as much memory for a million hits as for a thousand, and shows the commit at which it began. On a terminal a bar
on standard error says how far it is. Without words it writes every article. `--limit all` writes every hit in the order of
`--sort`, the best first by default, and takes no more memory either.

`searchlib export -o FILE` writes whole articles: JSON Lines, or a table with the columns of an article.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and runs it. CSV that is written to a file is
likely to be opened in one: there, texts that begin so (or with a tab or a line end before it) get an apostrophe in front,
which makes them texts. CSV on standard output is as it is, for other programs. `--safe-csv` and `--raw-csv` say it for
both.
"""

BATCHES: Final = """\
## Many queries

`--batch FILE` asks many queries at once and writes a row for each, as CSV, or as JSON Lines with `--jsonl` or into a file of
that name. It takes the index's commit at which it begins for all of them.

```text names.txt
zeppelin
Port Ellery
(train, armoured)
```

```console
$ searchlib query --batch names.txt --limit 1 --sort newest
line,query,total,id_1,date_1,title_1,diagnostics,error
1,zeppelin,0,,,,,
2,Port Ellery,21,kw-2024-0214-crane,2024-02-14,First driverless crane lifts a box in Port Ellery 🏗️,,
3,"(train, armoured)",6,kw-2023-0927-crews,2023-09-27,Train crews on night routes to wear body cameras,,
$ searchlib query --batch names.txt --phrase --jsonl --limit 1 --sort newest --columns date,title
{"line": 1, "query": "zeppelin", "total": 0, "hits": [], "diagnostics": [], "error": null}
{"line": 2, "query": "Port Ellery", "total": 21, "hits": [{"date": "2024-02-14", "title": "First driverless crane lifts a box in Port Ellery 🏗️"}], "diagnostics": [], "error": null}
{"line": 3, "query": "(train, armoured)", "total": 0, "hits": [], "diagnostics": [], "error": null}
```

The queries are the lines of a text, or standard input (`-`); the column `query` of `.csv` and `.tsv`, whose first row names
the columns; `"query"` of the objects of `.jsonl`. A table without a column of that name gives its first one, and that is
said. Other columns are carried through; one with the name of a column of the result gets `input_` in front.

| column | what it is |
|---|---|
| `line` | the number of the line |
| `query` | the query |
| … | what else the file has in it |
| `total` | how many articles match |
| `id_1`, `date_1`, `title_1`, `id_2`, … | the first hits, as many as `--limit` says, 3 by default; `--columns` chooses others |
| `diagnostics` | remarks on how the query was read |
| `error` | why the line has no total |

In JSON Lines, `hits` is a list of objects, and `diagnostics` as of `--json`.

`--phrase` takes each line as the words of one phrase, whatever signs are in it: for lists of names. Dates, `--any`, `--sort`
and `--strict` are for all queries. A line that is no query (bytes that are no UTF-8, an object without `"query"`) is
named on standard error with its number, and has its row, with the `error`. So has a query with a part that restricts and
cannot be read; it has no total, unless the rest of it finds something by itself. The exit code is 0 when any query found
something, 1 when none did, 2 when no line could be asked.
"""

QUESTIONS: Final = """\
## Saved questions

A question that is asked again and again can be kept in a file, under a name, and asked with `@name` alone:

```toml questions.toml
[measles]
description = "Measles and schools"
query = "measles (school OR nursery)"
since = "2023-10"
sort = "oldest"
columns = ["date", "title"]

[train]
description = "Who rode what train"
query = '"{kind} train" {who}'
columns = ["date", "publisher", "title"]

[train.parameters]
kind = "armoured"
who = { description = "a name" }
```

```console
$ searchlib query @measles
2023-10-10	Three measles cases found in a nursery in Ashgrove
2023-10-27	County orders 10,000 measles doses as outbreak spreads
2023-11-21	Parents queue as Ashgrove schools check vaccination cards
$ searchlib query @train --set who=Kalvorian --sort oldest
2023-09-11		Armoured train crosses the border at night
2023-09-12	Kesswick Wire	Kalvorian ruler’s train reaches Vostrog at dawn
$ searchlib questions
@measles  Measles and schools
    measles (school OR nursery)
@train  Who rode what train
    "{kind} train" {who}
    kind: 'armoured' if not given
    who: needed · a name
```

The file is `--questions FILE`, else `$SEARCHLIB_QUESTIONS`, else `./questions.toml`. A table is a question. It has a `query`,
and may have `description`, `since`, `until`, `any`, `sort`, `limit`, `facets`, `timeline`, `columns` and `parameters`; options
of the command line win over it.

`{who}` in the query or its dates is a parameter, which `--set who=…` fills in. `parameters` gives it a default (a text), or
a table with `default`, `description` and `raw`. Without a default it is needed each time. A value is searched for as it is: as
a phrase, or inside quotation marks as words of theirs. No sign or `OR` of it is an operator, so that it may come from
anywhere. Only the value of a parameter with `raw = true` is a piece of the query language.
"""

WHY: Final = """\
## Why?

`--why` says below each hit what its score comes from, the part of the query that adds most first; with `--json` and `--jsonl`
each hit has `"explanation"`: `{"score", "parts", "length", "mean_length", "article_count"}`. A part has `text`, `contribution`,
`title`, `summary` and `body` (how often it occurs there), `weighted` (that, each occurrence counted as often as its text
weighs), `words` (`{"text", "doc_freq", "idf"}`), `idf`, `boost` and `found`. The contributions add up to the score exactly.

```console
$ searchlib query armoured train --why --no-snippets --limit 1
2023-09-17 20:40  Marshal’s armoured train turns for home with a horse left over
    The Coast Dispatch · score 8.00 · id ufirufw2gfy5hvx5c
    4.29 from armoured: once in the title and once in the body, which count 4 times; it is in 6 of 50 articles
    3.71 from train: once in the title and twice in the body, which count 5 times; it is in 9 of 50 articles
    its length counts 114 words, 149 are usual

1 of 6 articles
for the following page add: --page 2
```

`--explain` says what a query means instead of searching, with the total of each part; `--json` prints `{"text", "sentence",
"tree": {"text", "kind", "total", "parts"}, "expansions": [{"text", "words", "matched", "examples"}], "diagnostics", "total"}`.

```console
$ searchlib query '"armoured train" (kalvorian OR vostrog) -climate date:2023-09 train NEAR/5 border' --explain
articles with the phrase “armoured train”, (any of “kalvorian” or “vostrog”) and (“train” within 5 words of “border”), without “climate”, published in September 2023
"armoured train" (kalvorian OR vostrog) -climate date:2023-09 (train NEAR/5 border)

 1  all of: "armoured train" (kalvorian OR vostrog) -climate date:2023-09 (train NEAR/5 border)
 5  ├ phrase: "armoured train"
 5  ├ any of: kalvorian OR vostrog
 3  │ ├ word: kalvorian
 5  │ └ word: vostrog
50  ├ not: -climate
 0  │ └ word: climate
10  ├ dates: date:2023-09
 1  └ near: train NEAR/5 border
 9    ├ word: train
 2    └ word: border
```

`searchlib why-not` is about one article that a query does not find; `--json` prints `{"article_id", "query", "found", "rank",
"total", "excluding": [{"text", "reason", "instead"}], "relaxations": [{"query", "change", "total"}], "diagnostics"}`.

```console
$ searchlib why-not kw-2024-0214-crane 'driverles crane date:2024-01'
driverles crane date:2024-01
finds 0 articles, and not kw-2024-0214-crane:
    driverles: it does not have “driverles” (nearest: “driverless”)
    date:2024-01: it was not published then (published 14 February 2024)

these find it:
    driverless crane date:2024-01-01..2024-02-14
        2 articles · “driverless” instead of “driverles”; dates until its own, 14 February 2024
    crane date:2024-01-01..2024-02-14
        2 articles · without driverles; dates until its own, 14 February 2024
    driverless crane
        3 articles · “driverless” instead of “driverles”; without date:2024-01
    crane
        10 articles · without driverles; without date:2024-01
```
"""
