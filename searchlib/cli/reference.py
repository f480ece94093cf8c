"""docs/cli.md, made from the help texts: ``python -m searchlib.cli.reference > docs/cli.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

import click

from searchlib.cli import COMMANDS, EXAMPLES, cli
from searchlib.cli.failures import EXIT_CODES
from searchlib.cli.kwic import LINE_COLUMNS
from searchlib.cli.reference_tables import BATCHES, ENVIRONMENT, QUESTIONS, TABLES, WHY
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.tables import DEFAULT_COLUMNS

__all__ = ["reference"]

_INTRODUCTION: Final = """\
<!-- Made by: python -m searchlib.cli.reference > docs/cli.md -->

# The command line
"""

_FOR_PROGRAMS: Final = f"""\
## Output

On a terminal, output is wrapped, matches are coloured, and a timeline is a bar chart. In a pipe or a file, each thing
is one line without colours. `NO_COLOR` switches colours off everywhere, `FORCE_COLOR` on; `NO_COLOR` wins. Whatever an
article or a query holds, no control character of it reaches the terminal.

Errors, notes about a query, rejects and questions go to standard error, results to standard output. A note about a
query shows the part of the query that it is about. What `show` prints goes through `$PAGER`, else `less`, where it is
longer than the terminal.

## Output for programs

`--json`, `--jsonl`, `--csv` and `export` write UTF-8 on any system, and their shape stays as it is described here;
fields may be added. [json.md](json.md) has every object with all of its keys, and a JSON Schema.

`searchlib query --json` prints one object:

| key | value |
|---|---|
| `query` | the query as it was understood |
| `total` | how many articles match |
| `undated` | how many articles match all of the query but its dates, because they have no date |
| `imprecise` | how many of those found are dated a month or a year of which only a part is within the dates |
| `hits` | a list of hits |
| `facets` | for each field of `--facets`: `{{"values": [{{"value", "count"}}, …], "missing"}}`, all values, the most frequent first; `missing` counts the articles found without a value; `other` and `other_values`, only where values are left out, are how many articles have one of these and how many there are; a language with regions has `"parts"`, a list of the same shape |
| `timeline` | `null`, or `{{"unit", "undated", "imprecise", "buckets": [{{"start", "end", "count"}}, …]}}`, without gaps; `end` is not included; with `--share` a bucket has `of_all`, the number of all articles in it; what is dated a month or a year that takes longer than a bucket is in none, and `imprecise` counts it |
| `diagnostics` | remarks on how the query was read: `{{"message", "start", "end", "is_unreadable"}}`, in characters of the query; `is_unreadable` is `true` for a part that restricts and cannot be read, which is an error of the command |
| `next` | the cursor for `--after`, or `null` on the last page |
| `partial` | `true`, only where `--partial` printed what was found before the time was over |

A hit has `id`, `score`, the fields of its article that are set (`title`, `summary`, `body`, `authors`, `section`,
`publisher`, `place`, `agency`, `tags`, `url`, `language`, `published`, `updated`, `extra`) and `snippet`: `null` with
`--no-snippets`, else `{{"title", "text", "html"}}`. `title` and `html` are escaped HTML with what matched inside
`<mark>`; `text` is the same passages without marks. `authors` and `tags` are lists, `extra` is an object, everything
else is text. Dates are ISO 8601 in the time zone of the index and as precise as is known: `1987`, `1987-03`,
`1987-03-01`, `1987-03-01T09:18+00:00`. Where the publisher's clock was another, `published_offset` (and `updated_offset`)
is how far east of UTC it was: `-05:00`.

`searchlib query --jsonl` prints such a hit on each line, and nothing else.

