"""What came out of the race, for people: the table, the figures as JSON, the growth with the number of articles."""

from __future__ import annotations

import math
import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from race_child import Indexed
from race_measures import Figures, Timing, figures, ratio
from race_run import Race

__all__ = ["as_growth", "as_json", "as_table", "growth", "machine", "plot_growth"]

_TANTIVY: Final = "tantivy"

#: Title of a row → key of a side → number of articles → mean in milliseconds.
Growth = Mapping[str, Mapping[str, Mapping[int, float]]]


def machine() -> dict[str, Any]:
    """Processor, cores, memory in GB, system and Python of this machine."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        processor = names[0] if names else processor
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def as_table(races: Sequence[Race]) -> str:
    """All races as one table, 120 columns wide."""
    lines: list[str] = []
    for race in races:
        text_mb = next(iter(race.indexed.values())).text_bytes / 1e6
        lines += ["", f"━━ {race.articles:,} articles, {text_mb:,.0f} MB of text ".ljust(118, "━"), ""]
        lines += _indexing_lines(race)
        lines += ["", *_agreement_lines(race), ""]
        lines += _query_lines(race)
    notes = {side.name: side.note for race in races for side in race.sides.values() if side.note}
    return "\n".join([*lines, "", *(f"{name}: {note}" for name, note in notes.items())])


def as_json(races: Sequence[Race]) -> list[dict[str, Any]]:
    """The same figures, and what the engines disagreed on."""
    return [
        {
            "articles": race.articles,
            "indexing": {
                side.name: asdict(race.indexed[key]) | {"times_tantivy": _indexing_ratio(race, key)}
                for key, side in race.sides.items()
            },
            "agreement": [
                {
                    "kind": kind,
                    "share_of_dates": share,
                    "agreed": len(found.kept),
                    "refused": len(found.refused),
                    "refused_for": [
                        {"query": query.text, "totals": dict(totals)}
                        for query, totals in list(found.refused.items())[:10]
                    ],
                    "articles_found_mean": statistics.fmean(found.kept.values()) if found.kept else None,
                }
                for (kind, share), found in race.agreements.items()
            ],
            "newest_alike": race.newest_alike,
            "rows": [
                {"row": title, "engine": race.sides[key].name, **asdict(figures(timings[key]))}
                | dict(zip(_RATIOS, _ratios(race, timings, key), strict=True))
                for title, timings in race.rows.items()
                for key in timings
            ],
        }
        for race in races
    ]


_RATIOS: Final = ("times_tantivy_mean", "times_tantivy_p99", "times_best_peer_mean", "times_best_peer_p99")


def _indexing_lines(race: Race) -> Iterator[str]:
    yield (
        f"{'indexing, on one core':<27}{'engine':<24}{'art./s':>8}{'MB/s':>7}{'art./core s':>12}"
        f"{'size MB':>9}{'per MB':>8}{'peak MB':>9}{'own MB':>8}{'×tant.':>7}"
    )
    for key, side in race.sides.items():
        found = race.indexed[key]
        text_mb = found.text_bytes / 1e6
        yield (
            f"{'':<27}{side.name:<24}{found.articles / found.seconds:>8,.0f}{text_mb / found.seconds:>7.1f}"
            f"{found.articles / found.core_seconds:>12,.0f}{found.size_bytes / 1e6:>9,.0f}"
            f"{found.size_bytes / found.text_bytes:>8.2f}{found.peak_bytes / 1e6:>9,.0f}"
            f"{found.anonymous_bytes / 1e6:>8,.0f}{_number(_indexing_ratio(race, key)):>7}"
        )


def _indexing_ratio(race: Race, key: str) -> float | None:
    tantivy: Indexed | None = race.indexed.get(_TANTIVY)
    return race.indexed[key].seconds / tantivy.seconds if tantivy else None


def _agreement_lines(race: Race) -> Iterator[str]:
    yield "Queries that all engines find the same number of articles for; only they are timed:"
    for share in dict.fromkeys(share for _, share in race.agreements):
        found = {kind: agreement for (kind, of), agreement in race.agreements.items() if of == share}
        said = ", ".join(
            f"{kind} {len(agreement.kept):,} of {len(agreement.kept) + len(agreement.refused):,}"
            for kind, agreement in found.items()
        )
        where = "at any time" if share is None else f"{share:.0%} of the dates"
        yield f"    {where + ':':<18}{said}"
    alike, asked = race.newest_alike
    if asked:
        yield f"The newest ten of one term are the same articles in every engine for {alike} of {asked} queries."


def _query_lines(race: Race) -> Iterator[str]:
    yield f"{'':<89}{'× tantivy':>14}{'× best peer':>14}"
    yield (
        f"{'milliseconds':<27}{'engine':<24}{'n':>5}{'mean':>9}{'p50':>9}{'p99':>9}{'±':>6}"
        f"{'mean':>7}{'p99':>7}{'mean':>7}{'p99':>7}"
    )
    for title, timings in race.rows.items():
        label = title
        for key, timing in timings.items():
            found = figures(timing)
            ratios = "".join(f"{_number(value):>7}" for value in _ratios(race, timings, key))
            yield (
                f"{label:<27}{race.sides[key].name:<24}{found.queries:>5}{_ms(found.mean_ms):>9}{_ms(found.p50_ms):>9}"
                f"{_ms(found.p99_ms):>9}{_spread(found):>6}{ratios}"
            ).rstrip()
            label = ""


def _ratios(race: Race, timings: Mapping[str, Timing], key: str) -> tuple[float | None, ...]:
    """Mean and p99 over tantivy's; then, for ours, over those of whichever peer has the least."""
    own = timings[key]
    tantivy = ratio(own, timings[_TANTIVY]) if _TANTIVY in timings and key != _TANTIVY else (None, None)
    peers = [ratio(own, timings[other]) for other in timings if not race.sides[other].is_ours]
    if not race.sides[key].is_ours or not peers:
        return (*tantivy, None, None)
    means, p99s = zip(*peers, strict=True)
    return (*tantivy, max(means), max(p99s))


