"""`searchlib query`: find articles."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Final

import click

from searchlib.cli.counting_options import FACET_VALUES_SHOWN, counting_options
from searchlib.cli.failures import Exit, is_unreadable, tell, tell_of_diagnostics
from searchlib.cli.index_values import complete_query
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, query_text
from searchlib.cli.output import Output, choose_output, write_results
from searchlib.cli.query_checks import check_counting, check_together, check_written, is_given
from searchlib.cli.query_options import batch_options, output_options, question_options, search_options
from searchlib.cli.saved import fill_in, name_of
from searchlib.cli.screen import Screen, number
from searchlib.cli.suggestions import suggestion_for
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.engines import embedded
from searchlib.engines.base import Engine
from searchlib.results import Page

__all__ = ["command"]

#: The options that say how results are written, and those that many queries are asked with.
_OUTPUT: Final = ("as_json", "as_json_lines", "as_csv", "columns", "output_path", "safe_csv", "why")
_EXPLAIN: Final = ("since", "until", "any", "plain", "strict")
_SEARCH_MANY: Final = ("since", "until", "any", "plain", "expand", "sort", "strict", "timeout_s")


class _QueryCommand(CommandWithExamples):
    """A command whose arguments may look like options. Its error says how to write those."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            nearest = f"; {' or '.join(error.possibilities)} may be meant" if error.possibilities else ""
            raise click.ClickException(
                f"{error.option_name} is no option of query{nearest}; 'searchlib query --help' lists them. To leave out "
                "articles with a word, write NOT word, or put the query behind '--': searchlib query -- kim -putin"
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
        "searchlib query 'section:world' --sort newest --open",
    ),
)
@click.argument("query", nargs=-1, shell_complete=complete_query)
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
    open_number: int | None,
    explain: bool,
    plot_path: str | None,
    **options: Any,
) -> Exit:
    """Find articles.

    Several arguments are one query; quote what the shell must not take apart. An article has to
    have all the words in its title, summary or body. "…" is a phrase. OR and NOT join and exclude.
    author:, section: and the other fields are searched alone. date: and since: restrict the time.
    @name alone asks the saved question of that name.

    Ends with 0 when something was found, 1 when nothing was, 2 after an error. A date or another part
    that restricts and cannot be read is an error.
    """
    opens = open_number is not None
    check_together(ctx, query, everything=everything, batch=batch_path is not None, phrase=phrase, opens=opens)
    text = _text_of(ctx, query, questions_path, parameters, options)
    check_counting(ctx, plot_path, timeline=options["timeline"], share=options["share"])
    output = choose_output(**{option: options.pop(option) for option in _OUTPUT})
    counted = {option: options[option] for option in ("facets", "timeline")}
    check_written(ctx, output, plot_path, count=count, files=files, opens=opens, **counted)
    if options["facet_limit"] is None and output.format != "json":
        options["facet_limit"] = FACET_VALUES_SHOWN
    snippets = output.has_snippets and not no_snippets
    with embedded.open(index_path) as index:
        if explain:
            return _explain(index, text, output, **{option: options[option] for option in _EXPLAIN})
        if batch_path is not None:
            from searchlib.cli.batch import run_batch  # So that a single query starts as fast as it can.

            limit = options.pop("limit")
            chosen = limit if is_given(ctx, "limit") else None
            search = {option: options[option] for option in _SEARCH_MANY}
            return run_batch(index, batch_path, output, phrase=phrase, limit=chosen, snippets=not no_snippets, **search)
        if count:
            return _write_count(index, text, **options)
        if open_number is not None:
            from searchlib.cli.opening import open_hit

            return open_hit(index, text, open_number, **options)
        if files:
            from searchlib.cli.every_hit import write_files

            return write_files(index, text, in_time=everything, **options)
        if everything or options["limit"] is None:
            return _write_all(index, text, output, plot_path, in_time=everything, snippets=snippets, **options)
        return _write_page(index, text, output, plot_path, snippets=snippets, **options)


def _text_of(
    ctx: click.Context,
    query: tuple[str, ...],
    questions_path: str | None,
    parameters: dict[str, str],
    options: dict[str, Any],
) -> str:
    """The query that is asked. A saved one sets those options that it has and the command line does not."""
    name = name_of(query)
    if name is not None:
        return fill_in(ctx, questions_path, name, parameters, options)
    if parameters:
        raise click.UsageError("--set is for a saved question: searchlib query @name --set …", ctx)
    return query_text(query)


def _write_page(
    index: Engine, text: str, output: Output, plot_path: str | None, *, snippets: bool, **options: Any
) -> Exit:
    page = index.search(text, snippets=snippets, **options)
    _tell_of(page, text, output)
    if _is_refused(page, output):
        return Exit.ERROR
    _plot(plot_path, page, text)
    is_for_people = not (output.holds_diagnostics or options["plain"] or options["chosen"])
    if is_for_people and (suggestion := suggestion_for(index, text, page, **options)):
        tell(suggestion, wrap=False)
    number_of_next = None if options["after"] is not None else options["page"] + 1
    is_later = number_of_next != 2
    write_results(output, index, page, page.hits, total=len(page), later=is_later, next_page=number_of_next)
    _tell_of_the_rest(page, output, is_later=is_later)
    return _exit_code(page)


def _write_count(index: Engine, text: str, **options: Any) -> Exit:
    page = index.search(text, **{**options, "limit": 0, "page": 1, "after": None, "snippets": False})
    tell_of_diagnostics(page.diagnostics, text)
    if page.total or not is_unreadable(page.diagnostics):
        click.echo(page.total)
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
        tell_of_diagnostics(explained.diagnostics, text, unreadable_only=True)
    else:
        tell_of_diagnostics(explained.diagnostics, text)
        show_query_explanation(Screen(), explained)
    if is_unreadable(explained.diagnostics):
        return Exit.ERROR
    return Exit.DONE if explained.total else Exit.NOTHING


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
    index: Engine, text: str, output: Output, plot_path: str | None, *, in_time: bool, snippets: bool, **options: Any
) -> Exit:
    """Write every hit: in order of publication, or in the order that is asked for."""
    from searchlib.cli.every_hit import all_hits  # So that a page of hits starts as fast as it can.

    options["now"] = datetime.now(timezone.utc)
    # What is counted, and what there is to say of the query; it reads no article.
    page = index.search(text, **{**options, "limit": 0, "after": None, "snippets": False})
    _tell_of(page, text, output)
    if _is_refused(page, output):
        return Exit.ERROR
    _plot(plot_path, page, text)
    with all_hits(index, text, in_time=in_time, snippets=snippets, **options) as hits:
        is_later = options["after"] is not None
        write_results(output, index, page, hits, total=page.total or 0, later=is_later, next_page=None)
    return _exit_code(page)


def _tell_of(page: Page, text: str, output: Output) -> None:
    # Who reads JSON may not look at its diagnostics; but an error is said on standard error, whatever is written.
    tell_of_diagnostics(page.diagnostics, text, unreadable_only=output.holds_diagnostics)
    if page.expansion is not None and not output.holds_diagnostics:
        tell(str(page.expansion))


def _is_refused(page: Page, output: Output) -> bool:
    """Whether nothing is written, because the query could not be read and so finds nothing."""
    return is_unreadable(page.diagnostics) and not (page.total or page.hits or output.holds_diagnostics)


def _exit_code(page: Page) -> Exit:
    if is_unreadable(page.diagnostics):
        return Exit.ERROR
    return Exit.DONE if page.total or page.hits else Exit.NOTHING
