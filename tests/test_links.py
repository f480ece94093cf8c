"""Links of all Markdown pages lead to files and headings that are there."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob("benchmarks/*.md")]
)

_FENCE = re.compile(r"^(`{3,}).*?^\1`*[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^()\s]+)\)")
_IMAGE = re.compile(r"""<(?:img|source)\b[^>]*?\bsrc(?:set)?="(?P<target>[^"]+)\"""")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:")


def _without_code(page: str) -> str:
    return _CODE.sub("", _FENCE.sub("", page))


def _slug(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").strip().lower()
    kept = [char for char in text if char in " -_" or unicodedata.category(char)[0] in "LNM"]
    return "".join(kept).replace(" ", "-")


def _anchors(page: str) -> set[str]:
    anchors: set[str] = set()
    for heading in _HEADING.findall(_FENCE.sub("", page)):
        slug, number = _slug(heading), 0
        while (numbered := f"{slug}-{number}" if number else slug) in anchors:
            number += 1
        anchors.add(numbered)
    return anchors | set(re.findall(r'<a (?:id|name)="([^"]+)"', page))


def _dead_links(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    dead = []
    for match in [*_LINK.finditer(_without_code(text)), *_IMAGE.finditer(text)]:
        target = match["target"]
        if _ELSEWHERE.match(target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if (
            not file.exists()
            or not file.is_relative_to(ROOT)
            or (anchor and file.suffix == ".md" and anchor not in _anchors(file.read_text(encoding="utf-8")))
        ):
            dead.append(target)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(page: Path):
    assert _dead_links(page) == []


def test_a_dead_file_and_a_dead_heading_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "# A `b` (c)\n\n[x](#a-b-c) [y](gone.md) [z](page.md#gone) [w](https://example.org) `[v](no.md)`\n",
        encoding="utf-8",
    )

    assert _dead_links(page) == ["gone.md", "page.md#gone"]


def test_headings_of_the_same_name_have_numbers():
    assert _anchors("# Links\n## Ask\n```\n# no heading\n```\n## Ask\n") == {"links", "ask", "ask-1"}
