"""`searchlib query` on a real index."""

from __future__ import annotations

import csv
import io
import json

import pytest

import searchlib
from searchlib.article import FACET_FIELDS, Article
from searchlib.cli.query import command
from searchlib.tables import DEFAULT_COLUMNS


def test_hits_are_printed_with_what_identifies_them(run, index):
    result = run("query", "fisheries")

    assert result.exit_code == 0
    assert "2023-09-11 14:30  Summit on fisheries opens in Oslo\n" in result.stdout
    assert "    The Harbour Post · OSLO · score " in result.stdout
    assert "· id oslo\n" in result.stdout
    assert "The summit on fisheries opened on Monday." in result.stdout
    assert result.stdout.endswith("\n1 article\n")
    assert result.stderr == ""


def test_several_arguments_are_one_query(run, index):
    assert json.loads(run("query", "--json", '"herring prices"', "dearer").stdout)["total"] == 1


def test_nothing_found_ends_with_1(run, index):
    result = run("query", "zeppelin")

    assert result.exit_code == 1
    assert result.stdout == "no article matches\n"


def test_an_index_that_is_not_there_ends_with_2_and_one_line(run):
    result = run("query", "herring", "--index", "nowhere.index")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("searchlib: There is no index at nowhere.index. Make one with 'searchlib index")
    assert result.stderr.count("\n") == 1


def test_dates_narrow_it_and_the_undated_are_counted(run, index):
    result = run("query", "herring", "--since", "2023-09", "--until", "2023-09-15")

    assert "· id oslo\n" in result.stdout
    assert "1 article\n1 article without a date matches otherwise" in result.stdout


def test_any_needs_one_of_the_words(run, index):
    assert run("query", "vinegar", "bremen").exit_code == 1
    assert run("query", "vinegar", "bremen", "--any").stdout.endswith("\n2 articles\n")


def test_sorting_by_date(run, index):
    def order(sort: str) -> list[str]:
        return [
            json.loads(line)["id"] for line in run("query", "herring", "--sort", sort, "--jsonl").stdout.splitlines()
        ]

    assert [name for name in order("newest") if name != "undated"] == ["herring", "oslo", "bremen"]
    assert [name for name in order("oldest") if name != "undated"] == ["bremen", "oslo", "herring"]


@pytest.mark.parametrize("by", ["number", "cursor"])
def test_what_is_said_of_the_following_page_gives_it(run, index, by):
    first = run("query", "herring", "--limit", "3")
    option = first.stdout.rpartition("for the following page add: ")[2].split()
    if by == "cursor":
        option = ["--after", json.loads(run("query", "herring", "--limit", "3", "--json").stdout)["next"]]

    following = run("query", "herring", "--limit", "3", *option)

    assert first.stdout.endswith("3 of 4 articles\nfor the following page add: --page 2\n")
    assert following.stdout.endswith("\n1 more of 4 articles\n")
    ids = [line.rpartition("· id ")[2] for line in (first.stdout + following.stdout).split("\n") if "· id " in line]
    assert sorted(ids) == ["bremen", "herring", "oslo", "undated"]


def test_a_cursor_of_another_search_is_an_error(run, index):
    result = run("query", "herring", "--after", "nonsense")

    assert result.exit_code == 2
    assert result.stderr.startswith("searchlib: ")


def test_facets_and_timeline(run, index):
    result = run("query", "herring", "--facets", "section,place", "--timeline", "year", "--limit", "0")

    assert "section\n    2  World\n    1  Business\n    1  (none)\n" in result.stdout
    assert "place\n    1  BREMEN\n    1  OSLO\n    2  (none)\n" in result.stdout
    assert "by year\n    1912     1\n    … none in 110 years\n    2023     2\n    undated  1\n" in result.stdout
    assert result.stdout.endswith("\n4 articles\n")
    assert result.exit_code == 0


def test_an_unknown_facet_is_an_error_that_names_the_known_ones(run, index):
    result = run("query", "herring", "--facets", "section,colour")

    assert result.exit_code == 2
    assert "'colour' is none of section, publisher, place" in result.stderr


