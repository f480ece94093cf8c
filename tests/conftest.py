"""What all tests share: where the real articles lie, and that their absence is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent


# Times vary too much from machine to machine to be part of a property. `make test-long` asks for the long one.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("default"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


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
