"""What the documentation site is made of beside docs/: pages of the repository's root, and links that lead out of docs/.

A hook of MkDocs (mkdocs.yml names it). The pages stay as a reader of the repository finds them:

- README.md and its like become pages of the site, and links to them lead there.
- README.md names files by their address on the web, since it is shown elsewhere too. Those that the site has are taken from
  the site.
- A link to another file of the repository leads to the repository on the web, if pyproject.toml names one; else its text
  stays and the link goes.
- What follows the language of a fenced block is for the tests, and is left out.
"""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).resolve().parent.parent
#: Files outside of docs/ → their pages.
PAGES: Final = {
    "README.md": "about.md",
    "CHANGELOG.md": "changelog.md",
    "ARCHITECTURE.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "examples/README.md": "examples.md",
    "benchmarks/README.md": "benchmarks.md",
}

_LINK: Final = re.compile(r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s]+)\)")
_PICTURE: Final = re.compile(r'(?<=\bsrc=")(?P<target>[^"]+)\?raw=true(?=")')
_FENCE: Final = re.compile(r"^(?P<mark>`{3,}[\w-]+)[ \t]+[^`\n]*$", re.MULTILINE)
_ON_THE_WEB: Final = re.compile(r"[a-z][a-z+.-]*:|//|#")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List all decisions where the navigation names them."""
    folder = ROOT / "docs" / "decisions"
    for item in config.nav or []:
        if isinstance(item, dict) and "Decisions" in item:
            item["Decisions"] = [
                {page.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# "): f"decisions/{page.name}"}
                for page in sorted(folder.glob("*.md"))
            ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the root."""
    from mkdocs.structure.files import File

    for source, page in PAGES.items():
        if (ROOT / source).exists():
            files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The text of a page as the site needs it."""
    sources = {shown: source for source, shown in PAGES.items()}
    source = sources.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    return site_text(markdown, source, repository())


def repository() -> str:
    """Where the files of the repository are on the web; "" where pyproject.toml does not say."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    urls = {name.lower(): url for name, url in project.get("urls", {}).items()}
    return next((urls[name].rstrip("/") for name in ("repository", "source") if name in urls), "")


def site_text(markdown: str, source: str, repository: str) -> str:
    """A page's text, with the links and fences of the site.

    Args:
        markdown: The text as it stands in the repository.
        source: The path of the page, from the root of the repository.
        repository: As of `repository`.
    """
    pieces = re.split(r"(^`{3,}.*?^`{3,}[ \t]*$)", markdown, flags=re.MULTILINE | re.DOTALL)
    # Every other piece is a fenced block.
    texts = [
        _FENCE.sub(r"\g<mark>", piece, count=1)
        if number % 2
        else _PICTURE.sub(
            lambda match: _picture(match, source, repository),
            _LINK.sub(lambda match: _link(match, source, repository), piece),
        )
        for number, piece in enumerate(pieces)
    ]
    return "".join(texts)


def _link(match: re.Match[str], source: str, repository: str) -> str:
    path, _, anchor = match["target"].partition("#")
    named = _named(path, source, repository)
    if not named:
        return match[0]
    if way := _way(named, source):
        return f"[{match['text']}]({way}{'#' + anchor if anchor else ''})"
    return f"[{match['text']}]({repository}/blob/main/{named})" if repository else match["text"]


def _picture(match: re.Match[str], source: str, repository: str) -> str:
    return _way(_named(match["target"], source, repository), source) or match[0]


def _named(path: str, source: str, repository: str) -> str:
    """The file of the repository that a link or picture of a page names; "" for anything else."""
    if repository and path.startswith(f"{repository}/blob/main/"):
        return path.removeprefix(f"{repository}/blob/main/")
    if not path or _ON_THE_WEB.match(path):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def _way(named: str, source: str) -> str:
    """How the page made from `source` reaches a file on the site; "" where the site has it not."""
    page = PAGES.get(named) or (named.removeprefix("docs/") if _is_page(named) else "")
    here = PAGES.get(source) or source.removeprefix("docs/")
    return posixpath.relpath(page, posixpath.dirname(here) or ".") if page else ""


def _is_page(named: str) -> bool:
    return named.startswith("docs/") and (ROOT / named).is_file()
