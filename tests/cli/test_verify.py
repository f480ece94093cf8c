"""An index is checked, and what is damaged is named, with what to do."""

from __future__ import annotations

import json
from pathlib import Path


def damaged(index: Path) -> Path:
    """The largest file of an index, with its last byte but a few changed."""
    path = max((each for each in index.iterdir() if each.is_file()), key=lambda each: each.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def test_a_whole_index_is_said_to_be_well(run, index):
    result = run("verify")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("all is well: 4 articles in 1 segment, ")


def test_a_damaged_file_is_named_with_what_to_do(run, own_index):
    path = damaged(own_index)

    result = run("verify")

    assert (result.exit_code, result.stdout) == (2, "")
    first, last = result.stderr.splitlines()
    assert first.startswith(f"searchlib: {path}: expected ")
    assert last.startswith(f"searchlib: 1 file is not as committed. Restore {own_index} from a backup")


def test_json_has_the_problems(run, own_index):
    whole = json.loads(run("verify", "--json").stdout)
    path = damaged(own_index)

    result = run("verify", "--json")

    assert (whole["articles"], whole["problems"]) == (4, [])
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["file"] == str(path)
    assert problem["expected"] != problem["got"]


def test_without_an_index_it_is_an_error(run):
    assert run("verify", "--index", "nowhere").exit_code == 2


def test_progress_tells_the_bytes_read(index):
    from searchlib.engines import embedded

    with embedded.open(index) as opened:
        told: list[int] = []
        assert opened.verify(progress=told.append) == []

    assert told == sorted(told)
    assert told[-1] == sum(path.stat().st_size for path in index.iterdir() if path.suffix not in (".json", ".lock"))
