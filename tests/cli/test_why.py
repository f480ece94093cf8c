from __future__ import annotations

import json

from searchlib.cli.why import why_lines
from searchlib.explanations import Explanation, RankedWord, ScorePart


def test_a_hit_says_what_its_score_comes_from_in_words(run, index):
    lines = run("query", "herring", "--why", "--no-snippets", "--limit", "1").stdout.splitlines()

    assert lines[2].endswith(" from herring: once in the title, which counts 3 times; it is in 4 of 4 articles")
    assert lines[3].lstrip().startswith("its length counts ")


def test_the_part_that_adds_most_comes_first_with_all_its_words():
    words = (RankedWord("kim", 1200, 1.0), RankedWord("jong", 3, 2.0))
    parts = (
        ScorePart("prices", 0.5, 0, 0, 2, 2.0, (RankedWord("price", 7, 0.5),), 0.5, 0.2, ("prices", "price")),
        ScorePart('"kim jong"', 1.5, 1, 1, 3, 8.0, words, 3.0, 1.0, ("Kim Jong",)),
    )

    lines = [
        "".join(piece if isinstance(piece, str) else piece[0] for piece in line)
        for line in why_lines(Explanation(2.0, parts, 812, 344.6, 19040))
    ]

    found = "once in the title, once in the summary and 3 times in the body, which count 8 times (as “Kim Jong”)"
    assert lines == [
        f'1.50 from "kim jong": {found}; “kim” is in 1,200, “jong” is in 3 of 19,040 articles',
        "0.50 from prices: twice in the body, weighed 0.2 (as “price”); it is in 7 of 19,040 articles",
        "its length counts 812 words, 345 are usual",
    ]


def test_where_nothing_ranks_it_is_said():
    assert [piece[0][0] for piece in why_lines(Explanation(0.0, (), 1, 1.0, 1))] == ["nothing in the query ranks"]


def test_json_has_the_explanation_of_each_hit(run, index):
    page = json.loads(run("query", "herring", "--why", "--json").stdout)
    line = json.loads(run("query", "herring", "--why", "--jsonl", "--limit", "1").stdout)

    for hit in (*page["hits"], line):
        assert sum(part["contribution"] for part in hit["explanation"]["parts"]) == hit["score"]
    assert "explanation" not in json.loads(run("query", "herring", "--json").stdout)["hits"][0]


def test_why_is_for_hits_as_a_whole(run, index):
    for options in (("--csv",), ("--columns", "id"), ("--batch", "names.txt")):
        assert run("query", *(("herring",) if options[0] != "--batch" else ()), "--why", *options).exit_code == 2


def test_a_query_is_explained_with_the_total_of_each_part(run, index):
    result = run("query", "herring (oslo OR bremen) pri?es", "--explain", "--since", "1912")

    assert result.exit_code == 1
    assert result.stdout == (
        "articles with “herring”, (any of “oslo” or “bremen”) and a word like “pri?es”, published from 1 January 1912; "
        "1 word was expanded to 1\n"
        "herring (oslo OR bremen) pri?es date:1912-01-01..\n"
        "\n"
        "0  all of: herring (oslo OR bremen) pri?es date:1912-01-01..\n"
        "4  ├ word: herring\n"
        "2  ├ any of: oslo OR bremen\n"
        "1  │ ├ word: oslo\n"
        "1  │ └ word: bremen\n"
        "1  ├ pattern: pri?es\n"
        "3  └ dates: date:1912-01-01..\n"
        "\n"
        "pri?es stands for 1 word: prices\n"
    )


def test_what_is_doubtful_in_an_explained_query_is_said(run, index):
    result = run("query", 'herring date:"foo 2020"', "--explain")

    assert result.exit_code == 2
    assert "foo 2020" in result.stderr
    assert "no article" in result.stdout or "that are no articles" in result.stdout


def test_an_explanation_for_programs(run, index):
    explained = json.loads(run("query", "herring oslo", "--explain", "--json").stdout)

    assert (explained["text"], explained["sentence"]) == ("herring oslo", "articles with “herring” and “oslo”")
    assert [part["total"] for part in explained["tree"]["parts"]] == [4, 1]


def test_explain_writes_no_table_and_no_file(run, index):
    for options in (("--csv",), ("-o", "x.csv"), ("--all",)):
        assert run("query", "herring", "--explain", *options).exit_code == 2
