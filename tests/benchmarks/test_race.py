"""The race's own work: what is asked, who agrees, what the figures mean; and every side answers right."""

from __future__ import annotations

import importlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

WORDS = [
    "harbour",
    "grain",
    "ferry",
    "strike",
    "tariff",
    "bank",
    "rate",
    "coffee",
    "summit",
    "treaty",
    "flood",
    "budget",
    "rail",
    "vote",
    "court",
    "steel",
]
START = datetime(2020, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def module(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(project_root / "benchmarks"))
    return importlib.import_module


def make_articles(count: int) -> list[dict[str, str]]:
    """Articles of a dozen of sixteen words, one a day, the days mixed."""
    random = Random(7)
    return [
        {
            "id": f"a{number}",
            "title": f"{random.choice(WORDS)} news",
            "body": " ".join(random.choices(WORDS, k=12)),
            "published": (START + timedelta(days=number * 37 % count)).isoformat(),
        }
        for number in range(count)
    ]


class FakeEngine:
    """Finds what it is told to find."""

    def __init__(self, totals: Mapping[str, int]) -> None:
        self.totals = totals
        self.asked: list[str] = []

    def plays(self, method: str, kind: str, *, windowed: bool) -> bool:
        return True

    def prepare(self, query: Any) -> str:
        return query.text

    def total(self, prepared: str) -> int:
        return self.totals.get(prepared, 0)

    def top(self, prepared: str, k: int) -> list[str]:
        self.asked.append(prepared)
        return [prepared]


# Queries.


def test_the_same_seed_draws_the_same_queries(module):
    queries = module("race_queries")
    counts = dict.fromkeys(queries.KINDS, 15)

    assert queries.draw(make_articles(60), counts, seed=5) == queries.draw(make_articles(60), counts, seed=5)
    assert queries.draw(make_articles(60), counts, seed=5) != queries.draw(make_articles(60), counts, seed=6)


def test_the_queries_of_a_kind_do_not_depend_on_how_many_of_another_are_wanted(module):
    queries = module("race_queries")
    articles = make_articles(60)

    every = queries.draw(articles, dict.fromkeys(queries.KINDS, 15), seed=5)
    assert queries.draw(articles, {"phrase": 15}, seed=5)["phrase"] == every["phrase"]


def test_words_of_a_query_stand_in_one_article_and_in_a_band(module, monkeypatch):
    queries = module("race_queries")
    monkeypatch.setattr(queries, "BANDS", {"any": (0.0, 1.0)})
    articles = make_articles(60)
    texts = [f"{article['title']} {article['body']}".split() for article in articles]

    drawn = queries.draw(articles, {"term": 10, "or": 200, "and": 200, "not": 10}, seed=1)
    assert {len(query.words) for query in drawn["or"]} == {2, 3, 4, 5, 6}
    assert [query.words for query in drawn["and"]] == [query.words for query in drawn["or"]]
    for query in itertools.chain(*drawn.values()):
        assert any(set(query.words) <= set(text) for text in texts)


def test_phrases_occur(module):
    queries = module("race_queries")
    articles = make_articles(60)

    drawn = queries.draw(articles, {"phrase": 25}, seed=1)["phrase"]
    assert len(drawn) == 25
    for query in drawn:
        assert any(" ".join(query.words) in article["body"] for article in articles)


def test_words_that_an_analyzer_may_take_apart_are_not_drawn(module, monkeypatch):
    queries = module("race_queries")
    monkeypatch.setattr(queries, "BANDS", {"any": (0.0, 1.1)})
    article = {"title": "", "body": "\nThe U.S. co-owner didn't pay; see e.g. www.bank.example, cafés and 3rd quay."}

    drawn = queries.draw([article], {"term": 50}, seed=1)["term"]
    assert {query.words[0] for query in drawn} == {"pay", "see", "and", "quay"}


def test_windows_take_their_share_of_the_time_and_lie_in_it(module):
    queries = module("race_queries")
    end = START + timedelta(days=1000)

    windowed = queries.within([queries.Query("term", (word,)) for word in WORDS], 0.01, START, end, seed=1)
    assert {query.window.until - query.window.since for query in windowed} == {timedelta(days=10)}
    assert all(query.window.since >= START and query.window.until <= end for query in windowed)
    assert len({query.window for query in windowed}) > 10


@pytest.mark.parametrize(
    ("kind", "text"),
    [("term", "a"), ("or", "a OR b"), ("and", "a AND b"), ("phrase", '"a b"'), ("not", "a -b")],
)
def test_queries_are_typed_as_every_engine_reads_them(module, kind, text):
    query = module("race_queries").Query(kind, ("a",) if kind == "term" else ("a", "b"))

    assert query.text == text


# Agreement.


def test_a_query_that_engines_count_differently_is_refused(module):
    queries = module("race_queries")
    alike, differing = (queries.Query("and", words) for words in (("ferry", "strike"), ("ferry", "coffee")))
    words = {"ferry": 4, "strike": 3, "coffee": 2}
    left = FakeEngine({**words, "ferry AND strike": 1, "ferry AND coffee": 1})
    right = FakeEngine({**words, "ferry AND strike": 1, "ferry AND coffee": 0})

    found = module("race_agreement").Referee({"left": left, "right": right}).agreed([differing, alike], 5)
    assert found.kept == {alike: 1}
    assert found.refused == {differing: {"left": 1, "right": 0}}


def test_a_query_with_a_word_that_engines_count_differently_is_refused(module):
    query = module("race_queries").Query("or", ("ferry", "ones"))
    left = FakeEngine({"ferry": 4, "ones": 2, "ferry OR ones": 5})
    right = FakeEngine({"ferry": 4, "ones": 3, "ferry OR ones": 5})

    found = module("race_agreement").Referee({"left": left, "right": right}).agreed([query], 5)
    assert found.refused == {query: {"left": 2, "right": 3}}


# Figures.


def test_a_querys_time_is_its_median_over_repeats(module):
    measures = module("race_measures")
    timing = measures.Timing(["q", "r"], [[1.0, 10.0], [2.0, 40.0], [9.0, 20.0]])

    found = measures.figures(timing)
    assert (found.queries, found.mean_ms, found.p50_ms, found.p99_ms) == (2, 11.0, 11.0, 20.0)
    # Means of the repeats: 5.5, 21 and 14.5.
    assert found.spread == pytest.approx((21 - 5.5) / 14.5)


def test_p99_is_a_time_that_one_query_in_a_hundred_exceeds(module):
    measures = module("race_measures")
    times = [float(number) for number in range(1, 201)]

    assert measures.figures(measures.Timing(list(range(200)), [times])).p99_ms == 198.0


def test_ratios_are_over_the_queries_that_both_were_asked(module):
    measures = module("race_measures")
    ours = measures.Timing(["q", "r", "s"], [[1.0, 3.0, 100.0]])
    slow = measures.Timing(["q", "r"], [[4.0, 4.0]])

    assert measures.ratio(ours, slow) == (0.5, 0.75)


def test_an_engine_that_is_out_of_time_is_asked_the_same_queries_in_every_repeat(module, monkeypatch):
    measures, queries = module("race_measures"), module("race_queries")
    monkeypatch.setattr(measures, "MIN_QUERIES", 3)
    asked = [queries.Query("or", (str(number), "x")) for number in range(8)]
    measure = measures.Measure("OR", "top", ("or",))
    engines = {"left": FakeEngine({}), "right": FakeEngine({})}

    timed = measures.time_all(engines, [measure], lambda _: asked, repeats=2, budget_s=0, report=lambda *_: None)
    assert {key: len(timing.queries) for key, timing in timed[measure].items()} == {"left": 3, "right": 3}
    assert [len(times) for times in timed[measure]["left"].repeats_ms] == [3, 3]
    assert list(timed[measure]) == ["left", "right"]


def test_ten_times_the_articles_is_told_from_the_smallest_and_the_largest_race(module):
    report = module("race_report")

    text = report.as_growth({"OR": {"ours": {1_000: 1.0, 10_000: 3.0, 100_000: 16.0}}})
    assert "× 4.00" in text


# Sides.


@pytest.fixture(params=["searchlib-whoosh", "tantivy", "fts5", "bm25s"])
def engine(request: pytest.FixtureRequest, module: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[Any]:
    """Each side that is installed, over 200 articles."""
    found, missing = module("race_engines").sides()
    if request.param in missing:
        pytest.skip(f"needs {request.param}: {missing[request.param]}")
    if request.param == "bm25s":
        # The other backend compiles for seconds.
        monkeypatch.setattr(module("race_bm25s"), "_BACKEND", "numpy")
    side = found[request.param].make(tmp_path / "index")
    side.index(iter(make_articles(200)))
    side.open()
    yield side
    side.close()


def matches(query: Any, article: Mapping[str, str]) -> bool:
    text = f"{article['title']} | {article['body']}"
    held = [word in text.split() for word in query.words]
    right = {
        "term": all(held),
        "or": any(held),
        "and": all(held),
        "phrase": f" {' '.join(query.words)} " in f" {text} ",
        "not": held[0] and not held[-1],
    }[query.kind]
    published = datetime.fromisoformat(article["published"])
    return right and (query.window is None or query.window.since <= published < query.window.until)


def test_every_side_finds_what_reading_all_articles_finds(engine, module):
    queries = module("race_queries")
    days = queries.Window(START + timedelta(days=20), START + timedelta(days=90))
    words = {"term": ("ferry",), "phrase": ("grain", "ferry"), "not": ("strike", "bank")}
    articles = make_articles(200)

    for kind, window in itertools.product(queries.KINDS, (None, days)):
        query = queries.Query(kind, words.get(kind, ("grain", "strike", "vote")), window)
        if not engine.plays("top", kind, windowed=window is not None):
            continue
        expected = {article["id"]: article["published"] for article in articles if matches(query, article)}
        prepared = engine.prepare(query)

        assert 0 < len(expected) < 200
        assert engine.total(prepared) == len(expected)
        assert len(engine.top(prepared, 10)) == min(10, len(expected))
        if engine.plays("newest", kind, windowed=window is not None):
            assert engine.top_and_total(prepared, 10)[1] == len(expected)
            assert set(engine.ids(engine.top(prepared, 10))) <= set(expected)
            newest = sorted(expected, key=expected.__getitem__, reverse=True)[:10]
            assert engine.ids(engine.newest(prepared, 10)) == newest


def test_every_side_shows_and_adds_articles(engine, module):
    if not engine.plays("texts", "or", windowed=False):
        pytest.skip("it answers disjunctions and nothing else")
    added = {
        "id": "new",
        "title": "Late news",
        "body": "zebra at the harbour",
        "published": "2031-01-01T00:00:00+00:00",
    }

    engine.add(added)
    ((title, snippet),) = engine.texts('"zebra at"', 10)
    assert title == "Late news"
    assert "zebra" in snippet
    assert engine.ids(engine.newest(engine.prepare(module("race_queries").Query("term", ("harbour",))), 1)) == ["new"]


# All of it.


def test_a_race_from_end_to_end(module, tmp_path, monkeypatch, capsys):
    engines, run, report = module("race_engines"), module("race_run"), module("race_report")
    monkeypatch.setattr(module("race_queries"), "BANDS", {"any": (0.0, 1.0)})
    corpus = tmp_path / "made.jsonl.zst"
    module("corpus").write_articles(make_articles(100), corpus)
    found, _ = engines.sides()
    sides = {key: found[key] for key in ("searchlib-whoosh", "tantivy", "fts5") if key in found}
    measures = [measure for measure in module("race_measures").MEASURES if measure.share is None]

    race = run.run_race(run.Plan(corpus, tmp_path, queries=6, repeats=2), 100, sides, measures, whole=False)
    assert all(len(agreement.kept) > 1 for agreement in race.agreements.values())
    assert race.newest_alike == (6, 6)
    assert [list(timings) for timings in race.rows.values()] == [list(sides)] * len(measures)
    assert all(indexed.articles == 100 for indexed in race.indexed.values())
    lines = report.as_table([race]).splitlines()
    assert max(len(line) for line in lines[:-4]) <= 120
    assert sum("searchlib, whoosh codec" in line for line in lines) == len(measures) + 2
    json.dumps(report.as_json([race]))


def test_an_unknown_engine_is_named(module, capsys):
    assert module("race").main(["--engines", "grep"]) == 2
    assert "There is no engine 'grep'" in capsys.readouterr().err


def test_growth_is_over_queries_that_every_race_asked(module):
    measures, report = module("race_measures"), module("race_report")
    sides = {"ours": SimpleNamespace(name="ours")}
    small = SimpleNamespace(articles=10, sides=sides, rows={"OR": {"ours": measures.Timing(["q", "r"], [[1.0, 50.0]])}})
    large = SimpleNamespace(articles=100, sides=sides, rows={"OR": {"ours": measures.Timing(["s", "q"], [[9.0, 2.0]])}})

    assert report.growth([small, large], ["OR"]) == {"OR": {"ours": {10: 1.0, 100: 2.0}}}
