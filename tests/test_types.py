"""Programs that type checkers find nothing in: those of README, docs and examples, and `typed_uses.py`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
USES = Path(__file__).resolve().parent / "typed_uses.py"

_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: A checker reads the package too, which takes it some seconds where it has never seen it.
_LONG_ENOUGH_S = 300


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The Python of each page as a program whose lines are where the page has them, the examples, and `USES`."""
    folder = tmp_path_factory.mktemp("programs")
    written = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if not (found := list(_PYTHON.finditer(text))):
            continue
        lines: list[str] = []
        for match in found:
            lines += [""] * (text.count("\n", 0, match.start(1)) - len(lines))
            lines += match[1].splitlines()
        written.append(folder / f"page_{page.stem.replace('-', '_')}.py")
        written[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(written) >= 2
    # Apps of frameworks are checked by nobody who has not these and what types them.
    examples = [path for path in sorted((ROOT / "examples").glob("*.py")) if not path.stem.endswith("_app")]
    for path in (*examples, USES):
        written.append(folder / path.name)
        shutil.copy(path, written[-1])
    return written


def test_mypy_finds_nothing_in_strict_mode(programs: list[Path]) -> None:
    pytest.importorskip("mypy", reason="needs mypy")
    # Blocks of one page use a name again for another type.
    options = ("--strict", "--allow-redefinition", "--local-partial-types", "--follow-imports=silent", "--config-file=")
    cache = ROOT / ".mypy_cache" / "programs"
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, f"--cache-dir={cache}", *map(str, programs)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_LONG_ENOUGH_S,
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_pyright_finds_nothing(programs: list[Path]) -> None:
    if find_spec("pyright") is None:
        pytest.skip("needs pyright")
    config = {
        "extraPaths": [str(ROOT)],
        "typeCheckingMode": "standard",
        "reportMissingImports": "none",
        "reportMissingModuleSource": "none",
    }
    folder = programs[0].parent
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--project", str(folder), "--outputjson"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_LONG_ENOUGH_S,
    )
    if not run.stdout.startswith("{"):
        pytest.skip(f"pyright cannot run here: {(run.stderr or run.stdout)[:200]}")
    found = json.loads(run.stdout)
    said = [
        f"{each['file']}:{each['range']['start']['line'] + 1}: {each['message']}"
        for each in found["generalDiagnostics"]
        if each["severity"] == "error"
    ]

    assert found["summary"]["filesAnalyzed"] == len(programs)
    assert said == []
