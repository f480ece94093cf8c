"""Forty copied pages in as many houses' styles, all invented: what is right of each is beside it.

Each page is ``page_texts/NAME.txt``; ``NAME.json`` has the fields of its article ("" and [] where it has none), how its
body begins and ends, and how many paragraphs it has. Fields are as they are printed on the page. Where a page says only
when it was updated, that is also when it was published. Ten pages, chosen by a hash of their names, were looked at only
when the rules were done.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from searchlib.article import Article
from searchlib.sources.base import Context
from searchlib.sources.page_texts import page_text

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
FIELDS = (
    "title", "summary", "authors", "section", "published", "updated", "place", "agency", "tags", "first", "last", "paragraphs",
)  # fmt: skip

_BYLINE = "the reader of bylines does not know this form"
_DATELINE = "the reader of datelines does not know this form"
_SUBSECTION = (
    "a section of a name of its own, above the headline in a menu, cannot be told from the house and from kickers"
)
#: What is read wrong, by page, and why.
WRONG: dict[str, dict[str, str]] = {
    "agency_home_ar": {"place": _DATELINE, "agency": _DATELINE, "first": _DATELINE},
    "agency_redazione_it": {"section": _SUBSECTION},
    "agency_songgo_ko": {"place": _DATELINE, "first": _DATELINE},
    "agency_views_ru": {"first": _DATELINE},
    "agency_zhengwen_zh": {"authors": _BYLINE, "place": _DATELINE, "agency": _DATELINE, "first": _DATELINE},
    "broadcaster_city_lines_hi": {"authors": _BYLINE},
    "broadcaster_kiji_ja": {"section": "the last entry of a menu stands above the headline as a section does"},
    "broadcaster_menu_en": {"section": _SUBSECTION},
    "broadcaster_nieuws_nl": {
        "summary": "nothing but the headline stands between the dates and the standfirst",
        "first": "the standfirst stands in the text",
        "last": "the share bar of this house is not known, nor its teaser",
        "paragraphs": "the standfirst and two lines of the foot stand in the text",
    },
    "broadcaster_publicerad_sv": {"section": _SUBSECTION},
    "broadcaster_redige_par_fr": {"summary": _BYLINE, "authors": _BYLINE},
    "broadsheet_af_da": {"agency": "the agency is printed in small letters"},
    "broadsheet_ipryeok_ko": {"section": _SUBSECTION},
    "broadsheet_lesezeit_de": {"section": _SUBSECTION},
    "broadsheet_yuryo_ja": {"authors": _BYLINE},
    "portal_edited_by_hi": {
        "authors": _BYLINE,
    },
    "portal_laiyuan_zh": {
        "summary": "the line of dates ends in a house of a script without spaces",
        "published": "the line of dates ends in a house of a script without spaces",
    },
    "portal_por_cidade_pt": {"section": _SUBSECTION},
    "portal_przeczytasz_pl": {"section": "a trail of sections without separators begins with no front page"},
    "portal_thu_hai_vi": {
        "summary": "a place that stands alone in a line is taken for a name",
        "authors": "a place that stands alone in a line is taken for a name",
        "place": _DATELINE,
        "first": "the standfirst stands in the text",
        "paragraphs": "the standfirst stands in the text",
    },
    "tabloid_olusturulma_tr": {"authors": _BYLINE},
}


def wanted(name: str) -> dict[str, Any]:
    return dict(json.loads((SAMPLES / f"{name}.json").read_text("utf-8")))


def read(name: str) -> dict[str, Any]:
    (article,) = page_text.read(io.BytesIO((SAMPLES / f"{name}.txt").read_bytes()), Context(name))
    assert isinstance(article, Article), article
    body = article.body
    empty: dict[str, Any] = {field: [] if field in ("authors", "tags") else "" for field in FIELDS[:9]}
    fields = empty | {key: value for key, value in article.as_dict().items() if key in empty}
    want = wanted(name)
    first, last = body[: len(want["first"])], body[-len(want["last"]) :]
    return fields | {"first": first, "last": last, "paragraphs": len(body.split("\n\n"))}


def cases() -> list[Any]:
    found = []
    for name in NAMES:
        for field in FIELDS:
            reason = WRONG.get(name, {}).get(field)
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            found.append(pytest.param(name, field, marks=marks, id=f"{name}-{field}"))
    return found


def test_there_are_forty_pages_each_with_what_is_right() -> None:
    assert len(NAMES) == 40
    assert [name for name in NAMES if set(wanted(name)) != set(FIELDS)] == []
    assert {(name, field) for name, fields in WRONG.items() for field in fields if field not in FIELDS} == set()
    assert WRONG.keys() <= set(NAMES)


@pytest.mark.parametrize(("name", "field"), cases())
def test_a_page_gives_what_it_prints(name: str, field: str) -> None:
    assert read(name)[field] == wanted(name)[field]


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_menu_or_a_foot_is_the_title(name: str) -> None:
    assert read(name)["title"] == wanted(name)["title"]
