"""The manual page: made from the help texts, and read by man without a complaint."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from searchlib.cli import COMMANDS
from searchlib.cli.manual import DATE, manual


def test_the_page_in_docs_is_the_one_made_from_the_help_texts(project_root):
    page = project_root / "docs" / "man" / "searchlib.1"

    assert page.read_text(encoding="ascii") == manual(), "run: python -m searchlib.cli.manual > docs/man/searchlib.1"


def test_its_day_is_that_of_the_last_release(project_root):
    changes = (project_root / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## [\d.]+ \((\d{4}-\d\d-\d\d)\)$", changes, re.MULTILINE)[0] == DATE


@pytest.mark.parametrize(
    "checker", [["mandoc", "-Tlint", "-Wwarning"], ["groff", "-man", "-ww", "-z"]], ids=lambda each: each[0]
)
def test_a_checker_has_nothing_to_say(checker, tmp_path):
    if not shutil.which(checker[0]):
        pytest.skip(f"{checker[0]} is not installed")
    page = tmp_path / "searchlib.1"
    page.write_text(manual(), encoding="ascii")
    checked = subprocess.run([*checker, page], capture_output=True, text=True, check=False)

    assert (checked.stdout + checked.stderr, checked.returncode) == ("", 0)


def test_it_shows_every_command_with_its_options_as_they_are_typed(tmp_path):
    reader = shutil.which("mandoc") or shutil.which("groff")
    if not reader:
        pytest.skip("neither mandoc nor groff is installed")
    page = tmp_path / "searchlib.1"
    page.write_text(manual(), encoding="ascii")
    options = ["-mandoc", "-Tascii", "-P-cbou"] if reader.endswith("groff") else ["-Tascii", "-Owidth=200"]
    shown = subprocess.run([reader, *options, page], capture_output=True, text=True, check=True).stdout
    plain = re.sub(".\b", "", shown)

    assert all(f"   searchlib {name}\n" in plain for name in COMMANDS)
    assert "--index PATH" in plain
    assert """searchlib query '"armoured train" vladivostok' --since 2023-09""" in plain
