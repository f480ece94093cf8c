"""Check that the documentation site loads nothing from other hosts: `python .ci/site_check.py build/site`."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

#: What a browser fetches by itself → the attributes that name it. A link is followed by people.
LOADS = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
}
ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
FETCHED_BY_STYLES = re.compile(r"""(?:@import\s*|url\()\s*["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") == "canonical":
            return
        self.found += [value for name in LOADS.get(tag, ()) if (value := values.get(name)) and ELSEWHERE.match(value)]
        self.found += FETCHED_BY_STYLES.findall(values.get("style") or "")


def loads_from_elsewhere(page: str) -> list[str]:
    """Addresses on other hosts that a page fetches by itself, its style elements included."""
    parser = _Loads()
    parser.feed(page)
    return parser.found + FETCHED_BY_STYLES.findall(" ".join(re.findall(r"<style.*?</style>", page, re.DOTALL)))


def problems(site: Path) -> Iterator[str]:
    """A line for each address on another host that a file of the site fetches, and for a site that is none."""
    pages = sorted(site.rglob("*.html"))
    if not pages:
        yield f"there is no page in {site}"
    for path in pages:
        yield from (f"{path}: {address}" for address in loads_from_elsewhere(path.read_text(encoding="utf-8")))
    for path in sorted(site.rglob("*.css")):
        yield from (f"{path}: {address}" for address in FETCHED_BY_STYLES.findall(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    found = list(problems(Path(sys.argv[1])))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
