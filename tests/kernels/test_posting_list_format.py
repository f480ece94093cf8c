"""The posting list that is read by hand in ``kernels/postings`` is the one that is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import searchlib
from searchlib.codec.positions import PackedPositions
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsWriter

FORMATS = Path(searchlib.__file__).parent / "kernels/postings"
#: (docnum, weight, norm, positions)
POSTINGS = [(0, 1.0, 2, [6]), (4, 3.0, 3, [0, 2, 9]), (5, 1.0, 9, [1])]
KINDS = (b".trm", b".pst", b".val")

_LINE = re.compile(r"^ \*     ([0-9a-f]{2})  ([0-9a-f]{2})\b", re.MULTILINE)


@pytest.mark.skipif(not FORMATS.exists(), reason="the sources of the kernels are not installed")
@pytest.mark.parametrize(("header", "kind"), [("posting_list_format.h", b".pst"), ("values_format.h", b".val")])
def test_the_worked_example_is_what_is_written(header: str, kind: bytes, tmp_path: Path):
    paths = {each: str(tmp_path / f"segment{each.decode()}") for each in KINDS}
    files = [PagedWriter(path, each) for each, path in paths.items()]
    writer = TermsWriter(*files)
    writer.start_field()
    writer.start_term(b"talks")
    for docnum, weight, norm, positions in POSTINGS:
        writer.add(docnum, weight, PackedPositions().encode(positions), norm)
    writer.finish_term()
    writer.finish_field()
    writer.finish_terms()
    for file in files:
        file.finish()

    example = _LINE.findall((FORMATS / header).read_text(encoding="utf-8"))

    written = PagedFile(paths[kind], kind)
    assert [(int(offset, 16), int(byte, 16)) for offset, byte in example] == list(
        enumerate(written.read(written.begin, len(written) - written.begin), start=written.begin)
    )
