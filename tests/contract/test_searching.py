"""What any engine promises of searching: dates, order, pages, counts, fields."""

from __future__ import annotations

from datetime import date, datetime, timezone
from itertools import count

import pytest

from searchlib.article import Article
from searchlib.errors import QueryError, SearchTimeoutError, SettingError
from searchlib.query import DateRange, Word
from searchlib.searching import answer


def _ids(page) -> list[str]:
    return [hit.article.id for hit in page]


def _found(index, query, **options) -> list[str]:
    return sorted(_ids(index.search(query, limit=1000, snippets=False, **options)))


def test_a_time_with_a_zone_is_that_instant(make_index):
    index = make_index(Article(id="1", body="kim", published="2023-09-11T02:00+09:00"))

    assert index.get("1").published == datetime(2023, 9, 10, 17, tzinfo=timezone.utc)
    assert _found(index, "date:2023-09-10") == ["1"]
    assert _found(index, "date:2023-09-11") == []


def test_a_day_is_a_day_in_the_zone_of_the_index(make_index):
    index = make_index(Article(id="1", body="kim", published="2023-09-11"), timezone="Asia/Singapore")
    hit = index.search("kim")[0]

    assert hit.article.published == datetime(2023, 9, 10, 16, tzinfo=timezone.utc)
    assert f"{hit.article.published:%Y-%m-%d}" == "2023-09-11"
    assert hit.article.published_precision == "day"
    assert _found(index, "date:2023-09-11") == ["1"]
    assert _found(index, "kim", until=datetime(2023, 9, 10, 16, tzinfo=timezone.utc)) == []


def test_precision_is_kept(make_index):
    written = {"year": "1912", "month": "1912-05", "day": "1912-05-03", "second": "1912-05-03T04:05:06+00:00"}
    index = make_index(*(Article(id=name, body="kim", published=text) for name, text in written.items()))

    assert {each.id: each.as_dict()["published"] for each in index.articles()} == written
    assert _found(index, "date:1912-05") == ["day", "month", "second", "year"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kim since:2023-09-11", ["11", "12"]),
        ("kim until:2023-09-11", ["10", "11"]),
        ("kim after:2023-09-11", ["12"]),
        ("kim before:2023-09-11", ["10"]),
        ("kim date:2023-09-10..2023-09-11", ["10", "11"]),
        ("kim date:>=2023-09-12", ["12"]),
        ("kim -date:2023-09-11", ["10", "12", "undated"]),
        ("kim OR date:2023-09-10", ["10", "11", "12", "undated"]),
    ],
)
def test_dates_include_and_exclude_as_they_say(make_index, query, expected):
    articles = [Article(id=day, body="kim", published=f"2023-09-{day}T23:30+00:00") for day in ("10", "11", "12")]
    index = make_index(*articles, Article(id="undated", body="kim"))

    assert _found(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected", "imprecise"),
    [
        ("date:2023-08-01", ["august", "year"], 2),
        ("date:2023-08-15", ["august", "day", "year"], 2),
        ("date:2023-08-31", ["august", "year"], 2),
        ("date:2023-09-01", ["year"], 1),
        ("date:2023-08", ["august", "day", "year"], 1),
        ("date:2023", ["august", "day", "december", "year"], 0),
        ("since:2023-08-10", ["august", "day", "december", "year"], 2),
        ("until:2023-08-10", ["august", "year"], 2),
        ("after:2023-08-30", ["august", "december", "year"], 2),
        ("after:2023-08-31", ["december", "year"], 1),
        ("after:2023-08", ["december", "year"], 1),
        ("before:2023-08-02", ["august", "year"], 2),
        ("before:2023-08", ["year"], 1),
        ("since:2024", [], 0),
        ("before:2023", [], 0),
        ("date:2023-08-15T12:00", ["august", "year"], 2),
        ("date:2023-08-15 date:2023-08-20", ["august", "year"], 2),
        ("date:2023-12-31 kim^2", ["december", "year"], 2),
        ("kim -date:2023-08-15", ["december", "undated"], 0),
        ("date:2023-08-20 OR date:2023-12-20", ["august", "december", "year"], 0),
        ("date:*", ["august", "day", "december", "year"], 0),
    ],
)
@pytest.mark.parametrize("merged", [False, True])
def test_a_month_or_year_is_found_by_every_range_that_it_overlaps(make_index, query, expected, imprecise, merged):
    dates = {"august": "2023-08", "day": "2023-08-15", "december": "2023-12", "year": "2023", "undated": None}
    articles = [Article(id=name, body="kim", published=date) for name, date in dates.items()]
    index = make_index(*articles[:2], timezone="Asia/Singapore")
    with index.writer() as writer:
        writer.add_all(articles[2:])
        writer.add(Article(id="gone", body="kim", published="2023"))
    with index.writer() as writer:
        writer.delete("gone")
    if merged:
        index.merge()

    page = index.search(query)

    assert sorted(hit.article.id for hit in page) == expected
    assert (page.total, page.imprecise) == (len(expected), imprecise)
    for sort in ("newest", "oldest"):
        assert sorted(hit.article.id for hit in index.search(query, sort=sort)) == expected


