"""The engines that ours is measured against, each set up as its users would for English text.

Every function takes a collection and gives, by query id, the ids of up to `depth` articles, the best first. A query
is the disjunction of its words: what is no word in it means something to some engines' parsers and is left out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Final

import bm25s
import Stemmer
import tantivy
from judged import Collection, Text
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, OrGroup, WhitespacePlugin

__all__ = ["PEERS", "Ranker"]

Rankings = Mapping[str, list[str]]
Ranker = Callable[[Collection, int], Rankings]

_WORD = re.compile(r"\w+")


def rank_with_bm25s(collection: Collection, depth: int) -> Rankings:
    """bm25s: Lucene's BM25 over title and body as one text, Snowball's English stemmer, English stop words left out."""
    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> list[list[str]]:
        tokenized: list[list[str]] = bm25s.tokenize(
            texts, stopwords="english", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return tokenized

    engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    engine.index(tokens([f"{text.title} {text.body}" for text in collection.texts]), show_progress=False)
    depth = min(depth, len(collection.texts))
    rankings = {}
    for query, text in collection.queries.items():
        found, scores = engine.retrieve(tokens([text]), k=depth, show_progress=False)
        ranked = zip(found[0], scores[0], strict=True)
        # It fills up with articles that hold none of the words.
        rankings[query] = [collection.texts[number].id for number, score in ranked if score > 0]
    return rankings


def rank_with_tantivy(collection: Collection, depth: int) -> Rankings:
    """tantivy: title and body as two fields, its English stemmer, its default ranking."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for text in collection.texts:
        writer.add_document(tantivy.Document(id=text.id, title=text.title, body=text.body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    rankings = {}
    for query, text in collection.queries.items():
        parsed = index.parse_query(_quoted(text, between=" "), ["title", "body"])
        rankings[query] = [searcher.doc(address)["id"][0] for _, address in searcher.search(parsed, depth).hits]
    return rankings


def rank_with_fts5(collection: Collection, depth: int) -> Rankings:
    """SQLite FTS5: title and body as two columns, the porter tokenizer, its bm25()."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, title, body, tokenize = 'porter')")
    connection.executemany(
        "INSERT INTO articles VALUES (?, ?, ?)", [(text.id, text.title, text.body) for text in collection.texts]
    )
    rankings = {}
    for query, text in collection.queries.items():
        rows = connection.execute(
            "SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?",
            (_quoted(text, between=" OR "), depth),
        )
        rankings[query] = [article for (article,) in rows]
    connection.close()
    return rankings


def rank_with_whoosh(collection: Collection, depth: int) -> Rankings:
    """Whoosh: StemmingAnalyzer and BM25F as they come, title and body as two fields."""
    return _rank_with_whoosh(collection, depth, {"title": lambda text: text.title, "body": lambda text: text.body})


def rank_with_whoosh_in_one_field(collection: Collection, depth: int) -> Rankings:
    """Whoosh, title and body as one text."""
    return _rank_with_whoosh(collection, depth, {"text": lambda text: f"{text.title} {text.body}"})


def _rank_with_whoosh(collection: Collection, depth: int, fields: Mapping[str, Callable[[Text], str]]) -> Rankings:
    schema = Schema(id=ID(stored=True), **{name: TEXT(analyzer=StemmingAnalyzer()) for name in fields})
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for text in collection.texts:
        writer.add_document(id=text.id, **{name: content(text) for name, content in fields.items()})
    writer.commit()
    # Without its operators: TIME's queries are in capitals, and AND would not be a word.
    parser = MultifieldParser(list(fields), schema, group=OrGroup, plugins=[WhitespacePlugin()])
    with index.searcher() as searcher:
        return {
            query: [hit["id"] for hit in searcher.search(parser.parse(" ".join(_WORD.findall(text))), limit=depth)]
            for query, text in collection.queries.items()
        }


def _quoted(text: str, *, between: str) -> str:
    return between.join(f'"{word}"' for word in _WORD.findall(text))


#: Name and version → how it ranks.
PEERS: Final[Mapping[str, Ranker]] = {
    f"bm25s {version('bm25s')}": rank_with_bm25s,
    f"tantivy {version('tantivy')}": rank_with_tantivy,
    f"SQLite FTS5 {sqlite3.sqlite_version}": rank_with_fts5,
    f"Whoosh {version('whoosh3')}, two fields": rank_with_whoosh,
    f"Whoosh {version('whoosh3')}, one field": rank_with_whoosh_in_one_field,
}
