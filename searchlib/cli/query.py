"""`searchlib query`: find articles."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any, Final

import click
from click.core import ParameterSource

from searchlib.cli.counting_options import FACET_VALUES_SHOWN, counting_options
from searchlib.cli.failures import Exit, tell, tell_of_diagnostics
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, query_text
from searchlib.cli.output import Output, choose_output, write_results
from searchlib.cli.query_options import batch_options, output_options, question_options, search_options
from searchlib.cli.saved import fill_in, name_of
from searchlib.cli.screen import Screen, number, plural
from searchlib.cli.suggestions import suggestion_for
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.results import Page, printable

__all__ = ["command"]

#: The options that say how results are written, and those that many queries are asked with.
_OUTPUT: Final = ("as_json", "as_json_lines", "as_csv", "columns", "output_path", "safe_csv", "why")
_EXPLAIN: Final = ("since", "until", "any", "plain", "strict")
_SEARCH_MANY: Final = ("since", "until", "any", "plain", "expand", "sort", "strict", "timeout_s")
#: What options are called whose arguments have other names.
_OPTION_NAMES: Final = {"plot_path": "plot", "chosen": "choose"}


class _QueryCommand(CommandWithExamples):
    """A command whose arguments may look like options. Its error says how to write those."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.ClickException(
                f"{error.option_name} is no option of query; 'searchlib query --help' lists them. To leave out articles "
                "with a word, write NOT word, or put the query behind '--': searchlib query -- kim -putin"
            ) from None


@click.command(
    "query",
    cls=_QueryCommand,
    examples=(
        "searchlib query kim putin",
        "searchlib query '\"armoured train\" vladivostok' --since 2023-09 --sort newest",
        "searchlib query 'cocoa (bahia OR ghana)' --until 1987-03-01 --facets place",
        "searchlib query strike --facets section,place --choose section=World --choose section=Sport",
        "searchlib query 'section:world date:2023-09' --timeline day",
        "searchlib query measles --timeline month --share --plot measles.png",
        "searchlib query putin --json | jq .total",
        "searchlib query -- summit -climate",
        "searchlib query measles --all --columns date,title,url -o measles.csv",
        "searchlib query --batch names.txt --phrase -o found.csv",
        "searchlib query @visits --set who='Kim Jong Un'",
        "searchlib query 'putin NEAR/5 kim' --explain",
        "searchlib query kim train --why",
    ),
)
@click.argument("query", nargs=-1)
@search_options
@counting_options
@output_options
@batch_options
@question_options
@index_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    query: tuple[str, ...],
    index_path: str,
    everything: bool,
    batch_path: str | None,
    phrase: bool,
    questions_path: str | None,
    parameters: dict[str, str],
    no_snippets: bool,
    count: bool,
    files: bool,
    explain: bool,
    plot_path: str | None,
    **options: Any,
) -> Exit:
    """Find articles.

    Several arguments are one query; quote what the shell must not take apart. An article has to
    have all the words in its title, summary or body. "…" is a phrase. OR and NOT join and exclude.
    author:, section: and the other fields are searched alone. date: and since: restrict the time.
    @name alone asks the saved question of that name.

    Ends with 0 when something was found, 1 when nothing was, 2 after an error.
    """
    _check_together(ctx, query, everything=everything, batch=batch_path is not None, phrase=phrase)
    name = name_of(query)
    if name is not None:
        text = fill_in(ctx, questions_path, name, parameters, options)
    elif parameters:
        raise click.UsageError("--set is for a saved question: searchlib query @name --set …", ctx)
    else:
        text = query_text(query)
    _check_counting(ctx, plot_path, **options)
    output = choose_output(**{option: options.pop(option) for option in _OUTPUT})
    _check_written(ctx, output, plot_path, count=count, files=files, **options)
    if options["facet_limit"] is None and output.format != "json":
        options["facet_limit"] = FACET_VALUES_SHOWN
    snippets = output.has_snippets and not no_snippets
    with embedded.open(index_path) as index:
        if explain:
            return _explain(index, text, output, **{option: options[option] for option in _EXPLAIN})
        if batch_path is not None:
            from searchlib.cli.batch import run_batch  # So that a single query starts as fast as it can.

            limit = options.pop("limit")
            chosen = limit if _is_given(ctx, "limit") else None
            search = {option: options[option] for option in _SEARCH_MANY}
            return run_batch(index, batch_path, output, phrase=phrase, limit=chosen, snippets=not no_snippets, **search)
        if count:
            return _write_count(index, text, **options)
        if files:
            return _write_files(index, text, everything=everything, **options)
        if everything:
            return _write_all(index, text, output, plot_path, snippets=snippets, **options)
        page = index.search(text, snippets=snippets, **options)
        _tell_of(page, text, output)
        _plot(plot_path, page, text)
        is_for_people = not (output.holds_diagnostics or options["plain"] or options["chosen"])
        if is_for_people and (suggestion := suggestion_for(index, text, page, **options)):
            tell(suggestion)
        is_later = options["after"] is not None or options["page"] > 1
        write_results(output, index, page, page.hits, total=len(page), later=is_later)
        _tell_of_the_rest(page, output, is_later=is_later)
    return _exit_code(page)


