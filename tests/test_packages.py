"""What is packed: a source distribution has all that a build needs, a wheel all that the program needs, and no more."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

import searchlib

REPOSITORY = "https://github.com/searchlib/searchlib"
PACKAGE = Path(searchlib.__file__).parent
#: What a build is made of, and is not installed.
SOURCES = {".pyx", ".pxd", ".pxi", ".h", ".c"}
#: What stays in the repository.
NOT_PACKED = re.compile(r"benchmarks/|tests/benchmarks/|\.ci/|\.github/|\.gitignore$")


@pytest.fixture(scope="module")
def checkout(project_root: Path) -> Path:
    if not (project_root / ".git").exists():
        pytest.skip("needs the repository")
    return project_root


def tracked_files(checkout: Path) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout,
        capture_output=True,
        check=True,
        text=True,
    )
    return {name for name in listed.stdout.split("\0") if name and (checkout / name).exists()}


def packed_files(checkout: Path, folder: Path) -> set[str]:
    """The files of a source distribution, as setuptools lists them; nothing is compiled for it."""
    subprocess.run(
        [sys.executable, "setup.py", "-q", "egg_info", "--egg-base", str(folder)],
        cwd=checkout,
        capture_output=True,
        check=True,
    )
    lines = (folder / "searchlib.egg-info" / "SOURCES.txt").read_text(encoding="utf-8").splitlines()
    return {name for name in lines if "egg-info" not in name}


def test_a_source_distribution_has_what_the_repository_has_but_benchmarks_and_its_own_checks(checkout, tmp_path):
    pytest.importorskip("setuptools", minversion="77", reason="needs what a build needs: setuptools")

    packed = packed_files(checkout, tmp_path)

    assert packed == {name for name in tracked_files(checkout) if not NOT_PACKED.match(name)}


def test_what_is_installed_is_what_the_package_has(checkout):
    """Of a wheel: in a checkout the package is installed as it stands."""
    expected = {
        name
        for name in tracked_files(checkout)
        if name.startswith("searchlib/") and PurePosixPath(name).suffix not in SOURCES
    }
    found = {f"searchlib/{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*") if path.is_file()}

    assert expected <= found


@pytest.mark.parametrize("page", ["README.md"])
def test_links_of_what_the_package_index_shows_are_absolute_and_lead_to_files(project_root, page):
    text = (project_root / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text)
    targets = [first or second for first, second in links]
    own = [
        target.removeprefix(f"{REPOSITORY}/blob/main/").partition("#")[0].partition("?")[0]
        for target in targets
        if REPOSITORY in target
    ]

    assert targets
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []
    assert [name for name in own if not (project_root / name).exists()] == []


def test_every_address_of_the_project_is_in_one_repository(project_root):
    text = (project_root / "pyproject.toml").read_text(encoding="utf-8")
    urls = re.findall(
        r'^\w+ = "(https://[^"]+)"$', text.partition("[project.urls]")[2].partition("\n[")[0], re.MULTILINE
    )

    assert len(urls) == 5
    assert [url for url in urls if not url.startswith(REPOSITORY)] == []


def test_the_version_is_that_of_the_last_release_that_changes_names(project_root):
    version = re.search(
        r'^version = "(.+)"$', (project_root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    released = re.findall(
        r"^## (\d\S*) \(\d{4}", (project_root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert version is not None
    assert released[0] == version[1]


def test_the_compiler_of_windows_is_named_so_that_any_processor_runs_the_result(project_root, monkeypatch):
    pytest.importorskip("setuptools", reason="needs what a build needs: setuptools")
    if not (project_root / "setup.py").exists():
        pytest.skip("needs the sources")
    spec = importlib.util.spec_from_file_location("setup_of_searchlib", project_root / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr("sysconfig.get_platform", lambda: "win-amd64")
    monkeypatch.setattr(sys, "executable", "/c/program files/python.exe")
    kind = build.choose_compiler_for_windows()

    assert kind == "mingw32"
    assert build.os.environ["CC"] == '"/c/program files/python.exe" -m ziglang cc -target x86_64-windows-gnu'
    monkeypatch.setenv("CC", "clang")
    build.choose_compiler_for_windows()
    assert build.os.environ["CC"] == "clang"
