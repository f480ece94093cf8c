"""The programs and the sample articles of examples/ do what they and their README say."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import searchlib
from searchlib import Index

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PROGRAMS = sorted(EXAMPLES.glob("*.py"))
ARTICLES = EXAMPLES / "articles"
FILES = sorted(path for path in ARTICLES.rglob("*") if path.is_file())
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")

# One query of the README: its heading, what is said about it, the command, and the list of titles.
_QUERY = re.compile(
    r"^#### \d+\. (?P<name>.+)\n(?P<why>(?:.+\n)*)\n?```console\n\$ searchlib query (?P<command>.+)\n```\n(?P<titles>(?:- .+\n)*)",
    re.MULTILINE,
)


class Query(NamedTuple):
    """One of the README's queries, and the titles of what it finds."""

    name: str
    text: str
    options: dict[str, Any]
    titles: list[str]


def _queries() -> list[Query]:
    return [_read_query(match) for match in _QUERY.finditer(README)]


def _read_query(match: re.Match[str]) -> Query:
    text, *rest = shlex.split(match["command"])
    options = {name.removeprefix("--"): value for name, value in zip(rest[::2], rest[1::2], strict=True)}
    return Query(match["name"], text, options, re.findall(r"^- (.+)$", match["titles"], re.MULTILINE))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = searchlib.create(tmp_path_factory.mktemp("samples") / "news.index")
    with index.writer() as writer:
        writer.add_all(searchlib.read(ARTICLES))
    yield index
    index.close()


# What programs of others need that an example is a part of.
NEEDS = {"django_app": ["django"], "flask_app": ["flask", "a2wsgi"], "fastapi_app": ["fastapi", "httpx"]}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_an_example_runs_prints_something_and_complains_of_nothing(program: Path, tmp_path: Path) -> None:
    for needed in NEEDS.get(program.stem, []):
        pytest.importorskip(needed)
    run = _run(program, tmp_path)

    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_what_an_example_prints_does_not_depend_on_hash_order(tmp_path: Path) -> None:
    first, second = (_run(EXAMPLES / "facets.py", tmp_path, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))

    assert first == second


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_an_example_is_short_and_says_what_it_shows(program: Path) -> None:
    lines = program.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 60
    assert lines[0].startswith('"""')


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_file_is_read_without_rejects(path: Path) -> None:
    reading = searchlib.read(path)

    assert list(reading)
    assert reading.rejects == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_article_has_a_title_and_a_text_of_some_length(path: Path) -> None:
    for article in searchlib.read(path):
        assert article.title
        assert len(article.body) > 90, article.title


# Threads save rows of their own in two processes at once; then both processes, and a new one, find all of them.
_SAVING = {
    "flask_app": """
client = module.make_app(folder).test_client
save = lambda number: client().put(f"/stories/{number}", json={"title": "Ferry", "text": f"number {number}"}).status_code
count = lambda: client().get("/search?q=ferry").json["total"]
""",
    "fastapi_app": """
from fastapi.testclient import TestClient
client = TestClient(module.make_app(folder))
save = lambda number: client.put(f"/stories/{number}", json={"title": "Ferry", "text": f"number {number}"}).status_code
count = lambda: client.get("/search?q=ferry").json()["total"]
""",
    "django_app": """
from django.db import connection
if "stories" in sys.argv:
    with connection.schema_editor() as editor:
        editor.create_model(module.Story)
    sys.exit()
def save(number):
    module.Story.objects.create(id=number, title="Ferry", text=f"number {number}")
    connection.close()
    return 201
count = lambda: module.Client().get("/search", {"q": "ferry"}).json()["total"]
""",
}
_DRIVER = """
import importlib, pathlib, sys
from concurrent.futures import ThreadPoolExecutor
name, folder, first = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
module = importlib.import_module(name)
{saving}
with ThreadPoolExecutor(3) as threads:
    print(set(threads.map(save, range(first, first + 3))) - {{201}})
print("go on", flush=True)
sys.stdin.readline()
print(count())
"""


@pytest.mark.parametrize("name", _SAVING)
def test_an_app_saves_from_threads_of_two_processes_and_finds_all_of_it(name: str, tmp_path: Path) -> None:
    for needed in NEEDS[name]:
        pytest.importorskip(needed)
    path = os.pathsep.join([str(EXAMPLES), str(EXAMPLES.parent)])
    environment = {**os.environ, "PYTHONPATH": path, "DESK_FOLDER": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    program = [sys.executable, "-c", _DRIVER.format(saving=_SAVING[name]), name, str(tmp_path)]
    if name == "django_app":
        subprocess.run([*program, "0", "stories"], env=environment, check=True, timeout=60)
    running = [
        subprocess.Popen(
            [*program, first], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        for first in ("0", "3")
    ]
    told = [process.stdout.readline() + process.stdout.readline() for process in running if process.stdout]
    found = [process.communicate("\n", timeout=60)[0] for process in running]

    assert told == ["set()\ngo on\n"] * 2
    assert found == ["6\n", "6\n"]
    with searchlib.open(tmp_path / "desk.index") as index:
        assert len(index) == 6


def test_the_readme_names_every_program() -> None:
    named = re.findall(r"^\| \[[^\]]+\]\(([^)]+\.py)\) \|", README, re.MULTILINE)

    assert sorted(named) == [program.name for program in PROGRAMS]


def test_the_readme_counts_the_articles(index: Index) -> None:
    rows = re.findall(r"^\| `([^`]+)` \| [^|]+ \| (\d+) \|", README, re.MULTILINE)

    counts = {path: _articles_in(path) for path, _ in rows}
    assert {path: int(count) for path, count in rows} == counts
    assert sum(counts.values()) == index.stats().articles == 50


def test_the_sample_folder_gives_no_rejects_and_one_correction() -> None:
    reading = searchlib.read(ARTICLES)

    assert len(list(reading)) == 51
    assert reading.rejects == []


def test_one_sample_is_undated_and_one_is_dated_to_the_month() -> None:
    precisions = [article.published_precision for article in searchlib.read(ARTICLES)]

    assert precisions.count(None) == 1
    assert precisions.count("month") == 1


def test_one_sample_has_its_accents_decomposed() -> None:
    titles = [article.title for article in searchlib.read(ARTICLES)]

    assert len([title for title in titles if title != unicodedata.normalize("NFC", title)]) == 1


def test_the_readme_has_ten_queries_each_with_what_it_finds() -> None:
    queries = _queries()

    assert len(queries) == 10
    assert all(query.titles for query in queries)


@pytest.mark.parametrize("query", _queries(), ids=lambda query: query.name)
def test_a_query_of_the_readme_finds_exactly_what_is_said(index: Index, query: Query) -> None:
    page = index.search(query.text, limit=50, **query.options)

    found = [unicodedata.normalize("NFC", hit.article.title) for hit in page]
    if "sort" in query.options:
        assert found == query.titles
    else:
        assert sorted(found) == sorted(query.titles)
    assert page.total == len(query.titles)


def _articles_in(pattern: str) -> int:
    """How many different articles a row of the README's table holds."""
    paths = [ARTICLES / pattern] if "*" not in pattern else sorted(ARTICLES.glob(pattern))
    return len({article.id for path in paths for article in searchlib.read(path)})


def _run(program: Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        [sys.executable, program],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