def _check_together(ctx: click.Context, query: tuple[str, ...], *, everything: bool, batch: bool, phrase: bool) -> None:
    """Insist on arguments that make sense together."""
    has_words = any(map(str.strip, query))
    if batch and query:
        raise click.UsageError("--batch asks the queries of its file; leave the words out", ctx)
    if phrase and not batch:
        raise click.UsageError("--phrase is for --batch; put the words of a phrase in quotation marks", ctx)
    if not (has_words or everything or batch):
        raise click.UsageError("there is nothing to search for; give some words, or --all for every article", ctx)
    unfit = (
        {"--all": ("plain", "expand", "sort", "limit", "page", "after", "explain", "count")}
        if everything
        else {
            "--batch": (
                "page",
                "after",
                "count",
                "files",
                "facets",
                "chosen",
                "timeline",
                "share",
                "plot_path",
                "why",
                "explain",
            )
        }
        if batch
        else {}
    )
    for option, others in unfit.items():
        for other in others:
            if _is_given(ctx, other):
                name = _OPTION_NAMES.get(other, other)
                raise click.UsageError(f"{option} and --{name} exclude one another", ctx)
    if everything and batch:
        raise click.UsageError("--all and --batch exclude one another", ctx)


def _check_written(
    ctx: click.Context, output: Output, plot_path: str | None, *, count: bool, files: bool, **options: Any
) -> None:
    """Insist on a format that has room for what is asked for."""
    if count and files:
        raise click.UsageError("--count and --files exclude one another", ctx)
    for option, is_given in (("--count", count), ("--files", files)):
        if is_given and (output.format != "screen" or output.path is not None or output.why):
            raise click.UsageError(f"{option} is written as lines; leave the format out", ctx)
    counted = {"facets": options["facets"], "timeline": options["timeline"] and plot_path is None}
    for option, is_asked in counted.items():
        if not is_asked or (output.format in ("screen", "json") and not (count or files)):
            continue
        if _is_given(ctx, option):
            raise click.UsageError(f"--{option} has no place in what is written; use --json, or leave it out", ctx)
        tell(f"the {option} of the saved question have no place in what is written")


def _write_count(index: Engine, text: str, **options: Any) -> Exit:
    page = index.search(text, **{**options, "limit": 0, "page": 1, "after": None, "snippets": False})
    tell_of_diagnostics(page.diagnostics, text)
    click.echo(page.total)
    return _exit_code(page)


def _write_files(index: Engine, text: str, *, everything: bool, **options: Any) -> Exit:
    """Write the files that the hits were read from, each once."""
    page = index.search(text, **{**options, "limit": 0 if everything else options["limit"], "snippets": False})
    tell_of_diagnostics(page.diagnostics, text)
    dates = {option: options[option] for option in ("since", "until", "any", "chosen")}
    written: set[str] = set()
    without = 0
    with index.scan(text, **dates) if everything else nullcontext(page.hits) as hits:
        for hit in hits:
            origin = hit.article.origin
            without += origin is None
            if origin is not None and (name := str(replace(origin, record=None))) not in written:
                written.add(name)
                click.echo(printable(name))
    if without:
        tell(f"{plural(without, 'hit')} came from no file")
    return _exit_code(page)


def _tell_of_the_rest(page: Page, output: Output, *, is_later: bool) -> None:
    """Say that there are more hits than were written, where the format does not."""
    if output.format in ("screen", "json") or page.next is None or page.total is None:
        return
    shown = f"{number(len(page))} of {number(page.total)} hits"
    tell(f"these are {shown}; --all writes every hit, -n N more of them" if not is_later else f"these are {shown}")


def _explain(index: Engine, text: str, output: Output, **options: Any) -> Exit:
    """Say what the query means."""
    from searchlib.cli.why import show_query_explanation  # So that a query starts as fast as it can.

    if output.path is not None or output.format not in ("screen", "json"):
        raise click.UsageError("--explain is for people, or for programs with --json", click.get_current_context())
    explained = index.explain(text, **options)
    if output.format == "json":
        write_object(explained.as_dict())
    else:
        tell_of_diagnostics(explained.diagnostics, text)
        show_query_explanation(Screen(), explained)
    return Exit.DONE if explained.total else Exit.NOTHING


def _is_given(ctx: click.Context, option: str) -> bool:
    return ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE


def _check_counting(ctx: click.Context, plot_path: str | None, *, timeline: str | None, share: bool, **_: Any) -> None:
    """Insist on a timeline where it is to be drawn or shared out, and on what draws."""
    for option, is_given in (("--plot", plot_path is not None), ("--share", share)):
        if is_given and timeline is None:
            raise click.UsageError(f"{option} is about a timeline; add --timeline month", ctx)
    if plot_path is not None:
        from searchlib.cli.plots import check_plot  # Few queries are drawn.

        check_plot()


def _plot(path: str | None, page: Page, text: str) -> None:
    """Draw the timeline, if that is asked for."""
    if path is None:
        return
    if page.timeline is None or not page.timeline.buckets:
        tell("there is no picture: no article that was found has a date")
        return
    from searchlib.cli.plots import plot_timeline

    plot_timeline(path, page.timeline, text if text.strip() else "Every article")


def _write_all(
    index: Engine, text: str, output: Output, plot_path: str | None, *, snippets: bool, **options: Any
) -> Exit:
    """Write every hit, in order of publication."""
    # What is counted, and what there is to say of the query; it reads no article.
    page = index.search(text, **{**options, "limit": 0, "page": 1, "after": None, "snippets": False})
    _tell_of(page, text, output)
    _plot(plot_path, page, text)
    dates = {option: options[option] for option in ("since", "until", "any", "chosen")}
    with index.scan(text, snippets=snippets, **dates) as scan:
        write_results(output, index, page, scan, total=scan.total, later=False)
    return _exit_code(page)


def _tell_of(page: Page, text: str, output: Output) -> None:
    if not output.holds_diagnostics:
        tell_of_diagnostics(page.diagnostics, text)
        if page.expansion is not None:
            tell(str(page.expansion))


def _exit_code(page: Page) -> Exit:
    return Exit.DONE if page.total or page.hits else Exit.NOTHING
