"""What of `searchlib query` goes together, and what does not."""

from __future__ import annotations

from typing import Final

import click
from click.core import ParameterSource

from searchlib.cli.failures import tell
from searchlib.cli.output import Output

__all__ = ["check_counting", "check_together", "check_written", "is_given"]

#: What options are called whose arguments have other names.
_OPTION_NAMES: Final = {"plot_path": "plot", "chosen": "choose", "open_number": "open"}
#: Option → the arguments that it excludes.
_UNFIT: Final = {
    "--all": ("plain", "expand", "sort", "limit", "page", "after", "explain", "count", "open_number"),
    "--batch": (
        "page", "after", "count", "files", "facets", "chosen", "timeline", "share", "plot_path", "why", "explain", "open_number",
    ),
    "--open": ("limit", "count", "files", "facets", "timeline", "plot_path", "why", "explain", "columns", "output_path"),
}  # fmt: skip


def is_given(ctx: click.Context, option: str) -> bool:
    """Whether an argument comes from the command line."""
    return ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE


def check_together(
    ctx: click.Context, query: tuple[str, ...], *, everything: bool, batch: bool, phrase: bool, opens: bool
) -> None:
    """Insist on arguments that make sense together.

    Raises:
        click.UsageError: They do not.
    """
    has_words = any(map(str.strip, query))
    if batch and query:
        raise click.UsageError("--batch asks the queries of its file; leave the words out", ctx)
    if phrase and not batch:
        raise click.UsageError("--phrase is for --batch; put the words of a phrase in quotation marks", ctx)
    if not (has_words or everything or batch):
        raise click.UsageError("there is nothing to search for; give some words, or --all for every article", ctx)
    for option, is_asked in (("--all", everything), ("--batch", batch), ("--open", opens)):
        for other in _UNFIT[option] if is_asked else ():
            if is_given(ctx, other):
                name = _OPTION_NAMES.get(other, other.removesuffix("_path"))
                raise click.UsageError(f"{option} and --{name} exclude one another", ctx)
    if everything and batch:
        raise click.UsageError("--all and --batch exclude one another", ctx)
    if ctx.params["limit"] is None and batch:
        raise click.UsageError("--batch writes a row for each query, which has room for a number of hits", ctx)
    if ctx.params["limit"] is None and ctx.params["page"] > 1:
        raise click.UsageError("--limit all leaves no other page; leave --page out", ctx)


def check_written(
    ctx: click.Context,
    output: Output,
    plot_path: str | None,
    *,
    count: bool,
    files: bool,
    opens: bool,
    facets: tuple[str, ...],
    timeline: str | None,
) -> None:
    """Insist on a format that has room for what is asked for.

    Raises:
        click.UsageError: It has none.
    """
    if count and files:
        raise click.UsageError("--count and --files exclude one another", ctx)
    for option, is_asked in (("--count", count), ("--files", files), ("--open", opens)):
        if is_asked and (output.format != "screen" or output.path is not None or output.why):
            raise click.UsageError(f"{option} is written as lines; leave the format out", ctx)
    for option, is_asked in (("facets", bool(facets)), ("timeline", timeline is not None and plot_path is None)):
        if not is_asked or (output.format in ("screen", "json") and not (count or files or opens)):
            continue
        if is_given(ctx, option):
            raise click.UsageError(f"--{option} has no place in what is written; use --json, or leave it out", ctx)
        tell(f"the {option} of the saved question have no place in what is written")


def check_counting(ctx: click.Context, plot_path: str | None, *, timeline: str | None, share: bool) -> None:
    """Insist on a timeline where it is to be drawn or shared out, and on what draws.

    Raises:
        click.UsageError: There is no timeline.
        MissingExtraError: What draws is not installed.
    """
    for option, is_asked in (("--plot", plot_path is not None), ("--share", share)):
        if is_asked and timeline is None:
            raise click.UsageError(f"{option} is about a timeline; add --timeline month", ctx)
    if plot_path is not None:
        from searchlib.cli.plots import check_plot  # Few queries are drawn.

        check_plot()
