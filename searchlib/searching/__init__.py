"""Query tree + index → hits: the plan, the matches, their order, their counts.

It does not read query text (`query`), nor show what it finds (`highlighting`). Docnums
never leave this package.

    plan            query tree → clauses: words analysed
    clauses         the kinds of clauses
    answer          the protocol of an answer: pages of hits, totals, counts
    kernel_answer   the answer that the kernels give
    kernel_segment  a segment as the kernels search it
    exhaustive      the answer from Whoosh's matchers: for Whoosh's codec, and the oracle of the kernels
    position_ranges where in an article a phrase stands, for the exhaustive answer
    ranking         BM25F
    order           sorting and cursors
    counts          facets and timelines
    search          all of it, over a snapshot
"""

from searchlib.searching.answer import Deadline
from searchlib.searching.search import Counting, Found, Searcher

__all__ = ["Counting", "Deadline", "Found", "Searcher"]
