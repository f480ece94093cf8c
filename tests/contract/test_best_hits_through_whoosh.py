"""Through Whoosh's searcher the best hits of a limit are the first of all hits, whatever the query, however boosted."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh import fields, query
from whoosh.analysis import SimpleAnalyzer
from whoosh.filedb.filestore import FileStorage

from searchlib.article import Article
from searchlib.codec import CODECS
from searchlib.engines.embedded import create
from searchlib.index.whoosh_index import WhooshSearcher

# Lists of "oil" and "gas" fill several blocks of 128 postings; "tin" is in every third article.
ARTICLES = 700
WORDS = ("oil", "gas", "tin", "oilfield", "rare")


def _document(number: int) -> dict[str, object]:
    # The best articles of each word are in blocks where the other words are rare, and at different ends.
    oil = 1 + number // 100 * (number % 7 == 0)
    gas = 0 if number % 2 else 1 + (ARTICLES - number) // 60 * (number % 5 == 0)
    tin = 2 * (number % 3 == 0)
    words = "oil " * oil + "gas " * gas + "tin " * tin + "oilfield " * (number % 11 == 0) + "rare " * (number == 613)
    return {"text": words + "filler " * (number * 7 % 40), "number": number}


@pytest.fixture(scope="module")
def searchers(tmp_path_factory):
    """A searcher of the same articles on each codec, in three segments."""
    schema = fields.Schema(text=fields.TEXT(SimpleAnalyzer(), phrase=True), number=fields.NUMERIC(stored=True))
    made = {}
    for name in sorted(CODECS):
        index = FileStorage(str(tmp_path_factory.mktemp(name))).create_index(schema)
        for part in (range(300), range(300, 650), range(650, ARTICLES)):
            writer = index.writer(codec=CODECS[name]())
            for number in part:
                writer.add_document(**_document(number))
            writer.commit(merge=False)
        made[name] = WhooshSearcher(index.reader(), fromindex=index)
    yield made
    for searcher in made.values():
        searcher.close()


_boosts = st.sampled_from([1.0, 1.0, 0.25, 3.0, 20.0])
_terms = st.builds(lambda word, boost: query.Term("text", word, boost=boost), st.sampled_from(WORDS), _boosts)
_leaves = st.one_of(
    _terms,
    st.builds(lambda boost: query.Phrase("text", ["oil", "gas"], slop=3, boost=boost), _boosts),
    st.builds(lambda boost, same: query.Prefix("text", "oil", boost=boost, constantscore=same), _boosts, st.booleans()),
    st.builds(lambda boost: query.Wildcard("text", "*i*", boost=boost, constantscore=False), _boosts),
    st.builds(lambda boost: query.FuzzyTerm("text", "oik", boost=boost, constantscore=False), _boosts),
    st.builds(
        lambda low, boost: query.NumericRange("number", low, low + 90, boost=boost), st.integers(0, 700), _boosts
    ),
)


def _compound(children):
    pairs = st.tuples(children, children)
    lists = st.lists(children, min_size=1, max_size=4)
    return st.one_of(
        st.builds(lambda parts, boost: query.And(parts, boost=boost), lists, _boosts),
        st.builds(lambda parts, boost: query.Or(parts, boost=boost), lists, _boosts),
        st.builds(lambda parts, boost: query.DisjunctionMax(parts, boost=boost), lists, _boosts),
        st.builds(lambda pair: query.AndNot(*pair), pairs),
        st.builds(lambda pair: query.Require(*pair), pairs),
        st.builds(lambda pair: query.AndMaybe(*pair), pairs),
        st.builds(lambda pair: query.And([pair[0], query.Not(pair[1])]), pairs),
        st.builds(lambda child, score: query.ConstantScoreQuery(child, score), children, _boosts),
    )


queries = st.recursive(_leaves, _compound, max_leaves=6)


def _hits(searcher, asked, limit: int | None) -> list[tuple[int, float]]:
    return [(hit.docnum, hit.score) for hit in searcher.search(asked, limit=limit)]


@given(asked=queries, limit=st.sampled_from([1, 3, 10, 150]))
@example(asked=query.Term("text", "oil", boost=3.0), limit=5)
@example(asked=query.Or([query.Term("text", "oil"), query.Term("text", "gas")], boost=3.0), limit=3)
@example(asked=query.And([query.Term("text", "oil"), query.Term("text", "gas")]), limit=3)
@example(asked=query.Or([query.Prefix("text", "oil"), query.Term("text", "rare")], boost=20.0), limit=3)
@example(
    asked=query.AndNot(
        query.Or([query.Term("text", "rare", boost=2.0), query.Term("text", "rare"), query.Prefix("text", "oil")]),
        query.Phrase("text", ["oil", "gas"], slop=3),
    ),
    limit=3,
)
def test_the_hits_of_a_limit_are_the_first_of_all_hits(searchers, asked, limit):
    every = _hits(searchers["native"], asked, None)

    assert _hits(searchers["native"], asked, limit) == every[:limit]


@given(asked=queries)
def test_all_hits_are_those_of_whooshs_codec(searchers, asked):
    expected = dict(_hits(searchers["whoosh"], asked, None))

    assert dict(_hits(searchers["native"], asked, None)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_a_boosted_word_of_an_index_of_articles_finds_the_best_of_them(tmp_path, codec):
    with create(tmp_path / "index", codec=codec) as index:
        with index.writer() as writer:
            writer.add_all(
                Article(id=str(number), body="oil " * (1 + number // 2) + "x " * 20, published="2023-09-11")
                for number in range(40)
            )
        with index.whoosh.searcher() as searcher:
            found = searcher.search(query.Term("text", "oil", boost=3.0), limit=5)
            every = searcher.search(query.Term("text", "oil", boost=3.0), limit=None)

            assert [hit["id"] for hit in found] == [hit["id"] for hit in every][:5]