def test_of_a_range_that_is_no_time_nothing_is_found(make_index):
    index = make_index(Article(id="1", body="kim", published="2023"))
    instant = datetime(2023, 8, 1, tzinfo=timezone.utc)

    assert _found(index, DateRange(since=instant, until=instant)) == []


def test_a_month_is_in_a_bucket_of_its_length_and_else_counted_apart(make_index):
    index = make_index(
        Article(id="august", body="kim", published="2023-08"),
        Article(id="day", body="kim", published="2023-08-15"),
        Article(id="year", body="kim", published="2023"),
    )
    found = {unit: index.search("kim", timeline=unit).timeline for unit in ("day", "week", "month", "year")}

    assert {unit: sum(each.count for each in timeline) for unit, timeline in found.items()} == {
        "day": 1, "week": 1, "month": 2, "year": 3,
    }  # fmt: skip
    assert [timeline.imprecise for timeline in found.values()] == [2, 2, 1, 0]


def test_months_and_years_at_the_ends_of_time(make_index):
    index = make_index(
        Article(id="first", body="kim", published="0001-02"),
        Article(id="last", body="kim", published="9999-12"),
        Article(id="year", body="kim", published="9999"),
    )

    assert _found(index, "date:9999-12-31") == ["last", "year"]
    assert _found(index, "date:0001-02-03") == ["first"]


def test_since_and_until_are_dates_of_the_query_too(make_index):
    index = make_index(*(Article(id=str(day), body="kim", published=date(2023, 9, day)) for day in range(1, 31)))

    page = index.search("kim", since="2023-09-10", until=date(2023, 9, 12), limit=100)

    assert sorted(_ids(page)) == ["10", "11", "12"]
    assert _found(index, "kim", since="last week", now=datetime(2023, 9, 20, tzinfo=timezone.utc))[0] == "11"
    with pytest.raises(QueryError, match="swap"):
        index.search("kim", since="2023-09-12", until="2023-09-10")


def test_newest_and_oldest_first_with_the_undated_last_either_way(make_index):
    days = {"b": "2023-09-02", "a": "2023-09-02", "c": "2023-09-03", "e": None, "d": None}
    index = make_index(*(Article(id=name, body="kim", published=day) for name, day in days.items()))

    assert _ids(index.search("kim", sort="newest")) == ["c", "a", "b", "d", "e"]
    assert _ids(index.search("kim", sort="oldest")) == ["a", "b", "c", "d", "e"]


def test_equal_scores_are_ordered_by_date_and_then_by_id(make_index):
    days = {"b": "2023-09-02", "a": "2023-09-02", "c": "2023-09-03", "d": None}
    index = make_index(*(Article(id=name, body="kim", published=day) for name, day in days.items()))

    assert _ids(index.search("kim")) == ["c", "a", "b", "d"]


