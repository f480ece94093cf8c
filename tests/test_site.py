"""The documentation site: what its pages are made of, and that the reference has every public name."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import searchlib

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def _of_ci(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


site_pages, site_check = _of_ci("site_pages"), _of_ci("site_check")


def _referred() -> list[str]:
    pages = [page.read_text(encoding="utf-8") for page in sorted(DOCS.glob("reference/*.md"))]
    return [name for page in pages for name in re.findall(r"^::: (\S+)$", page, re.MULTILINE)]


def test_every_public_name_is_on_one_page_of_the_reference():
    named = [name.removeprefix("searchlib.") for name in _referred() if name.count(".") == 1]

    assert sorted(name for name in named if name not in ("aio", "web")) == sorted(searchlib.__all__)


def test_every_node_of_queries_is_on_the_page_of_query_trees():
    from searchlib import query

    page = (DOCS / "reference" / "query-trees.md").read_text(encoding="utf-8")
    nodes = {
        name
        for name in query.__all__
        if isinstance(each := getattr(query, name), type) and issubclass(each, query.Node)
    }

    assert {name for name in nodes - {"Node"} if f"::: searchlib.query.{name}\n" not in page} == set()


@pytest.mark.parametrize("package", ["aio", "web"])
def test_what_is_imported_by_a_name_of_its_own_is_in_the_reference(package: str):
    if importlib.util.find_spec(f"searchlib.{package}") is None:
        pytest.skip(f"there is no searchlib.{package}")

    assert any(name.split(".")[1] == package for name in _referred())


def test_the_navigation_has_every_page_and_no_other():
    nav = re.search(r"^nav:\n(.*?)^\S", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert nav is not None
    named = re.findall(r": (\S+\.md)$", nav[1], re.MULTILINE)
    # The decisions are listed by the hook.
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
    pages = {page for page in pages if not page.startswith("decisions/")} | set(site_pages.PAGES.values())

    assert sorted(named) == sorted(pages)


def test_the_first_page_opens_as_the_readme_does():
    opening = (DOCS / "index.md").read_text(encoding="utf-8").split("\n\n")[1].split(".")[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    # All but where it runs, which stands in other words.
    assert opening.split(",")[0] in readme


@pytest.mark.parametrize(
    ("source", "written", "shown"),
    [
        ("README.md", "[g](docs/guide.md#ask)", "[g](guide.md#ask)"),
        ("docs/guide.md", "[s](../examples/README.md)", "[s](examples.md)"),
        ("docs/guide.md", "[q](query-language.md)", "[q](query-language.md)"),
        ("docs/decisions/0006-a-format-of-our-own.md", "[p](../performance.md)", "[p](../performance.md)"),
        ("docs/reference/index.md", "[s](../../examples/README.md)", "[s](../examples.md)"),
        ("README.md", "[r](benchmarks/results)", "[r](https://host/us/it/blob/main/benchmarks/results)"),
        (
            "examples/README.md",
            "[`a.py`](quickstart.py)",
            "[`a.py`](https://host/us/it/blob/main/examples/quickstart.py)",
        ),
        ("README.md", "[g](https://host/us/it/blob/main/docs/guide.md#ask)", "[g](guide.md#ask)"),
        (
            "README.md",
            '<img src="https://host/us/it/blob/main/docs/json.md?raw=true" width="800">',
            '<img src="json.md" width="800">',
        ),
        (
            "README.md",
            '<img src="https://host/us/it/blob/main/docs/none.svg?raw=true">',
            '<img src="https://host/us/it/blob/main/docs/none.svg?raw=true">',
        ),
        ("README.md", "[w](https://example.org) [h](#here)", "[w](https://example.org) [h](#here)"),
    ],
)
def test_links_lead_to_pages_of_the_site_or_to_the_repository(source: str, written: str, shown: str):
    assert site_pages.site_text(written, source, "https://host/us/it") == shown


def test_a_link_to_a_file_is_its_text_where_no_repository_is_known():
    assert site_pages.site_text("[q](examples/quickstart.py)", "README.md", "") == "q"


def test_fences_keep_their_language_and_lose_what_is_for_the_tests():
    page = "```console exit=1\n$ searchlib query x\n```\n```python\n[a](README.md)\n```\n````text no-run\n````\n"

    assert site_pages.site_text(page, "README.md", "") == page.replace(" exit=1", "").replace(" no-run", "")


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example.org/a.css">',
        '<img srcset="https://example.org/a.png 2x">',
        "<style>@import 'https://example.org/a.css'</style>",
        '<p style="background:url(https://example.org/a.png)">',
    ],
)
def test_what_a_page_loads_from_elsewhere_is_found(page: str):
    assert len(site_check.loads_from_elsewhere(page)) == 1


def test_links_and_what_the_site_has_itself_are_no_loads():
    page = '<link rel="canonical" href="https://example.org/"><a href="https://example.org">x</a><script src="a.js"></script>'

    assert site_check.loads_from_elsewhere(page) == []


def test_the_site_is_built_without_a_dead_link_and_loads_nothing_from_elsewhere(tmp_path: Path):
    if importlib.util.find_spec("mkdocs") is None or importlib.util.find_spec("mkdocstrings") is None:
        pytest.skip("the site is built by mkdocs, with the extra 'site'; `make site` builds it")
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)

    assert run.returncode == 0, run.stderr
    assert list(site_check.problems(site)) == []
    assert (site / "search" / "search_index.json").exists()
    shutil.rmtree(site)