def _ms(value: float) -> str:
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3 if value >= 0.1 else 4}f}"


def _number(value: float | None) -> str:
    return (
        "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    )


def _spread(found: Figures) -> str:
    return f"{found.spread:.0%}" if len(found.repeats_mean_ms) > 1 else ""


def growth(races: Sequence[Race], titles: Sequence[str]) -> Growth:
    """Means over the queries that an engine was asked in every race; engines and rows that are in every race."""
    found: dict[str, dict[str, dict[int, float]]] = {}
    for title in titles:
        for key in races[0].rows.get(title, {}):
            timings = [race.rows.get(title, {}).get(key) for race in races]
            if None in timings:
                continue
            tables = [dict(zip(timing.queries, timing.times_ms, strict=True)) for timing in timings if timing]
            common = set(tables[0]).intersection(*tables[1:])
            if common:
                found.setdefault(title, {})[races[0].sides[key].name] = {
                    race.articles: statistics.fmean(table[query] for query in common)
                    for race, table in zip(races, tables, strict=True)
                }
    return found


def as_growth(found: Growth) -> str:
    """Means at each number of articles, and by how much ten times the articles multiply them."""
    sizes = sorted({size for engines in found.values() for means in engines.values() for size in means})
    lines = [f"{'mean milliseconds':<27}{'engine':<24}{''.join(f'{size:>12,}' for size in sizes)}{'×10 articles':>14}"]
    for title, engines in found.items():
        for name, means in engines.items():
            cells = "".join(f"{_ms(means[size]):>12}" for size in sizes)
            lines.append(f"{title:<27}{name:<24}{cells}{'× ' + _number(_per_tenfold(means)):>14}")
    return "\n".join(lines)


def _per_tenfold(means: Mapping[int, float]) -> float:
    small, large = min(means), max(means)
    return float(10 ** (math.log(means[large] / means[small]) / math.log(large / small)))


def plot_growth(found: Growth, path: Path, *, title: str) -> None:
    """Mean time against number of articles, both logarithmic, one line per engine, as a PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(
        1, len(found), figsize=(4.6 * len(found), 4.8), sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    names = list(dict.fromkeys(name for engines in found.values() for name in engines))
    for panel, (row, engines) in zip(panels[0], found.items(), strict=True):
        for name, means in engines.items():
            sizes = sorted(means)
            panel.plot(
                sizes, [means[size] for size in sizes], marker="o", color=f"C{names.index(name)}", linewidth=2,
                label=f"{name} (× {_number(_per_tenfold(means))})",
            )  # fmt: skip
        panel.set(xscale="log", yscale="log", title=f"{row}, top 10", xlabel="articles")
        panel.set_xticks(sizes, [f"{size:,}" for size in sizes], rotation=30)
        panel.yaxis.set_major_formatter("{x:g}")
        panel.minorticks_off()
        panel.grid(visible=True, alpha=0.3)
        panel.legend(fontsize=8, title="in brackets: ten times the articles", title_fontsize=7)
    panels[0][0].set_ylabel("mean time of a query, milliseconds")
    figure.suptitle(title, fontsize=9)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=130)
    pyplot.close(figure)
