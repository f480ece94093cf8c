"""Without its compiled modules searchlib cannot be imported, or built, and says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib
from searchlib.kernels import MissingKernelsError

KERNELS = ("storage", "tokenizing", "inverting", "building", "searching", "words", "snippets")
PACKAGE = Path(searchlib.__file__).parent


def imported_without(kernels: tuple[str, ...], folder: Path) -> subprocess.CompletedProcess[str]:
    """The import of a copy of the package that lacks these kernels."""
    missing = [f"{name}.*.so" for name in kernels] + [f"{name}.*.pyd" for name in kernels]
    shutil.copytree(PACKAGE, folder / "searchlib", ignore=shutil.ignore_patterns("__pycache__", *missing))
    return subprocess.run(
        [sys.executable, "-c", "import searchlib"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kernels", [KERNELS, ("snippets",), ("searching",)], ids=", ".join)
def test_an_import_without_kernels_says_which_are_missing_and_what_to_do(kernels: tuple[str, ...], tmp_path: Path):
    done = imported_without(kernels, tmp_path)

    assert done.returncode == 1
    error = done.stderr.splitlines()[-1]
    assert error.startswith("searchlib.kernels.MissingKernelsError: ")
    assert all(f"searchlib.kernels.{name}" in error for name in kernels)
    assert "wheel" in error
    assert "gcc or clang" in error


def test_all_kernels_are_there_where_the_import_passes(tmp_path: Path):
    assert imported_without((), tmp_path).returncode == 0


def test_the_error_is_an_import_error_that_keeps_its_facts():
    error = MissingKernelsError(["searchlib.kernels.storage"])

    assert isinstance(error, ImportError)
    assert error.missing == ("searchlib.kernels.storage",)
    assert error.name == "searchlib.kernels.storage"


def test_a_build_without_a_compiler_fails_and_says_so(project_root: Path, tmp_path: Path):
    if not (project_root / "setup.py").exists():
        pytest.skip("needs the sources")
    pytest.importorskip("Cython", reason="needs what a build needs: Cython")
    for name in ("setup.py", "searchlib"):
        copy = shutil.copytree if (project_root / name).is_dir() else shutil.copy
        copy(project_root / name, tmp_path / name)
    # Without the project's file: setuptools of any version will do, and one kernel is enough.
    for source in (tmp_path / "searchlib" / "kernels").glob("*.pyx"):
        if source.stem != "snippets":
            source.unlink()
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", "--build-lib", "built", "--force"],
        cwd=tmp_path,
        env={**os.environ, "CC": str(tmp_path / "no-compiler")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "searchlib.kernels.snippets could not be compiled" in done.stderr
    assert "gcc or clang" in done.stderr
