from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from searchlib.counted import Comparison, ComparisonBucket, Timeline, TimelineBucket
from searchlib.drawing import comparison_svg, share_bar_svg, timeline_svg
from searchlib.drawing.timeline import MOST_LINKS

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> \" ' & ]]>"


def by_month(counts: Sequence[int], of_all: Sequence[int | None] | None = None) -> Timeline:
    starts = [datetime(2023 + month // 12, month % 12 + 1, 1, tzinfo=timezone.utc) for month in range(len(counts) + 1)]
    of_all = of_all or [None] * len(counts)
    buckets = [
        TimelineBucket(start, end, *numbers)
        for start, end, *numbers in zip(starts, starts[1:], counts, of_all, strict=False)
    ]
    return Timeline("month", tuple(buckets), 0)


def by_day(days: int) -> Timeline:
    first = datetime(2000, 1, 1, tzinfo=timezone.utc)
    days_ = [first + timedelta(days=day) for day in range(days + 1)]
    return Timeline("day", tuple(TimelineBucket(a, b, 1) for a, b in pairwise(days_)), 0)


def compared(*counts: Sequence[int]) -> Comparison:
    line = by_month([0] * len(counts[0]))
    buckets = [
        ComparisonBucket(bucket.start, bucket.end, numbers, 10)
        for bucket, numbers in zip(line.buckets, zip(*counts, strict=True), strict=True)
    ]
    queries = tuple(f"query {number}" for number in range(len(counts)))
    return Comparison("month", queries, tuple(buckets), (0,) * len(counts), (0,) * len(counts))


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_every_bucket_has_a_band_that_says_what_is_in_it():
    root = parsed(timeline_svg(by_month([3, 0, 1204])))

    assert [each.text for each in root.iterfind(f".//{SVG}rect/{SVG}title")] == [
        "January 2023: 3 articles", "February 2023: 0 articles", "March 2023: 1,204 articles"
    ]  # fmt: skip


def test_bars_are_as_tall_as_their_counts_and_empty_buckets_have_none():
    path = parsed(timeline_svg(by_month([5, 0, 10]))).find(f".//{SVG}path[@class='bars']")

    assert path is not None
    assert [piece.split("v")[1].split("h")[0] for piece in path.attrib["d"].split("M")[1:]] == ["-50.00", "-100.00"]


def test_with_links_every_bucket_is_one_with_a_name():
    root = parsed(timeline_svg(by_month([1, 2]), links=["?a=1&b=2", '"><script>']))
    links = list(root.iter(f"{SVG}a"))

    assert [link.attrib["href"] for link in links] == ["?a=1&b=2", '"><script>']
    assert [link.attrib["aria-label"] for link in links] == ["January 2023: 1 article", "February 2023: 2 articles"]
    assert root.attrib["role"] == "group"


def test_a_picture_without_links_is_an_image_with_a_description():
    root = parsed(timeline_svg(by_month([1, 7, 2]), label="Oil"))

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "Oil. January 2023 to March 2023; most in February 2023: 7."


def test_of_too_many_buckets_none_is_a_link_and_all_are_drawn():
    root = parsed(timeline_svg(by_day(MOST_LINKS + 1), links=["?"] * (MOST_LINKS + 1)))
    path = root.find(f".//{SVG}path[@class='bars']")

    assert list(root.iter(f"{SVG}a")) == []
    assert path is not None
    assert path.attrib["d"].count("M") == MOST_LINKS + 1


def test_shares_are_a_line_over_the_bars_broken_where_there_is_no_article_at_all():
    timeline = by_month([1, 0, 3], [10, 0, 10])
    path = parsed(timeline_svg(timeline, overlay=True)).find(f".//{SVG}path[@class='share-line']")

    assert path is not None
    assert path.attrib["d"].count("M") == 2
    assert parsed(timeline_svg(timeline)).find(f".//{SVG}path[@class='share-line']") is None


def test_a_comparison_has_a_line_for_each_query_and_names_them():
    root = parsed(comparison_svg(compared([1, 2, 3], [3, 2, 1]), ["oil", HOSTILE]))

    assert len([each for each in root.iter(f"{SVG}path") if each.attrib["class"].startswith("series")]) == 2
    assert [each.text for each in root.iterfind(f".//{SVG}g[@class='legend']/{SVG}text")] == ["oil", HOSTILE]


def test_a_comparison_can_show_shares():
    root = parsed(comparison_svg(compared([1, 5]), ["oil"], share=True))
    numbers = [each.text for each in root.iterfind(f".//{SVG}text[@class='number']")]

    assert numbers == ["0%", "20%", "40%", "60%"]


@pytest.mark.parametrize("fluid", [True, False])
def test_nothing_in_a_picture_is_markup_style_or_script(fluid: bool):
    timeline = timeline_svg(by_month([1]), links=[HOSTILE], label=HOSTILE, fluid=fluid)
    comparison = comparison_svg(compared([1]), [HOSTILE], links=[HOSTILE], label=HOSTILE, fluid=fluid)

    for svg in (timeline, comparison):
        root = parsed(svg)
        assert {each.tag for each in root.iter()} <= {
            SVG + name for name in ("svg", "title", "desc", "g", "a", "rect", "path", "line", "text", "circle")
        }
        assert not any(name == "style" or name.startswith("on") for each in root.iter() for name in each.attrib)


def test_a_timeline_of_nothing_says_so():
    for svg in (timeline_svg(Timeline("day", (), 3)), comparison_svg(Comparison("day", ("a",), (), (0,), (0,)), ["a"])):
        assert "no article found has a date" in "".join(parsed(svg).itertext())


def test_one_bucket_fills_the_width():
    band = parsed(timeline_svg(by_month([1]))).find(f".//{SVG}rect")

    assert band is not None
    assert (band.attrib["x"], band.attrib["width"]) == ("0.000%", "100.000%")


def test_buckets_that_are_left_out_leave_a_gap():
    first, second = datetime(1900, 1, 1), datetime(2000, 1, 1)
    day = timedelta(days=1)
    timeline = Timeline("day", (TimelineBucket(first, first + day, 1), TimelineBucket(second, second + day, 1)), 0)
    bands = list(parsed(timeline_svg(timeline)).iter(f"{SVG}rect"))

    assert float(bands[1].attrib["x"].rstrip("%")) > 99


def test_a_fluid_drawing_takes_the_width_it_is_given():
    root = parsed(timeline_svg(by_month([1, 2]), fluid=True))

    assert root.attrib["width"] == "100%"
    assert "viewBox" not in root.attrib


@pytest.mark.parametrize(
    ("count", "whole", "percent"), [(1, 4, "25.0%"), (4, 4, "100.0%"), (9, 4, "100.0%"), (0, 0, "0.0%")]
)
def test_a_share_bar_is_as_long_as_the_share(count: int, whole: int, percent: str):
    root = ElementTree.fromstring(
        share_bar_svg(count, whole).replace("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", 1)
    )
    rect = root.find(f"{SVG}rect")

    assert rect is not None
    assert rect.attrib["width"] == percent
