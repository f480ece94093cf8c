"""Through `index.whoosh` a program finds what a plain Whoosh index of the same documents has, and no more."""

from __future__ import annotations

import pickle
from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, highlight, query, sorting
from whoosh.analysis import SimpleAnalyzer
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create
from searchlib.errors import SettingError

WORDS = ("oil", "gas", "tin", "coal", "rail", "crane")
COUNT = 180
DELETED = set(range(3, COUNT, 7)) | set(range(COUNT - 4, COUNT))


def _words(number: int) -> str:
    return " ".join(word for place, word in enumerate(WORDS) for _ in range(number // (place + 2) % 4)) + " end"


def _section(number: int) -> str:
    return ("World", "Business", "", "Sport")[number % 4]


@pytest.fixture(scope="module", params=sorted(CODECS))
def index(request, tmp_path_factory):
    """Articles in three segments, some of them deleted, the last ones too."""
    with create(tmp_path_factory.mktemp("articles") / "index", codec=request.param, language="none") as made:
        for part in (range(60), range(60, 130), range(130, COUNT)):
            with made.writer() as writer:
                for number in part:
                    day = datetime(2023, 1, 1) + timedelta(days=number)
                    writer.add(
                        Article(id=str(number), body=_words(number), section=_section(number), published=day.date())
                    )
        with made.writer() as writer:
            for number in DELETED:
                writer.delete(str(number))
        yield made


@pytest.fixture(scope="module")
def searcher(index):
    with index.whoosh.searcher() as searcher:
        yield searcher


@pytest.fixture(scope="module")
def stock():
    """A searcher of the live documents in a plain Whoosh index, in one segment."""
    schema = fields.Schema(
        id=fields.ID(stored=True), text=fields.TEXT(SimpleAnalyzer()), section=fields.ID(sortable=True)
    )
    plain = RamStorage().create_index(schema)
    with plain.writer() as writer:
        for number in range(COUNT):
            if number not in DELETED:
                writer.add_document(id=str(number), text=_words(number), section=_section(number))
    with plain.searcher() as searcher:
        yield searcher


def _ids(found) -> list[str]:
    return sorted(hit["id"] for hit in found)


_leaves = st.one_of(
    st.builds(lambda word: query.Term("text", word), st.sampled_from(WORDS)),
    st.builds(lambda: query.Every()),
    st.builds(lambda words: query.Phrase("text", list(words)), st.tuples(*[st.sampled_from(WORDS)] * 2)),
    st.builds(lambda prefix: query.Prefix("text", prefix), st.sampled_from(["c", "co", "t", "x"])),
    st.builds(lambda text: query.Wildcard("text", text), st.sampled_from(["*a*", "?il", "c?*"])),
    st.builds(lambda text: query.Regex("text", text), st.sampled_from(["[cr]", "o.l"])),
    st.builds(lambda text: query.FuzzyTerm("text", text), st.sampled_from(["oul", "caol", "tan"])),
    st.builds(lambda pair: query.TermRange("text", *sorted(pair)), st.tuples(*[st.sampled_from(WORDS)] * 2)),
    st.builds(
        lambda pair, slop: query.SpanNear(query.Term("text", pair[0]), query.Term("text", pair[1]), slop=slop),
        st.tuples(*[st.sampled_from(WORDS)] * 2),
        st.integers(1, 4),
    ),
)


def _compound(children):
    pairs = st.tuples(children, children)
    lists = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.builds(query.And, lists),
        st.builds(query.Or, lists),
        st.builds(query.Not, children),
        st.builds(lambda pair: query.AndNot(*pair), pairs),
        st.builds(lambda pair: query.AndMaybe(*pair), pairs),
        st.builds(lambda pair: query.Require(*pair), pairs),
        st.builds(lambda parts: query.DisjunctionMax(parts), lists),
        st.builds(lambda child: query.ConstantScoreQuery(child), children),
    )


queries = st.recursive(_leaves, _compound, max_leaves=5)


def _matching(asked: query.Query, searcher, every: set[str]) -> set[str]:
    """The ids that match by the definition of compound queries, of whose leaves only Whoosh is asked."""
    if isinstance(asked, query.And):
        return set.intersection(*[_matching(part, searcher, every) for part in asked])
    if isinstance(asked, (query.Or, query.DisjunctionMax)):
        return set().union(*[_matching(part, searcher, every) for part in asked])
    if isinstance(asked, query.Not):
        return every - _matching(asked.query, searcher, every)
    if isinstance(asked, query.AndNot):
        return _matching(asked.a, searcher, every) - _matching(asked.b, searcher, every)
    if isinstance(asked, query.AndMaybe):
        return _matching(asked.a, searcher, every)
    if isinstance(asked, query.Require):
        return _matching(asked.a, searcher, every) & _matching(asked.b, searcher, every)
    if isinstance(asked, query.ConstantScoreQuery):
        return _matching(asked.child, searcher, every)
    return {hit["id"] for hit in searcher.search(asked, limit=None)}


@given(asked=queries, filtered=st.booleans())
def test_every_query_finds_what_it_says(searcher, stock, asked, filtered):
    live = {str(number) for number in range(COUNT) if number not in DELETED}
    expected = sorted(_matching(asked, stock, live))

    if filtered:
        assert _ids(searcher.search(query.Every(), filter=asked, limit=None)) == expected
    else:
        found = searcher.search(asked, limit=None)
        assert (_ids(found), len(found)) == (expected, len(expected))


def test_spans_from_the_beginning_are_counted_over_title_summary_and_body(searcher, stock):
    def first(limit):
        return query.And([query.Every(), query.SpanFirst(query.Term("text", "oil"), limit=limit)])

    # One position stays empty behind the title and the summary, which these articles have none of.
    assert _ids(searcher.search(first(3), limit=None)) == _ids(stock.search(first(1).subqueries[1], limit=None))


@given(
    word=st.sampled_from(WORDS),
    kept=st.integers(1, 3),
    limit=st.sampled_from([None, 1, 3, 10, 50]),
    order=st.sampled_from([None, "published"]),
    sortedby=st.sampled_from([None, "id"]),
)
def test_collapsing_keeps_the_best_of_each_key_and_counts_what_it_keeps(searcher, word, kept, limit, order, sortedby):
    asked = query.Term("text", word)
    options = {"limit": None, "sortedby": sortedby}
    every = [(hit["id"], hit.get("section", ""), hit["published"]) for hit in searcher.search(asked, **options)]
    best = sorted(every, key=lambda each: each[2]) if order else every
    chosen, seen = set(), Counter()
    for article_id, section, _ in best:
        if not section or seen[section] < kept:
            chosen.add(article_id)
        seen[section] += 1
    expected = [article_id for article_id, _, _ in every if article_id in chosen]

    found = searcher.search(
        asked, collapse="section", collapse_limit=kept, collapse_order=order, limit=limit, sortedby=sortedby
    )

    assert [hit["id"] for hit in found] == expected[:limit]
    assert len(found) == len(expected)
    assert found.collapsed_counts == {name: n - kept for name, n in seen.items() if name and n > kept}


def test_collapsing_among_filtered_articles(searcher):
    masked = searcher.search(query.Every(), collapse="section", mask=query.Term("section", "world"), limit=None)

    assert Counter(hit.get("section", "") for hit in masked)["World"] == 0
    assert Counter(hit.get("section", "") for hit in masked)["Sport"] == 1


@pytest.mark.parametrize(
    ("start", "end", "options", "expected"),
    [
        (datetime(2023, 1, 5), datetime(2023, 1, 8), {}, ["4", "5", "6", "7"]),
        (datetime(2023, 1, 5), datetime(2023, 1, 8), {"startexcl": True, "endexcl": True}, ["5", "6"]),
        (None, datetime(2023, 1, 2, tzinfo=timezone.utc), {}, ["0", "1"]),
        (datetime(2023, 6, 23), None, {}, ["173", "174", "175"]),
    ],
)
def test_a_range_of_dates_finds_what_was_published_then(searcher, start, end, options, expected):
    asked = query.DateRange("published", start, end, **options)
    live = [each for each in expected if int(each) not in DELETED]

    assert _ids(searcher.search(asked, limit=None)) == sorted(live)
    assert _ids(searcher.search(query.And([asked, query.Every()]), limit=None)) == sorted(live)


def test_whooshs_parser_reads_dates(index, searcher):
    parser = QueryParser("text", index.whoosh.schema)

    assert _ids(searcher.search(parser.parse("published:20230105"), limit=None)) == ["4"]
    assert _ids(searcher.search(parser.parse("published:[20230105 TO 20230106]"), limit=None)) == ["4", "5"]
    assert len(searcher.search(parser.parse("published:202302"), limit=None)) == 24
    assert len(searcher.search(query.Every("published"), limit=None)) == COUNT - len(DELETED)


@pytest.mark.parametrize("name", ["title", "summary", "body"])
def test_words_of_a_stored_text_are_refused_by_name(index, searcher, name):
    with pytest.raises(SettingError, match="'text'"):
        searcher.search(query.And([query.Term(name, "oil"), query.Every()]))
    with pytest.raises(SettingError, match="'text'"):
        searcher.search(QueryParser(name, index.whoosh.schema).parse("oil"))


@pytest.mark.parametrize("name", ["body", "text"])
def test_highlights_mark_what_was_searched_for(searcher, name):
    hit = searcher.search(query.And([query.Term("text", "oil"), query.Term("text", "gas")]))[0]
    marked = hit.highlights(name)

    assert marked.count(">oil</b>") == _words(int(hit["id"])).split().count("oil")
    assert ">gas</b>" in marked
    assert ">end</b>" not in marked
    assert ">oil</b>" in hit.highlights("body", text="about oil")


def test_highlights_of_matched_terms_and_in_a_form_of_the_programs(searcher):
    found = searcher.search(query.Or([query.Term("text", "oil"), query.Term("text", "crane")]), terms=True, limit=3)
    found.formatter = highlight.UppercaseFormatter()
    found.fragmenter = highlight.WholeFragmenter()

    assert "OIL" in found[0].highlights("body")


@pytest.mark.parametrize("name", ["body", "text"])
def test_key_terms_and_similar_articles(searcher, name):
    found = searcher.search(query.Term("text", "crane"))
    terms = [term for term, _ in found.key_terms(name, docs=5, numterms=4)]
    hit = found[0]

    assert set(terms) <= {*WORDS, "end"}
    assert terms
    alike = [each["id"] for each in hit.more_like_this(name)]
    assert alike
    assert hit["id"] not in alike
    assert [each["id"] for each in searcher.more_like(hit.docnum, name, normalize=True)] == alike
    assert searcher.key_terms([hit.docnum], name)
    assert [term for term, _ in searcher.key_terms_from_text(name, "crane crane crane")] == ["crane"]


def test_words_are_suggested_and_queries_corrected(index, searcher):
    parser = QueryParser("text", index.whoosh.schema)
    corrected = searcher.correct_query(parser.parse("caol"), "caol")

    assert searcher.suggest("text", "caol", limit=1) == ["coal"]
    assert corrected.string == "coal"


def test_results_are_sorted_grouped_and_paged(searcher):
    found = searcher.search(query.Every(), sortedby="published", groupedby="section", limit=5)
    page = searcher.search_page(query.Every(), 2, pagelen=7, sortedby=sorting.FieldFacet("published", reverse=True))

    assert [hit["id"] for hit in found] == ["0", "1", "2", "4", "5"]
    assert {name: len(docs) for name, docs in found.groups("section").items()} == dict(
        Counter(_section(number) for number in range(COUNT) if number not in DELETED)
    )
    newest = [number for number in range(COUNT - 1, -1, -1) if number not in DELETED]
    assert [hit["id"] for hit in page] == [str(number) for number in newest[7:14]]
    assert (page.total, page.pagenum, page.pagecount) == (len(newest), 2, -(-len(newest) // 7))


def test_dates_are_grouped_by_ranges(searcher):
    facet = sorting.DateRangeFacet("published", datetime(2023, 1, 1), datetime(2023, 3, 1), timedelta(days=31))
    groups = searcher.search(query.Every(), groupedby=facet, limit=None).groups()
    january = sum(number not in DELETED for number in range(31))

    assert len(groups[(datetime(2023, 1, 1), datetime(2023, 2, 1))]) == january


def test_an_index_that_was_pickled_finds_the_same(index):
    again = pickle.loads(pickle.dumps(index.whoosh))
    with pickle.loads(pickle.dumps(index)) as other, again.searcher() as searcher:
        assert other.search("oil").total == index.search("oil").total
        assert len(searcher.search(query.Term("text", "oil"))) == index.search("oil").total