def test_the_help_names_every_facet(run):
    facets = next(param for param in command.params if param.name == "facets")

    assert all(name in (facets.help or "") for name in FACET_FIELDS)


def test_json_is_one_object_with_everything(run, index):
    result = run("query", "herring date:2023", "--json", "--facets", "section", "--timeline", "month")

    page = json.loads(result.stdout)
    assert list(page) == [
        "query", "total", "undated", "imprecise", "hits", "facets", "timeline", "diagnostics", "next",
    ]  # fmt: skip
    assert (page["total"], page["undated"], page["next"]) == (2, 1, None)
    assert page["facets"] == {
        "section": {"values": [{"value": "Business", "count": 1}, {"value": "World", "count": 1}], "missing": 0}
    }
    assert page["timeline"] == {
        "unit": "month",
        "undated": 0,
        "imprecise": 0,
        "buckets": [{"start": "2023-09-01T00:00:00+08:00", "end": "2023-10-01T00:00:00+08:00", "count": 2}],
    }
    assert result.stderr == ""


def test_a_json_hit_is_its_article_with_score_and_snippet(run, index):
    (hit,) = json.loads(run("query", "fisheries", "--json").stdout)["hits"]

    score, snippet = hit.pop("score"), hit.pop("snippet")
    assert score > 0
    assert snippet["title"] == "Summit on <mark>fisheries</mark> opens in Oslo"
    assert "The summit on <mark>fisheries</mark> opened on Monday." in snippet["html"]
    assert "The summit on fisheries opened on Monday." in snippet["text"]
    assert hit["published"] == "2023-09-11T14:30+08:00"
    assert Article(**hit).authors == ("Ida Berg", "Tom Lunde")


def test_json_lines_are_one_hit_each(run, index):
    hits = [json.loads(line) for line in run("query", "herring", "--jsonl").stdout.splitlines()]

    assert {hit["id"] for hit in hits} == {"oslo", "herring", "bremen", "undated"}
    assert hits == json.loads(run("query", "herring", "--json").stdout)["hits"]


def test_csv_has_a_header_and_a_row_for_each_hit(run, index):
    rows = list(csv.DictReader(io.StringIO(run("query", "fisheries", "--csv").stdout)))

    assert list(rows[0]) == list(DEFAULT_COLUMNS)
    assert len(rows) == 1
    assert rows[0]["authors"] == "Ida Berg; Tom Lunde"
    assert rows[0]["published"] == "2023-09-11T14:30+08:00"
    assert "fisheries opened" in rows[0]["snippet"]


def test_two_kinds_of_output_are_an_error(run, index):
    result = run("query", "herring", "--json", "--csv")

    assert result.exit_code == 2
    assert result.stderr == "searchlib: --json, --jsonl and --csv exclude one another. See 'searchlib query --help'.\n"


def test_without_snippets_there_are_no_passages(run, index):
    result = run("query", "fisheries", "--no-snippets")

    assert "Summit on fisheries" in result.stdout
    assert "opened on Monday" not in result.stdout
    assert json.loads(run("query", "fisheries", "--no-snippets", "--jsonl").stdout)["snippet"] is None


def test_what_the_parser_has_to_say_goes_to_standard_error_with_a_caret(run, index):
    result = run("query", 'herring "prices')

    assert result.exit_code == 0
    line, query, caret = result.stderr.rstrip("\n").split("\n")
    assert line.startswith("searchlib: ")
    assert query == '  herring "prices'
    assert query[caret.index("^")] == '"'


def test_in_json_it_is_among_the_diagnostics(run, index):
    result = run("query", 'herring "prices', "--json")

    (diagnostic,) = json.loads(result.stdout)["diagnostics"]
    assert diagnostic["start"] == 8
    assert result.stderr == ""


def test_strict_makes_it_an_error(run, index):
    result = run("query", 'herring "prices', "--strict")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.split("\n")[1] == '  herring "prices'


def test_a_date_that_is_none_is_an_error(run, index):
    result = run("query", "herring", "--since", "soonish")

    assert result.exit_code == 2
    assert "soonish" in result.stderr


UNREADABLE = ['date:"Foo 2020"', 'after:"next blue moon"', "length:abc", "has:foo", "lang:zz", "/a(/", 'author:=""']