def test_a_word_in_the_title_counts_more_than_in_the_summary_and_that_more_than_in_the_body(make_index):
    index = make_index(
        Article(id="body", title="a b c", summary="d e f", body="kim g h"),
        Article(id="summary", title="a b c", summary="kim e f", body="d g h"),
        Article(id="title", title="kim b c", summary="a e f", body="d g h"),
    )

    assert _ids(index.search("kim")) == ["title", "summary", "body"]


def test_pages_follow_each_other_without_loss_or_repetition(make_index):
    index = make_index(*(Article(id=f"{number:02}", body="kim " * (number % 3 + 1)) for number in range(25)))
    whole = _ids(index.search("kim", limit=100))

    pages, after = [], None
    for _ in count():
        page = index.search("kim", limit=7, after=after)
        pages += _ids(page)
        after = page.next
        if after is None:
            break

    assert pages == whole
    assert page.total == 25


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "W10", "bm9uZQ", "😀", "A" * 5000])
def test_what_is_no_cursor_is_a_query_error_or_the_first_page(make_index, cursor):
    index = make_index(Article(id="1", body="kim"))

    if not cursor:
        assert _ids(index.search("kim", after=cursor)) == ["1"]
        return
    with pytest.raises(QueryError, match="no cursor"):
        index.search("kim", after=cursor)


def test_a_cursor_of_another_search_is_refused(make_index):
    index = make_index(*(Article(id=str(number), body="kim putin") for number in range(3)))
    cursor = index.search("kim", limit=1).next

    for other in ({"query": "putin"}, {"query": "kim", "sort": "newest"}, {"query": "kim", "since": "2020"}):
        with pytest.raises(QueryError, match="another search"):
            index.search(**other, after=cursor)


def test_facets_count_every_value_of_every_hit(make_index):
    index = make_index(
        Article(id="1", body="kim", section="World", authors=["Jane Doe", "John Roe"]),
        Article(id="2", body="kim", section="World"),
        Article(id="3", body="kim", section="Asia", authors=["Jane Doe"]),
        Article(id="4", body="putin", section="World"),
    )

    page = index.search("kim", limit=1, facets=["section", "author"])

    assert [(each.value, each.count) for each in page.facets["section"]] == [("World", 2), ("Asia", 1)]
    assert [(each.value, each.count) for each in page.facets["author"]] == [("Jane Doe", 2), ("John Roe", 1)]
    assert (page.facets["section"].missing, page.facets["author"].missing) == (0, 1)


@pytest.mark.parametrize(
    ("options", "values", "other", "other_values"),
    [
        ({}, [("Rail", 3), ("oil", 2), ("Asia", 1), ("Öl", 1)], 0, 0),
        ({"facet_limit": 2}, [("Rail", 3), ("oil", 2)], 2, 2),
        ({"facet_limit": 0}, [], 4, 4),
        ({"facet_prefix": {"tag": "O"}}, [("oil", 2), ("Öl", 1)], 4, 2),
        ({"facet_prefix": {"tag": "o"}, "facet_limit": 1}, [("oil", 2)], 4, 3),
        ({"facet_prefix": {"section": "x"}}, [("Rail", 3), ("oil", 2), ("Asia", 1), ("Öl", 1)], 0, 0),
    ],
)
def test_a_facet_gives_the_values_asked_for_and_counts_the_articles_with_others(
    make_index, options, values, other, other_values
):
    tags = {"1": ["Rail", "oil"], "2": ["rail", "Öl", "Rail"], "3": ["Rail", "OIL", "oil"], "4": ["Asia"], "5": []}
    index = make_index(*(Article(id=name, body="kim", tags=own) for name, own in tags.items()))

    facet = index.search("kim", facets=["tag"], **options).facets["tag"]

    assert [(each.value, each.count) for each in facet] == values
    assert (facet.other, facet.other_values, facet.missing) == (other, other_values, 1)


def test_the_counts_of_a_facet_of_one_value_an_article_add_up(make_index):
    sections = ["World"] * 5 + ["Sport"] * 3 + ["Asia", "", ""]
    index = make_index(*(Article(id=str(n), body="kim", section=name) for n, name in enumerate(sections)))

    page = index.search("kim", facets=["section"], facet_limit=1)
    facet = page.facets["section"]

    assert sum(each.count for each in facet) + facet.other + facet.missing == page.total == 11


