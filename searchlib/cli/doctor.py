"""`searchlib doctor`: says how the installation and an index are, and what is to be mended."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from searchlib.cli.failures import Exit
from searchlib.cli.machine import write_object
from searchlib.cli.options import index_option, json_option
from searchlib.cli.screen import DIM, HEAD, MARK, Screen, plural
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.json_form import json_form
from searchlib.results import printable

if TYPE_CHECKING:
    from searchlib.cli.findings import Finding

__all__ = ["command"]


@click.command(
    "doctor",
    cls=CommandWithExamples,
    examples=(
        "searchlib doctor",
        "searchlib doctor --index news.index --thorough",
        "searchlib doctor --json | jq '.findings[] | select(.problem)'",
    ),
)
@index_option
@click.option("--thorough", is_flag=True, help="Read every byte of the index, and compare it with its checksums.")
@json_option
@click.pass_context
def command(ctx: click.Context, index_path: str, thorough: bool, as_json: bool) -> Exit:
    """Say how the installation and an index are, and what to mend.

    Versions, kernels, extras, terminal, settings, programs on the PATH; of the index its health, file system, room and
    locks. Exits with 1 if something is to be mended; each problem comes with a command.
    """
    from searchlib.cli.doctor_index import index_findings
    from searchlib.cli.doctor_system import system_findings

    # The default is a wish of nobody's: that there is no ./searchlib.index is no problem.
    is_asked_for = ctx.get_parameter_source("index_path") is not ParameterSource.DEFAULT
    findings = [*system_findings(), *index_findings(index_path, is_asked_for=is_asked_for, thorough=thorough)]
    problems = [finding for finding in findings if finding.problem]
    if as_json:
        write_object({"well": not problems, "findings": json_form(findings)})
    else:
        _print(findings, problems)
    return Exit.NOTHING if problems else Exit.DONE


def _print(findings: list[Finding], problems: list[Finding]) -> None:
    screen = Screen()
    width = max(len(finding.name) for finding in findings)
    for part, of_part in groupby(findings, key=lambda finding: finding.part):
        screen.line((part, HEAD))
        for finding in of_part:
            name = (finding.name.ljust(width), MARK if finding.problem else DIM)
            screen.line(name, "  ", printable(finding.value), indent=2)
        screen.line("")
    for problem in problems:
        screen.line((f"{problem.part}, {problem.name}: ", MARK), printable(problem.problem or ""))
        # A command is not wrapped, so that it can be copied.
        screen.line(printable(problem.remedy or ""), indent=4, wrap=False)
    screen.line((plural(len(problems), "problem") if problems else "All is well.", HEAD))
