"""What all tests share: where the real articles lie, and that their absence is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from profiles import load_profile

ROOT = Path(__file__).resolve().parent.parent


load_profile()


def pytest_report_header() -> str:
    return f"real articles: {_shared_path()}{'' if _shared_path().is_dir() else ' (absent)'}"


def _shared_path() -> Path:
    return Path(os.environ.get("SEARCHLIB_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and test collections; the test is skipped where there is none."""
    path = _shared_path()
    if not path.is_dir():
        pytest.skip(f"needs the real articles in {path}; set $SEARCHLIB_SHARED to where they are")
    return path


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout that the tests belong to."""
    return ROOT
