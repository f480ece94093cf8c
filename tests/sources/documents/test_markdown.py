"""Markdown: settings are fields, and the text is what is shown."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest

from searchlib.article import Article
from searchlib.sources import Reading, read

pytest.importorskip("yaml", reason="needs the extra 'markdown'")


def reading(text: str, **how: object) -> Reading:
    return read(io.BytesIO(text.encode()), kind="markdown", **how)


def article(text: str, **how: object) -> Article:
    return next(reading(text, **how))


HUGO = """---
title: "Ferry line reopens"
date: 2023-09-11T23:30:00-04:00
lastmod: 2023-09-12
author: Jane Doe
tags: [ferries, harbour]
description: It sails again.
slug: ferry
url: /posts/ferry/
---
The *ferry* will [sail](https://x.example).
"""


def test_settings_are_fields() -> None:
    found = article(HUGO).as_dict()

    assert {name: found[name] for name in ("title", "body", "summary", "authors", "tags", "updated")} == {
        "title": "Ferry line reopens", "body": "The ferry will sail.", "summary": "It sails again.",
        "authors": ["Jane Doe"], "tags": ["ferries", "harbour"], "updated": "2023-09-12",
    }  # fmt: skip
    assert (found["published"], found["published_offset"]) == ("2023-09-12T03:30:00+00:00", "-04:00")
    assert found["extra"] == {"slug": "ferry", "url": "/posts/ferry/"}


def test_the_date_of_publication_goes_before_others() -> None:
    found = article("---\ntitle: F\ndate: 2023-01-01\npublishDate: 2023-09-11\nexpiryDate: 2024-01-01\n---\nThe ferry.")

    assert (found.as_dict()["published"], found.extra["date"]) == ("2023-09-11", "2023-01-01")


def test_an_address_of_the_web_is_the_address() -> None:
    assert (
        article("---\ntitle: F\ncanonicalURL: https://post.example/1\n---\nThe ferry.").url == "https://post.example/1"
    )


def test_a_draft_goes_in_and_is_said() -> None:
    found = reading("---\ntitle: F\ndraft: true\n---\nThe ferry.")

    assert next(found).title == "F"
    assert [(note.field, note.value) for note in found.notes] == [("draft", "true")]


def test_what_is_no_draft_is_not_said() -> None:
    found = reading("---\ntitle: F\ndraft: false\n---\nThe ferry.")

    assert (next(found).title, found.notes) == ("F", [])


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Ferry *line*\n\nIt sails.", "Ferry line", "It sails."),
        ("---\ntitle: Ferry line\n---\n# Ferry line\n\nIt sails.", "Ferry line", "It sails."),
        ("---\ntitle: Ferry\n---\n# Part one\n\nIt sails.", "Ferry", "Part one\n\nIt sails."),
        ("It sails.\n\n# Later\n\nFog.", "", "It sails.\n\nLater\n\nFog."),
        ("Title: Ferry\nCategory: Sea\n\nIt sails.", "Ferry", "It sails."),
        ("---\ntitle: Ferry\ntext: other\n---\nIt sails.", "Ferry", "It sails."),
    ],
)
def test_title_and_text(text: str, title: str, body: str) -> None:
    found = article(text)

    assert (found.title, found.body) == (title, body)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("- one\n- two", "- one\n- two"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d"),
        ("![a picture](a.png)\n\nIt sails.", "It sails."),
        ("It <b>sails</b> &amp; floats, 1 &lt; 2.", "It sails & floats, 1 < 2."),
        ("```python\nprint('{{ x }}')\n```", "print('{{ x }}')"),
        ('It {{< figure src="a.png" >}}sails.', "It sails."),
        ("{% include a.html %}It sails.", "It sails."),
        ("See [[ferry-line|the ferry]] and [[Harbour]]. ![[map.png]]", "See the ferry and Harbour."),
        ("> [!note] Beware\n> It sails.", "Beware It sails."),
        ("It sails. %% a comment %%Fog.", "It sails. Fog."),
        ("It ~~never~~ sails\\*.", "It never sails*."),
        ("<script>alert(1)</script>\n\nIt sails.", "It sails."),
    ],
)
def test_the_text_is_what_is_shown(text: str, body: str) -> None:
    assert " ".join(article(text).body.split(" ")) == body


def test_a_record_that_looks_like_an_article_of_ours_is_rendered() -> None:
    assert article("---\nid: a1\ntitle: F\n---\nThe *ferry*.").body == "The ferry."


def test_the_date_in_a_name_is_taken_where_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "2023-09-11-ferry.md").write_text("---\ntitle: F\n---\nThe ferry.")
    (tmp_path / "2023-09-12-fog.md").write_text("---\ntitle: G\ndate: 2020-01-01\n---\nThe fog.")

    assert [found.as_dict()["published"] for found in read(tmp_path)] == ["2023-09-11", "2020-01-01"]


def test_a_date_that_cannot_be_read_is_noted() -> None:
    found = reading("---\ntitle: F\ndate: soon\n---\nThe ferry.")

    assert next(found).published is None
    assert [(note.field, note.value) for note in found.notes] == [("date (published)", "soon")]


def test_names_are_mapped() -> None:
    assert article("---\ntitle: F\ndesk: Sea\n---\nThe ferry.", mapping={"desk": "section"}).section == "Sea"


def test_a_file_without_text_is_a_reject() -> None:
    found = reading("---\nlayout: page\n---\n")

    assert (list(found), len(found.rejects)) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "*a " * 100_000,
        "> " * 50_000,
        "`" * 200_000,
        "{{" * 200_000,
        "![[" * 100_000,
        "<a " * 100_000,
        "- " * 50_000 + "a",
        "[a](" * 50_000,
        "%%" * 100_001,
    ],
)
def test_hostile_text_is_read_or_refused(text: str) -> None:
    found = reading(f"# F\n\n{text}")

    assert len(list(found)) + len(found.rejects) == 1
    assert not any("failed with" in reject.reason for reject in found.rejects)


def test_a_paragraph_of_nothing_but_markup_is_shown_as_it_stands() -> None:
    assert article("# F\n\n" + "*a* " * 2_000 + "\n\n*b*").body.endswith("*a* *a*\n\nb")


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)

    assert article("![x](https://x.example/a.png) It sails. <img src='https://x.example/b.png'>").body == "It sails."
