"""A stream as a file: the file itself where that is what it is, else a copy."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.files import whole_files as module
from searchlib.sources.files.whole_files import whole_file

DATA = b"PAR1 and more"


def test_a_file_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(DATA)

    with whole_file(io.BytesIO(b""), Context("a", file=str(path)), b"PAR1") as found:
        assert found == path


@pytest.mark.parametrize("member", ["", "a.parquet"])
def test_what_is_in_an_archive_is_copied_and_the_copy_goes(tmp_path: Path, member: str) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(DATA))

    with whole_file(io.BytesIO(DATA), Context("a", file=str(path), member=member), b"PAR1") as found:
        assert (found != path, found.read_bytes()) == (True, DATA)
    assert not found.exists()


def test_a_copy_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_COPY_BYTES", 5)

    with pytest.raises(SourceError, match="larger than 5 bytes"), whole_file(io.BytesIO(DATA), Context("a"), b"PAR1"):
        pass
