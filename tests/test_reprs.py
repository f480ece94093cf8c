"""What `repr` says of results: one line, whatever is in them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_values import HOSTILE, all_within, every_value, hostile_article
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import searchlib
from searchlib import Hit, Index, Page, SearchlibError
from searchlib.frozen import Frozen
from searchlib.json_form import JsonForm
from searchlib.one_line import LINE_CHARS

ARTICLES = Path(__file__).resolve().parent.parent / "examples" / "articles"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = searchlib.create(tmp_path_factory.mktemp("samples") / "news.index")
    with index.writer() as writer:
        writer.add_all(searchlib.read(ARTICLES))
    yield index
    index.close()


def _long_lines(values: list[object]) -> dict[str, str]:
    # An error is shown by its message.
    within = [each for value in values for each in all_within(value) if not isinstance(each, SearchlibError)]
    lines = {type(each).__name__: repr(each) for each in within}
    return {name: line for name, line in lines.items() if len(line) > LINE_CHARS or not line.isprintable()}


def test_every_value_is_one_printable_line_whatever_it_holds():
    assert _long_lines(every_value()) == {}


@examples(30)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=200))
def test_every_value_is_one_printable_line_of_any_text(text: str):
    assert _long_lines(every_value(text)) == {}


def test_every_value_with_a_form_in_json_is_among_those_that_are_tried():
    tried = {type(each).__name__ for value in every_value() for each in all_within(value)}
    public = {name: getattr(searchlib, name) for name in searchlib.__all__}
    kinds = {name for name, each in public.items() if isinstance(each, type) and issubclass(each, (JsonForm, Frozen))}

    # What holds no text of an article, and a tree, which Python writes as it is made.
    others = {
        "Column",
        "CommittedSegment",
        "FileDone",
        "FileFacts",
        "Manifest",
        "PassedOver",
        "Settings",
        "Skipped",
        "Weights",
    }
    assert {name for name in kinds if not issubclass(public[name], SearchlibError)} - others - {"Node"} <= tried


def test_a_page_says_how_many_hits_of_what(index: Index):
    page = index.search("train", limit=2, facets=["section"], timeline="month")

    assert repr(page) == f"<Page 2 of {page.total} hits for 'train', facets section, timeline by month>"
    assert repr(index.search("train", limit=2, total="none")) == "<Page 2 hits for 'train'>"
    assert repr(index.search("zeppelin")) == "<Page 0 of 0 hits for 'zeppelin'>"


def test_a_hit_says_which_article_and_how_well_it_answers(index: Index):
    hit = index.search("measles nursery")[0]

    assert repr(hit).startswith(f"<Hit '{hit.article.id}' {hit.article.date_text} '")
    assert repr(hit).endswith(f"score {hit.score:.4g}>")


def test_a_hit_whose_article_cannot_be_read_says_so():
    def unreadable() -> searchlib.Article:
        raise SearchlibError("gone")

    assert repr(Hit(unreadable, 1.5)) == "<Hit score 1.5, its article cannot be read>"


def test_an_article_says_its_id_day_title_and_publisher():
    article = searchlib.Article(id="a1", title="Kim to visit Russia", published="2023-09", publisher="The Wire")

    assert repr(article) == "<Article 'a1' September 2023 'Kim to visit Russia', 'The Wire'>"
    assert repr(searchlib.Article(id="a1", body="A text")) == "<Article 'a1' 'A text'>"


def test_counts_are_summed_up(index: Index):
    page = index.search("train", facets=["section"], timeline="month", limit=0)
    first = page.facets["section"].values[0]

    assert repr(page.facets["section"]).startswith(f"<Facet section: '{first.value}' {first.count}, ")
    assert repr(first) == f"FacetValue(value={first.value!r}, count={first.count})"
    assert repr(page.timeline).startswith("<Timeline by month, 2023-")
    compared = index.compare(["train", "measles"], by="month")
    assert repr(compared).startswith("<Comparison by month, 20")
    assert f"'train' {sum(bucket.counts[0] for bucket in compared)}, 'measles' " in repr(compared)


def test_reports_give_their_numbers(index: Index):
    assert repr(searchlib.AddReport(50, 1)) == "<AddReport 50 added, 1 replaced>"
    assert repr(searchlib.AddReport(5, 0, kept=2, unchanged_files=1)) == (
        "<AddReport 5 added, 0 replaced, 2 kept, 1 file unchanged>"
    )
    stats = index.stats()
    assert repr(stats).startswith("<IndexStats '")
    assert f"{stats.articles} articles" in repr(stats)
    assert all(len(repr(each)) <= LINE_CHARS for each in (index.settings, *stats.languages))


def test_explanations_give_their_sums(index: Index):
    explanation = index.search("measles nursery")[0].explanation
    assert explanation is not None

    first, second = explanation.parts
    assert repr(explanation) == (
        f"<Explanation {explanation.score:.4g} = 'measles' {first.contribution:.4g} + 'nursery' {second.contribution:.4g}>"
    )
    total = index.search("measles nursery").total
    assert repr(index.explain("measles nursery")) == f"<QueryExplanation 'measles nursery' finds {total} articles>"


def test_values_stay_equal_and_can_be_pickled():
    # Two errors are never equal, whatever they say.
    with_errors = (searchlib.BatchRow, searchlib.AddReport)
    values, again = ([each for each in every_value() if not isinstance(each, with_errors)] for _ in range(2))

    assert values == again
    assert [pickle.loads(pickle.dumps(each)) for each in values] == values


def test_a_page_of_hostile_articles_is_one_line():
    page = Page((Hit(hostile_article(), 1.0),), HOSTILE, 1)

    assert repr(page).startswith("<Page 1 of 1 hit for '")
    assert len(repr(page)) <= LINE_CHARS
