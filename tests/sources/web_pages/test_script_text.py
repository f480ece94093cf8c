from __future__ import annotations

import json

import pytest

from searchlib.sources.web_pages.script_text import Script, script_text

TITLE = "Norhaven ferry sails again"
PARAGRAPHS = (
    "The ferry between Norhaven and the outer islands sailed again on Tuesday, nine months after a dispute over fees.",
    "The first boat left at dawn with 214 passengers, a dozen sheep and the islands' mail, and a band on every pier.",
    "The operator said that fares would not rise before 2026, and that a second boat had been ordered from the yard.",
    "On the islands there was dancing until midnight, and the schools were closed for the day by order of the council.",
)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
BLOCKS = [{"type": "paragraph", "text": paragraph} for paragraph in PARAGRAPHS]
ARC = {"headlines": {"basic": TITLE}, "content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS]}


def found(kind: str, text: str) -> str:
    return script_text([Script(kind, text)], TITLE)


@pytest.mark.parametrize(
    "data",
    [
        {"props": {"pageProps": {"article": {"title": TITLE, "body": MARKUP}}}},
        {"props": {"pageProps": {"article": {"title": TITLE, "contentHtml": MARKUP}}}},
        {"props": {"pageProps": {"content": {"rendered": MARKUP}}}},
        {"page": {"headline": TITLE, "blocks": BLOCKS}},
        {"page": {"headline": TITLE, "blocks": [{"type": "image", "url": "x"}, *BLOCKS]}},
        ARC,
    ],
)
def test_markup_and_lists_of_paragraphs_in_data_are_the_text(data: object) -> None:
    assert found("application/json", json.dumps(data)) == TEXT


@pytest.mark.parametrize(
    "script",
    [
        f"window.__INITIAL_STATE__={json.dumps({'article': {'title': TITLE, 'body': MARKUP}})};",
        f"window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps(ARC)};Fusion.globalContentConfig={{}};",
        f"window.__PRELOADED_STATE__ = JSON.parse({json.dumps(json.dumps({'body': MARKUP}))});",
        f"self.__next_f.push({json.dumps([1, MARKUP])})",
    ],
)
def test_data_in_variables_is_read(script: str) -> None:
    assert found("", script) == TEXT


def test_the_text_beside_the_title_goes_before_a_longer_one() -> None:
    other = {"title": "Terms of use", "body": MARKUP.replace("ferry", "user") * 3}
    data = {"pages": [other, {"title": TITLE, "body": MARKUP}]}

    assert found("application/json", json.dumps(data)) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        {"config": {"text": "x" * 1000}, "padding": "y" * 600},
        {"names": [{"type": "person", "text": "Kim"}] * 100},
        list(range(400)),
    ],
)
def test_data_without_running_text_has_none(data: object) -> None:
    assert found("application/json", json.dumps(data)) == ""


def test_pieces_of_code_beside_the_markup_are_no_text() -> None:
    pieces = [
        Script("", f"self.__next_f.push({json.dumps([1, text])})")
        for text in (f'1:"$Sreact.fragment" {"x" * 600}. And 2:I[13578,[]].', MARKUP, f'3:["$","div",{"y" * 600}].')
    ]

    assert script_text(pieces, TITLE) == TEXT
