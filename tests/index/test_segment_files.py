"""No file is taken for another, however like it is: of another index, segment, generation or kind."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.codec.identity import HEADER_BYTES, kind_of
from searchlib.engines.embedded import create
from searchlib.engines.embedded import open as open_index
from searchlib.errors import IndexCorruptError
from searchlib.index.durable import checksum_file
from searchlib.index.manifest import _checksum, last_manifest, read_manifest

WORDS = ("kim", "jon", "lee", "ann", "ida")


def _make(directory: Path, codec: str, shift: int) -> Path:
    """An index of two segments with deletions. With another shift all files are as long, and other answers are right."""

    def word(number: int) -> str:
        return WORDS[(number + shift) % len(WORDS)]

    def articles(first: int) -> list[Article]:
        return [
            Article(
                id=f"{first + number}",
                title=word(number),
                body=f"{word(number)} {word(number // 2)} {word(number // 3)}",
                section=word(number),
                place=word(number + 1),
                published=f"2023-09-{number + 1:02d}",
            )
            for number in range(20)
        ]

    with create(directory, codec=codec) as index:
        for first in (100, 200):
            with index.writer() as writer:
                writer.add_all(articles(first))
        with index.writer() as writer:
            writer.delete(str(100 + shift))
            writer.delete(str(203 + shift))
    return directory


@pytest.fixture(scope="module", params=sorted(CODECS))
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    return _make(folder / "one", request.param, 0), _make(folder / "two", request.param, 1)


def _answers(directory: Path) -> list[Any]:
    found: list[Any] = []
    with open_index(directory) as index:
        for query in ("kim", "jon OR lee", '"kim jon"', "section:ann", "date:2023-09-04", "*"):
            page = index.search(query, facets=["section", "place"], timeline="day", limit=50)
            found.append([(hit.article, hit.score) for hit in page] + [page.total, page.facets, page.timeline])
        found.append(sorted(article.id for article in index.articles()))
    return found


def _files(directory: Path) -> list[Path]:
    return sorted(directory / name for name in read_manifest(last_manifest(directory)).files)


def test_any_file_of_one_kind_in_the_place_of_another_is_noticed(indexes, tmp_path):
    right, swapped, as_long = _answers(indexes[0]), 0, 0
    for target in _files(indexes[0]):
        good = target.read_bytes()
        for other in _files(indexes[0]) + _files(indexes[1]):
            if kind_of(other.name) != kind_of(target.name) or other == target:
                continue
            swapped += 1
            as_long += other.stat().st_size == len(good)
            shutil.copyfile(other, target)
            with pytest.raises(IndexCorruptError) as raised:
                _answers(indexes[0])
            assert (raised.value.file, "generation" in raised.value.got) == (str(target), True)
        target.write_bytes(good)

    assert (swapped > 30, as_long > 5) == (True, True)
    assert _answers(indexes[0]) == right


def test_files_that_are_swapped_among_two_segments_are_noticed(indexes):
    """As above, but all files of a kind are there, under each other's names."""
    by_kind: dict[str, list[Path]] = {}
    for path in _files(indexes[0]):
        by_kind.setdefault(kind_of(path.name), []).append(path)
    for paths in by_kind.values():
        for one, other in permutations(paths, 2):
            contents = one.read_bytes(), other.read_bytes()
            one.write_bytes(contents[1])
            other.write_bytes(contents[0])
            with pytest.raises(IndexCorruptError):
                open_index(indexes[0])
            one.write_bytes(contents[0])
            other.write_bytes(contents[1])


def test_deletions_of_an_earlier_generation_are_noticed(tmp_path):
    directory = _make(tmp_path / "index", "native", 0)
    earlier = next(directory.glob("*.3.del"))
    old = earlier.read_bytes()
    with open_index(directory) as index, index.writer() as writer:
        for number in (110, 211):
            writer.delete(str(number))
    (later,) = directory.glob(f"{earlier.name.partition('.')[0]}.4.del")
    assert later.stat().st_size == len(old)
    later.write_bytes(old)

    with pytest.raises(
        IndexCorruptError, match=r"expected a \.del file .* generation 4, found a \.del file .* generation 3"
    ):
        open_index(directory)


