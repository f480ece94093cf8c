"""The measures, by examples worked out by hand; the engines beside ours are not run here."""

from __future__ import annotations

import importlib
import json
from math import log2
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def judged(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(project_root / "benchmarks"))
    return importlib.import_module("judged")


def write_collection(folder: Path, *, queries: str, qrels: str) -> Path:
    texts = [("a", "Ferry sinks", "Many drowned."), ("b", "", "A ferry sails."), ("c", " ", "")]
    lines = [json.dumps({"id": name, "title": title, "body": body}) for name, title, body in texts]
    (folder / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "queries.tsv").write_text(queries, encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_ndcg_discounts_each_grade_by_the_logarithm_of_its_rank(judged: ModuleType) -> None:
    grades = {"a": 3, "b": 2, "c": 0, "d": 1}

    gained = 2 / log2(2) + 0 / log2(3) + 3 / log2(4)
    ideal = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)

    assert judged.ndcg(["b", "c", "a"], grades) == pytest.approx(gained / ideal)
    assert judged.ndcg(["b", "c", "a"], grades) == pytest.approx(0.7350, abs=5e-5)


def test_ndcg_of_the_best_order_is_one(judged: ModuleType) -> None:
    assert judged.ndcg(["a", "b", "x"], {"b": 1, "a": 4}) == pytest.approx(1)


def test_ndcg_sees_no_further_than_its_depth(judged: ModuleType) -> None:
    others = [f"x{number}" for number in range(10)]

    assert judged.ndcg([*others, "a"], {"a": 1}) == 0
    assert judged.ndcg([*others[:9], "a"], {"a": 1}) == pytest.approx(1 / log2(11))


def test_ndcg_compares_with_what_fits_into_its_depth(judged: ModuleType) -> None:
    grades = dict.fromkeys("abcdefghijklmnop", 1)

    assert judged.ndcg(list("abcdefghij"), grades) == pytest.approx(1)


def test_ndcg_takes_a_grade_below_zero_for_not_relevant(judged: ModuleType) -> None:
    assert judged.ndcg(["b", "a"], {"a": 1, "b": -1}) == pytest.approx(1 / log2(3))
    assert judged.ndcg(["b"], {"b": -1}) == 0


def test_average_precision_is_the_mean_of_the_precisions_at_relevant_ranks(judged: ModuleType) -> None:
    grades = {"a": 1, "b": 4, "c": 2, "x": 0}

    # Ranks 1, 3 and 6 of three relevant articles.
    assert judged.average_precision(["a", "x", "b", "y", "z", "c"], grades) == pytest.approx(
        (1 / 1 + 2 / 3 + 3 / 6) / 3
    )


def test_average_precision_counts_what_was_not_found(judged: ModuleType) -> None:
    assert judged.average_precision(["a"], {"a": 1, "b": 1, "c": -1}) == pytest.approx(1 / 2)
    assert judged.average_precision([], {"a": 1}) == 0


def test_a_collection_leaves_out_queries_without_an_answer_and_articles_without_text(
    judged: ModuleType, tmp_path: Path
) -> None:
    folder = write_collection(tmp_path, queries="1\tferry sinks\n2\ttrain\n3\tbus\n", qrels="1\ta\t2\n2\tb\t0\n")

    collection = judged.read_collection(folder)

    assert collection.queries == {"1": "ferry sinks"}
    assert [text.id for text in collection.texts] == ["a", "b"]


def test_a_line_without_its_columns_is_named(judged: ModuleType, tmp_path: Path) -> None:
    folder = write_collection(tmp_path, queries="1\tferry\n", qrels="1\ta\t2\n1 b 1\n")

    with pytest.raises(ValueError, match=r"qrels\.tsv: line 2: expected 3 columns between tabs, got 1"):
        judged.read_collection(folder)


def test_an_article_without_its_texts_is_named(judged: ModuleType, tmp_path: Path) -> None:
    folder = write_collection(tmp_path, queries="1\tferry\n", qrels="1\ta\t2\n")
    (folder / "docs.jsonl").write_text('{"id": "a", "title": "Ferry"}\n', encoding="utf-8")

    with pytest.raises(ValueError, match=r"docs\.jsonl: line 1: expected an object of three texts"):
        judged.read_collection(folder)


def test_a_judgment_of_an_unknown_query_is_named(judged: ModuleType, tmp_path: Path) -> None:
    folder = write_collection(tmp_path, queries="1\tferry\n", qrels="7\ta\t2\n")

    with pytest.raises(ValueError, match="query 7 is judged"):
        judged.read_collection(folder)


def test_scores_are_means_over_all_queries_with_their_standard_errors(judged: ModuleType, tmp_path: Path) -> None:
    folder = write_collection(tmp_path, queries="1\tferry\n2\tsinks\n", qrels="1\ta\t1\n2\ta\t1\n")

    scores = judged.evaluate({"1": ["a", "b"]}, judged.read_collection(folder))

    # 1 and 0: mean 1/2, standard deviation 1/sqrt(2) over sqrt(2) queries.
    assert (scores.queries, scores.ndcg_at_10, scores.mean_average_precision) == (2, 0.5, 0.5)
    assert scores.ndcg_standard_error == pytest.approx(0.5)
    assert scores.map_standard_error == pytest.approx(0.5)


def test_an_article_ranked_twice_is_refused(judged: ModuleType, tmp_path: Path) -> None:
    folder = write_collection(tmp_path, queries="1\tferry\n", qrels="1\ta\t1\n")

    with pytest.raises(ValueError, match="query 1: an article is ranked twice"):
        judged.evaluate({"1": ["a", "a"]}, judged.read_collection(folder))


def test_the_collections_are_read_whole(judged: ModuleType, shared: Path) -> None:
    sizes = {}
    for name in ("time", "cran"):
        collection = judged.read_collection(shared / "relevance" / name)
        sizes[name] = (len(collection.texts), len(collection.queries))

    assert sizes == {"time": (423, 83), "cran": (1398, 225)}
