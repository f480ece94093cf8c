"""Folders: what is walked, and what a browser saved beside a page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from searchlib.sources import read
from searchlib.sources.files.folders import PassedOver, Skipped, beside_pages, total_size, walk


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def walked(folder: Path) -> tuple[list[str], list[Skipped]]:
    passed = PassedOver()
    found = [path.relative_to(folder).as_posix() for path in walk(folder, passed=passed) if isinstance(path, Path)]
    return found, passed.beside_pages


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("page.html", "page_files"),
        ("page.htm", "page_files"),
        ("page.html", "page.files"),
        ("page.html", "page-files"),
        ("page.xhtml", "page-Dateien"),
        ("page.html", "page_fichiers"),
        ("page.html", "page_archivos"),
        ("page.html", "page_bestanden"),
        ("page.html", "page_файлы"),
        ("PAGE.HTM", "page_files"),
        ("page.html", "page.html_files"),
        ("Fähre, Hafen (1).html", "Fähre, Hafen (1)-Dateien"),
    ],
)
def test_what_a_browser_saved_beside_a_page_is_passed_over_and_told(tmp_path: Path, page: str, folder: str):
    put(tmp_path, page, f"{folder}/data.json", f"{folder}/frame.html", f"{folder}/more/a.js", "other.json")

    assert walked(tmp_path) == (sorted([page, "other.json"]), [Skipped(tmp_path / folder, tmp_path / page, 3)])
    assert total_size(tmp_path) == 2


@pytest.mark.parametrize("folder", ["page_files", "other_files", "page_images", "_files", "pagefiles", "page_files_2"])
def test_a_folder_without_its_page_is_walked(tmp_path: Path, folder: str):
    put(tmp_path, f"{folder}/data.json", "apage.html", "page.txt")

    assert walked(tmp_path) == (sorted([f"{folder}/data.json", "apage.html", "page.txt"]), [])


def test_a_folder_that_the_user_names_is_walked(tmp_path: Path):
    put(tmp_path, "page.html", "page_files/data.json")

    assert walked(tmp_path / "page_files") == (["data.json"], [])


def test_a_file_of_such_a_name_is_a_file(tmp_path: Path):
    put(tmp_path, "page.html", "page_files")

    assert walked(tmp_path) == (["page.html", "page_files"], [])


def test_a_reading_tells_what_was_passed_over(tmp_path: Path):
    put(tmp_path, "page.html", "page_files/data.json", "page_files/more.json")
    reading = read(tmp_path)
    list(reading)

    assert [(skipped.page.name, skipped.files) for skipped in reading.skipped] == [("page.html", 2)]
    assert [Path(reject.source).name for reject in reading.rejects] == ["page.html"]


def test_in_an_archive_what_is_beside_a_page_is_passed_over():
    members = ["a/page.html", "a/page_files/data.json", "a\\page_files\\x\\y.js", "b/page_files/data.json", "data.json"]

    assert beside_pages(members) == {"a/page_files/data.json", "a\\page_files\\x\\y.js"}
    assert beside_pages([]) == set()


def test_an_archive_of_a_saved_page_gives_the_page_alone():
    out = io.BytesIO()
    record = '{"title": "Ferry delayed", "body": "Fog held the ferry."}'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("page.html", "<html><body><p>Short.</p></body></html>")
        archive.writestr("page_files/data.json", record)
        archive.writestr("other_files/data.json", record)
    reading = read(io.BytesIO(out.getvalue()))

    assert [article.title for article in reading] == ["Ferry delayed"]
    assert [reject.source.rpartition("!")[2] for reject in reading.rejects] == ["page.html"]


def test_an_archive_of_deep_folders_is_looked_through():
    members = [f"{'a/' * 20_000}{number}" for number in range(20)] + ["page.html"]

    assert beside_pages(members) == set()