def test_deletions_of_a_copy_that_went_another_way_are_noticed(tmp_path):
    """Index, segment and generation of the two bitmaps are the same."""
    copies = [_make(tmp_path / "one", "native", 0), tmp_path / "two"]
    shutil.copytree(*copies)
    for directory, article_id in zip(copies, ("110", "111"), strict=True):
        with open_index(directory) as index, index.writer() as writer:
            writer.delete(article_id)
    one, two = (next(directory.glob("*.4.del")) for directory in copies)
    assert (one.name, one.stat().st_size) == (two.name, two.stat().st_size)
    one.write_bytes(two.read_bytes())

    with pytest.raises(IndexCorruptError, match="content with checksum"):
        open_index(copies[0])


def test_verify_names_a_file_of_another_index(indexes):
    for kind in (".del", ".col"):
        target = next(path for path in _files(indexes[0]) if path.suffix == kind)
        good = target.read_bytes()
        with open_index(indexes[0]) as index:
            other = next(path for path in _files(indexes[1]) if path.suffix == kind)
            target.write_bytes(other.read_bytes())
            (problem,) = index.verify()
        target.write_bytes(good)

        ids = [read_manifest(last_manifest(directory)).index_id for directory in indexes]
        assert problem.file == str(target)
        assert (ids[0] in problem.expected, ids[1] in problem.got) == (True, True)


def test_verify_finds_any_flipped_bit_in_any_file(indexes):
    chooser = random.Random(4)
    with open_index(indexes[0]) as index:
        for path in _files(indexes[0]):
            good = path.read_bytes()
            # The header, the trailer, and somewhere.
            for offset in {
                *range(0, HEADER_BYTES, 5),
                *range(len(good) - 24, len(good), 3),
                chooser.randrange(len(good)),
            }:
                damaged = bytearray(good)
                damaged[offset] ^= 1 << chooser.randrange(8)
                path.write_bytes(damaged)
                assert [problem.file for problem in index.verify()] == [str(path)], (path.name, offset)
            path.write_bytes(good)
        assert index.verify() == []


def _resealed(directory: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest, as somebody would who can compute a CRC-32."""
    path = last_manifest(directory)
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    content.pop("crc32")
    content["crc32"] = _checksum(content)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("what", ["index", "segment", "generation"])
def test_a_manifest_of_another_index_segment_or_generation_is_noticed(tmp_path, what):
    directory = _make(tmp_path / "index", "native", 0)

    def change(content: dict[str, Any]) -> None:
        segment = content["segments"][0]
        if what == "index":
            content["index"] = "0f" * 16
        elif what == "generation":
            for facts in segment["files"].values():
                facts["generation"] += 1
        else:
            files = {name.replace(segment["id"], "else"): facts for name, facts in segment["files"].items()}
            for name in segment["files"]:
                (directory / name).rename(directory / name.replace(segment["id"], "else"))
            segment["deleted"]["file"] = segment["deleted"]["file"].replace(segment["id"], "else")
            segment.update(files=files, id="else")

    _resealed(directory, change)

    with pytest.raises(IndexCorruptError, match="expected a"):
        open_index(directory)


def test_a_bitmap_with_another_number_of_deletions_than_committed_is_noticed(tmp_path):
    directory = _make(tmp_path / "index", "native", 0)

    _resealed(directory, lambda content: content["segments"][0]["deleted"].update(count=2))

    with pytest.raises(IndexCorruptError, match="1 articles are deleted instead of 2"):
        open_index(directory)


@pytest.mark.parametrize("length", [0, 1, 15, 16, 63, 64, 87, 88])
def test_a_file_cut_short_is_noticed(tmp_path, length):
    directory = _make(tmp_path / "index", "native", 0)
    for path in _files(directory):
        good = path.read_bytes()
        path.write_bytes(good[:length])
        with pytest.raises(IndexCorruptError) as raised:
            open_index(directory)
        assert raised.value.file == str(path)
        path.write_bytes(good)


def test_a_checksum_leaves_out_what_is_behind_the_size(tmp_path):
    (tmp_path / "file").write_bytes(b"123456789-trailer")

    assert checksum_file(tmp_path / "file", 9) == "cbf43926"
