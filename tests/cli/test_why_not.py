from __future__ import annotations

import json


def test_what_keeps_an_article_out_and_what_finds_it(run, index):
    result = run("why-not", "oslo", "herrings", "bremin", "date:2023-10")

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "herrings bremin date:2023-10\n"
        "finds 0 articles, and not oslo:\n"
        "    bremin: it does not have “bremin”\n"
        "    date:2023-10: it was not published then (published 11 September 2023)\n"
        "\n"
        "these find it:\n"
        "    herrings date:2023-09-11..2023-10-31\n"
        "        2 articles · without bremin; dates from its own, 11 September 2023\n"
    )


def test_an_article_that_is_found_is_said_to_be(run, index):
    result = run("why-not", "oslo", "quotas", "minister")

    assert (result.exit_code, result.stdout) == (
        0,
        "quotas minister\nfinds oslo among 1 article, as number 1 by relevance\n",
    )


def test_where_no_query_is_near_it_ends_with_1(run, index):
    result = run("why-not", "oslo", "zeppelin")

    assert result.exit_code == 1
    assert result.stdout.endswith("no query near this one finds it\n")


def test_json_has_all_of_it(run, index):
    found = json.loads(run("why-not", "bremen", "herring", "--since", "2023", "--json").stdout)

    assert (found["article_id"], found["found"], found["rank"], found["total"]) == ("bremen", False, None, 2)
    assert found["excluding"] == [
        {"text": "date:2023-01-01..", "reason": "it was not published then", "instead": "published 1912-05"}
    ]
    assert [each["total"] for each in found["relaxations"]] == sorted(each["total"] for each in found["relaxations"])


def test_an_unknown_article_is_an_error_that_names_it(run, index):
    result = run("why-not", "nobody", "herring")

    assert result.exit_code == 2
    assert result.stderr == "searchlib: there is no article with the id 'nobody'\n"


def test_a_part_that_cannot_be_read_is_an_error(run, index):
    result = run("why-not", "oslo", "herring date:soonish")

    assert result.exit_code == 2
    assert result.stderr.startswith("searchlib: date: cannot be read")
    assert run("why-not", "oslo", "herring date:soonish", "--json").exit_code == 2
