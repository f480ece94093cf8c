"""`searchlib questions`: list the saved questions."""

from __future__ import annotations

import click

from searchlib.cli.failures import Exit
from searchlib.cli.machine import write_object
from searchlib.cli.options import json_option
from searchlib.cli.query_options import questions_option
from searchlib.cli.saved import load_questions
from searchlib.cli.screen import BAR, DIM, HEAD, Screen
from searchlib.cli.with_examples import CommandWithExamples
from searchlib.json_form import json_form
from searchlib.questions import Question
from searchlib.results import printable

__all__ = ["command"]


@click.command(
    "questions",
    cls=CommandWithExamples,
    examples=(
        "searchlib questions",
        "searchlib questions --questions ~/questions.toml --json | jq .",
        "searchlib query @visits --set who='Kim Jong Un'",
    ),
)
@questions_option
@json_option
def command(questions_path: str | None, as_json: bool) -> Exit:
    """List the saved questions.

    They are in a TOML file, a table each, and are asked with 'searchlib query @name'. A {name} in
    a query is a parameter, which --set fills in.

    Ends with 1 when the file has none.
    """
    questions = load_questions(questions_path)
    if as_json:
        write_object({"questions": json_form(questions.values())})
    else:
        screen = Screen()
        for question in questions.values():
            _show(screen, question)
    return Exit.DONE if questions else Exit.NOTHING


def _show(screen: Screen, question: Question) -> None:
    screen.line((f"@{question.name}", HEAD), f"  {printable(question.description)}")
    screen.line((printable(question.query), BAR), indent=4)
    for name, parameter in question.parameters.items():
        default = "needed" if parameter.default is None else f"{printable(parameter.default)!r} if not given"
        about = f" · {printable(parameter.description)}" if parameter.description else ""
        raw = " · in the query language" if parameter.raw else ""
        screen.line((f"{name}: {default}{about}{raw}", DIM), indent=4)
