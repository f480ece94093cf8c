"""The pictures of the command line in docs/ show what it prints."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys

import pytest


def text_of(svg: str) -> list[str]:
    """The texts of a picture. How they are drawn depends on the version of rich."""
    return [html.unescape(piece).replace("\xa0", " ") for piece in re.findall(r"<text [^>]*>([^<]*)</text>", svg)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_the_pictures_in_docs_show_what_is_printed(project_root, tmp_path):
    subprocess.run([sys.executable, project_root / "docs" / "screenshots" / "draw.py", tmp_path], check=True)
    drawn = {path.name: text_of(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*.svg")}
    kept = project_root / "docs" / "screenshots"

    assert {"query-dark.svg", "query-light.svg", "index-dark.svg", "show-light.svg", "error-dark.svg"} <= drawn.keys()
    assert any("measles" in text for text in drawn["facets-dark.svg"])
    assert {path.name: text_of(path.read_text(encoding="utf-8")) for path in kept.glob("*.svg")} == drawn, (
        "run: make screenshots"
    )
