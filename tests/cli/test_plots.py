"""Pictures of timelines: what is in them, read from the SVG, and that any query and any time can be drawn."""

from __future__ import annotations

import builtins
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from searchlib.cli import plots
from searchlib.results import Comparison, ComparisonBucket, Timeline, TimelineBucket

try:
    import matplotlib
except ImportError:
    matplotlib = None

drawn = pytest.mark.skipif(matplotlib is None, reason="needs the extra 'plot'")


def timeline(*counts: int, undated: int = 0, of_all: int | None = None, first: int = 2020) -> Timeline:
    starts = [datetime(first + year, 1, 1, tzinfo=timezone.utc) for year in range(len(counts) + 1)]
    buckets = zip(starts, starts[1:], counts, strict=False)
    return Timeline("year", tuple(TimelineBucket(*bucket, of_all) for bucket in buckets), undated)


def comparison(*counts: tuple[int, ...], undated: tuple[int, ...] = (), step: int = 1) -> Comparison:
    begin = datetime(2023, 9, 1, tzinfo=timezone.utc)
    starts = [begin + timedelta(days=step * number) for number in range(len(counts))]
    buckets = tuple(
        ComparisonBucket(start, start + timedelta(days=1), row) for start, row in zip(starts, counts, strict=True)
    )
    queries = tuple(str(number) for number in range(len(counts[0])))
    return Comparison("day", queries, buckets, undated or (0,) * len(queries), (0,) * len(queries))


def texts_of(path: Path) -> list[str]:
    """The texts of an SVG."""
    svg = path.read_text(encoding="utf-8")
    found = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg)
    return [text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") for text in found]


@drawn
def test_a_timeline_has_its_query_its_axes_and_the_names_of_its_buckets(tmp_path):
    plots.plot_timeline(str(tmp_path / "a.svg"), timeline(3, 0, 4), "kim & <putin>")
    texts = texts_of(tmp_path / "a.svg")

    assert {"kim & <putin>", "published, by year", "articles a year", "2020", "2021", "2022"} <= set(texts)
    assert not [text for text in texts if text.startswith("not shown")]


@drawn
def test_what_is_in_no_bucket_is_said_below(tmp_path):
    plots.plot_timeline(str(tmp_path / "a.svg"), timeline(3, undated=1234), "kim")
    plots.plot_comparison(str(tmp_path / "b.svg"), comparison((1, 2), undated=(0, 5)), ["kim", "putin"])

    assert "not shown: 1,234 undated" in texts_of(tmp_path / "a.svg")
    assert "not shown, as undated or dated less precisely than a day: 5 of putin" in texts_of(tmp_path / "b.svg")


@drawn
def test_shares_are_percents(tmp_path):
    plots.plot_timeline(str(tmp_path / "a.svg"), timeline(1, 4, of_all=8), "kim")
    texts = texts_of(tmp_path / "a.svg")

    assert "share of all articles of a year" in texts
    assert {"0%", "50%"} <= set(texts)


@drawn
def test_a_comparison_names_each_line(tmp_path):
    names = ["kim", "_putin", "costs $5 and $6", "x" * 99]
    plots.plot_comparison(str(tmp_path / "a.svg"), comparison((1, 2, 3, 4), (2, 0, 1, 1)), names)
    texts = texts_of(tmp_path / "a.svg")

    assert {"Articles found, by day", "kim", "_putin", "costs $5 and $6", "x" * 39 + "…"} <= set(texts)


@drawn
@drawn
@pytest.mark.parametrize("suffix", ["png", "svg"])
@pytest.mark.parametrize("first", [1, 1969, 9900])
@pytest.mark.parametrize("buckets", [1, 5, 60])
def test_any_time_and_any_number_of_buckets_can_be_drawn(tmp_path, suffix, first, buckets):
    path = tmp_path / f"a.{suffix}"
    plots.plot_timeline(str(path), timeline(*range(buckets), first=first), "kim")

    assert path.stat().st_size > 2000


@drawn
@pytest.mark.parametrize("query", ["北京", "$\\frac{", "a\x1b[31mb", "word " * 2000, "", "\u202eabc"])
def test_any_query_can_be_drawn(tmp_path, query, capsys):
    plots.plot_timeline(str(tmp_path / "a.png"), timeline(1, 2), query)
    plots.plot_comparison(str(tmp_path / "b.png"), comparison((1, 2)), [query, "kim"])

    assert (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"
    assert "wrote the picture" in capsys.readouterr().err


@drawn
@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_same_data_are_the_same_bytes(tmp_path, suffix):
    for name in ("a", "b"):
        plots.plot_timeline(str(tmp_path / f"{name}.{suffix}"), timeline(1, 2), "kim")

    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


@drawn
def test_a_query_and_a_comparison_are_drawn_from_the_command_line(run, index, tmp_path):
    result = run("query", "herring", "--timeline", "year", "--share", "--plot", tmp_path / "a.svg")
    compared = run("compare", "herring", "summit", "--by", "year", "--plot", tmp_path / "b.svg")

    assert (result.exit_code, compared.exit_code) == (0, 0)
    assert "50.0%" in result.stdout or "100.0%" in result.stdout
    assert "wrote the picture to" in result.stderr
    assert {"herring", "share of all articles of a year"} <= set(texts_of(tmp_path / "a.svg"))
    assert {"herring", "summit"} <= set(texts_of(tmp_path / "b.svg"))


@drawn
def test_where_nothing_has_a_date_there_is_no_picture_and_that_is_said(run, index, tmp_path):
    for arguments in (["query", "patience", "--timeline", "year"], ["compare", "patience", "--by", "year"]):
        result = run(*arguments, "--plot", tmp_path / "a.png")

        assert result.exit_code == 0
        assert "no picture" in result.stderr or "has a date" in result.stderr
        assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize("option", [["--share"], ["--plot", "a.png"]])
def test_a_timeline_is_needed_for_shares_and_pictures(run, index, option):
    result = run("query", "herring", *option)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{option[0]} is about a timeline; add --timeline month" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["query", "herring", "--timeline", "year"], ["compare", "herring", "--by", "year"]]
)
def test_without_matplotlib_an_error_says_what_to_install(run, index, monkeypatch, arguments):
    real = builtins.__import__

    def refuse(name, *rest):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    result = run(*arguments, "--plot", "a.png")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'searchlib[plot]'" in result.stderr
