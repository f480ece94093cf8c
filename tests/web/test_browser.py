"""A real browser at the reading room: Chromium, driven by Playwright, over a real server."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import searchlib
from searchlib.questions import Parameter, Question
from searchlib.web import app

pytest.importorskip("starlette", reason="needs searchlib[web]")
uvicorn = pytest.importorskip("uvicorn", reason="needs searchlib[web]")
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright; CONTRIBUTING.md says how to install it")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium; CONTRIBUTING.md says how to install it"),
    # Playwright's own sockets and a server that is told to stop.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

PHONE, DESK = (390, 844), (1400, 900)
START_S = 20
QUESTIONS = {"who": Question("who", "strike {who}", "Who was where", parameters={"who": Parameter(None, "a name")})}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Iterator[str]:
    """The address of a room that shows the sample articles, at a server in a thread."""
    path = tmp_path_factory.mktemp("browser") / "sample.index"
    with searchlib.create(path, timezone="Europe/London") as index, index.writer() as writer:
        writer.add_all(searchlib.read(project_root / "examples" / "articles"))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    shown = app(path, title="Port Ellery papers", questions=QUESTIONS)
    server = uvicorn.Server(uvicorn.Config(shown, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    waited = threading.Event()
    for _ in range(START_S * 20):
        if server.started:
            break
        waited.wait(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(START_S)
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without its own traffic."""
    quiet = ("gpu", "quic", "background-networking", "component-update", "sync")
    options = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any, room: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the room: ``open_page("/?q=strike", width=390)``. Errors of its scripts fail the test."""
    contexts: list[Any] = []
    said: list[str] = []

    def open_(path: str, *, size: tuple[int, int] = DESK, scheme: str = "light", script: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=script,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on(
            "request", lambda request: said.append(request.url) if not request.url.startswith((room, "data:")) else None
        )
        page.goto(room + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    # A page that is not there is told as an error by the browser itself.
    assert [text for text in said if "404 (Not Found)" not in text and "400 (Bad Request)" not in text] == []


def asked_of(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def titles(page: Any) -> list[str]:
    return page.locator(".hits h3").all_inner_texts()


def settled(page: Any, count: str) -> None:
    sync_api.expect(page.locator("#results-title")).to_have_text(count)


def test_a_query_is_typed_and_completed_and_its_hits_are_shown(open_page: Callable[..., Any]):
    page = open_page("/")
    box = page.locator("#q")
    sync_api.expect(box).to_be_focused()
    box.press_sequentially("armoured tr")
    option = page.get_by_role("option").first
    option.wait_for()
    sync_api.expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("Enter")
    sync_api.expect(box).to_have_value("armoured train")
    box.press("Enter")
    page.wait_for_url("**?q=armoured+train*")

    assert page.locator(".hits mark").count() > 3
    assert asked_of(page) == {"q": ["armoured train"]}


def test_dragging_over_bars_narrows_the_time_and_back_widens_it(open_page: Callable[..., Any]):
    page = open_page("/?q=strike&by=month")
    settled(page, "11 articles found")
    bars = page.locator(".bands a")
    first, last = bars.nth(1).bounding_box(), bars.nth(3).bounding_box()
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 40)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=*")
    settled(page, "6 articles found")

    assert asked_of(page) == {"q": ["strike"], "since": ["2023-08-01"], "until": ["2023-10-31"]}
    page.go_back()
    settled(page, "11 articles found")
    assert asked_of(page) == {"q": ["strike"], "by": ["month"]}


def test_bars_are_chosen_with_the_keys_alone(open_page: Callable[..., Any]):
    page = open_page("/?q=strike&by=month")
    page.locator(".bands a").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**since=*")

    assert asked_of(page) == {"q": ["strike"], "since": ["2023-08-01"], "until": ["2023-10-31"]}


def test_values_are_chosen_several_at_a_time_and_the_address_has_them(open_page: Callable[..., Any], room: str):
    page = open_page("/?q=strike")
    page.get_by_label("Business").first.check()
    page.wait_for_url("**section=Business*")
    page.get_by_label("Local").first.check()
    page.wait_for_url("**section=Local*")
    count = page.locator("#results-title").inner_text()
    shown = titles(page)

    assert asked_of(page) == {"q": ["strike"], "section": ["Business", "Local"]}
    again = open_page(page.url.removeprefix(room))
    assert (again.locator("#results-title").inner_text(), titles(again)) == (count, shown)
    assert again.get_by_label("Business").first.is_checked()


def test_values_of_a_long_facet_are_found_by_how_they_begin(open_page: Callable[..., Any]):
    page = open_page("/")
    page.locator("#look-author").fill("rém")
    item = page.locator("[data-field=author] .choices li")
    sync_api.expect(item).to_have_count(1)
    item.locator("input").check()
    page.wait_for_url("**author=*")

    assert asked_of(page) == {"author": ["Rémy Tarne"]}


def test_more_hits_come_below_and_the_address_says_how_many(open_page: Callable[..., Any]):
    page = open_page("/")
    assert len(titles(page)) == 10
    page.locator("#more").click()
    sync_api.expect(page.locator(".hits > li")).to_have_count(20)
    page.locator("#more").scroll_into_view_if_needed()
    page.wait_for_url(lambda url: int(parse_qs(urlsplit(url).query)["limit"][0]) >= 30)

    assert len(titles(page)) == int(asked_of(page)["limit"][0])


def test_an_article_is_opened_by_keys_and_its_marks_are_stepped_through(open_page: Callable[..., Any]):
    page = open_page("/?q=strike+port")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    sync_api.expect(page.locator(".hits .open").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    page.keyboard.press("n")
    sync_api.expect(page.locator("mark.here")).to_have_attribute("id", "m1")
    page.keyboard.press("n")
    sync_api.expect(page.locator("mark.here")).to_have_attribute("id", "m2")
    page.keyboard.press("p")
    page.keyboard.press("p")
    last = page.locator(".full mark").count()
    sync_api.expect(page.locator("mark.here")).to_have_attribute("id", f"m{last}")
    sync_api.expect(page.locator("#said")).to_have_text(f"Match {last} of {last}")

    page.go_back()
    assert page.locator("#q").input_value() == "strike port"


def test_a_hit_is_explained_in_place(open_page: Callable[..., Any]):
    page = open_page("/?q=strike")
    page.get_by_role("link", name="Why this").first.click()
    page.locator("table.why").wait_for()

    assert "Adds" in page.locator("table.why").inner_text()


def test_queries_are_compared(open_page: Callable[..., Any]):
    page = open_page("/?q=strike")
    page.get_by_label("Compare with").fill("measles")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**with=measles*")
    sync_api.expect(page.locator(".legend li")).to_have_count(2)
    page.locator(".legend a").first.click()
    page.wait_for_url("**q=measles*")

    assert asked_of(page) == {"q": ["measles"]}


def test_hits_are_exported(open_page: Callable[..., Any]):
    page = open_page("/?q=strike&section=Business")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()

    assert Path(download.value.path()).read_text(encoding="utf-8-sig").count("\n") > 1


def test_the_help_comes_and_goes_with_keys(open_page: Callable[..., Any]):
    page = open_page("/help")
    page.keyboard.press("?")
    sync_api.expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("dialog")).to_be_hidden()
    page.keyboard.press("/")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def test_the_choice_of_light_or_dark_is_remembered(open_page: Callable[..., Any]):
    page = open_page("/", scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()

    assert light != dark == page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_without_scripts_everything_is_reached_by_links_and_forms(open_page: Callable[..., Any], size: tuple[int, int]):
    page = open_page("/", script=False, size=size)
    page.locator("#q").fill("strike")
    page.locator("#q").press("Enter")
    assert page.locator("#results-title").inner_text() == "11 articles found"
    page.locator(".facet [name=section][value=Business]").check()
    page.locator(".narrow").get_by_role("button", name="Apply").click()
    assert "section=Business" in page.url
    count = page.locator("#results-title").inner_text()
    page.locator(".bands a").first.click(force=True)
    assert "since=" in page.url
    assert page.locator("#results-title").inner_text() != count
    page.get_by_role("link", name="All time").click()
    page.locator(".hits .open").first.click()
    page.locator(".marks ol a").nth(1).click()
    assert page.url.endswith("#m2")
    page.locator(".back a").click()

    assert page.locator("#results-title").inner_text() == count


PAGES = {
    "front": "/",
    "hits": "/?q=strike+OR+train*&share=1",
    "compared": "/?q=strike&with=measles&with=train&by=month",
    "explained": "/?q=strike+cran*&section=Business&why=cdyvl5x6ofrrm3bhn",
    "nothing": "/?q=zebra+strike&since=2023",
    "unread": "/?q=strike&since=whenever",
    "article": "/articles/uoqgtdpi2y3kjlwvb?q=strike+port",
    "no article": "/articles/nothing",
    "context": "/context?q=strike",
    "why not": "/why-not?article=uoqgtdpi2y3kjlwvb&q=train+strike",
    "values": "/values/author?q=strike",
    "questions": "/questions",
    "help": "/help",
}


def violations(page: Any, rules: list[str]) -> list[tuple[str, list[Any]]]:
    """What axe finds on a page, by these rules or groups of rules, with everything on it opened."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = axe.Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_bars_anyone(open_page: Callable[..., Any], name: str):
    page = open_page(PAGES[name], size=DESK, scheme="light")

    assert violations(page, ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_a_phone_and_can_be_read_in_the_dark(open_page: Callable[..., Any], name: str):
    page = open_page(PAGES[name], size=PHONE, scheme="dark")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert violations(page, ["color-contrast", "target-size"]) == []