`searchlib query --csv` prints a header and a row for each hit, each on one line, with the columns
{", ".join(f"`{column}`" for column in DEFAULT_COLUMNS)}. Several authors or tags are separated by `; `; control characters
and line ends inside a value become spaces or are left out. [`--columns`](#columns) chooses others, also for `--json` and
`--jsonl`.

`searchlib compare --json` prints one object with `unit`, `queries` (a list of `{{"query", "undated", "imprecise",
"diagnostics"}}`) and `buckets` (a list of `{{"start", "end", "counts"}}`, and `of_all` with `--share`); `counts` are in the
order of the queries. `--csv` prints a header and a row for each bucket: `start`, `end`, a column for each query, and with
`--share` another for the share of each, 0 to 1.

`searchlib kwic --json` prints one object with `occurrences`, `articles` and `articles_read` (numbers), `lines`,
`collocates` (a list of `{{"word", "count", "left", "right", "total", "score"}}`) and `diagnostics`. A line has
{", ".join(f"`{column}`" for column in LINE_COLUMNS)}; `start` and `end` are where the match stands in its field, in
characters, and `left`, `match` and `right` together are the passage. `--jsonl` prints such a line on each line, `--csv` a
header and a row for each.

Each line of `searchlib show --json` and of `searchlib export` is the fields of an article, as above, without `score` and
`snippet`. `searchlib index` reads them back to the same articles. With `--query`, a line of `show --json` is an object with
that `article`, with `title`, `summary` and `body` as passages (`{{"field", "start", "end", "source", "marks", "text", "html"}}`;
`marks` are a list of `[start, end]` in characters of the field), and `diagnostics`.

`searchlib verify --json` prints one object with `index`, `articles` (`null` where that cannot be told) and `problems`, a list
of `{{"file", "expected", "got"}}`.

`searchlib index --rejects FILE` writes a line `{{"source", "record", "reason"}}` for each reject; `record` counts from 1,
and is `null` where a whole file is meant. `--notes FILE` writes a line `{{"source", "record", "field", "value", "reason"}}`
for each value that an article went in without, such as a date that cannot be read; `record` is `null` where the file is
one article.

`searchlib index --json` prints one object with `added`, `replaced`, `kept` (not added, because the version that is there
stays), `deleted` (gone from their files), `rejected` and `noted` (numbers of articles, records and values), `generation` (of the index, after the load), `languages` (`detected`, `unsure`, `fallback`, `is_missing_extra`;
`null` in an index of one language), `files`, `unchanged_files`, `kinds` (files by kind), `passed_over` (`hidden_files`,
`hidden_folders`, `links`, `left_out`, `beside_pages`, `indexes`), `rejects` and `notes` (lists of `{{"cause", "count", "first"}}`, the most frequent
first; `first` is as of `--rejects` and `--notes`, and "…" in a cause stands for values) and `seconds`. With `--dry-run` it
has `"dry_run": true` and `first` (the first three articles), and no `generation` and `languages`.
"""


def reference() -> str:
    """The whole page, in Markdown."""
    parts = [_INTRODUCTION, *_described(cli, "searchlib")]
    parts.append("\n".join(f"- [`{name}`](#searchlib-{name}): {summary}" for name, summary in COMMANDS.items()) + "\n")
    group = click.Context(cli, info_name="searchlib", **cli.context_settings)
    for name in COMMANDS:
        command = cli.get_command(group, name)
        assert command is not None, "every name in the table is a command"
        parts += [f"## searchlib {name}\n", *_described(command, name, group)]
    parts += [_FOR_PROGRAMS, TABLES, BATCHES, QUESTIONS, WHY, _exit_codes(), _environment()]
    return "\n".join(parts)


def _described(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[str]:
    ctx = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield f"```console\n$ {ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}\n```\n"
    yield "\n\n".join(" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")) + "\n"
    examples = command.examples if isinstance(command, CommandWithExamples) else EXAMPLES
    yield "```sh\n" + "\n".join(examples) + "\n```\n"
    options = [param for param in command.params if isinstance(param, click.Option)]
    yield "\n".join(_option(option) for option in options) + ("\n" if options else "")


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    value = ""
    if isinstance(option.type, click.Choice):
        value = f" {'|'.join(option.type.choices)}"
    elif not option.is_flag:
        value = f" {option.metavar}"
    default = f" Default: {option.default}." if option.show_default else ""
    return f"- {names[:-1]}{value}`: {option.help}{default}"


def _exit_codes() -> str:
    rows = "\n".join(f"| {code.value} | {meaning} |" for code, meaning in EXIT_CODES.items())
    return f"## Exit codes\n\n| code | meaning |\n|---|---|\n{rows}\n"


def _environment() -> str:
    rows = "\n".join(
        f"| {', '.join(f'`{name}`' for name in names.split(', '))} | {meaning} |"
        for names, meaning in ENVIRONMENT.items()
    )
    return f"## Environment\n\n| variable | what it does |\n|---|---|\n{rows}\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
