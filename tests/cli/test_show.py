from __future__ import annotations

import json

from searchlib.article import Article


def test_an_article_is_shown_in_full(run, index):
    result = run("show", "oslo")

    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert lines[:2] == ["Summit on fisheries opens in Oslo", "2023-09-11 14:30"]
    assert "authors: Ida Berg; Tom Lunde" in lines
    assert lines[-5:] == [
        "",
        "The summit on fisheries opened on Monday.",
        "",
        "Herring quotas come first, the minister said.",
        "",
    ]


def test_the_summary_and_what_else_is_known_are_shown(run, index):
    result = run("show", "herring")

    assert "pages: [4, 5]\n" in result.stdout
    assert "\nFishmongers blame the quotas.\n\nHerring was dearer" in result.stdout


def test_json_is_the_article(run, index):
    article = Article(**json.loads(run("show", "herring", "--json").stdout))

    assert (article.title, article.extra) == ("Herring prices rise", {"pages": [4, 5]})


def test_an_unknown_id_ends_with_1_and_one_line(run, index):
    result = run("show", "nobody")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("searchlib: there is no article with the id 'nobody' in ")
