"""How well an article answers a query: BM25F in its first form, over title, summary and body.

    score(term, article) = idf · w · (k1 + 1) / (w + k1 · (1 − b + b · length / mean length))
    idf                  = ln(1 + (N − n + 0.5) / (n + 0.5))

w is the term's frequency. Each occurrence in title and summary counts as often as the index's `Weights` say. N is the
number of articles, n the number of those with the term; where a word has a term in each of several languages, of those
with any of them. length is the tokens of all three texts, weighted like w and
rounded, because it is kept in one byte. The scores of a query's words add up; a stop word's counts a fifth. N, n and
the lengths include deleted articles until a merge drops them.

Source: Robertson, Zaragoza & Taylor, 2004 (the weighted frequency); Robertson & Zaragoza, "The Probabilistic Relevance
Framework", 2009, section 3; the idf is Lucene's, which is never negative.
"""

from __future__ import annotations

from math import log

from whoosh.reading import SegmentReader

from searchlib.analysis import SharedTerm
from searchlib.index import Snapshot
from searchlib.schema import TEXT, Weights
from searchlib.searching.asked_terms import terms_in_index
from searchlib.searching.clauses import AskedTerm, RatedTerm

__all__ = ["LengthNorms", "Statistics", "bm25", "inverse_document_frequency"]


def inverse_document_frequency(article_count: int, doc_freq: int) -> float:
    """Lucene's idf, in nats, > 0.

    Args:
        article_count: Number of articles, >= doc_freq.
        doc_freq: How many of them have the term, >= 0.
    """
    return log(1 + (article_count - doc_freq + 0.5) / (doc_freq + 0.5))


def bm25(weight: float, norm: float, *, idf: float, k1: float) -> float:
    """The score of one term in one article, in [0, idf · (k1 + 1)).

    Args:
        weight: Weighted frequency of the term in the article, > 0.
        norm: The article's value in `LengthNorms`, >= 0.
        idf: Inverse document frequency of the term, in nats.
        k1: How fast repeated occurrences stop counting, >= 0.
    """
    return idf * weight * (k1 + 1) / (weight + norm)


class Statistics:
    """The numbers over all segments of a snapshot that scores depend on.

    Attributes:
        segment_count: How many segments there are.
        article_count: How many articles there are, deleted ones included.
        mean_length: Mean length of the articles' texts, in tokens, > 0.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._readers = snapshot.readers
        self.segment_count = len(snapshot.readers)
        self.article_count = sum(reader.doc_count_all() for reader in snapshot.readers)
        total_length = sum(reader.field_length(TEXT) for reader in snapshot.readers)
        self.mean_length = total_length / self.article_count if total_length else 1.0

    def idf(self, field: str, term: AskedTerm) -> float:
        """Inverse document frequency of a term, in nats; of a shared one that of its word.

        A rated one is as rare as it says, and a printed one as the articles that have it printed so.
        """
        if isinstance(term, RatedTerm):
            doc_freq = term.doc_freq
        else:
            terms = term.word if isinstance(term, SharedTerm) else terms_in_index(term)
            doc_freq = sum(self.doc_freq(field, each) for each in terms)
        # An article may have a word under several of its terms.
        return inverse_document_frequency(self.article_count, min(doc_freq, self.article_count))

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles have a term, deleted ones included."""
        encoded = term.encode("utf-8")
        having = (reader for reader in self._readers if (field, encoded) in reader)
        return sum(int(reader.doc_frequency(field, encoded)) for reader in having)


class LengthNorms:
    """k1 · (1 − b + b · length / mean length) of the articles of one segment, computed on demand."""

    def __init__(self, reader: SegmentReader, weights: Weights, mean_length: float) -> None:
        self._reader = reader
        self._fixed = weights.k1 * (1 - weights.b)
        self._per_token = weights.k1 * weights.b / mean_length
        self._norms: dict[int, float] = {}

    def __getitem__(self, docnum: int) -> float:
        norm = self._norms.get(docnum)
        if norm is None:
            length = self._reader.doc_field_length(docnum, TEXT) or 0
            norm = self._norms[docnum] = self._fixed + self._per_token * length
        return norm
