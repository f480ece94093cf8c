"""A program that uses Whoosh as Whoosh documents it: fields of every type, and every question there is to ask."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from whoosh import columns, fields, formats, highlight, query, scoring, sorting
from whoosh.analysis import StandardAnalyzer, StemmingAnalyzer

WORDS = [
    "kim",
    "putin",
    "summit",
    "summits",
    "train",
    "trains",
    "armoured",
    "cocoa",
    "prices",
    "visit",
    "visited",
    "vladivostok",
    "rail",
    "café",
    "北京",
    "u.s.",
]
FORMATS = {
    "existence": formats.Existence(),
    "frequency": formats.Frequency(),
    "positions": formats.Positions(),
    "characters": formats.Characters(),
    "position_boosts": formats.PositionBoosts(),
    "character_boosts": formats.CharacterBoosts(),
}
QUERIES: list[query.Query] = [
    query.Every(),
    query.Every("body"),
    query.Term("body", "kim"),
    query.Term("tags", "rail"),
    query.And([query.Term("body", "kim"), query.Term("body", "train")]),
    query.Or([query.Term("body", "kim"), query.Term("title", "summit"), query.Term("body", "cocoa")]),
    query.Or([query.Term("body", word) for word in WORDS[:10]], minmatch=3),
    query.AndNot(query.Term("body", "kim"), query.Term("body", "putin")),
    query.AndMaybe(query.Term("body", "kim"), query.Term("title", "putin")),
    query.Not(query.Term("body", "kim")),
    query.DisjunctionMax([query.Term("body", "kim"), query.Term("title", "kim")]),
    query.ConstantScoreQuery(query.Term("body", "kim"), 2.0),
    query.Phrase("body", ["armoured", "train"]),
    query.Phrase("body", ["kim", "train"], slop=3),
    query.Phrase("characters", ["kim", "putin"]),
    query.Ordered([query.Term("body", "kim"), query.Term("body", "putin")]),
    query.SpanNear(query.Term("body", "kim"), query.Term("body", "putin"), slop=4, ordered=False),
    query.SpanFirst(query.Term("positions", "kim"), limit=3),
    query.SpanNot(query.Term("body", "kim"), query.Term("body", "putin")),
    query.SpanOr([query.Term("characters", "kim"), query.Term("characters", "rail")]),
    query.Prefix("body", "vi"),
    query.Wildcard("body", "*m?r*"),
    query.Regex("title", "s.mm.t"),
    query.FuzzyTerm("body", "cocoo", maxdist=1),
    query.Variations("body", "visit"),
    query.TermRange("body", "c", "p"),
    query.NumericRange("number", 10, 60),
    query.NumericRange("price", Decimal("1.5"), None, startexcl=True),
    query.NumericRange("ratio", None, 0.5),
    query.DateRange("when", datetime(2023, 3, 1), datetime(2023, 9, 1)),
    query.Term("flag", True),
    query.Term("gram", "kim"),
    query.Term("word_d", "dynamic"),
    query.NestedParent(query.Term("flag", True), query.Term("body", "train")),
]


def make_schema() -> fields.Schema:
    """Every type of field, column and format that Whoosh has."""
    schema = fields.Schema(
        key=fields.ID(stored=True, unique=True, sortable=True),
        title=fields.TEXT(stored=True, field_boost=2.0, spelling=True, sortable=True),
        body=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True, vector=formats.Characters(), chars=True),
        spelled=fields.TEXT(analyzer=StemmingAnalyzer(), spelling=True, phrase=False),
        tags=fields.KEYWORD(stored=True, commas=True, lowercase=True, scorable=True),
        number=fields.NUMERIC(int, sortable=True, stored=True),
        price=fields.NUMERIC(Decimal, decimal_places=2, signed=False),
        ratio=fields.NUMERIC(float),
        share=fields.COLUMN(columns.NumericColumn("d", default=0.5)),
        when=fields.DATETIME(sortable=True, stored=True),
        flag=fields.BOOLEAN(stored=True),
        gram=fields.NGRAM(minsize=2, maxsize=3),
        words=fields.NGRAMWORDS(),
        kept=fields.STORED(),
        bit=fields.COLUMN(columns.BitColumn()),
        section=fields.ID(sortable=columns.RefBytesColumn()),
        plain=fields.COLUMN(columns.PickleColumn(columns.VarBytesColumn())),
        zipped=fields.COLUMN(columns.CompressedBytesColumn()),
        numbers=fields.COLUMN(columns.NumericColumn("h", default=-1)),
        counted=fields.FieldType(formats.Frequency(), StandardAnalyzer(), scorable=True, vector=formats.Frequency()),
    )
    for name, format_ in FORMATS.items():
        schema.add(name, fields.FieldType(format_, StandardAnalyzer(stoplist=None), scorable=True))
    schema.add("*_d", fields.TEXT(stored=True), glob=True)
    return schema


def make_document(number: int) -> dict[str, Any]:
    """What the program adds; some fields are missing from some."""
    chooser = random.Random(number)
    body = " ".join(chooser.choices(WORDS, k=chooser.randint(1, 30)))
    document: dict[str, Any] = {
        "key": f"k{number}",
        "title": " ".join(chooser.choices(WORDS, k=3)),
        "body": body,
        "spelled": body,
        "tags": ",".join(sorted({chooser.choice(WORDS) for _ in range(3)})),
        "number": chooser.randint(-100, 100),
        "price": Decimal(chooser.randint(0, 500)) / 100,
        "ratio": chooser.random(),
        "share": chooser.random(),
        "when": datetime(2023, 1, 1) + timedelta(days=chooser.randint(0, 364)),
        "flag": chooser.random() < 0.5,
        "gram": chooser.choice(WORDS),
        "words": body[:20],
        "kept": {"n": number, "bytes": b"\xff", "tuple": (1, None), "at": datetime(2023, 1, 1)},
        "bit": chooser.random() < 0.5,
        "section": chooser.choice(["World", "Business"]),
        "plain": [number, {"text": body}],
        "zipped": body.encode(),
        "numbers": number,
        "counted": body,
        "word_d": "a dynamic field",
        **dict.fromkeys(FORMATS, body),
        "_title_boost": 1.5,
    }
    for name in chooser.sample(sorted(document), 3):
        # Whoosh's columns of dates and of compressed bytes cannot give what an article without a value has.
        if name not in ("key", "body", "when", "zipped"):
            del document[name]
    return document


def answers(index) -> Iterator[tuple[Any, ...]]:
    """Everything that the index answers, a question at a time."""
    with index.searcher() as searcher:
        yield from _about_articles(searcher.reader())
        yield from _about_terms(searcher.reader())
        yield from _about_columns(searcher.reader())
        for each in QUERIES:
            yield from _about_query(searcher, each)
        yield from _about_meaning(searcher)
    for model in (scoring.TF_IDF(), scoring.Frequency(), scoring.BM25F(B=0.3, K1=2.0)):
        with index.searcher(weighting=model) as searcher:
            found = searcher.search(query.Or([query.Term("body", "kim"), query.Term("body", "cocoa")]), limit=None)
            yield "model", type(model).__name__, [(hit.docnum, hit.score) for hit in found]


def _about_articles(reader) -> Iterator[tuple[Any, ...]]:
    yield "counts", reader.doc_count(), reader.doc_count_all(), reader.has_deletions()
    yield "stored", list(reader.iter_docs())
    for name in ("body", "title", "tags", *FORMATS):
        yield "lengths", name, reader.field_length(name), reader.max_field_length(name)
        yield "length", name, [reader.doc_field_length(docnum, name) or 0 for docnum in reader.all_doc_ids()]
    for docnum in reader.all_doc_ids():
        for name, astypes in (("body", ("positions", "frequency", "weight")), ("counted", ("frequency",))):
            if reader.has_vector(docnum, name):
                yield "vector", docnum, name, [list(reader.vector_as(astype, docnum, name)) for astype in astypes]


def _about_terms(reader) -> Iterator[tuple[Any, ...]]:
    yield "terms", list(reader.all_terms())
    for (name, term), info in reader:
        # Whoosh posts a word for spelling to article 0 each time that it occurs; it then counts as many articles.
        if name == "spell_spelled":
            yield "spelling", term, info.weight()
            continue
        what = (info.weight(), info.doc_frequency(), info.min_length(), info.max_length(), info.max_weight())
        yield "term", name, term, what, info.min_id(), info.max_id(), list(reader.postings(name, term).all_ids())
    for name in FORMATS:
        for term in reader.lexicon(name):
            yield "postings", name, term, list(_postings(reader, name, term))
    yield "within", sorted(reader.terms_within("title", "sumits", 2)), sorted(reader.terms_within("body", "kin", 1))
    yield "prefix", list(reader.expand_prefix("body", "vi")), list(reader.terms_from("title", "tr"))
    yield "frequent", reader.most_frequent_terms("body", 5), reader.most_distinctive_terms("body", 5)
    yield "missing", reader.frequency("body", "nowhere"), reader.doc_frequency("body", "nowhere")


def _postings(reader, name: str, term: bytes) -> Iterator[tuple[Any, ...]]:
    matcher = reader.postings(name, term)
    astypes = [each for each in (*FORMATS, "weight") if matcher.supports(each)]
    while matcher.is_active():
        value = matcher.value() or b""
        yield matcher.id(), matcher.weight(), value, [(each, matcher.value_as(each)) for each in astypes]
        matcher.next()


def _about_columns(reader) -> Iterator[tuple[Any, ...]]:
    for name in ("key", "title", "number", "share", "when", "bit", "section", "plain", "zipped", "numbers"):
        column = reader.column_reader(name)
        yield "column", name, reader.has_column(name), [column[docnum] for docnum in reader.all_doc_ids()]


def _about_query(searcher, each: query.Query) -> Iterator[tuple[Any, ...]]:
    yield "all", each, [(hit.docnum, hit.score) for hit in searcher.search(each, limit=None)]
    yield "top", each, [hit.score for hit in searcher.search(each, limit=3)]
    yield "docs", each, sorted(searcher.docs_for_query(each))
    yield "sorted", each, _docnums(searcher.search(each, sortedby="number", limit=5))
    by = [sorting.FieldFacet("section"), sorting.FieldFacet("when", reverse=True), sorting.FieldFacet("key")]
    yield "sorted by three", each, _docnums(searcher.search(each, sortedby=by))
    for facet in ("section", "number", "tags"):
        yield "groups", each, facet, searcher.search(each, groupedby=facet, limit=None).groups()
    yield "filtered", each, _docnums(searcher.search(each, filter=query.Term("flag", True), limit=None))
    yield "collapsed", each, len(searcher.search(each, collapse="section", limit=None))
    terms = searcher.search(each, terms=True, limit=None)
    yield "matched", each, [(hit.docnum, sorted(hit.matched_terms())) for hit in terms]


def _docnums(results) -> list[int]:
    return [hit.docnum for hit in results]


def _about_meaning(searcher) -> Iterator[tuple[Any, ...]]:
    results = searcher.search(query.Term("body", "kim"), limit=5)
    yield "key terms", results.key_terms("body", numterms=3)
    for hit in results:
        yield "like", hit.docnum, _docnums(hit.more_like_this("body"))
        yield "marked", hit.docnum, hit.highlights("title")
    # Which fragments Whoosh chooses of equal ones is not the same each time.
    results.highlighter = highlight.Highlighter(fragmenter=highlight.WholeFragmenter())
    yield "whole", [hit.highlights("body") for hit in results]
    yield "suggested", searcher.suggest("title", "sumitt"), searcher.suggest("spelled", "visitted")
