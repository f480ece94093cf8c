"""Folders → the files in them, in one order on every machine.

What a browser saves beside a page ("page_files" beside "page.html") is passed over: its scripts, frames and data are
parts of the page, and no articles.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from searchlib.errors import SourceError

__all__ = ["Skipped", "beside_pages", "total_size", "walk"]

# What browsers and office programs put behind a page's name for the folder of what is in it, by their language.
_SUFFIXES: Final = (
    "_files", ".files", "-files", "_file", "-dateien", "_dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros",
    "_bestanden", "_pliki", "_soubory", "_subory", "_súbory", "_tiedostot", "-filer", "_filer", "_datoteke", "_fitxers",
    "_dosyalar", "_elemei", "_fajlovi", "_failid", "_fails", "_bylos", "_fitxategiak", "_fisiere", "_fișiere", ".fld",
    "_файлы", "_файли", "_файлове", "_αρχεία", "のファイル", "_文件", "_檔案", "_파일", "_ملفات", "_קבצים",
)  # fmt: skip
_PAGES: Final = (".html", ".htm", ".xhtml", ".shtml", ".xht", ".mht", ".mhtml")

# Says where the pages of a .maff archive were saved from, and looks like a feed.
_MAFF_INDEX: Final = "/index.rdf"
# Folders of an archive that are nested deeper belong to no page.
_MAX_LEVELS: Final = 30


class Skipped(NamedTuple):
    """A folder that was passed over.

    Attributes:
        folder: Its path.
        page: The page that it belongs to.
        files: How many files are in it, at any depth.
    """

    folder: Path
    page: Path
    files: int


def walk(
    path: Path, exclude: Collection[str] = (), on_skipped: Callable[[Skipped], None] | None = None
) -> Iterator[Path | SourceError]:
    """Yield the files under a path, sorted by name at each level; the path itself where it is no folder.

    What begins with a dot is passed over, and so are links to folders, which may lead in circles. A folder that
    cannot be listed is a `SourceError` in its place. `exclude` holds real paths of folders that are left out.
    `on_skipped` is told of each folder that a browser saved beside a page, which is passed over too.
    """
    if not os.path.isdir(path):
        yield path
        return
    # Not recursive: folders can be nested deeper than calls.
    waiting = [path]
    while waiting:
        current = waiting.pop()
        if current != path and not os.path.isdir(current):
            yield current
            continue
        if exclude and os.path.realpath(current) in exclude:
            continue
        try:
            children, beside = _listed(current)
        except OSError as error:
            yield SourceError(str(current), f"the folder cannot be listed: {error.strerror or error}")
            continue
        if on_skipped:
            for name, page in beside.items():
                on_skipped(Skipped(current / name, current / page, _count_files(current / name)))
        waiting.extend(current / name for name in reversed(children))


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


def total_size(path: Path, exclude: Collection[str] = ()) -> int:
    """Bytes of all files that `walk` gives; those that cannot be told count for nothing."""
    total = 0
    for found in walk(path, exclude):
        if isinstance(found, Path):
            try:
                total += found.stat().st_size
            except OSError:
                continue
    return total


def _listed(folder: Path) -> tuple[list[str], dict[str, str]]:
    """What is in a folder and is to be read; and the folders beside pages in it, each with its page."""
    with os.scandir(folder) as entries:
        found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
        pages = _pages_of(entry.name for entry in found)
        beside = {entry.name: page for entry in found if (page := _page_beside(entry.name, pages)) and entry.is_dir()}
        return [entry.name for entry in found if entry.name not in beside and not _is_linked_folder(entry)], beside


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
