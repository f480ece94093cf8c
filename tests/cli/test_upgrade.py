"""An index of an older format is rewritten."""

from __future__ import annotations

import shutil
from pathlib import Path

from searchlib.engines import embedded

FROZEN = Path(__file__).resolve().parents[1] / "formats"


def test_an_index_of_this_format_has_nothing_to_rewrite(run, own_index):
    result = run("upgrade")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"all is of format {embedded.FORMAT} already\n"


def test_an_older_one_is_rewritten(run, tmp_path):
    shutil.unpack_archive(FROZEN / "format-1-native.zip", tmp_path / "unpacked")
    (manifest,) = (tmp_path / "unpacked").rglob("manifest-*.json")
    shutil.copytree(manifest.parent, tmp_path / "old.index")

    result = run("upgrade", "--index", "old.index")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(f" rewritten in format {embedded.FORMAT}\n")
    assert run("upgrade", "--index", "old.index").stdout.startswith("all is of format")


def test_without_an_index_it_is_an_error(run):
    assert run("upgrade", "--index", "nowhere").exit_code == 2
