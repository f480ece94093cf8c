"""Folders → the files in them, in one order on every machine.

What a browser saves beside a page ("page_files" beside "page.html") is passed over: its scripts, frames and data are
parts of the page, and no articles.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from searchlib.errors import SourceError
from searchlib.json_form import JsonForm
from searchlib.sources.files.globs import Globs

__all__ = ["PassedOver", "Skipped", "beside_pages", "total_size", "walk"]

# What browsers and office programs put behind a page's name for the folder of what is in it, by their language.
_SUFFIXES: Final = (
    "_files", ".files", "-files", "_file", "-dateien", "_dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros",
    "_bestanden", "_pliki", "_soubory", "_subory", "_súbory", "_tiedostot", "-filer", "_filer", "_datoteke", "_fitxers",
    "_dosyalar", "_elemei", "_fajlovi", "_failid", "_fails", "_bylos", "_fitxategiak", "_fisiere", "_fișiere", ".fld",
    "_файлы", "_файли", "_файлове", "_αρχεία", "のファイル", "_文件", "_檔案", "_파일", "_ملفات", "_קבצים",
)  # fmt: skip
_PAGES: Final = (".html", ".htm", ".xhtml", ".shtml", ".xht", ".mht", ".mhtml")

_ALL: Final = Globs()

# Says where the pages of a .maff archive were saved from, and looks like a feed.
_MAFF_INDEX: Final = "/index.rdf"
# What says which files an index is made of, and all that is beside it.
_MANIFEST: Final = re.compile(r"manifest-\d+\.json")
_OF_INDEX: Final = re.compile(r"manifest-\d+\.json(?:\.tmp)?|write\.(?:lock|holder)|s_[\w.]+")
# Folders of an archive that are nested deeper belong to no page.
_MAX_LEVELS: Final = 30


@dataclass(frozen=True, slots=True)
class Skipped(JsonForm):
    """A folder that was passed over.

    Attributes:
        folder: Its path.
        page: The page that it belongs to.
        files: How many files are in it, at any depth.

    Examples:
        >>> reading = searchlib.read("articles")
        >>> articles = list(reading)
        >>> list(reading.skipped)
        []
    """

    folder: Path
    page: Path
    files: int


@dataclass(slots=True)
class PassedOver(JsonForm):
    """What a walk did not give.

    Attributes:
        hidden_files: How many files whose names begin with a dot.
        hidden_folders: How many folders; what is in them is not counted.
        links: How many links to folders.
        left_out: How many files and folders by the patterns of their names.
        beside_pages: The folders that a browser saved beside a page.
        indexes: How many folders that hold an index.

    Examples:
        >>> reading = searchlib.read("articles", exclude_globs=["*.html"])
        >>> articles = list(reading)
        >>> reading.passed_over.left_out
        5
    """

    hidden_files: int = 0
    hidden_folders: int = 0
    links: int = 0
    left_out: int = 0
    beside_pages: list[Skipped] = field(default_factory=list)
    indexes: int = 0


def walk(
    path: Path, exclude: Collection[str] = (), *, globs: Globs = _ALL, passed: PassedOver | None = None
) -> Iterator[Path | SourceError]:
    """Yield the files under a path, sorted by name at each level; the path itself where it is no folder.

    What begins with a dot is passed over, and so are links to folders, which may lead in circles, folders that a browser
    saved beside a page, and folders in it that hold an index. A folder that cannot be listed is a `SourceError` in its place.

    Args:
        path: A file or a folder.
        exclude: Real paths of folders and files that are left out.
        globs: Which files are read.
        passed: Is told what is passed over.
    """
    passed = PassedOver() if passed is None else passed
    # Finding the real path of each file would take longer than listing the folder.
    excluded_names = {os.path.basename(each) for each in exclude}
    if not os.path.isdir(path):
        if globs.takes_file(path.name):
            yield path
        else:
            passed.left_out += 1
        return
    # Not recursive: folders can be nested deeper than calls.
    waiting = [path]
    while waiting:
        current = waiting.pop()
        is_folder = current == path or os.path.isdir(current)
        if current != path and not _is_taken(str(current.relative_to(path)), globs, is_folder=is_folder):
            passed.left_out += 1
        elif (current == path or current.name in excluded_names) and os.path.realpath(current) in exclude:
            continue
        elif not is_folder:
            yield current
        else:
            try:
                names = _listed(current, passed)
                if not _is_index(names):
                    waiting.extend(current / name for name in reversed(names))
                elif current == path:
                    yield SourceError(str(path), "it is an index, and no folder of articles")
                else:
                    passed.indexes += 1
            except OSError as error:
                yield SourceError(str(current), f"the folder cannot be listed: {error.strerror or error}")


def _is_index(names: Collection[str]) -> bool:
    return any(map(_MANIFEST.fullmatch, names)) and all(map(_OF_INDEX.fullmatch, names))


def _is_taken(path: str, globs: Globs, *, is_folder: bool) -> bool:
    return globs.takes_folder(path) if is_folder else globs.takes_file(path)


def beside_pages(members: Collection[str], archive: str = "") -> set[str]:
    """Those of an archive's members that a browser saved beside a page of the same archive; its name may tell more."""
    paths = {member: member.replace("\\", "/").lower() for member in members}
    pages = _pages_of(paths.values())
    known: dict[str, bool] = {}
    is_maff = archive.lower().endswith(".maff")
    return {
        member
        for member, path in paths.items()
        if pages and (_is_beside(path.rpartition("/")[0], pages, known) or (is_maff and path.endswith(_MAFF_INDEX)))
    }


