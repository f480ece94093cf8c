"""The example notebook runs, says what it said, and shows pictures that are small."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbclient", reason="the notebook is run by nbclient")
pytest.importorskip("ipykernel", reason="the notebook is run by a kernel of IPython")
pytest.importorskip("pandas", reason="the notebook makes a DataFrame")

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "examples" / "reuters-1987.ipynb"
SHARED = Path(os.environ.get("SEARCHLIB_SHARED", ROOT.parent / "shared"))


def _cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def _texts(cells: list[dict[str, Any]]) -> list[str]:
    """What each cell says as plain text."""
    outputs = [output for cell in cells for output in cell["outputs"]]
    return ["".join(output.get("data", {}).get("text/plain", output.get("text", ""))) for output in outputs]


def _run(folder: Path, shared: Path) -> list[dict[str, Any]]:
    """The cells of the notebook after a run beside the sample articles; an error of a cell ends it."""
    shutil.copytree(ROOT / "examples" / "articles", folder / "articles")
    shutil.copy(NOTEBOOK, folder)
    environment = {**os.environ, "SEARCHLIB_SHARED": str(shared), "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder)}
    command = [sys.executable, "-c", "from nbclient.cli import main; main()", "--inplace", NOTEBOOK.name]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=280)
    cells = _cells(folder / NOTEBOOK.name)
    assert run.returncode == 0, run.stderr
    assert all(cell["execution_count"] for cell in cells)
    return cells


@pytest.mark.skipif(not (SHARED / "corpus").exists(), reason="Reuters-21578 is not in ../shared/corpus")
def test_the_notebook_says_again_what_it_says(tmp_path: Path):
    said = _texts(_cells(NOTEBOOK))

    assert len(said) >= 8
    assert _texts(_run(tmp_path, SHARED)) == said


def test_the_notebook_runs_on_the_sample_articles_where_there_is_no_corpus(tmp_path: Path):
    texts = _texts(_run(tmp_path, tmp_path / "nowhere"))

    assert texts[0] == "<AddReport 50 added, 1 replaced>"
    assert all("0 of 0" not in text and "finds 0" not in text for text in texts)


def test_the_notebook_is_small_and_shows_pictures_and_nothing_of_the_machine_that_it_was_made_on():
    text = NOTEBOOK.read_text(encoding="utf-8")
    shown = ["".join(output["data"].get("text/html", "")) for cell in _cells(NOTEBOOK) for output in cell["outputs"]]

    assert len(text) < 120_000
    assert sum(html.count('class="timeline"') for html in shown) == 2
    assert "<script" not in text
    assert all(name not in text for name in ("/tmp", "/home", "/root", "/work"))


def test_the_notebook_names_where_its_articles_are_from():
    text = NOTEBOOK.read_text(encoding="utf-8")

    assert "archive.ics.uci.edu" in text
    assert "Lewis" in text