def test_facets_count_a_value_once_in_however_many_spellings_over_all_segments(make_index):
    index = make_index(Article(id="1", body="kim", section="world", tags=["Rail", "rail"]))
    for number, section in enumerate(["World", "world", "WORLD"], start=2):
        with index.writer() as writer:
            writer.add(Article(id=str(number), body="kim", section=section, language="en"))

    page = index.search("kim", facets=["section", "tag"])

    assert [(each.value, each.count) for each in page.facets["section"]] == [("world", 4)]
    assert [(each.value, each.count) for each in page.facets["tag"]] == [("Rail", 1)]
    assert index.search("section:world").total == 4


def test_a_timeline_has_no_gap_and_weeks_begin_on_monday(make_index):
    index = make_index(
        Article(id="1", body="kim", published="2023-09-11"),
        Article(id="2", body="kim", published="2023-09-24"),
        Article(id="3", body="kim", published="2023-10-02"),
        Article(id="4", body="kim"),
        timezone="Europe/Paris",
    )

    timeline = index.search("kim", timeline="week").timeline

    assert [(f"{each.start:%m-%d}", each.count) for each in timeline] == [
        ("09-11", 1),
        ("09-18", 1),
        ("09-25", 0),
        ("10-02", 1),
    ]
    assert timeline.undated == 1
    assert all(bucket.start.weekday() == 0 for bucket in timeline)


def test_the_days_of_a_timeline_are_those_of_the_zone_also_when_clocks_change(make_index):
    index = make_index(
        Article(id="1", body="kim", published="2023-10-28T23:30+02:00"),
        Article(id="2", body="kim", published="2023-10-29T02:30+01:00"),
        Article(id="3", body="kim", published="2023-10-29T23:59+01:00"),
        timezone="Europe/Paris",
    )

    buckets = index.search("kim", timeline="day").timeline.buckets

    assert [each.count for each in buckets] == [1, 2]
    assert (buckets[1].end - buckets[0].start).total_seconds() != 0
    assert buckets[1].end.astimezone(timezone.utc) - buckets[1].start.astimezone(timezone.utc) == (
        datetime(2023, 1, 2, 1) - datetime(2023, 1, 1)
    )


def test_one_article_of_the_year_two_does_not_make_a_million_buckets(make_index):
    index = make_index(
        Article(id="1", body="kim", published="0002-01-01"), Article(id="2", body="kim", published="2023-09-11")
    )

    assert [each.count for each in index.search("kim", timeline="day").timeline] == [1, 1]


def test_a_phrase_stays_within_one_text_and_one_name(make_index):
    index = make_index(
        Article(id="1", title="prime", summary="minister", body="time", authors=["Jane Roe", "John Doe"]),
        Article(id="2", title="x", body="the prime minister", authors=["Roe John"]),
    )

    assert _found(index, '"prime minister"') == ["2"]
    assert _found(index, '"minister time"~5') == []
    assert _found(index, 'author:"roe john"') == ["2"]


def test_a_field_is_searched_alone(make_index):
    index = make_index(
        Article(
            id="1",
            title="kim",
            summary="putin",
            body="train",
            section="World News",
            place="SEOUL",
            publisher="The Daily",
            agency="AFP",
            tags=["armoured train", "summit"],
            url="https://news.example.org/world/kim-visits.html",
            language="en-gb",
        )
    )

    queries = ["title:kim", "summary:putin", "body:train", "section:world", 'section:"world news"', "place:seoul"]
    queries += [
        "publisher:daily",
        "agency:afp",
        'tag:"armoured train"',
        "tag:summit",
        "url:example.org",
        "lang:en",
        "id:1",
    ]
    assert {query: _found(index, query) for query in queries} == {key: ["1"] for key in queries}
    for query in ("body:kim", "title:putin", "summary:train", "title:world", "tag:visits", "id:2", "author:kim"):
        assert _found(index, query) == [], query


def test_words_that_restrict_do_not_rank(make_index):
    index = make_index(Article(id="1", body="x", section="World"), Article(id="2", body="y", section="World World"))

    assert {hit.score for hit in index.search("section:world")} == {0.0}


