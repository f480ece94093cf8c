"""The backend of django-haystack, in a process of its own: Haystack 2 has a package of the same name."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import searchlib

SITE = Path(__file__).parent / "haystack_site"
CHECKS = SITE / "checks.py"
NAMES = [
    node.name
    for node in ast.parse(CHECKS.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """By the name of a check, what went wrong in it, "" where nothing did."""
    pytest.importorskip("django")
    installed = Path(os.environ.get("SEARCHLIB_DJANGO_HAYSTACK", Path(sys.prefix, "django-haystack")))
    if not (installed / "haystack" / "backends").is_dir():
        pytest.skip(
            f"needs django-haystack in {installed} ('make test' installs it there); $SEARCHLIB_DJANGO_HAYSTACK names another place"
        )
    folder = tmp_path_factory.mktemp("haystack")
    report = folder / "report.xml"
    paths = [installed, CHECKS.parents[1], Path(searchlib.__file__).parents[1]]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore", "-c", os.devnull, "--rootdir", folder, "--junitxml", report, CHECKS],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), "SITE_INDEX": str(folder / "site.index"), "DJANGO_SETTINGS_MODULE": "haystack_site.settings"},
        capture_output=True,
        encoding="utf-8",
        timeout=250,
    )  # fmt: skip
    assert report.exists(), run.stdout + run.stderr
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("name", "").partition("[")[0]
        wrong = [part.text or part.get("message", "") for part in case if part.tag in ("failure", "error")]
        found[name] = "\n".join([found.get(name, ""), *wrong]).strip()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_backend(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == "", outcomes[name]
