"""Pictures of the reading room for docs/: `make screenshots-web`. Chromium draws them, at a room over real articles.

The articles are those of Reuters 1987, where they are, and the sample articles.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import searchlib
from searchlib.web import app

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
REUTERS = Path(os.environ.get("SEARCHLIB_SHARED", ROOT.parent / "shared")) / "corpus" / "reuters21578.jsonl.gz"
PHONE, DESK = (390, 844), (1400, 900)
MAX_BYTES = 150_000
COLOURS = 96

#: Name → which room, its address, size, scheme.
PICTURES = {
    "web-search": ("reuters", "/?q=oil+price&share=1", DESK, "light"),
    "web-compare": ("reuters", "/?q=opec&with=gold&with=wheat+OR+grain&by=week", DESK, "dark"),
    "web-context": ("reuters", "/context?q=%22interest+rates%22&order=right", DESK, "light"),
    "web-article": ("sample", "/articles/uoqgtdpi2y3kjlwvb?q=strike+port", DESK, "light"),
    "web-why-not": ("sample", "/why-not?article=uoqgtdpi2y3kjlwvb&q=train+strike", DESK, "light"),
    "web-phone": ("sample", "/?q=strike&by=month", PHONE, "light"),
    "web-phone-dark": ("sample", "/articles/uoqgtdpi2y3kjlwvb?q=strike+port", PHONE, "dark"),
}


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is not installed; CONTRIBUTING.md says how to install it")
    from playwright.sync_api import sync_playwright

    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        rooms = {"sample": _room(Path(folder) / "sample", ROOT / "examples" / "articles", "Port Ellery papers")}
        if REUTERS.exists():
            print("Indexing Reuters 1987, which takes half a minute.")
            rooms["reuters"] = _room(Path(folder) / "reuters", REUTERS, "Reuters 1987")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (room, path, size, scheme) in PICTURES.items():
            if room not in rooms:
                print(f"{name}: left out, since {REUTERS} is not there")
                continue
            _draw(browser, rooms[room] + path, TARGET / f"{name}.png", size, scheme)
        browser.close()


def _room(path: Path, articles: Path, title: str) -> str:
    """The address of a server in a thread, which ends with this program."""
    import uvicorn

    with searchlib.create(path, timezone="Europe/London") as index, index.writer() as writer:
        writer.add_all(searchlib.read(articles))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app(path, title=title), log_level="warning"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def _draw(browser: Any, address: str, target: Path, size: tuple[int, int], scheme: str) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=target)
    context.close()
    _shrink(target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
    if target.stat().st_size > MAX_BYTES:
        sys.exit(f"{target} is larger than {MAX_BYTES:,} bytes")


def _shrink(target: Path) -> None:
    """Fewer colours: text on paper has few."""
    from PIL import Image  # matplotlib has it.

    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main()
