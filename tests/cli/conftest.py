"""What the tests of the command line share: an index of a few articles, and two ways to run `searchlib`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from processes import own_signals

from searchlib.cli import cli

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "oslo",
        "title": "Summit on fisheries opens in Oslo",
        "body": "The summit on fisheries opened on Monday.\n\nHerring quotas come first, the minister said.",
        "section": "World",
        "publisher": "The Harbour Post",
        "place": "OSLO",
        "authors": ["Ida Berg", "Tom Lunde"],
        "tags": ["fisheries"],
        "url": "https://example.org/oslo",
        "published": "2023-09-11T08:30+02:00",
    },
    {
        "id": "herring",
        "title": "Herring prices rise",
        "summary": "Fishmongers blame the quotas.",
        "body": "Herring was dearer in September than ever before.",
        "section": "Business",
        "publisher": "The Harbour Post",
        "published": "2023-09-20",
        "extra": {"pages": [4, 5]},
    },
    {
        "id": "bremen",
        "title": "Bremen remembers a herring fleet",
        "body": "The last boats left the quay in Bremen.",
        "section": "World",
        "place": "BREMEN",
        "published": "1912-05",
    },
    {"id": "undated", "title": "How to pickle herring", "body": "Salt, vinegar and patience.", "publisher": "Kitchen"},
]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of whoever runs the tests decides what is written, or which index is found."""
    for name in ("SEARCHLIB_INDEX", "SEARCHLIB_QUESTIONS", "SEARCHLIB_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs a command in this process: ``run("query", "herring")``."""

    def run(*args: object, **options: Any) -> Result:
        result = CliRunner().invoke(cli, [str(arg) for arg in args], **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def process() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a command as a process of its own, all its streams piped; none outlives the test."""
    with ExitStack() as started:

        def start(*args: object, **env: str) -> subprocess.Popen[str]:
            with own_signals():
                running = subprocess.Popen(
                    [sys.executable, "-m", "searchlib", *(str(arg) for arg in args)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    env={**os.environ, **env},
                )
            started.enter_context(running)
            started.callback(running.kill)
            return running

        yield start


@pytest.fixture
def write_jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Writes dictionaries as a file of JSON Lines."""

    def write(articles: list[dict[str, Any]], name: str = "articles.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def _filled_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    path = folder / "news.index"
    result = CliRunner().invoke(
        cli, ["index", str(source), "--index", str(path), "--timezone", "Asia/Singapore"], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def index(_filled_index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of `ARTICLES`, only to be read, which commands find by themselves."""
    monkeypatch.setenv("SEARCHLIB_INDEX", str(_filled_index))
    return _filled_index


@pytest.fixture
def own_index(_filled_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that index which the test may change."""
    path = tmp_path / "own.index"
    shutil.copytree(_filled_index, path)
    monkeypatch.setenv("SEARCHLIB_INDEX", str(path))
    return path
