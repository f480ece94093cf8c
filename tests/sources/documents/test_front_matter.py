"""Front matter: where it ends, what it says, and what is refused."""

from __future__ import annotations

import pytest

from searchlib.sources.documents.front_matter import FrontMatter, split_front_matter

pytest.importorskip("yaml", reason="needs the extra 'markdown'")


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("---\ntitle: Ferry\ntags: [a, b]\n---\nText", {"title": "Ferry", "tags": ["a", "b"]}),
        ("---\ntitle: Ferry\n...\nText", {"title": "Ferry"}),
        (
            '+++\ntitle = "Ferry"\ndate = 2023-09-11T23:30:00-04:00\n+++\nText',
            {"title": "Ferry", "date": "2023-09-11T23:30:00-04:00"},
        ),
        (
            '+++\nday = 2023-09-11\n[params]\nauthor = "Jane"\n+++\nText',
            {"day": "2023-09-11", "params": {"author": "Jane"}},
        ),
        ('{"title": "Ferry"}\n\nText', {"title": "Ferry"}),
        (';;;\n{"title": "Ferry"}\n;;;\nText', {"title": "Ferry"}),
        (
            "Title: Ferry\nDate: 2023-09-11 10:20\nAuthors: Jane Doe,\n    John Roe\n\nText",
            {"Title": "Ferry", "Date": "2023-09-11 10:20", "Authors": "Jane Doe, John Roe"},
        ),
        ("---\n---\nText", {}),
        ("Text", {}),
        ("Note: this is text.\n\nText", {}),
        ("---\ntitle: no end", {}),
    ],
)
def test_settings_are_at_the_top(text: str, settings: dict[str, object]) -> None:
    found = split_front_matter(text)

    assert (found.settings, found.problem) == (settings, "")
    assert found.text.strip() == ("Text" if settings or "---\n---" in text else text)


def test_values_of_yaml_are_texts_as_they_are_printed() -> None:
    text = "---\ncountry: NO\nid: 007\nversion: 1.10\ndate: 2023-09-11\ndraft: true\nnone: ~\nempty:\n---\n"

    assert split_front_matter(text).settings == {
        "country": "NO", "id": "007", "version": "1.10", "date": "2023-09-11", "draft": "true", "none": "~", "empty": "",
    }  # fmt: skip


def test_what_is_not_well_formed_is_read_line_by_line_and_said() -> None:
    found = split_front_matter('---\ntitle: Ferry: it sails\nauthor: "Jane Doe"\n---\nText')

    assert (found.settings, found.text) == ({"title": "Ferry: it sails", "author": "Jane Doe"}, "Text")
    assert "not well-formed" in found.problem
    assert "line 1" in found.problem


@pytest.mark.parametrize(
    "inside",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: !!python/object/apply:os.system [ls]",
        "a: " + "[" * 5_000,
        "a: " + "{b: " * 3_000,
        "- a\n- b",
        "\t: x",
    ],
)
def test_hostile_settings_cost_nothing_but_themselves(inside: str) -> None:
    found = split_front_matter(f"---\n{inside}\n---\nText")

    assert found.text == "Text"
    assert found.problem or found.settings == {"a": ["ls"]}


def test_settings_that_are_too_long_are_text() -> None:
    text = "---\n" + "a: b\n" * 20_000 + "---\nText"

    assert split_front_matter(text) == FrontMatter({}, text)