def total_size(path: Path, exclude: Collection[str] = (), *, globs: Globs = _ALL) -> int:
    """Bytes of all files that `walk` gives; those that cannot be told count for nothing."""
    total = 0
    for found in walk(path, exclude, globs=globs):
        if isinstance(found, Path):
            try:
                total += found.stat().st_size
            except OSError:
                continue
    return total


def _listed(folder: Path, passed: PassedOver) -> list[str]:
    """What is in a folder and is to be read, sorted; what is not is told."""
    names: list[str] = []
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
        pages = _pages_of(entry.name for entry in found)
        for entry in found:
            if entry.name.startswith("."):
                passed.hidden_folders += (is_folder := entry.is_dir(follow_symlinks=False))
                passed.hidden_files += not is_folder
            elif (page := _page_beside(entry.name, pages)) and entry.is_dir():
                passed.beside_pages.append(
                    Skipped(folder / entry.name, folder / page, _count_files(folder / entry.name))
                )
            elif _is_linked_folder(entry):
                passed.links += 1
            else:
                names.append(entry.name)
    return names


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and os.path.isdir(entry.path)


def _pages_of(names: Iterable[str]) -> dict[str, str]:
    """The pages among these files: their names, and these without their endings, in lower case → their names."""
    pages: dict[str, str] = {}
    for name in names:
        lower = name.lower()
        if lower.endswith(_PAGES):
            pages[lower] = name
            pages[lower.rpartition(".")[0]] = name
    return pages


def _page_beside(folder: str, pages: dict[str, str]) -> str:
    """The page that a folder of this name belongs to; empty where there is none."""
    lower = folder.lower()
    if not pages or not lower.endswith(_SUFFIXES):
        return ""
    stems = (lower.removesuffix(suffix) for suffix in _SUFFIXES if lower.endswith(suffix))
    return next((pages[stem] for stem in stems if stem in pages), "")


def _is_beside(folder: str, pages: dict[str, str], known: dict[str, bool]) -> bool:
    """Whether a folder of an archive, or one around it, belongs to a page."""
    if folder not in known:
        parts = folder.split("/")[:_MAX_LEVELS]
        above = ("/".join(parts[: count + 1]) for count in range(len(parts)))
        known[folder] = any(_page_beside(path, pages) for path in above)
    return known[folder]


def _count_files(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))
