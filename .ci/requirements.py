"""Print what searchlib requires with the extras that are named, a line each: for `pip install -r`."""

import re
import sys
from collections.abc import Iterator
from typing import Any

from setuptools.config.pyprojecttoml import load_file


def requirements(project: dict[str, Any], extras: list[str]) -> Iterator[str]:
    """What is required by the project itself and by each extra; an extra may name others of the same project."""
    yield from project["dependencies"]
    own = re.compile(rf"{project['name']}\[(.*)\]")
    while extras:
        for required in project["optional-dependencies"][extras.pop()]:
            if others := own.fullmatch(required):
                extras += others[1].split(",")
            else:
                yield required


print(*requirements(load_file("pyproject.toml")["project"], sys.argv[1:]), sep="\n")
