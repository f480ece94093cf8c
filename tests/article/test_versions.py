"""Which version of an article stays."""

from __future__ import annotations

import pytest

from searchlib import Article, ArticleOrigin
from searchlib.article.versions import REPLACE_RULES, Version, are_two, replaces

FULL = "The harbour of Port Ellis was closed on Monday after a storm. " + "Boats were tied up along the quay. " * 40
TEASER = "The harbour of Port Ellis was closed on Monday after a storm. Boats …"
OTHER = "Ministers met on Friday to talk about the price of bread and grain. " * 12


def version(**fields) -> Version:
    origin = ArticleOrigin(fields.pop("file")) if "file" in fields else None
    return Version.of(Article(**{"id": "a", "title": "Harbour closed", "origin": origin, **fields}))


PAGE = version(body=FULL, published="2024-05-01T10:00Z", file="/page.html")

#: What is added → whether it takes the place of `PAGE` by always, newer, richer, better.
CASES = {
    "a teaser of the same date": (version(summary=TEASER, published="2024-05-01T10:00Z"), "always"),
    "a later teaser": (version(summary=TEASER, published="2024-05-01T10:00Z", updated="2024-05-01T11:00Z"), "always newer"),
    "a later teaser in the body": (version(body=TEASER, published="2024-05-01T11:00Z"), "always newer"),
    "a title alone": (version(published="2024-05-02"), "always newer"),
    "the same": (version(body=FULL, published="2024-05-01T10:00Z"), "always richer better"),
    "a little shorter": (version(body=FULL[:-100], published="2024-05-01T10:00Z"), "always better"),
    "longer": (version(body=FULL + OTHER, published="2024-05-01T10:00Z"), "always richer better"),
    "longer and older": (version(body=FULL + OTHER, published="2024-04-01"), "always richer better"),
    "a later short note": (version(body="This report was withdrawn by the editors.", updated="2024-06-01"), "always newer better"),
    "an earlier short note": (version(body="This report was withdrawn by the editors.", updated="2024-04-01"), "always"),
    "an undated short note": (version(body="This report was withdrawn by the editors."), "always"),
    "the same file": (version(body="This report was withdrawn.", file="/page.html"), "always better"),
    "cut in the middle": (version(body=FULL[:800] + " …", published="2024-05-01T10:00Z"), "always"),
}  # fmt: skip


@pytest.mark.parametrize("rule", REPLACE_RULES)
@pytest.mark.parametrize("case", CASES)
def test_which_version_stays(case, rule):
    new, rules = CASES[case]
    assert replaces(rule, new, PAGE) is (rule in rules.split())


@pytest.mark.parametrize("rule", ["richer", "better"])
def test_the_full_text_takes_the_place_of_its_teaser(rule):
    teaser = version(summary=TEASER, published="2024-05-01T12:00Z")
    assert replaces(rule, PAGE, teaser)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"title": "Harbour closed", "body": FULL}, {"title": "Bread dearer", "body": OTHER}, True),
        ({"title": "Harbour closed", "body": FULL}, {"title": "HARBOUR CLOSED: live", "body": OTHER}, False),
        ({"title": "Harbour closed", "body": FULL}, {"title": "Storm", "body": FULL[:200]}, False),
        ({"title": "Harbour closed", "body": FULL}, {"title": "Storm", "summary": TEASER}, False),
        (
            {"title": "Harbour closed", "body": FULL, "published": "2024-05-01T10:00Z"},
            {"title": "Storm over", "body": OTHER, "published": "2024-05-01T10:00Z"},
            False,
        ),
        ({"title": "", "body": FULL}, {"title": "Bread dearer", "body": OTHER}, False),
        ({"title": "港が閉鎖", "body": "港は月曜日に閉鎖された。"}, {"title": "パンの値上げ", "body": "大臣は金曜日に会談した。"}, True),
    ],
)  # fmt: skip
def test_two_articles_at_one_address(one, other, expected):
    assert are_two(version(**one), version(**other)) is expected
    assert are_two(version(**other), version(**one)) is expected