def test_what_has_no_word_in_it_is_said_and_left_out(make_index):
    index = make_index(Article(id="1", body="kim"))

    page = index.search("kim !!!")
    alone = index.search("!!!")

    assert (page.total, alone.total) == (1, 0)
    assert ["there is no word" in said.message for said in (*page.diagnostics, *alone.diagnostics)] == [True, True]


def test_a_tree_is_a_query_too(make_index):
    index = make_index(Article(id="1", body="kim"))

    assert _found(index, Word("kim")) == ["1"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"sort": "best"}, "sort"),
        ({"limit": -1}, "limit"),
        ({"limit": 10**9}, "limit"),
        ({"facets": ["colour"]}, "facets"),
        ({"facets": "section"}, "facets"),
        ({"timeline": "hour"}, "timeline"),
        ({"total": "roughly"}, "total"),
        ({"now": datetime(2023, 1, 1)}, "now"),
    ],
    ids=str,
)
def test_an_argument_that_cannot_be_is_named(make_index, options, named):
    index = make_index(Article(body="kim"))

    with pytest.raises(SettingError, match=named):
        index.search("kim", **options)


def test_a_search_that_takes_too_long_is_given_up(make_index, monkeypatch):
    index = make_index(*(Article(id=str(number), body="kim") for number in range(3)))
    clock = count()
    monkeypatch.setattr(answer.time, "monotonic", lambda: float(next(clock)))

    with pytest.raises(SearchTimeoutError, match=r"0\.5 s"):
        index.search("kim", timeout_s=0.5)


def test_queries_are_compared_over_time(make_index):
    bodies = {"2023-01-05": "kim", "2023-01-06": "kim putin", "2023-03": "putin", "2023-03-02": "oil", "2024": "kim"}
    index = make_index(
        *(Article(id=day, body=body, published=day) for day, body in bodies.items()), Article(body="kim")
    )

    found = index.compare(["kim", "body:putin", "gas"], by="month", share=True, until="2023")

    assert [(f"{each.start:%Y-%m}", each.counts, each.of_all) for each in found] == [
        ("2023-01", (2, 1, 0), 2), ("2023-02", (0, 0, 0), 0), ("2023-03", (0, 1, 0), 2),
    ]  # fmt: skip
    assert found.buckets[0].shares == (1.0, 0.5, 0.0)
    assert found.queries[1].startswith("body:putin")
    page = index.search("kim", timeline="month", share=True, until="2023")
    assert [(each.count, each.of_all, each.share) for each in page.timeline] == [(2, 2, 1.0)]


def test_what_queries_have_no_bucket_is_counted_apart(make_index):
    index = make_index(Article(id="1", body="kim"), Article(id="2", body="kim putin", published="2023"))

    found = index.compare(["kim", "putin", "!"], by="day")

    assert (found.undated, found.imprecise, found.buckets) == ((1, 0, 0), (1, 1, 0), ())
    assert [bool(said) for said in found.diagnostics] == [False, False, True]


@pytest.mark.parametrize(
    ("queries", "options", "named"),
    [
        ("kim", {"by": "day"}, "queries"),
        ([], {"by": "day"}, "queries"),
        (Word("kim"), {"by": "day"}, "queries"),
        (["kim"], {"by": "hour"}, "by"),
        (["kim"], {"by": "day", "share": 1}, "share"),
        (["kim"], {"by": "day", "timeout_s": -1}, "timeout_s"),
    ],
)
def test_what_cannot_be_compared_is_named(make_index, queries, options, named):
    with pytest.raises(SettingError, match=named):
        make_index().compare(queries, **options)


def test_queries_are_compared_among_what_is_chosen(make_index):
    world = Article(id="1", body="kim putin", section="World", published="2023-09-01")
    index = make_index(world, Article(id="2", body="kim", section="Sport", published="2023-09-01"))

    found = index.compare(["kim", "putin"], by="day", chosen={"section": ["World"]})

    assert [bucket.counts for bucket in found] == [(1, 1)]


