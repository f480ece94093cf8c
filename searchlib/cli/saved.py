"""Saved questions on the command line: which file they are in, and what an asked one comes to."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from searchlib.questions import Question

__all__ = ["DEFAULT_QUESTIONS", "fill_in", "load_questions", "name_of"]

DEFAULT_QUESTIONS: Final = "questions.toml"
_ASKED: Final = re.compile(r"@([A-Za-z0-9][\w-]*)")


def name_of(query: tuple[str, ...]) -> str | None:
    """The name of the saved question that the arguments ask: ``@name`` alone; None for any other query."""
    asked = _ASKED.fullmatch(query[0]) if len(query) == 1 else None
    return asked[1] if asked else None


def load_questions(path: str | None, name: str | None = None) -> dict[str, Question]:
    """The questions of a file, or of ./questions.toml.

    Args:
        path: The file; None for that of the folder.
        name: The question that is asked, for the error.

    Raises:
        click.ClickException: No file is named, and the folder has none.
        SettingError: The file cannot be read.
    """
    if path is None and not os.path.exists(DEFAULT_QUESTIONS):
        asked = f"@{name} asks a saved question, and there" if name else "There"
        hint = f"; to search for the word, leave the @ out: searchlib query {name}" if name else ""
        raise click.ClickException(
            f"{asked} is no {DEFAULT_QUESTIONS} here. Name a file with --questions or $SEARCHLIB_QUESTIONS{hint}"
        )
    from searchlib.questions import load  # Few queries are saved ones.

    return load(path or DEFAULT_QUESTIONS)


def fill_in(ctx: click.Context, path: str | None, name: str, values: Mapping[str, str], options: dict[str, Any]) -> str:
    """The query of a saved question. Sets those options that the question has and the command line does not."""
    from searchlib.questions import choose

    question = choose(load_questions(path, name), name)
    asked = question.filled(**values)
    query: str = asked.pop("query")
    if question.columns is not None:
        asked["columns"] = ",".join(question.columns)
    given = [option for option in asked if ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE]
    options.update({option: value for option, value in asked.items() if option not in given})
    return query
