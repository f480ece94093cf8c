"""Articles made out of others: always the same ones, like their source, and with ever new names."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import itertools
import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from searchlib import Article

PEOPLE_SENTENCES = (
    "The minister said the harbour would open in May.",
    "Officials said that grain was short.",
    "The bank raised its rate by half a point, traders said.",
    "Nobody was hurt when the ferry ran aground.",
    "He said the talks had failed.",
    "Coffee fell by four cents a pound in London.",
)


@pytest.fixture
def corpus(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(project_root / "benchmarks"))
    return importlib.import_module("corpus")


@pytest.fixture
def names(corpus: ModuleType) -> ModuleType:
    return importlib.import_module("names")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A source of 40 articles on two topics."""
    path = tmp_path / "small.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(40):
            sentences = [PEOPLE_SENTENCES[(number * 5 + at) % 6] for at in range(2 + number % 7)]
            article = {
                "id": str(number),
                "title": f"Report {number}",
                "body": " ".join(sentences),
                "place": ("HULL", "OSLO")[number % 2],
                "tags": [("trade", "crime")[number % 2]],
                "published": "1987-02-26",
            }
            lines.write(json.dumps(article) + "\n")
    return path


def texts(articles: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(article["title"], article["body"]) for article in articles]


def test_the_same_seed_gives_the_same_articles(corpus: ModuleType, small: Path):
    assert list(corpus.generate(small, 50, seed=3)) == list(corpus.generate(small, 50, seed=3))
    assert texts(list(corpus.generate(small, 50, seed=3))) != texts(list(corpus.generate(small, 50, seed=4)))


def test_every_machine_makes_the_articles_that_were_once_made(corpus: ModuleType, small: Path):
    made = json.dumps(list(corpus.generate(small, 200)), ensure_ascii=False)

    assert hashlib.sha256(made.encode()).hexdigest() == (
        "b849b8b25979cd4f0d1ae28e113983c70fc614e3289659022ac0661220637638"
    )


def test_a_larger_corpus_begins_with_the_texts_of_a_smaller_one(corpus: ModuleType, small: Path):
    assert texts(list(corpus.generate(small, 90)))[:30] == texts(list(corpus.generate(small, 30)))


def test_what_is_made_is_an_article_with_all_that_it_needs(corpus: ModuleType, small: Path):
    for fields in corpus.generate(small, 60):
        article = Article(**fields)

        assert article.as_dict() == fields
        assert article.title
        assert article.published
        assert article.section
        assert article.publisher
        assert article.place in ("HULL", "OSLO")
        assert article.authors
        assert article.tags[0] in ("trade", "crime")


def test_dates_are_spread_evenly_and_come_in_no_order(corpus: ModuleType, small: Path):
    dates = [datetime.fromisoformat(article["published"]) for article in corpus.generate(small, 365, years=1)]
    days = timedelta(seconds=31_556_952) / 365

    assert sorted((date - corpus.START) // days for date in dates) == list(range(365))
    descents = sum(later < earlier for earlier, later in itertools.pairwise(dates))
    assert descents > 100


def test_no_articles_are_made_where_none_are_wanted(corpus: ModuleType, small: Path):
    assert list(corpus.generate(small, 0)) == []


def test_bodies_are_as_long_as_asked_in_the_mean(corpus: ModuleType, small: Path):
    lengths = [len(article["body"].split()) for article in corpus.generate(small, 400, mean_words=200)]

    assert sum(lengths) / len(lengths) == pytest.approx(200, rel=0.05)


def test_a_source_without_sentences_is_named(corpus: ModuleType, tmp_path: Path):
    path = tmp_path / "titles.jsonl"
    path.write_text('{"id": "1", "title": "Only a title"}\n', encoding="utf-8")

    with pytest.raises(ValueError, match=r"titles\.jsonl: there is no sentence in it"):
        list(corpus.generate(path, 1))


def test_numbers_out_of_range_are_refused(corpus: ModuleType, small: Path):
    with pytest.raises(ValueError, match="count >= 0"):
        corpus.generate(small, -1)


def test_a_corpus_is_made_once_and_read_back(corpus: ModuleType, small: Path, tmp_path: Path):
    path = corpus.cached(25, source=small, directory=tmp_path / "made")
    written = path.stat().st_mtime_ns

    assert corpus.cached(25, source=small, directory=tmp_path / "made").stat().st_mtime_ns == written
    assert list(corpus.read_articles(path)) == list(corpus.generate(small, 25))
    assert len(list(corpus.read_articles(path, 7))) == 7
    assert [file.name for file in (tmp_path / "made").iterdir()] == [path.name]


def test_names_never_run_out(names: ModuleType):
    draw = names.rank_drawer(Random(1))
    drawn = [names.surname(draw()) for _ in range(64_000)]

    different = [len(set(drawn[:count])) for count in (4_000, 16_000, 64_000)]
    # Four times as many mentions bring 4 ** (4/5) = 3.03 times as many names.
    assert [later / earlier for earlier, later in itertools.pairwise(different)] == pytest.approx([3.03, 3.03], rel=0.1)


def test_a_few_names_are_mentioned_often(names: ModuleType):
    draw = names.rank_drawer(Random(1))
    mentions = Counter(names.surname(draw()) for _ in range(20_000))

    assert 0.12 < sum(count for _, count in mentions.most_common(256)) / 20_000 < 0.25


def test_words_stay_as_frequent_as_they_are_in_the_source(corpus: ModuleType, shared: Path, tmp_path: Path):
    path = tmp_path / "part.jsonl"
    with gzip.open(shared / "corpus" / "reuters21578.jsonl.gz", "rt", encoding="utf-8") as lines:
        path.write_text("".join(itertools.islice(lines, 1000)), encoding="utf-8")
    statistics = importlib.import_module("corpus_statistics")

    bodies = [json.loads(line).get("body", "") for line in path.read_text(encoding="utf-8").splitlines()]
    before = statistics.frequencies(bodies)
    after = statistics.frequencies(article["body"] for article in corpus.generate(path, 2000))
    off = statistics.deviations(before, after, least_share=0.05)
    assert len(off) > 200
    assert off[len(off) // 2] < 0.05
    assert off[len(off) * 9 // 10] < 0.12