def test_a_comparison_that_takes_too_long_is_given_up(make_index):
    with pytest.raises(SearchTimeoutError):
        make_index(Article(body="kim")).compare(["kim"], by="day", timeout_s=0)


LONG = [
    "kim OR putin",
    " OR ".join(f"word{n}" for n in range(1000)),
    '"the kim"~8',
    "kim NEAR/5 putin",
    "kim NOT putin",
    "*",
]


@pytest.mark.parametrize("query", LONG, ids=[query[:20] for query in LONG])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "length", "title", "section"])
def test_without_time_nothing_is_found_and_that_is_said(make_index, query, sort):
    index = make_index(*(Article(id=str(n), body="the kim and putin " * 9, published="2023") for n in range(20)))
    options = {"sort": sort, "facets": ["section"], "timeline": "month", "timeout_s": 0}

    with pytest.raises(SearchTimeoutError):
        index.search(query, **options)
    page = index.search(query, partial=True, **options)

    assert (page.partial, page.total, len(page), page.facets, page.timeline) == (True, 0, 0, {}, None)
    assert [said.message for said in page.diagnostics if "no more time" in said.message]


def test_a_page_is_partial_only_where_the_time_was_over(make_index):
    index = make_index(Article(id="1", body="kim"))

    page = index.search("kim", timeout_s=60, partial=True, facets=["section"])

    assert (page.partial, page.total, page.facets["section"].missing, page.diagnostics) == (False, 1, 1, ())


@pytest.mark.parametrize("ticks", range(1, 60))
def test_what_is_found_before_the_time_is_over_is_right(make_index, monkeypatch, ticks):
    index = make_index(*(Article(id=str(n), body="kim", section="World", published="2023") for n in range(9)))
    whole = index.search("kim", limit=20, facets=["section"], timeline="year")
    clock = count()
    monkeypatch.setattr(answer.time, "monotonic", lambda: 1e9 + next(clock))
    page = index.search("kim", limit=20, facets=["section"], timeline="year", timeout_s=ticks + 0.5, partial=True)

    assert page.total >= len(page)
    assert set(_ids(page)) <= set(_ids(whole))
    assert page.facets in ({}, whole.facets)
    assert page.timeline in (None, whole.timeline)
    assert page.partial or (page.hits == whole.hits and page.facets == whole.facets and page.timeline == whole.timeline)


def test_totals_can_be_left_out_and_hits_too(make_index):
    index = make_index(Article(id="1", body="kim"), Article(id="2", body="kim"))

    assert index.search("kim", total="none").total is None
    page = index.search("kim", limit=0)
    assert (page.total, len(page), page.next) == (2, 0, None)


def test_an_empty_index_finds_nothing(make_index):
    page = make_index().search("kim NOT putin", facets=["section"], timeline="day")

    assert (page.total, len(page), page.facets["section"].values, page.timeline.buckets) == (0, 0, (), ())


def test_articles_come_out_as_they_went_in(make_index):
    articles = [
        Article(
            id="ünï code/with spaces",
            title="Łódź 🎉",
            body="a\n\nb",
            authors=["A", "B"],
            tags=["x"],
            published="2023-09-11T02:00+09:00",
            updated="2024-01",
            url="http://x.example/1",
            language="pt-BR",
            extra={"a": [1, {"b": None}]},
        ),
        Article(id="symbols", body="!!! ???"),
        Article(id="long", body="word " * 200_000),
    ]
    index = make_index(*articles)

    for article in articles:
        assert index.get(article.id) == article
        assert Article(**index.get(article.id).as_dict()) == article
    assert index.get("none such") is None


def test_a_hit_brings_its_snippet_with_the_phrase_marked(make_index):
    index = make_index(Article(id="1", title="A <b>title", body="The prime time show. The prime minister spoke."))

    hit = index.search('"prime minister"')[0]

    assert "<mark>prime minister</mark>" in hit.snippet.html
    assert "<mark>prime time" not in hit.snippet.html
    assert hit.snippet.title.html == "A &lt;b&gt;title"
    assert index.search("prime", snippets=False)[0].snippet is None
