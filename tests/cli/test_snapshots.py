"""What people see on terminals of 60, 80 and 120 columns, kept in files that are looked at when they change.

``SEARCHLIB_UPDATE_SNAPSHOTS=1 pytest tests/cli/test_snapshots.py`` writes them anew.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Final

import pytest
from rich.cells import cell_len

SNAPSHOTS: Final = Path(__file__).parent / "snapshots"
UPDATES: Final = bool(os.environ.get("SEARCHLIB_UPDATE_SNAPSHOTS"))
WIDEST: Final = 110

ARTICLES: Final[list[dict[str, Any]]] = [
    {
        "id": "urn:example:harbour-post:2023:09:11:fisheries-summit",
        "title": "Summit on fisheries opens in Oslo with a quarrel over herring quotas that nobody had put on its agenda",
        "summary": "Ministers of five countries meet for three days.",
        "body": "The summit on fisheries opened on Monday. Herring quotas come first, the minister said, and the quarrel over "
        "them may last as long as the summit.\n\nFishermen waited in front of the hall with a barrel of herring.",
        "section": "World", "publisher": "The Harbour Post", "place": "OSLO", "authors": ["Ida Berg", "Tom Lunde"],
        "tags": [f"tag {number}" for number in range(14)], "language": "en-gb",
        "url": "https://example.org/world/2023/09/11/summit-on-fisheries-opens-in-oslo-with-a-quarrel",
        "published": "2023-09-11T08:30+02:00",
    },
    {
        "id": "wide", "title": "北京渔业峰会讨论鲱鱼配额问题并就未来五年的捕捞计划达成初步一致意见各国代表表示欢迎", "language": "zh",
        "body": "herring 北京 鲱鱼。", "section": "国際", "published": "2023-09",
    },
    {
        "id": "accents", "title": "Le hareng 🐟 revient a\u0300 Bre\u0302me apre\u0300s dix ans d’absence, disent les pe\u0302cheurs 👩‍🚀",
        "body": "Le herring est de retour.", "language": "fr", "publisher": "Le Quai", "published": "2023-10-02",
    },
    {"id": "de", "title": "Hering", "body": "Der herring.", "language": "de", "published": "2023-11-20"},
    {"id": "de-de", "title": "Noch ein Hering", "body": "Ein herring.", "language": "de-de", "published": "2023-11-21"},
]  # fmt: skip

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "query": ("query", "herring", "--sort", "newest", "--facets", "language,tag", "--timeline", "month"),
    "page": ("query", "section:world OR lang:de", "-n", "1"),
    "why": ("query", "herring quotas summit", "--why"),
    "explain": ("query", '"fisheries summit" (herring OR quotas) -whales date:2023-09 oslo NEAR/5 summit', "--explain"),
    "unreadable": ("query", "herring AND summit AND fisheries AND quarrel AND date:soonish"),
    "show": ("show", ARTICLES[0]["id"], "accents", "nobody", "--query", "herring"),
    "kwic": ("kwic", "herring", "--collocates", "3"),
    "why-not": ("why-not", "wide", "herring", "quotas", "--since", "2023-10"),
    "compare": ("compare", "herring", "a query of many words OR nothing else at all", "--by", "month"),
    "stats": ("stats",),
    "missing": ("query", "herring", "--index", "a-folder-that-is-not-there.index"),
}
#: What is not broken, so that it can be copied.
WHOLE: Final = re.compile(r"^(url|id): |for the following page add: |^\s*\S+$")


@pytest.fixture(scope="module")
def _news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from searchlib.cli import cli

    folder = tmp_path_factory.mktemp("snapshots")
    (folder / "news.jsonl").write_text("".join(json.dumps(each) + "\n" for each in ARTICLES), encoding="utf-8")
    done = CliRunner().invoke(cli, ["index", str(folder / "news.jsonl"), "--index", str(folder / "news.index")])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def printed(run, _news, monkeypatch):
    """What a command prints on a terminal of so many columns: standard output, and below it standard error."""

    def printed(name: str, columns: int) -> str:
        monkeypatch.chdir(_news)
        monkeypatch.setenv("SEARCHLIB_INDEX", "news.index")
        for module in ("screen", "failures"):
            monkeypatch.setattr(f"searchlib.cli.{module}.terminal_columns", lambda _: min(columns, WIDEST))
        result = run(*COMMANDS[name])
        text = f"{result.stdout}--- exit code {result.exit_code:d}, standard error:\n{result.stderr}"
        # What another run would print otherwise.
        text = re.sub(r"(committed\s+)\S+ \S+ \S+", r"\1…", text)
        return re.sub(r"^((?:size|codec|format)\s+)\S.*", r"\1…", text, flags=re.MULTILINE)

    return printed


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_printed_is_what_was_looked_at(printed, name, columns, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = printed(name, columns)
    path = SNAPSHOTS / f"{name}-{columns}.txt"
    if UPDATES:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8"), "if it is better now: SEARCHLIB_UPDATE_SNAPSHOTS=1"


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_is_wider_than_the_terminal(printed, name, columns, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    lines = printed(name, columns).splitlines()

    assert [line for line in lines if cell_len(line) > columns and not WHOLE.search(line)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_colours_are_those_that_are_seen_on_light_and_dark(printed, name, monkeypatch):
    """Named colours, which a terminal's own settings choose; neither black nor white, and nothing behind the text."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    codes = set(";".join(re.findall(r"\x1b\[([\d;]*)m", printed(name, 80))).split(";"))

    assert codes <= {"", "0", "1", "2", "31", "32", "33", "34", "35", "36"}