@pytest.mark.parametrize("part", UNREADABLE)
@pytest.mark.parametrize(
    "options",
    [(), ("--jsonl",), ("--csv",), ("--count",), ("--files",), ("--all",), ("--limit", "all"), ("--columns", "id")],
)
def test_a_part_that_restricts_and_cannot_be_read_is_an_error(run, index, part, options):
    result = run("query", f"herring {part}", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "^" in result.stderr
    assert "finds nothing" in result.stderr.splitlines()[0]


def test_in_json_it_is_marked_and_said_on_standard_error_too(run, index):
    result = run("query", 'herring date:"Foo 2020"', "--json")

    page = json.loads(result.stdout)
    assert (result.exit_code, page["total"]) == (2, 0)
    assert [each["is_unreadable"] for each in page["diagnostics"]] == [True]
    assert "'Foo 2020' is not a date" in result.stderr


def test_the_reason_comes_before_what_else_there_is_to_say(run, index):
    result = run("query", 'colour:red date:soonish "herring')

    assert result.exit_code == 2
    assert result.stderr.startswith("searchlib: date: cannot be read")
    assert "quotation mark" in result.stderr


def test_what_the_rest_of_such_a_query_finds_is_written_and_it_is_an_error_all_the_same(run, index):
    result = run("query", "fisheries OR date:soonish", "--columns", "id")

    assert (result.exit_code, result.stdout) == (2, "oslo\n")
    assert "soonish" in result.stderr


def test_a_file_stays_as_it_was_where_the_query_cannot_be_read(run, index, tmp_path):
    (tmp_path / "found.csv").write_text("before")

    assert run("query", "herring date:soonish", "-o", "found.csv").exit_code == 2
    assert (tmp_path / "found.csv").read_text() == "before"


def test_a_range_that_is_empty_is_read_and_finds_nothing(run, index):
    assert run("query", "herring date:2023..2020").exit_code == 1


def test_a_query_that_looks_like_an_option_is_an_error_that_shows_how_to_write_it(run, index):
    result = run("query", "herring", "-quotas")

    assert result.exit_code == 2
    assert "searchlib query -- " in result.stderr


def test_after_two_hyphens_it_is_a_query(run, index):
    found = {json.loads(line)["id"] for line in run("query", "--jsonl", "--", "herring", "-quotas").stdout.splitlines()}

    assert found == {"bremen", "undated"}


def test_bytes_that_are_no_text_are_searched_for_and_found_nowhere(run, index):
    result = run("query", "caf\udce9", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["total"] == 0


@pytest.mark.parametrize("words", [(), ("",), (" ", "\t")])
def test_without_a_word_there_is_nothing_to_search_for(run, index, words):
    result = run("query", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "give some words, or --all for every article" in result.stderr


def test_a_star_is_every_article(run, index):
    assert run("query", "*", "--limit", "0").stdout == "4 articles\n"


def test_values_of_a_facet_are_chosen(run, index):
    result = run(
        "query", "herring", "--facets", "section", "--choose", "section=world", "--choose", "section=", "--limit", 0
    )

    assert result.stdout.splitlines() == [
        "section", "    2  World", "    1  Business", "    1  (none)", "", "3 articles",
    ]  # fmt: skip
    assert "oslo" in run("query", "--all", "--choose", "place=Oslo", "--columns", "id").stdout.split()


@pytest.mark.parametrize("choice", ["section", "colour=x"])
def test_a_choice_that_cannot_be_is_said(run, index, choice):
    result = run("query", "herring", "--choose", choice)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--choose" in result.stderr


def test_hits_are_sorted_as_asked(run, index):
    def found(sort):
        return run("query", "herring", "--sort", sort, "--columns", "id").stdout.split()

    assert found("title") == ["bremen", "herring", "undated", "oslo"]
    assert found("place") == ["bremen", "oslo", "herring", "undated"]
    assert found("length")[0] == "oslo"
    assert found("shortest")[-1] == "oslo"


def test_pages_by_number_are_the_pages_by_cursor(run, index):
    first = run("query", "*", "-n", "2", "--columns", "id").stdout.splitlines()
    second = run("query", "*", "-n", "2", "--page", "2", "--columns", "id").stdout.splitlines()

    assert first + second == run("query", "*", "-n", "4", "--columns", "id").stdout.splitlines()
    assert run("query", "*", "--page", "0").exit_code == 2


def test_count_prints_the_total_and_nothing_else(run, index):
    total = json.loads(run("query", "*", "--json").stdout)["total"]

    assert run("query", "*", "--count").stdout == f"{total}\n"
    nothing = run("query", "zzyzx", "--count")
    assert (nothing.stdout, nothing.exit_code) == ("0\n", 1)


def test_the_files_of_hits_are_printed_once_each(run, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "Storm"}\n{"title": "Storm again"}\n{"title": "Calm"}\n')
    (tmp_path / "b.jsonl").write_text('{"title": "Calm"}\n')
    run("index", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--index", "files.index")

    assert run("query", "storm", "-l", "--index", "files.index").stdout == f"{tmp_path / 'a.jsonl'}\n"
    every = run("query", "--all", "--files", "--index", "files.index")
    assert sorted(every.stdout.splitlines()) == [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]


def test_all_hits_come_in_the_order_that_is_asked_for(run, index, monkeypatch):
    def ids(*options):
        return run("query", "herring", "--columns", "id", *options).stdout.split()

    best = ids()
    monkeypatch.setattr("searchlib.cli.every_hit._HELD_HITS", 1)

    assert ids("--limit", "all") == best
    assert ids("--limit", "ALL", "--sort", "newest") == ids("--sort", "newest")
    assert ids("-n", "all", "--any", "--expand") == ids("--any", "--expand")
    cursor = json.loads(run("query", "herring", "-n", "1", "--json").stdout)["next"]
    assert ids("--limit", "all", "--after", cursor) == best[1:]


def test_all_hits_are_shown_with_what_is_counted(run, index):
    result = run("query", "herring", "--limit", "all", "--facets", "section")

    assert result.stdout.count("· id ") == 4
    assert "section\n    2  World\n" in result.stdout
    assert result.stdout.endswith("\n4 articles\n")
    page = json.loads(run("query", "herring", "--limit", "all", "--json").stdout)
    assert (len(page["hits"]), page["next"]) == (4, None)


@pytest.mark.parametrize("limit", ["-1", "many", "1.5", ""])
def test_a_limit_is_a_number_or_all(run, index, limit):
    result = run("query", "herring", "--limit", limit)

    assert result.exit_code == 2
    assert "neither a number from 0 nor all" in result.stderr


def test_hits_that_came_from_no_file_are_counted(run, tmp_path):
    with searchlib.create("plain.index") as made, made.writer() as writer:
        writer.add(searchlib.Article(title="Storm"))

    result = run("query", "storm", "-l", "--index", "plain.index")

    assert (result.stdout, result.stderr) == ("", "searchlib: 1 hit came from no file\n")


@pytest.mark.parametrize("form", [["--csv"], ["--jsonl"], ["--columns", "id"]])
def test_what_is_not_written_is_said(run, index, form):
    assert "these are 2 of " in run("query", "*", "-n", "2", *form).stderr
    assert run("query", "*", "-n", "1000", *form).stderr == ""


@pytest.mark.parametrize(
    "options",
    [
        ["--csv", "--facets", "section"],
        ["--jsonl", "--timeline", "month"],
        ["--count", "--facets", "section"],
        ["--count", "--json"],
        ["--count", "--files"],
        ["--files", "--csv"],
        ["--all", "--page", "2"],
        ["--limit", "all", "--page", "2"],
        ["--open", "1", "--csv"],
        ["--open", "1", "--count"],
        ["--open", "1", "--limit", "3"],
    ],
)
def test_what_has_no_place_in_the_output_is_refused(run, index, options):
    result = run("query", "*", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert options[0] in result.stderr or options[-2] in result.stderr


def test_an_option_that_is_none_is_answered_with_the_nearest(run, index):
    result = run("query", "opec", "--limt", "3")

    assert result.exit_code == 2
    assert "--limt is no option of query; --limit" in result.stderr
